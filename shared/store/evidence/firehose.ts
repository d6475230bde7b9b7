/**
 * The delivery stream's client: PutRecord and nothing else, in 2 KB where the SDK's client is 10 KB and a dozen middlewares.
 *
 * Promise: resolves once the stream holds the record. An error has the shape of the SDK's (`name`, `$metadata`), which is what
 * dynamo/errors.ts judges by. A lost or refused try is made once more: a record that is delivered twice is harmless.
 */
import { systemClock } from '../../runtime/clock.ts'
import type { Answer } from '../../runtime/kept-connections.ts'
import { type Credentials, signedCalls } from '../../runtime/signed-call.ts'
import { isOurDefect } from '../dynamo/errors.ts'

export type Firehose = { readonly putRecord: (stream: string, data: Uint8Array) => Promise<void> }

const TRIES = 2
const PAUSE_MILLIS = 50
const HEADERS = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'Firehose_20150804.PutRecord' }

/** `endpoint` stands for the public one of the region. Throws a Defect when there is neither. */
export function createFirehose(place: {
  readonly region: string
  readonly credentials: Credentials
  readonly endpoint?: string | undefined
  /** Milliseconds of the wall clock. */
  readonly now?: () => number
}): Firehose {
  const calls = signedCalls({ service: 'firehose', now: systemClock(), ...place })
  const putOnce = async (body: string) => {
    const response = await calls.post(HEADERS, body)
    if (response.statusCode !== 200) throw refusal(response)
  }
  return {
    putRecord: async (stream, data) => {
      const record = { Data: Buffer.from(data).toString('base64') }
      const body = JSON.stringify({ DeliveryStreamName: stream, Record: record })
      for (let tried = 1; ; tried++) {
        try {
          return await putOnce(body)
        } catch (error) {
          if (tried === TRIES || isOurDefect(error)) throw error
          await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS * (1 + Math.random())))
        }
      }
    },
  }
}

/** Named as the service names it; what it says beside that is dropped, because it may quote the request. */
function refusal({ statusCode, headers, body }: Answer): Error {
  const answer = Buffer.from(body).toString()
  const errorType = headers['x-amzn-errortype'] ?? /"(?:__type|code)"\s*:\s*"([^"]+)"/.exec(answer)?.[1] ?? 'Unknown'
  const service = errorType.split(':')[0]?.split('#').at(-1) ?? errorType
  // What it says is dropped, so a signature that was made too long ago gets the name that tells it from a wrong one.
  const name = service === 'InvalidSignatureException' && /Signature expired/.test(answer) ? 'RequestExpired' : service
  const $metadata = { httpStatusCode: statusCode, requestId: headers['x-amzn-requestid'] }
  return Object.assign(new Error(`expected the delivery stream to take a record, got status ${statusCode}`), {
    name,
    $metadata,
  })
}
