/** What is brilink's own. The rest: test/conformance/channel.test.ts, and ../protocols/snap/sandbox.test.ts. */
import { describe, expect, test } from 'vitest'
import { channel } from '../../../shared/channels/brilink/index.ts'
import { CURRENT, callOf, NOW, saidOf } from '../protocols/snap/good-call.ts'

describe('brilink', () => {
  test("does not open to bni's calls, not even with the same keys", async () => {
    const secret = JSON.stringify({ current: CURRENT, next: null })
    const endpoint = channel.prepare(secret)
    expect(saidOf(await endpoint.read(callOf('25'), NOW)).code).toBe('4012501')
  })
})
