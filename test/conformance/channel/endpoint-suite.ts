/**
 * What every channel's endpoint must do, asked through the channel's own sandbox. Knows no channel: what differs between
 * protocols comes from docs/reference/payment-outcomes.md, so a channel of a known protocol needs no test of its own.
 */
import { describe, expect, test } from 'vitest'
import type { Channel, EndpointResponse, Reading } from '../../../shared/channel-port/channel.ts'
import type { HttpCall, PartnerPayment, Sandbox } from '../../../shared/channel-port/partner.ts'
import { type AnswerName, PRECEDENCE } from '../../../shared/channel-port/precedence.ts'
import { inForce } from '../../../shared/domain/effective-dated.ts'
import { MONTH_COUNTS } from '../../../shared/domain/month-count.ts'
import { answerNamed, HUB_REFERENCE, NOW } from './answers.ts'
import { ask, counterOf, type Kind, refusalOf, requestOf } from './counter.ts'
import { answerRows, codesOf, type OutcomeRow, refusalRows } from './outcome-tables.ts'

export type ChannelUnderTest = {
  readonly channel: Channel
  readonly sandbox: Sandbox
  readonly readme: string
  /** The kinds of message that the sandbox can send. */
  readonly kinds: readonly Kind[]
}

const MONTHS = ['2026-11', '2026-12', '2027-01']

