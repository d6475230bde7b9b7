/** The life of a program and its ids: every step of every state, and what an id says by itself. */
import { describe, expect, test } from 'vitest'
import { parseRegionCode, type RegionCode } from '../../../../shared/domain/region.ts'
import { draftProgram, lastMonthOf, monthsOf, takeStep, termsOf } from '../../../../shared/domain/sponsors/program.ts'
import {
  PROGRAM_STATES,
  PROGRAM_STEPS,
  stateAfter,
  stepsFrom,
} from '../../../../shared/domain/sponsors/program-life.ts'
import {
  codeOf,
  cohortIdOf,
  isInScope,
  parseCohortId,
  parseProgramId,
  parseSponsorId,
  programIdOf,
  programOf,
  type SponsorId,
  sponsorOf,
} from '../../../../shared/domain/sponsors/sponsor.ts'
import { at } from '../../../support/facts.ts'
import { PLAN } from '../../../support/sponsors.ts'

const JAMBI = parseSponsorId('jambi') as SponsorId
const BY = { by: 'operator-1', at: at('2026-11-20T10:00'), note: '' }

describe('the life of a program', () => {
  const LIFE: readonly (readonly [state: string, steps: string])[] = [
    ['draft', 'change>draft open>enrolling abandon>ended'],
    ['enrolling', 'bill>billed abandon>ended'],
    ['billed', 'withdraw-bill>enrolling pay>paid'],
    ['paid', 'take-back>billed start>running announce-end>ending'],
    ['running', 'take-back>billed announce-end>ending'],
    ['ending', 'take-back>billed end>ended'],
    ['ended', ''],
  ]
  test.each(LIFE)('from %s', (name, steps) => {
    const state = PROGRAM_STATES.find((known) => known === name)
    if (!state) throw new Error('expected a state of the life')
    expect(
      stepsFrom(state)
        .map((step) => `${step}>${stateAfter(state, step)}`)
        .join(' '),
    ).toBe(steps)
    for (const step of PROGRAM_STEPS) {
      if (!stepsFrom(state).includes(step)) expect(stateAfter(state, step)).toBeUndefined()
    }
  })

  test('a step makes the next version and its line, names who made it, and keeps the plan', () => {
    const draft = draftProgram(programIdOf(JAMBI, '2027'), PLAN, BY)
    const later = { by: 'operator-2', at: at('2026-11-21T10:00'), note: 'the list is complete' }
    const opened = takeStep(draft.program, 'open', later)
    expect(draft.event).toMatchObject({ number: 1, step: 'draft', from: null, to: 'draft', by: 'operator-1' })
    expect(opened?.program).toEqual({ ...draft.program, state: 'enrolling', version: 2 })
    expect(opened?.event).toEqual({ number: 2, step: 'open', from: 'draft', to: 'enrolling', ...later })
  })

  test('a draft is changed, a program that is open is not', () => {
    const draft = draftProgram(programIdOf(JAMBI, '2027'), PLAN, BY).program
    expect(takeStep(draft, 'change', BY, { ...PLAN, monthCount: 6 })?.program.monthCount).toBe(6)
    const opened = takeStep(draft, 'open', BY)?.program
    expect(opened && takeStep(opened, 'change', BY, PLAN)).toBeUndefined()
  })

  test('its months run over the end of a year, and its terms are those of its funding', () => {
    const plan = { ...PLAN, firstMonth: '2026-11' as typeof PLAN.firstMonth, monthCount: 3 }
    expect(monthsOf(plan)).toEqual(['2026-11', '2026-12', '2027-01'])
    expect(lastMonthOf(plan)).toBe('2027-01')
    expect(termsOf(PLAN)).toEqual({ sector: 'farming', funding: 'village', programs: 'JKK+JKM', income: 1_000_000 })
  })
})

describe('ids', () => {
  test('an id says whose it is', () => {
    const program = programIdOf(JAMBI, '2027')
    const cohort = cohortIdOf(program, 'a1b2')
    expect([program, cohort]).toEqual(['jambi.2027', 'jambi.2027.a1b2'])
    expect([sponsorOf(program), sponsorOf(cohort), programOf(cohort), codeOf(cohort), codeOf(program)]).toEqual([
      'jambi',
      'jambi',
      'jambi.2027',
      'a1b2',
      '2027',
    ])
    expect([parseProgramId(program), parseCohortId(cohort)]).toEqual([program, cohort])
    expect([parseProgramId(cohort), parseCohortId(program), parseProgramId('jambi')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test.each(['', 'ab', 'Jambi', 'jambi.2027', 'jam#bi', '-jambi', 'jambi-', 'a'.repeat(41), 'budi-123456789'])(
    'no sponsor is called %j',
    (text) => {
      expect(parseSponsorId(text)).toBeUndefined()
    },
  )

  test('the code of a cohort may be all digits, as a digest may be', () => {
    const id = cohortIdOf(programIdOf(JAMBI, '2027'), '357801120385')
    expect(parseCohortId(id)).toBe(id)
  })

  test.each(['', 'A', 'a.b', 'a#b', '3578011203850001', 'x'.repeat(25)])('no program has the code %j', (code) => {
    expect(() => programIdOf(JAMBI, code)).toThrow(RangeError)
  })
})

test('somebody is in a sponsor’s scope by whole parts of the region code', () => {
  const region = (text: string): RegionCode => {
    const read = parseRegionCode(text)
    if (read.outcome !== 'region') throw new Error('expected a region')
    return read.code
  }
  const of = (scope: string | null) => ({ regionCode: scope === null ? null : region(scope) })
  expect(isInScope(of('15'), region('15.71.01.1001'))).toBe(true)
  expect(isInScope(of('15.71'), region('15.71'))).toBe(true)
  expect(isInScope(of('15.71'), region('15.72.01.1001'))).toBe(false)
  expect(isInScope(of('15.71.01.1001'), region('15.71'))).toBe(false)
  expect(isInScope(of(null), region('91.03'))).toBe(true)
})
