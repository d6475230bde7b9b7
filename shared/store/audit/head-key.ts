/**
 * The key that heads of the audit chain are signed with: an asymmetric one in KMS, which never leaves it. Two calls of its JSON
 * protocol and nothing else. Locally the same calls are answered with a key of the hub's own folder (local/emulators/kms).
 *
 * Promise: an error has the shape of the SDK's (`name`, `$metadata`), which is what dynamo/errors.ts judges by.
 */
import { systemClock } from '../../runtime/clock.ts'
import type { Answer } from '../../runtime/kept-connections.ts'
import { type Credentials, signedCalls } from '../../runtime/signed-call.ts'
import { reading } from '../dynamo/errors.ts'
import type { HeadSigner } from './anchors.ts'

export const HEAD_ALGORITHM = 'ECDSA_SHA_256'

export type HeadKey = HeadSigner & {
  /** DER, as `anchorKey` takes it. */
  readonly publicKey: () => Promise<Uint8Array>
}

export type KeyPlace = {
  /** The key's ARN. */
  readonly key: string
  readonly region: string
  readonly credentials: Credentials
  /** In place of the region's public one. */
  readonly endpoint?: string | undefined
}

export function kmsHeadKey({ key, ...place }: KeyPlace): HeadKey {
  const calls = signedCalls({ service: 'kms', now: systemClock(), ...place })
  const ask = async (operation: string, body: object, field: string): Promise<Uint8Array> => {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `TrentService.${operation}` }
    const answer = await calls.post(headers, JSON.stringify({ KeyId: key, ...body }))
    if (answer.statusCode !== 200) throw refusal(answer)
    const value: unknown = JSON.parse(Buffer.from(answer.body).toString())[field]
    return Buffer.from(String(value), 'base64')
  }
  return {
    sign: (bytes) => {
      const message = { Message: Buffer.from(bytes).toString('base64'), MessageType: 'RAW' }
      // Signing twice is two signatures of one head: a repeat is as harmless as that of a read.
      return reading('a signature of the audit chain', () =>
        ask('Sign', { ...message, SigningAlgorithm: HEAD_ALGORITHM }, 'Signature'),
      )
    },
    publicKey: () => reading('the key of the audit chain', () => ask('GetPublicKey', {}, 'PublicKey')),
  }
}

/** Named as the service names it; what it says beside that is dropped. */
function refusal({ statusCode, body }: Answer): Error {
  const type = /"(?:__type|code)"\s*:\s*"([^"]+)"/.exec(Buffer.from(body).toString())?.[1] ?? 'Unknown'
  const error = new Error(`expected the key service to answer, got status ${statusCode}`)
  return Object.assign(error, { name: type.split('#').at(-1) ?? type, $metadata: { httpStatusCode: statusCode } })
}
