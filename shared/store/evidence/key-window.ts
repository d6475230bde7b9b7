/**
 * The window of evidence keys: those of the days around today, in the secret `hub/evidence`, where endpoints find them without
 * asking a table. The archive of all of them is table `evidence-data-keys`.
 *
 * Promise: what else is in the secret (keys by number, of before days had their own) stays as it is. Read past the secrets
 * extension, whose copy may be minutes old. Producer: functions/keep-data-keys. Consumer: functions/answer-channel (`prepareEvidenceKeys`).
 */
import { randomUUID } from 'node:crypto'
import { type BusinessDate, parseBusinessDate } from '../../domain/instant.ts'
import { Defect } from '../../runtime/faults.ts'
import { type Credentials, signedCalls } from '../../runtime/signed-call.ts'
import { DATA_KEY_BYTES } from '../data-keys/data-keys.ts'
import { reading, writing } from '../dynamo/errors.ts'

export type KeyWindow = {
  /** The secret's text; undefined before its first value. */
  readonly read: () => Promise<string | undefined>
  readonly write: (text: string) => Promise<void>
}

export type SecretPlace = {
  readonly secret: string
  readonly region: string
  readonly credentials: Credentials
  readonly endpoint: string | undefined
  /** Milliseconds of the wall clock. */
  readonly now: () => number
}

export function secretKeyWindow({ secret, ...place }: SecretPlace): KeyWindow {
  const calls = signedCalls({ service: 'secretsmanager', ...place })
  const ask = async (operation: string, body: object): Promise<{ readonly SecretString?: string }> => {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `secretsmanager.${operation}`,
    }
    const { statusCode, body: answer } = await calls.post(headers, JSON.stringify({ SecretId: secret, ...body }))
    const said = Buffer.from(answer).toString()
    if (statusCode === 200) return JSON.parse(said)
    // What it says beside its name is dropped: it may quote the value.
    const name = /"__type"\s*:\s*"(?:[^"]*#)?([^"#]+)"/.exec(said)?.[1] ?? 'Unknown'
    const error = new Error(`expected ${operation} of a secret to be answered, got status ${statusCode}`)
    throw Object.assign(error, { name, $metadata: { httpStatusCode: statusCode } })
  }
  return {
    read: () =>
      reading('the window of evidence keys', async () => {
        try {
          return (await ask('GetSecretValue', {})).SecretString
        } catch (error) {
          if ((error as Error).name === 'ResourceNotFoundException') return undefined
          throw error
        }
      }),
    write: async (text) => {
      // The same token at each try: one version, however often it is sent.
      const value = { SecretString: text, ClientRequestToken: randomUUID() }
      await writing('the window of evidence keys', () => ask('PutSecretValue', value))
    },
  }
}

/** The secret with these days in place of its own. Throws a Defect when it is no JSON object. */
export function withDays(text: string | undefined, days: ReadonlyMap<BusinessDate, Uint8Array>): string {
  const entries = [...days].map(([day, key]) => [day, Buffer.from(key).toString('base64')])
  return JSON.stringify({ ...contentOf(text), days: Object.fromEntries(entries) })
}

/** Whether a secret says the same as another, however it is laid out. */
export function isSameSecret(text: string | undefined, other: string): boolean {
  return text !== undefined && JSON.stringify(contentOf(text)) === other
}

/** The keys that endpoints have, by day. Throws a Defect for one that is none. */
export function daysIn(text: string | undefined): ReadonlyMap<BusinessDate, Uint8Array> {
  const { days = {} } = contentOf(text) as { readonly days?: object }
  const keys = new Map<BusinessDate, Uint8Array>()
  for (const [under, encoded] of Object.entries(days)) {
    const day = parseBusinessDate(under)
    const key = Buffer.from(typeof encoded === 'string' ? encoded : '', 'base64')
    if (day === undefined || key.length !== DATA_KEY_BYTES) throw unreadable('to have a key of 32 bytes for each day')
    keys.set(day, key)
  }
  return keys
}

/** The last day that endpoints have a key of; undefined when the secret has none. */
export function newestDayIn(text: string | undefined): BusinessDate | undefined {
  const { days = {} } = contentOf(text) as { readonly days?: object }
  const newest = Object.keys(days).sort().at(-1)
  return newest === undefined ? undefined : parseBusinessDate(newest)
}

function contentOf(text: string | undefined): object {
  try {
    const content: unknown = JSON.parse(text ?? '{}')
    if (typeof content === 'object' && content !== null) return content
  } catch {
    // The parser would quote the text.
  }
  throw unreadable('to be a JSON object')
}

function unreadable(expected: string): Defect {
  return new Defect('SECRET_UNREADABLE', `expected the secret of the evidence keys ${expected}; mend it by hand`)
}
