/**
 * `POST /api/memberships/import`: a file of memberships becomes terms facts and contacts, row by row; the view follows by
 * the fold. Promises that the same file again changes nothing, also after a crash in the middle: each row is decided from
 * what its account holds, and written in an order that a repeat completes.
 *
 * ```
 * new: all of it in one transaction with up to 24 others, or else as any other row:
 * row: take the NIK (self-paid) -> put terms fact -> put contact -> free the NIK (no longer self-paid)
 * ```
 * One bad row stops no other. Rows that share a KPJ or a NIK go one after the other, the rest side by side.
 */
import { createHash } from 'node:crypto'
import type { AgentCode } from '../../../shared/domain/agents/agent.ts'
import { businessDateOf } from '../../../shared/domain/instant.ts'
import { inParallel } from '../../../shared/runtime/in-parallel.ts'
import type { Contact } from '../../../shared/store/contacts/contacts.ts'
import { NEWCOMERS_AT_ONCE } from '../../../shared/store/memberships/registrations.ts'
import { namedAgent, unknownAgent } from '../agents/agent-parameter.ts'
import { recordAct } from '../http/acting.ts'
import { type CsvRow, readCsvLayout } from '../http/csv-layout.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { IMPORT_COLUMNS, type Registration, ROW_REFUSALS, type RowRefusal, readImportRow } from './import-row.ts'
import { newcomerOf, type Registered, registerMembership } from './register-membership.ts'
import type { ImportQuery } from './schemas.ts'

/** Accounts worked on at once: enough to hide the table's latency, few enough to leave it to the channels. */
const CONCURRENCY = 16
const READ_BATCH = 100
/** Rows of one file: if every one of them is refused, the answer still fits the 6 MB of the gateway. */
export const MOST_ROWS = 39_000

type Row = { readonly line: number; readonly registration: Registration }
type RowResult = { readonly line: number; readonly result: Registered }

export async function importMemberships(ports: ConsolePorts, call: Call<{ query: ImportQuery; body: Uint8Array }>) {
  const agent = await namedAgent(ports.agents, call.query.agent)
  if (agent === undefined) return unknownAgent()
  const layout = readCsvLayout(call.body, IMPORT_COLUMNS, MOST_ROWS)
  if (layout.outcome === 'layout-changed') return problem('LAYOUT_CHANGED', layout.detail)
  if (layout.rows.length > MOST_ROWS)
    return problem('TOO_LARGE', `expected at most ${MOST_ROWS} rows in one file; split it`)
  const { rows: read, decided } = readRows(layout.rows, call)
  const rows = agent === null ? read : read.map((row) => ({ ...row, registration: { ...row.registration, agent } }))
  const sha256 = createHash('sha256').update(call.body).digest('hex')
  await recordAct(ports, call, {
    action: 'imported',
    subject: `import#${sha256}`,
    detail: { rows: layout.rows.length },
  })
  if (agent !== null) await noteMembers(ports, agent, rows)
  const registered = await register(ports, rows, await contactsOf(ports, rows))
  return json(200, summarise(ports, call, [...decided, ...registered]))
}

/** Before anybody is registered: an entry too many finds nobody of the agent's, one too few would lose a member. */
async function noteMembers({ agents }: ConsolePorts, agent: AgentCode, rows: readonly Row[]): Promise<void> {
  const notes = rows.map(
    ({ registration }) =>
      () =>
        agents.noteMember(agent, registration.kpj),
  )
  await inParallel(notes, CONCURRENCY)
}

