/**
 * The local hub: the synthesized cloud assembly, running. Starts what the template says on this machine and nothing else:
 * tables, queues, files, pipes, functions, schedules, both HTTP APIs. Used by main.ts, by journeys and by benchmarks.
 *
 * Promises: everything listens on 127.0.0.1; state lives in the data folder and survives a kill; `stop` ends all of it.
 */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { SQSClient } from '@aws-sdk/client-sqs'
import { buildDashboard, DASHBOARD_FOLDER } from '../infra/build-dashboard.ts'
import { registeredProfiles } from '../infra/registered-profiles.ts'
import { businessDateOf, instant } from '../shared/domain/instant.ts'
import { prepareEvidenceKeys } from '../shared/store/evidence/evidence.ts'
import { listen } from './api-gateway/listener.ts'
import { localCalls } from './api-gateway/local-calls.ts'
import { type Identity, startAwsProxy } from './aws-proxy/aws-proxy.ts'
import { faultInjector } from './aws-proxy/faults.ts'
import { type HubClock, hubClock } from './clock.ts'
import type { CloudAssembly } from './cloud-assembly/cloud-assembly.ts'
import { REGION } from './cloud-assembly/template.ts'
import { currentAssembly } from './cloud-assembly/up-to-date.ts'
import { dashboardPages } from './dashboard/serve-dashboard.ts'
import { startCloudWatch } from './emulators/cloudwatch/cloudwatch.ts'
import { type Database, HUB_CREDENTIALS, startDatabase } from './emulators/dynamodb/dynamodb.ts'
import { startNoticeLog } from './emulators/notices/notice-log.ts'
import { watchDropFolder } from './emulators/s3/drop-folder.ts'
import { type FileUploads, fileUploads } from './emulators/s3/file-uploads.ts'
import { startS3 } from './emulators/s3/s3.ts'
import { type Queues, startQueues } from './emulators/sqs/sqs.ts'
import { startPipe } from './event-sources/pipe.ts'
import { startPoller } from './event-sources/queue-poller.ts'
import { untilQuiet } from './event-sources/quiet.ts'
import { startSchedules } from './event-sources/schedules.ts'
import { keysAtStart } from './event-sources/start-keys.ts'
import { startRepair } from './event-sources/start-repair.ts'
import { startStreamMapping } from './event-sources/stream-mapping.ts'
import { tableWrites, type WritesOfTable } from './event-sources/table-writes.ts'
import { assertPermitted } from './iam/wiring.ts'
import { environmentOf, identityOf } from './lambda-runtime/function-environment.ts'
import { type HostedFunction, hostFunction, type Isolates, logFileOf } from './lambda-runtime/functions.ts'
import { waitForLock, withLock } from './lock.ts'
import { writeBank } from './sandbox/bank.ts'
import { ensureOperators, operatorKey, verifierOf } from './sandbox/operators.ts'
import { clientCertificateOf, ensureSecrets, readSecret } from './sandbox/secrets.ts'
import { localSignIn, signInConfig } from './sign-in/provider.ts'

export type HubOptions = {
  /** 0: the system picks one. */
  readonly port: number
  readonly dataDir: string
  /** Where the hub's clock starts, in milliseconds; undefined: real time. */
  readonly clock?: number | undefined
  readonly isolates: Isolates
  readonly say: (line: string) => void
}

export type Hub = {
  readonly url: string
  readonly dataDir: string
  readonly assembly: CloudAssembly
  readonly clock: HubClock
  readonly dynamoEndpoint: string
  readonly proxyPort: number
  readonly identities: readonly Identity[]
  /** Delivers files of partners and banks into the bucket. */
  readonly files: FileUploads
  /** Sets what is called when the clock was moved forward, before the schedules that fell due: what partners send meanwhile. */
  readonly onClockMoved: (arriving: () => Promise<void>) => void
  /** The text of a secret: a channel's name, `digests` or `evidence`. */
  readonly secret: (name: string) => Promise<string>
  /** Resolves with the names of what is left when patience ends, a minute if not stated; empty when all is quiet. */
  readonly waitUntilQuiet: (patienceMillis?: number) => Promise<readonly string[]>
  readonly stop: () => Promise<void>
}

type Stop = () => Promise<void> | void

