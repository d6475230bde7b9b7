/** The two lists of channels, looked up by name. What each channel must do: test/conformance/channel.test.ts. */
import { expect, test } from 'vitest'
import { channelNamed, channels } from '../../../shared/channels/registry.ts'
import { settlementChannelNamed } from '../../../shared/channels/settlement-registry.ts'
import { inForce } from '../../../shared/domain/effective-dated.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'

test('the five channels are listed, each once', () => {
  expect(channels.map(({ profile }) => profile.name)).toEqual(['brilink', 'bni', 'alfamart', 'indomaret', 'pos'])
})

test('a channel is found by its name, and an unknown name is refused with those there are', () => {
  const known = 'brilink, bni, alfamart, indomaret, pos, got "warung"'
  expect(channelNamed('pos').profile.partner).toBe('Pos Indonesia')
  expect(settlementChannelNamed('bni').settlement.fileName('2026-11-20' as BusinessDate)).toMatch(/20261120/)
  expect(() => channelNamed('warung')).toThrow(`expected a channel among ${known}`)
  expect(() => settlementChannelNamed('warung')).toThrow(known)
})

test.each(channels.map(({ profile }) => profile))(
  '$name charges and keeps what is assumed until a contract says otherwise',
  (profile) => {
    const { adminFee, channelFee, cutOffHour } = profile
    expect(inForce('channel fee', channelFee, '2026-11-20')).toBe(1_500)
    expect(inForce('cut-off', cutOffHour, '2026-11-20')).toBe(24)
    expect(adminFee && inForce('admin fee', adminFee, '2026-11-20')).toBe(profile.protocol === 'snap' ? null : 2_500)
    expect(profile.reservedConcurrency).toBe(200)
  },
)
