/**
 * One channel's endpoint and the baselines in one process, played in turn, block by block; counts the process's own CPU.
 * Started by bench/endpoint.ts with the endpoint's environment; reports over IPC. Lambda gives a function one event at a time, and so
 * does this.
 */
import { createRequire } from 'node:module'
import type { HttpCall } from '../shared/channel-port/partner.ts'
import { type Instant, instant } from '../shared/domain/instant.ts'
import type { BaselineHandler, BaselineScript } from './baseline-calls.ts'
import { CONTESTANTS, type Contestant } from './contestants.ts'
import { baseUrlOf, sandboxOf } from './local-endpoint.ts'

export type WorkerInput = {
  readonly channel: string
  readonly bundles: Readonly<Record<Contestant, string>>
  /** What the partner's sandbox file holds. */
  readonly keys: Readonly<Record<string, unknown>>
  /** The client certificate that the gateway hands over, in PEM. */
  readonly certificate: string
  readonly payment: { readonly customerId: string; readonly amountRupiah: number; readonly adminFeeRupiah: number }
  readonly blocks: number
  readonly perBlock: number
}
/** Microseconds of CPU per payment, a figure for each block. */
export type WorkerResult = Readonly<Record<Contestant, readonly number[]>>

type Event = ReturnType<typeof eventOf>
type Handler = (event?: Event, context?: object) => Promise<{ readonly statusCode: number; readonly body: string }>

const require = createRequire(import.meta.url)
const now = (): Instant => instant(Date.now())
const CONTEXT = { awsRequestId: '5b1f6a52-0c3f-4a5e-9f10-000000000000', getRemainingTimeInMillis: () => 10_000 }

let handlers: Readonly<Record<Contestant, Handler>> | undefined
let work: WorkerInput
let calls: readonly HttpCall[] = []

process.on('message', async (message: WorkerInput | BaselineScript | 'one' | 'measure') => {
  if (message === 'one') return process.send?.(await playOne())
  if (message === 'measure') return process.send?.(await measure())
  if ('channel' in message) {
    work = message
    return
  }
  const baselineOf = (bundle: string) =>
    (require(bundle) as { handlerOf: (script: BaselineScript) => BaselineHandler }).handlerOf(message)
  const { endpoint, sdk, own } = work.bundles
  const { handler } = require(endpoint) as { handler: Handler }
  handlers = { endpoint: handler, sdk: baselineOf(sdk), own: baselineOf(own) }
  process.send?.('ready')
})
process.once('disconnect', () => process.exit())

/** One payment through the endpoint, so that whoever records its calls sees those of one. */
async function playOne(): Promise<string> {
  const { handler } = require(work.bundles.endpoint) as { handler: Handler }
  if (calls.length === 0) calls = await signedCalls(handler)
  const { statusCode, body } = await handler(eventOf(work.channel, work.certificate, calls[0] as HttpCall), CONTEXT)
  return `${statusCode} ${body}`
}

async function signedCalls(handler: Handler): Promise<readonly HttpCall[]> {
  const { channel, certificate, keys, payment, perBlock } = work
  const send = async (call: HttpCall) => {
    const { statusCode, body } = await handler(eventOf(channel, certificate, call), CONTEXT)
    return { status: statusCode, headers: {}, body }
  }
  const file = { channel, protocol: '', baseUrl: baseUrlOf(channel), ...keys }
  const partner = (await sandboxOf(channel)).partner(file, send, now)
  return Promise.all(
    Array.from({ length: perBlock }, (_, i) =>
      partner.sign('payment', { ...payment, id: `BENCH-${channel}-${i}`, months: 1, outlet: 'T1234' }),
    ),
  )
}

async function measure(): Promise<WorkerResult> {
  if (!handlers) throw new Error('expected a script before the measurement')
  const events = calls.map((call) => eventOf(work.channel, work.certificate, call))
  const worked: Record<Contestant, number[]> = { endpoint: [], sdk: [], own: [] }
  // The first rounds warm all of them up and are not counted.
  for (let block = -3; block < work.blocks; block++) {
    for (const name of CONTESTANTS) {
      const micros = await microsOf(handlers[name], events)
      if (block >= 0) worked[name].push(micros)
    }
  }
  return worked
}

async function microsOf(handler: Handler, events: readonly Event[]): Promise<number> {
  globalThis.gc?.()
  const start = process.cpuUsage()
  for (const event of events) {
    const { statusCode } = await handler(event, CONTEXT)
    if (statusCode !== 200) throw new Error(`expected every payment to be accepted, got HTTP ${statusCode}`)
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / events.length
}

/** As API Gateway's HTTP API sends it, payload 2.0. */
function eventOf(channel: string, certificate: string, call: HttpCall) {
  const url = new URL(call.url)
  const proxy = url.pathname.slice(`/channels/${channel}/`.length)
  return {
    version: '2.0',
    routeKey: `ANY /channels/${channel}/{proxy+}`,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name.toLowerCase(), value])),
    pathParameters: { proxy },
    requestContext: {
      authentication: { clientCert: { clientCertPem: certificate } },
      http: { method: call.method, path: url.pathname, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: `ANY /channels/${channel}/{proxy+}`,
      stage: '$default',
    },
    body: call.body ?? undefined,
    isBase64Encoded: false,
  }
}
