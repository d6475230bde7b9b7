/**
 * Whatever is sent, by whom, however spoilt: nothing that the hub writes about it holds a NIK, a name, a phone number, a key,
 * a token or a signature; and one reference follows a payment from the endpoint to the view. Then the keys change hands.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial, logLinesOf } from '../support/hub.ts'
import { importFile, type Person, person, register } from '../support/people.ts'
import { bankOf, CHANNELS, retailerOf, shopOf, terminalOf, wib } from '../support/terminals.ts'

let hub: HubOnTrial

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-11-20T10:00:00+07:00' })
}, 180_000)
afterAll(() => hub?.stop())

const secretOf = (channel: string) => path.join(hub.dataDir, 'secrets', `${channel}.json`)
const spoken: string[] = []

/** Every header and body that goes out from here on is remembered. */
function listenIn(): () => void {
  const send = globalThis.fetch
  globalThis.fetch = (input, init) => {
    const headers = new Headers(init?.headers as Record<string, string>)
    for (const name of ['authorization', 'x-signature', 'webhook-signature', 'x-client-key']) {
      const value = headers.get(name)
      if (value) spoken.push(value.replace(/^Bearer /, '').replace(/^v1,/, ''))
    }
    const signature = /Signature=([0-9a-f]{40})/.exec(String(input))?.[1]
    if (signature) spoken.push(signature)
    return send(input, init)
  }
  return () => {
    globalThis.fetch = send
  }
}

test('no log line and nothing printed holds what belongs to a person or a partner', async () => {
  const people = CHANNELS.map(() => person({ name: 'Siti Khadijah Nurbaiti' }))
  const [one, two] = people as [Person, Person]
  const stopListening = listenIn()
  try {
    await register(hub, ...people)
    const shifted = importFile([one]).replace(one.kpj, one.nik)
    await hub.api('operator', 'POST', '/api/memberships/import', shifted)
    await hub.api('operator', 'POST', '/api/memberships/import', `${importFile([one])}"${one.nik},${one.name}`)
    for (const [i, channel] of CHANNELS.entries()) {
      const { nik, kpj } = people[i] as Person
      const terminal = terminalOf(hub, channel)
      await terminal.inquire({ id: `log-${channel}`, customer: nik })
      expect((await terminal.pay({ id: `log-${channel}`, customer: nik, amount: 8_400 })).code).toBe(terminal.codes.ok)
      await terminal.pay({ id: `log-${channel}`, customer: kpj, amount: 8_400 })
      await terminal.pay({ id: nik, customer: nik, amount: 1 })
      await terminal.reverse?.({ id: `log-${channel}`, customer: nik })
    }
    const bank = bankOf(hub, 'bni')
    const inquiry = { ...bank.identity(one.nik), inquiryRequestId: one.phone }
    await bank.inquiry({ ...inquiry, inquiryRequestId: one.name.repeat(20) })
    await bank.inquiry(inquiry, { raw: `{"customerNo":"${one.nik}",` })
    await bank.inquiry(inquiry, { headers: { 'X-EXTERNAL-ID': one.name, 'CHANNEL-ID': one.nik } })
    const retailer = retailerOf(hub)
    await retailer.call('inquiry', { AgentTrxID: one.name, CustomerID: one.nik })
    await retailer.call('inquiry', { AgentTrxID: 'x', CustomerID: one.nik, ProductID: 'BPUTK04' })
    const shop = shopOf(hub, 'pos')
    await shop.call('inquiry', { [one.nik]: one.name, transactionId: one.phone })
    await shop.call('inquiry', `{"${one.nik}":`)
    await shop.call(one.nik, '{}')
    await fetch(`${hub.url}/channels/pos/v1/${one.nik}?name=${encodeURIComponent(one.name)}`, { method: 'POST' })
    await hub.api('support', 'GET', `/api/participants/${one.nik}`)
    await hub.api('viewer', 'GET', `/api/participants/${one.nik}9`)
    await hub.api('viewer', 'GET', `/api/memberships/${one.nik}/coverage?on=${one.name}&knownAt=${one.phone}`)
    await hub.api('admin', 'POST', `/api/memberships/${two.kpj}/closure`, {
      reason: `heir ${two.phone}`,
      on: '2026-11-20',
    })
    await hub.api('operator', 'POST', '/api/bills', { kpj: one.nik, months: 1, validUntil: one.name })
    for (const kind of ['error', 'timeout-after-commit'] as const) {
      await fault({ kind, target: '*', rate: 0.5, count: 40, seed: 7 })
      for (const channel of CHANNELS) {
        await terminalOf(hub, channel).pay({ id: `${kind}-${channel}`, customer: two.nik, amount: 8_400 })
      }
      await hub.api('operator', 'POST', '/api/memberships/import', importFile([two]))
    }
    await fault({ kind: 'none' })
    await hub.untilQuiet()
  } finally {
    stopListening()
  }

  const keys = [...CHANNELS.map((channel) => hub.sandbox(channel)), hub.sandbox('operators')].flatMap((file) =>
    ['clientKey', 'clientSecret', 'agentPin', 'secretKey', 'secret', 'viewer', 'operator', 'admin', 'support'].flatMap(
      (name) => file[name] ?? [],
    ),
  )
  const theirs = people.flatMap(({ nik, name, phone }) => [nik, ...name.split(' '), phone, phone.replace(/^0/, '62')])
  const kept = [...CHANNELS, 'digests', 'evidence'].flatMap((name) => {
    const text = readFileSync(secretOf(name), 'utf8')
    return text.match(/[A-Za-z0-9+/]{43}=/g) ?? []
  })
  const lines = logLinesOf(hub.dataDir)
  expect(lines.length).toBeGreaterThan(50)
  expect(spoken.length).toBeGreaterThan(30)
  const written = `${lines.join('\n')}\n${hub.printed()}`.toLowerCase()
  const found = [...theirs, ...keys, ...kept, ...spoken]
    .filter((needle) => needle.length > 3)
    .filter((needle) => new RegExp(`(?<![a-z0-9])${escaped(needle.toLowerCase())}(?![a-z0-9])`).test(written))
  expect(found.map((needle) => `${needle.slice(0, 3)}…`)).toEqual([])
  for (const line of lines) expect(() => JSON.parse(line)).not.toThrow()
}, 60_000)

