/**
 * Runs each function of the floor plan in a worker thread of its own: its bundle, its environment, its credentials, the
 * hub's clock. Up to 16 events interleave in one thread, as nothing in the house may keep state between events; with
 * `isolates: 'strict'` one at a time. A thread that crashes or runs out of time is replaced; its events fail.
 */
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { FunctionPlan } from '../floor-plan/floor-plan.ts'
import type { IsolateOrder } from './isolate.ts'

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
  readonly invoke: (event: unknown) => Promise<unknown>
  /** Events running or waiting for a place. */
  readonly busy: () => number
  readonly stop: () => Promise<void>
}

export type HostOrder = {
  readonly plan: FunctionPlan
  readonly environment: Readonly<Record<string, string>>
  readonly clock: SharedArrayBuffer
  readonly dataDir: string
  readonly isolates: Isolates
}

type Running = {
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  timer: NodeJS.Timeout
}
type Reply = {
  readonly id: string
  readonly value?: unknown
  readonly error?: { readonly type: string; readonly message: string }
}

const INTERLEAVED = 16

export function hostFunction(order: HostOrder): HostedFunction {
  const { plan } = order
  const places = order.isolates === 'strict' ? 1 : INTERLEAVED
  const running = new Map<string, Running>()
  const waiting: (() => void)[] = []
  let worker = start()
  let stopping = false

  function start(): Worker {
    const data: IsolateOrder = {
      file: plan.file,
      exportName: plan.exportName,
      clock: order.clock,
      log: path.join(order.dataDir, 'logs', `${plan.name}.jsonl`),
    }
    const made = new Worker(new URL('./isolate.ts', import.meta.url), {
      workerData: data,
      env: { ...order.environment },
      // Flags of the hub's own process (a debugger, a profiler) are not the functions'.
      execArgv: [],
    })
    made.on('message', (reply: Reply) => settle(reply))
    made.on('error', (error) => fail(made, error.name, error.message))
    made.on('exit', () => fail(made, 'Runtime.ExitError', 'RequestId: error: Runtime exited'))
    return made
  }

  function settle({ id, value, error }: Reply): void {
    const entry = running.get(id)
    if (entry === undefined) return
    running.delete(id)
    clearTimeout(entry.timer)
    waiting.shift()?.()
    if (error) entry.reject(new FunctionError(error.type, error.message))
    else entry.resolve(value)
  }

  /** The thread is lost, and with it every event in it. */
  function fail(lost: Worker, type: string, message: string): void {
    if (lost !== worker || stopping) return
    worker = start()
    for (const id of [...running.keys()]) settle({ id, error: { type, message } })
  }

  function timedOut(id: string): void {
    settle({
      id,
      error: { type: 'Sandbox.Timedout', message: `Task timed out after ${plan.timeoutMillis / 1000} seconds` },
    })
    const lost = worker
    fail(lost, 'Runtime.ExitError', 'the thread was ended because another event in it ran out of time')
    void lost.terminate()
  }

  async function invoke(event: unknown): Promise<unknown> {
    while (running.size >= places && !stopping) await new Promise<void>((resolve) => waiting.push(resolve))
    if (stopping) throw new FunctionError('Runtime.ExitError', 'the hub is stopping')
    const id = randomUUID()
    return new Promise((resolve, reject) => {
      running.set(id, { resolve, reject, timer: setTimeout(() => timedOut(id), plan.timeoutMillis) })
      worker.postMessage({ id, event, context: contextOf(plan, id), timeoutMillis: plan.timeoutMillis })
    })
  }

  return {
    plan,
    invoke,
    busy: () => running.size + waiting.length,
    stop: async () => {
      stopping = true
      for (const go of waiting.splice(0)) go()
      await worker.terminate()
      for (const { reject, timer } of running.values()) {
        clearTimeout(timer)
        reject(new FunctionError('Runtime.ExitError', 'the hub is stopping'))
      }
    },
  }
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
