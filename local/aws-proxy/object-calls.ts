/**
 * Calls to S3 at the proxy: permitted by their method and path, then passed through byte by byte in both directions, because a
 * file may be larger than what anybody wants to hold. Refusals and injected faults are in S3's own XML.
 */
import { type Agent, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { xml } from '../emulators/s3/multipart-uploads.ts'
import type { ObjectPermissions, ObjectRequest } from '../iam/object-permissions.ts'
import type { Permission, Policy } from '../iam/policy.ts'
import type { FaultKind } from './faults.ts'

export type ObjectProxy = {
  readonly target: { readonly url: URL; readonly agent: Agent }
  readonly permissionsOf: (request: ObjectRequest) => ObjectPermissions
  readonly policy: Policy
  readonly inject: (touched: readonly string[]) => FaultKind | undefined
  /** Says in AWS's words, and on the console, who may not do what. */
  readonly refusal: (permission: Permission) => string
}

/** Whether a call is one to S3: its signature says for which service it is. */
export function isS3Call({ headers }: IncomingMessage): boolean {
  return /Credential=[^,]*\/s3\/aws4_request/.test(headers.authorization ?? '')
}

export async function answerS3Call(proxy: ObjectProxy, incoming: IncomingMessage, outgoing: ServerResponse) {
  const { method = 'GET', url = '/', headers } = incoming
  const source = headers['x-amz-copy-source']
  const { permissions, touched, listPermission } = proxy.permissionsOf({
    method,
    url,
    copySource: source === undefined ? undefined : String(source),
  })
  const needed = permissions ?? [{ action: `s3:${method}`, resource: '*' }]
  const denied = needed.find((permission) => permissions === null || proxy.policy(permission) !== 'allowed')
  if (denied !== undefined) return fail(incoming, outgoing, 403, 'AccessDenied', proxy.refusal(denied))
  const fault = proxy.inject(touched)
  if (fault === 'throttle') return fail(incoming, outgoing, 503, 'SlowDown', 'injected by /__local/fault')
  if (fault === 'error') return fail(incoming, outgoing, 500, 'InternalError', 'injected by /__local/fault')
  if (fault === 'delay') await sleep(500)
  const hides = (method === 'GET' || method === 'HEAD') && proxy.policy(listPermission) !== 'allowed'
  await forward(proxy, incoming, outgoing, fault, hides ? listPermission : undefined)
}

function forward(
  { target, refusal }: ObjectProxy,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  fault: FaultKind | undefined,
  hiddenBy: Permission | undefined,
): Promise<void> {
  const { host: _host, connection: _connection, expect: _expect, ...headers } = incoming.headers
  const { url, agent } = target
  return new Promise((resolve, reject) => {
    const onward = httpRequest(
      { host: url.hostname, port: url.port, method: incoming.method, path: incoming.url, agent, headers },
      (reply) => {
        reply.once('error', reject)
        if (fault === 'timeout-after-commit') {
          // It is done; the caller will never know.
          reply.resume()
          outgoing.destroy()
          return resolve()
        }
        if (reply.statusCode === 404 && hiddenBy !== undefined) {
          reply.resume()
          fail(incoming, outgoing, 403, 'AccessDenied', refusal(hiddenBy))
          return resolve()
        }
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(outgoing)
        reply.once('end', resolve)
        outgoing.once('close', () => {
          reply.destroy()
          resolve()
        })
      },
    )
    onward.once('error', reject)
    // A caller that goes away in the middle takes its half of an object with it.
    incoming.once('close', () => {
      if (!incoming.complete) onward.destroy()
    })
    incoming.pipe(onward)
  })
}

function fail(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  incoming.resume()
  const body = incoming.method === 'HEAD' ? '' : xml('Error', { Code: code, Message: message })
  outgoing.writeHead(status, { 'content-type': 'application/xml' }).end(body)
}
