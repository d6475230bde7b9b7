/**
 * When a channel's secret was last written: the instant alone, never what is in it. One operation of Secrets Manager
 * (ListSecretVersionIds), for which the console has a right, as it has none to read these secrets. Locally the proxy answers.
 */
import { type Instant, instant } from '../../../shared/domain/instant.ts'
import type { Log } from '../../../shared/runtime/log.ts'
import { type Credentials, signedCalls } from '../../../shared/runtime/signed-call.ts'
import { reading } from '../../../shared/store/dynamo/errors.ts'

/** null: it was never written, or nobody can say now. */
export type SecretWrittenAt = (channel: string) => Promise<Instant | null>

export type SecretsPlace = {
  readonly region: string
  readonly credentials: Credentials
  readonly endpoint: string
  readonly now: () => number
}

type Version = { readonly VersionStages?: readonly string[]; readonly CreatedDate?: number }

const CURRENT = 'AWSCURRENT'

/** `secrets`: names, whose last part is the channel. */
export function secretVersions(
  secrets: readonly string[],
  place: SecretsPlace,
  log: Pick<Log, 'warn'>,
): SecretWrittenAt {
  const calls = signedCalls({ service: 'secretsmanager', ...place })
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'secretsmanager.ListSecretVersionIds',
  }
  const ask = async (name: string): Promise<Instant | null> => {
    const { statusCode, body } = await calls.post(headers, JSON.stringify({ SecretId: name }))
    if (statusCode !== 200) {
      const error = new Error(`expected the versions of a secret, got status ${statusCode}`)
      throw Object.assign(error, { name: 'SecretVersions', $metadata: { httpStatusCode: statusCode } })
    }
    const { Versions: versions = [] }: { readonly Versions?: readonly Version[] } = JSON.parse(
      Buffer.from(body).toString(),
    )
    const current = versions.find(({ VersionStages: stages = [] }) => stages.includes(CURRENT))
    return current?.CreatedDate === undefined ? null : instant(Math.round(current.CreatedDate * 1_000))
  }
  return async (channel) => {
    const name = secrets.find((each) => each.split('/').at(-1) === channel)
    if (name === undefined) return null
    return reading('the versions of a secret', () => ask(name)).catch((error: unknown) => {
      log.warn('When a secret was last written is not to be had', { channel, error })
      return null
    })
  }
}
