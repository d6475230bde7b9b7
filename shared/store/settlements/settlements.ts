/**
 * Table `settlements`: files, statements, differences, resolutions and bank credits; its stream wakes the reconciliation.
 * Keys: item.ts. Values: records.ts. Adapter: dynamodb.ts.
 *
 * Promise: a version is put once and never changed; a difference changes only from the version that was read; every put says
 * whether it was ours, another's, or our own earlier try. Producers: functions/import-file, functions/reconcile-settlement,
 * functions/serve-console. Consumers: the same, the stream -> pipe -> queue `settlement`, the journal.
 */
import type { Account } from '../../domain/account.ts'
import { type BusinessDate, businessDateOf, type Instant } from '../../domain/instant.ts'
import type { BankFile, FileVersion } from '../../domain/settlement/file-version.ts'
import type { Placement } from '../../domain/settlement/placement.ts'
import type { ChainLink } from '../../domain/settlement/statement-chain.ts'
import { type BankMovementStore, bankMovementsIn, changesOfPlacement } from './bank-movements.ts'
import { type BulkAnswerStore, bulkAnswersIn } from './bulk-answers.ts'
import { type CaseNoteStore, caseNotesIn } from './case-notes.ts'
import { type ClosingStore, closingsIn } from './closings.ts'
import { type DecidedSumsStore, decidedSumsIn } from './decided-sums.ts'
import type { EntryTable } from './entries.ts'
import { type FeeMonthStore, feeMonthsIn } from './fee-months.ts'
import { changeOfInput, type InputStore, inputsIn, noteFile } from './inputs.ts'
import * as keys from './item.ts'
import { type LateFileStore, lateFilesIn } from './late-files.ts'
import { changeOfOwed, type OwedStore, owedIn } from './owed.ts'
import { type PayoffStore, payoffsIn } from './payoffs.ts'
import type {
  AnswerFile,
  DifferenceCase,
  KeptFile,
  KeptLine,
  MatrixRow,
  Recorded,
  Resolution,
  Statement,
  StatementMail,
} from './records.ts'
import { type SuspenseStore, suspenseIn } from './suspense.ts'
import { type UnconfirmedStore, unconfirmedIn } from './unconfirmed.ts'

