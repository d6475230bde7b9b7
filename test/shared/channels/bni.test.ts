/** What is bni's own. The rest: test/conformance/channel.test.ts, and ../protocols/snap/sandbox.test.ts. */
import { describe, expect, test } from 'vitest'
import { channel } from '../../../shared/channels/bni/index.ts'
import { CURRENT, callOf, endpointOf, NOW, saidOf, tokenFrom } from '../protocols/snap/good-call.ts'

describe('bni', () => {
  test("does not open to brilink's calls, not even with the same keys", async () => {
    const endpoint = channel.prepare(JSON.stringify({ current: CURRENT, next: null }))
    const authorization = `Bearer ${tokenFrom(endpointOf('brilink'))}`
    const signed = { path: '/channels/brilink/v1.0/transfer-va/payment' }
    expect(saidOf(await endpoint.read(callOf('25'), NOW)).code).toBe('message')
    expect(saidOf(await endpoint.read(callOf('25', { headers: { authorization } }), NOW)).code).toBe('4012501')
    expect(saidOf(await endpoint.read(callOf('25', { signed }), NOW)).code).toBe('4012500')
  })
})
