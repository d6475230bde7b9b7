import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { settlementChannelNamed, settlementChannels } from '../../../shared/channels/settlement-registry.ts'
import type { BusinessDate, Instant } from '../../../shared/domain/instant.ts'
import { dayOfName, type IntakeOutcome, takeIn } from '../../../shared/intake/take-in-settlement-file.ts'
import { UnknownOutcome } from '../../../shared/runtime/faults.ts'
import { memoryFiles } from '../../support/memory-files.ts'
import { type EntryOperation, memorySettlements } from '../../support/memory-settlements.ts'
import { type PartnerRow, settlementFiles } from '../../support/settlement-files.ts'
import { pieces } from '../../support/settlement-reading.ts'

const DATE = '2026-11-20' as BusinessDate
const NAME = 'IDM_20261120.csv'
const NOW = Date.UTC(2026, 10, 21, 0) as Instant
const write = settlementFiles.indomaret as (typeof settlementFiles)[string]

const rowOf = (id: string, amount = 16_800, changed: Partial<PartnerRow> = {}): PartnerRow => ({
  id,
  customer: '12345678901',
  outlet: 'T001',
  at: Date.UTC(2026, 10, 20, 7),
  amount,
  adminFee: 2_500,
  fee: 1_500,
  status: 'S',
  ...changed,
})
const first = write(DATE, [rowOf('A'), rowOf('B')])
const second = write(DATE, [rowOf('A'), rowOf('C', 50_400)])
const torn = first.slice(0, first.indexOf('#'))

function hub(before?: (operation: EntryOperation) => Promise<void>) {
  const files = memoryFiles()
  const settlements = memorySettlements(before ? { before } : {})
  const ports = { files, settlements, channels: settlementChannels, now: () => NOW }
  const dropped = (content: string | Uint8Array, name = NAME): Promise<IntakeOutcome> => {
    files.drop(name, content)
    return takeIn(ports, { from: { kind: 'dropped', file: { name, version: null } }, name, by: null })
  }
  const versions = (channel = 'indomaret') => settlements.fileVersions(channel, DATE)
  const states = async () => (await versions()).map(({ state }) => state)
  return { files, settlements, ports, dropped, versions, states }
}