/** Reads are consistent. Writes may throw `Throttled` or `UnknownOutcome`. */
export type SettlementStore = BankMovementStore &
  FeeMonthStore &
  LateFileStore &
  DecidedSumsStore &
  InputStore &
  BulkAnswerStore &
  CaseNoteStore &
  OwedStore &
  PayoffStore &
  SuspenseStore &
  UnconfirmedStore &
  ClosingStore & {
    /** Ascending by version, all states. */
    readonly fileVersions: (channel: string, date: BusinessDate) => Promise<readonly FileVersion[]>
    /** `taken`: another file has this version; read again and take the next. */
    readonly putFileVersion: (file: FileVersion) => Promise<'put' | 'taken'>
    /** One transaction: a corrected file takes the place of the accepted one. `conflict`: they are no longer as read. */
    readonly replaceFile: (accepted: FileVersion, corrected: FileVersion) => Promise<'put' | 'conflict'>
    /** Drops of these bytes that were looked at and that no version names: S3's versions of the objects. */
    readonly drops: (sha256: string) => Promise<readonly string[]>
    /** Idempotent. */
    readonly noteDrop: (sha256: string, dropped: string) => Promise<void>
    readonly bankFile: (sha256: string) => Promise<BankFile | undefined>
    readonly putBankFile: (file: BankFile) => Promise<void>
    /** In order of digest; some hundred a year. */
    readonly bankFiles: () => Promise<readonly BankFile[]>
    /** Digests of statements that two people have withdrawn, whatever became of them since. */
    readonly bankWithdrawals: () => Promise<ReadonlySet<string>>
    /** Wakes the reconciliation: this statement waits for it. Idempotent. */
    readonly askForChaining: (file: BankFile) => Promise<void>
    /** The last statements of an account's chain, ascending. */
    readonly bankChain: (account: string, last: number) => Promise<readonly ChainLink[]>
    /** `taken`: another statement has this place in the chain, or the one before it is gone. */
    readonly putLink: (account: string, link: ChainLink, before?: ChainLink) => Promise<'put' | 'taken'>
    /** Only if it is as it was read; the movements that it names go before. */
    readonly removeLink: (account: string, link: ChainLink) => Promise<void>
    /** One transaction, only while the link stands: the movement goes, and `placement` says so. `conflict`: read again. */
    readonly withdrawMovement: (
      account: string,
      link: ChainLink,
      placement: Placement,
      before: Placement | undefined,
    ) => Promise<'put' | 'conflict'>

    /** The latest version when none is named. */
    readonly statement: (channel: string, date: BusinessDate, version?: number) => Promise<Statement | undefined>
    /** Newest first. */
    readonly statements: (channel: string, date: BusinessDate) => Promise<readonly Statement[]>
    /** One transaction: the version, the matrix row, the watch, what is owed, what the journal must know. `conflict`: the version is taken. */
    readonly putStatement: (statement: Statement, row: MatrixRow) => Promise<'put' | 'conflict'>
    /** Ascending by version. */
    readonly answers: (channel: string, date: BusinessDate) => Promise<readonly AnswerFile[]>
    /** Idempotent: whoever writes the answer of a version writes the same. */
    readonly putAnswer: (answer: AnswerFile) => Promise<void>
    readonly mail: (channel: string, date: BusinessDate, version: number) => Promise<StatementMail | undefined>
    /** Ascending by version. */
    readonly mails: (channel: string, date: BusinessDate) => Promise<readonly StatementMail[]>
    /** `before`: as it was read. `conflict`: somebody else was quicker. */
    readonly putMail: (mail: StatementMail, before: StatementMail | undefined) => Promise<'put' | 'conflict'>
    readonly rows: (channel: string, from: BusinessDate, to: BusinessDate) => Promise<readonly MatrixRow[]>
    /** Days that are not reconciled, oldest first. */
    readonly watched: (channel: string) => Promise<readonly BusinessDate[]>

    readonly difference: (id: string) => Promise<DifferenceCase | undefined>
    /** Of the day itself: the difference of a month's fees lies with its last day and is found by its id. */
    readonly differencesOf: (channel: string, date: BusinessDate) => Promise<readonly DifferenceCase[]>
    /** Writes if the stored version is `version - 1` (absent for 1). */
    readonly putDifference: (difference: DifferenceCase) => Promise<'put' | 'conflict'>
    /** Oldest day first; `after` is a pointer of this list. */
    readonly pointers: (
      list: 'open' | 'closed',
      channel: string,
      after: string | null,
      limit: number,
    ) => Promise<readonly { readonly pointer: string; readonly id: string }[]>
    readonly resolution: (part: string, entry: string) => Promise<Resolution | undefined>

    /** Idempotent. */
    readonly putElsewhere: (hubDate: BusinessDate, line: KeptLine) => Promise<void>
    readonly elsewhereOf: (channel: string, hubDate: BusinessDate) => Promise<readonly KeptLine[]>
    /** Days that must be looked at again when this one changes. A neighbour once is one for ever. */
    readonly neighbours: (channel: string, date: BusinessDate) => Promise<readonly BusinessDate[]>
    /** Idempotent. */
    readonly putNeighbour: (channel: string, date: BusinessDate, neighbour: BusinessDate) => Promise<void>
    readonly putUnknown: (line: KeptLine) => Promise<void>
    readonly unknownOf: (channel: string, paymentId: string) => Promise<readonly KeptLine[]>
    readonly allUnknown: (channel: string) => AsyncIterable<KeptLine>
    /** Idempotent; the last one for a file stands. `group`: a hub day, or `unknown`. */
    readonly putKeptFile: (file: KeptFile) => Promise<void>
    readonly keptFiles: (channel: string, group: string) => Promise<readonly KeptFile[]>

    /** Notes, before a fact is put, that this account gets one today. Idempotent. */
    readonly noteAccount: (day: BusinessDate, account: Account) => Promise<void>
    readonly recordedOn: (day: BusinessDate) => AsyncIterable<Recorded>
  }

