/**
 * Keys and items of table `settlements`. What only finance reads is one JSON text in `c`: it is never queried by its parts,
 * it is written rarely, and it can still be read in ten years. Attributes of their own are what conditions compare.
 *
 * | part | entry | holds |
 * |---|---|---|
 * | `files#<channel>#<date>` | `file#0001` | a version of the channel's file |
 * | `day#<channel>#<date>` | `withdrawal#0001` | that version of the file was withdrawn: wakes the day |
 * | | `statement#0001` | a version of the statement; `digest` of its content |
 * | | `answer#0001` | the answer to the channel's file at that version of the statement |
 * | | `mail#0001` | what became of mailing that version of the statement |
 * | | `difference#<id>` | a difference; `version` rises with each change |
 * | | `resolution#<difference id>#<its version>` | an approved resolution to be applied |
 * | | `exit#<payment id>#<step>` | an approved way out of suspense, to be applied; never put twice |
 * | | `neighbour#<date>` | another day: one of the two has lines for payments of the other |
 * | `matrix#<channel>` | `<date>` | the latest statement in one line |
 * | `owed#<channel>` | `<date>` | a day's open items and charges, where it has any: what ages |
 * | | `<last day of a month>#fees` | what a resolution charged of the month's fees |
 * | `watch#<channel>` | `<date>` | a day that is not reconciled; gone when it is |
 * | `open#<channel>`, `closed#<channel>` | `<date>#<difference id>` | pointers to differences |
 * | `elsewhere#<channel>#<hub date>` | `<payment id>#<file date>#<line>` | a line in another day's file for a payment of this day |
 * | `unknown#<channel>` | `<payment id>#<file date>#<line>` | a line whose id the hub does not know |
 * | `kept-files#<channel>#<hub date or unknown>` | `<file date>#<sha256>` | where such lines lie in the bucket, where a file has many |
 * | `bank#<booking date>` | `credit#<id>` | a movement of the bank, credit or debit |
 * | `placements#<booking date>` | `placement#<id>#0001` | a version of where the movement was placed |
 * | `day#<channel>#<date>` | `paid#<booking date>#<id>` | what a movement's latest placement says of this day |
 * | `payoffs#<channel>` | `<kind>#<difference id or number>#<booking date>#<id>` | what a movement's latest placement pays of a charge or a fee invoice |
 * | `payoff-turns#<channel>` | `00000001` | an approval that paid something of the channel: the next one takes the next number |
 * | `case#<difference id>` | `comment#<digest>`, `attachment#<sha256>` | what a person wrote or attached to a difference; never changed |
 * | `bulk#<person>` | `<key>` | what was answered to a call that decided about many differences |
 * | `approval#<subject>` | `approval` | what two people propose and approve about anything but a difference; `version` rises |
 * | `waiting-approvals` | `waiting#<subject>` | such a step that was proposed and that nobody has decided: a copy of it |
 * | `decided-sums#<WIB date>` | `sums#everybody`, `sums#<digest>` | what was decided that day without an administrator, by all and under each name of a person; `version` rises |
 * | `sign-offs#<channel or bank>` | `<date>#0001` | a day as two people signed it off; the last one of a day stands |
 * | `month-closings` | `<month>` | a month as two people closed it |
 * | `unidentified` | `<booking date>#<id>` | a movement of which a part is nobody's yet |
 * | `suspense` | `<business date>#<digest>` | money that finance put into suspense: its account and its fact |
 * | `fee-invoices#<channel>` | `invoice#<number>` | an invoice of the channel for its fees: wakes its month |
 * | `fees#<channel>#<month>` | `0001` | a version of what the month's fees mean for the books |
 * | `drops#<sha256>` | `<S3 version>` | a drop of these bytes that changed nothing, or whose place another one took |
 * | `bank-files` | `<sha256>` | a bank statement that was taken in, and whether it is in the chain |
 * | `unconfirmed` | `<sha256>` | a bank statement that one person handed over and nobody has confirmed; gone when somebody has |
 * | `bank-confirmations` | `confirmation#<sha256>#0001` | that statement was confirmed: wakes the reconciliation |
 * | `bank-withdrawals` | `withdrawal#<sha256>#0001`, `withdrawal#<sha256>#rejected-0001` | that statement was withdrawn, or rejected by a second person: wakes the reconciliation |
 * | `bank-waiting` | `chain#<sha256>#<received at>#<S3 version>` | that statement is for the reconciliation to chain: wakes it |
 * | `bank-chain#<account>` | `00000001` | a statement of an account in its chain, with the movements that it was the first to name |
 * | `late-files#<channel>` | `<date>` | a settlement file that was late: when it was alarmed, and when it came |
 * | `recorded#<WIB date>` | `statement#<channel>#<date>#0001`, `account#<account>`, `placement#<booking date>#<id>`, `fees#<channel>#<month>` | what a day recorded: for the journal |
 * | `inputs#<WIB date>` | `<part>~<entry>` of a withdrawal, a placement or an invoice | what came on a day that a run must look at: inputs.ts |
 * | `file-inputs#<WIB date>` | `<part>~<entry>` of a file | the same of files |
 * | `answers#<kpj>` | `<place in the audit chain>` | a coverage answer that a benefit was settled on |
 * | `audit` | `head` | where the audit chain ended, apart from it |
 *
 * Who takes files in parses bytes from outside, and may write the parts of `INTAKE_PARTS` alone (infra/hub-stack.ts): nothing that
 * people decide or that follows from it may ever lie there.
 *
 * Ids of partners and banks are percent-encoded. Lines are padded to seven digits, so that they sort.
 */
