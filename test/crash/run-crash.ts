/**
 * Kills a real local hub again and again under traffic from all five channels, then audits it: nothing acknowledged is lost
 * or doubled, every answer is the same when asked again, views are the fold, sums agree, no child outlives a kill.
 *
 * The seed draws the stories and the moments of the kills; what runs side by side makes no two runs equal all the same.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Random, seededRandom } from '../../local/demo/random.ts'
import type { TestHub } from '../support/hub.ts'
import { importFile, type Person } from '../support/people.ts'
import { CHANNELS } from '../support/terminals.ts'
import { auditAtTheEnd } from './final-audit.ts'
import { type KillableHub, killableHub } from './killable-hub.ts'
import type { CallObserver, PartnerClient } from './partner-client.ts'
import { partnersMemory } from './partner-memory.ts'
import { CLOSE_MILLIS, type CrashReport, type KillCounts, type Moment } from './report.ts'
import { counter, people } from './scenarios.ts'

export type CrashOptions = {
  readonly kills: number
  readonly seed: number
  readonly say: (line: string) => void
}

/** 10:00 WIB of a Friday: a run of hours stays within its day. */
const CLOCK = Date.UTC(2026, 10, 20, 3)
const COUNTERS_EACH = 3
const PEOPLE = 120
const PEOPLE_PER_KILL = 20
/** Rows per import call. */
const ROWS = 250
/** Most of a payment's life is shorter than this. */
const AIM_MILLIS = 8
const FIRST_ANSWER_MILLIS = 10_000
const WARM_MILLIS: readonly [number, number] = [50, 1_800]

export async function runCrash({ kills, seed, say }: CrashOptions): Promise<CrashReport> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'hub-crash-'))
  const random = seededRandom(`crash ${seed}`)
  const hub = killableHub(dataDir, CLOCK)
  const calls = callsUnderWay()
  const client = deskAt(hub, seededRandom(`counters ${seed}`), calls.watch)
  try {
    hub.start()
    const customers = await registered(hub, PEOPLE + kills * PEOPLE_PER_KILL)
    let isOver = false
    let serial = 0
    const run = randomBytes(3).toString('hex')
    const newId = () => `CRASH-${run}-${serial++}`
    const counters = CHANNELS.flatMap((channel) =>
      Array.from({ length: COUNTERS_EACH }, () => counter(client, channel, customers, newId, () => isOver)),
    )
    const day = Promise.all(counters)
    const murder = killAgainAndAgain({ hub, random, calls, kills, say, client })
    // A counter that fails ends the run at once, and so does a hub that does not start.
    const counted = await Promise.race([murder, day.then(() => murder)])
    isOver = true
    await day
    return await auditAtTheEnd({ hub, client, dataDir, began: CLOCK, kills: counted, say })
  } finally {
    await hub.stop()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

function deskAt(hub: KillableHub, random: Random, watch: CallObserver): PartnerClient {
  const memory = partnersMemory()
  return { memory, random, openCalls: [], finished: [], unexpected: [], up: hub.up, watch, patient: false }
}

async function registered(hub: KillableHub, count: number) {
  const waiting = [...people(count)]
  const all = waiting.map(({ person }) => person)
  const standing = await hub.up()
  for (let at = 0; at < all.length; at += ROWS) await register(standing.hub, all.slice(at, at + ROWS))
  await standing.hub.untilQuiet()
  return {
    take: () => waiting.shift(),
    giveBack: (customer: (typeof waiting)[number]) => void waiting.push(customer),
  }
}

/** On a starved machine the hub repeats a write of its own and finds it done: `unchanged` is as good as `accepted`. */
async function register(hub: TestHub, rows: readonly Person[]): Promise<void> {
  const { status, text, body } = await hub.api('operator', 'POST', '/api/memberships/import', importFile(rows))
  if (body?.accepted + body?.unchanged === rows.length) return
  throw new Error(`expected ${rows.length} members to be registered, got ${status}: ${text}`)
}

type Calls = ReturnType<typeof callsUnderWay>

/** What is between the counters and the hub at this moment. */
function callsUnderWay() {
  let count = 0
  let lastSent = 0
  const waiting: (() => void)[] = []
  const answered: (() => void)[] = []
  const acknowledged: (() => void)[] = []
  const wake = (waiting: (() => void)[]) => {
    for (const go of waiting.splice(0)) go()
  }
  const watch: CallObserver = {
    sent: (question) => {
      count++
      lastSent = performance.now()
      if (question !== 'inquiry') wake(waiting)
    },
    ended: (question, reply) => {
      count--
      if (reply) wake(answered)
      if (reply && question !== 'inquiry') wake(acknowledged)
    },
  }
  return {
    watch,
    count: () => count,
    millisSinceLast: () => performance.now() - lastSent,
    /** A payment or a reversal leaves a terminal. */
    nextAsked: () => new Promise<void>((resolve) => waiting.push(resolve)),
    nextAnswered: () => new Promise<void>((resolve) => answered.push(resolve)),
    nextAcknowledged: () => new Promise<void>((resolve) => acknowledged.push(resolve)),
  }
}

type Kill = {
  readonly hub: KillableHub
  readonly random: Random
  readonly calls: Calls
  readonly kills: number
  readonly say: (line: string) => void
  readonly client: PartnerClient
}

async function killAgainAndAgain({ hub, random, calls, kills, say, client }: Kill): Promise<KillCounts> {
  const counted = { starting: 0, asked: 0, answered: 0, any: 0, close: 0 }
  for (let kill = 1; kill <= kills; kill++) {
    const moment = random.weighted<Moment>([
      [20, 'starting'],
      [35, 'asked'],
      [25, 'answered'],
      [20, 'any'],
    ])
    await momentCame(moment, hub, random, calls)
    const [underWay, since] = [calls.count(), calls.millisSinceLast()]
    await hub.kill()
    counted[moment]++
    if (moment !== 'starting' && underWay > 0 && since <= CLOSE_MILLIS) counted.close++
    const where =
      moment === 'starting' ? 'while starting' : `${underWay} calls under way, the last ${since.toFixed(1)} ms old`
    say(`  kill ${kill} of ${kills}: ${where}; ${client.memory.payments.length} payments sent so far`)
    hub.start()
  }
  await hub.up()
  return counted
}

async function momentCame(moment: Moment, hub: KillableHub, random: Random, calls: Calls): Promise<void> {
  if (moment === 'starting') return sleep(random.fraction() * hub.startMillis() * 1.1)
  await hub.up()
  // A fresh hub takes a moment to give its first answer.
  await Promise.race([calls.nextAnswered(), sleep(FIRST_ANSWER_MILLIS)])
  await sleep(random.whole(...WARM_MILLIS))
  if (moment === 'any') return
  // It may be long in coming: then this moment is as good as any.
  await Promise.race([moment === 'asked' ? calls.nextAsked() : calls.nextAcknowledged(), sleep(1_500)])
  if (moment === 'asked') await sleep(random.fraction() * AIM_MILLIS)
}
