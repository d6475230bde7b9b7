/**
 * Plays inquiry, payment, repeats, status and reversal of every protocol on accounts with few and many facts, and counts the
 * units of each: at the endpoint, and of the fold that its fact sets off. bench/units.ts prints it, a test pins it.
 *
 * The outbox is played by its rule: a fact that was inserted sends its account to the fold, anything else sends nothing.
 */
import { applyBillPayment } from '../functions/apply-bill-payment/apply-bill-payment.ts'
import { reconcileMembership } from '../functions/reconcile-membership/reconcile-membership.ts'
import type { EndpointResponse } from '../shared/channel-port/channel.ts'
import type { PartnerAnswer, PartnerPayment } from '../shared/channel-port/partner.ts'
import { channelNamed } from '../shared/channels/registry.ts'
import { allocate } from '../shared/domain/allocation.ts'
import { billCodeOf } from '../shared/domain/bill-code.ts'
import { inForce } from '../shared/domain/effective-dated.ts'
import { addDays, businessDateOf, type Instant, startOfDay } from '../shared/domain/instant.ts'
import { splitKey } from '../shared/domain/key-text.ts'
import { type Kpj, kpjOf } from '../shared/domain/kpj.ts'
import { addMonths, month } from '../shared/domain/month.ts'
import { quoteOf } from '../shared/domain/quote.ts'
import { RULES } from '../shared/domain/rules.ts'
import type { Terms } from '../shared/domain/tariff.ts'
import type { CohortMessage } from '../shared/messages/cohort.ts'
import { joinedGets } from '../shared/store/dynamo/joined-gets.ts'
import { participantHash } from '../shared/store/participant-hash.ts'
import type { Tables } from '../shared/store/tables.ts'
import { at, FARMER, pay, terms } from '../test/support/facts.ts'
import { accountOf } from '../test/support/ids.ts'
import { type Charge, type Meter, meteredClient } from './capacity.ts'
import { DIGEST_KEYS, type LocalEndpoint, localEndpoint, type Stores, storesOn } from './local-endpoint.ts'

/** A write is named by what it is for; `index` is the facts' day index. */
export const STEPS = ['external-id', 'inquiry-mark', 'decision', 'fact', 'index', 'view', 'bill'] as const
export type Step = (typeof STEPS)[number]

export type UnitCount = {
  readonly protocol: string
  readonly call: string
  /** Facts of the account before the call. */
  readonly facts: number
  /** Write units by DynamoDB's rules, per step; steps that wrote nothing are left out. */
  readonly writes: Readonly<Partial<Record<Step, number>>>
  readonly written: number
  /** The same as the table reports them. */
  readonly writtenReported: number
  readonly readAtEndpoint: number
  readonly readByFold: number
  readonly readReported: number
  /** Calls to DynamoDB in a row: what latency there is, is so many times that of one call. */
  readonly tripsAtEndpoint: number
  readonly tripsOfFold: number
  /** All calls to DynamoDB, side by side or not. */
  readonly callsAtEndpoint: number
  readonly callsOfFold: number
}

const CHANNELS = ['bni', 'alfamart', 'indomaret'] as const
export const ACCOUNT_SIZES = [1, 12, 120] as const
const NOW = at('2026-11-20T10:00')
const THREE_PROGRAMS: Terms = { ...FARMER, programs: 'JKK+JKM+JHT' }
const OUTLET = 'T1234'

type Bench = { readonly meter: Meter; readonly stores: Stores; readonly free: Stores; readonly now: () => Instant }
type Member = { readonly kpj: Kpj; readonly nik: string }

/** Plays everything against the tables at `endpoint`, which are empty and nobody else's. */
export async function countUnits(endpoint: string, tables: Tables): Promise<readonly UnitCount[]> {
  const { client, unmetered, meter } = meteredClient(endpoint, tables)
  let clock = NOW
  // Every reading of the clock is a little later: no two facts of a run are decided at the same instant.
  const now = () => {
    clock = (clock + 1) as Instant
    return clock
  }
  const bench: Bench = { meter, stores: storesOn(joinedGets(client), tables), free: storesOn(unmetered, tables), now }
  const counted: UnitCount[] = []
  let serial = 0
  for (const channel of CHANNELS) {
    const endpoint = await localEndpoint(channel, bench.stores, now)
    for (const facts of ACCOUNT_SIZES) {
      const member = await register(bench, ++serial, facts, FARMER)
      counted.push(...(await playMember(bench, channel, endpoint, member)))
    }
    const saver = await register(bench, ++serial, 12, THREE_PROGRAMS)
    const twelve = callOf(saver, channel, 12)
    const amountRupiah = await priceOf(endpoint, twelve)
    const payTwelve = () => accepted(endpoint.partner.pay({ ...twelve, amountRupiah }))
    counted.push(await count(bench, channel, 'payment of 12 months, 3 programs', saver, payTwelve))
    counted.push(...(await playBill(bench, channel, endpoint, await register(bench, ++serial, 12, FARMER))))
  }
  client.destroy()
  unmetered.destroy()
  return counted
}

