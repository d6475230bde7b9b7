/**
 * The hub's side of `npm run bench:settlement`, in a process of its own so that its memory is its own: fills the columns, joins
 * and classifies on each message, and tells times, the answer and the most memory that the process ever had.
 */
import { createHash } from 'node:crypto'
import { type Instant, startOfDay } from '../shared/domain/instant.ts'
import { ZERO } from '../shared/domain/money.ts'
import { classify } from '../shared/domain/settlement/classify.ts'
import { hubColumns, lineColumns } from '../shared/domain/settlement/columns.ts'
import type { DaySetting, Knowledge } from '../shared/domain/settlement/day.ts'
import { joinDay } from '../shared/domain/settlement/join.ts'
import { needsOf } from '../shared/domain/settlement/needs.ts'
import { SETTLEMENT_RULES } from '../shared/domain/settlement/rules.ts'
import { statementOf } from '../shared/domain/settlement/statement.ts'
import { DATE, FEE, fileLines, hubEntries } from './settlement-data.ts'

export type OurRun = {
  readonly fillMillis: number
  readonly joinMillis: number
  readonly matched: number
  readonly classes: Readonly<Record<string, number>>
  readonly unexplained: number
  readonly peakMegabytes: number
}

const setting: DaySetting = {
  channel: 'indomaret',
  date: DATE,
  now: (startOfDay(DATE) + 3 * 86_400_000) as Instant,
  rules: SETTLEMENT_RULES,
  channelFee: [{ from: '2020-01-01', value: FEE, source: 'bench' }],
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
}

process.on('message', (size: number) => {
  process.send?.(run(size))
})

function run(size: number): OurRun {
  const start = performance.now()
  const hub = hubColumns()
  for (const entry of hubEntries(size)) hub.add(entry)
  const lines = lineColumns()
  for (const line of fileLines(size)) lines.add(line)
  const filled = performance.now()
  const match = joinDay(hub, lines)
  const needs = needsOf(match, setting)
  // Nobody knows of the ids that the hub does not have.
  const knowledge: Knowledge = { claims: new Map(), otherLines: new Map(), accounts: new Map(), matches: new Map() }
  const { amount, fee } = lines.total()
  const totals = { lines: lines.count, amount, fee, net: (amount - fee) as typeof amount }
  const file = { totals, quarantined: [] }
  const result = classify(match, knowledge, file, setting)
  const none = { credits: [], questions: [], lateReversals: [], proposed: [], resolved: new Set<string>() }
  const statement = statementOf({ setting, result, file, ...none })
  const done = performance.now()
  const classes: Record<string, number> = {}
  for (const difference of statement.differences) classes[difference.class] = (classes[difference.class] ?? 0) + 1
  if (needs.customers.length !== ZERO) throw new Error('expected every line to have an id')
  return {
    fillMillis: filled - start,
    joinMillis: done - filled,
    matched: result.counts.matched,
    classes,
    unexplained: statement.unexplainedRupiah,
    peakMegabytes: process.resourceUsage().maxRSS / 1_024,
  }
}
