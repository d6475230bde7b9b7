/** Standard Webhooks, both ways against the library that partners use, and the list of signatures. */
import { Webhook } from 'standardwebhooks'
import { describe, expect, test } from 'vitest'
import { hubKeyOf } from '../../../../shared/protocols/hub-h2h/keys.ts'
import { signHub } from '../../../../shared/protocols/hub-h2h/signature.ts'
import { goodCall, NEXT_SECRET, NOW, read, SECRET } from './call.ts'

const good = goodCall('payment')
const body = String(good.body)
const mine = signHub(hubKeyOf(SECRET), good.id, good.timestamp, new TextEncoder().encode(body))
const other = `v1,${Buffer.alloc(32, 7).toString('base64')}`

describe('the library that partners use', () => {
  test('signs what the hub accepts', async () => {
    for (const text of [body, body.replace('STORE 17', 'TOKO 17')]) {
      const signatures = new Webhook(SECRET).sign(good.id, new Date(NOW), text)
      expect((await read({ ...good, body: text, signatures })).kind).toBe('message')
    }
  })

  test('accepts what the hub signs', () => {
    const now = String(Math.floor(Date.now() / 1000))
    const text = '{"name":"Wayan — ☂"}'
    const signature = signHub(hubKeyOf(SECRET), 'msg_2', now, new TextEncoder().encode(text))
    const headers = { 'webhook-id': 'msg_2', 'webhook-timestamp': now, 'webhook-signature': signature }
    expect(new Webhook(SECRET).verify(text, headers)).toEqual({ name: 'Wayan — ☂' })
    expect(() => new Webhook(NEXT_SECRET).verify(text, headers)).toThrow('No matching signature found')
  })
})

describe('a list of signatures', () => {
  test.each([
    ['the right one alone', mine, true],
    ['the right one behind others', `${other} v2,abc v1a,${mine.slice(3)} ${mine}`, true],
    ['the right one as the sixteenth', [...Array(15).fill(other), mine].join(' '), true],
    ['seventeen, the right one first', [mine, ...Array(16).fill(other)].join(' '), false],
    ['the right bytes under another version', mine.replace('v1,', 'v2,'), false],
    ['the right bytes without version', mine.slice(3), false],
    ['the right one without its padding', mine.replace('=', ''), false],
    ['the right one in the URL alphabet', mine.replaceAll('+', '-').replaceAll('/', '_').replace('=', ''), false],
    ['the right one joined to another by a comma, as duplicate headers are', `${mine},${other}`, false],
    ['half of the right one', mine.slice(0, 24), false],
    ['only another one', other, false],
  ])('with %s', async (_, signatures, accepted) => {
    expect((await read({ ...good, signatures })).kind).toBe(accepted ? 'message' : 'response')
  })
})

test.each([
  ['id', { ...good, id: 'msg_9', signatures: mine }],
  ['timestamp', { ...good, timestamp: String(Number(good.timestamp) + 1), signatures: mine }],
  ['body', { ...good, body: `${body} `, signatures: mine }],
])('the %s is signed', async (_, call) => {
  expect(await read(call)).toMatchObject({ refusal: 'bad-signature' })
})