export function describeEndpoint({ channel, sandbox, readme, kinds }: ChannelUnderTest): void {
  const { profile } = channel
  const adminFee = profile.adminFee === null ? 0 : inForce('admin fee', profile.adminFee, '2026-11-20')
  const PAYMENT: PartnerPayment = {
    id: '20261120-1',
    customerId: '12345678901',
    months: 3,
    amountRupiah: 33_600,
    adminFeeRupiah: adminFee,
    outlet: 'S1/07',
  }
  const counter = (options: Partial<Parameters<typeof counterOf>[0]> = {}) =>
    counterOf({ channel, sandbox, ...options })
  const answerOf = (name: AnswerName) => answerNamed(name, adminFee)

  describe('its profile', () => {
    test('has fees and a cut-off that are in force, in the order of their dates, each with a source', () => {
      const lists = [profile.channelFee, profile.cutOffHour, ...(profile.adminFee === null ? [] : [profile.adminFee])]
      for (const entries of lists) {
        expect(inForce('profile', entries, '2026-11-20')).toBeGreaterThanOrEqual(0)
        expect(entries.map(({ from }) => from)).toEqual(entries.map(({ from }) => from).toSorted())
        expect(entries.every(({ source }) => source !== '')).toBe(true)
      }
      expect(profile.adminFee === null).toBe(profile.protocol === 'snap')
      expect(inForce('cut-off', profile.cutOffHour, '2026-11-20')).toBeLessThanOrEqual(24)
    })

    test('has a name, a partner, a throttle and concurrency of its own', () => {
      expect(profile.name).toMatch(/^[a-z][a-z0-9-]{1,30}$/)
      expect(profile.partner).not.toBe('')
      expect(profile.throttle.ratePerSecond).toBeGreaterThan(0)
      expect(profile.throttle.burst).toBeGreaterThanOrEqual(profile.throttle.ratePerSecond)
      expect(profile.reservedConcurrency).toBeGreaterThan(0)
    })
  })

  describe('its keys', () => {
    test('are taken in two generations, and unknown ones are not', async () => {
      const [own, next, other] = await Promise.all([sandbox.makeKeys(), sandbox.makeKeys(), sandbox.makeKeys()])
      for (const keys of [own, next]) {
        const { partner, messages } = await counter({ keys, secret: { current: own.hub, next: next.hub } })
        await partner.pay(PAYMENT)
        expect(messages).toHaveLength(1)
      }
      const outsider = await counter({ keys: other, secret: { current: own.hub, next: next.hub } })
      await outsider.partner.pay(PAYMENT).catch(() => undefined)
      expect(outsider.messages).toEqual([])
      expect(['unknown-partner', 'bad-token', 'bad-signature']).toContain(refusalOf(outsider.readings.at(-1)))
    })

    test.each(['', '{}', 'null', '{"current":{},"next":null}'])('are refused as "%s", naming the channel', (secret) => {
      expect(() => channel.prepare(secret)).toThrow(TypeError)
      expect(() => channel.prepare(secret)).toThrow(profile.name)
    })

    test('are never echoed when one of them is wrong', async () => {
      const { hub } = await sandbox.makeKeys()
      for (const name of Object.keys(hub)) {
        const spoiled = JSON.stringify({ current: { ...hub, [name]: { leaked: 'leaked-value' } }, next: null })
        expect(() => channel.prepare(spoiled)).toThrow(name)
        expect(() => channel.prepare(spoiled)).not.toThrow('leaked-value')
      }
    })
  })

  describe.each(kinds)('a signed %s', (kind) => {
    test('is read as what it is', async () => {
      const { partner, messages } = await counter({ answer: answerOf('fault') })
      await ask(partner, kind, PAYMENT)
      const ids = { [kind === 'inquiry' ? 'requestId' : 'paymentId']: PAYMENT.id, customerId: PAYMENT.customerId }
      const months = kind === 'inquiry' || kind === 'payment' ? { months: 3 } : {}
      const money = kind === 'payment' ? { amount: 33_600, adminFee: profile.adminFee === null ? null : adminFee } : {}
      const moment = kind === 'status' ? {} : { partnerAt: NOW }
      expect(messages).toMatchObject([{ kind, ...ids, ...months, ...money, ...moment }])
    })

    test('is read five minutes off the clock and refused a second later, fast or slow', async () => {
      const { partner, clock, read } = await counter()
      await partner.inquire(PAYMENT)
      for (const [ahead, refusal] of [
        [300_000, ''],
        [-300_000, ''],
        [301_000, 'bad-clock'],
        [-301_000, 'bad-clock'],
      ] as const) {
        clock.ahead = ahead
        expect([ahead, refusalOf(await read(await partner.sign(kind, PAYMENT)))]).toEqual([ahead, refusal])
      }
    })

    test('is refused when anything in it was changed on the way', async () => {
      const { partner, read } = await counter()
      const call = await partner.sign(kind, PAYMENT)
      for (const [from, to] of [
        [PAYMENT.id, '20261120-2'],
        [PAYMENT.customerId, '12345678902'],
      ] as const) {
        const changed = { ...call, url: call.url.replace(from, to), body: call.body?.replaceAll(from, to) ?? null }
        expect(changed).not.toEqual(call)
        expectRefused(await read(changed), 'bad-signature')
      }
    })

    test('is refused when it is too large, for another operation, or with another method', async () => {
      const { partner, read, endpoint } = await counter()
      const call = await partner.sign(kind, PAYMENT)
      const large = { ...requestOf(channel, call), body: Buffer.alloc(65_537, 0x20) }
      expectRefused(await endpoint.read(large, NOW), 'too-large')
      expectRefused(await read({ ...call, url: call.url.replace(/\/(\w+)(\?|$)/, '/nothing$2') }), 'unknown-operation')
      expectRefused(await read({ ...call, method: 'DELETE' }), 'unknown-operation')
      if (call.body !== null) expectRefused(await read(withType(call, 'text/plain')), 'wrong-content-type')
    })

    test('is answered in the words of the protocol, whatever the answer', async () => {
      for (const row of answerRows(profile.protocol, kind)) {
        const name = row.name as AnswerName
        const { partner, readings } = await counter({ answer: answerOf(name) })
        const answered = await ask(partner, kind, PAYMENT)
        const reading = readings.at(-1) as Extract<Reading, { kind: 'message' }>
        const response = reading.write(answerOf(name), NOW)
        expect([name, codeIn(response, kind), response.status]).toEqual([name, row.code, row.httpStatus])
        expect([name, statusFieldIn(response)]).toEqual([name, expectedField(row)])
        const says = ['accepted', 'quoted', 'reversed', 'repeated'].includes(name)
        expect([name, answered?.accepted]).toEqual([name, says])
        expect(JSON.stringify(response)).not.toContain('undefined')
      }
    })
  })

  describe('the answers', () => {
    test('are those of the published tables, in the order in which they are decided', () => {
      const external: readonly AnswerName[] = ['external-id-conflict', 'repeated']
      const impossible: Readonly<Record<string, readonly AnswerName[]>> = {
        snap: [],
        'pipe-h2h': external,
        'hub-h2h': [...external, 'out-of-order'],
      }
      for (const kind of kinds) {
        const possible = PRECEDENCE[kind].filter(({ answer }) => !impossible[profile.protocol]?.includes(answer))
        const rows = answerRows(profile.protocol, kind)
        expect(rows.map(({ condition, name }) => ({ when: condition, answer: name }))).toEqual(possible)
      }
    })

    test('are all named in the channel’s README', () => {
      expect(codesOf(profile.protocol).filter((code) => !readme.includes(`\`${code}\``))).toEqual([])
    })

    test('to a quote and to a payment name the months and the money', async () => {
      const money = { amountRupiah: 33_600, ...(profile.adminFee === null ? {} : { adminFeeRupiah: adminFee }) }
      const quote = await (await counter({ answer: answerOf('quoted') })).partner.inquire(PAYMENT)
      expect(quote).toMatchObject({ accepted: true, months: MONTHS, ...money })
      const paid = await (await counter({ answer: answerOf('accepted') })).partner.pay(PAYMENT)
      expect(paid).toMatchObject({ accepted: true, months: MONTHS, hubReference: HUB_REFERENCE, ...money })
    })

    test('to a reversal carry the first reference or its months', async () => {
      const { partner } = await counter({ answer: answerOf('reversed') })
      const reversed = await partner.reverse?.({ ...PAYMENT, reason: 'cancelled' })
      if (partner.reverse === null) await expect(partner.sign('reversal', PAYMENT)).rejects.toThrow()
      else expect(reversed).toMatchObject({ accepted: true, hubReference: HUB_REFERENCE, months: MONTHS })
      if (partner.status === null) await expect(partner.sign('status', PAYMENT)).rejects.toThrow()
    })

    test('to a refused payment name no months and keep the reference', async () => {
      const { partner } = await counter({ answer: answerOf('wrong-amount') })
      expect(await partner.pay(PAYMENT)).toMatchObject({ accepted: false, months: [], hubReference: HUB_REFERENCE })
    })

    test('are the same on every repeat, but for the clock of the reply', async () => {
      const { partner, readings } = await counter({ answer: answerOf('accepted') })
      await partner.pay(PAYMENT)
      await partner.pay(PAYMENT)
      const bodies = readings.map((reading) =>
        reading.kind === 'message' ? reading.write(answerOf('accepted'), NOW).body : '',
      )
      expect(bodies[0]).toBe(bodies[1])
      expect(bodies[0]).not.toBe('')
    })

    test('that are not the protocol’s are no answer: repeat or reverse', async () => {
      const { file, partner } = await counter({ answer: answerOf('unknown-outcome') })
      expect(await partner.pay(PAYMENT)).toMatchObject({ accepted: false })
      for (const [status, body] of [
        [200, '<html>'],
        [429, '{"message":"Too Many Requests"}'],
        [503, ''],
        [200, 'null'],
      ] as const) {
        const lost = sandbox.partner(
          file,
          async (call) => (isTokenCall(call) ? TOKEN : { status, headers: {}, body }),
          () => NOW,
        )
        expect(await lost.pay(PAYMENT)).toMatchObject({ status, code: '', accepted: false })
      }
    })
  })

  describe('a field', () => {
    test.each([...MONTH_COUNTS])('months may be %i', async (months) => {
      const { partner, messages } = await counter()
      await partner.pay({ ...PAYMENT, months })
      expect(messages).toMatchObject([{ months }])
    })

    test.each<[string, Partial<PartnerPayment>]>([
      ['an empty id', { id: '' }],
      ['an id of 129 characters', { id: '1'.repeat(129) }],
      ['an id with a control character', { id: 'TRX\n1' }],
      ['an empty customer', { customerId: '' }],
      ['a customer with letters', { customerId: '1234567890A' }],
      ['a customer of 21 digits', { customerId: '1'.repeat(21) }],
      ['no months', { months: 0 }],
      ['4 months', { months: 4 }],
      ['13 months', { months: 13 }],
      ['a fraction of a rupiah', { amountRupiah: 33_600.5 }],
      ['a negative amount', { amountRupiah: -1 }],
      ['an amount that no number holds', { amountRupiah: 1e21 }],
    ])('is refused as malformed: %s', async (_, spoiled) => {
      const { partner, read } = await counter()
      const reading = await read(await partner.sign('payment', { ...PAYMENT, ...spoiled }))
      expectRefused(reading, 'malformed')
    })
  })

  function expectRefused(reading: Reading, refusal: string): void {
    expect(refusalOf(reading)).toBe(refusal)
    const { response } = reading as Extract<Reading, { kind: 'response' }>
    const rows = refusalRows(profile.protocol).filter(({ name }) => name === refusal)
    const published = rows.flatMap(({ code, httpStatus }) =>
      ['24', '25', ''].map((service) => `${code.replace('xx', service)} ${httpStatus}`),
    )
    const codes = (['inquiry', 'payment', 'reversal'] as const).map(
      (kind) => `${codeIn(response, kind)} ${response.status}`,
    )
    expect(published.some((each) => codes.includes(each))).toBe(true)
  }
}

