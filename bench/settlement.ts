/**
 * `npm run bench:settlement`: how fast and how small settlement is, in pieces that can be run one by one.
 *
 * | argument | measures |
 * |---|---|
 * | `--piece join` | a day of a million payments and its file beside DuckDB (settlement-join.ts) |
 * | `--piece read` | a file of a million lines through a channel's layout |
 * | `--piece end-to-end` | a day of a million payments from the channel's file to the statement, as one figure (settlement-end-to-end.ts); `--lines 20000` a smaller day |
 * | `--piece patterns` | days of one hostile pattern alone; `--pattern "one id"` one of them, `--lines 1000000` as many lines (100,000) |
 *
 * Nothing named: all four. Judged: everything known to be wrong is found and nothing else; join and classify take at most 1.5 of
 * DuckDB's time and 400 MB; a million lines are read in 3 seconds; CPU per line grows with no pattern. Exits 1 where one is broken.
 */
import { parseArgs } from 'node:util'
import { judge, type Limit } from './report.ts'
import { measureJoin } from './settlement-join.ts'
import { PATTERNS } from './settlement-patterns.ts'
import { measureEndToEnd, measurePatterns, measureReading } from './settlement-pieces.ts'

const PIECES = ['join', 'read', 'end-to-end', 'patterns'] as const
const MILLION = 1_000_000
const PATTERN_LINES = 100_000

const { values } = parseArgs({
  options: {
    piece: { type: 'string' },
    pattern: { type: 'string' },
    lines: { type: 'string' },
  },
})
const lines = values.lines === undefined ? undefined : Number(values.lines)
if (lines !== undefined && (!Number.isInteger(lines / 10) || lines < 10))
  throw new Error(`expected --lines to be tens, got ${values.lines}`)
const named = PATTERNS.filter((pattern) => values.pattern === undefined || pattern === values.pattern)
if (named.length === 0) throw new Error(`expected --pattern to be one of ${PATTERNS.join(', ')}, got ${values.pattern}`)
const piece = values.piece ?? (values.pattern === undefined ? undefined : 'patterns')
const pieces = PIECES.filter((one) => piece === undefined || one === piece)
if (pieces.length === 0) throw new Error(`expected --piece to be one of ${PIECES.join(', ')}, got ${piece}`)

const limits: Limit[] = []
if (pieces.includes('read')) limits.push(...(await measureReading(MILLION)))
if (pieces.includes('end-to-end')) limits.push(...(await measureEndToEnd(lines ?? MILLION)))
if (pieces.includes('patterns')) limits.push(...(await measurePatterns(named, lines ?? PATTERN_LINES)))
if (pieces.includes('join')) limits.push(...(await measureJoin()))
judge(limits)
