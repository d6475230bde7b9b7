/** Loads a channel's folder as the suites need it: its parts, its README and its golden settlement file. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Channel, SettlementLayout } from '../../../shared/channel-port/channel.ts'
import type { Sandbox } from '../../../shared/channel-port/partner.ts'
import type { SettledLine } from '../../../shared/domain/settlement/line.ts'
import { counterOf, type Kind, kindsOf } from './counter.ts'

/** A golden settlement file of 20 November 2026, written down by hand from the layout, and what it must read as. */
export type Fixture = {
  readonly text: string
  /** What the partner calls the column that holds the time. */
  readonly timeField: string
  readonly lines: readonly SettledLine[]
}

export type LoadedChannel = {
  readonly name: string
  readonly channel: Channel
  readonly settlement: SettlementLayout
  readonly sandbox: Sandbox
  readonly readme: string
  readonly kinds: readonly Kind[]
  readonly fixture: Fixture
}

export async function loadChannel(folder: string, fixtures: string): Promise<LoadedChannel> {
  const [{ channel }, { settlement }, { sandbox }] = (await Promise.all(
    ['index', 'settlement', 'sandbox'].map((part) => import(path.join(folder, `${part}.ts`))),
  )) as [{ channel: Channel }, { settlement: SettlementLayout }, { sandbox: Sandbox }]
  const { partner } = await counterOf({ channel, sandbox })
  return {
    name: channel.profile.name,
    channel,
    settlement,
    sandbox,
    readme: readFileSync(path.join(folder, 'README.md'), 'utf8'),
    kinds: kindsOf(partner),
    fixture: {
      text: readFileSync(path.join(fixtures, 'settlement.txt'), 'utf8'),
      ...JSON.parse(readFileSync(path.join(fixtures, 'settlement.json'), 'utf8')),
    },
  }
}
