/**
 * The hub's side of `npm run bench:settlement`, in a process of its own so that its memory is its own: fills the columns, joins
 * and classifies on each message, and tells times, the answer and the most memory that the process ever had.
 */
import { createHash } from 'node:crypto'
import { settlementChannelNamed } from '../shared/channels/settlement-registry.ts'
import { formatWib, type Instant, startOfDay } from '../shared/domain/instant.ts'
import { rupiah } from '../shared/domain/money.ts'
import { classify } from '../shared/domain/settlement/classify.ts'
import { type HubColumns, hubColumns, type LineColumns, lineColumns } from '../shared/domain/settlement/columns.ts'
import type { DaySetting, LookupResults } from '../shared/domain/settlement/day.ts'
import { joinDay } from '../shared/domain/settlement/join.ts'
import { needsOf } from '../shared/domain/settlement/lookups.ts'
import { pairCheckOf } from '../shared/domain/settlement/notes.ts'
import { SETTLEMENT_RULES } from '../shared/domain/settlement/rules.ts'
import { statementOf } from '../shared/domain/settlement/statement.ts'
import { openedBytes, sealedBytes } from '../shared/store/files/sealed-bytes.ts'
import { packLines } from '../shared/store/files/settled-lines.ts'
import { memorySealing } from '../test/support/sealing.ts'
import { answerOf, DATE, type Defect, FEE, fileLines, hubEntries, plainLines } from './settlement-data.ts'
import { type Pattern, patternEntries, patternLines } from './settlement-patterns.ts'

/** `read`: a file of that many lines through a channel's layout, instead of the join. A pattern: a day of it alone. */
export type OurOrder =
  | { readonly kind: 'join' | 'read'; readonly size: number }
  | { readonly kind: 'pattern'; readonly size: number; readonly pattern: Pattern }

export type OurRun = {
  readonly fillMillis: number
  readonly joinMillis: number
  readonly joinCpuMillis: number
  /** Pairs with nothing to say about them. */
  readonly agreeing: number
  readonly lines: number
  readonly classes: Readonly<Record<string, number>>
  readonly unexplained: number
  readonly peakMegabytes: number
}

/** Defects whose lines belong to a payment of the hub all the same: line and payment, or settled and reversed line. */
const MATCHED_TOO: readonly Defect[] = [
  'amount-difference',
  'duplicate-in-file',
  'reversed-on-both-sides',
  'reversed-on-both-sides',
  'reversed-here-settled-there',
  'settled-here-reversed-there',
  'settled-here-reversed-there',
]

const setting: DaySetting = {
  channel: 'indomaret',
  date: DATE,
  now: (startOfDay(DATE) + 3 * 86_400_000) as Instant,
  rules: SETTLEMENT_RULES,
  adminFee: [{ from: '2020-01-01', value: rupiah(2_500), source: 'bench' }],
  channelFee: [{ from: '2020-01-01', value: FEE, source: 'bench' }],
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
}

/** Of a pattern: from the filled columns to what is written down of the day, cases and lists of lines included. */
export type PatternRun = {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMegabytes: number
  readonly unexplained: number
  readonly cases: number
  /** Lines and payments that stand in no row, in no pair and in no case: none may. */
  readonly lost: number
}

process.on('message', async (order: OurOrder) => {
  if (order.kind === 'pattern') process.send?.(runPattern(order.pattern, order.size))
  else process.send?.(order.kind === 'join' ? run(order.size) : await readThrough(order.size))
})

