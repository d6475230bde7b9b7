/**
 * The short way of a function's calls to its tables: what its role plainly allows goes from its own thread straight to the
 * emulator. Everything else goes the long way through the proxy, which decides as ever: other services, calls that the role
 * does not allow, operations that nobody listed, other credentials than its own, and every call while a fault is armed.
 *
 * So the short way never refuses and never injects: it can only be quicker. Knows the SDK's HTTP handler, which is all that
 * a bundle sends with, and nothing of what the bundle does.
 */
import { EventEmitter } from 'node:events'
import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { Readable } from 'node:stream'
import type { CloudAssembly } from '../cloud-assembly/cloud-assembly.ts'
import type { Statement } from '../cloud-assembly/roles.ts'
import { type Body, callOf, permissionsFrom } from '../iam/operations.ts'
import { policyOf } from '../iam/policy.ts'
import { type DirectCalls, type DirectReply, directCalls } from './direct-calls.ts'

export type ShortWay = {
  /** Where the bundle believes that AWS is. */
  readonly proxyPort: number
  readonly dynamo: string
  /** Not 0 while a fault is armed; written by ../proxy/proxy.ts. */
  readonly armed: SharedArrayBuffer
  readonly accessKeyId: string
  readonly statements: readonly Statement[]
  readonly plan: Pick<CloudAssembly, 'tables' | 'queues'>
}

type Callback = (response: IncomingMessage) => void
type Request = (options: RequestOptions, callback: Callback) => ClientRequest
/** Whether this call may go by itself. */
type Allows = (target: string, authorization: string, body: string) => boolean

/** Once per thread, before the bundle loads. */
export function takeShortWay(order: ShortWay): void {
  const long = http.request as Request
  const lines = directCalls(new URL(order.dynamo))
  const allows = allowsOf(order)
  const short: Request = (options, callback) => {
    const { headers, method, host, port } = options
    const target = (headers as Readonly<Record<string, unknown>> | undefined)?.['x-amz-target']
    const isOurs = host === '127.0.0.1' && Number(port) === order.proxyPort && method === 'POST'
    if (!isOurs || typeof target !== 'string' || !target.startsWith('DynamoDB_')) return long(options, callback)
    return new HeldCall({ options, callback, long, lines, allows }) as unknown as ClientRequest
  }
  Object.assign(http, { request: short })
}

export function allowsOf({ armed, accessKeyId, statements, plan }: Omit<ShortWay, 'proxyPort' | 'dynamo'>): Allows {
  const needs = permissionsFrom(plan)
  const judge = policyOf(statements)
  const faults = new Int32Array(armed)
  const own = `Credential=${accessKeyId}/`
  return (target, authorization, body) => {
    if (Atomics.load(faults, 0) !== 0 || !authorization.includes(own)) return false
    const call = callOf(target)
    const parsed = call?.service === 'dynamodb' ? parse(body) : undefined
    if (!call || !parsed) return false
    const { permissions } = needs(call, parsed)
    return permissions?.every((permission) => judge(permission) === 'allowed') ?? false
  }
}

type Held = {
  readonly options: RequestOptions
  readonly callback: Callback
  readonly long: Request
  readonly lines: DirectCalls
  readonly allows: Allows
}

/** What the SDK's HTTP handler needs of a request. Which way it goes is decided when its body is there. */
class HeldCall extends EventEmitter {
  readonly #held: Held
  readonly #line
  #gone: ClientRequest | undefined
  #ended = false

  constructor(held: Held) {
    super()
    this.#held = held
    this.#line = held.lines.take()
  }

  get socket() {
    return this.#line.socket
  }

  end(body: Buffer | string = ''): this {
    const { options, callback, long, allows } = this.#held
    const headers = options.headers as Readonly<Record<string, unknown>>
    const head = headOf(String(options.path), headers)
    const text = body.toString()
    if (head === undefined || !allows(String(headers['x-amz-target']), String(headers.authorization), text)) {
      this.#line.release()
      this.#gone = long(options, callback)
      this.#gone.on('error', (error) => this.emit('error', error))
      this.#gone.on('close', () => this.emit('close'))
      this.#gone.end(body)
      return this
    }
    this.#line.post(head + text, {
      took: (reply) => {
        this.#ended = true
        const response = responseOf(reply)
        callback(response)
        this.emit('response', response)
        this.emit('close')
      },
      failed: (error) => this.#fail(error),
    })
    return this
  }

  destroy(error: Error = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })): this {
    if (this.#gone) this.#gone.destroy(error)
    else if (!this.#ended) {
      this.#line.cut()
      process.nextTick(() => this.#fail(error))
    }
    return this
  }

  #fail(error: Error): void {
    if (this.#ended) return
    this.#ended = true
    this.emit('error', error)
    this.emit('close')
  }
}

/** Undefined where a header could end its line: Node's client says what is wrong with it. */
function headOf(path: string, headers: Readonly<Record<string, unknown>>): string | undefined {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`)
  if (lines.some((line) => /[\r\n]/.test(line)) || /[\r\n ]/.test(path)) return undefined
  return `POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
}

function responseOf({ body, ...head }: DirectReply): IncomingMessage {
  const stream = new Readable({ read() {} })
  stream.push(body)
  stream.push(null)
  return Object.assign(stream, head, { complete: true }) as unknown as IncomingMessage
}

function parse(text: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Body) : undefined
  } catch {
    return undefined
  }
}