async function playMember(
  bench: Bench,
  channel: string,
  endpoint: LocalEndpoint,
  member: Member,
): Promise<readonly UnitCount[]> {
  const { partner } = endpoint
  const inquiry = callOf(member, channel, 1)
  const call = { ...inquiry, amountRupiah: await priceOf(endpoint, inquiry) }
  const plays: [name: string, play: () => Promise<unknown>][] = [
    ['inquiry', () => accepted(partner.inquire(call))],
    ['payment', () => accepted(partner.pay(call))],
    ['inquiry after the payment', () => accepted(partner.inquire(call))],
  ]
  if (channelNamed(channel).profile.protocol !== 'snap') plays.push(['duplicate', () => accepted(partner.pay(call))])
  else {
    const sameCall = await partner.sign('payment', call)
    // Once under an external id of its own, then again to the last byte.
    plays.push(['duplicate', () => saying('2002500', endpoint.send(sameCall))])
    plays.push(['duplicate, external id kept', () => saying('4042518', endpoint.send(sameCall))])
  }
  plays.push(['refusal', () => refused(partner.pay({ ...call, id: `${call.id}-R`, amountRupiah: 1 }))])
  if (partner.status) plays.push(['status', () => accepted(partner.status?.(call))])
  if (partner.reverse) {
    const reversal = { ...call, reason: 'cancelled at the terminal' }
    plays.push(['reversal', () => accepted(partner.reverse?.(reversal))])
    plays.push(['duplicate of the reversal', () => accepted(partner.reverse?.(reversal))])
  }
  const counted: UnitCount[] = []
  for (const [name, play] of plays) counted.push(await count(bench, channel, name, member, play))
  return [...counted, ...(await playByKpj(bench, channel, endpoint, member))]
}

/** The same member by the number on the card: the account is known without a look-up. */
async function playByKpj(
  bench: Bench,
  channel: string,
  { partner, ...endpoint }: LocalEndpoint,
  member: Member,
): Promise<readonly UnitCount[]> {
  const inquiry = { ...callOf(member, channel, 1), customerId: member.kpj }
  const call = { ...inquiry, id: `${inquiry.id}-K`, amountRupiah: await priceOf({ partner, ...endpoint }, inquiry) }
  const payment = await count(bench, channel, 'payment by KPJ', member, () => accepted(partner.pay(call)))
  if (channelNamed(channel).profile.protocol === 'snap') return [payment]
  return [payment, await count(bench, channel, 'duplicate by KPJ', member, () => accepted(partner.pay(call)))]
}

/** A bill with one member: a transaction, its share, and two folds. Rare, so it may cost more. */
async function playBill(
  bench: Bench,
  channel: string,
  endpoint: LocalEndpoint,
  member: Member,
): Promise<readonly UnitCount[]> {
  const { free, now } = bench
  const allocation = allocate(await free.facts.ofAccount(member.kpj), RULES)
  const quote = quoteOf(allocation, 1, now(), RULES, 'bill')
  if (quote.outcome === 'refused') throw new Error('expected the member to be payable by bill')
  const billCode = billCodeOf(Number(member.kpj))
  const validUntil = addDays(businessDateOf(NOW), 30)
  const { amount, runs, months } = quote
  await free.bills.put(
    {
      billCode,
      months: months.map((priced) => priced.month),
      amount,
      memberCount: 1,
      kpj: member.kpj,
      issuedAt: now(),
      validUntil,
      validUntilInstant: startOfDay(validUntil),
      paidBy: null,
    },
    [{ kpj: member.kpj, months: runs, amount }],
  )
  const call = { ...callOf(member, channel, 1), customerId: billCode, amountRupiah: amount }
  return [await count(bench, channel, 'payment of a bill', member, () => accepted(endpoint.partner.pay(call)))]
}

/** One call at the endpoint, and whatever its facts set off. */
async function count(
  bench: Bench,
  channel: string,
  call: string,
  member: Member,
  play: () => Promise<unknown>,
): Promise<UnitCount> {
  const facts = (await bench.free.facts.ofAccount(member.kpj)).length
  bench.meter.taken()
  await play()
  const { charges: endpoint, trips: tripsAtEndpoint, calls: callsAtEndpoint } = bench.meter.taken()
  const later: Charge[] = []
  let [tripsOfFold, callsOfFold] = [0, 0]
  for (let announced = announcedBy(endpoint); announced.length > 0; ) {
    for (const account of announced) await lookAgain(bench, account)
    const { charges, trips, calls } = bench.meter.taken()
    later.push(...charges)
    tripsOfFold += trips
    callsOfFold += calls
    announced = announcedBy(charges)
  }
  const all = [...endpoint, ...later]
  const { protocol } = channelNamed(channel).profile
  return {
    protocol,
    call,
    facts,
    writes: writesByStep(all),
    written: sum(all, 'write', 'byRule'),
    writtenReported: sum(all, 'write', 'reported'),
    readAtEndpoint: sum(endpoint, 'read', 'byRule'),
    readByFold: sum(later, 'read', 'byRule'),
    readReported: sum(all, 'read', 'reported'),
    tripsAtEndpoint,
    tripsOfFold,
    callsAtEndpoint,
    callsOfFold,
  }
}