function runPattern(pattern: Pattern, size: number): PatternRun {
  const hub = hubColumns()
  for (const entry of patternEntries(pattern, size)) hub.add(entry)
  const lines = lineColumns()
  for (const line of patternLines(pattern, size)) lines.add(line)
  const start = performance.now()
  const cpu = process.cpuUsage()
  const { result, statement } = settled(hub, lines)
  const { objects } = packLines(result)
  const seconds = (performance.now() - start) / 1_000
  const used = process.cpuUsage(cpu)
  const inRows = new Set(result.items.flatMap(({ line }) => (line === null ? [] : [line])))
  const inPairs = [...result.matched()].filter(({ line }) => !inRows.has(line)).length
  const inCases = statement.differences.reduce((sum, { evidence }) => sum + (evidence.count ?? 1), 0)
  if (objects.length === 0) throw new Error('expected the lines of a day to be packed')
  return {
    seconds,
    cpuSeconds: (used.user + used.system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1_024,
    unexplained: statement.unexplainedRupiah,
    cases: inCases,
    // A settled line that its reversed one cancels stands in no row: both are the history of one payment.
    lost: pattern === 'reversed and settled' ? 0 : lines.count - inRows.size - inPairs,
  }
}

function run(size: number): OurRun {
  const start = performance.now()
  const hub = hubColumns()
  for (const entry of hubEntries(size)) hub.add(entry)
  const lines = lineColumns()
  for (const line of fileLines(size)) lines.add(line)
  const filled = performance.now()
  const cpu = process.cpuUsage()
  const { needs, result, statement } = settled(hub, lines)
  const done = performance.now()
  const used = process.cpuUsage(cpu)
  const classes: Record<string, number> = {}
  for (const difference of statement.differences) classes[difference.class] = (classes[difference.class] ?? 0) + 1
  if (needs.customers.length !== 0) throw new Error('expected every line to have an id')
  const answer = answerOf(size)
  return {
    fillMillis: filled - start,
    joinMillis: done - filled,
    joinCpuMillis: (used.user + used.system) / 1_000,
    agreeing: result.counts.matched - MATCHED_TOO.reduce((sum, label) => sum + answer[label], 0),
    lines: lines.count,
    classes,
    unexplained: statement.unexplainedRupiah,
    peakMegabytes: process.resourceUsage().maxRSS / 1_024,
  }
}

/** The ids that the hub does not have are unknown everywhere. */
function settled(hub: HubColumns, lines: LineColumns) {
  const match = joinDay(hub, lines, pairCheckOf(setting))
  const needs = needsOf(match, setting)
  const knowledge: LookupResults = {
    decisions: new Map(),
    otherLines: new Map(),
    accounts: new Map(),
    matches: new Map(),
  }
  const { amount, fee } = lines.total()
  const totals = { lines: lines.count, amount, fee, net: (amount - fee) as typeof amount }
  const file = { totals, quarantined: [] }
  const result = classify(match, knowledge, file, setting)
  const none = { credits: [], questions: [], lateReversals: [], proposed: [], resolved: new Set<string>() }
  return { needs, result, statement: statementOf({ setting, result, file, ...none }) }
}

/** The same lines as the partner writes them, sealed as the bucket keeps them, opened and read as the hub reads them. */
async function readThrough(size: number): Promise<OurRun> {
  const { settlement } = settlementChannelNamed('indomaret')
  const lines = lineColumns()
  let quarantined = 0
  const partner = { writingMillis: 0 }
  const sealing = memorySealing()
  let length = 0
  for await (const chunk of written(size)) length += chunk.length
  const { bytes } = sealedBytes(await sealing.current('kept'), written(size), length)
  const start = performance.now()
  const sink = { add: lines.add, quarantine: () => quarantined++ }
  const reading = await settlement.read(openedBytes(timed(bytes(), partner), sealing), DATE, sink)
  const fillMillis = performance.now() - start - partner.writingMillis
  if (reading.kind === 'refused' || quarantined > 0) throw new Error('expected a good file, got one that is not')
  const peakMegabytes = process.resourceUsage().maxRSS / 1_024
  return {
    fillMillis,
    joinMillis: 0,
    joinCpuMillis: 0,
    agreeing: 0,
    lines: lines.count,
    classes: {},
    unexplained: 0,
    peakMegabytes,
  }
}

/** Writing and sealing is not the reader's time. */
async function* timed(
  source: AsyncIterator<Uint8Array>,
  partner: { writingMillis: number },
): AsyncGenerator<Uint8Array> {
  for (;;) {
    const since = performance.now()
    const next = await source.next()
    partner.writingMillis += performance.now() - since
    if (next.done) return
    yield next.value
  }
}

/** Chunk by chunk, as a bucket gives it: the file is never whole in memory. */
async function* written(size: number): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let text = 'transaction_id,customer_id,outlet_id,transacted_at,amount,admin_fee,channel_fee,status\n'
  let [count, amount, fee] = [0, 0, 0]
  for (const line of plainLines(size)) {
    const at = formatWib(line.at).slice(0, 19)
    text += `${line.paymentId},${line.customerId},${line.outlet},${at},${line.amount},2500,${line.fee},S\n`
    count++
    amount += line.amount
    fee += line.fee
    if (text.length > 65_536) {
      const chunk = encoder.encode(text)
      text = ''
      yield chunk
    }
  }
  yield encoder.encode(`${text}#TRAILER,${count},${amount},${fee},${amount - fee}\n`)
}
