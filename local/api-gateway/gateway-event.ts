/**
 * Builds the event that API Gateway (HTTP API, payload 2.0) would: decoded path, query as sent, lower-case headers with
 * duplicates joined by commas, what the integration replaces replaced, text bodies as text and everything else in base64, the
 * client certificate in PEM.
 */
import { randomUUID, X509Certificate } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { ACCOUNT } from '../cloud-assembly/template.ts'
import type { Claims } from '../sandbox/operators.ts'
import type { Matched } from './routes.ts'

const TEXT = /^\s*(text\/[^;]+|application\/(json|xml|javascript))\s*(;|$)/i

export type ArrivedRequest = {
  readonly incoming: IncomingMessage
  readonly path: string
  readonly rawQuery: string
  readonly body: Buffer
  readonly now: number
}

export function gatewayEvent(
  { incoming, path, rawQuery, body, now }: ArrivedRequest,
  { route, pathParameters }: Matched,
  claims: Claims | undefined,
  certificate: string | undefined,
) {
  const { cookie, ...sent } = headersOf(incoming)
  const headers: Record<string, string> = { ...sent, ...route.replacedHeaders }
  const method = incoming.method ?? 'GET'
  const isText = TEXT.test(headers['content-type'] ?? 'text/plain')
  const query = rawQuery === '' ? undefined : queryOf(rawQuery)
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: path,
    rawQueryString: rawQuery,
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers,
    ...(query === undefined ? {} : { queryStringParameters: query }),
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'local',
      ...(claims === undefined ? {} : { authorizer: { jwt: { claims, scopes: null } } }),
      ...(certificate === undefined ? {} : { authentication: { clientCert: clientCertificate(certificate) } }),
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'localhost',
      http: {
        method,
        path,
        protocol: `HTTP/${incoming.httpVersion}`,
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.routeKey,
      stage: '$default',
      time: gatewayTime(now),
      timeEpoch: now,
    },
    ...(pathParameters === undefined ? {} : { pathParameters }),
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  }
}

/** A laptop has no mutual TLS: the listener hands over the certificate that the gateway would have verified, and says of it the same. */
function clientCertificate(pem: string): ReturnType<typeof readCertificate> {
  const known = certificates.get(pem) ?? readCertificate(pem)
  certificates.set(pem, known)
  return known
}

/** By their text: the channels' own, a handful. */
const certificates = new Map<string, ReturnType<typeof readCertificate>>()

function readCertificate(pem: string) {
  const { subject, issuer, serialNumber, validFrom, validTo } = new X509Certificate(pem)
  return {
    clientCertPem: pem,
    subjectDN: subject.replaceAll('\n', ','),
    issuerDN: issuer.replaceAll('\n', ','),
    serialNumber: BigInt(`0x${serialNumber}`).toString(),
    validity: { notBefore: validFrom, notAfter: validTo },
  }
}

/** As the gateway hands them on: lower-case names, a header that came twice joined by commas. */
export function headersOf(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    const name = (incoming.rawHeaders[i] as string).toLowerCase()
    const value = incoming.rawHeaders[i + 1] as string
    headers[name] = headers[name] === undefined ? value : `${headers[name]}${name === 'cookie' ? '; ' : ','}${value}`
  }
  return headers
}

function queryOf(rawQuery: string): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(rawQuery)) {
    query[name] = query[name] === undefined ? value : `${query[name]},${value}`
  }
  return query
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `21/Nov/2026:01:07:34 +0000`. */
function gatewayTime(now: number): string {
  const text = new Date(now).toISOString()
  return `${text.slice(8, 10)}/${MONTHS[Number(text.slice(5, 7)) - 1]}/${text.slice(0, 4)}:${text.slice(11, 19)} +0000`
}
