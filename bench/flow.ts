/**
 * `npm run bench:flow [-- --seconds 60]`: money through the whole local hub, all five channels mixed, an inquiry before each
 * payment. First a closed loop of 32 partners, which finds the throughput; then an open loop at half of it, which finds the
 * waiting times. `-- --faults --minutes 10` is the same under injected faults: flow-faults.ts. Hub and partners are processes
 * of their own on this machine.
 *
 * Throughput and times are reported, never judged. What is judged: each acknowledged payment is in the day index of the facts
 * exactly once, with its amount and account; exits 1 otherwise.
 */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { channels } from '../shared/channels/registry.ts'
import { throughFaults } from './flow-faults.ts'
import type { HubAddresses } from './flow-hub.ts'
import type { LoadPlan, LoadResult, Order } from './flow-load.ts'
import {
  answerOf,
  type Bench,
  factsSince,
  importMembers,
  nextMessage,
  reconciled,
  started,
  today,
  untilQuiet,
} from './flow-parts.ts'
import { judge, type Limit, median, percentile, round, tableText } from './report.ts'

const PARTNERS = 32
/** Not divisible by the number of channels: each member meets all of them. */
const MEMBERS = 3_001

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    faults: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
  },
})
const [seconds, minutes] = [above0('seconds'), above0('minutes')]

const dataDir = mkdtempSync(join(tmpdir(), 'hub-flow-'))
const hub = started('flow-hub.ts', { HUB_DATA_DIR: dataDir })
try {
  const firstDay = today()
  const place = await nextMessage<HubAddresses>(hub)
  const customers = await importMembers(place, dataDir, MEMBERS)
  await untilQuiet(hub)
  const load = started('flow-load.ts', {})
  await answerOf(load, { place, dataDir, customers } satisfies Order)
  const bench = { place, dataDir, hub, load }
  const { acknowledged, limits } = values.faults ? await throughFaults(bench, minutes) : await inCalm(bench)
  load.disconnect()
  await untilQuiet(hub)
  judge([...reconciled(acknowledged, await factsSince(place, firstDay)), ...limits])
} finally {
  if (hub.connected) hub.send('stop')
  await once(hub, 'exit')
  rmSync(dataDir, { recursive: true, force: true })
}

async function inCalm({
  load,
}: Bench): Promise<{ acknowledged: LoadResult['acknowledged']; limits: readonly Limit[] }> {
  const closed = await answerOf<LoadResult>(load, { loop: 'closed', partners: PARTNERS, seconds } satisfies LoadPlan)
  await untilQuiet(hub)
  const perSecond = Math.max(1, closed.acknowledged.length / closed.seconds / 2)
  const open = await answerOf<LoadResult>(load, { loop: 'open', perSecond, seconds } satisfies LoadPlan)
  print(closed, open, perSecond)
  return { acknowledged: [...closed.acknowledged, ...open.acknowledged], limits: [] }
}

function print(closed: LoadResult, open: LoadResult, perSecond: number): void {
  console.log(
    `\n${availableParallelism()} cores for hub and partners; ${channels.length} channels, ${MEMBERS} memberships\n`,
  )
  const rate = ({ acknowledged, seconds: took }: LoadResult) => round(acknowledged.length / took, 1)
  const times = (millis: readonly number[]) => [round(median(millis), 1), round(percentile(millis, 0.99), 1)]
  const row = (name: string, played: LoadResult) => [
    name,
    played.acknowledged.length,
    rate(played),
    ...times(played.inquiryMillis),
    ...times(played.paymentMillis),
    ...times(played.activeMillis),
  ]
  const head = ['loop', 'payments', 'per s', 'inquiry ms p50', 'p99', 'payment ms p50', 'p99', 'active ms p50', 'p99']
  const rows = [row(`closed, ${PARTNERS} partners`, closed), row(`open, ${round(perSecond, 1)}/s`, open)]
  console.log(`${tableText(head, rows)}\n`)
  console.log('`active`: from the answer until the view in the table says so, of every tenth payment.')
  for (const [what, count] of Object.entries({ ...closed.others, ...open.others }))
    console.log(`not accepted at first: ${what}, ${count} times`)
}

function above0(name: 'seconds' | 'minutes'): number {
  const value = Number(values[name])
  if (value > 0) return value
  throw new RangeError(`expected --${name} to be a number above 0, got ${values[name]}`)
}
