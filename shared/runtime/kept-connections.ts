/**
 * The HTTP connections to one service, kept between calls as long as they can be trusted. One try per call, whole answers.
 *
 *   a function is frozen between two events ──> its connections die, no timer runs, nobody tells it
 *
 * Promises: what lay idle too long by the wall clock is closed, not used; on a kept connection silence is taken for death
 * early; after a failure no connection is used that has not answered since, so the next try opens a fresh one. Refuses to
 * know what is sent.
 */
import { type ClientRequest, Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Duplex } from 'node:stream'
import type { HttpRequest } from '@smithy/core/transport'
import { NodeHttpHandler, streamCollector } from '@smithy/node-http-handler'
import type { HttpResponse } from '@smithy/types'

export type Answer = HttpResponse & { readonly body: Uint8Array }
export type Connections = {
  /** Rejects when no whole answer came: the request may have had its effect all the same. */
  readonly send: (request: HttpRequest) => Promise<Answer>
  readonly close: () => void
}

/** An agent is Node's own; a test gives one that opens no connection. */
export type Agent = HttpAgent | HttpsAgent

/** Until a fresh connection is open. */
export const CONNECT_MILLIS = 500
/** Until the whole answer is there, waiting for a connection included: a service may be slow. */
export const ANSWER_MILLIS = 2_000
/** The same from when an idle connection is taken. Most answers take a hundredth of it; after it a fresh one is tried. */
export const KEPT_ANSWER_MILLIS = 800
/** A connection may lie idle so long. Opening one costs some milliseconds; finding out that one is dead costs the above. */
const IDLE_MILLIS = 5_000
/** More than a process has events in flight, each of which reads a few things at once. */
const CONNECTIONS = 64

/** `now`: milliseconds of the wall clock, which goes on while a function is frozen. */
export function newAgent({ secure, now }: { readonly secure: boolean; readonly now: () => number }): Agent {
  const settings = { keepAlive: true, maxSockets: CONNECTIONS }
  return watched(secure ? new HttpsAgent(settings) : new HttpAgent(settings), now)
}

/** When a connection fell idle: it had just answered. */
const idleSince = new WeakMap<Duplex, number>()

/** Node calls an agent when a connection falls idle, and when a request gets one that was: both methods are there to be replaced. */
function watched(agent: Agent, now: () => number): Agent {
  const keep = agent.keepSocketAlive.bind(agent)
  const reuse = agent.reuseSocket.bind(agent)
  agent.keepSocketAlive = (socket) => {
    idleSince.set(socket, now())
    // Node's types say that it returns nothing; its documentation, that anything but true closes the connection.
    return keep(socket)
  }
  agent.reuseSocket = (socket, request) => {
    reuse(socket, request)
    expectSoon(request)
  }
  return agent
}

function expectSoon(request: ClientRequest): void {
  const timer = setTimeout(() => request.destroy(silence(KEPT_ANSWER_MILLIS)), KEPT_ANSWER_MILLIS)
  request.once('close', () => clearTimeout(timer))
}

export function keptConnections(agent: Agent, now: () => number): Connections {
  const handler = new NodeHttpHandler({
    connectionTimeout: CONNECT_MILLIS,
    httpAgent: agent,
    httpsAgent: agent as HttpsAgent,
  })

  const send = async (request: HttpRequest): Promise<Answer> => {
    const start = now()
    closeIdle(agent, (since) => Math.abs(start - since) > IDLE_MILLIS)
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), ANSWER_MILLIS)
    try {
      const { response } = await handler.handle(request, { abortSignal: limit.signal })
      return Object.assign(response, { body: await streamCollector(response.body) })
    } catch (error) {
      // Whatever has not answered since may be as dead as this one.
      closeIdle(agent, (since) => since <= start)
      throw limit.signal.aborted ? silence(ANSWER_MILLIS) : error
    } finally {
      clearTimeout(timer)
    }
  }

  return { send, close: () => agent.destroy() }
}

/** Those in use stay: each has its own call to prove it, or to fail with. */
function closeIdle({ freeSockets }: Agent, isDoubtful: (since: number) => boolean): void {
  for (const sockets of Object.values(freeSockets)) {
    for (const socket of sockets ?? []) if (isDoubtful(idleSince.get(socket) ?? 0)) socket.destroy()
  }
}

function silence(millis: number): Error {
  const error = new Error(`expected a whole answer within ${millis} ms, the connection stayed silent`)
  return Object.assign(error, { name: 'TimeoutError', code: 'ETIMEDOUT' })
}