describe('a dropped settlement file', () => {
  test('is accepted when it is the first good one of its day', async () => {
    const { dropped, versions, files } = hub()
    const taken = await dropped(first)
    expect(taken.outcome).toBe('accepted')
    const [version] = await versions()
    expect(version).toEqual({
      channel: 'indomaret',
      date: DATE,
      version: 1,
      state: 'accepted',
      name: NAME,
      sha256: files.everKept()[0],
      bytes: first.length,
      receivedAt: NOW,
      receivedBy: null,
      refusal: null,
      totals: { lines: 2, amount: 33_600, fee: 3_000, net: 30_600 },
      quarantinedLines: 0,
      quarantined: [],
      change: null,
    })
  })

  test('changes nothing when it comes again, by a message twice, by hand or under another name', async () => {
    const { dropped, ports, states } = hub()
    await dropped(first)
    expect((await dropped(first)).outcome).toBe('unchanged')
    const byHand = { from: { kind: 'handed-over', bytes: Buffer.from(first) }, name: 'again.csv', by: 'op-1' } as const
    const day = { channel: settlementChannelNamed('indomaret'), date: DATE }
    expect((await takeIn(ports, byHand, day)).outcome).toBe('unchanged')
    expect(await states()).toEqual(['accepted'])
  })

  test('is proposed beside an accepted one, with what it changes line by line', async () => {
    const { dropped, versions } = hub()
    await dropped(first)
    expect((await dropped(second)).outcome).toBe('proposed')
    expect((await versions())[1]).toMatchObject({
      state: 'proposed',
      change: {
        against: 1,
        added: 1,
        removed: 1,
        changed: 0,
        amountRupiah: 33_600,
        feeRupiah: 0,
        netRupiah: 33_600,
        lines: [
          { paymentId: 'B', wasRupiah: 16_800, isRupiah: null },
          { paymentId: 'C', wasRupiah: null, isRupiah: 50_400 },
        ],
      },
    })
    expect((await dropped(second)).outcome).toBe('unchanged')
    expect((await dropped(first)).outcome).toBe('unchanged')
  })

  test('is held while it cannot be used, and the next good one is taken as the first', async () => {
    const { dropped, states, files } = hub()
    const taken = await dropped(torn)
    expect(taken).toMatchObject({ outcome: 'held', refusal: { code: 'TRUNCATED' }, version: { totals: null } })
    expect((await dropped(torn)).outcome).toBe('held')
    expect(await states()).toEqual(['held'])
    expect((await dropped(first)).outcome).toBe('accepted')
    expect(await states()).toEqual(['held', 'accepted'])
    expect(files.everKept()).toHaveLength(2)
  })

  test('that was held reads again once its layout is mended, and is then taken', async () => {
    const { dropped, ports, states, files } = hub()
    const renamed = first.replace('channel_fee', 'fee')
    expect(await dropped(renamed)).toMatchObject({ outcome: 'held', refusal: { code: 'LAYOUT_CHANGED' } })
    const { profile, settlement } = settlementChannelNamed('indomaret')
    async function* mended(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      const chunks: Uint8Array[] = []
      for await (const chunk of bytes) chunks.push(chunk)
      yield Buffer.from(Buffer.concat(chunks).toString().replace(',fee,', ',channel_fee,'))
    }
    const layout = {
      ...settlement,
      read: ((bytes, date, sink) => settlement.read(mended(bytes), date, sink)) as typeof settlement.read,
    }
    const later = { ...ports, channels: [{ profile, settlement: layout }] }
    const from = { kind: 'dropped', file: { name: NAME, version: null } } as const
    expect((await takeIn(later, { from, name: NAME, by: null })).outcome).toBe('accepted')
    expect(await states()).toEqual(['held', 'accepted'])
    expect(files.everKept()).toHaveLength(1)
  })

  test.each([
    ['pos', 'WRONG_CHANNEL', 'pos'],
    ['bni', 'WRONG_CHANNEL', 'bni'],
    ['alfamart', 'WRONG_CHANNEL', 'alfamart'],
    ['brilink', 'WRONG_CHANNEL', 'brilink'],
  ])('in the layout of %s is held as %s', async (other, code, named) => {
    const file = (settlementFiles[other] as typeof write)(DATE, [rowOf('A')])
    const taken = await hub().dropped(file)
    expect(taken).toMatchObject({ outcome: 'held', refusal: { code } })
    expect(taken.outcome === 'held' && taken.refusal.detail).toContain(named)
  })

  test('with a name of no channel is kept and refused', async () => {
    const { dropped, files, settlements } = hub()
    for (const name of ['report.csv', 'idm_20261120.csv', 'IDM_20261131.csv', 'sub/IDM_20261120.csv', '']) {
      expect(await dropped(first, name)).toMatchObject({ outcome: 'refused', refusal: { code: 'UNKNOWN_NAME' } })
    }
    expect(files.everKept()).toHaveLength(1)
    expect(settlements.everything().size).toBe(0)
  })

  test('that is gone before it is read is a defect', async () => {
    const { ports } = hub()
    const from = { kind: 'dropped', file: { name: NAME, version: 'v1' } } as const
    await expect(takeIn(ports, { from, name: NAME, by: null })).rejects.toMatchObject({ code: 'DROPPED_FILE_GONE' })
  })

  /** A file that lies in the bucket in any version, and is withdrawn by two people. */
  const droppable = () => {
    const { ports, files, settlements, states, versions } = hub()
    files.drop(NAME, first)
    const drop = (version: string) => {
      const from = { kind: 'dropped', file: { name: NAME, version } } as const
      return takeIn(
        { ...ports, files: { ...files, dropped: async () => pieces(Buffer.from(first), 64) } },
        { from, name: NAME, by: null },
      )
    }
    let approvals = 0
    const withdraw = async () => {
      const accepted = (await versions()).find(({ state }) => state === 'accepted')
      if (!accepted) throw new Error('expected an accepted file')
      await settlements.resolutions.takeApproval({
        approval: { subject: 'file', version: ++approvals } as never,
        record: { at: NOW, actor: 'a-1', action: 'approved', subject: 'file', detail: {} },
        effects: [{ kind: 'file-withdrawn', file: accepted }],
      })
    }
    return { drop, withdraw, states }
  }

  test('that was withdrawn comes back when it is sent anew, and not when its message comes twice', async () => {
    const { drop, withdraw, states } = droppable()
    expect((await drop('v1')).outcome).toBe('accepted')
    await withdraw()
    expect(await states()).toEqual(['withdrawn'])
    expect(await drop('v1')).toMatchObject({ outcome: 'unchanged', version: { state: 'withdrawn' } })
    expect((await drop('v2')).outcome).toBe('accepted')
    expect(await states()).toEqual(['withdrawn', 'accepted'])
    expect((await drop('v2')).outcome).toBe('unchanged')
  })

  test('that came back and was withdrawn again is not brought back by any of its drops, however late their messages come again', async () => {
    const { drop, withdraw, states } = droppable()
    await drop('v1')
    // Sent twice: the second time it changed nothing.
    expect((await drop('v2')).outcome).toBe('unchanged')
    await withdraw()
    expect((await drop('v2')).outcome).toBe('unchanged')
    expect((await drop('v3')).outcome).toBe('accepted')
    await withdraw()
    for (const late of ['v1', 'v2', 'v3']) expect((await drop(late)).outcome).toBe('unchanged')
    expect(await states()).toEqual(['withdrawn', 'withdrawn'])
    expect((await drop('v4')).outcome).toBe('accepted')
  })

  test.each([
    ['2026-11-20T23:59:59', 'IDM_20261120.csv', 'DAY_NOT_OVER'],
    ['2026-11-21T00:00:00', 'IDM_20261121.csv', 'DAY_NOT_OVER'],
    ['2026-11-21T00:00:00', 'IDM_20191231.csv', 'DAY_OUT_OF_RANGE'],
  ])('at %s a file %s is kept and refused as %s, and nothing is written of it', async (now, name, code) => {
    const { ports, files, settlements } = hub()
    files.drop(name, first)
    const from = { kind: 'dropped', file: { name, version: null } } as const
    const later = { ...ports, now: () => Date.parse(`${now}+07:00`) as Instant }
    expect(await takeIn(later, { from, name, by: null })).toMatchObject({ outcome: 'refused', refusal: { code } })
    expect(files.everKept()).toHaveLength(1)
    expect(settlements.everything().size).toBe(0)
  })

  test('of a day that ended at a cut-off in the afternoon is taken that afternoon', async () => {
    const { ports, files } = hub()
    const { profile, settlement } = settlementChannelNamed('indomaret')
    const early = {
      profile: { ...profile, cutOffHour: [{ from: '2020-01-01', value: 15, source: 'test' }] },
      settlement,
    }
    files.drop(NAME, first)
    const from = { kind: 'dropped', file: { name: NAME, version: null } } as const
    const at = (hour: number) => ({
      ...ports,
      channels: [early],
      now: () => Date.UTC(2026, 10, 20, hour - 7) as Instant,
    })
    expect(await takeIn(at(14), { from, name: NAME, by: null })).toMatchObject({ refusal: { code: 'DAY_NOT_OVER' } })
    expect((await takeIn(at(15), { from, name: NAME, by: null })).outcome).toBe('accepted')
  })

  test('shows the first thousand lines that were put aside and counts them all', async () => {
    const rows = Array.from({ length: 1_200 }, (_, i) => rowOf(`TRX-${i}`, 16_800, { customer: 'NOBODY' }))
    const { dropped, versions } = hub()
    expect((await dropped(write(DATE, rows))).outcome).toBe('accepted')
    const [version] = await versions()
    expect(version).toMatchObject({ quarantinedLines: 1_200, totals: { lines: 1_200 } })
    expect(version?.quarantined).toHaveLength(1_000)
  })
})

