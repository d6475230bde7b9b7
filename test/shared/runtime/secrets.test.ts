/** Secrets from the extension: asked for once, prepared once, good for a while when the extension is not. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type Instant, instant } from '../../../shared/domain/instant.ts'
import { Defect, Transient } from '../../../shared/runtime/faults.ts'
import { createLog } from '../../../shared/runtime/log.ts'
import { extensionSecrets } from '../../../shared/runtime/secrets.ts'

const START = instant(Date.UTC(2026, 10, 20))
const MINUTE = 60_000
const open: Server[] = []

type Answer = (request: IncomingMessage, response: ServerResponse) => void

const holding =
  (text: string): Answer =>
  (_, response) =>
    response.end(JSON.stringify({ SecretString: text }))
const failing: Answer = (_, response) => {
  response.statusCode = 500
  response.end('whsec_topsecret')
}

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** An extension that answers as told, and what the function under test sees of it. */
async function extension(first: Answer) {
  const requests: { url: string | undefined; token: unknown }[] = []
  const state = { answer: first, now: START as number }
  const server = createServer((request, response) => {
    requests.push({ url: request.url, token: request.headers['x-aws-parameters-secrets-token'] })
    state.answer(request, response)
  })
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const lines: string[] = []
  const secrets = extensionSecrets({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    token: 'session-token',
    clock: () => state.now as Instant,
    log: createLog({ service: 'answer-channel', level: 'DEBUG', write: (line) => lines.push(line) }),
    timeoutMillis: 100,
  })
  return { secrets, state, requests, lines }
}

const thrown = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('asking', () => {
  test('names the secret and shows the session token', async () => {
    const { secrets, requests } = await extension(holding('keys'))
    expect(await secrets.get('hub/bni')).toBe('keys')
    expect(requests).toEqual([{ url: '/secretsmanager/get?secretId=hub%2Fbni', token: 'session-token' }])
  })

  test('sixteen callers at once are one request', async () => {
    const { secrets, requests } = await extension(holding('keys'))
    const texts = await Promise.all(Array.from({ length: 16 }, () => secrets.get('hub/bni')))
    expect(new Set(texts)).toEqual(new Set(['keys']))
    expect(requests).toHaveLength(1)
  })

  test('two secrets are two requests', async () => {
    const { secrets, requests } = await extension((request, response) =>
      holding(String(request.url).slice(-3))(request, response),
    )
    expect(await Promise.all([secrets.get('hub/bni'), secrets.get('hub/pos')])).toEqual(['bni', 'pos'])
    expect(requests).toHaveLength(2)
  })

  test('within a minute nobody asks again, after it a new value is seen', async () => {
    const { secrets, state, requests } = await extension(holding('old'))
    await secrets.get('hub/bni')
    state.answer = holding('new')
    state.now += MINUTE - 1
    expect(await secrets.get('hub/bni')).toBe('old')
    expect(requests).toHaveLength(1)
    state.now += 1
    expect(await secrets.get('hub/bni')).toBe('new')
  })

  test('a clock that went back makes nobody wait for the future', async () => {
    const { secrets, state } = await extension(holding('old'))
    await secrets.get('hub/bni')
    state.answer = holding('new')
    state.now -= 24 * 60 * MINUTE
    expect(await secrets.get('hub/bni')).toBe('new')
  })
})