/** Rows that can be registered, and those whose result follows from the file alone. */
function readRows(
  records: readonly CsvRow[],
  { now }: Call,
): { readonly rows: readonly Row[]; readonly decided: readonly RowResult[] } {
  const today = businessDateOf(now)
  const rows: Row[] = []
  const decided: RowResult[] = []
  const firstOf = new Map<string, string>()
  for (const { line, fields } of records) {
    const reading = readImportRow(fields, today)
    if (reading.outcome === 'refused') {
      decided.push({ line, result: reading })
      continue
    }
    const { registration } = reading
    const content = JSON.stringify(registration)
    const first = firstOf.get(registration.kpj)
    if (first === undefined) {
      firstOf.set(registration.kpj, content)
      rows.push({ line, registration })
    } else if (first === content) {
      decided.push({ line, result: { outcome: 'unchanged' } })
    } else {
      decided.push({ line, result: { outcome: 'refused', code: 'DUPLICATE_IN_FILE' } })
    }
  }
  return { rows, decided }
}

/** A KPJ stands in one row by now; rows of one NIK make a lane, in the order of the file. */
function lanesOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  return [...Map.groupBy(rows, ({ registration }) => registration.nik).values()]
}

/** Newcomers by the transaction; what that leaves over, and memberships that exist already, row by row. */
async function register(
  ports: ConsolePorts,
  rows: readonly Row[],
  contacts: ReadonlyMap<string, Contact>,
): Promise<readonly RowResult[]> {
  const lanes = lanesOf(rows)
  const firsts = lanes.flatMap(([first]) => (first && !contacts.has(first.registration.kpj) ? [first] : []))
  const registered = await registerNewcomers(ports, firsts)
  const results: RowResult[] = [...registered].map(({ line }) => ({ line, result: { outcome: 'accepted' } }))
  const rest = lanes.map((lane) => async () => {
    for (const row of lane) {
      if (registered.has(row)) continue
      const { line, registration } = row
      results.push({ line, result: await registerMembership(ports, registration, contacts.get(registration.kpj)) })
    }
  })
  await inParallel(rest, CONCURRENCY)
  return results
}

/** One row per NIK. Returns those that were registered; a batch with an existing membership in it registers none. */
async function registerNewcomers(ports: ConsolePorts, rows: readonly Row[]): Promise<ReadonlySet<Row>> {
  const registered = new Set<Row>()
  const batches = batchesOf(rows, NEWCOMERS_AT_ONCE).map((batch) => async () => {
    const newcomers = batch.map(({ registration }) => newcomerOf(ports, registration))
    if ((await ports.registrations.putAll(newcomers)) === 'put') for (const row of batch) registered.add(row)
  })
  await inParallel(batches, CONCURRENCY)
  return registered
}

function batchesOf(rows: readonly Row[], size: number): readonly (readonly Row[])[] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size))
}

/** Read ahead by the hundred: who has no contact is most likely new. */
async function contactsOf({ contacts }: ConsolePorts, rows: readonly Row[]): Promise<ReadonlyMap<string, Contact>> {
  const found = new Map<string, Contact>()
  const batches = batchesOf(rows, READ_BATCH).map((batch) => async () => {
    const kpjs = batch.map(({ registration }) => registration.kpj)
    for (const contact of await contacts.getMany(kpjs)) found.set(contact.kpj, contact)
  })
  await inParallel(batches, CONCURRENCY)
  return found
}

function summarise({ log, metrics }: ConsolePorts, { actor }: Call, results: readonly RowResult[]) {
  const refused: { line: number; code: RowRefusal; reason: string }[] = []
  const counts = { accepted: 0, unchanged: 0 }
  for (const { line, result } of results) {
    if (result.outcome === 'refused') refused.push({ line, code: result.code, reason: ROW_REFUSALS[result.code] })
    else counts[result.outcome]++
  }
  refused.sort((a, b) => a.line - b.line)
  const { accepted, unchanged } = counts
  for (const [outcome, count] of Object.entries({ ...counts, refused: refused.length })) {
    if (count > 0) metrics.count('ImportRows', { outcome }, count)
  }
  log.info('Memberships were imported', { accepted, unchanged, refused: refused.length, actor })
  return { accepted, unchanged, refused }
}
