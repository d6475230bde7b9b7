/** The channel `bni`: its sandbox bank at its own endpoint, and what is its own. */
import { describe, expect, test } from 'vitest'
import { channel } from '../../../shared/channels/bni/index.ts'
import { sandbox } from '../../../shared/channels/bni/sandbox.ts'
import { describeBank } from '../protocols/snap/bank-tests.ts'
import { CURRENT, callOf, endpointOf, NOW, saidOf, tokenFrom } from '../protocols/snap/good-call.ts'

describeBank(channel, sandbox, 128)

describe('bni', () => {
  test('is called bni, and its figures are dated', () => {
    expect(channel.profile.name).toBe('bni')
    expect(channel.profile.channelFee[0]?.from).toBe('2020-01-01')
    expect(channel.profile.cutOffHour[0]?.value).toBe(24)
  })

  test("does not open to brilink's calls, not even with the same keys", async () => {
    const endpoint = channel.prepare(JSON.stringify({ current: CURRENT, next: null }))
    const authorization = `Bearer ${tokenFrom(endpointOf('brilink'))}`
    const signed = { path: '/channels/brilink/v1.0/transfer-va/payment' }
    expect(saidOf(await endpoint.read(callOf('25'), NOW)).code).toBe('message')
    expect(saidOf(await endpoint.read(callOf('25', { headers: { authorization } }), NOW)).code).toBe('4012501')
    expect(saidOf(await endpoint.read(callOf('25', { signed }), NOW)).code).toBe('4012500')
  })
})
