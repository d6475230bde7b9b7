/**
 * One checked row against what its membership holds: register it, change its terms or contact, or say why not.
 * Every step may be repeated; a crash after any of them is completed by the same row coming again.
 * Called by import-memberships.ts; knows nothing of files.
 */
import type { TermsFact } from '../../../shared/domain/fact.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { maskName } from '../../../shared/domain/masked-name.ts'
import { monthOfDate } from '../../../shared/domain/month.ts'
import type { ParticipantHash } from '../../../shared/domain/participant.ts'
import { firstPayableMonth } from '../../../shared/domain/quote.ts'
import { Transient } from '../../../shared/runtime/faults.ts'
import type { Contact } from '../../../shared/store/contacts/contacts.ts'
import type { NewMembership } from '../../../shared/store/memberships/registrations.ts'
import type { ConsolePorts } from '../ports.ts'
import { nextDecisionAt, nextSequence, type OpenedAccount, openAccount } from './account.ts'
import type { Registration, RowRefusal } from './import-row.ts'
import { correctSelfPaid, takeSelfPaid } from './self-paid.ts'

export type Registered =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'refused'; readonly code: RowRefusal }

/** Others who write the same membership at the same moment: each round lets one of them in. */
const TRIES = 5

/**
 * `contact` is what was read for this KPJ a moment ago. Without one the membership is most likely new, so the first round
 * writes without reading: the put itself finds out, and the next round reads.
 */
export async function registerMembership(
  ports: ConsolePorts,
  row: Registration,
  contact: Contact | undefined,
): Promise<Registered> {
  const participant = ports.participantOf(row.nik)
  const first = await attempt(ports, row, participant, contact && (await openAccount(ports, row.kpj)), contact)
  if (first !== 'again') return first
  for (let tried = 1; tried < TRIES; tried++) {
    const [account, known] = await Promise.all([openAccount(ports, row.kpj), ports.contacts.get(row.kpj)])
    const result = await attempt(ports, row, participant, account, known)
    if (result === 'again') continue
    // A round before this one may have taken the NIK for a KPJ that is somebody else's, or closed.
    if (result.outcome === 'refused') await correctSelfPaid(ports, participant, row.kpj)
    return result
  }
  throw contended()
}

function contended(): Transient {
  return new Transient(
    'IMPORT_CONTENDED',
    `expected to write a membership within ${TRIES} tries; import the file again`,
  )
}

/** `again`: the terms' place was taken by somebody else, or by an earlier try of ours. */
async function attempt(
  ports: ConsolePorts,
  row: Registration,
  participant: ParticipantHash,
  account: OpenedAccount | undefined,
  contact: Contact | undefined,
): Promise<Registered | 'again'> {
  const changesTerms = !account || differs(account.latestTerms, row)
  const changesContact = contactOf(row, contact, ports.now()) !== null
  const refused = refusalOf(account, participant, changesTerms || changesContact)
  if (refused) return { outcome: 'refused', code: refused }
  if (changesTerms) {
    if (row.terms.funding === 'self' && account?.latestTerms.terms.funding !== 'self') {
      const taken = await takeSelfPaid(ports, participant, row.kpj)
      if (taken.outcome === 'exists') return { outcome: 'refused', code: 'NIK_ALREADY_SELF_PAID' }
    }
    if ((await ports.facts.put(termsFactOf(ports, account, row, participant))) === 'exists') return 'again'
  }
  const isPut = await putContact(ports, row, contact)
  if (account && mayLeaveNik(account, row)) await correctSelfPaid(ports, participant, row.kpj)
  return { outcome: changesTerms || isPut ? 'accepted' : 'unchanged' }
}

/**
 * Over what was read and nothing else: a file is read ahead of its rows, and whoever opted out or gave an address meanwhile has said so.
 * Of a person whose data was erased nothing is kept, whatever the file says; the terms are the ledger's.
 */
