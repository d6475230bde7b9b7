/**
 * Calls to the services that carry notices, at the proxy: which they are, whether the role allows them, and their injected faults.
 * What is sent on goes to the notice log (../emulators/notices/notice-log.ts). Knows no member and no text.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { NOTICE_SERVICES, type NoticeService, noticePermissions } from '../iam/notice-permissions.ts'
import type { Body } from '../iam/operations.ts'
import type { Permission, Policy } from '../iam/policy.ts'
import type { FaultKind } from './faults.ts'

/** The service that the call's signature names; undefined for another. */
export function noticeServiceOf({ headers }: IncomingMessage): NoticeService | undefined {
  const scope = /Credential=[^,]*\/([^/,]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1]
  return NOTICE_SERVICES.find((service) => service === scope)
}

/** The first thing that the caller may not do; undefined when it may all. */
export function deniedNotice(
  service: NoticeService,
  incoming: IncomingMessage,
  body: Body | null,
  policy: Policy,
): Permission | undefined {
  const target = String(incoming.headers['x-amz-target'] ?? '')
  const path = (incoming.url ?? '').split('?')[0] as string
  const permissions = noticePermissions({ service, method: incoming.method ?? '', path, target, body: body ?? {} })
  if (permissions === null || body === null) return { action: `${service}:${target || path}`, resource: '*' }
  return permissions.find((permission) => policy(permission) !== 'allowed')
}

/** Whether a fault was answered here, in the service's own way; a delay or a lost answer is left to the caller. */
export function failOnPurpose(service: NoticeService, fault: FaultKind | undefined, outgoing: ServerResponse): boolean {
  if (fault === 'error') sendError(outgoing, 500, 'InternalServerException', 'injected by /__local/fault')
  if (fault === 'throttle') {
    const [status, name] = service === 'ses' ? ([429, 'TooManyRequestsException'] as const) : THROTTLED[service]
    sendError(outgoing, status, name, 'Rate exceeded (injected by /__local/fault)')
  }
  return fault === 'error' || fault === 'throttle'
}

const THROTTLED = {
  'sms-voice': [400, 'ThrottlingException'],
  'social-messaging': [429, 'ThrottledRequestException'],
} as const

/** By body and by header: one of these services reads the one, two the other. */
export function sendError(outgoing: ServerResponse, status: number, name: string, message: string): void {
  const text = JSON.stringify({ __type: name, message, Message: message })
  outgoing.writeHead(status, {
    'content-type': 'application/json',
    'x-amzn-errortype': name,
    'content-length': Buffer.byteLength(text),
  })
  outgoing.end(text)
}
