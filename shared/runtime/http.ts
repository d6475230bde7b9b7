/**
 * The stack of an HTTP API function (payload 2.0): event -> plain request -> `handle` -> response, on middy.
 *
 * Promises: the one place that catches; whatever is thrown becomes an answer of `onFault`, in the caller's own words; one
 * latency and one flush of metrics per event; bytes of the body are the bytes that were sent, as far as the gateway lets.
 * Refuses to know paths, protocols and status codes. Used by functions/answer-channel and functions/serve-console.
 */
import middy from '@middy/core'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import { Throttled, Transient, UnknownOutcome } from './faults.ts'
import type { Log } from './log.ts'
import { type LogScope, logScopeFrom } from './log-scope.ts'
import type { Metrics, MillisName } from './metrics.ts'

export type HttpRequest = {
  readonly method: string
  /** As the gateway decoded it: good for routing, never for checking a signature. */
  readonly rawPath: string
  /** `ANY /channels/bni/{proxy+}`. */
  readonly routeKey: string
  readonly pathParameters: Readonly<Record<string, string | undefined>>
  /** As sent, still encoded. */
  readonly rawQuery: string
  /** Lower-case names; duplicates arrive joined by commas. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  /** False where the gateway handed the body over as text and bytes of it may have been replaced on the way. */
  readonly isBodyExact: boolean
  readonly sourceIp: string
  readonly requestId: string
  /** The client certificate that the gateway verified (mutual TLS); null where there was none. Its subject is for logs only. */
  readonly clientCertificate: { readonly pem: string; readonly subject: string } | null
  /** What the gateway's JWT authorizer verified; empty where the route has none. */
  readonly claims: Readonly<Record<string, unknown>>
}

export type HttpResponse = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The body stands for bytes, in base64. */
  readonly isBase64?: boolean
}

/**
 * `transient`: the same request may succeed later; an `UnknownOutcome` among them (a write that may have happened, or no
 * time left) must be answered as unknown, never as failed. `defect`: it will not before something is repaired.
 */
export type FaultKind = 'transient' | 'defect'

export type HttpOptions = {
  readonly log: Log
  readonly metrics: Metrics
  /** A `logScope.correlate(hubReference)` in here gives every later line of this event its reference, a fault's too. */
  readonly handle: (request: HttpRequest, logScope: LogScope) => HttpResponse | Promise<HttpResponse>
  readonly onFault: (kind: FaultKind, request: HttpRequest, error: unknown) => HttpResponse
  /** Which metric the latency goes to; `LatencyMillis` when left out. */
  readonly latency?: MillisName
  /** Time kept back to answer "unknown" before Lambda ends the function; 0: Lambda's own end is good enough. */
  readonly reserveMillis?: number
  /** Milliseconds that never go back. */
  readonly stopwatch?: () => number
}

export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>

/** What belongs to one event, and to no other that runs at the same time. */
type Scope = {
  readonly event: APIGatewayProxyEventV2
  readonly startedAt: number
  request: HttpRequest | undefined
  readonly logScope: LogScope
}

const EMPTY = Buffer.alloc(0)

export function httpHandler(options: HttpOptions): HttpHandler {
  const { log, metrics, handle } = options
  const latency = options.latency ?? 'LatencyMillis'
  const stopwatch = options.stopwatch ?? (() => performance.now())

  async function answer(scope: Scope): Promise<APIGatewayProxyStructuredResultV2> {
    const request = requestOf(scope.event)
    scope.request = request
    scope.logScope.correlate(request.requestId)
    return responseOf(await handle(request, scope.logScope))
  }

  /** middy hands the event on to the handler: from here on it is the event's scope. */
  function begin(inside: middy.Request<Scope>): void {
    const event = inside.event as unknown as APIGatewayProxyEventV2
    inside.event = { event, startedAt: stopwatch(), request: undefined, logScope: logScopeFrom(log) } satisfies Scope
  }

  function end(inside: middy.Request<Scope>): void {
    const { startedAt } = inside.event
    metrics.millis(latency, Math.round((stopwatch() - startedAt) * 100) / 100)
    metrics.flush()
  }

  // Sets the response and returns nothing: a returned value would end the chain before `end`.
  function fault(inside: middy.Request<Scope>): void {
    inside.response = faultResponse(options, inside.event, inside.error)
  }

  const stack = middy<Scope, APIGatewayProxyStructuredResultV2>(answer, {
    timeoutEarlyInMillis: options.reserveMillis ?? 0,
    timeoutEarlyResponse: noTimeLeft,
  })
  // Middlewares end in reverse order: `fault` answers, then `end` counts.
  stack.before(begin).after(end).onError(end).onError(fault)
  return stack as unknown as HttpHandler
}

function requestOf(event: APIGatewayProxyEventV2): HttpRequest {
  const { requestContext } = event
  const authorizer = (
    requestContext as { readonly authorizer?: { readonly jwt?: { readonly claims?: Record<string, unknown> } } }
  ).authorizer
  const headers: Record<string, string | undefined> = {}
  for (const name in event.headers) headers[name.toLowerCase()] = event.headers[name]
  const body = event.body ? Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8') : EMPTY
  return {
    method: requestContext.http.method,
    rawPath: event.rawPath,
    routeKey: event.routeKey,
    pathParameters: event.pathParameters ?? {},
    rawQuery: event.rawQueryString,
    headers,
    body,
    isBodyExact: event.isBase64Encoded || isExactText(body, headers['content-length']),
    sourceIp: requestContext.http.sourceIp,
    requestId: requestContext.requestId,
    clientCertificate: certificateOf(event),
    claims: authorizer?.jwt?.claims ?? {},
  }
}

const REPLACEMENT = Buffer.from('\ufffd')

/** Text has U+FFFD for bytes that were no UTF-8, and may miss a byte order mark: both show here. */
function isExactText(body: Buffer, contentLength: string | undefined): boolean {
  return !body.includes(REPLACEMENT) && (contentLength === undefined || Number(contentLength) === body.length)
}

function certificateOf({ requestContext }: APIGatewayProxyEventV2): HttpRequest['clientCertificate'] {
  const certificate = requestContext.authentication?.clientCert
  return certificate ? { pem: certificate.clientCertPem ?? '', subject: certificate.subjectDN ?? '' } : null
}

function responseOf({ status, headers, body, isBase64 = false }: HttpResponse): APIGatewayProxyStructuredResultV2 {
  return { statusCode: status, headers: { ...headers }, body, ...(isBase64 ? { isBase64Encoded: true } : {}) }
}

function faultResponse(options: HttpOptions, scope: Scope, error: unknown): APIGatewayProxyStructuredResultV2 {
  const { metrics, onFault } = options
  const kind: FaultKind = error instanceof Transient ? 'transient' : 'defect'
  if (kind === 'defect') metrics.count('Defects')
  if (error instanceof Throttled) metrics.count('Throttled')
  scope.logScope.log()[kind === 'defect' ? 'error' : 'warn']('A request ended in a fault', { kind, error })
  if (!scope.request) return silent()
  try {
    return responseOf(onFault(kind, scope.request, error))
  } catch (second) {
    scope.logScope.log().error("A fault could not be answered in the caller's words", { kind: 'defect', error: second })
    return silent()
  }
}

/** The answer in the gateway's own form, where no protocol's writer can be used. */
function silent(): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: 500,
    headers: { 'content-type': 'application/json' },
    body: '{"message":"Internal Server Error"}',
  }
}

function noTimeLeft(): never {
  throw new UnknownOutcome(
    "expected the request to be answered before the function's time was up; what was written is not known",
  )
}
