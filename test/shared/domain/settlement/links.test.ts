/** Two cases of one story name each other, and only what is safe may be done about either. */
import { describe, expect, test } from 'vitest'
import { addDays, type BusinessDate } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import type { Difference } from '../../../../shared/domain/settlement/day.ts'
import type { QuarantinedLine } from '../../../../shared/domain/settlement/line.ts'
import { actionsFor } from '../../../../shared/domain/settlement/resolution.ts'
import { DAY, LATER, lineOf, payment, settle, type World } from '../../../support/settlement-world.ts'

const one = payment('TRX-0001a')
const differencesOf = (world: World, name: Difference['class'], date?: BusinessDate): readonly Difference[] =>
  settle(world, date).result.differences.filter((each) => each.class === name)

describe('an id in other letters', () => {
  const world = { payments: [one], files: { [DAY]: [lineOf(one, 2, { paymentId: 'TRX-0001A' })] } }
  const [missing] = differencesOf(world, 'missing-in-file') as readonly [Difference]
  const [line] = differencesOf(world, 'missing-in-hub') as readonly [Difference]

  test('ties the line and the payment that misses it, on both cases', () => {
    expect(missing.evidence.linked).toEqual([line.id])
    expect(line.evidence).toMatchObject({ linked: [missing.id], candidates: ['TRX-0001a'] })
  })

  test('may be said to be that payment, and is never posted as a second one', () => {
    expect(actionsFor(line)).toEqual(['match', 'charge-channel', 'accept'])
    const matches = new Map([[line.evidence.lineIdentity as string, 'TRX-0001a']])
    const settled = settle({ ...world, matches })
    expect(settled.result.differences).toEqual([])
    expect([...settled.result.matched()]).toMatchObject([{ line: 2, paymentId: 'TRX-0001a', how: 'resolution' }])
  })

  test('with another amount is tied all the same, and cannot be said to be it', () => {
    const other = { payments: [one], files: { [DAY]: [lineOf(one, 2, { paymentId: 'TRX-0001A', amount: 9_000 })] } }
    const [otherLine] = differencesOf(other, 'missing-in-hub') as readonly [Difference]
    expect(otherLine.evidence.linked).toHaveLength(1)
    expect(otherLine.evidence.candidates).toBeUndefined()
    expect(actionsFor(otherLine)).not.toContain('post')
  })

  test('of nobody ties nothing', () => {
    const stranger = { payments: [one], files: { [DAY]: [lineOf(one, 2, { paymentId: 'TRX-0002A' })] } }
    const differences = settle(stranger).result.differences
    expect(differences.map(({ evidence }) => evidence.linked)).toEqual([undefined, undefined])
    expect(actionsFor(differences[1] as Difference)).toContain('post')
  })
})

test('a line that was set aside and names the payment is tied to it, on both cases', () => {
  const aside: QuarantinedLine = {
    line: 2,
    code: 'BAD_FEE',
    field: 'channel_fee',
    amount: rupiah(8_400),
    fee: null,
    status: 'settled',
    paymentId: 'TRX-0001A',
  }
  const world = { payments: [one], files: { [DAY]: [] }, quarantined: [aside] }
  const [missing] = differencesOf(world, 'missing-in-file') as readonly [Difference]
  const [line] = differencesOf(world, 'quarantined') as readonly [Difference]
  expect([missing.evidence.linked, line.evidence.linked]).toEqual([[line.id], [missing.id]])
  expect(actionsFor(line)).toEqual(['charge-channel', 'write-off', 'accept'])
})

describe('a late line', () => {
  const after = addDays(DAY, 2)
  const late = lineOf(one, 2, { paymentId: '' })
  const world: World = { payments: [one], files: { [DAY]: [], [after]: [late] }, now: LATER }

  test('of no id is a question of its file, and a person may say which payment of which day it is', () => {
    const [line] = differencesOf(world, 'missing-in-hub', after) as readonly [Difference]
    expect(actionsFor(line)).toContain('match')
    const matches = new Map([[line.evidence.lineIdentity as string, one.paymentId]])
    const { result, statement } = settle({ ...world, matches }, after)
    expect(result.differences).toEqual([])
    expect(result.elsewhere).toMatchObject([{ hubDate: DAY, line: { paymentId: one.paymentId, line: 2 } }])
    expect(result.items).toMatchObject([{ label: 'carried-in', amount: 8_400, otherDate: DAY }])
    expect(statement.unexplainedRupiah).toBe(0)
  })

  test('is never tied to a payment of another amount', () => {
    const files = { [DAY]: [], [after]: [{ ...late, amount: rupiah(9_000) }] }
    const [line] = differencesOf({ ...world, files }, 'missing-in-hub', after) as readonly [Difference]
    const matches = new Map([[line.evidence.lineIdentity as string, one.paymentId]])
    expect(settle({ ...world, files, matches }, after).result.differences).toHaveLength(1)
  })
})
