/**
 * The console API's one entry: which call is meant, whether the caller may make it, and who answers it.
 * Promises a problem with a stable code for everything it does not serve, and that no use case runs for a caller whose
 * role does not allow it. Order: path (404), method (405), role (403), size (413); then the use case.
 * Tokens are verified before (API Gateway's JWT authorizer); paths come without the route's prefix removed.
 */
import { kpjOf } from '../../shared/domain/kpj.ts'
import { type Claims, mayDo, type Permission, type Role, rolesOf, seesUnmasked } from './access.ts'
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'
import { ROUTES, type Route } from './routes.ts'

/** The part of an HTTP event that the console reads. */
export type ConsoleRequest = {
  readonly method: string
  readonly rawPath: string
  readonly rawQuery: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  /** What the authorizer verified; empty without a token. */
  readonly claims: Claims
}

/** What Lambda takes as one request. */
export const BODY_LIMIT_BYTES = 6 * 1024 * 1024

export async function serveConsole(parts: ConsoleParts, request: ConsoleRequest): Promise<Reply> {
  const reply = await route(parts, request)
  parts.metrics.count('ConsoleAnswers', { outcome: `${Math.floor(reply.status / 100)}xx` })
  return reply
}

async function route(parts: ConsoleParts, request: ConsoleRequest): Promise<Reply> {
  const { method, rawPath } = request
  if (rawPath === '/healthz') return method === 'GET' ? showHealth(parts) : methodNotAllowed(['GET'])
  const matches = ROUTES.flatMap((candidate) => {
    const path = match(candidate.path, rawPath)
    return path ? [{ candidate, path }] : []
  })
  if (matches.length === 0) return problem('NOT_FOUND', 'expected a path of /api/openapi.json')
  const found = matches.find(({ candidate }) => candidate.method === method)
  if (!found) return methodNotAllowed(matches.map(({ candidate }) => candidate.method))
  return serve(parts, request, found.candidate, found.path)
}

async function serve(parts: ConsoleParts, request: ConsoleRequest, route: Route, path: Call['path']): Promise<Reply> {
  const { body, claims, headers, rawQuery } = request
  const roles = rolesOf(claims)
  const refused = route.permission === 'public' ? undefined : refusalOf(roles, route.permission)
  if (refused) return refused
  if (body.byteLength > BODY_LIMIT_BYTES) return problem('TOO_LARGE', 'expected at most 6 MB; split the file')
  return route.answer(parts, {
    path,
    // A plus is a plus: offsets such as +07:00 are often sent as they are, and no parameter here holds a space.
    query: new URLSearchParams(rawQuery.replaceAll('+', '%2B')),
    contentType: headers['content-type'] ?? '',
    body,
    actor: typeof claims.sub === 'string' ? claims.sub : null,
    unmasked: seesUnmasked(roles),
    now: parts.now(),
  })
}

function refusalOf(roles: readonly Role[], permission: Permission): Reply | undefined {
  if (roles.length === 0) return problem('NO_ROLE', 'expected a token with one of the roles of this console')
  if (!mayDo(roles, permission)) return problem('NOT_ALLOWED', `expected a role that may ${WORDS[permission]}`)
  return undefined
}

const WORDS: Readonly<Record<Permission, string>> = {
  read: 'read',
  contact: 'look after contacts: support, operator, approver or admin',
  operate: 'operate: operator, approver or admin',
  approve: 'approve: approver or admin',
  administer: 'administer: admin',
}

/** Any KPJ does: whether the table answers is the question. */
const NO_MEMBERSHIP = kpjOf('00000000000')

/** A consistent read of a table: the hub can serve when its store can. Throws what the store throws. */
async function showHealth({ memberships }: ConsoleParts): Promise<Reply> {
  await memberships.get(NO_MEMBERSHIP)
  return json(200, { status: 'ok' })
}

function methodNotAllowed(methods: readonly string[]): Reply {
  const allow = methods.join(', ')
  return problem('METHOD_NOT_ALLOWED', `expected ${allow}`, { allow })
}

/** The parameters of a path that fits the pattern, or undefined. A parameter is one segment, never empty. */
function match(pattern: string, rawPath: string): Readonly<Record<string, string>> | undefined {
  const expected = pattern.split('/')
  const actual = rawPath.split('/')
  if (expected.length !== actual.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, part] of expected.entries()) {
    const given = actual[index] as string
    if (!part.startsWith('{')) {
      if (part !== given) return undefined
    } else if (given === '') return undefined
    else parameters[part.slice(1, -1)] = given
  }
  return parameters
}
