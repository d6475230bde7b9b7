/** The HTTP stack: bytes in as they were sent, one place that catches, one flush of metrics, nothing shared between events. */
import { APIGatewayProxyEventV2Schema } from '@aws-lambda-powertools/parser/schemas/api-gatewayv2'
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../../../shared/domain/instant.ts'
import { Defect, Throttled, Transient, UnknownOutcome } from '../../../shared/runtime/faults.ts'
import { type HttpOptions, type HttpRequest, httpHandler } from '../../../shared/runtime/http.ts'
import { createLog } from '../../../shared/runtime/log.ts'
import { createMetrics } from '../../../shared/runtime/metrics.ts'

const REFERENCE = 'CH0123456789ABCDEF'
const CONTEXT = { getRemainingTimeInMillis: () => 10_000 } as Context

function event(changes: Partial<APIGatewayProxyEventV2> = {}): APIGatewayProxyEventV2 {
  return {
    version: '2.0',
    routeKey: 'ANY /channels/bni/{proxy+}',
    rawPath: '/channels/bni/v1.0/transfer-va/payment',
    rawQueryString: 'a=1&b=%20',
    headers: { 'content-type': 'application/json', 'x-signature': 'c2ln' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'partners',
      domainName: 'partners.example.org',
      domainPrefix: 'partners',
      http: {
        method: 'POST',
        path: '/channels/bni/v1.0/transfer-va/payment',
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.7',
        userAgent: 'bank',
      },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: 'ANY /channels/bni/{proxy+}',
      stage: '$default',
      time: '20/Nov/2026:07:03:21 +0000',
      timeEpoch: 1_795_158_201_000,
    },
    pathParameters: { proxy: 'v1.0/transfer-va/payment' },
    body: '{"a":1}',
    isBase64Encoded: false,
    ...changes,
  }
}

function stack(options: Partial<HttpOptions> = {}) {
  const lines: string[] = []
  const emitted: Record<string, unknown>[] = []
  const requests: HttpRequest[] = []
  const faults: [string, unknown][] = []
  let time = 0
  const handler = httpHandler({
    log: createLog({ service: 'answer-channel', level: 'DEBUG', write: (line) => lines.push(line) }),
    metrics: createMetrics({
      namespace: 'ContributionHub',
      service: 'answer-channel',
      write: (line) => emitted.push(JSON.parse(line)),
      clock: () => instant(0),
    }),
    handle: (request) => {
      requests.push(request)
      return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' }
    },
    onFault: (kind, _, error) => {
      faults.push([kind, error])
      return { status: kind === 'transient' ? 503 : 500, headers: {}, body: kind }
    },
    stopwatch: () => (time += 7),
    ...options,
  })
  return { handler, lines, emitted, requests, faults, logged: () => lines.map((line) => JSON.parse(line)) }
}

const throwing = (error: unknown) => () => Promise.reject(error)

describe('the request', () => {
  test('is what the gateway sent, in plain words', async () => {
    expect(APIGatewayProxyEventV2Schema.safeParse(event()).success).toBe(true)
    const { handler, requests } = stack()
    const response = await handler(event({ headers: { 'X-Signature': 'a,b' } }), CONTEXT)
    expect(response).toEqual({ statusCode: 200, headers: { 'content-type': 'text/plain' }, body: 'ok' })
    expect(requests).toEqual([
      {
        method: 'POST',
        rawPath: '/channels/bni/v1.0/transfer-va/payment',
        routeKey: 'ANY /channels/bni/{proxy+}',
        pathParameters: { proxy: 'v1.0/transfer-va/payment' },
        rawQuery: 'a=1&b=%20',
        headers: { 'x-signature': 'a,b' },
        body: Buffer.from('{"a":1}'),
        isBodyExact: true,
        sourceIp: '192.0.2.7',
        requestId: 'JKJaXmPLvHcESHA=',
        clientCertificate: null,
        claims: {},
      },
    ])
  })

  test('keeps every byte of a body, as text or as base64', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'grapheme' }), async (bytes, text) => {
        const { handler, requests } = stack()
        await handler(event({ body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true }), CONTEXT)
        await handler(event({ body: text }), CONTEXT)
        expect(Buffer.from(requests[0]?.body ?? []).equals(bytes)).toBe(true)
        expect(Buffer.from(requests[1]?.body ?? []).equals(Buffer.from(text))).toBe(true)
      }),
      { numRuns: 50 },
    )
  })

  test.each([
    ['text with U+FFFD in it', 'T\ufffd1', {}, false],
    ['text that is shorter than what was sent', 'abc', { 'Content-Length': '6' }, false],
    ['text as long as what was sent', 'TÜ1', { 'content-length': '4' }, true],
    ['text of no length named', 'TÜ1', {}, true],
  ])('says of %s whether it is exact', async (_, body, headers, isExact) => {
    const { handler, requests } = stack()
    await handler(event({ body, headers }), CONTEXT)
    await handler(event({ body: Buffer.from(body).toString('base64'), headers, isBase64Encoded: true }), CONTEXT)
    expect(requests.map(({ isBodyExact }) => isBodyExact)).toEqual([isExact, true])
  })

  test('without a body has none', async () => {
    const { body: _, ...bare } = event()
    const { handler, requests } = stack()
    await handler(bare, CONTEXT)
    expect(requests[0]?.body).toHaveLength(0)
  })

  test('carries the claims that the gateway verified', async () => {
    const authorizer = {
      principalId: '',
      integrationLatency: 0,
      jwt: { claims: { sub: 'u-1', 'cognito:groups': '[viewer support]' }, scopes: [] },
    }
    const signedIn = event()
    const { handler, requests } = stack()
    await handler({ ...signedIn, requestContext: { ...signedIn.requestContext, authorizer } as never }, CONTEXT)
    expect(requests[0]?.claims).toEqual({ sub: 'u-1', 'cognito:groups': '[viewer support]' })
  })
})

