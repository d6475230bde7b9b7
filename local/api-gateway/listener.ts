/**
 * The one address of the local hub: both HTTP APIs of the template, the dashboard with its sign-in where no route is, and
 * `/__local`, which only a laptop has. Limits, refusals and error bodies are the gateway's own. Listens on 127.0.0.1 only.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { RoutePlan } from '../cloud-assembly/cloud-assembly.ts'
import type { HostedFunction } from '../lambda-runtime/functions.ts'
import { bytesWithin } from '../message-bytes.ts'
import type { Verifier } from '../sandbox/operators.ts'
import { gatewayEvent, headersOf } from './gateway-event.ts'
import { routerOf } from './routes.ts'
import { throttles } from './throttle.ts'

const MAX_BODY_BYTES = 10 * 1024 * 1024
const MAX_HEADER_BYTES = 10_240
const INTEGRATION_MILLIS = 30_000
/** A client that takes longer to send its request than this is cut off. */
const REQUEST_MILLIS = 30_000
/** How often that is looked after; Node's own interval would let it have twice the time. */
const CHECK_MILLIS = 5_000

export type LocalCall = { readonly method: string; readonly path: string; readonly body: Buffer }
export type LocalReply = { readonly status: number; readonly body: unknown }

export type ListenerOptions = {
  readonly port: number
  readonly routes: readonly RoutePlan[]
  readonly functionOf: (arn: string) => HostedFunction
  readonly verify: Verifier
  /** The certificate, in PEM, that a caller of this function would present; undefined where the API asks for none. */
  readonly certificateFor: (functionArn: string) => string | undefined
  readonly now: () => number
  /** `/__local/…`. */
  readonly local: (call: LocalCall) => Promise<LocalReply>
  /** The dashboard's files and pages; false where a request is not for it. */
  readonly pages?: (incoming: IncomingMessage, outgoing: ServerResponse, path: string) => boolean
  /** `/oidc/…`: where people sign in. It reads the request itself. */
  readonly signIn?: (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>
}

export type Listener = { readonly port: number; readonly stop: () => Promise<void> }

export async function listen(options: ListenerOptions): Promise<Listener> {
  const route = routerOf(options.routes)
  const admits = throttles()
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES + 4_096,
      requestTimeout: REQUEST_MILLIS,
      connectionsCheckingInterval: CHECK_MILLIS,
    },
    (incoming, outgoing) => {
      answer(incoming, outgoing).catch(() => outgoing.destroy())
    },
  )
  server.keepAliveTimeout = 75_000

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const [encodedPath = '/', ...rest] = (incoming.url ?? '/').split('?')
    const path = decoded(encodedPath)
    const rawQuery = rest.join('?')
    if (options.signIn !== undefined && path?.startsWith('/oidc/')) return options.signIn(incoming, outgoing)
    const body = await bytesWithin(incoming, MAX_BODY_BYTES)
    if (body === 'too-large') return send(outgoing, 413, { message: 'Request Too Long' })
    if (incoming.rawHeaders.reduce((sum, text) => sum + text.length, 0) > MAX_HEADER_BYTES) {
      return send(outgoing, 431, { message: 'Request Header Fields Too Large' })
    }
    if (path === undefined) return send(outgoing, 400, { message: 'Bad Request' })
    const method = incoming.method ?? 'GET'
    if (path.startsWith('/__local/')) {
      if (!isFromThisMachine(incoming)) return send(outgoing, 403, { message: 'Forbidden' })
      const reply = await options.local({ method, path, body })
      return send(outgoing, reply.status, reply.body)
    }
    const matched = route(method, path)
    if (matched === undefined) {
      if (options.pages?.(incoming, outgoing, path)) return
      return send(outgoing, 404, { message: 'Not Found' })
    }
    if (!admits(matched.route)) return send(outgoing, 429, { message: 'Too Many Requests' })
    const claims = matched.route.signedIn ? await options.verify(headersOf(incoming).authorization) : undefined
    if (matched.route.signedIn && claims === undefined) return send(outgoing, 401, { message: 'Unauthorized' })
    const now = Math.trunc(options.now())
    const event = gatewayEvent(
      { incoming, path, rawQuery, body, now },
      matched,
      claims,
      options.certificateFor(matched.route.functionArn),
    )
    await integrate(options.functionOf(matched.route.functionArn), event, outgoing)
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as { port: number }).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), 2_000).unref()
      }),
  }
}

/**
 * `/__local` asks for no token, and any web page may make a browser send a POST here: its origin, or the name under which it
 * found this machine, gives it away. What is no browser has no origin.
 */
function isFromThisMachine({ headers }: IncomingMessage): boolean {
  const { host, origin } = headers
  return isLoopback(`http://${host}`) && (origin === undefined || isLoopback(origin))
}

function isLoopback(address: string): boolean {
  const hostname = URL.canParse(address) ? new URL(address).hostname : ''
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]'
}

type Answer = {
  readonly statusCode?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly isBase64Encoded?: boolean
  readonly cookies?: readonly string[]
}

async function integrate(target: HostedFunction, event: unknown, outgoing: ServerResponse): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), INTEGRATION_MILLIS)
  })
  try {
    const value = await Promise.race([target.invoke(event), late])
    if (value === 'late') return send(outgoing, 503, { message: 'Service Unavailable' })
    const given = (value ?? {}) as Answer
    if (given.statusCode === undefined) return send(outgoing, 200, value)
    const body = Buffer.from(given.body ?? '', given.isBase64Encoded ? 'base64' : 'utf8')
    const cookies = given.cookies ? { 'set-cookie': [...given.cookies] } : {}
    outgoing.writeHead(given.statusCode, {
      'content-type': 'text/plain; charset=utf-8',
      ...lowerCase(given.headers),
      ...cookies,
      'content-length': body.length,
    })
    outgoing.end(body)
  } catch {
    send(outgoing, 500, { message: 'Internal Server Error' })
  } finally {
    clearTimeout(timer)
  }
}

function lowerCase(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
}

function send(outgoing: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body)
  outgoing.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  outgoing.end(text)
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