async function putContact(ports: ConsolePorts, row: Registration, read: Contact | undefined): Promise<boolean> {
  let known = read
  for (let tried = 0; tried < TRIES; tried++) {
    const next = contactOf(row, known, ports.now())
    if (next === null) return false
    const put = await ports.contacts.putOver(next, known)
    if (put !== 'conflict') return put === 'put'
    known = await ports.contacts.get(row.kpj)
  }
  throw contended()
}

/** The row as a membership that does not exist yet: what `attempt` would put without an account and a contact. */
export function newcomerOf(ports: ConsolePorts, row: Registration): NewMembership {
  const fact = termsFactOf(ports, undefined, row, ports.participantOf(row.nik))
  return { fact, contact: firstContactOf(row, fact.decidedAt) }
}

/** In order of precedence. */
function refusalOf(
  account: OpenedAccount | undefined,
  participant: ParticipantHash,
  hasChanges: boolean,
): RowRefusal | null {
  if (account && account.latestTerms.participant !== participant) return 'KPJ_BELONGS_TO_ANOTHER'
  if (account?.closing && hasChanges) return 'MEMBERSHIP_CLOSED'
  return null
}

/** The first terms hold from the month of registration; changed ones from the first month that is not yet paid. */
function termsFactOf(
  ports: ConsolePorts,
  account: OpenedAccount | undefined,
  row: Registration,
  participant: ParticipantHash,
): TermsFact {
  const now = ports.now()
  const decidedAt = nextDecisionAt(account, now)
  return {
    kind: 'terms',
    account: row.kpj,
    source: 'import',
    id: [nextSequence(account, 'terms')],
    decidedAt,
    recordedAt: decidedAt,
    from: account ? firstPayableMonth(account.allocation, now, ports.rules) : monthOfDate(row.registeredOn),
    terms: row.terms,
    regionCode: row.regionCode,
    registeredOn: row.registeredOn,
    participant,
    ...(row.agent !== undefined && !account && { agent: row.agent }),
  }
}

function differs(known: TermsFact, row: Registration): boolean {
  const { sector, funding, programs, income } = known.terms
  return (
    sector !== row.terms.sector ||
    funding !== row.terms.funding ||
    programs !== row.terms.programs ||
    income !== row.terms.income ||
    known.regionCode !== row.regionCode ||
    known.registeredOn !== row.registeredOn
  )
}

/** The contact to write, or null when it says the same already. A name is printed masked, so only its mask has a history. */
function contactOf(row: Registration, known: Contact | undefined, now: Instant): Contact | null {
  if (!known) return firstContactOf(row, now)
  const { kpj, nik, name, phone } = row
  if (known.name === name && known.phone === phone && known.nik === nik) return null
  const masked = maskName(name)
  const { maskedNames: before } = known
  const maskedNames = before.at(-1)?.name === masked ? before : [...before, { from: now, name: masked }]
  return { kpj, nik, name, phone, email: known.email, maskedNames, ...preferencesAfter(known, phone) }
}

/** What the member said stays; that a number was wrong is said of that number. */
function preferencesAfter({ preferences, phone: before }: Contact, phone: string): Pick<Contact, 'preferences'> {
  if (!preferences) return {}
  return { preferences: phone === before ? preferences : { ...preferences, wrongNumber: false } }
}

function firstContactOf({ kpj, nik, name, phone }: Registration, now: Instant): Contact {
  return { kpj, nik, name, phone, email: '', maskedNames: [{ from: now, name: maskName(name) }] }
}

/** A new membership took its NIK itself. Also when nothing changes: the first try may have ended before the NIK was free. */
function mayLeaveNik({ allocation, latestTerms }: OpenedAccount, row: Registration): boolean {
  if (row.terms.funding === 'self') return latestTerms.terms.funding !== 'self'
  return allocation.terms.some((fact) => fact.terms.funding === 'self')
}