test('every channel’s file finds its day by its name', () => {
  for (const channel of settlementChannels) {
    expect(dayOfName(settlementChannels, channel.settlement.fileName(DATE))).toEqual({ channel, date: DATE })
  }
})

describe('when things go wrong in the middle', () => {
  test.each(['before', 'after'] as const)(
    'a write that is lost %s it happened is healed by the repeat',
    async (phase) => {
      let lost = 0
      const { dropped, states } = hub(async (operation) => {
        if (operation.method === 'putOnce' && operation.phase === phase && lost++ === 0) {
          throw new UnknownOutcome('expected an answer, none came')
        }
      })
      await expect(dropped(first)).rejects.toThrow(UnknownOutcome)
      expect((await dropped(first)).outcome).toBe(phase === 'before' ? 'accepted' : 'unchanged')
      expect(await states()).toEqual(['accepted'])
    },
  )

  test('of two first files at the same moment one is accepted and the other proposed against it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { ports, settlements } = hub(async () => scheduler.schedule(Promise.resolve()))
        const handOver = (content: string) => {
          const from = { kind: 'handed-over', bytes: Buffer.from(content) } as const
          return takeIn(ports, { from, name: NAME, by: 'op-1' })
        }
        await scheduler.waitFor(Promise.all([handOver(first), handOver(second)]))
        const versions = scheduler.waitFor(settlements.fileVersions('indomaret', DATE))
        const states = (await versions).map(({ state, change }) => [state, change?.against ?? null])
        expect(states).toEqual([
          ['accepted', null],
          ['proposed', 1],
        ])
      }),
      { numRuns: 30 },
    )
  })
})
