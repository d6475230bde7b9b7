/**
 * Calls of the console API with the types of its own document. A call resolves with what the API answered, or throws one
 * `ApiProblem`: the API's (a stable code), or that nothing answered. Nothing here ever writes to the console or keeps an answer.
 */
import createClient from 'openapi-fetch'
import { accessToken, endSession } from '../sign-in/session.ts'
import type { components, paths } from './schema.d.ts'

export type Schemas = components['schemas']

const PATIENCE_MILLIS = 30_000

export class ApiProblem extends Error {
  readonly code: string
  readonly status: number
  readonly detail: string
  /** Of a file that cannot be used. */
  readonly line: number | null

  constructor(code: string, status: number, detail: string, line: number | null = null) {
    super(code)
    this.code = code
    this.status = status
    this.detail = detail
    this.line = line
  }
}

export const api = createClient<paths>({ baseUrl: '/', fetch: signedFetch })

type Answer<T> = { readonly data?: T; readonly error?: unknown; readonly response: Response }

/** What the call answered; an `ApiProblem` otherwise. */
export async function answerOf<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call.catch((reason: unknown): never => {
    throw asProblem(reason)
  })
  if (response.ok && data !== undefined) return data
  throw problemOf(response.status, error)
}

/** With the token; gives up after a while. Also for what no typed call does: files and CSV. */
export async function signedFetch(request: Request): Promise<Response> {
  const token = await accessToken()
  if (token === undefined) throw new ApiProblem('SESSION_ENDED', 401, '')
  const headers = new Headers(request.headers)
  headers.set('authorization', `Bearer ${token}`)
  // Everybody sees masked data here; one member's is shown by POST /api/disclosures, for a reason, and a file by `textInFullOf`.
  if (!headers.has('x-reason')) headers.set('x-personal-data', 'masked')
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MILLIS)])
  const response = await fetch(new Request(request, { headers, signal }))
  if (response.status === 401) endSession()
  return response
}

/** The CSV that the API itself writes. */
export function textOf(path: string): Promise<string> {
  return textAnsweredTo(new Request(path))
}

/** The same, with whom it names in full, as far as whoever asks may see that. `reason` is kept with who saw it. */
export function textInFullOf(path: string, reason: string): Promise<string> {
  return textAnsweredTo(new Request(path, { headers: { 'x-reason': reason } }))
}

async function textAnsweredTo(request: Request): Promise<string> {
  const response = await signedFetch(request).catch((reason: unknown): never => {
    throw asProblem(reason)
  })
  if (response.ok) return response.text()
  throw problemOf(response.status, await response.json().catch(() => undefined))
}

export function problemOf(status: number, body: unknown): ApiProblem {
  const { code, detail, line } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const known = text(code) || (status === 401 ? 'SESSION_ENDED' : status >= 500 ? 'NO_ANSWER' : `HTTP_${status}`)
  return new ApiProblem(known, status, text(detail), typeof line === 'number' ? line : null)
}

function asProblem(reason: unknown): ApiProblem {
  if (reason instanceof ApiProblem) return reason
  const isLate = reason instanceof DOMException && reason.name === 'TimeoutError'
  return new ApiProblem(isLate ? 'TOO_SLOW' : 'OFFLINE', 0, '')
}
