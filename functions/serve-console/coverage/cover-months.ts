/**
 * `GET /api/memberships/{kpj}/months`: a membership month by month, for a time-line: cover from the fold, what pays the month,
 * how far its settlement has come, and the notices about it. The chain behind a month is that of its coverage answer.
 * Promises the same cover as `GET …/coverage` would say of any day in the month.
 */
import { coverOfMonth } from '../../../shared/domain/coverage.ts'
import { type FactKey, factKey, factKeyParts, keyOf, type PaymentFact } from '../../../shared/domain/fact.ts'
import { formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import {
  addMonths,
  endOfMonth,
  laterMonth,
  type Month,
  monthOf,
  monthsBetween,
  month as parsedMonth,
  startOfMonth,
} from '../../../shared/domain/month.ts'
import { type Notice, stateAt } from '../../../shared/store/notices/notices.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { type OpenedAccount, openAccount } from '../memberships/account.ts'
import { unknownMembership } from '../memberships/kpj-parameter.ts'
import type { ConsolePorts } from '../ports.ts'
import { type CoverMonth, type CoverMonthsQuery, MONTHS_AT_MOST } from './cover-months-schemas.ts'
import { settlementSteps } from './settlement-evidence.ts'

const MONTHS_BACK = 18

type Payer = NonNullable<CoverMonth['paidBy']>

export async function listCoverMonths(
  ports: ConsolePorts,
  call: Call<{ path: { kpj: Kpj }; query: CoverMonthsQuery }>,
) {
  const account = await openAccount(ports, call.path.kpj)
  if (!account) return unknownMembership()
  const { from, to } = windowOf(account, call)
  const count = monthsBetween(from, to) + 1
  if (count < 1 || count > MONTHS_AT_MOST) {
    return problem('INVALID_INPUT', `query parameters from, to: expected 1 to ${MONTHS_AT_MOST} months in their order`)
  }
  const months = Array.from({ length: count }, (_, n) => addMonths(from, n))
  const [payers, notices] = await Promise.all([payersOf(ports, account, months), ports.notices.ofMember(account.kpj)])
  const items = months.map((month) => describe(ports, account, month, payers, notices, call.now))
  return json(200, { kpj: account.kpj, from, to, items, asOf: formatUtc(call.now) })
}

/** As asked; else from some months back, but not before there was a membership, to the last month that is paid. */
function windowOf({ allocation, decisions }: OpenedAccount, { query, now }: Call<{ query: CoverMonthsQuery }>) {
  const current = monthOf(now)
  const registered = decisions.find((fact) => fact.kind === 'terms')?.from ?? current
  const begin = query.from === undefined ? undefined : parsedMonth(query.from)
  const end = query.to === undefined ? undefined : parsedMonth(query.to)
  const to = end ?? [...allocation.paidMonths.keys()].reduce(laterMonth, current)
  const back = addMonths(end ?? current, -MONTHS_BACK)
  return { from: begin ?? (registered < back || registered > to ? back : registered), to }
}

/** One look per fact, however many months it pays. */
async function payersOf(
  ports: ConsolePorts,
  account: OpenedAccount,
  months: readonly Month[],
): Promise<ReadonlyMap<FactKey, Payer>> {
  const held = months.flatMap((month) => account.allocation.paidMonths.get(month)?.by ?? [])
  const payers = [...new Set(held)].map(async (key) => [key, await payerOf(ports, account, key)] as const)
  return new Map(await Promise.all(payers))
}

async function payerOf(ports: ConsolePorts, { facts }: OpenedAccount, key: FactKey): Promise<Payer> {
  const fact = facts.find((each) => keyOf(each) === key)
  const { kind, source, id } = factKeyParts(key)
  const channel = kind === 'share' ? (id[1] ?? source) : source
  const paymentId = kind === 'share' ? (id[2] ?? '') : id.join('#')
  const paid = fact?.kind === 'share' ? await billPayment(ports, fact.billCode, channel, paymentId) : fact
  const settlement = paid?.kind === 'payment' ? await settlementOf(ports, channel, paid) : 'not-needed'
  return { factKey: key, kind, channel, paymentId, decidedAt: formatUtc(fact?.decidedAt ?? (0 as Instant)), settlement }
}

async function billPayment({ facts }: ConsolePorts, billCode: PaymentFact['account'], channel: string, id: string) {
  return facts.get(billCode, factKey('payment', channel, [id]))
}

async function settlementOf(ports: ConsolePorts, channel: string, paid: PaymentFact): Promise<Payer['settlement']> {
  const steps = await settlementSteps(ports, channel, paid, null)
  if (steps.some(({ step }) => step === 'bank-credit')) return 'credited'
  return steps.length > 0 ? 'settled' : 'awaited'
}

function describe(
  { rules }: ConsolePorts,
  { facts, allocation }: OpenedAccount,
  month: Month,
  payers: ReadonlyMap<FactKey, Payer>,
  notices: readonly Notice[],
  now: Instant,
): CoverMonth {
  const held = allocation.paidMonths.get(month)
  const stretches = coverOfMonth(facts, allocation, month, rules)
  const [first] = stretches
  const last = stretches.at(-1)
  const isWhole = stretches.length === 1 && first?.from === startOfMonth(month) && first.to === endOfMonth(month)
  const isAhead = startOfMonth(month) > now
  return {
    month,
    cover: !first ? 'none' : isAhead ? 'ahead' : isWhole ? 'whole' : 'part',
    from: first ? formatUtc(first.from) : null,
    to: last ? formatUtc(last.to) : null,
    paidBy: (held && payers.get(held.by)) ?? null,
    priceRupiah: held?.total ?? null,
    wasReversed: facts.some((fact) => fact.kind === 'reversal' && isPayingFor(facts, fact.reverses, month)),
    notices: notices
      .filter((notice) => notice.month === month)
      .map((notice) => ({ stage: notice.stage, state: stateAt(notice, now), at: formatUtc(notice.changedAt) })),
  }
}

function isPayingFor(facts: OpenedAccount['facts'], key: FactKey, month: Month): boolean {
  const fact = facts.find((each) => keyOf(each) === key)
  const runs = fact && 'months' in fact ? fact.months : []
  return runs.some(({ first, count }) => monthsBetween(first, month) >= 0 && monthsBetween(first, month) < count)
}
