/**
 * Runs each function of the cloud assembly in a worker thread of its own: its bundle, its environment, its credentials, the
 * hub's clock. Up to 16 events interleave in one thread, as nothing in the house may keep state between events; with
 * `isolates: 'strict'` one at a time. A thread that crashes is replaced and its events fail; one in which an event ran out
 * of time finishes the others and is replaced.
 */
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { FunctionPlan } from '../cloud-assembly/cloud-assembly.ts'
import type { IsolateOptions } from './isolate.ts'
import { nextTraceHeader } from './lineage.ts'

export type Isolates = 'interleaved' | 'strict'

/** What a function threw, in Lambda's words. */
export class FunctionError extends Error {
  readonly errorType: string
  constructor(errorType: string, message: string) {
    super(message)
    this.errorType = errorType
  }
}

export type HostedFunction = {
  readonly plan: FunctionPlan
  /** `traceHeader` carries the event's lineage to every message that the function sends (lineage.ts). */
  readonly invoke: (event: unknown, traceHeader?: string) => Promise<unknown>
  /** Events running or waiting for a place. */
  readonly busy: () => number
  readonly stop: () => Promise<void>
}

export type HostOptions = {
  readonly plan: FunctionPlan
  readonly environment: Readonly<Record<string, string>>
  readonly clock: SharedArrayBuffer
  readonly dataDir: string
  readonly isolates: Isolates
  /** Told of each event when it is over. */
  readonly onFinished?: (event: { readonly millis: number; readonly failed: boolean }) => void
}

type RunningEvent = {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  timer?: NodeJS.Timeout
  /** When its time began: not before the bundle was loaded. */
  startedAt: number
}
type Reply = {
  readonly id: string
  readonly value?: unknown
  readonly error?: { readonly type: string; readonly message: string }
}

const MAX_INTERLEAVED = 16
/** Events leave much behind for a moment. Unbounded, each thread lets that grow, and a hub has many. */
const YOUNG_MEGABYTES = 24

/** One thread and the events in it. Retired: it takes no new ones and ends with its last. */
type Isolate = {
  readonly thread: Worker
  readonly running: Map<string, RunningEvent>
  loaded: boolean
  retired: boolean
}

export function hostFunction(options: HostOptions): HostedFunction {
  const { plan } = options
  const maxEvents = options.isolates === 'strict' ? 1 : MAX_INTERLEAVED
  const isolates = new Set<Isolate>()
  const waiting: (() => void)[] = []
  let stopping = false
  let current: Isolate | undefined = start()

  function start(): Isolate {
    const isolate: Isolate = { thread: threadOf(options), running: new Map(), loaded: false, retired: false }
    isolates.add(isolate)
    isolate.thread.on('message', (reply: Reply | 'loaded') => {
      if (reply !== 'loaded') return finish(isolate, reply)
      isolate.loaded = true
      for (const id of isolate.running.keys()) startTime(isolate, id)
    })
    isolate.thread.on('error', ({ name, message }) => threadEnded(isolate, { type: name, message }))
    isolate.thread.on('exit', () => threadEnded(isolate, { type: 'Runtime.ExitError', message: 'Runtime exited' }))
    return isolate
  }

  function finish(isolate: Isolate, { id, value, error }: Reply): void {
    const entry = isolate.running.get(id)
    if (entry === undefined) return
    isolate.running.delete(id)
    clearTimeout(entry.timer)
    options.onFinished?.({ millis: performance.now() - entry.startedAt, failed: error !== undefined })
    waiting.shift()?.()
    if (isolate.retired && isolate.running.size === 0) void isolate.thread.terminate()
    if (error) entry.reject(new FunctionError(error.type, error.message))
    else entry.resolve(value)
  }

  /** An event's time runs from when the bundle is loaded: in AWS, too, a cold start is not the event's. */
  function startTime(isolate: Isolate, id: string): void {
    const entry = isolate.running.get(id)
    if (entry === undefined) return
    entry.startedAt = performance.now()
    entry.timer = setTimeout(() => timedOut(isolate, id), plan.timeoutMillis)
  }

  /** Whoever waits for a place looks again. */
  function wakeWaiting(): void {
    for (const go of waiting.splice(0)) go()
  }

  /** The thread is gone, and with it every event in it. The next event starts another, so a bundle that cannot load never spins. */
  function threadEnded(isolate: Isolate, error: { readonly type: string; readonly message: string }): void {
    if (!isolates.delete(isolate)) return
    if (current === isolate) current = undefined
    wakeWaiting()
    for (const id of [...isolate.running.keys()]) finish(isolate, { id, error })
    if (!stopping && !isolate.retired) console.error(`Function ${plan.name}: its thread ended (${error.message})`)
  }

  /** Its neighbours in the thread are not to blame: they finish, or run out of their own time; new events go elsewhere. */
  function timedOut(isolate: Isolate, id: string): void {
    isolate.retired = true
    if (current === isolate) current = start()
    wakeWaiting()
    const message = `Task timed out after ${plan.timeoutMillis / 1000} seconds`
    finish(isolate, { id, error: { type: 'Sandbox.Timedout', message } })
  }

  async function invoke(event: unknown, traceHeader = nextTraceHeader([], plan.arn)): Promise<unknown> {
    while (current !== undefined && current.running.size >= maxEvents && !stopping) {
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
    if (stopping) throw new FunctionError('Runtime.ExitError', 'the hub is stopping')
    current ??= start()
    const isolate = current
    const id = randomUUID()
    return new Promise((resolve, reject) => {
      isolate.running.set(id, { resolve, reject, startedAt: performance.now() })
      if (isolate.loaded) startTime(isolate, id)
      const context = contextOf(plan, id)
      isolate.thread.postMessage({ id, event, context, traceHeader, timeoutMillis: plan.timeoutMillis })
    })
  }

  return {
    plan,
    invoke,
    busy: () => [...isolates].reduce((sum, { running }) => sum + running.size, waiting.length),
    stop: async () => {
      stopping = true
      wakeWaiting()
      await Promise.all([...isolates].map(({ thread }) => thread.terminate()))
    },
  }
}

function threadOf({ plan, clock, dataDir, environment }: HostOptions): Worker {
  const data: IsolateOptions = {
    file: plan.file,
    exportName: plan.exportName,
    clock,
    log: logFileOf(dataDir, plan),
  }
  return new Worker(new URL('./isolate.ts', import.meta.url), {
    workerData: data,
    // What the system calls the thread, cut to fifteen letters: a profile or `top -H` shows whose time it is.
    name: plan.channel ?? plan.folder,
    env: { ...environment },
    // As in Lambda, a function that needs more than its memory is ended.
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES, maxOldGenerationSizeMb: plan.memoryMegabytes },
    // Flags of the hub's own process (a debugger, a profiler) are not the functions'.
    execArgv: [],
  })
}

export function logFileOf(dataDir: string, { name }: Pick<FunctionPlan, 'name'>): string {
  return path.join(dataDir, 'logs', `${name}.jsonl`)
}

function contextOf(plan: FunctionPlan, id: string) {
  return {
    functionName: plan.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: plan.arn,
    memoryLimitInMB: String(plan.memoryMegabytes),
    awsRequestId: id,
    logGroupName: plan.logGroup,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
  }
}
