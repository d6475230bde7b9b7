/** The wiring of queue `cohort`: shares go into the real table, members asked for again to queue `reconcile`, and each is counted. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { dynamoBills } from '../../../shared/store/bills/dynamodb.ts'
import { dynamoFacts } from '../../../shared/store/facts/dynamodb.ts'
import { at, pay, reverse } from '../../support/facts.ts'
import {
  eventOf,
  functionSurroundings,
  type QueueHandling,
  type Surroundings,
} from '../../support/function-surroundings.ts'

const BILL = billCodeOf(17)
const MEMBERS = [kpjOf('22222222222'), kpjOf('33333333333')]
const AMOUNT = rupiah(16_800)
const paid = {
  ...pay('T1', '2026-11-20T10:00', ['2026-11']),
  account: BILL,
  amount: AMOUNT,
  kpj: null,
  hubReference: 'CH0123456789ABCDEF',
}

let around: Surroundings
let handler: QueueHandling
let facts: ReturnType<typeof dynamoFacts>

beforeAll(async () => {
  around = await functionSurroundings({ service: 'apply-bill-payment' })
  facts = dynamoFacts(around.database, around.tables)
  const months = [{ first: month('2026-11'), count: 1, price: { jkk: rupiah(5_000), jkm: rupiah(3_400), jht: ZERO } }]
  const bill = {
    billCode: BILL,
    months: [month('2026-11')],
    amount: AMOUNT,
    memberCount: MEMBERS.length,
    kpj: null,
    issuedAt: at('2026-11-19T10:00'),
    validUntil: '2026-12-01T00:00:00+07:00',
    validUntilInstant: at('2026-12-01T00:00'),
    paidBy: null,
  }
  const members = MEMBERS.map((kpj) => ({ kpj, months, amount: rupiah(8_400) }))
  await dynamoBills(around.database, around.tables).put(bill, members)
  handler = await around.load(() => import('../../../functions/apply-bill-payment/handler.ts'))
})
afterAll(() => around.stop())
beforeEach(() => around.forget())

const ask = (cause?: 'repair') => handler(eventOf({ billCode: BILL, chunk: 1, ...(cause && { cause }) }))
const figures = () => ['SharesPut', 'SharesReversed', 'SharesRepaired'].map((name) => around.counted(name))
const kindsOf = async () =>
  (await Promise.all(MEMBERS.map((kpj) => facts.ofAccount(kpj)))).map((each) => each.map(({ kind }) => kind))

test('a bill that nobody paid gives no share', async () => {
  expect(await ask()).toEqual({ batchItemFailures: [] })
  expect([await kindsOf(), figures()]).toEqual([
    [[], []],
    [0, 0, undefined],
  ])
  expect(around.said()).toMatchObject([
    { message: 'Shares of a bill were looked at', account: BILL, chunk: 1, count: 0 },
  ])
})

test('a paid bill gives each member a share, told under the reference of its payment', async () => {
  await facts.put(paid)
  const twice = await handler(eventOf({ billCode: BILL, chunk: 1 }, { billCode: BILL, chunk: 1 }))
  expect(twice).toEqual({ batchItemFailures: [] })
  expect(await kindsOf()).toEqual([['share'], ['share']])
  // Both messages are about one chunk: it is looked at once.
  expect([figures(), around.said()]).toMatchObject([
    [2, 0, undefined],
    [{ count: 2, chunk: 1, service: 'apply-bill-payment', correlationId: paid.hubReference }],
  ])
  expect(around.said()[0]).not.toHaveProperty('cause')
  expect(around.sent()).toEqual([])
})

test('when it is reversed, the shares are taken back; a repair says that it had to, and sends every member to be folded', async () => {
  await facts.put({ ...reverse(paid, '2026-11-20T11:00'), account: BILL })
  expect(await ask('repair')).toEqual({ batchItemFailures: [] })
  expect(figures()).toEqual([0, 2, 2])
  expect(around.said()).toMatchObject([{ count: 2, cause: 'repair' }])
  expect(around.sent().map(({ queue, body }) => [queue, JSON.parse(body)])).toEqual(
    MEMBERS.map((account) => ['RECONCILE', { account, cause: 'repair' }]),
  )
})

test('of a bill that was paid again the line has the reference of the latest payment', async () => {
  await facts.put({ ...paid, id: ['T2'], decidedAt: at('2026-11-20T12:00'), hubReference: 'CH0000000000000002' })
  expect(await ask()).toEqual({ batchItemFailures: [] })
  expect(around.said()).toMatchObject([{ count: 2, correlationId: 'CH0000000000000002' }])
})

test('what nobody can read is put aside for queue cohort', async () => {
  expect(await handler(eventOf('no message'))).toEqual({ batchItemFailures: [] })
  expect(around.sent()).toEqual([{ queue: 'DEAD_LETTER', body: 'no message', code: 'UNREADABLE' }])
  expect(around.said()).toMatchObject([{ message: 'A message was parked', queue: 'cohort' }])
})
