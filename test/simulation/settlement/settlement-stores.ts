/**
 * What lies outside of the ledger's tables: settlements with their audit chain, files, lines, the journal. One of each
 * in a world; an invocation meets them as slow and as faulty as the ledger's own (ports.ts).
 */
import type { AuditStore } from '../../../shared/store/audit/audit.ts'
import type { FileStore } from '../../../shared/store/files/files.ts'
import type { SettledLineStore } from '../../../shared/store/files/settled-lines.ts'
import type { JournalStore } from '../../../shared/store/journal/journal.ts'
import type { ResolutionStore } from '../../../shared/store/settlements/resolutions.ts'
import type { SettlementStore } from '../../../shared/store/settlements/settlements.ts'
import { memoryFiles } from '../../support/memory-files.ts'
import { memoryJournal } from '../../support/memory-journal.ts'
import { memorySettledLines, type SettlementDatabase, settlementsOver } from '../../support/memory-settlements.ts'
import { faultyStore } from '../faulty-store.ts'
import { call, type FunctionEnvironment, type Invocation } from '../ports.ts'

export type SettlementStores = ReturnType<typeof openSettlementStores>

/** What an invocation is given. */
export type SettlementClients = {
  readonly settlements: SettlementStore
  readonly audit: Pick<AuditStore, 'last' | 'from'>
  readonly resolutions: ResolutionStore
  readonly files: FileStore
  readonly lines: SettledLineStore
  readonly journal: JournalStore
}

/** `inserted` gets every new entry of table `settlements` at the moment it is there. */
export function openSettlementStores(inserted: SettlementDatabase['inserted']) {
  const database: SettlementDatabase = { parts: new Map(), chain: [], inserted }
  const { resolutions, audit, ...settlements } = settlementsOver(database, async (_method, _subject, work) => work())
  return {
    database,
    files: memoryFiles(),
    lines: memorySettledLines(),
    ...watchedJournal(),
    /** For partners, people who look, auditors, and once all is calm for everybody: without a fault. */
    settlements,
    resolutions,
    audit,
  }
}

/** `closedAs`: each day as it was when it was closed, as text, so that a later change of it is seen. */
function watchedJournal() {
  const journal = memoryJournal()
  const closedAs = new Map<string, string>()
  const close: JournalStore['close'] = async (day) => {
    const put = await journal.close(day)
    if (put === 'put' && !closedAs.has(day.day)) closedAs.set(day.day, JSON.stringify(day))
    return put
  }
  return { journal: { ...journal, close }, closedAs }
}

const READS: ReadonlySet<string> = new Set(['get', 'range', 'entries', 'last'])

export function clientsOf(
  around: FunctionEnvironment,
  invocation: Invocation,
  { database, files, lines, journal, settlements: plain, resolutions, audit }: SettlementStores,
): SettlementClients {
  // Once all is calm nothing can come between: a step for each of the many reads of a day would only cost time.
  if (around.calm()) return { settlements: plain, resolutions, audit, files, lines, journal }
  const faulty = settlementsOver(database, async (method, subject, work) => {
    if (around.calm() && invocation.alive) return work()
    // A look at the bank reads every booking day of weeks, and most hold nothing: an empty one has nothing to get wrong.
    if (method === 'range' && subject.startsWith('bank#') && !database.parts.has(subject)) return work()
    const kind = READS.has(method) ? 'read' : 'write'
    return call(around, invocation, kind, `settlements.${method} ${subject}`, async () => work())
  })
  const failing = <S extends object>(name: string, store: S, ...writes: readonly (keyof S & string)[]): S =>
    faultyStore(around, invocation, name, store, writes)
  return {
    settlements: faulty,
    resolutions: faulty.resolutions,
    audit: faulty.audit,
    files: failing('files', files, 'keepDropped', 'keep'),
    lines: failing('lines', lines, 'put'),
    journal: failing('journal', journal, 'close', 'putPart'),
  }
}
