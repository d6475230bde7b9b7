/** Any three days of a channel as fast-check makes them: few ids, customers and minutes, so that everything meets. */
import fc from 'fast-check'
import { addDays, type BusinessDate, type Instant, startOfDay } from '../../shared/domain/instant.ts'
import { rupiah } from '../../shared/domain/money.ts'
import type { KnownDecision } from '../../shared/domain/settlement/day.ts'
import type { QuarantinedLine, SettledLine } from '../../shared/domain/settlement/line.ts'
import { DAY, type World } from './settlement-world.ts'

const DAYS = [addDays(DAY, -1), DAY, addDays(DAY, 1)]
/** Few ids, some of them beginnings of others, so that everything meets. */
const IDS = [
  'TRX-00000001',
  'TRX-000000012',
  'TRX-000000013',
  'trx-00000001',
  'TRX-0002',
  'TRX-0003',
  'TRX-0004',
  'Ω-0005',
]
const NIK = '1571010101900001'
const CUSTOMERS = ['12345678901', '12345678902', NIK]
const MINUTES = [0, 30, 61, 600, 601, 620, 1_380, 1_439]

const moment = (date: BusinessDate) =>
  fc.constantFrom(...MINUTES).map((minute) => (startOfDay(date) + minute * 60_000) as Instant)
const amount = fc.constantFrom(8_400, 16_800, 33_600).map(rupiah)

const payment = fc
  .record({
    date: fc.constantFrom(...DAYS),
    id: fc.constantFrom(...IDS),
    account: fc.constantFrom(...CUSTOMERS.slice(0, 2)),
  })
  .chain(({ date, id, account }) =>
    fc.record({
      paymentId: fc.constant(id),
      account: fc.constant(account),
      amount,
      decidedAt: moment(date),
      outlet: fc.constantFrom('T001', 'T002'),
      state: fc.constantFrom('accepted' as const, 'accepted' as const, 'reversed' as const),
    }),
  )
export const anyPayments = fc.uniqueArray(payment, { selector: ({ paymentId }) => paymentId, maxLength: 8 })

const line = (date: BusinessDate) =>
  fc.record({
    line: fc.constant(0),
    paymentId: fc.oneof(fc.constantFrom(...IDS), fc.constantFrom('', 'TRX-0000', 'TRX-00000001', 'NOBODY-0001')),
    customerId: fc.constantFrom(...CUSTOMERS, '99x'),
    outlet: fc.constantFrom('', 'T001'),
    at: moment(date),
    amount,
    adminFee: fc.constant(null),
    fee: fc.constantFrom(1_500, 1_500, 1_000).map(rupiah),
    status: fc.constantFrom('settled' as const, 'settled' as const, 'reversed' as const),
  })
const fileOn = (date: BusinessDate) =>
  fc.array(line(date), { maxLength: 10 }).map((lines) => lines.map((one, i): SettledLine => ({ ...one, line: i + 2 })))

const decision: fc.Arbitrary<KnownDecision> = fc.constantFrom(
  { kind: 'refused', code: 'wrong-amount' },
  { kind: 'reversed-first' },
)

const quarantined = fc.array(
  fc.record({
    line: fc.integer({ min: 100, max: 120 }),
    code: fc.constantFrom('BAD_ID' as const, 'BAD_AMOUNT' as const),
    field: fc.constant('amount'),
    amount: fc.option(amount),
    fee: fc.option(fc.constant(rupiah(1_500))),
    status: fc.option(fc.constantFrom('settled' as const, 'reversed' as const)),
  }),
  { maxLength: 3 },
) satisfies fc.Arbitrary<QuarantinedLine[]>

export const anyChannelDays: fc.Arbitrary<World> = fc
  .record({
    payments: anyPayments,
    before: fileOn(DAYS[0] as BusinessDate),
    on: fileOn(DAY),
    after: fileOn(DAYS[2] as BusinessDate),
    decisions: fc.dictionary(fc.constantFrom('TRX-0004', 'NOBODY-0001'), decision),
    quarantined,
    quarantinedTotal: fc.integer({ min: -100_000, max: 100_000 }),
    now: fc.constantFrom(1, 2, 3, 4).map((days) => (startOfDay(addDays(DAY, days)) + 9 * 3_600_000) as Instant),
  })
  .map(({ before, on, after, decisions, quarantinedTotal, ...rest }) => {
    const isReadable = rest.quarantined.every(({ amount: read, status }) => read !== null && status !== null)
    const taken = new Set(rest.payments.map(({ paymentId }) => paymentId))
    return {
      ...rest,
      files: { [DAYS[0] as string]: before, [DAY]: on, [DAYS[2] as string]: after },
      decisions: new Map(Object.entries(decisions).filter(([id]) => !taken.has(id))),
      accounts: new Map([[NIK, '12345678901']]),
      ...(isReadable ? {} : { quarantinedTotal }),
    }
  })
