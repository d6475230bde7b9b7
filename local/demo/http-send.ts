/**
 * How sandbox partners reach the hub over HTTP: connections are kept, an answer that takes too long is given up.
 * Throws what the network throws; a partner treats that as a timeout.
 */
import { Agent, request } from 'node:http'
import type { HttpReply, Send } from '../../shared/channel-port/partner.ts'

const PATIENCE_MILLIS = 30_000
const CONNECTIONS = 64

export function httpSend(): Send {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  return (call) =>
    new Promise<HttpReply>((resolve, reject) => {
      const signal = AbortSignal.timeout(PATIENCE_MILLIS)
      const sent = request(call.url, { method: call.method, headers: call.headers, agent, signal }, (reply) => {
        const chunks: Buffer[] = []
        reply.on('data', (chunk: Buffer) => chunks.push(chunk))
        reply.on('error', reject)
        reply.on('end', () => {
          const headers = Object.entries(reply.headers).map(([name, value]) => [name, String(value)])
          const body = Buffer.concat(chunks).toString('utf8')
          resolve({ status: reply.statusCode ?? 0, headers: Object.fromEntries(headers), body })
        })
      })
      sent.on('error', reject)
      sent.end(call.body ?? undefined)
    })
}
