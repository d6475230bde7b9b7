/** `npm start`: the local hub with demo members and traffic. What it obeys is in the README (PORT, HUB_…). */
import path from 'node:path'
import { channels } from '../shared/channels/registry.ts'
import { readInstant } from './clock.ts'
import { loadDemo } from './demo/index.ts'
import { type Hub, startHub } from './hub.ts'
import { type BackOffice, startBackOffice } from './partner-simulator/back-office.ts'
import { partnerCollections } from './partner-simulator/collections.ts'
import { startTraffic, type Traffic, trafficPace } from './partner-simulator/traffic.ts'

const say = (line: string) => line && console.log(line)
const SHUTDOWN_MILLIS = 9_000
/** From the start of this process, bundling included. */
const READY_MILLIS = 24_000

let hub: Hub | undefined
let traffic: Traffic | undefined
let backOffice: BackOffice | undefined
let stopping = false

async function stop(signal: string): Promise<void> {
  if (stopping) return
  stopping = true
  say(`\n${signal}: stopping …`)
  // Whatever hangs, the terminal is free again in time: every child ends with this process.
  setTimeout(() => process.exit(1), SHUTDOWN_MILLIS).unref()
  await traffic?.stop()
  await backOffice?.stop()
  await hub?.stop()
  say('Stopped; everything is kept for the next start.')
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(signal))

try {
  const { env } = process
  const pace = trafficPace(env.HUB_TRAFFIC)
  const startsAt = env.HUB_CLOCK === undefined ? undefined : readInstant(env.HUB_CLOCK)
  hub = await startHub({
    port: portOf(env.PORT),
    dataDir: path.resolve(env.HUB_DATA_DIR ?? '.hub'),
    clock: startsAt,
    isolates: env.HUB_ISOLATES === 'strict' ? 'strict' : 'interleaved',
    say,
  })
  const { url, dataDir, clock } = hub
  const demo = env.HUB_DEMO === 'off' ? Promise.resolve() : loadDemo(demoHubOf(hub))
  // On a busy machine the demo goes on in the background: the hub serves after this time at the latest.
  const isLate = Promise.withResolvers<'late'>()
  setTimeout(() => isLate.resolve('late'), Math.max(0, READY_MILLIS - performance.now())).unref()
  if ((await Promise.race([demo, isLate.promise])) === 'late') say('Demo: still loading, it goes on in the background')
  // Ctrl-C while the demo was loading: `leave` ends the process, nothing more is begun.
  if (stopping) await new Promise(() => {})
  // The demo took some seconds; a clock that was asked for starts at this line.
  if (startsAt !== undefined) clock.set(startsAt)
  say(`Hub ready: ${url}`)
  say(
    `Keys and tokens: ${path.relative('.', path.join(dataDir, 'sandbox'))}/   Logs: ${path.relative('.', path.join(dataDir, 'logs'))}/   Ctrl-C stops.`,
  )
  say(`Answers to the channels’ files: ${path.relative('.', path.join(dataDir, 'outgoing'))}/<channel>/`)
  await demo
  if (stopping) await new Promise(() => {})
  if (pace !== null) traffic = startTraffic({ url, dataDir, clock: clock.memory, paymentsPerSecond: pace }, say)
  if (env.HUB_DEMO !== 'off') {
    backOffice = backOfficeOf(hub)
    // With terminals that rest, the past of the demo is settled and that is all.
    if (pace === null) await backOffice.deliverPast()
    else {
      backOffice.start()
      hub.onClockMoved(backOffice.catchUp)
    }
  }
} catch (error) {
  console.error(sayWhy(error as NodeJS.ErrnoException))
  await hub?.stop()
  process.exit(1)
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? '8787')
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new RangeError(`expected PORT to be a port number, got "${text}"`)
}

function backOfficeOf({ dataDir, files, clock }: Hub): BackOffice {
  const profiles = channels.map(({ profile }) => profile)
  return startBackOffice({ dataDir, collections: partnerCollections(dataDir), profiles, files, now: clock.now, say })
}

function demoHubOf({ url, dataDir, clock, dynamoEndpoint, assembly, secret }: Hub) {
  const table = (name: string) => assembly.tables.find((each) => each.name.endsWith(`-${name}`))?.name as string
  const tables = {
    'payment-decisions': table('payment-decisions'),
    facts: table('facts'),
    memberships: table('memberships'),
    contacts: table('contacts'),
    bills: table('bills'),
    'evidence-data-keys': table('evidence-data-keys'),
  }
  return { url, dataDir, now: clock.now, dynamoEndpoint, tables, secret, say }
}

function sayWhy(error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE')
    return 'The port is in use. Stop what uses it, or start with another one: PORT=8788 npm start'
  return `The hub could not start: ${error.message}`
}
