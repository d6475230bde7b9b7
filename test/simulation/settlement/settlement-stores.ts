/**
 * What lies outside of the ledger's tables: settlements with their audit chain, files, lines, the journal, notices. One of each
 * in a world; an invocation meets them as slow and as faulty as the ledger's own (ports.ts).
 */
import type { FileStore } from '../../../shared/store/files/files.ts'
import type { SettledLineStore } from '../../../shared/store/files/settled-lines.ts'
import type { JournalStore } from '../../../shared/store/journal/journal.ts'
import type { NoticeStore } from '../../../shared/store/notices/notices.ts'
import type { ResolutionStore } from '../../../shared/store/settlements/resolutions.ts'
import type { SettlementStore } from '../../../shared/store/settlements/settlements.ts'
import { memoryFiles } from '../../support/memory-files.ts'
import { memoryJournal } from '../../support/memory-journal.ts'
import { memoryNotices } from '../../support/memory-notices.ts'
import { memorySettledLines, type SettlementDatabase, settlementsOver } from '../../support/memory-settlements.ts'
import { call, type FunctionEnvironment, type Invocation } from '../ports.ts'

export type SettlementStores = ReturnType<typeof openSettlementStores>

/** What an invocation is given. */
export type SettlementClients = {
  readonly settlements: SettlementStore
  readonly resolutions: ResolutionStore
  readonly files: FileStore
  readonly lines: SettledLineStore
  readonly journal: JournalStore
  readonly notices: NoticeStore
}

/** `inserted` gets every new entry of table `settlements` at the moment it is there. */
export function openSettlementStores(inserted: SettlementDatabase['inserted']) {
  const database: SettlementDatabase = { parts: new Map(), chain: [], inserted }
  return {
    database,
    files: memoryFiles(),
    lines: memorySettledLines(),
    journal: memoryJournal(),
    notices: memoryNotices(),
    /** For partners, people who look, and auditors: without a fault. */
    settlements: settlementsOver(database, async (_method, _subject, work) => work()),
  }
}

const READS: ReadonlySet<string> = new Set(['get', 'range', 'entries', 'last'])

export function clientsOf(
  around: FunctionEnvironment,
  invocation: Invocation,
  { database, files, lines, journal, notices }: SettlementStores,
): SettlementClients {
  const { resolutions, ...settlements } = settlementsOver(database, async (method, subject, work) => {
    // Once all is calm nothing can come between: a step for each of the many reads of a day would only cost time.
    if (around.calm() && invocation.alive) return work()
    const kind = READS.has(method) ? 'read' : 'write'
    return call(around, invocation, kind, `settlements.${method} ${subject}`, async () => work())
  })
  const faulty = <S extends object>(name: string, store: S, ...writes: readonly (keyof S & string)[]): S =>
    faultyStore(around, invocation, name, store, writes)
  return {
    settlements,
    resolutions,
    files: faulty('files', files, 'keepDropped', 'keep'),
    lines: faulty('lines', lines, 'put'),
    journal: faulty('journal', journal, 'close', 'putPart'),
    notices: faulty('notices', notices, 'reserve', 'finish', 'giveUp', 'release', 'noteUnreachable'),
  }
}

/** Every method is one call that may fail; those of `writes` may have happened all the same. */
function faultyStore<S extends object>(
  around: FunctionEnvironment,
  invocation: Invocation,
  name: string,
  store: S,
  writes: readonly string[],
): S {
  const methods = Object.entries(store).map(([method, work]) => [
    method,
    (...args: readonly unknown[]) =>
      call(around, invocation, writes.includes(method) ? 'write' : 'read', `${name}.${method}`, async () =>
        work(...args),
      ),
  ])
  return Object.fromEntries(methods) as S
}