export async function startHub(options: HubOptions): Promise<Hub> {
  const { dataDir, say } = options
  for (const folder of ['logs', 'secrets', 'sandbox'])
    mkdirSync(path.join(dataDir, folder), { recursive: true, mode: 0o700 })
  const lock = await waitForLock(path.join(dataDir, 'hub.lock'))
  if (!lock)
    throw new Error(
      `expected no other hub to run in ${dataDir}; stop it, or set HUB_DATA_DIR and PORT to start a second one`,
    )
  const stops: Stop[] = [lock.release]
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each()
  }
  try {
    return await start(options, stops, stop)
  } catch (error) {
    await stop()
    throw error
  } finally {
    say('')
  }
}

async function start(options: HubOptions, stops: Stop[], stop: () => Promise<void>): Promise<Hub> {
  const { dataDir, say } = options
  const assembly = await currentAssembly(say)
  assertPermitted(assembly)
  // In a process of its own beside the tables and functions, which need a second anyway.
  const dashboardBuilt = withLock(path.join(DASHBOARD_FOLDER, '..', '..', '.building-dashboard'), () =>
    buildDashboard(say),
  )
  dashboardBuilt.catch(() => {})
  say('Starting tables and queues …')
  const [database, queues] = await Promise.all([
    startDatabase(dataDir, assembly.tables),
    startQueues(dataDir, assembly.queues),
  ])
  stops.push(database.stop, queues.stop)
  const clock = hubClock()
  const logs = assembly.functions.map((plan) => logFileOf(dataDir, plan))
  const [s3, notices, cloudWatch] = await Promise.all([
    startS3(dataDir, assembly.buckets, queues, clock.memory),
    startNoticeLog(dataDir, clock.memory),
    startCloudWatch({ now: clock.now, logs }),
    ensureOperators(dataDir),
    writeBank(dataDir, clock.now()),
  ])
  stops.push(s3.stop, notices.stop, cloudWatch.stop)
  // Set again when everything runs; until then, what the last run left over must not be handled at another time.
  if (options.clock !== undefined) clock.set(options.clock)
  const secretNames = assembly.secrets.map(({ name }) => name)

  say('Starting the functions …')
  const identities = assembly.functions.map(identityOf)
  const endpoints = {
    dynamodb: database.endpoint,
    sqs: queues.endpoint,
    s3: s3.endpoint,
    notices: notices.endpoint,
    cloudwatch: cloudWatch.endpoint,
  }
  const proxy = await startAwsProxy({ assembly, ...endpoints, dataDir, clock: clock.memory, identities })
  stops.push(proxy.stop)
  const functions = assembly.functions.map((each, i) =>
    hostFunction({
      plan: each,
      environment: environmentOf(each, identities[i] as Identity, proxy),
      clock: clock.memory,
      dataDir,
      isolates: options.isolates,
      onFinished: (event) => cloudWatch.ran({ functionName: each.name, ...event }),
    }),
  )
  stops.push(async () => {
    await Promise.all(functions.map((each) => each.stop()))
  })
  const functionOf = (arn: string) => functionNamed(functions, arn)
  const eventSources = startEventSources({
    options,
    assembly,
    database,
    queues,
    clock,
    functionOf,
    injected: proxy.injected,
    writes: tableWrites(
      proxy.writes,
      assembly.tables.map(({ name }) => name),
    ),
  })
  stops.push(eventSources.stop)

  const files = fileUploads(s3.endpoint, assembly.buckets)
  const folder = watchDropFolder(dataDir, files, say)
  stops.push(files.close, folder.stop)
  const pendingNotifications = async () => (await folder.waiting()) + (await s3.pendingNotifications())
  const waitUntilQuiet = (patienceMillis?: number) =>
    untilQuiet(
      {
        pipes: eventSources.pipes,
        queues: assembly.queues,
        counts: queues.counts,
        functions,
        pendingNotifications,
      },
      patienceMillis,
    )
  let arrive: (() => Promise<void>) | undefined
  const arrivals = async () => {
    await arrive?.()
    if (arrive !== undefined) await waitUntilQuiet()
  }
  const local = localCalls({
    clock,
    schedules: eventSources.schedules,
    waitUntilQuiet,
    proxy,
    faults: eventSources.faults,
    arrivals,
  })
  await dashboardBuilt
  let origin = ''
  const verify = await verifierOf(dataDir, clock.now, () => signInConfig(origin).issuer)
  const certificates = new Map<string, string>()
  const certificateFor = (arn: string) => certificates.get(functionOf(arn).plan.channel ?? '')
  const listener = await listen({
    port: options.port,
    routes: assembly.routes,
    functionOf,
    verify,
    certificateFor,
    now: clock.now,
    local,
    pages: dashboardPages(DASHBOARD_FOLDER, () => signInConfig(origin)),
    signIn: localSignIn(await operatorKey(dataDir), () => origin),
  })
  stops.push(listener.stop)
  const url = `http://127.0.0.1:${listener.port}`
  origin = url
  await ensureSecrets(dataDir, secretNames, registeredProfiles(), url)
  for (const { name } of registeredProfiles()) {
    const certificate = await clientCertificateOf(dataDir, name)
    if (certificate !== undefined) certificates.set(name, certificate)
  }
  if (options.clock !== undefined) clock.set(options.clock)
  eventSources.schedules.forget()
  const secret = (name: string) => readSecret(dataDir, name)
  const { sqs } = eventSources
  const areThere = async () => {
    const { keys } = prepareEvidenceKeys(await secret('evidence'))
    return keys.has(businessDateOf(instant(Math.trunc(clock.now()))))
  }
  await keysAtStart({ queues: assembly.queues, sqs, urlOf: queues.urlOf, areThere })
  const repair = await startRepair({ queues: assembly.queues, sqs, urlOf: queues.urlOf })
  stops.push(repair.stop)
  return {
    url,
    dataDir,
    assembly,
    clock,
    dynamoEndpoint: database.endpoint,
    proxyPort: proxy.port,
    identities,
    files,
    onClockMoved: (arriving) => {
      arrive = arriving
    },
    secret,
    waitUntilQuiet,
    stop,
  }
}

