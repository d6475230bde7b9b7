/**
 * The accepted rows of a segment become memberships: first terms, then the contact. The number of a membership follows from program and
 * person, so a row that comes again finds its own; a person on two programs' lists has two. A person who stayed on a corrected
 * list keeps the membership, with new terms from the first month that is not yet paid.
 *
 * ```
 * row: put terms fact (the number is free, or ours) -> put contact where it is missing or says otherwise
 *             |<- killed: the terms are there; the repeat puts the contact
 * ```
 */
import { allocate } from '../../shared/domain/allocation.ts'
import { keyOf, type TermsFact } from '../../shared/domain/fact.ts'
import { businessDateOf, type Instant, instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import { maskName } from '../../shared/domain/masked-name.ts'
import { firstPayableMonth } from '../../shared/domain/quote.ts'
import type { CohortRow } from '../../shared/domain/sponsors/cohort.ts'
import { latestTerms } from '../../shared/domain/sponsors/judge-person.ts'
import type { ListedPerson } from '../../shared/domain/sponsors/judge-row.ts'
import { termsOf } from '../../shared/domain/sponsors/program.ts'
import type { Terms } from '../../shared/domain/tariff.ts'
import { Defect, Transient } from '../../shared/runtime/faults.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import type { Contact } from '../../shared/store/contacts/contacts.ts'
import { ROWS_PER_CHUNK } from '../../shared/store/sponsors/sponsors.ts'
import { drawnKpj } from './drawn-kpj.ts'
import { AT_ONCE, type CohortPorts, type CohortStep, type OpenCohort } from './ports.ts'
import { leaveOut, rowsChanged } from './those-who-left.ts'

/** Numbers tried for one person: each is somebody else's once in a thousand, with a hundred million memberships. */
const DRAWS = 20

export async function enrolSegment(ports: CohortPorts, open: OpenCohort, chunk: number): Promise<CohortStep> {
  const { cohort } = open
  const [segment, judged] = await Promise.all([
    ports.segments.get(cohort.id, chunk),
    ports.sponsors.markedRows(cohort.id, chunk),
  ])
  if (!segment || !judged) {
    throw new Defect(
      'LIST_SEGMENT_MISSING',
      'expected a judged segment of a list to be there, it is not; send the list again',
    )
  }
  const persons = new Map(segment.flatMap((row) => ('person' in row ? [[row.line, row.person] as const] : [])))
  const { rows, mark } = judged
  const enrolled: CohortRow[] = [...rows]
  const tasks = rows.map((row, i) => async () => {
    const person = persons.get(row.line)
    if (row.state !== 'accepted' || !person || row.participant === null) return
    const kpj = await enrolPerson(ports, open, { ...row, participant: row.participant }, person)
    enrolled[i] = { ...row, kpj, state: 'enrolled' }
  })
  await inParallel(tasks, AT_ONCE)
  if ((await ports.sponsors.putRows(cohort.id, chunk, enrolled, mark)) === 'conflict') throw rowsChanged()
  const count = cohort.counts.enrolled + enrolled.filter(({ state }) => state === 'enrolled').length
  const counts = { ...cohort.counts, enrolled: count }
  if (chunk * ROWS_PER_CHUNK < cohort.counts.rows) return { counts, work: { task: 'enrol', chunk: chunk + 1 } }
  if (cohort.corrects !== undefined) await leaveOut(ports, cohort.corrects, cohort.id)
  return { counts, state: 'enrolled', work: undefined }
}

type AcceptedRow = CohortRow & { readonly participant: NonNullable<CohortRow['participant']> }

/** The number of the person's membership of this program, once its terms and contact are there. */
async function enrolPerson(ports: CohortPorts, open: OpenCohort, row: AcceptedRow, person: ListedPerson): Promise<Kpj> {
  for (let draw = 0; draw < DRAWS; draw++) {
    const kpj = drawnKpj(open.program.id, row.participant, draw)
    const fact = firstTerms(open, kpj, row, person)
    if ((await ports.facts.put(fact)) === 'put') {
      // Where there is one, a try at the same moment has put it, and somebody may have changed it since.
      await ports.contacts.putOver(contactOf(kpj, person, open.cohort.receivedAt), undefined)
      return kpj
    }
    const standing = await ports.facts.get(kpj, keyOf(fact))
    if (standing?.kind !== 'terms' || standing.participant !== row.participant) continue
    await bringUpToDate(ports, open, kpj, row, person)
    return kpj
  }
  throw new Defect('NUMBERS_TAKEN', `expected a free number within ${DRAWS} draws, all are other people's`)
}

/** Terms by the row, and by the program where the row says nothing. */
function termsBy({ program }: OpenCohort, { sector, income }: ListedPerson): Terms {
  const planned = termsOf(program)
  return { ...planned, sector: sector ?? planned.sector, income: income ?? planned.income }
}

function firstTerms(
  { program, cohort, ...open }: OpenCohort,
  kpj: Kpj,
  row: AcceptedRow,
  person: ListedPerson,
): TermsFact {
  const { receivedAt } = cohort
  return {
    kind: 'terms',
    account: kpj,
    source: 'import',
    id: ['0001'],
    decidedAt: receivedAt,
    recordedAt: receivedAt,
    from: program.firstMonth,
    terms: termsBy({ program, cohort, ...open }, person),
    regionCode: person.regionCode,
    registeredOn: businessDateOf(receivedAt),
    participant: row.participant,
    cohort: cohort.id,
    ...(cohort.agent !== undefined && { agent: cohort.agent }),
    listLine: row.line,
  }
}

/**
 * Of a membership that is there: an earlier list of the program made it, or an earlier try of this row, which may have been killed
 * before the contact of its first terms. Otherwise the contact comes first, then the terms: a list whose terms are there has done all
 * that it does for the person, and a step that comes late changes nothing any more. Of a person whose data was erased the terms alone
 * are kept: they are the ledger's.
 */
async function bringUpToDate(
  ports: CohortPorts,
  open: OpenCohort,
  kpj: Kpj,
  row: AcceptedRow,
  person: ListedPerson,
): Promise<void> {
  const contact = await ports.contacts.get(kpj)
  const facts = await ports.facts.ofAccount(kpj)
  const terms = facts.filter((fact) => fact.kind === 'terms')
  const isDone = terms.some(({ cohort }) => cohort === open.cohort.id)
  if (isDone && contact) return
  const fresh = renewed(contact, contactOf(kpj, person, isDone ? open.cohort.receivedAt : ports.now()))
  if (fresh && (await ports.contacts.putOver(fresh, contact)) === 'conflict') {
    throw new Transient('CONTACT_CHANGED', 'expected a contact as it was read, it was changed; it is tried again')
  }
  if (isDone) return
  const latest = latestTerms(facts)
  const wanted = firstTerms(open, kpj, row, person)
  const now = ports.now()
  const decidedAt = instant(latest ? Math.max(now, latest.decidedAt + 1) : now)
  const from = firstPayableMonth(allocate(facts, ports.rules), now, ports.rules)
  const { registeredOn } = latest ?? wanted
  const id = [String(terms.length + 1).padStart(4, '0')]
  const next = { ...wanted, id, decidedAt, recordedAt: decidedAt, registeredOn }
  if ((await ports.facts.put({ ...next, from: from > wanted.from ? from : wanted.from })) === 'put') return
  // Somebody else gave the person terms at this moment: those are older than ours, or ours already.
  return bringUpToDate(ports, open, kpj, row, person)
}

/** With what the list says in place of what was known; undefined: it says the same. */
function renewed(known: Contact | undefined, said: Contact): Contact | undefined {
  if (known?.name === said.name && known.phone === said.phone && known.nik === said.nik) return undefined
  const names = known?.maskedNames ?? []
  const isSameMask = names.at(-1)?.name === said.maskedNames[0]?.name
  const maskedNames = isSameMask ? names : [...names, ...said.maskedNames]
  return { ...known, ...said, email: known?.email ?? '', maskedNames }
}

function contactOf(kpj: Kpj, { nik, name, phone }: ListedPerson, from: Instant): Contact {
  return { kpj, nik, name, phone, email: '', maskedNames: [{ from, name: maskName(name) }] }
}