function announcedBy(charges: readonly Charge[]): readonly string[] {
  const inserted = charges.filter(
    ({ kind, table, index, failed }) => kind === 'write' && table === 'facts' && index === null && !failed,
  )
  return [...new Set(inserted.map(({ key }) => key))]
}

/** What queues `reconcile` and `cohort` do with one account. */
async function lookAgain({ stores, now }: Bench, account: string): Promise<void> {
  const sendChunks = async (chunks: readonly CohortMessage[]) => {
    for (const chunk of chunks) await applyBillPayment({ ...stores, now, sendAccounts: async () => {} }, chunk)
  }
  await reconcileMembership({ ...stores, rules: RULES, now, sendChunks }, { account: accountOf(account) })
}

function writesByStep(charges: readonly Charge[]): UnitCount['writes'] {
  const steps: Partial<Record<Step, number>> = {}
  for (const charge of charges) {
    if (charge.kind !== 'write') continue
    const step = stepOf(charge)
    steps[step] = (steps[step] ?? 0) + charge.byRule
  }
  return steps
}

function stepOf({ table, index, key }: Charge): Step {
  if (table === 'facts') return index === null ? 'fact' : 'index'
  if (table === 'payment-decisions') return stepOfDecisionKey(key)
  if (table === 'memberships') return 'view'
  if (table === 'bills') return 'bill'
  throw new Error(`expected no call to write to ${table}`)
}

/** What lies there follows from the number of the key's parts: shared/store/payment-decisions/item.ts. */
function stepOfDecisionKey(key: string): Step {
  const parts = splitKey(key)?.length
  if (parts === 3) return 'external-id'
  return parts === 4 ? 'inquiry-mark' : 'decision'
}

function sum(charges: readonly Charge[], kind: Charge['kind'], column: 'byRule' | 'reported'): number {
  return charges.filter((charge) => charge.kind === kind).reduce((total, charge) => total + charge[column], 0)
}

/** A member whose account holds `facts` facts: the registration, and a payment for each month up to the last. */
async function register(bench: Bench, serial: number, facts: number, memberTerms: Terms): Promise<Member> {
  const { free: stores, now } = bench
  const kpj = kpjOf(String(serial).padStart(11, '0'))
  const nik = `157101010190${String(serial).padStart(4, '0')}`
  const participant = participantHash(DIGEST_KEYS, nik)
  const oldest = addMonths(month('2026-11'), 1 - facts)
  await stores.decisions.takeSelfPaid(participant, kpj)
  await stores.contacts.put({
    kpj,
    nik,
    name: 'BUDI SANTOSO',
    phone: '+6281234567890',
    email: '',
    maskedNames: [{ from: at('2016-01-01T08:00'), name: 'BU*** SA***' }],
  })
  await stores.facts.put({ ...terms(oldest, memberTerms), account: kpj, participant })
  const paid = Array.from({ length: facts - 1 }, (_, i) => addMonths(oldest, i))
  await Promise.all(
    paid.map((each) =>
      stores.facts.put({
        ...pay(`${kpj}-${each}`, `${each}-10T09:30`, [each], { priced: memberTerms }),
        account: kpj,
        kpj,
      }),
    ),
  )
  await reconcileMembership({ ...stores, rules: RULES, now, sendChunks: async () => {} }, { account: kpj })
  return { kpj, nik }
}

function callOf(member: Member, channel: string, months: number): PartnerPayment {
  const fee = channelNamed(channel).profile.adminFee
  return {
    id: `${channel.toUpperCase()}-20261120-${member.kpj}`,
    customerId: member.nik,
    months,
    amountRupiah: 0,
    adminFeeRupiah: fee ? inForce('adminFee', fee, businessDateOf(NOW)) : 0,
    outlet: OUTLET,
  }
}

async function priceOf(endpoint: LocalEndpoint, call: PartnerPayment): Promise<number> {
  const answer = await endpoint.partner.inquire(call)
  if (answer.amountRupiah === null) throw new Error(`expected a quote, got ${answer.status} ${answer.code}`)
  return answer.amountRupiah
}

async function accepted(answering: Promise<PartnerAnswer> | undefined): Promise<void> {
  const answer = await answering
  if (!answer?.accepted) throw new Error(`expected the call to be accepted, got ${answer?.status} ${answer?.code}`)
}

async function saying(code: string, sent: Promise<EndpointResponse>): Promise<void> {
  const { body } = await sent
  if (!body.includes(`"${code}"`)) throw new Error(`expected the answer ${code}, got ${body}`)
}

async function refused(answering: Promise<PartnerAnswer>): Promise<void> {
  const answer = await answering
  if (answer.accepted || answer.code === '') throw new Error(`expected a refusal, got ${answer.status} ${answer.code}`)
}
