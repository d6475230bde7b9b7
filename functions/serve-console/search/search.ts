/**
 * `POST /api/searches`: what a member, an outlet or a partner names, looked up by what it may be. Everything is read by key but a
 * hub reference, which is a keyed digest that nothing is filed under: it is computed for each payment of one day and compared.
 * Promises no scan of a table, and that no address holds what was asked. Names are not searched: docs/adr/0040-reads-leave-a-trace.md.
 */
import { parseBillCode } from '../../../shared/domain/bill-code.ts'
import { type BusinessDate, businessDateOf, formatUtc } from '../../../shared/domain/instant.ts'
import { parseKpj } from '../../../shared/domain/kpj.ts'
import { parseNik } from '../../../shared/domain/nik.ts'
import type { PaymentDecision } from '../../../shared/store/payment-decisions/payment-decisions.ts'
import { billView } from '../bills/bills.ts'
import { json } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { describeMembership, membershipsOf } from '../memberships/membership.ts'
import type { ConsolePorts } from '../ports.ts'
import type { FoundPayment, SearchRequest } from './schemas.ts'

/** `CH` and 16 of the alphabet of shared/runtime/digests.ts; people type small letters, too. */
const REFERENCE = /^CH[0-9A-HJKMNP-TV-Z]{16}$/

export async function search(ports: ConsolePorts, call: Call<{ body: SearchRequest }>) {
  const { day = businessDateOf(call.now) } = call.body
  const asked = call.body.text.trim()
  // People write long numbers in groups.
  const digits = asked.replace(/[\s.-]/g, '')
  const reference = REFERENCE.test(digits.toUpperCase()) ? digits.toUpperCase() : null
  const [memberships, bills, byId, byReference] = await Promise.all([
    membershipsBy(ports, call, digits),
    billsBy(ports, call, digits),
    asked === '' ? [] : paymentsById(ports, asked),
    reference === null ? [] : paymentsByReference(ports, reference, day),
  ])
  return json(200, { memberships, bills, payments: [...byId, ...byReference], day: reference === null ? null : day })
}

async function membershipsBy(ports: ConsolePorts, call: Call, digits: string) {
  const kpj = parseKpj(digits)
  if (kpj !== undefined) {
    const found = await describeMembership(ports, kpj, call)
    return found ? [found] : []
  }
  const nik = parseNik(digits, businessDateOf(call.now))
  return nik.outcome === 'nik' ? membershipsOf(ports, nik.nik, call) : []
}

async function billsBy(ports: ConsolePorts, call: Call, digits: string) {
  const billCode = parseBillCode(digits)
  const bill = billCode && (await ports.bills.get(billCode))
  return bill ? [await billView(ports, bill, call.now)] : []
}

async function paymentsById(
  { decisions, channels }: ConsolePorts,
  paymentId: string,
): Promise<readonly FoundPayment[]> {
  const found = await Promise.all(channels.map((channel) => decisions.get(channel, paymentId)))
  return found.filter((decision) => decision !== undefined).map(shown)
}

async function paymentsByReference(
  ports: ConsolePorts,
  wanted: string,
  day: BusinessDate,
): Promise<readonly FoundPayment[]> {
  const found = await Promise.all(ports.channels.map((channel) => idsByReference(ports, channel, wanted, day)))
  return found.flat().map(shown)
}

async function idsByReference(
  { facts, decisions, referenceOf }: ConsolePorts,
  channel: string,
  wanted: string,
  day: BusinessDate,
): Promise<readonly PaymentDecision[]> {
  for await (const { kind, id } of facts.byDay(channel, day)) {
    const [paymentId = ''] = id
    if (kind !== 'payment' || referenceOf(channel, paymentId) !== wanted) continue
    const decision = await decisions.get(channel, paymentId)
    return decision ? [decision] : []
  }
  return []
}

function shown({ channel, paymentId, hubReference, account, outcome, decidedAt }: PaymentDecision): FoundPayment {
  return { channel, paymentId, hubReference, account, outcome: outcome.kind, decidedAt: formatUtc(decidedAt) }
}
