/**
 * The answer to a channel's settlement file: one row for each of its lines and for each payment that it lacks, by the channel's
 * own payment id. So the channel sees what was matched, what is missing and what was refused, and why.
 *
 * Promises: every good line and every line set aside has exactly one row; the same day makes the same bytes. Holds nothing of
 * a person: ids of payments, amounts and words of a closed list. Pure; functions/reconcile-settlement/write-answer.ts keeps it.
 */
import type { BusinessDate } from '../instant.ts'
import type { LineColumns } from './columns.ts'
import type { BridgeLabel, DayResult, Item } from './day.ts'
import type { QuarantinedLine } from './line.ts'

/**
 * - `matched`: a payment of ours, of this day or another; nothing to do.
 * - `awaited`: a payment of ours that may still come in the next file. `missing`: it is in no file.
 * - `refused`: the line is not settled as it stands.
 */
export const ANSWER_VERDICTS = ['matched', 'awaited', 'missing', 'refused'] as const
export type AnswerVerdict = (typeof ANSWER_VERDICTS)[number]

export const ANSWER_COLUMNS = [
  'line',
  'payment_id',
  'hub_reference',
  'status',
  'amount',
  'verdict',
  'reason',
  'other_date',
] as const

export type AnswerCounts = Readonly<Record<AnswerVerdict, number>>

export type AnswerRow = {
  /** null: a payment that the file lacks. */
  readonly line: number | null
  readonly paymentId: string
  /** The payment's id in the hub, where it is known: '' where the line is none of ours. */
  readonly hubPaymentId: string
  readonly status: 'S' | 'R' | ''
  /** null: it could not be read. */
  readonly amount: number | null
  readonly verdict: AnswerVerdict
  readonly reason: string
  readonly otherDate: BusinessDate | null
}

/** What a row of the bridge means to the channel. Rows that are totals, or of the bank, answer no line. */
const ANSWERS: Readonly<Partial<Record<BridgeLabel, { readonly verdict: AnswerVerdict; readonly isOurs: boolean }>>> = {
  pending: { verdict: 'awaited', isOurs: true },
  'settled-in-other-file': { verdict: 'matched', isOurs: true },
  'missing-in-file': { verdict: 'missing', isOurs: true },
  'carried-in': { verdict: 'matched', isOurs: true },
  'missing-in-hub': { verdict: 'refused', isOurs: false },
  'amount-difference': { verdict: 'refused', isOurs: true },
  'duplicate-in-file': { verdict: 'refused', isOurs: true },
  'duplicate-across-files': { verdict: 'refused', isOurs: true },
  'reversed-here-settled-there': { verdict: 'refused', isOurs: true },
  'settled-here-reversed-there': { verdict: 'refused', isOurs: true },
  ambiguous: { verdict: 'refused', isOurs: false },
  'reversed-earlier-line': { verdict: 'matched', isOurs: true },
  quarantined: { verdict: 'refused', isOurs: false },
}

export type AnsweredDay = {
  readonly lines: LineColumns
  readonly result: Pick<DayResult, 'items' | 'matched'>
  readonly quarantined: readonly QuarantinedLine[]
}

/** Lines in the order of the file, then lines set aside, then payments that the file lacks, by id. */
export function* answerRows({ lines, result, quarantined }: AnsweredDay): Generator<AnswerRow> {
  const items = itemsByLine(result.items)
  // A line may have found its payment under another id than its own.
  const found = new Map<number, string>()
  for (const { line, paymentId, how } of result.matched()) if (how !== 'id') found.set(line, paymentId)

  for (let row = 0; row < lines.count; row++) {
    const line = lines.lineNumber(row)
    const paymentId = lines.ids.at(row)
    const answer = answerOf(items.get(line), paymentId, found.get(line))
    yield { ...answer, line, paymentId, status: lines.isReversed(row) ? 'R' : 'S', amount: lines.amount(row) }
  }
  for (const { line, paymentId = '', status, amount, code } of quarantined) {
    const written = status === null ? '' : status === 'reversed' ? 'R' : 'S'
    const set = { hubPaymentId: '', verdict: 'refused', otherDate: null } as const
    yield { ...set, line, paymentId, status: written, amount, reason: code }
  }
  const lacking = result.items.filter(({ line }) => line === null).sort((a, b) => (a.paymentId < b.paymentId ? -1 : 1))
  for (const item of lacking) {
    const answer = ANSWERS[item.label]
    if (!answer) continue
    const { paymentId, amount, otherDate, label } = item
    const set = { line: null, status: '', hubPaymentId: paymentId } as const
    yield { ...set, paymentId, amount: Math.abs(amount), verdict: answer.verdict, reason: label, otherDate }
  }
}

/** The rest of an amount stands in a row beside its line's own: what is in question decides. */
function itemsByLine(items: readonly Item[]): ReadonlyMap<number, Item> {
  const byLine = new Map<number, Item>()
  for (const item of items) {
    if (item.line === null) continue
    const isInQuestion = ANSWERS[item.label]?.verdict !== 'matched'
    if (isInQuestion || !byLine.has(item.line)) byLine.set(item.line, item)
  }
  return byLine
}

function answerOf(
  item: Item | undefined,
  paymentId: string,
  found: string | undefined,
): Pick<AnswerRow, 'hubPaymentId' | 'verdict' | 'reason' | 'otherDate'> {
  const answer = item && ANSWERS[item.label]
  if (!item || !answer) return { hubPaymentId: found ?? paymentId, verdict: 'matched', reason: '', otherDate: null }
  const { isOurs } = answer
  // A reversed line of which no file has the settled one stands with the missing ones: as a line it is refused.
  const verdict = answer.verdict === 'matched' ? 'matched' : 'refused'
  const ours = found ?? (item.paymentId || paymentId)
  return { hubPaymentId: isOurs ? ours : '', verdict, reason: item.label, otherDate: item.otherDate }
}

/** Rows put together before they are encoded: few enough to be small, many enough to be quick. */
const ROWS_AT_ONCE = 5_000

/** The file as bytes. `reference` is the hub's reference of a payment. */
export function answerFileOf(
  day: AnsweredDay,
  answered: { readonly name: string; readonly sha256: string },
  reference: (paymentId: string) => string,
): { readonly bytes: Uint8Array; readonly counts: AnswerCounts } {
  const chunks: Uint8Array[] = []
  const counts: Record<AnswerVerdict, number> = { matched: 0, awaited: 0, missing: 0, refused: 0 }
  const encoder = new TextEncoder()
  let texts: string[] = [ANSWER_COLUMNS.join(',')]
  const flush = () => {
    chunks.push(encoder.encode(`${texts.join('\n')}\n`))
    texts = []
  }
  for (const row of answerRows(day)) {
    counts[row.verdict]++
    texts.push(textOf(row, row.hubPaymentId === '' ? '' : reference(row.hubPaymentId)))
    if (texts.length === ROWS_AT_ONCE) flush()
  }
  const { matched, awaited, missing, refused } = counts
  const answering = [field(answered.name), answered.sha256]
  texts.push(['#TRAILER', matched, awaited, missing, refused, ...answering].join(','))
  flush()
  return { bytes: joined(chunks), counts }
}

function textOf(row: AnswerRow, reference: string): string {
  const { line, paymentId, status, amount, verdict, reason, otherDate } = row
  return [line ?? '', field(paymentId), reference, status, amount ?? '', verdict, reason, otherDate ?? ''].join(',')
}

/** RFC 4180. What a channel wrote and a spreadsheet would run gets an apostrophe before it, as in every file of ours. */
function field(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}