/** Over any table of entries: the twin in memory (test/support) is this very code over another one. */
export function settlementsIn<C>(table: EntryTable<C>): SettlementStore {
  return {
    ...filesIn(table),
    ...bankMovementsIn(table),
    ...bulkAnswersIn(table),
    ...decidedSumsIn(table),
    ...caseNotesIn(table),
    ...feeMonthsIn(table),
    ...owedIn(table),
    ...payoffsIn(table),
    ...suspenseIn(table),
    ...unconfirmedIn(table),
    ...closingsIn(table),
    ...lateFilesIn(table),
    ...inputsIn(table),
    ...statementsIn(table),
    ...differencesIn(table),
    ...linesIn(table),
  }
}

function filesIn<C>(table: EntryTable<C>) {
  const linkKey = (account: string, { sequence }: ChainLink) =>
    [keys.chainPart(account), keys.chainEntry(sequence)] as const
  const fileKey = (file: FileVersion) =>
    [keys.filesPart(file.channel, file.date), keys.fileEntry(file.version)] as const
  return {
    fileVersions: (channel: string, date: BusinessDate) =>
      table.range<FileVersion>(keys.filesPart(channel, date), { prefix: keys.ENTRY_PREFIXES.file }),
    putFileVersion: async (file: FileVersion) => {
      await noteFile(table, file.receivedAt, ...fileKey(file))
      const put = await table.putOnce(...fileKey(file), file)
      return put === 'other' ? ('taken' as const) : ('put' as const)
    },
    replaceFile: (accepted: FileVersion, corrected: FileVersion) => {
      const superseded: FileVersion = { ...accepted, state: 'superseded' }
      const standing: FileVersion = { ...corrected, state: 'accepted' }
      return table.transact([
        table.replacing(...fileKey(accepted), accepted, superseded),
        table.replacing(...fileKey(corrected), corrected, standing),
      ])
    },
    drops: async (sha256: string) => (await table.entries(keys.dropsPart(sha256))).map(decodeURIComponent),
    noteDrop: (sha256: string, dropped: string) => table.put(keys.dropsPart(sha256), encodeURIComponent(dropped), {}),
    bankFile: (sha256: string) => table.get<BankFile>(keys.BANK_FILES, sha256),
    putBankFile: (file: BankFile) => table.put(keys.BANK_FILES, file.sha256, file),
    bankFiles: () => table.range<BankFile>(keys.BANK_FILES, {}),
    bankWithdrawals: async () =>
      new Set((await table.range<{ readonly sha256: string }>(keys.BANK_WITHDRAWALS, {})).map(({ sha256 }) => sha256)),
    askForChaining: ({ sha256, receivedAt, dropped }: BankFile) =>
      table.put(keys.BANK_WAITING, keys.bankWaitingEntry(sha256, receivedAt, dropped), {}),
    bankChain: async (account: string, last: number) =>
      (await table.range<ChainLink>(keys.chainPart(account), { newestFirst: true, limit: last })).toReversed(),
    putLink: async (account: string, link: ChainLink, before?: ChainLink) => {
      if (!before) return (await table.putOnce(...linkKey(account, link), link)) === 'other' ? 'taken' : 'put'
      const put = await table.transact([
        table.puttingOnce(...linkKey(account, link), link),
        // It is written as it is: whoever removes it meanwhile makes this one fail.
        table.replacing(...linkKey(account, before), before, before),
      ])
      return put === 'conflict' ? 'taken' : 'put'
    },
    removeLink: async (account: string, link: ChainLink) => {
      await table.transact([table.removing(...linkKey(account, link), link)])
    },
    withdrawMovement: (account: string, link: ChainLink, placement: Placement, before: Placement | undefined) =>
      table.transact([
        ...changesOfPlacement(table, placement, before),
        table.deleting(keys.bankPart(placement.bookedOn), keys.creditEntry(placement.id)),
        table.replacing(...linkKey(account, link), link, link),
      ]),
  }
}