import { type Account, parseAccount } from '../../domain/account.ts'
import type { BusinessDate, Instant } from '../../domain/instant.ts'
import { joinKey } from '../../domain/key-text.ts'
import type { Kpj } from '../../domain/kpj.ts'
import type { Month } from '../../domain/month.ts'
import type { Payoff } from '../../domain/settlement/payoff.ts'
import type { ExitName } from '../../domain/suspense-exit.ts'
import { Defect } from '../../runtime/faults.ts'
import { type Item, readerOf, text } from '../attributes/item.ts'
import type { Recorded } from './records.ts'

export const dayPart = (channel: string, date: BusinessDate) => `day#${channel}#${date}`
export const filesPart = (channel: string, date: BusinessDate) => `files#${channel}#${date}`
export const matrixPart = (channel: string) => `matrix#${channel}`
export const owedPart = (channel: string) => `owed#${channel}`
/** Sorts after the day's own. */
export const owedFeesEntry = (lastDay: BusinessDate) => `${lastDay}#fees`
export const payoffsPart = (channel: string) => `payoffs#${channel}`
export const payoffTurnsPart = (channel: string) => `payoff-turns#${channel}`
export const watchPart = (channel: string) => `watch#${channel}`
export const pointersPart = (list: 'open' | 'closed', channel: string) => `${list}#${channel}`
export const elsewherePart = (channel: string, hubDate: BusinessDate) => `elsewhere#${channel}#${hubDate}`
export const keptFilesPart = (channel: string, group: string) => `kept-files#${channel}#${group}`
export const keptFileEntry = (fileDate: BusinessDate, sha256: string) => `${fileDate}#${sha256}`
export const unknownPart = (channel: string) => `unknown#${channel}`
export const bankPart = (bookedOn: BusinessDate) => `bank#${bookedOn}`
export const placementsPart = (bookedOn: BusinessDate) => `placements#${bookedOn}`
export const dropsPart = (sha256: string) => `drops#${sha256}`
export const BANK_FILES = 'bank-files'
export const BANK_WITHDRAWALS = 'bank-withdrawals'
export const BANK_WAITING = 'bank-waiting'
const REJECTED = 'rejected-'
export const BANK_CONFIRMATIONS = 'bank-confirmations'
export const UNCONFIRMED = 'unconfirmed'
export const chainPart = (account: string) => `bank-chain#${account}`
export const chainEntry = (sequence: number) => String(sequence).padStart(8, '0')
export const lateFilesPart = (channel: string) => `late-files#${channel}`
export const lateFileEntry = (date: BusinessDate) => date
export const feeInvoicesPart = (channel: string) => `fee-invoices#${channel}`
export const feesPart = (channel: string, month: Month) => `fees#${channel}#${month}`
export const recordedPart = (day: BusinessDate) => `recorded#${day}`
export const inputsPart = (day: BusinessDate) => `inputs#${day}`
export const fileInputsPart = (day: BusinessDate) => `file-inputs#${day}`
/** Begins as no entry does that the stream's readers wait for. */
export const inputEntry = (part: string, entry: string) => `${part}~${entry}`
export const answersPart = (kpj: Kpj) => `answers#${kpj}`
export const casePart = (differenceId: string) => `case#${differenceId}`
export const bulkPart = (actor: string) => `bulk#${encodeURIComponent(actor)}`
export const approvalPart = (subject: string) => `approval#${subject}`
export const WAITING_APPROVALS = 'waiting-approvals'
/** No entry that the stream's readers wait for begins so. */
export const waitingEntry = (subject: string) => `waiting#${subject}`
/** No entry that the stream's readers wait for begins so. */
export const decidedSumsPart = (date: BusinessDate) => `decided-sums#${date}`
export const decidedSumsEntry = (of: string) => `sums#${of}`
export const UNIDENTIFIED = 'unidentified'
export const SUSPENSE = 'suspense'
/** Exits from suspense that were approved and are not applied yet. */
export const EXITS_WAITING = 'exits-waiting'
export const MONTH_CLOSINGS = 'month-closings'
export const signOffsPart = (channel: string) => `sign-offs#${channel}`
export const signOffEntry = (date: BusinessDate, sequence: number) => `${date}#${padded(sequence)}`
export const HEAD = { part: 'audit', entry: 'head' } as const

