/**
 * Secrets, read through the AWS Parameters and Secrets Lambda Extension: a plain HTTP GET on the loopback, so that no
 * Secrets Manager client is in any bundle.
 *
 * Promises: callers that ask at the same time share one request; what was prepared from a text is prepared once; while a
 * refresh fails the last good value serves on, for 15 minutes at most, and the log says so. No value is ever in an error.
 * Refuses to know what a secret is for. Locally the hub's gate serves the same endpoint.
 */
import { Agent, get as httpGet } from 'node:http'
import type { Instant } from '../domain/instant.ts'
import { Defect, Transient } from './faults.ts'
import type { Log } from './log.ts'

export type Secrets = {
  /** The secret's text. Throws `Transient` when there is none to be had. */
  readonly get: (name: string) => Promise<string>
  /** What `prepare` makes of the text; the same object for as long as the text is the same. Pass the same function each time. */
  readonly prepared: <T>(name: string, prepare: (text: string) => T) => Promise<T>
}

export type SecretsOptions = {
  readonly host: string
  readonly port: number
  /** The function's session token: the extension's proof that the caller is the function. */
  readonly token: string
  readonly clock: () => Instant
  readonly log: Log
  readonly ttlMillis?: number
  readonly timeoutMillis?: number
}

const TTL_MILLIS = 60_000
const TIMEOUT_MILLIS = 2_000
const STALE_MILLIS = 15 * 60_000
/** After a failed refresh the old value serves this long before the next try: an outage must not cost every call its timeouts. */
const RETRY_AFTER_MILLIS = 5_000
const ATTEMPTS = 2
const MAX_BYTES = 256 * 1024

type CachedText = { readonly text: string; readonly readAt: number; readonly dueAt: number }
type PreparedSecret = {
  readonly text: string
  readonly prepare: (text: string) => unknown
  readonly value: unknown
  /** When the secret last was this text. */
  readonly goodAt: number
  /** A later text that could not be used, and why: it is tried once, not at every call. */
  readonly refused?: { readonly text: string; readonly why: Defect }
}

export function extensionSecrets(options: SecretsOptions): Secrets {
  const { clock, log } = options
  const ttl = options.ttlMillis ?? TTL_MILLIS
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  const held = new Map<string, CachedText>()
  const requests = new Map<string, Promise<string>>()
  const made = new Map<string, PreparedSecret>()

  async function get(name: string): Promise<string> {
    const there = held.get(name)
    if (there && isFresh(there, clock())) return there.text
    const running = requests.get(name)
    if (running) return running
    const request = refresh(name, there).finally(() => requests.delete(name))
    requests.set(name, request)
    return request
  }

  async function refresh(name: string, there: CachedText | undefined): Promise<string> {
    try {
      const text = await withRetry(() => read(options, agent, name))
      const now = clock()
      held.set(name, { text, readAt: now, dueAt: now + ttl })
      return text
    } catch (error) {
      const now = clock()
      if (!there || Math.abs(now - there.readAt) > STALE_MILLIS) throw error
      held.set(name, { ...there, dueAt: now + RETRY_AFTER_MILLIS })
      log.warn('A secret could not be refreshed; the last good one serves on', {
        secretName: name,
        ageMillis: now - there.readAt,
        error,
      })
      return there.text
    }
  }

  async function prepared<T>(name: string, prepare: (text: string) => T): Promise<T> {
    const text = await get(name)
    const last = made.get(name)
    const mine = last?.prepare === prepare ? last : undefined
    if (mine?.text === text) {
      made.set(name, { text, prepare, value: mine.value, goodAt: clock() })
      return mine.value as T
    }
    const outcome = mine?.refused?.text === text ? mine.refused.why : tried(name, text, prepare)
    if (!(outcome instanceof Defect)) {
      made.set(name, { text, prepare, value: outcome.value, goodAt: clock() })
      return outcome.value
    }
    if (!mine || Math.abs(clock() - mine.goodAt) > STALE_MILLIS) throw outcome
    // Somebody stored a broken secret: the keys that worked a moment ago keep the endpoint open while it is mended.
    if (outcome !== mine.refused?.why)
      log.error('A secret cannot be used; the last good one serves on', { secretName: name, error: outcome })
    made.set(name, { ...mine, refused: { text, why: outcome } })
    return mine.value as T
  }

  return { get, prepared }
}

/** A clock that went back makes a value old, not eternally young. */
function isFresh(there: CachedText, now: number): boolean {
  return now >= there.readAt && now < there.dueAt
}

async function withRetry(attempt: () => Promise<string>): Promise<string> {
  for (let tried = 1; ; tried++) {
    try {
      return await attempt()
    } catch (error) {
      if (tried === ATTEMPTS) throw error
    }
  }
}

async function read(options: SecretsOptions, agent: Agent, name: string): Promise<string> {
  const { status, body } = await fetchText(options, agent, `/secretsmanager/get?secretId=${encodeURIComponent(name)}`)
  if (status !== 200)
    throw unavailable(
      `expected the secrets extension to answer 200 for ${name}, got ${status}; see that the role may read it`,
    )
  const text = secretString(body)
  if (text === undefined)
    throw unavailable(`expected a SecretString in the secrets extension's answer for ${name}; store the secret as text`)
  return text
}

function secretString(body: string): string | undefined {
  try {
    const text = (JSON.parse(body) as { readonly SecretString?: unknown } | null)?.SecretString
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined
  }
}

function fetchText(
  options: SecretsOptions,
  agent: Agent,
  path: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const { host, port, token } = options
  const timeoutMillis = options.timeoutMillis ?? TIMEOUT_MILLIS
  return new Promise((resolve, reject) => {
    // One deadline for the whole exchange: a socket timeout alone would let an answer trickle in for ever.
    const deadline = AbortSignal.timeout(timeoutMillis)
    const failed = (cause: unknown) =>
      reject(
        unavailable(
          `expected the secrets extension on port ${port} to answer within ${timeoutMillis} ms; see that its layer is there`,
          cause,
        ),
      )
    const headers = { 'X-Aws-Parameters-Secrets-Token': token }
    const request = httpGet({ host, port, path, agent, headers, signal: deadline }, (response) => {
      const chunks: Buffer[] = []
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > MAX_BYTES) response.destroy(new Error('answer too large'))
        else chunks.push(chunk)
      })
      response.on('error', failed)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      )
    })
    request.on('error', failed)
  })
}

function unavailable(message: string, cause?: unknown): Transient {
  return new Transient('SECRET_UNAVAILABLE', message, cause === undefined ? undefined : { cause })
}

/** Readers of secrets throw TypeErrors that name a field; any other error may quote what it read. */
function tried<T>(name: string, text: string, prepare: (text: string) => T): { readonly value: T } | Defect {
  try {
    return { value: prepare(text) }
  } catch (error) {
    const why = error instanceof TypeError ? `: ${error.message}` : ''
    return new Defect('SECRET_UNUSABLE', `expected the secret ${name} to have its shape; store it again${why}`)
  }
}