function statementsIn<C>(table: EntryTable<C>) {
  return {
    statement: async (channel: string, date: BusinessDate, version?: number) => {
      const part = keys.dayPart(channel, date)
      if (version !== undefined) return table.get<Statement>(part, keys.statementEntry(version))
      return (
        await table.range<Statement>(part, { prefix: keys.ENTRY_PREFIXES.statement, newestFirst: true, limit: 1 })
      )[0]
    },
    statements: (channel: string, date: BusinessDate) =>
      table.range<Statement>(keys.dayPart(channel, date), { prefix: keys.ENTRY_PREFIXES.statement, newestFirst: true }),
    putStatement: (statement: Statement, row: MatrixRow) => {
      const { channel, date, version, recordedAt, verdict } = statement
      const recorded = keys.recordedPart(businessDateOf(recordedAt))
      const watch = [keys.watchPart(channel), date] as const
      return table.transact([
        table.puttingOnce(keys.dayPart(channel, date), keys.statementEntry(version), statement),
        table.putting(keys.matrixPart(channel), date, row),
        verdict === 'reconciled' ? table.deleting(...watch) : table.putting(...watch, {}),
        changeOfOwed(table, statement),
        table.putting(recorded, keys.recordedStatementEntry(channel, date, version), {}),
      ])
    },
    answers: (channel: string, date: BusinessDate) =>
      table.range<AnswerFile>(keys.dayPart(channel, date), { prefix: keys.ENTRY_PREFIXES.answer }),
    putAnswer: (answer: AnswerFile) =>
      table.put(keys.dayPart(answer.channel, answer.date), keys.answerEntry(answer.version), answer),
    mail: (channel: string, date: BusinessDate, version: number) =>
      table.get<StatementMail>(keys.dayPart(channel, date), keys.mailEntry(version)),
    mails: (channel: string, date: BusinessDate) =>
      table.range<StatementMail>(keys.dayPart(channel, date), { prefix: keys.ENTRY_PREFIXES.mail }),
    putMail: (mail: StatementMail, before: StatementMail | undefined) => {
      const at = [keys.dayPart(mail.channel, mail.date), keys.mailEntry(mail.version)] as const
      return table.transact([before ? table.replacing(...at, before, mail) : table.puttingOnce(...at, mail)])
    },
    rows: (channel: string, from: BusinessDate, to: BusinessDate) =>
      table.range<MatrixRow>(keys.matrixPart(channel), { from, to }),
    watched: async (channel: string) =>
      (await table.entries(keys.watchPart(channel))).map((entry) => entry as BusinessDate),
  }
}

function differencesIn<C>(table: EntryTable<C>) {
  const find = (id: string) => {
    const address = keys.addressOf(id)
    return address
      ? table.get<DifferenceCase>(keys.dayPart(address.channel, address.date), keys.differenceEntry(id))
      : Promise.resolve(undefined)
  }
  return {
    difference: find,
    differencesOf: async (channel: string, date: BusinessDate) => {
      const prefix = keys.ENTRY_PREFIXES.difference
      const found = await table.range<DifferenceCase>(keys.dayPart(channel, date), { prefix })
      return found.filter(({ finding }) => finding.class !== 'fee-invoice-difference')
    },
    putDifference: (difference: DifferenceCase) => table.transact(changesOfDifference(table, difference)),
    pointers: async (list: 'open' | 'closed', channel: string, after: string | null, limit: number) =>
      (await table.entries(keys.pointersPart(list, channel), after, limit)).map((pointer) => ({
        pointer,
        id: keys.differenceIdOf(pointer),
      })),
    resolution: (part: string, entry: string) => table.get<Resolution>(part, entry),
  }
}

/** The writes that take an accepted file back. A version is withdrawn once, so that its entry is new to the table's stream. */
export function changesOfWithdrawal<C>(table: EntryTable<C>, file: FileVersion, at: Instant): readonly C[] {
  const part = keys.dayPart(file.channel, file.date)
  const withdrawn: FileVersion = { ...file, state: 'withdrawn' }
  return [
    table.replacing(keys.filesPart(file.channel, file.date), keys.fileEntry(file.version), file, withdrawn),
    table.puttingOnce(part, keys.withdrawalEntry(file.version), { version: file.version, sha256: file.sha256 }),
    changeOfInput(table, at, part, keys.withdrawalEntry(file.version)),
  ]
}

