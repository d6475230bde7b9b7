/** The window of evidence keys: what the secret says afterwards, and how Secrets Manager is spoken to. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { Defect, Transient, UnknownOutcome } from '../../../../shared/runtime/faults.ts'
import { isSameSecret, newestDayIn, secretKeyWindow, withDays } from '../../../../shared/store/evidence/key-window.ts'
import { date } from '../../../support/facts.ts'

const KEY = new Uint8Array(32).fill(3)
const DAYS = new Map([[date('2026-11-20'), KEY]])

describe('a secret', () => {
  test('keeps what else is in it when it gets its days', () => {
    const text = withDays('{"current":1,"keys":{"1":"x"},"days":{"2026-11-19":"y"}}', DAYS)
    expect(JSON.parse(text)).toEqual({
      current: 1,
      keys: { 1: 'x' },
      days: { '2026-11-20': Buffer.from(KEY).toString('base64') },
    })
    expect(newestDayIn(text)).toBe('2026-11-20')
  })

  test('without a value gets days alone, and has no newest day before', () => {
    expect(Object.keys(JSON.parse(withDays(undefined, DAYS)))).toEqual(['days'])
    expect([undefined, '{}', '{"current":1}'].map(newestDayIn)).toEqual([undefined, undefined, undefined])
  })

  test('is the same however it is laid out', () => {
    const text = withDays('{"current":1}', DAYS)
    expect(isSameSecret(JSON.stringify(JSON.parse(text), null, 2), text)).toBe(true)
    expect(isSameSecret('{"current":1}', text)).toBe(false)
    expect(isSameSecret(undefined, text)).toBe(false)
  })

  test.each(['no json', '7', 'null'])('that is %j is not written over', (text) => {
    expect(() => withDays(text, DAYS)).toThrow(expect.objectContaining({ code: 'SECRET_UNREADABLE' }))
  })
})

describe('Secrets Manager', () => {
  let close = () => {}
  afterEach(() => close())

  async function service(...answers: readonly [number, object][]) {
    const calls: { readonly target: unknown; readonly body: Record<string, string> }[] = []
    const server = createServer(async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part)
      calls.push({ target: request.headers['x-amz-target'], body: JSON.parse(Buffer.concat(parts).toString()) })
      const [status, answer] = answers[calls.length - 1] ?? answers.at(-1) ?? [500, {}]
      response.writeHead(status).end(JSON.stringify(answer))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    close = () => {
      server.closeAllConnections()
      server.close()
    }
    const window = secretKeyWindow({
      secret: 'hub/evidence',
      region: 'ap-southeast-3',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      now: Date.now,
    })
    return { calls, window }
  }
  const REFUSED = { __type: 'com.amazonaws.secretsmanager#AccessDeniedException', message: 'hub/evidence' }

  test('is asked for the value as it is now, and has none before the first', async () => {
    const { calls, window } = await service(
      [200, { SecretString: '{}' }],
      [400, { __type: 'ResourceNotFoundException' }],
    )
    expect(await window.read()).toBe('{}')
    expect(await window.read()).toBeUndefined()
    expect(calls[0]).toEqual({ target: 'secretsmanager.GetSecretValue', body: { SecretId: 'hub/evidence' } })
  })

  test('gets a new version once, however often it must be sent', async () => {
    const { calls, window } = await service([500, {}], [200, {}])
    await window.write('{"days":{}}')
    expect(calls.map(({ target }) => target)).toEqual(Array(2).fill('secretsmanager.PutSecretValue'))
    expect(calls[0]?.body).toMatchObject({ SecretString: '{"days":{}}', ClientRequestToken: expect.any(String) })
    expect(calls[1]?.body.ClientRequestToken).toBe(calls[0]?.body.ClientRequestToken)
  })

  test.each([
    ['refuses', 400, REFUSED, Defect, Defect],
    ['does not work', 500, {}, Transient, UnknownOutcome],
  ] as const)('that %s stops the night', async (_, status, answer, onRead, onWrite) => {
    const { window } = await service([status, answer])
    await expect(window.read()).rejects.toBeInstanceOf(onRead)
    await expect(window.write('{}')).rejects.toBeInstanceOf(onWrite)
  })
})
