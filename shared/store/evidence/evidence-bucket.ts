/**
 * The second way of evidence: one sealed request as one object in the locked bucket, past the delivery stream.
 *
 * Promise: resolves once S3 holds the object; the bucket's default retention locks it and its default key encrypts it. The key
 * names the digest that stands in the decision, so one request is found without reading others. One PUT and nothing else,
 * signed with the SDK's signer: the whole S3 client would be a quarter of an endpoint's bundle.
 */
import { createHash } from 'node:crypto'
import { Sha256Node } from '@smithy/core/checksum'
import { HttpRequest } from '@smithy/core/transport'
import { NodeHttpHandler, streamCollector } from '@smithy/node-http-handler'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Credentials } from '../../runtime/signed-call.ts'
import { type EvidenceSink, notKept, type SealedEvidence } from './evidence.ts'

/** The folder of the bucket; infra/constructs/evidence-stream.ts allows endpoints to write here and nowhere else. */
const FOLDER = 'direct'
const TRIES = 2
const PAUSE_MILLIS = 50
/** Twice this and the stream's own limit stay far below the ten seconds of an endpoint. */
const CONNECTIONS = {
  connectionTimeout: 500,
  requestTimeout: 1_500,
  throwOnRequestTimeout: true,
  httpAgent: { keepAlive: true, maxSockets: 16 },
  httpsAgent: { keepAlive: true, maxSockets: 16 },
}

export type EvidenceBucket = {
  readonly bucket: string
  readonly region: string
  readonly credentials: Credentials
  /** In place of the region's public one; asked by path. */
  readonly endpoint?: string | undefined
}

export function bucketSink(place: EvidenceBucket): EvidenceSink {
  const { region, credentials } = place
  const signer = new SignatureV4({ service: 's3', region, credentials, sha256: Sha256Node, uriEscapePath: false })
  const handler = new NodeHttpHandler(CONNECTIONS)
  const putOnce = async (request: HttpRequest) => {
    const { response } = await handler.handle((await signer.sign(request)) as HttpRequest)
    const answer = Buffer.from(await streamCollector(response.body)).toString()
    if (response.statusCode !== 200) throw refusal(response.statusCode, answer)
  }
  return {
    put: async (sealed) => {
      const request = requestOf(place, sealed)
      for (let tried = 1; ; tried++) {
        try {
          return await putOnce(request)
        } catch (error) {
          const fault = notKept('the evidence bucket', 'an object', error)
          if (tried === TRIES || fault.name === 'Defect') throw fault
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS * (1 + Math.random())))
        }
      }
    },
  }
}

/** `direct/bni/2026/11/21/<digest in hex>.jsonl`, by the UTC date, as the stream names its folders. */
export function directKey({ channel, receivedAt, digest }: Omit<SealedEvidence, 'line'>): string {
  const date = new Date(receivedAt).toISOString().slice(0, 10).replaceAll('-', '/')
  return `${FOLDER}/${channel}/${date}/${Buffer.from(digest).toString('hex')}.jsonl`
}

function requestOf({ bucket, region, endpoint }: EvidenceBucket, sealed: SealedEvidence): HttpRequest {
  const body = Buffer.from(`${sealed.line}\n`)
  const url = new URL(endpoint ? `${endpoint}/${bucket}/` : `https://${bucket}.s3.${region}.amazonaws.com/`)
  const { protocol, hostname, port, host, pathname } = url
  return new HttpRequest({
    protocol,
    hostname,
    method: 'PUT',
    path: `${pathname}${directKey(sealed)}`,
    ...(port ? { port: Number(port) } : {}),
    headers: {
      host,
      'content-type': 'application/x-ndjson',
      'content-length': String(body.length),
      // A bucket that locks its objects takes none without it.
      'content-md5': createHash('md5').update(body).digest('base64'),
    },
    body,
  })
}

/** Named as S3 names it; what it says beside that is dropped. */
function refusal(status: number, answer: string): Error {
  const name = /<Code>(\w+)<\/Code>/.exec(answer)?.[1] ?? 'Unknown'
  const error = new Error(`expected the evidence bucket to take an object, got status ${status}`)
  return Object.assign(error, { name, $metadata: { httpStatusCode: status } })
}