test('one reference follows a payment from the endpoint to the view, on every line', async () => {
  const farmer = person()
  await register(hub, farmer)
  await hub.untilQuiet()
  const until = logLinesOf(hub.dataDir).length
  const paid = await terminalOf(hub, 'pos').pay({ id: 'followed', customer: farmer.nik, amount: 8_400 })
  const reference: string = paid.body.hubReference
  await hub.untilQuiet()
  const lines = logLinesOf(hub.dataDir).map((line) => JSON.parse(line))
  expect(lines.length).toBeGreaterThan(until)
  const about = lines.filter(({ correlationId }) => correlationId === reference)
  expect([...new Set(about.map(({ service }) => service))].sort()).toEqual(['answer-channel', 'reconcile-membership'])
  const { body } = await hub.api('viewer', 'GET', `/api/memberships/${farmer.kpj}/payments`)
  expect(body.items[0].hubReference).toBe(reference)
})

test('a next generation of keys is accepted beside the current one, and alone once it is promoted', async () => {
  const farmer = person()
  await register(hub, farmer)
  const inquiryBy = (id: string) => ({ id, customer: farmer.nik })

  const post = JSON.parse(readFileSync(secretOf('pos'), 'utf8'))
  const nextPost = { secret: `whsec_${randomBytes(32).toString('base64')}` }
  const bni = JSON.parse(readFileSync(secretOf('bni'), 'utf8'))
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const nextBni = {
    ...bni.current,
    clientKey: 'next-client',
    clientSecret: randomBytes(32).toString('hex'),
    tokenKey: randomBytes(32).toString('base64'),
    publicKeyPem: pair.publicKey.export({ type: 'spki', format: 'pem' }),
  }
  const alfamart = JSON.parse(readFileSync(secretOf('alfamart'), 'utf8'))
  const nextAlfamart = { ...alfamart.current, agentPin: '246802', secretKey: randomBytes(24).toString('hex') }
  const keysOf = (channel: string, next: object) => ({ ...hub.sandbox(channel), ...next })
  const newBank = bankOf(
    hub,
    'bni',
    keysOf('bni', { ...nextBni, privateKeyPem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) }),
  )
  const newShop = shopOf(hub, 'pos', keysOf('pos', nextPost))
  const newRetailer = retailerOf(hub, keysOf('alfamart', nextAlfamart))
  const answers = async () => ({
    old: [
      (await terminalOf(hub, 'pos').inquire(inquiryBy('k'))).status,
      (await terminalOf(hub, 'alfamart').inquire(inquiryBy('k'))).code,
      (await bankOf(hub, 'bni').token()).status,
    ],
    next: [
      (await newShop.call('status', { transactionId: 'k', customerId: farmer.nik })).status,
      (await newRetailer.call('inquiry', { AgentTrxID: 'k', CustomerID: farmer.nik })).code,
      (await newBank.token()).status,
    ],
  })
  expect(await answers()).toEqual({ old: [200, '00', 200], next: [401, '97', 401] })

  writeFileSync(secretOf('pos'), JSON.stringify({ ...post, next: nextPost }))
  writeFileSync(secretOf('bni'), JSON.stringify({ ...bni, next: nextBni }))
  writeFileSync(secretOf('alfamart'), JSON.stringify({ ...alfamart, next: nextAlfamart }))
  await hub.moveTo(wib(hub.now() + 6 * 60_000))
  expect(await answers()).toEqual({ old: [200, '00', 200], next: [200, '00', 200] })
  const body = {
    ...newBank.identity(farmer.nik),
    paymentRequestId: 'rotated',
    paidAmount: { value: '8400.00', currency: 'IDR' },
  }
  expect((await newBank.payment(body)).code).toBe('2002500')

  writeFileSync(secretOf('pos'), JSON.stringify({ ...post, current: nextPost, next: null }))
  writeFileSync(secretOf('bni'), JSON.stringify({ ...bni, current: nextBni, next: null }))
  writeFileSync(secretOf('alfamart'), JSON.stringify({ ...alfamart, current: nextAlfamart, next: null }))
  await hub.moveTo(wib(hub.now() + 6 * 60_000))
  expect(await answers()).toEqual({ old: [401, '97', 401], next: [200, '00', 200] })
  // Its token was signed by the key that is gone: it is told so, and the next token is good.
  expect((await newBank.payment(body)).code).toBe('4012501')
  const { body: token } = await newBank.token()
  const headers = { Authorization: `Bearer ${token.accessToken}` }
  expect((await newBank.payment(body, { headers })).code).toBe('2002500')
})

async function fault(body: object): Promise<void> {
  const reply = await fetch(`${hub.url}/__local/fault`, { method: 'POST', body: JSON.stringify(body) })
  expect(reply.status).toBe(200)
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
