/** The bank's side of SNAP, on each channel that speaks it: tokens, ids, and whom it believes. What every channel does: test/conformance. */
import { describe, expect, test } from 'vitest'
import type { Sandbox, Send } from '../../../../shared/channel-port/partner.ts'
import { channels } from '../../../../shared/channels/registry.ts'
import { acceptedOf, answerNamed, NOW } from '../../../conformance/channel/answers.ts'
import { type CounterOptions, counterOf } from '../../../conformance/channel/counter.ts'

const CALL = {
  id: '20261120000001',
  customerId: '3201010101900001',
  months: 1,
  amountRupiah: 8_400,
  adminFeeRupiah: 0,
  outlet: 'AGEN-1',
}
const REQUEST_ID_LIMITS: Readonly<Record<string, number>> = { bni: 128, brilink: 64 }
const accepted = acceptedOf(0)

describe.each(channels.filter(({ profile }) => profile.protocol === 'snap'))(
  'the bank behind $profile.name',
  (channel) => {
    const { name } = channel.profile
    const requestIdLimit = REQUEST_ID_LIMITS[name] ?? 128
    const loaded = import(new URL(`../../../../shared/channels/${name}/sandbox.ts`, import.meta.url).href) as Promise<{
      readonly sandbox: Sandbox
    }>
    const bank = async (options: Partial<CounterOptions> = {}) => {
      const { sandbox } = await loaded
      return { ...(await counterOf({ channel, sandbox, answer: accepted, ...options })), sandbox }
    }

    test('has a partner service id of 8 characters', async () => {
      const { file } = await bank()
      expect((file as Record<string, unknown>).partnerServiceId).toMatch(/^(?=.{8}$) *\d+$/)
    })

    test('reads no admin fee, because SNAP carries none', async () => {
      expect((await (await bank()).partner.pay(CALL)).adminFeeRupiah).toBeNull()
    })

    test('fetches one token for many calls, a new one a minute before it expires, and new external ids always', async () => {
      const { partner, clock, calls } = await bank()
      await partner.pay(CALL)
      await partner.pay(CALL)
      clock.ahead = 839_999
      await partner.sign('payment', CALL)
      const lastPart = (url: string) => url.split('/').at(-1)
      expect(calls.map(({ url }) => lastPart(url))).toEqual(['b2b', 'payment', 'payment'])
      clock.ahead = 840_000
      await partner.sign('payment', CALL).catch(() => undefined)
      expect(calls.map(({ url }) => lastPart(url))).toEqual(['b2b', 'payment', 'payment', 'b2b'])
      clock.ahead = 0
      await partner.pay(CALL)
      const externalIds = calls.flatMap(({ headers }) => headers['X-EXTERNAL-ID'] ?? [])
      expect(new Set(externalIds).size).toBe(3)
    })

    test('makes external ids as the standard wants them: digits, 36 at most', async () => {
      const { partner } = await bank()
      for (let i = 0; i < 40; i++)
        expect((await partner.sign('payment', CALL)).headers['X-EXTERNAL-ID']).toMatch(/^\d{1,36}$/)
    })

    test('has no reversal and no status', async () => {
      const { partner } = await bank()
      expect([partner.reverse, partner.status]).toEqual([null, null])
      await expect(partner.sign('reversal', CALL)).rejects.toThrow(RangeError)
    })

    test('does not believe an answer to another question, nor one that is no SNAP', async () => {
      const { file, partner, sandbox } = await bank()
      const other = await partner.pay({ ...CALL, id: 'another' })
      for (const body of [other.body, '<html>', '{"message":"Too Many Requests"}', 'null']) {
        const send: Send = async (call) => {
          const token = '{"responseCode":"2007300","accessToken":"t","expiresIn":"900"}'
          return { status: 200, headers: {}, body: call.url.endsWith('b2b') ? token : body }
        }
        expect(await sandbox.partner(file, send, () => NOW).pay(CALL)).toMatchObject({ code: '', accepted: false })
      }
    })

    test('says so when it gets no token', async () => {
      const { file, sandbox } = await bank()
      const send: Send = async () => ({ status: 401, headers: {}, body: '{"responseCode":"4017300"}' })
      await expect(sandbox.partner(file, send, () => NOW).pay(CALL)).rejects.toThrow('4017300')
    })

    test(`uses ids of up to ${requestIdLimit} characters`, async () => {
      const { partner } = await bank()
      const codes = [requestIdLimit, requestIdLimit + 1].map(
        async (length) => (await partner.pay({ ...CALL, id: '1'.repeat(length) })).code,
      )
      expect(await Promise.all(codes)).toEqual(['2002500', '4002501'])
    })

    test('is refused in its own words', async () => {
      const { partner } = await bank({ answer: answerNamed('already-paid', 0) })
      expect(await partner.pay(CALL)).toMatchObject({ status: 404, code: '4042514', accepted: false, months: [] })
    })
  },
)
