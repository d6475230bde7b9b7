/**
 * `npm run bench:flow [-- --seconds 60]`: money through the whole local hub, all five channels mixed, an inquiry before each
 * payment. First a closed loop of 32 partners, which finds the throughput; then an open loop at half of it, which finds the
 * waiting times; and what each part of the hub spent of CPU on a payment. Hub and partners are processes of their own.
 *
 *   --members 3001      who pay, twelve times each at most; fewer are imported sooner
 *   --alone             payments alone, no inquiry before them
 *   --protocol snap     its channels only; `each`: every protocol, with inquiries and alone, then all of them mixed
 *   --faults --minutes  the same under injected faults: flow-faults.ts
 *
 * Throughput, times and CPU are reported, never judged. What is judged: each acknowledged payment is in the day index of the
 * facts exactly once, with its amount and account; exits 1 otherwise.
 */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { channels } from '../shared/channels/registry.ts'
import { type CpuTimes, cpuTable, cpuTimes, cpuUsed } from './flow-cpu.ts'
import { throughFaults } from './flow-faults.ts'
import type { HubAddresses } from './flow-hub.ts'
import type { Calls, LoadPlan, LoadResult, Order } from './flow-load.ts'
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
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    members: { type: 'string', default: '3001' },
    alone: { type: 'boolean', default: false },
    protocol: { type: 'string', default: 'all' },
    faults: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
  },
})
/** Not divisible by the number of channels: each member meets all of them. */
const members = above0('members')
const [seconds, minutes] = [above0('seconds'), above0('minutes')]
const planned = scenes()

const dataDir = mkdtempSync(join(tmpdir(), 'hub-flow-'))
const hub = started('flow-hub.ts', { HUB_DATA_DIR: dataDir })
try {
  const firstDay = today()
  const place = await nextMessage<HubAddresses>(hub)
  const customers = await importMembers(place, dataDir, members)
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

/** What is played one after the other: a closed loop and an open one each. */
type Scene = { readonly name: string; readonly calls: Calls; readonly channels: readonly string[] }

function scenes(): readonly Scene[] {
  const protocols = [...new Set(channels.map(({ profile }) => profile.protocol))]
  const chosen = values.protocol === 'each' ? [...protocols, 'all'] : [values.protocol]
  const both: readonly Calls[] = ['inquiry, payment', 'payment alone']
  const calls = values.protocol === 'each' ? both : both.slice(values.alone ? 1 : 0, values.alone ? 2 : 1)
  return chosen.flatMap((protocol) => {
    const spoken = channels.map(({ profile }) => profile).filter((each) => [each.protocol, 'all'].includes(protocol))
    if (spoken.length === 0) throw new RangeError(`expected --protocol to be each or ${protocols}, got ${protocol}`)
    return calls.map((each) => ({ name: protocol, calls: each, channels: spoken.map(({ name }) => name) }))
  })
}

type Played = LoadResult & { readonly scene: Scene; readonly loop: string; readonly used: CpuTimes }

async function inCalm(bench: Bench): Promise<{ acknowledged: LoadResult['acknowledged']; limits: readonly Limit[] }> {
  const played: Played[] = []
  for (const scene of planned) {
    const closed = await playedThrough(bench, scene, { loop: 'closed', partners: PARTNERS, seconds })
    const perSecond = Math.max(1, closed.acknowledged.length / closed.seconds / 2)
    played.push(closed, await playedThrough(bench, scene, { loop: 'open', perSecond, seconds }))
  }
  print(played)
  return { acknowledged: played.flatMap(({ acknowledged }) => acknowledged), limits: [] }
}

/** Until the last fold, so that its CPU is counted. */
async function playedThrough(
  { hub, load }: Bench,
  scene: Scene,
  loop: { loop: 'closed'; partners: number; seconds: number } | { loop: 'open'; perSecond: number; seconds: number },
): Promise<Played> {
  const pids = { hub: hub.pid ?? 0, partners: load.pid ?? 0 }
  const before = cpuTimes(pids)
  const { calls, channels: taking } = scene
  const result = await answerOf<LoadResult>(load, { ...loop, calls, channels: taking } satisfies LoadPlan)
  await untilQuiet(hub)
  const name = loop.loop === 'closed' ? `closed, ${loop.partners} partners` : `open, ${round(loop.perSecond, 1)}/s`
  return { ...result, scene, loop: name, used: cpuUsed(before, cpuTimes(pids)) }
}

function print(played: readonly Played[]): void {
  console.log(`\n${availableParallelism()} cores for hub and partners; ${members} memberships\n`)
  const times = (millis: readonly number[]) =>
    millis.length === 0 ? ['-', '-'] : [round(median(millis), 1), round(percentile(millis, 0.99), 1)]
  const rows = played.map(({ scene, loop, acknowledged, seconds: took, ...millis }) => [
    scene.name,
    scene.calls,
    loop,
    acknowledged.length,
    round(acknowledged.length / took, 1),
    ...times(millis.inquiryMillis),
    ...times(millis.paymentMillis),
    ...times(millis.activeMillis),
  ])
  const waits = ['inquiry ms p50', 'p99', 'payment ms p50', 'p99', 'active ms p50', 'p99']
  console.log(`${tableText(['protocol', 'calls', 'loop', 'payments', 'per s', ...waits], rows)}\n`)
  console.log('`active`: from the answer until the view in the table says so, of every tenth payment.\n')
  const columns = played.map(({ scene, loop, used, acknowledged }) => ({
    name: `${scene.name}, ${scene.calls === 'payment alone' ? 'alone, ' : ''}${loop.split(',')[0]}`,
    used,
    payments: acknowledged.length,
  }))
  if (columns.some(({ used }) => used.size > 0)) console.log(`${cpuTable(columns)}\n`)
  for (const { scene, others } of played)
    for (const [what, count] of Object.entries(others))
      console.log(`not accepted at first (${scene.calls}): ${what}, ${count} times`)
}

function above0(name: 'seconds' | 'minutes' | 'members'): number {
  const value = Number(values[name])
  if (value > 0) return value
  throw new RangeError(`expected --${name} to be a number above 0, got ${values[name]}`)
}
