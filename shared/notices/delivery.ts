/**
 * What a failed call to a provider means: not sent for this member, not sent for now, not sent because of us, or unknown.
 *
 * ```
 * no connection, throttle                 later     nothing was taken
 * this number, this address               refused   another way may be tried
 * any other 4xx                           Defect    our set-up: the same would happen to everybody
 * 5xx, time-out, connection lost          unknown   it may have been taken
 * ```
 * Shared by the adapters beside it, which bring their provider's own words.
 */
import { Defect } from '../runtime/faults.ts'
import type { Delivery } from './notifier.ts'

export type ProviderError = {
  readonly name?: string
  readonly message?: string
  readonly code?: string
  readonly Reason?: string
  readonly Fields?: readonly { readonly Name?: string | undefined }[]
  readonly $fault?: 'client' | 'server'
  readonly $metadata?: { readonly httpStatusCode?: number }
}

export type ProviderWords = {
  readonly provider: string
  /** Names of errors that say: not now. */
  readonly later: readonly string[]
  /** The code where an error is about this member's number or address; undefined for every other error. */
  readonly refused: (error: ProviderError) => string | undefined
}

/** Turned away before anything was looked at: too often, or signed too long ago by a function that had been frozen. */
const LATER = new Set([
  'ThrottlingException',
  'TooManyRequestsException',
  'RequestExpired',
  'InvalidSignatureException',
])
/** No connection was made, so nothing was handed over. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])
/** Raised before anything is sent. */
const OURS = new Set(['TypeError', 'RangeError', 'CredentialsProviderError'])

/** Calls once. `call` resolves to the provider's id of the message. */
export async function deliver(call: () => Promise<string | undefined>, words: ProviderWords): Promise<Delivery> {
  try {
    return { outcome: 'sent', messageId: (await call()) ?? '' }
  } catch (cause) {
    return meaningOf(cause as ProviderError, words)
  }
}

function meaningOf(error: ProviderError, words: ProviderWords): Delivery {
  const { name = 'Error' } = error
  const status = error.$metadata?.httpStatusCode
  if (LATER.has(name) || words.later.includes(name) || status === 429) return { outcome: 'later', code: wordOf(name) }
  if (NOT_CONNECTED.has(error.code ?? '') || neverConnected(error)) return { outcome: 'later', code: 'NOT_CONNECTED' }
  const refused = words.refused(error)
  if (refused !== undefined) return { outcome: 'refused', code: wordOf(refused) }
  const isOurs = OURS.has(name) || error.$fault === 'client' || (status !== undefined && status >= 400 && status < 500)
  if (isOurs) {
    throw new Defect(
      'PROVIDER_REFUSED',
      `expected ${words.provider} to take a message, got ${wordOf(name)}; see how sender, template and permissions are set up`,
      { cause: error },
    )
  }
  return { outcome: 'unknown', code: wordOf(name) }
}

/** The HTTP handler gives one name to both its time-outs; only one of them says that nothing was sent. */
function neverConnected({ name, message = '' }: ProviderError): boolean {
  return name === 'TimeoutError' && message.includes('did not establish a connection')
}

/** As logs and items may hold it: a provider's word, or none. */
function wordOf(text: string): string {
  return /^[A-Za-z]\w{0,63}$/.test(text) ? text : 'OTHER'
}
