/** The wiring of queue `reconcile`: which tables, which queues, what is counted; with a real database and a queue that keeps what it is sent. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { keyOf } from '../../../shared/domain/fact.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import type { Bill } from '../../../shared/store/bills/bills.ts'
import { dynamoBills } from '../../../shared/store/bills/dynamodb.ts'
import { dynamoFacts } from '../../../shared/store/facts/dynamodb.ts'
import { dynamoMemberships } from '../../../shared/store/memberships/dynamodb.ts'
import type { MembershipView } from '../../../shared/store/memberships/memberships.ts'
import { at, KPJ, pay, terms } from '../../support/facts.ts'
import {
  eventOf,
  functionSurroundings,
  type QueueHandling,
  type Surroundings,
} from '../../support/function-surroundings.ts'

let around: Surroundings
let handler: QueueHandling

beforeAll(async () => {
  around = await functionSurroundings({ service: 'reconcile-membership' })
  handler = await around.load(() => import('../../../functions/reconcile-membership/handler.ts'))
})
afterAll(() => around.stop())
beforeEach(() => around.forget())

describe('a message about an account', () => {
  test('folds its facts into its view, says so, and counts one fold', async () => {
    const { database, tables } = around
    const facts = dynamoFacts(database, tables)
    const paid = { ...pay('T1', '2026-11-20T10:00', ['2026-11']), hubReference: 'CH0123456789ABCDEF' }
    for (const fact of [terms('2026-01'), paid]) await facts.put(fact)
    const event = eventOf({ account: KPJ, fact: keyOf(paid) })
    expect(await handler(event)).toEqual({ batchItemFailures: [] })
    expect(await dynamoMemberships(database, tables).get(KPJ)).toMatchObject({
      kpj: KPJ,
      paidThrough: '2026-11',
      version: 1,
    })
    expect([around.counted('FoldsWritten'), around.counted('FoldConflicts')]).toEqual([1, undefined])
    expect(around.said()).toMatchObject([
      {
        message: 'An account was looked at',
        outcome: 'written',
        account: KPJ,
        facts: 2,
        correlationId: paid.hubReference,
        state: expect.any(String),
      },
    ])
    expect(around.said()[0]).not.toHaveProperty('reason')
    expect(await handler(event)).toEqual({ batchItemFailures: [] })
    expect([around.counted('FoldsUnchanged'), around.counted('FoldsWritten')]).toEqual([1, 1])
    expect(around.sent()).toEqual([])
  })

  test('whose view is not what its facts say is repaired, and that is counted apart', async () => {
    const { database, tables } = around
    const memberships = dynamoMemberships(database, tables)
    const view = (await memberships.get(KPJ)) as MembershipView
    await memberships.put({ ...view, paidThrough: month('2026-12'), version: view.version + 1 })
    expect(await handler(eventOf({ account: KPJ, cause: 'repair' }))).toEqual({ batchItemFailures: [] })
    expect([around.counted('ViewsRepaired'), around.counted('FoldsWritten')]).toEqual([1, 1])
    expect(around.said()).toMatchObject([{ outcome: 'repaired', cause: 'repair', code: 'wrong' }])
    expect((await memberships.get(KPJ))?.paidThrough).toBe('2026-11')
  })

  test('that a run asks for says its cause, and that a message was lost where its news is old', async () => {
    const { database, tables } = around
    const kpj = kpjOf('22222222222')
    const left = { ...pay('T7', '2026-01-20T10:00', ['2026-01']), amount: rupiah(100_000) }
    const facts = dynamoFacts(database, tables)
    for (const fact of [terms('2026-01'), left]) await facts.put({ ...fact, account: kpj } as never)
    expect(await handler(eventOf({ account: kpj, cause: 'credit' }))).toEqual({ batchItemFailures: [] })
    expect([around.counted('ViewsRepaired'), around.counted('FoldsWritten')]).toEqual([1, 1])
    expect(around.said()).toMatchObject([{ outcome: 'repaired', account: kpj, cause: 'credit' }])
  })

  test('that nobody can read is put aside on the dead-letter queue of this queue, and is no failure', async () => {
    expect(await handler(eventOf('no message'))).toEqual({ batchItemFailures: [] })
    expect(around.sent()).toEqual([{ queue: 'DEAD_LETTER', body: 'no message', code: 'UNREADABLE' }])
    expect(around.said()).toMatchObject([{ message: 'A message was parked', queue: 'reconcile' }])
  })

  test('of a paid bill: its members are sent to the queue of shares, and no view is written', async () => {
    const { database, tables } = around
    const billCode = billCodeOf(17)
    const months = [{ first: month('2026-11'), count: 1, price: { jkk: rupiah(5_000), jkm: rupiah(3_400), jht: ZERO } }]
    const bill: Bill = {
      billCode,
      months: [month('2026-11')],
      amount: rupiah(8_400),
      memberCount: 1,
      kpj: KPJ,
      issuedAt: at('2026-11-19T10:00'),
      validUntil: '2026-12-01T00:00:00+07:00',
      validUntilInstant: at('2026-12-01T00:00'),
      paidBy: null,
    }
    await dynamoBills(database, tables).put(bill, [{ kpj: KPJ, months, amount: rupiah(8_400) }])
    const paid = { ...pay('T2', '2026-11-20T10:00', ['2026-11']), account: billCode }
    await dynamoFacts(database, tables).put(paid)
    expect(await handler(eventOf({ account: billCode, fact: keyOf(paid) }))).toEqual({ batchItemFailures: [] })
    expect(around.sent()).toEqual([{ queue: 'COHORT', body: JSON.stringify({ billCode, chunk: 1 }), code: undefined }])
    expect(around.counted('FoldsWritten')).toBeUndefined()
  })

  test('that is the bill of a sponsor’s list has its program looked at too', async () => {
    const { database, tables } = around
    const billCode = billCodeOf(18)
    const frozen = { kpj: null, months: [month('2026-11')], amount: rupiah(16_800), memberCount: 1 }
    const sponsored = { program: 'jambi.2026', cohort: 'jambi.2026.a1', regionCode: null }
    const until = {
      issuedAt: at('2026-11-20T09:00'),
      validUntil: '2026-12-31',
      validUntilInstant: at('2026-12-31T23:59'),
    }
    await dynamoBills(database, tables).put({ billCode, ...frozen, ...until, paidBy: null, sponsored }, [])
    expect(await handler(eventOf({ account: billCode }))).toEqual({ batchItemFailures: [] })
    expect(around.sent()).toContainEqual({
      queue: 'ENROLMENT',
      body: JSON.stringify({ program: 'jambi.2026' }),
      code: undefined,
    })
  })
})