describe('what the gateway verified', () => {
  const withCertificate = (clientCert: object | undefined) => {
    const plain = event()
    const authentication = clientCert === undefined ? {} : { authentication: { clientCert } }
    return { ...plain, requestContext: { ...plain.requestContext, ...authentication } as never }
  }

  test.each([
    ['as text and subject', { clientCertPem: 'PEM', subjectDN: 'CN=bank' }, { pem: 'PEM', subject: 'CN=bank' }],
    ['without a text or subject as empty ones', {}, { pem: '', subject: '' }],
    ['as none where there was none', undefined, null],
  ])('a client certificate arrives %s', async (_, sent, expected) => {
    const { handler, requests } = stack()
    await handler(withCertificate(sent), CONTEXT)
    expect(requests[0]?.clientCertificate).toEqual(expected)
  })

  test('a path without parameters has none, and a token without claims has none', async () => {
    const { pathParameters: _, ...bare } = event()
    const authorized = { ...bare, requestContext: { ...bare.requestContext, authorizer: {} } as never }
    const { handler, requests } = stack()
    await handler(authorized, CONTEXT)
    expect(requests[0]).toMatchObject({ pathParameters: {}, claims: {} })
  })
})

describe('the response', () => {
  test('says that a body stands for bytes only where it does', async () => {
    const answer = (isBase64?: boolean) =>
      stack({
        handle: () => ({ status: 200, headers: {}, body: 'QQ==', ...(isBase64 === undefined ? {} : { isBase64 }) }),
      })
    expect(await answer(true).handler(event(), CONTEXT)).toEqual({
      statusCode: 200,
      headers: {},
      body: 'QQ==',
      isBase64Encoded: true,
    })
    for (const plain of [answer(false), answer()])
      expect(await plain.handler(event(), CONTEXT)).toEqual({ statusCode: 200, headers: {}, body: 'QQ==' })
  })

  test('of a function that keeps no time back is whatever it takes: nobody asks how much is left', async () => {
    const { handler } = stack({ handle: async () => ({ status: 204, headers: {}, body: '' }) })
    expect(await handler(event(), {} as Context)).toMatchObject({ statusCode: 204 })
  })
})

describe('faults', () => {
  test.each<[string, unknown, string, number]>([
    ['a transient one is answered as such', new Transient('TABLE', 'later'), 'transient', 503],
    ['throttling is transient', new Throttled('later'), 'transient', 503],
    ['a defect is answered as such', new Defect('GAP', 'expected terms'), 'defect', 500],
    ['an unforeseen error is a defect', new RangeError('BUDI'), 'defect', 500],
    ['a thrown value that is no error is a defect', 'BUDI', 'defect', 500],
  ])('%s', async (_, error, kind, status) => {
    const { handler, faults, lines } = stack({ handle: throwing(error) })
    expect(await handler(event(), CONTEXT)).toEqual({ statusCode: status, headers: {}, body: kind })
    expect(faults).toEqual([[kind, error]])
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain('BUDI')
  })

  test('a handler that throws at once is caught too', async () => {
    const { handler } = stack({
      handle: () => {
        throw new Transient('TABLE', 'later')
      },
    })
    expect(await handler(event(), CONTEXT)).toMatchObject({ statusCode: 503 })
  })

  test('when the fault cannot be put into words the gateway’s own are used', async () => {
    const { handler, lines, logged } = stack({
      handle: throwing(new Transient('TABLE', 'later')),
      onFault: () => {
        throw new Error('BUDI')
      },
    })
    expect(await handler(event(), CONTEXT)).toEqual({
      statusCode: 500,
      headers: { 'content-type': 'application/json' },
      body: '{"message":"Internal Server Error"}',
    })
    expect(lines).toHaveLength(2)
    expect(logged()).toMatchObject([
      { level: 'WARN', kind: 'transient', error: { code: 'TABLE' } },
      { level: 'ERROR', kind: 'defect', correlationId: 'JKJaXmPLvHcESHA=', error: { name: 'Error' } },
    ])
  })

  test('an event that is none of the gateway’s is a defect without a request', async () => {
    const { handler, faults } = stack()
    expect(await handler({} as APIGatewayProxyEventV2, CONTEXT)).toMatchObject({ statusCode: 500 })
    expect(faults).toEqual([])
  })

  test('a function that runs out of time answers “unknown” from its reserve', async () => {
    const { handler, faults } = stack({ handle: () => new Promise(() => undefined), reserveMillis: 500 })
    const hurried = { getRemainingTimeInMillis: () => 501 } as Context
    expect(await handler(event(), hurried)).toMatchObject({ statusCode: 503 })
    expect(faults).toEqual([['transient', expect.any(UnknownOutcome)]])
  })
})