type EventSourceOptions = {
  readonly options: HubOptions
  readonly assembly: CloudAssembly
  readonly database: Database
  readonly queues: Queues
  readonly clock: HubClock
  readonly functionOf: (arn: string) => HostedFunction
  /** The proxy's count of injected faults: those of the event sources are added to it. */
  readonly injected: SharedArrayBuffer
  readonly writes: ReadonlyMap<string, WritesOfTable>
}

/** What invokes functions without a call from outside: pipes, event source mappings, schedules. */
function startEventSources({
  options,
  assembly,
  database,
  queues,
  clock,
  functionOf,
  injected,
  writes,
}: EventSourceOptions) {
  const place = { endpoint: queues.endpoint, region: REGION, credentials: HUB_CREDENTIALS }
  // Its middleware is built once per kind of command, not per call: pollers call all the time.
  const sqs = new SQSClient({ ...place, cacheMiddleware: true })
  const faults = faultInjector(injected)
  const { urlOf } = queues
  const common = { endpoint: database.endpoint, dataDir: options.dataDir, faults }
  const streamOf = (tableArn: string, reader: string) => {
    const streamArn = database.streams.get(tableArn)
    const writesOfTable = writes.get(assembly.tables.find(({ arn }) => arn === tableArn)?.name ?? '')
    if (streamArn === undefined || writesOfTable === undefined)
      throw new Error(`expected ${tableArn}, which ${reader} reads, to have a stream`)
    return { streamArn, writes: writesOfTable }
  }
  const pipes = [
    ...assembly.pipes.map((plan) => startPipe({ ...common, plan, ...streamOf(plan.tableArn, plan.name), sqs, urlOf })),
    ...assembly.streamMappings.map((plan) => {
      const target = functionOf(plan.functionArn)
      return startStreamMapping({ ...common, plan, ...streamOf(plan.tableArn, plan.name), target })
    }),
  ]
  const pollers = assembly.mappings.map((mapping) =>
    startPoller({ plan: mapping, url: urlOf(mapping.queueArn), sqs, target: functionOf(mapping.functionArn), faults }),
  )
  const schedules = startSchedules({ plans: assembly.schedules, now: clock.now, sqs, urlOf, functionOf })
  const stop = async () => {
    schedules.stop()
    await Promise.all([...pipes, ...pollers].map((each) => each.stop()))
    sqs.destroy()
  }
  return { sqs, faults, pipes, schedules, stop }
}

function functionNamed(functions: readonly HostedFunction[], arn: string): HostedFunction {
  const found = functions.find(({ plan }) => plan.arn === arn)
  if (found === undefined) throw new Error(`expected ${arn} to be a function of the template`)
  return found
}