/** The writes that take a bank statement back; what it named goes afterwards (shared/intake/withdraw-statement.ts). */
export function changesOfStatementWithdrawal<C>(
  table: EntryTable<C>,
  file: BankFile,
  by: 'withdrawal' | 'rejection',
  approval: number,
): readonly C[] {
  const withdrawn: BankFile = { ...file, state: 'withdrawn', gap: null }
  return [
    table.replacing(keys.BANK_FILES, file.sha256, file, withdrawn),
    table.puttingOnce(keys.BANK_WITHDRAWALS, keys.bankWithdrawalEntry(file.sha256, by, approval), {
      sha256: file.sha256,
    }),
    table.deleting(keys.UNCONFIRMED, file.sha256),
  ]
}

/** The writes that bring a difference to this version: for a transaction of its own or with a resolution (resolutions.ts). */
export function changesOfDifference<C>(table: EntryTable<C>, difference: DifferenceCase): readonly C[] {
  const { id, channel, date, version, state } = difference
  const pointer = keys.pointerEntry(date, id)
  const stands = keys.pointersPart(state === 'resolved' ? 'closed' : 'open', channel)
  const gone = keys.pointersPart(state === 'resolved' ? 'open' : 'closed', channel)
  return [
    table.puttingVersion(keys.dayPart(channel, date), keys.differenceEntry(id), version, difference),
    table.putting(stands, pointer, {}),
    table.deleting(gone, pointer),
  ]
}

function linesIn<C>(table: EntryTable<C>) {
  return {
    putElsewhere: (hubDate: BusinessDate, line: KeptLine) =>
      table.put(
        keys.elsewherePart(line.channel, hubDate),
        keys.lineEntry(line.paymentId, line.fileDate, line.line),
        line,
      ),
    elsewhereOf: (channel: string, hubDate: BusinessDate) =>
      table.range<KeptLine>(keys.elsewherePart(channel, hubDate), {}),
    neighbours: (channel: string, date: BusinessDate) =>
      table
        .range<{ readonly date: BusinessDate }>(keys.dayPart(channel, date), { prefix: keys.ENTRY_PREFIXES.neighbour })
        .then((found) => found.map((each) => each.date)),
    putNeighbour: (channel: string, date: BusinessDate, neighbour: BusinessDate) =>
      table.put(keys.dayPart(channel, date), keys.neighbourEntry(neighbour), { date: neighbour }),
    putUnknown: (line: KeptLine) =>
      table.put(keys.unknownPart(line.channel), keys.lineEntry(line.paymentId, line.fileDate, line.line), line),
    unknownOf: (channel: string, paymentId: string) =>
      table.range<KeptLine>(keys.unknownPart(channel), { prefix: keys.linesPrefix(paymentId) }),
    allUnknown: async function* (channel: string): AsyncGenerator<KeptLine> {
      yield* await table.range<KeptLine>(keys.unknownPart(channel), {})
    },
    putKeptFile: (file: KeptFile) =>
      table.put(keys.keptFilesPart(file.channel, file.group), keys.keptFileEntry(file.fileDate, file.sha256), file),
    keptFiles: (channel: string, group: string) => table.range<KeptFile>(keys.keptFilesPart(channel, group), {}),
    noteAccount: (day: BusinessDate, account: Account) =>
      table.put(keys.recordedPart(day), keys.recordedAccountEntry(account), {}),
    recordedOn: async function* (day: BusinessDate): AsyncGenerator<Recorded> {
      for await (const entry of table.eachEntry(keys.recordedPart(day))) yield keys.recordedFrom(entry)
    },
  }
}
/** The accounts among what a day recorded. */
export function accountsRecordedOn({
  recordedOn,
}: Pick<SettlementStore, 'recordedOn'>): (day: BusinessDate) => AsyncGenerator<Account> {
  return async function* (day) {
    for await (const recorded of recordedOn(day)) if (recorded.kind === 'account') yield recorded.account
  }
}