describe('metrics and log', () => {
  test('every event has one latency and one line, answered or not', async () => {
    const answered = stack({ latency: 'EndpointLatencyMillis' })
    await answered.handler(event(), CONTEXT)
    expect(answered.emitted).toHaveLength(1)
    expect(answered.emitted[0]).toMatchObject({ EndpointLatencyMillis: 7 })
    expect(answered.lines).toEqual([])

    const broken = stack({ handle: throwing(new Defect('GAP', 'expected terms')) })
    await broken.handler(event(), CONTEXT)
    expect(broken.emitted).toHaveLength(1)
    expect(broken.emitted[0]).toMatchObject({ LatencyMillis: 7, Defects: 1 })
  })

  test('latency is kept to the hundredth of a millisecond', async () => {
    const times = [1, 8.123_456]
    const { handler, emitted } = stack({ stopwatch: () => times.shift() ?? 0 })
    await handler(event(), CONTEXT)
    expect(emitted[0]).toMatchObject({ LatencyMillis: 7.12 })
  })

  test('throttling is counted, and is no defect', async () => {
    const { handler, emitted, logged } = stack({ handle: throwing(new Throttled('later')) })
    await handler(event(), CONTEXT)
    expect(emitted).toContainEqual(expect.objectContaining({ Throttled: 1 }))
    expect(JSON.stringify(emitted)).not.toContain('Defects')
    expect(logged()).toMatchObject([{ level: 'WARN', kind: 'transient' }])
  })

  test('a fault that may pass is neither throttling nor a defect; one that may not is an error in the log', async () => {
    const later = stack({ handle: throwing(new Transient('TABLE', 'later')) })
    await later.handler(event(), CONTEXT)
    expect(JSON.stringify(later.emitted)).not.toMatch(/Defects|Throttled/)
    const broken = stack({ handle: throwing(new Defect('GAP', 'expected terms')) })
    await broken.handler(event(), CONTEXT)
    expect(broken.logged()).toMatchObject([{ level: 'ERROR', kind: 'defect' }])
  })

  test('a fault’s line carries the request id, and the hub reference once there is one', async () => {
    const early = stack({ handle: throwing(new Defect('GAP', 'a')) })
    await early.handler(event(), CONTEXT)
    expect(early.logged()[0]).toMatchObject({ correlationId: 'JKJaXmPLvHcESHA=', error: { code: 'GAP' } })

    const late = stack({
      handle: (_, logScope) => {
        logScope.correlate(REFERENCE).info('A payment was read')
        throw new Defect('GAP', 'a')
      },
    })
    await late.handler(event(), CONTEXT)
    expect(late.logged().map(({ correlationId }) => correlationId)).toEqual([REFERENCE, REFERENCE])
  })

  test('sixteen events at once keep their own reference and answer', async () => {
    const { handler, logged } = stack({
      handle: async (request, logScope) => {
        logScope.correlate(`CH${request.rawQuery.padStart(16, '0')}`)
        await new Promise(setImmediate)
        logScope.log().info('A step was taken', { line: Number(request.rawQuery) })
        return { status: 200, headers: {}, body: request.rawQuery }
      },
    })
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, i) => handler(event({ rawQueryString: String(i) }), CONTEXT)),
    )
    expect(answers.map(({ body }) => body)).toEqual(Array.from({ length: 16 }, (_, i) => String(i)))
    for (const { correlationId, line } of logged()) expect(correlationId).toBe(`CH${String(line).padStart(16, '0')}`)
    expect(logged()).toHaveLength(16)
  })
})