describe('an extension that fails', () => {
  test('once is asked a second time', async () => {
    const { secrets, state, requests } = await extension((request, response) => {
      state.answer = holding('keys')
      failing(request, response)
    })
    expect(await secrets.get('hub/bni')).toBe('keys')
    expect(requests).toHaveLength(2)
  })

  test.each<[string, Answer]>([
    ['an error', failing],
    ['silence', () => undefined],
    ['a cut connection', (request) => request.socket.destroy()],
    ['an answer that is not JSON', (_, response) => response.end('whsec_topsecret')],
    ['an answer without text', (_, response) => response.end('{"SecretBinary":"whsec_topsecret"}')],
    ['an answer without end', (_, response) => void response.write('{"SecretString":"whsec_topsecret')],
    ['an answer that is far too large', (_, response) => response.end('x'.repeat(300_000))],
  ])('with %s is a transient fault that shows no value, and is tried again by the next caller', async (_, answer) => {
    const { secrets, state } = await extension(answer)
    const error = (await thrown(secrets.get('hub/bni'))) as Transient
    expect(error).toBeInstanceOf(Transient)
    expect(error.code).toBe('SECRET_UNAVAILABLE')
    expect(`${error.message} ${String(error.cause)}`).not.toContain('topsecret')
    state.answer = holding('keys')
    expect(await secrets.get('hub/bni')).toBe('keys')
  })

  test('is bridged by the last good value for fifteen minutes, and no longer', async () => {
    const { secrets, state, lines } = await extension(holding('keys'))
    await secrets.get('hub/bni')
    state.answer = failing
    state.now = START + 15 * MINUTE
    expect(await secrets.get('hub/bni')).toBe('keys')
    expect(lines.join()).toContain('hub/bni')
    expect(lines.join()).not.toContain('topsecret')
    state.now = START + 15 * MINUTE + 5_000
    expect(await thrown(secrets.get('hub/bni'))).toBeInstanceOf(Transient)
  })

  test('is not asked at every call meanwhile', async () => {
    const { secrets, state, requests } = await extension(holding('keys'))
    await secrets.get('hub/bni')
    state.answer = failing
    state.now = START + 2 * MINUTE
    for (let i = 0; i < 10; i++) await secrets.get('hub/bni')
    expect(requests).toHaveLength(3)
    state.answer = holding('new')
    state.now += 5_000
    expect(await secrets.get('hub/bni')).toBe('new')
  })
})

describe('preparing', () => {
  const reader = () => {
    const texts: string[] = []
    const prepare = (text: string) => {
      texts.push(text)
      if (text.startsWith('broken')) throw new TypeError('expected "clientSecret"')
      if (text.startsWith('foreign')) throw new SyntaxError(`Unexpected token in ${text}`)
      return { prepared: text }
    }
    return { texts, prepare }
  }

  test('happens once for as long as the text is the same', async () => {
    const { secrets, state } = await extension(holding('keys'))
    const { texts, prepare } = reader()
    const [first, second] = await Promise.all([
      secrets.prepared('hub/bni', prepare),
      secrets.prepared('hub/bni', prepare),
    ])
    state.now += 10 * MINUTE
    expect(await secrets.prepared('hub/bni', prepare)).toBe(first)
    expect(second).toBe(first)
    expect(texts).toEqual(['keys'])
    state.now += MINUTE
    state.answer = holding('new keys')
    expect(await secrets.prepared('hub/bni', prepare)).toEqual({ prepared: 'new keys' })
  })

  test('two readers of one secret do not get each other’s object', async () => {
    const { secrets } = await extension(holding('keys'))
    expect(await secrets.prepared('hub/bni', (text) => text.length)).toBe(4)
    expect(await secrets.prepared('hub/bni', (text) => text.toUpperCase())).toBe('KEYS')
  })

  test('an unusable secret is a defect that names it; what an unknown reader said stays out', async () => {
    const { secrets, state } = await extension(holding('broken'))
    const { prepare } = reader()
    const error = (await thrown(secrets.prepared('hub/bni', prepare))) as Defect
    expect(error).toBeInstanceOf(Defect)
    const shape = 'expected the secret hub/bni to have its shape; store it again'
    expect(error.message).toBe(`${shape}: expected "clientSecret"`)
    state.now += MINUTE
    state.answer = holding('foreign topsecret')
    expect(await thrown(secrets.prepared('hub/bni', prepare))).toMatchObject({ code: 'SECRET_UNUSABLE', message: shape })
  })

  test('a broken secret stored over a good one is said once, and the good one keeps the endpoint open for fifteen minutes', async () => {
    const { secrets, state, lines } = await extension(holding('keys'))
    const { texts, prepare } = reader()
    await secrets.prepared('hub/bni', prepare)
    state.now = START + 60 * MINUTE
    const good = await secrets.prepared('hub/bni', prepare)
    state.answer = holding('broken')
    for (let minute = 61; minute <= 75; minute++) {
      state.now = START + minute * MINUTE
      expect(await secrets.prepared('hub/bni', prepare)).toBe(good)
    }
    expect(texts).toEqual(['keys', 'broken'])
    expect(lines).toHaveLength(1)
    state.now = START + 76 * MINUTE
    expect(await thrown(secrets.prepared('hub/bni', prepare))).toBeInstanceOf(Defect)
    state.answer = holding('mended')
    state.now += MINUTE
    expect(await secrets.prepared('hub/bni', prepare)).toEqual({ prepared: 'mended' })
  })
})
