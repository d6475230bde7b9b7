/**
 * What the console API answers: JSON, or a problem (RFC 9457) with a stable code that programs may rely on.
 * Promises that no detail holds a NIK, a name or a phone number: details say what was expected, never what was sent.
 */

export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Every code that the console answers with, its status and its title; the OpenAPI document lists the same ones. */
export const PROBLEMS = {
  NOT_JSON: [400, 'The body is not JSON'],
  INVALID_INPUT: [400, 'The input is not valid'],
  BAD_NIK: [400, 'That is not a NIK'],
  LAYOUT_CHANGED: [400, 'The file does not have the expected layout'],
  KNOWN_AT_TOO_RECENT: [400, 'That instant is too recent'],
  NO_ROLE: [403, 'The token carries no role of this console'],
  NOT_ALLOWED: [403, 'Your role does not allow this'],
  OWN_PROPOSAL: [403, 'Nobody approves an own proposal'],
  NOT_FOUND: [404, 'There is nothing here'],
  UNKNOWN_MEMBERSHIP: [404, 'There is no such membership'],
  UNKNOWN_BILL: [404, 'There is no such bill'],
  UNKNOWN_QUEUE: [404, 'There is no such queue'],
  UNKNOWN_DAY: [404, 'There is no such day'],
  UNKNOWN_STATEMENT: [404, 'There is no such statement'],
  UNKNOWN_DIFFERENCE: [404, 'There is no such difference'],
  NO_STATISTICS: [404, 'Nothing was counted on that day'],
  METHOD_NOT_ALLOWED: [405, 'That method is not offered here'],
  DAY_OPEN: [409, 'The day is not closed yet'],
  ALREADY_CLOSED: [409, 'The membership is closed already'],
  NOT_CLOSED: [409, 'The membership is not closed'],
  MEMBERSHIP_CLOSED: [409, 'The membership is closed'],
  NIK_ALREADY_SELF_PAID: [409, 'The participant pays for another membership'],
  FUNDING_CHANGES: [409, 'The funding changes within those months'],
  NOTHING_DUE: [409, 'Those months cost nothing'],
  TOO_FAR_AHEAD: [409, 'That is more than 12 months ahead'],
  ALREADY_PROPOSED: [409, 'A proposal waits for approval'],
  ALREADY_DECIDED: [409, 'It is decided already'],
  NOT_PROPOSED: [409, 'Nothing is proposed'],
  ACTION_DOES_NOT_FIT: [409, 'That action does not fit this difference'],
  WRITE_OFF_LIMIT: [409, 'That is more than may be written off'],
  CHANGED_MEANWHILE: [409, 'Somebody else changed this at the same moment'],
  TOO_LARGE: [413, 'The body is too large'],
  WRONG_CONTENT_TYPE: [415, 'The content type is not the expected one'],
  DEFECT: [500, 'The hub failed'],
  TRY_AGAIN: [503, 'The hub cannot answer at the moment'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>

export type ProblemCode = keyof typeof PROBLEMS

const NO_STORE = { 'cache-control': 'no-store' } as const

export function json(status: number, body: unknown): Reply {
  return { status, headers: { 'content-type': 'application/json', ...NO_STORE }, body: JSON.stringify(body) }
}

/** `detail` says what was expected and what to do. `type` is `about:blank` because the code already names the problem. */
export function problem(code: ProblemCode, detail: string, headers: Readonly<Record<string, string>> = {}): Reply {
  const [status, title] = PROBLEMS[code]
  return {
    status,
    headers: { 'content-type': 'application/problem+json', ...NO_STORE, ...headers },
    body: JSON.stringify({ type: 'about:blank', title, status, detail, code }),
  }
}

/** For what was thrown: `transient` may succeed when it is asked again, `defect` will not until somebody mends something. */
export function faultReply(kind: 'transient' | 'defect'): Reply {
  if (kind === 'defect') return problem('DEFECT', 'expected the hub to manage; operations has been told')
  return problem('TRY_AGAIN', 'expected the stores to answer; every call may be repeated as it was', {
    'retry-after': '5',
  })
}
