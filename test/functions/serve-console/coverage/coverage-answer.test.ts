import { describe, expect, test } from 'vitest'
import { month } from '../../../../shared/domain/month.ts'
import { signedReversal } from '../../../support/endpoint.ts'
import { at, reverse } from '../../../support/facts.ts'
import { decreedRules } from '../../../support/rules.ts'
import { consoleOn, KPJ, row } from '../console.ts'

const path = `/api/memberships/${KPJ}/coverage`

async function paid() {
  const hub = consoleOn({ now: '2026-11-20T09:00' })
  await hub.importRows(row({ registered_on: '2026-10-05' }))
  const payment = await hub.pay('P1', '2026-11-20T10:00', ['2026-11', '2026-12'])
  hub.setClock('2026-12-20T10:00')
  const ask = async (query: string) => (await hub.call('viewer', 'GET', `${path}?${query}`)).body
  return { hub, payment, ask }
}

test('a decree recorded later changes no answer about the days before it', async () => {
  const rules = decreedRules(at('2027-01-15T00:00'), month('2027-06'))
  const hub = consoleOn({ now: '2026-12-01T09:00', rules })
  await hub.importRows(row({ registered_on: '2026-10-05' }))
  for (const id of ['P1', 'P2']) await hub.pay(id, `2026-12-05T10:0${id[1]}`, ['2026-12'])
  const ask = async (query: string) => (await hub.call('viewer', 'GET', `${path}?on=2027-01-05${query}`)).body
  const knownAt = '&knownAt=2027-01-10T00:00:00%2B07:00'
  hub.setClock('2027-01-14T10:00')
  const before = await ask(knownAt)
  expect(before).toMatchObject({ covered: false, month: '2027-01' })
  hub.setClock('2027-02-14T10:00')
  expect({ ...(await ask(knownAt)), asOf: null }).toEqual({ ...before, asOf: null })
  expect(await ask('')).toMatchObject({ covered: false, rulesVersion: 'decreed' })
  expect(before.rulesVersion).toMatch(/^decreed, as known at /)
})

describe('was this membership covered', () => {
  test.each([
    ['the day before the payment', '2026-11-19', false, false],
    ['the day of the payment, from that hour on', '2026-11-20', true, true],
    ['the day after', '2026-11-21', true, false],
    ['the next month, paid ahead', '2026-12-01', true, false],
    ['a month that nobody paid', '2027-01-01', false, false],
    ['a minute before the payment', '2026-11-20T09:59:00%2B07:00', false, false],
    ['the minute of the payment, its offset not encoded', '2026-11-20T10:00:00+07:00', true, false],
    ['the minute of the payment, told in UTC', '2026-11-20T03:00:00Z', true, false],
  ])('on %s', async (_, on, covered, partialDay) => {
    const { ask } = await paid()
    expect(await ask(`on=${on}`)).toMatchObject({ kpj: KPJ, covered, partialDay, provisional: covered, knownAt: null })
  })

  test('the stretch of cover begins at the payment and ends with the month', async () => {
    const { ask } = await paid()
    expect(await ask('on=2026-11-21')).toMatchObject({
      on: '2026-11-21',
      month: '2026-11',
      from: '2026-11-20T03:00:00.000Z',
      to: '2026-11-30T17:00:00.000Z',
    })
  })

  test('the evidence leads from the partner’s call to the fact', async () => {
    const { ask } = await paid()
    const { evidence } = await ask('on=2026-11-21')
    expect(evidence).toMatchObject([
      { step: 'fact', kind: 'terms', holdsMonth: false },
      { step: 'channel-call', channel: 'bni', paymentId: 'P1', evidenceDigest: '01abcd' },
      { step: 'payment-decision', channel: 'bni', paymentId: 'P1', hubReference: 'CHP1', decision: 'accepted' },
      {
        step: 'fact',
        kind: 'payment',
        factKey: 'payment#bni#P1',
        holdsMonth: true,
        months: [
          { month: '2026-11', priceRupiah: 8_400 },
          { month: '2026-12', priceRupiah: 8_400 },
        ],
      },
    ])
  })

  test('a payment by bill leads through the bill to the member’s share', async () => {
    const hub = consoleOn({ now: '2026-11-20T09:00' })
    await hub.importRows(row({ funding: 'village' }))
    const bill = (await hub.call('operator', 'POST', '/api/bills', { kpj: KPJ, months: 1, validUntil: '2026-11-30' }))
      .body
    await hub.pay('B1', '2026-11-20T10:00', ['2026-11'], { account: bill.billCode, amount: bill.amountRupiah })
    await hub.fold()
    const { evidence, covered } = (await hub.call('viewer', 'GET', `${path}?on=2026-11-21`)).body
    expect(covered).toBe(true)
    expect(evidence).toMatchObject([
      { step: 'fact', kind: 'terms' },
      { step: 'channel-call', channel: 'bni', paymentId: 'B1' },
      { step: 'payment-decision', account: bill.billCode },
      { step: 'fact', kind: 'payment', account: bill.billCode, holdsMonth: false },
      { step: 'fact', kind: 'share', account: KPJ, billCode: bill.billCode, holdsMonth: true },
    ])
  })
})

describe('what did we know of it then', () => {
  test('a reversal changes the answer from its own recording on, and is evidence', async () => {
    const { hub, payment, ask } = await paid()
    await hub.store.facts.put(signedReversal(reverse(payment, '2026-11-20T12:00')))
    const before = await ask('on=2026-11-21&knownAt=2026-11-20T11:00:00%2B07:00')
    expect(before).toMatchObject({ covered: true, knownAt: '2026-11-20T11:00:00+07:00' })
    const after = await ask('on=2026-11-21&knownAt=2026-11-20T12:00:00%2B07:00')
    expect(after).toMatchObject({ covered: false, provisional: false, from: null, to: null })
    expect(after.evidence.at(-1)).toMatchObject({ kind: 'reversal', reverses: 'payment#bni#P1' })
  })

  test('before the registration was recorded nothing was known', async () => {
    const { ask } = await paid()
    expect(await ask('on=2026-11-21&knownAt=2026-11-01T00:00:00Z')).toMatchObject({ covered: false, evidence: [] })
  })

  test.each([
    ['4 minutes ago', '2026-12-20T09:56:00%2B07:00', 400],
    ['in the future', '2027-01-01T00:00:00Z', 400],
    ['5 minutes ago', '2026-12-20T09:55:00%2B07:00', 200],
  ])('knownAt %s', async (_, knownAt, status) => {
    const { hub } = await paid()
    const answer = await hub.call('viewer', 'GET', `${path}?on=2026-11-21&knownAt=${knownAt}`)
    expect(answer.status).toBe(status)
    expect(answer.body.code).toBe(status === 400 ? 'KNOWN_AT_TOO_RECENT' : undefined)
  })

  test.each([
    '',
    'on=yesterday',
    'on=2026-02-30',
    'on=9999-12-31',
    'on=9999-12-31T00:00:00Z',
    'on=2026-11-20T10:00:00',
    'on=2026-11-20&knownAt=2026-11-20',
  ])('a question that cannot be read is refused: %s', async (query) => {
    const { hub } = await paid()
    expect(await hub.call('viewer', 'GET', `${path}?${query}`)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_INPUT' },
    })
  })
})