/** The parts that hold what came in, and nothing else: patterns of a policy, `*` standing for any text. */
export const INTAKE_PARTS = [
  'files#*',
  'file-inputs#*',
  'drops#*',
  'bank#*',
  'bank-chain#*',
  BANK_FILES,
  BANK_WAITING,
] as const

export const fileEntry = (version: number) => `file#${padded(version)}`
export const withdrawalEntry = (version: number) => `withdrawal#${padded(version)}`
/** A new one each time that the bytes come: only what is new wakes. */
export const bankWaitingEntry = (sha256: string, receivedAt: Instant, dropped: string | undefined) =>
  `${ENTRY_PREFIXES.chain}${sha256}#${receivedAt}#${encodeURIComponent(dropped ?? '')}`
/** By the approval of its withdrawal, or by the rejection of what one person handed over: each counts by itself. */
export const bankWithdrawalEntry = (sha256: string, by: 'withdrawal' | 'rejection', version: number) =>
  `withdrawal#${sha256}#${by === 'rejection' ? REJECTED : ''}${padded(version)}`
export const bankConfirmationEntry = (sha256: string, proposal: number) =>
  `${ENTRY_PREFIXES.confirmation}${sha256}#${padded(proposal)}`
export const statementEntry = (version: number) => `statement#${padded(version)}`
export const mailEntry = (version: number) => `${ENTRY_PREFIXES.mail}${padded(version)}`
export const answerEntry = (version: number) => `${ENTRY_PREFIXES.answer}${padded(version)}`
export const differenceEntry = (id: string) => `difference#${id}`
export const resolutionEntry = (differenceId: string, version: number) => `resolution#${differenceId}#${version}`
/** Both parts are encoded: an id holds no `#`. */
export const exitEntry = ({ paymentId, step }: Pick<ExitName, 'paymentId' | 'step'>) =>
  `exit#${joinKey([paymentId, step])}`
export const neighbourEntry = (date: BusinessDate) => `neighbour#${date}`
export const creditEntry = (id: string) => `credit#${encodeURIComponent(id)}`
/** An encoded id holds no `#`, so the prefix is of this movement alone. */
export const placementPrefix = (id: string) => `placement#${encodeURIComponent(id)}#`
export const placementEntry = (id: string, version: number) => `${placementPrefix(id)}${padded(version)}`
export const paidEntry = (bookedOn: BusinessDate, id: string) => `paid#${bookedOn}#${encodeURIComponent(id)}`
export const unidentifiedEntry = (bookedOn: BusinessDate, id: string) => `${bookedOn}#${encodeURIComponent(id)}`
/** An encoded number holds no `#`. */
export const payoffEntry = ({ kind, item, bookedOn, id }: Payoff) =>
  `${kind}#${encodeURIComponent(item)}#${bookedOn}#${encodeURIComponent(id)}`
