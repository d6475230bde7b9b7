/**
 * `npm run bench:flow -- --faults --minutes 10`: an even stream of payments for that long while AWS misbehaves on purpose:
 * calls are throttled, calls that had their effect end in a broken connection, messages come twice and in another order.
 *
 * Judged besides what bench/flow.ts judges: no message is parked, and the hub's memory stays flat. The stream is even, so
 * that memory of the beginning and of the end can be compared.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Fault } from '../local/aws-proxy/faults.ts'
import { operatorTokens } from '../local/demo/partners.ts'
import { channels } from '../shared/channels/registry.ts'
import type { Acknowledged, LoadPlan, LoadResult } from './flow-load.ts'
import { answerOf, type Bench } from './flow-parts.ts'
import { type Limit, median, percentile, round } from './report.ts'

/** Well below what an idle laptop can do, so that repeats find room. */
const PER_SECOND = 30
const PARTNERS = 16
const WEATHER: readonly Pick<Fault, 'kind' | 'rate' | 'seed'>[] = [
  { kind: 'throttle', rate: 0.02, seed: 11 },
  { kind: 'timeout-after-commit', rate: 0.02, seed: 12 },
  { kind: 'duplicate', rate: 0.1, seed: 13 },
  { kind: 'reorder', rate: 0.2, seed: 14 },
]
const MINUTE_SECONDS = 60
const SAMPLE_MILLIS = 2_000
/** Minutes two and three against the last two; fewer minutes than this have no such beginning and end. */
const LEAST_MINUTES = 6
const GROWTH = 1.15
const MEGABYTE = 2 ** 20
/** What the functions counted of it. */
const COUNTED = [
  'Throttled',
  'UnknownOutcomes',
  'FaultsBeforeDecision',
  'FactsHealed',
  'PaymentsRepeated',
  'MessagesRetried',
]

export type FaultyRunResult = { readonly acknowledged: readonly Acknowledged[]; readonly limits: readonly Limit[] }

export async function throughFaults(bench: Bench, minutes: number): Promise<FaultyRunResult> {
  for (const fault of WEATHER) await arm(bench, fault)
  const acknowledged: Acknowledged[] = []
  const memory: number[][] = []
  console.log('minute  payments  payment ms p50     p99  asked again  hub MB')
  for (let minute = 1; minute <= Math.ceil(minutes); minute++) {
    const seconds = Math.min(1, minutes - minute + 1) * MINUTE_SECONDS
    const sampling = new AbortController()
    const samples = memoryUntil(bench, sampling.signal)
    const played = await answerOf<LoadResult>(bench.load, {
      calls: 'inquiry, payment',
      channels: channels.map(({ profile }) => profile.name),
      loop: 'closed',
      partners: PARTNERS,
      perSecond: PER_SECOND,
      seconds,
    } satisfies LoadPlan)
    sampling.abort()
    memory.push(await samples)
    acknowledged.push(...played.acknowledged)
    console.log(lineOf(minute, played, memory.at(-1) ?? []))
  }
  const struck = await arm(bench, { kind: 'none' })
  const weather = WEATHER.map(({ kind }) => ({ kind, count: struck[kind] ?? 0 }))
  console.log(`struck: ${weather.map(({ kind, count }) => `${kind} ${count} times`).join(', ')}`)
  for (const name of COUNTED) console.log(`${name}: ${countedIn(bench.dataDir, name)}`)
  const calm = weather.filter(({ count }) => count === 0).length
  const limits = [{ what: 'kinds of fault that never struck', value: calm, limit: 0 }, await parkedIn(bench)]
  return { acknowledged, limits: [...limits, ...growthOf(memory)] }
}

/** Answers how often each kind has struck so far. */
async function arm({ place }: Bench, fault: object): Promise<Readonly<Record<string, number>>> {
  const reply = await fetch(`${place.url}/__local/fault`, { method: 'POST', body: JSON.stringify(fault) })
  if (!reply.ok) throw new Error(`expected the hub to take a fault, got ${reply.status}: ${await reply.text()}`)
  return ((await reply.json()) as { readonly struck: Record<string, number> }).struck
}

/** Resident bytes of the hub's process, functions and proxy included, again and again until it is stopped. */
async function memoryUntil({ hub }: Bench, stop: AbortSignal): Promise<number[]> {
  const samples: number[] = []
  while (!stop.aborted) {
    samples.push(await answerOf<number>(hub, 'memory'))
    await sleep(SAMPLE_MILLIS, undefined, { signal: stop }).catch(() => {})
  }
  return samples
}

function lineOf(
  minute: number,
  { acknowledged, paymentMillis, others }: LoadResult,
  memory: readonly number[],
): string {
  const again = Object.values(others).reduce((sum, count) => sum + count, 0)
  const millis = [median(paymentMillis), percentile(paymentMillis, 0.99)].map((value) => round(value, 1).toFixed(1))
  const cells = [minute, acknowledged.length, millis[0], millis[1], again, Math.round(median(memory) / MEGABYTE)]
  return cells.map((cell, i) => String(cell).padStart(WIDTHS[i] ?? 0)).join('')
}

const WIDTHS = [6, 10, 16, 8, 13, 8]

/** From the metrics that the functions wrote. */
function countedIn(dataDir: string, name: string): number {
  const pattern = new RegExp(`"${name}":(\\[[^\\]]*\\]|\\d+)`, 'g')
  const files = globSync(join(dataDir, 'logs', '*.jsonl'))
  return files.reduce((sum, file) => {
    const found = readFileSync(file, 'utf8').matchAll(pattern)
    return [...found].reduce((all, [, value = '0']) => all + [JSON.parse(value)].flat().reduce((a, b) => a + b, 0), sum)
  }, 0)
}

async function parkedIn({ place, dataDir }: Bench): Promise<Limit> {
  const { viewer } = await operatorTokens(dataDir)
  const reply = await fetch(`${place.url}/api/queues`, { headers: { authorization: `Bearer ${viewer}` } })
  if (!reply.ok) throw new Error(`expected the console to answer with its queues, got ${reply.status}`)
  const queues = (await reply.json()) as readonly { readonly deadLetters: number }[]
  return { what: 'messages parked', value: queues.reduce((sum, { deadLetters }) => sum + deadLetters, 0), limit: 0 }
}

function growthOf(memory: readonly (readonly number[])[]): readonly Limit[] {
  if (memory.length < LEAST_MINUTES) {
    console.log(`Memory is not judged in less than ${LEAST_MINUTES} minutes`)
    return []
  }
  const [early, late] = [memory.slice(1, 3), memory.slice(-2)].map((minutes) => median(minutes.flat()) / MEGABYTE)
  const growth = round((late ?? Number.NaN) / (early ?? Number.NaN), 2)
  console.log(
    `Memory of the hub: ${Math.round(early ?? 0)} MB in minutes 2 and 3, ${Math.round(late ?? 0)} MB in the last two`,
  )
  return [{ what: 'memory of the last two minutes over that of minutes 2 and 3', value: growth, limit: GROWTH }]
}
