/**
 * The thread in which traffic is played, so that signing and waiting cost the hub's own thread nothing. Started and ended by
 * index.ts; reads what a partner and an operator are given (`.hub/sandbox/`) and speaks HTTP only.
 */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { instant } from '../../shared/domain/instant.ts'
import { hubClock } from '../clock.ts'
import { consoleCalls } from '../demo/console-calls.ts'
import { httpSend } from '../demo/http-send.ts'
import { readMarker } from '../demo/loaded-marker.ts'
import { operatorTokens, sandboxPartners } from '../demo/partners.ts'
import { seededRandom } from '../demo/random.ts'
import { partnerCollections } from './collections.ts'
import { customersFrom, demoCustomers, registerNewcomers } from './customers.ts'
import { play } from './play.ts'
import { type Paid, recordingTerminal } from './recording-terminal.ts'
import { terminalOf } from './terminal.ts'
import { trafficLog } from './traffic-log.ts'

export type TrafficOptions = {
  readonly url: string
  readonly dataDir: string
  readonly clock: SharedArrayBuffer
  readonly paymentsPerSecond: number
}

const REPORT_MILLIS = 1_000
const SUM_MILLIS = 60_000
/** Newcomers come for this many seconds of traffic at once, and before the queue is shorter than half of that. */
const SECONDS_AHEAD = 10
const FEWEST = 60
const RETRY_MILLIS = 5_000

const { url, dataDir, clock: memory, paymentsPerSecond } = workerData as TrafficOptions
const clock = hubClock(memory)
const offset = new Float64Array(memory)
const now = () => instant(Math.round(clock.now()))
// Another at each start: payment ids are drawn from it, and the hub remembers those of earlier starts.
const seed = randomBytes(6).toString('hex')
const random = seededRandom(`traffic ${seed}`)
const log = trafficLog(join(dataDir, 'logs', 'traffic.jsonl'), seed, now)
const partners = await sandboxPartners(dataDir)
const console = consoleCalls(url, await operatorTokens(dataDir))
const marker = await readMarker(dataDir)
const customers = customersFrom(random, marker?.state === 'loaded' ? demoCustomers(instant(marker.asOf)) : [])
const send = httpSend()

const collections = partnerCollections(dataDir)
const paid = new Map(partners.map(({ channel }) => [channel.profile.name, new Map() as Paid]))

const epoch = () => offset[0] as number
const freshTerminals = () =>
  partners.map(({ channel: { profile }, file, sandbox }) =>
    recordingTerminal(
      terminalOf(profile.name, profile.protocol, sandbox.partner(file, send, now), send),
      collections,
      now,
      paid.get(profile.name) as Paid,
    ),
  )
let terminals = { epoch: epoch(), list: freshTerminals() }

const batch = Math.max(FEWEST, Math.ceil(paymentsPerSecond * SECONDS_AHEAD))
let comingAt = 0
function replenish(): void {
  if (customers.waiting() >= batch / 2 || performance.now() < comingAt) return
  comingAt = Number.POSITIVE_INFINITY
  registerNewcomers(console, random, now(), batch)
    .then((newcomers) => {
      customers.add(newcomers)
      comingAt = 0
    })
    .catch((error: Error) => {
      log.note(error.name)
      comingAt = performance.now() + RETRY_MILLIS
    })
}

setInterval(() => parentPort?.postMessage(log.counts()), REPORT_MILLIS)
setInterval(log.sum, SUM_MILLIS)
play({
  paymentsPerSecond,
  random,
  customers,
  terminals: () => {
    if (terminals.epoch !== epoch()) terminals = { epoch: epoch(), list: freshTerminals() }
    return terminals.list
  },
  epoch,
  replenish,
  log,
})
