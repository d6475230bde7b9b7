/** A membership's number is worked out again and again, for as long as the program lives: it may never come out otherwise. */
import { expect, test } from 'vitest'
import { drawnKpj } from '../../../functions/enrol-cohort/drawn-kpj.ts'
import { programIdOf, type SponsorId } from '../../../shared/domain/sponsors/sponsor.ts'
import { participantOf } from '../../support/ids.ts'

const PROGRAM = programIdOf('jambi' as SponsorId, '2027')

test('the same program, person and draw are the same number for ever, and any other is another', () => {
  const draw = (n: number) => drawnKpj(PROGRAM, participantOf('person-1'), n)
  expect([0, 1, 2].map(draw)).toEqual(['75765460293', '42129473841', '56567339711'])
  expect(drawnKpj(PROGRAM, participantOf('person-2'), 0)).not.toBe(draw(0))
  expect(drawnKpj(programIdOf('jambi' as SponsorId, '2028'), participantOf('person-1'), 0)).not.toBe(draw(0))
})

test('numbers have eleven digits, the first no zero, and lie all over', () => {
  const numbers = Array.from({ length: 2_000 }, (_, i) => drawnKpj(PROGRAM, participantOf(`person-${i}`), 0))
  for (const number of numbers) expect(number).toMatch(/^[1-9]\d{10}$/)
  expect(new Set(numbers.map((number) => number[0]))).toEqual(new Set('123456789'))
})
