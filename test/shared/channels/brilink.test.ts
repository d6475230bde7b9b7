/** The channel `brilink`: its sandbox bank at its own endpoint, and what is its own. */
import { describe, expect, test } from 'vitest'
import { channel } from '../../../shared/channels/brilink/index.ts'
import { sandbox } from '../../../shared/channels/brilink/sandbox.ts'
import { describeBank } from '../protocols/snap/bank-tests.ts'
import { CURRENT, callOf, NOW, saidOf } from '../protocols/snap/good-call.ts'

describeBank(channel, sandbox, 64)

describe('brilink', () => {
  test('is called brilink, and its figures are dated', () => {
    expect(channel.profile.name).toBe('brilink')
    expect(channel.profile.channelFee[0]?.from).toBe('2020-01-01')
    expect(channel.profile.cutOffHour[0]?.value).toBe(24)
  })

  test("does not open to bni's calls, not even with the same keys", async () => {
    const secret = JSON.stringify({ current: CURRENT, next: null })
    const endpoint = channel.prepare(secret)
    expect(saidOf(await endpoint.read(callOf('25'), NOW)).code).toBe('4012501')
  })
})
