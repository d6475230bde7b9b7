/**
 * `npm run bench:sweep [-- --rows 1000000]`: the nightly run and a notices run over that many memberships in the embedded
 * DynamoDB, through the real use case and adapters; then the decision alone, without any table, for ten million.
 *
 * The sweep is bundled as its function is, so its client and its memory are the deployed ones. Rows and seconds are reported,
 * never judged: machines differ by a factor of two between days. Judged: nobody is missed or counted twice, the memory of a
 * sweep stays below 300 MB, and the nightly decision takes at most three times as long as only reading what it needs, which is
 * measured in turn with it. Queue sends are counted, not made.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { noticeHint } from '../functions/sweep-memberships/sweep-memberships.ts'
import { businessDateOf } from '../shared/domain/instant.ts'
import { NOTICE_RULES } from '../shared/domain/notice.ts'
import { RULES } from '../shared/domain/rules.ts'
import {
  counterOf,
  everybodyIn,
  isTransitionDue,
  newTally,
  statusesOn,
  totalOfCounts,
} from '../shared/domain/statistics.ts'
import { createDynamoClient } from '../shared/store/dynamo/client.ts'
import { dynamoMemberships } from '../shared/store/memberships/dynamodb.ts'
import type { MembershipView } from '../shared/store/memberships/memberships.ts'
import { createTables, startDatabase, useTestIdentity } from '../test/support/dynoxide.ts'
import { built } from './built.ts'
import { judge, round, tableText } from './report.ts'
import { loadViews } from './sweep-load.ts'
import { inventedView, NIGHT } from './sweep-plan.ts'
import type { SweepMeasured, SweepOptions } from './sweep-worker.ts'

/** On demand, per million read request units; the price of most regions in 2026. Jakarta's may differ by a tenth. */
const DOLLARS_PER_MILLION_READS = 0.25
const DECISIONS = 10_000_000
const BLOCK = 100_000
/** Segments that run side by side: `maxConcurrency` of queue `sweep`. */
const SIDE_BY_SIDE = 10

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000000' } } })
const rows = Number(values.rows)
if (!Number.isInteger(rows) || rows < 1)
  throw new RangeError(`expected --rows to be a whole number from 1, got ${values.rows}`)

useTestIdentity()
const database = await startDatabase()
try {
  if (database.file === null) throw new Error('expected the embedded DynamoDB, got an endpoint of somebody’s own')
  const tables = await createTables(database.endpoint)
  const client = createDynamoClient({ endpoint: database.endpoint })
  const startedAt = performance.now()
  const bytes = await loadViews(
    database.file,
    tables.memberships,
    dynamoMemberships(client, tables),
    rows,
    inventedView,
  )
  client.destroy()
  console.log(
    `${rows} views of ${round(bytes / rows, 0)} bytes loaded in ${round((performance.now() - startedAt) / 1_000, 1)} s`,
  )
  const sweeps = await sweepApart({ endpoint: database.endpoint, tables })
  print(sweeps, bytes)
  const decided = decide()
  judge([
    ...sweeps.flatMap(({ result, peakMegabytes }) => [
      { what: `${result.purpose}: memberships missed`, value: Math.abs(rows - result.rows), limit: 0 },
      { what: `${result.purpose}: peak memory, MB`, value: round(peakMegabytes, 0), limit: 300 },
    ]),
    { what: 'transitions found otherwise than the plan has them', value: transitionsAmiss(sweeps[0]), limit: 0 },
    { what: 'nightly decision to a bare reading of the same views', value: round(decided.ratio, 2), limit: 3 },
    { what: 'decisions that were lost', value: DECISIONS - decided.counted, limit: 0 },
  ])
} finally {
  await database.stop()
}

