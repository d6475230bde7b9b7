/**
 * `GET /api/memberships/{kpj}` and `GET /api/participants/{nik}`: where a membership stands, computed from its facts at
 * the moment of reading. `view` is what the fold has written so far (functions/reconcile-membership): it may lag.
 * Promises to mask name, NIK and phone unless the caller's role may see them.
 */
import { standingAt } from '../../shared/domain/coverage.ts'
import { businessDateOf, formatUtc, type Instant } from '../../shared/domain/instant.ts'
import { maskName } from '../../shared/domain/masked-name.ts'
import { maskNik, parseNik } from '../../shared/domain/nik.ts'
import { payableAt } from '../../shared/domain/quote.ts'
import type { Contact } from '../../shared/store/contacts/contacts.ts'
import type { MembershipView } from '../../shared/store/memberships/memberships.ts'
import { type OpenedAccount, openAccount, termsAhead } from './account.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'

export async function showMembership(parts: ConsoleParts, call: Call): Promise<Reply> {
  const membership = await describeMembership(parts, call.path.kpj ?? '', call)
  return membership ? json(200, membership) : unknownMembership()
}

export function unknownMembership(): Reply {
  return problem('UNKNOWN_MEMBERSHIP', 'expected the KPJ of a registered membership, 11 digits')
}

/** Every membership of a person, open or not. The index lags a little; the NIK's own item never does. */
export async function showParticipant(parts: ConsoleParts, call: Call): Promise<Reply> {
  const nik = parseNik(call.path.nik ?? '', businessDateOf(call.now))
  if (nik.outcome === 'refused') {
    return problem('BAD_NIK', 'expected 16 digits with a known province, a possible date of birth and a serial')
  }
  const participant = parts.participantOf(nik.nik)
  const [indexed, selfPaid] = await Promise.all([
    parts.memberships.ofParticipant(participant),
    parts.decisions.selfPaidMembership(participant),
  ])
  const kpjs = new Set([...indexed.map(({ kpj }) => kpj), ...(selfPaid === undefined ? [] : [selfPaid])])
  const memberships = await Promise.all([...kpjs].sort().map((kpj) => describeMembership(parts, kpj, call)))
  return json(200, { memberships: memberships.filter((each) => each !== undefined) })
}

/** The membership as the API shows it, or undefined when it was never registered. */
export async function describeMembership(parts: ConsoleParts, text: string, call: Pick<Call, 'now' | 'unmasked'>) {
  const account = await openAccount(parts, text)
  if (!account) return undefined
  const { kpj } = account
  const [view, contact] = await Promise.all([parts.memberships.get(kpj), parts.contacts.get(kpj)])
  return {
    ...standingOf(account, call.now, parts),
    ...(call.unmasked ? identityOf(contact) : maskedIdentityOf(contact)),
    masked: !call.unmasked,
    version: view?.version ?? 0,
    view: view ? viewOf(view) : null,
  }
}

function standingOf(account: OpenedAccount, now: Instant, parts: ConsoleParts) {
  const { allocation, closing } = account
  const standing = standingAt(allocation, now, parts.rules)
  const payable = payableAt(allocation, now, parts.rules)
  const { terms, regionCode, registeredOn } = termsAhead(account, now, parts)
  return {
    kpj: account.kpj,
    status: standing.status,
    paidThrough: standing.paidThrough,
    creditRupiah: standing.credit,
    nextTransition: standing.nextTransition,
    payable: payable && { month: payable.month, amountRupiah: payable.amount },
    sector: terms.sector,
    funding: terms.funding,
    programs: terms.programs,
    incomeRupiah: terms.income,
    regionCode,
    registeredOn,
    closure: closing && { on: closing.on, reason: closing.reason, decidedAt: formatUtc(closing.decidedAt) },
    asOf: formatUtc(now),
  }
}

function viewOf({ status, paidThrough, version, asOf }: MembershipView) {
  return { status, paidThrough, version, asOf: formatUtc(asOf) }
}

/** Blank where the contact was erased. */
function identityOf(contact: Contact | undefined) {
  return { name: contact?.name ?? '', nik: contact?.nik ?? '', phone: contact?.phone ?? '' }
}

function maskedIdentityOf(contact: Contact | undefined) {
  const { name, nik, phone } = identityOf(contact)
  return { name: maskName(name), nik: maskNik(nik), phone: maskPhone(phone) }
}

/** `+62*********890`: the country, and enough for the member to recognise the number. */
function maskPhone(phone: string): string {
  return phone === '' ? '' : `${phone.slice(0, 3)}${'*'.repeat(Math.max(0, phone.length - 6))}${phone.slice(-3)}`
}