const TOKEN = { status: 200, headers: {}, body: '{"responseCode":"2007300","accessToken":"t","expiresIn":"900"}' }

function isTokenCall(call: HttpCall): boolean {
  return call.url.includes('access-token')
}

function withType(call: HttpCall, type: string): HttpCall {
  const headers = Object.fromEntries(
    Object.entries(call.headers).map(([name, value]) => [name, name.toLowerCase() === 'content-type' ? type : value]),
  )
  return { ...call, headers }
}

/** A problem's `code`, a reply's `responseCode`, or the pipe field that holds it. */
function codeIn(response: EndpointResponse, kind: Kind): string {
  if (response.headers['Content-Type']?.startsWith('text/plain')) {
    return response.status === 200 ? (response.body.split('|')[kind === 'payment' ? 11 : 6] ?? '') : ''
  }
  const body = JSON.parse(response.body)
  return body.responseCode ?? body.code
}

function statusFieldIn(response: EndpointResponse): string {
  if (!response.body.startsWith('{')) return ''
  const { virtualAccountData: data, responseCode } = JSON.parse(response.body)
  if (!/^\d{7}$/.test(responseCode ?? '')) return ''
  return data?.inquiryStatus ?? data?.paymentFlagStatus ?? 'absent'
}

/** The first result of the example was an accepted payment. */
function expectedField({ statusField }: OutcomeRow): string {
  return statusField === 'as first' ? '00' : statusField
}
