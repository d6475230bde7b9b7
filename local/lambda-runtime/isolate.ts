/**
 * The inside of a function's thread: sets the hub's clock, sends what the bundle prints to its log file, loads the bundle and
 * hands it events. Everything that the deployed function would find different is made alike here, before it loads.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdirSync, openSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'

export type IsolateOptions = {
  readonly file: string
  readonly exportName: string
  readonly clock: SharedArrayBuffer
  readonly log: string
}
type Work = {
  readonly id: string
  readonly event: unknown
  readonly context: object
  readonly traceHeader: string
  readonly timeoutMillis: number
}
type Handler = (event: unknown, context: object) => Promise<unknown>

const options = workerData as IsolateOptions
followClock(options.clock)
printTo(options.log)
const traceHeaders = provideTraceHeaders()
const loaded = createRequire(import.meta.url)(options.file) as Readonly<Record<string, Handler>>
const handler = loaded[options.exportName]
if (handler === undefined) throw new Error(`expected ${options.file} to export ${options.exportName}`)

parentPort?.postMessage('loaded')
parentPort?.on('message', async ({ id, event, context, traceHeader, timeoutMillis }: Work) => {
  const deadline = performance.now() + timeoutMillis
  const full = { ...context, getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()) }
  try {
    const value = await traceHeaders.run(traceHeader, () => handler(event, full))
    parentPort?.postMessage({ id, value: value === undefined ? null : value })
  } catch (error) {
    const { name = 'Error', message = String(error) } = (error ?? {}) as Partial<Error>
    parentPort?.postMessage({ id, error: { type: name, message } })
  }
})

/**
 * Where the SDK looks for the trace header of the event that it works for: in Lambda's invoke store. Kept per event, because
 * events interleave in this thread and one variable of the environment would mix their lineages.
 */
function provideTraceHeaders(): AsyncLocalStorage<string> {
  const headers = new AsyncLocalStorage<string>()
  const InvokeStore = { getXRayTraceId: () => headers.getStore() }
  Object.assign(globalThis, { awslambda: { InvokeStore } })
  return headers
}

/** `Date` tells the hub's time; `performance.now` and timers run as they do. */
function followClock(memory: SharedArrayBuffer): void {
  const offset = new Float64Array(memory)
  const RealDate = Date
  const now = () => Math.trunc(RealDate.now() + (offset[0] as number))
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, self) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, self === globalThis.Date ? target : self),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  })
}

/** Written at once and past the stream of the thread, so that no line is lost when the hub is killed. */
function printTo(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true })
  const descriptor = openSync(file, 'a', 0o600)
  const write = (chunk: string | Uint8Array, encoding?: unknown, done?: unknown): boolean => {
    writeSync(descriptor, typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
    const after = typeof encoding === 'function' ? encoding : done
    if (typeof after === 'function') after()
    return true
  }
  process.stdout.write = write as typeof process.stdout.write
  process.stderr.write = write as typeof process.stderr.write
}
