/**
 * The console, with every reply held to its route's definition: its status is declared, its body has every field of its schema
 * and no other, a problem's code is one that the operation may answer, and it says what was expected. Throws what does not fit, so that any test finds it.
 */
import {
  isCsvFile,
  isDownload,
  isJsonOrCsv,
  problemSchema,
  shapeOf,
} from '../../functions/serve-console/http/openapi.ts'
import { PROBLEMS, type ProblemCode } from '../../functions/serve-console/http/problems.ts'
import { DOWNLOAD_TYPE, type HttpReply, XLSX_TYPE } from '../../functions/serve-console/http/reply.ts'
import type { Route } from '../../functions/serve-console/http/route.ts'
import { routeTo } from '../../functions/serve-console/http/router.ts'
import type { ConsolePorts } from '../../functions/serve-console/ports.ts'
import { ROUTES } from '../../functions/serve-console/routes.ts'
import { type ConsoleRequest, serveConsole } from '../../functions/serve-console/serve-console.ts'

export async function serveChecked(ports: ConsolePorts, request: ConsoleRequest): Promise<HttpReply> {
  const reply = await serveConsole(ports, request)
  const routed = routeTo(ROUTES, request.method, request.rawPath)
  if (routed.outcome === 'route') checkReply(routed.route, reply)
  else checkProblem(['NOT_FOUND', 'METHOD_NOT_ALLOWED'], reply, `${request.method} to no route`)
  return reply
}

/** Exported for its own test. */
export function checkReply(route: Route, reply: HttpReply): void {
  const call = `${route.method} ${route.path}`
  const declared = route.responses[reply.status]
  if (!declared) {
    checkProblem(route.problems, reply, call)
    return
  }
  const type = reply.headers['content-type']
  if (isDownload(declared)) {
    const { 'content-disposition': disposition = '', 'x-content-type-options': sniffing } = reply.headers
    if (type !== DOWNLOAD_TYPE || !reply.isBase64 || !disposition.startsWith('attachment;') || sniffing !== 'nosniff')
      throw new Error(`${call}: expected bytes to be saved, and nothing that a browser shows`)
    return
  }
  if (isCsvFile(declared)) {
    if (type !== 'text/csv; charset=utf-8')
      throw new Error(`${call}: expected text/csv with ${reply.status}, got ${type}`)
    return
  }
  if (isJsonOrCsv(declared) && type === 'text/csv; charset=utf-8') return
  if (isJsonOrCsv(declared) && declared.xlsx !== undefined && type === XLSX_TYPE) return
  const expected = reply.status < 400 ? 'application/json' : 'application/problem+json'
  if (type !== expected) throw new Error(`${call}: expected ${expected} with ${reply.status}, got ${type}`)
  const schema = shapeOf(declared)()
  const parsed = schema.safeParse(JSON.parse(reply.body))
  if (!parsed.success) throw misfit(call, reply.status, parsed.error.issues)
}

function checkProblem(codes: readonly ProblemCode[], reply: HttpReply, call: string): void {
  const body: unknown = JSON.parse(reply.body)
  const parsed = problemSchema().safeParse(body)
  if (!parsed.success) throw misfit(call, reply.status, parsed.error.issues)
  const { code, status, title, detail } = parsed.data
  for (const words of [title, detail])
    if (!isSaying(words)) throw new Error(`${call}: expected ${code} to say what was expected, got "${words}"`)
  if (!codes.includes(code)) throw new Error(`${call}: expected one of ${codes.join(', ')}, got ${code}`)
  if (status !== reply.status || PROBLEMS[code][0] !== status) {
    throw new Error(
      `${call}: expected ${code} with ${PROBLEMS[code][0]}, got ${reply.status} and ${status} in the body`,
    )
  }
}

/** Words, and not the beginning of a sentence whose rest is missing. */
function isSaying(text: string): boolean {
  return /\w+ \w+/.test(text) && !/[:;,]\s*$/.test(text)
}

function misfit(call: string, status: number, issues: readonly object[]): Error {
  return new Error(`${call}: expected a ${status} of its schema, got ${JSON.stringify(issues, null, 1)}`)
}
