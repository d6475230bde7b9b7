/** The only list of channels: each is whole, and a endpoint for another one does not start. */
import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Sandbox } from '../../../shared/channel-port/partner.ts'
import { channelNamed, channels } from '../../../shared/channels/registry.ts'
import { settlementChannelNamed, settlementChannels } from '../../../shared/channels/settlement-registry.ts'
import { inForce } from '../../../shared/domain/effective-dated.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'

test('the five channels are listed, each once', () => {
  expect(channels.map(({ profile }) => profile.name)).toEqual(['brilink', 'bni', 'alfamart', 'indomaret', 'pos'])
})

test('settlement reads files of the same channels', () => {
  expect(settlementChannels.map(({ profile }) => profile)).toEqual(channels.map(({ profile }) => profile))
  expect(settlementChannelNamed('bni').settlement.fileName('2026-11-20' as BusinessDate)).toMatch(/20261120/)
  expect(() => settlementChannelNamed('warung')).toThrow('brilink, bni, alfamart, indomaret, pos, got "warung"')
})

test('a channel is found by its name, and an unknown name is refused with those there are', () => {
  expect(channelNamed('pos').profile.partner).toBe('Pos Indonesia')
  expect(() => channelNamed('warung')).toThrow(
    'expected a channel among brilink, bni, alfamart, indomaret, pos, got "warung"',
  )
})

describe.each(channels.map((channel) => ({ channel, name: channel.profile.name })))('$name', ({ channel, name }) => {
  const folder = new URL(`../../../shared/channels/${name}/`, import.meta.url)

  test('has a folder of its name with a README', () => {
    expect(existsSync(new URL('README.md', folder))).toBe(true)
  })

  test('has fees and a cut-off in force, each with a source', () => {
    const { adminFee, channelFee, cutOffHour } = channel.profile
    expect(inForce('channel fee', channelFee, '2026-11-20')).toBe(1500)
    expect(inForce('cut-off', cutOffHour, '2026-11-20')).toBe(24)
    expect(adminFee === null).toBe(channel.profile.protocol === 'snap')
    expect([...(adminFee ?? []), ...channelFee, ...cutOffHour].every(({ source }) => source !== '')).toBe(true)
  })

  test('prepares its endpoint from the keys that its sandbox makes', async () => {
    const { sandbox } = (await import(new URL('sandbox.ts', folder).href)) as { readonly sandbox: Sandbox }
    const { hub } = await sandbox.makeKeys()
    expect(() => channel.prepare(JSON.stringify({ current: hub, next: null }))).not.toThrow()
  })

  test('refuses a secret of another shape, naming the channel', () => {
    expect(() => channel.prepare('{}')).toThrow(name)
    expect(() => channel.prepare('{}')).toThrow(TypeError)
  })
})
