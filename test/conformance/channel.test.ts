/**
 * What a channel is, held over the registry: every channel passes the same suites, and a new one needs no test of its own.
 * The sixth channel below is a folder of fixtures: it proves that a folder and its fixtures are all that it takes.
 */
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { channels } from '../../shared/channels/registry.ts'
import { settlementChannels } from '../../shared/channels/settlement-registry.ts'
import { dayOfName } from '../../shared/intake/take-in-settlement-file.ts'
import { describeEndpoint } from './channel/endpoint-suite.ts'
import { loadChannel } from './channel/load-channel.ts'
import { describeSettlement } from './channel/settlement-suite.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const fixturesOf = (name: string) => path.join(import.meta.dirname, 'fixtures', name)
const registered = await Promise.all(
  channels.map(({ profile: { name } }) => loadChannel(path.join(ROOT, 'shared/channels', name), fixturesOf(name))),
)
const sixth = await loadChannel(fixturesOf('sixth-channel'), fixturesOf('sixth-channel'))
const all = [...registered, sixth]

describe('the registry', () => {
  test('lists each channel once, under the name of its folder, in both lists', () => {
    const names = channels.map(({ profile }) => profile.name)
    expect(registered.map(({ channel }) => channel)).toEqual([...channels])
    expect(new Set(names).size).toBe(names.length)
    expect(settlementChannels.map(({ profile }) => profile)).toEqual(channels.map(({ profile }) => profile))
    expect(settlementChannels.map(({ settlement }) => settlement)).toEqual(
      registered.map(({ settlement }) => settlement),
    )
  })

  test('gives each channel its own names, partners and file names', () => {
    for (const key of ['name', 'partner'] as const) {
      expect(new Set(all.map(({ channel }) => channel.profile[key])).size).toBe(all.length)
    }
  })
})

describe.each(all)('$name', (loaded) => {
  describeEndpoint(loaded)
  describeSettlement(
    loaded,
    all.filter((other) => other !== loaded),
  )
})

test('a sixth channel is recognised by the name of its file once it is listed', () => {
  const listed = all.map(({ channel: { profile }, settlement }) => ({ profile, settlement }))
  const found = dayOfName(listed, sixth.sandbox.settlement.fileName('2026-11-20'))
  expect(found).toMatchObject({ channel: { profile: { name: sixth.name } }, date: '2026-11-20' })
  expect(dayOfName(settlementChannels, sixth.sandbox.settlement.fileName('2026-11-20'))).toBeUndefined()
})
