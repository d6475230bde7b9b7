/**
 * `GET /api/memberships/{kpj}` and `GET /api/participants/{nik}`: where a membership stands, computed from its facts at
 * the moment of reading. `view` is what the fold has written so far (functions/reconcile-membership): it may lag.
 * Promises to mask name, NIK and phone unless the caller's role may see them; who saw whom leaves a trace (http/read-trace.ts).
 */
import { type ClosureAct, closureSubject } from '../../../shared/domain/closure-act.ts'
import { standingAt } from '../../../shared/domain/coverage.ts'
import { businessDateOf, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { maskName } from '../../../shared/domain/masked-name.ts'
import { maskNik, type Nik, parseNik } from '../../../shared/domain/nik.ts'
import { payableAt } from '../../../shared/domain/quote.ts'
import type { Approval } from '../../../shared/domain/two-people.ts'
import type { Contact } from '../../../shared/store/contacts/contacts.ts'
import type { MembershipView } from '../../../shared/store/memberships/memberships.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { locksOfMember } from '../partners/customer-locks.ts'
import type { ConsolePorts } from '../ports.ts'
import { type OpenedAccount, openAccount, termsAhead } from './account.ts'
import { unknownMembership } from './kpj-parameter.ts'
import type { Membership, ParticipantSearch } from './schemas.ts'

export const NIK_EXPECTED = 'expected 16 digits with a known province, a possible date of birth and a serial'

export async function showMembership(ports: ConsolePorts, call: Call<{ path: { kpj: Kpj } }>) {
  const membership = await describeMembership(ports, call.path.kpj, call)
  return membership ? json(200, membership) : unknownMembership()
}

/** Every membership of a person, open or not. The index lags a little; the NIK's own item never does. */
export async function showParticipant(ports: ConsolePorts, call: Call<{ path: { nik: string } }>) {
  const nik = parseNik(call.path.nik, businessDateOf(call.now))
  if (nik.outcome === 'refused') return problem('BAD_NIK', NIK_EXPECTED)
  return json(200, { memberships: await membershipsOf(ports, nik.nik, call) })
}

export async function membershipsOf(ports: ConsolePorts, nik: Nik, call: Call): Promise<readonly Membership[]> {
  const participant = ports.participantOf(nik)
  const [indexed, selfPaid] = await Promise.all([
    ports.memberships.ofParticipant(participant),
    ports.decisions.selfPaidMembership(participant),
  ])
  const kpjs = new Set([...indexed.map(({ kpj }) => kpj), ...(selfPaid === undefined ? [] : [selfPaid])])
  const memberships = await Promise.all([...kpjs].sort().map((kpj) => describeMembership(ports, kpj, call)))
  return memberships.filter((each) => each !== undefined)
}

export function searchParticipant(ports: ConsolePorts, call: Call<{ body: ParticipantSearch }>) {
  return showParticipant(ports, { ...call, path: call.body })
}

/** The membership as the API shows it, or undefined when it was never registered. */
export async function describeMembership(ports: ConsolePorts, kpj: Kpj, call: Call): Promise<Membership | undefined> {
  const account = await openAccount(ports, kpj)
  if (!account) return undefined
  const [view, contact, approval, locks] = await Promise.all([
    ports.memberships.get(kpj),
    ports.contacts.get(kpj),
    ports.resolutions.approval<ClosureAct>(closureSubject(kpj)),
    locksOfMember(ports, kpj, call.now),
  ])
  return {
    ...standingOf(account, approval, call.now, ports),
    ...(call.unmasked ? identityOf(contact) : maskedIdentityOf(contact)),
    masked: !call.unmasked,
    locks,
    version: view?.version ?? 0,
    view: view ? viewOf(view) : null,
  }
}

function standingOf(
  account: OpenedAccount,
  approval: Approval<ClosureAct> | undefined,
  now: Instant,
  ports: ConsolePorts,
) {
  const { allocation, closing } = account
  const standing = standingAt(allocation, now, ports.rules)
  const payable = payableAt(allocation, now, ports.rules)
  const { terms, regionCode, registeredOn } = termsAhead(account, now, ports)
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
    pendingProposal: approval?.state === 'proposed' ? pendingOf(approval) : null,
    asOf: formatUtc(now),
  }
}

function pendingOf({ request, reason, proposedBy, proposedAt }: Approval<ClosureAct>) {
  return { ...request, reason, proposedBy, proposedAt: formatUtc(proposedAt) }
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