async function sweepApart(order: SweepOptions): Promise<readonly SweepMeasured[]> {
  const { file } = await built('sweep-worker', 'bench/sweep-worker.ts')
  const worker = fork(file, [], {
    // Not this process's own flags: under what watches a parent, the channel no longer keeps a process alive.
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  worker.send(order)
  const ended = once(worker, 'exit').then(([code]): never => {
    throw new Error(`expected the sweep to answer, it ended with ${code}`)
  })
  // After the answer its end is awaited by nobody.
  ended.catch(() => {})
  const [answer] = await Promise.race([once(worker, 'message'), ended])
  worker.disconnect()
  return answer as readonly SweepMeasured[]
}

function print(sweeps: readonly SweepMeasured[], bytes: number): void {
  const head = [
    'run',
    'rows',
    'seconds',
    'rows/s',
    'messages',
    'peak MB',
    'first quarter',
    'last quarter',
    'read units',
    'by rule',
    'sent',
  ]
  const byRule = round(bytes / 4_096 / 2, 0)
  const lines = sweeps.map(({ result, seconds, messages, peakMegabytes, earlyMegabytes, lateMegabytes, readUnits }) => [
    result.purpose,
    result.rows,
    round(seconds, 1),
    round(result.rows / seconds, 0),
    messages,
    round(peakMegabytes, 0),
    round(earlyMegabytes, 0),
    round(lateMegabytes, 0),
    round(readUnits, 0),
    byRule,
    result.accounts + result.notices,
  ])
  console.log(`\n${tableText(head, lines)}\n`)
  const perSecond = (sweeps[0]?.result.rows ?? 0) / (sweeps[0]?.seconds ?? 1)
  const ahead = [10_000_000, 60_000_000].map((many) => {
    const reads = (byRule / rows) * many
    return [
      many,
      round(many / perSecond / SIDE_BY_SIDE / 60, 1),
      round(reads, 0),
      round((reads * DOLLARS_PER_MILLION_READS) / 1e6, 2),
    ]
  })
  console.log(`Extrapolated, not measured: ${SIDE_BY_SIDE} segments side by side at this machine's rows/s each.`)
  console.log(`${tableText(['memberships', 'minutes', 'read units', 'USD a run'], ahead)}\n`)
}

/** The plan's own count: paid through November, or a grace that ends today, on the first of December. */
function transitionsAmiss(nightly: SweepMeasured | undefined): number {
  let expected = 0
  for (let serial = 0; serial < rows; serial++) {
    const on = inventedView(serial).nextTransition?.on
    if (on !== undefined && on <= '2026-12-01') expected++
  }
  return Math.abs(expected - (nightly?.result.transitions ?? 0))
}

/**
 * What the nightly and the notices run decide per view. Views are made outside the time that is taken, none twice. Whoever
 * comes first brings a block into the caches, so the bare reading and the nightly decision begin in turn.
 */
function decide(): { readonly ratio: number; readonly counted: number } {
  const today = businessDateOf(NIGHT)
  const tally = newTally()
  const millis = { bare: 0, nightly: 0, notices: 0 }
  const found = { bare: 0, nightly: 0, notices: 0 }
  for (let block = 0; block < DECISIONS; block += BLOCK) {
    const views = asRead(Array.from({ length: BLOCK }, (_, i) => inventedView(block + i)))
    const statusOf = statusesOn(today, RULES)
    const count = counterOf(tally)
    const isDue = noticeHint(NIGHT, NOTICE_RULES)
    const work = {
      bare: () => {
        for (const view of views) if (readBare(view) > 0) found.bare++
      },
      nightly: () => {
        for (const view of views) {
          if (isTransitionDue(view, today)) found.nightly++
          count(view, statusOf(view))
        }
      },
      notices: () => {
        for (const view of views) if (isDue(view)) found.notices++
      },
    }
    const order = (block / BLOCK) % 2 === 0 ? (['bare', 'nightly'] as const) : (['nightly', 'bare'] as const)
    for (const name of [...order, 'notices'] as const) {
      const startedAt = performance.now()
      work[name]()
      millis[name] += performance.now() - startedAt
    }
  }
  const lines = (['bare', 'nightly', 'notices'] as const).map((name) => [
    name,
    DECISIONS,
    round(millis[name] / 1_000, 2),
    found[name],
  ])
  console.log(`${tableText(['decision alone', 'views', 'seconds', 'found'], lines)}\n`)
  return { ratio: millis.nightly / millis.bare, counted: totalOfCounts(everybodyIn(tally)) }
}

/** What any decision must touch: every field that the nightly one reads, its texts to their last letter. */
function readBare({ status, paidThrough, nextTransition, credit, regionCode, terms }: MembershipView): number {
  const texts = [status, paidThrough ?? '', nextTransition?.on ?? '', regionCode, terms.sector, terms.funding]
  let sum: number = credit
  for (const text of texts) sum += text.charCodeAt(text.length - 1) || 0
  return sum
}

/** Texts as they come from a table: each a string of its own, none put together from parts. */
function asRead(views: readonly MembershipView[]): readonly MembershipView[] {
  return JSON.parse(JSON.stringify(views)) as readonly MembershipView[]
}
