/**
 * The console API's one entry: which route is meant, whether the caller may take it, and its answer as HTTP.
 * Promises a problem with a stable code for everything it does not serve, and that no use case runs for a caller whose
 * role does not allow it. Order: path (404), method (405), role (403), size (413), input (400), then the use case.
 * Tokens are verified before (API Gateway's JWT authorizer); paths come whole.
 */

import { UNNAMED_SUBJECT } from '../../shared/domain/acting-person.ts'
import {
  type Claims,
  mayDo,
  ownSponsorOf,
  PERMISSIONS,
  type Permission,
  type Role,
  rolesOf,
  seesUnmasked,
} from './http/permissions.ts'
import { disclosureOf, forwardedFor } from './http/read-trace.ts'
import { type HttpReply, type Problem, problem, type Reply, rendered, withinGateway } from './http/reply.ts'
import { routeTo } from './http/router.ts'
import type { ConsolePorts } from './ports.ts'
import { ROUTES } from './routes.ts'

/** The part of an HTTP event that the console reads. */
export type ConsoleRequest = {
  readonly method: string
  readonly rawPath: string
  readonly rawQuery: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  /** False: it came as text, and bytes of it may have been replaced on the way. */
  readonly isBodyExact?: boolean
  /** What the authorizer verified; empty without a token. */
  readonly claims: Claims
  /** Whom the gateway saw, and its id of the request. */
  readonly sourceIp: string
  readonly requestId: string
}

/** What Lambda takes as one request. */
export const BODY_LIMIT_BYTES = 6 * 1024 * 1024

export async function serveConsole(ports: ConsolePorts, request: ConsoleRequest): Promise<HttpReply> {
  const reply = withinGateway(rendered(await answer(ports, request)))
  ports.metrics.count('ConsoleAnswers', { outcome: `${Math.floor(reply.status / 100)}xx` })
  return reply
}

async function answer(ports: ConsolePorts, request: ConsoleRequest): Promise<Reply> {
  const { body, claims, headers, method, rawPath, rawQuery } = request
  const routed = routeTo(ROUTES, method, rawPath)
  if (routed.outcome === 'unknown-path') return problem('NOT_FOUND', 'expected a path of /api/openapi.json')
  if (routed.outcome === 'wrong-method') {
    const allow = routed.allowed.join(', ')
    return problem('METHOD_NOT_ALLOWED', `expected ${allow}`, { allow })
  }
  const { route, segments } = routed
  const roles = rolesOf(claims)
  const refused = route.permission === 'public' ? undefined : refusalOf(roles, route.permission)
  if (refused) return refused
  const ownSponsor = route.permission === 'public' ? null : ownSponsorOf(roles, route.permission, claims)
  if (ownSponsor === undefined) return problem('NO_ROLE', 'expected a token that says of which sponsor its person is')
  if (body.byteLength > BODY_LIMIT_BYTES) return problem('TOO_LARGE', 'expected at most 6 MB; split the file')
  const disclosure = route.trace
    ? disclosureOf(headers, seesUnmasked(roles) ? 'in-full' : 'masked')
    : { unmasked: false, asksMasked: false, reason: null }
  if ('kind' in disclosure) return disclosure
  return route.answer(ports, {
    segments,
    rawQuery,
    contentType: headers['content-type'] ?? '',
    body,
    isBodyExact: request.isBodyExact ?? true,
    caller: {
      ...whoIs(claims),
      mayAdminister: mayDo(roles, 'administer'),
      ...disclosure,
      requestId: request.requestId,
      sourceIp: request.sourceIp,
      forwardedFor: forwardedFor(headers),
      ownSponsor,
      now: ports.now(),
    },
  })
}

function whoIs(claims: Claims) {
  const textOf = (claim: unknown) => (typeof claim === 'string' && claim !== '' ? claim : null)
  const actor = textOf(claims.sub)
  const actorName = textOf(claims.name) ?? textOf(claims.email) ?? textOf(claims.username)
  const issuer = textOf(claims.iss)
  // Of a token without a subject, of which none should be let in, everything is unnamed.
  return { actor, actorName, issuer, person: { issuer, subject: actor ?? UNNAMED_SUBJECT, name: actorName } }
}

function refusalOf(roles: readonly Role[], permission: Permission): Problem | undefined {
  if (roles.length === 0) return problem('NO_ROLE', 'expected a token with one of the roles of this console')
  if (mayDo(roles, permission)) return undefined
  return problem('NOT_ALLOWED', `expected a role that may ${PERMISSIONS[permission]}`)
}