export const payoffTurnEntry = (number: number) => String(number).padStart(8, '0')
export const feeInvoiceEntry = (number: string) => `${ENTRY_PREFIXES.invoice}${encodeURIComponent(number)}`
export const feesEntry = (version: number) => padded(version)
export const lineEntry = (paymentId: string, fileDate: BusinessDate, line: number) =>
  `${encodeURIComponent(paymentId)}#${fileDate}#${String(line).padStart(7, '0')}`

/** With what entries of a kind begin: what is asked for as a range, and what the table's outbox lets through. */
export const ENTRY_PREFIXES = {
  file: 'file#',
  withdrawal: 'withdrawal#',
  confirmation: 'confirmation#',
  statement: 'statement#',
  answer: 'answer#',
  mail: 'mail#',
  difference: 'difference#',
  resolution: 'resolution#',
  exit: 'exit#',
  neighbour: 'neighbour#',
  credit: 'credit#',
  placement: 'placement#',
  chain: 'chain#',
  invoice: 'invoice#',
} as const

/** Entries under which the lines of one payment id lie. */
export const linesPrefix = (paymentId: string) => `${encodeURIComponent(paymentId)}#`

/** In the lists of open and closed differences, oldest day first. */
export const pointerEntry = (date: BusinessDate, differenceId: string) => `${date}#${differenceId}`

export function isDifferencePointer(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}#[\w-]+$/.test(text)
}

export function isUnidentifiedPointer(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}#(?:[\w.!~*'()-]|%[0-9A-F]{2})+$/.test(text)
}

export function differenceIdOf(pointer: string): string {
  return pointer.slice(pointer.indexOf('#') + 1)
}

export const recordedStatementEntry = (channel: string, date: BusinessDate, version: number) =>
  `statement#${channel}#${date}#${padded(version)}`
export const recordedAccountEntry = (account: Account) => `account#${encodeURIComponent(account)}`

export const recordedFeesEntry = (channel: string, month: Month) => `fees#${channel}#${month}`

/** Reads the ones above and a placement's: what a day recorded. */
export function recordedFrom(entry: string): Recorded {
  const [kind, first = '', date = '', version = ''] = entry.split('#')
  const account = kind === 'account' ? parseAccount(decodeURIComponent(first)) : undefined
  if (kind === 'account' && account) return { kind, account }
  if (kind === 'placement') return { kind, bookedOn: first as BusinessDate, id: decodeURIComponent(date) }
  if (kind === 'fees') return { kind, channel: first, month: date as Month }
  if (kind === 'statement') return { kind, channel: first, date: date as BusinessDate, version: Number(version) }
  throw new Defect(
    'BROKEN_ITEM',
    'expected an entry of table settlements to be a statement, a placement, a month of fees or an account, got another',
  )
}

/** Channel and date of a difference: its id alone addresses its item. Undefined for text that is no such id. */
export function addressOf(id: string): { readonly channel: string; readonly date: BusinessDate } | undefined {
  const match = /^([a-z][a-z0-9-]{0,30})-(\d{4})(\d{2})(\d{2})-[0-9a-f]{12}$/.exec(id)
  if (!match) return undefined
  const [, channel = '', year, month, day] = match
  return { channel, date: `${year}-${month}-${day}` as BusinessDate }
}

export function keyItem(part: string, entry: string): Item {
  return { part: text(part), entry: text(entry) }
}

/** Fields in the order in which they were made: the same value made in the same way is the same text. */
export function content(value: object): Item {
  return { c: text(JSON.stringify(value)) }
}

/** The value that `content` wrote. Throws `BROKEN_ITEM` for anything that is not JSON. */
export function readContent<T>(item: Item): T {
  const read = readerOf('settlements', item)
  try {
    return JSON.parse(read.text('c')) as T
  } catch (error) {
    if (error instanceof SyntaxError) throw read.broken('c', 'JSON')
    throw error
  }
}

function padded(version: number): string {
  return String(version).padStart(4, '0')
}
