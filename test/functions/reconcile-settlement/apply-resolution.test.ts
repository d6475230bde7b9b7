/** A resolution meets somebody else's write: it starts over, gives up after some tries, and never says that it was applied. */
import { describe, expect, test } from 'vitest'
import { applyResolution } from '../../../functions/reconcile-settlement/apply-resolution.ts'
import { reconcileSettlement } from '../../../functions/reconcile-settlement/reconcile-settlement.ts'
import type { FileVersion } from '../../../shared/domain/settlement/file-version.ts'
import { dayPart, resolutionEntry } from '../../../shared/store/settlements/item.ts'
import type { DifferenceCase, Resolution } from '../../../shared/store/settlements/records.ts'
import type { SettlementStore } from '../../../shared/store/settlements/settlements.ts'
import { approvedInChain } from '../../support/approved-in-chain.ts'
import { counterOf } from '../../support/endpoint.ts'
import { at, date } from '../../support/facts.ts'
import { settlementHub } from '../../support/settlement-hub.ts'

const finding = (kind: string) =>
  ({ class: kind, paymentId: 'X1', lines: [1], sha256: 'corrected', evidence: { fileVersion: 2 } }) as never

function resolutionTo(action: Resolution['action'], kind = 'missing-in-hub'): Resolution {
  return approvedInChain({
    differenceId: 'D1',
    channel: 'pos',
    date: date('2026-11-20'),
    differenceVersion: 3,
    finding: finding(kind),
    action,
    reason: 'agreed with the channel',
    paymentId: null,
    proposedBy: 'a',
    approvedBy: 'b',
    approvedAt: at('2026-11-21T09:00'),
  }).resolution
}

const approved = { id: 'D1', state: 'approved', version: 3, history: [] } as unknown as DifferenceCase

async function applied(resolution: Resolution, changed: Partial<SettlementStore>) {
  const hub = await settlementHub()
  const puts: DifferenceCase[] = []
  const settlements: SettlementStore = {
    ...hub.ports.settlements,
    difference: async () => approved,
    putDifference: async (difference) => {
      puts.push(difference)
      return 'put'
    },
    ...changed,
  }
  const { audit } = approvedInChain(resolution)
  return { puts, outcome: applyResolution({ ...hub.ports, audit, settlements }, resolution) }
}

describe('the case', () => {
  test('is resolved at the next version, with what was done', async () => {
    const { puts, outcome } = await applied(resolutionTo('write-off'), {})
    expect(await outcome).toEqual({ outcome: 'applied', date: null })
    expect(puts).toMatchObject([
      { state: 'resolved', version: 4, resolution: { how: 'resolution', note: 'write-off' } },
    ])
  })

  test('changed four times meanwhile is still resolved', async () => {
    let conflicts = 4
    const putDifference = async () => (conflicts-- > 0 ? ('conflict' as const) : ('put' as const))
    const { outcome } = await applied(resolutionTo('match'), { putDifference })
    expect((await outcome).outcome).toBe('applied')
  })

  test('changed a fifth time: the resolution comes again', async () => {
    let tries = 0
    const putDifference = async () => {
      tries++
      return 'conflict' as const
    }
    const { outcome } = await applied(resolutionTo('match'), { putDifference })
    await expect(outcome).rejects.toMatchObject({ name: 'Transient', code: 'CASE_BUSY' })
    expect(tries).toBe(5)
  })

  test.each([
    ['that is gone', undefined, 'gone'],
    ['that is resolved already', { ...approved, state: 'resolved' } as DifferenceCase, 'already-applied'],
  ])('%s is left alone', async (_, known, outcome) => {
    const { puts, outcome: done } = await applied(resolutionTo('write-off'), { difference: async () => known })
    expect(await done).toEqual({ outcome, date: null })
    expect(puts).toEqual([])
  })
})

describe('a corrected file', () => {
  const version = (number: number, state: FileVersion['state']) => ({ version: number, state }) as FileVersion
  const corrected = resolutionTo('accept', 'corrected-file')

  test('replaces the accepted one', async () => {
    const replaced: number[][] = []
    const { outcome } = await applied(corrected, {
      fileVersions: async () => [version(1, 'accepted'), version(2, 'held')],
      replaceFile: async (before, after) => {
        replaced.push([before.version, after.version])
        return 'put'
      },
    })
    expect((await outcome).outcome).toBe('applied')
    expect(replaced).toEqual([[1, 2]])
  })

  test('that stands already is not put again', async () => {
    const { outcome } = await applied(corrected, {
      fileVersions: async () => [version(1, 'superseded'), version(2, 'accepted')],
      replaceFile: async () => Promise.reject(new Error('expected no second replacement')),
    })
    expect((await outcome).outcome).toBe('applied')
  })

  test('whose day changed meanwhile comes again, and its case stays approved', async () => {
    const { puts, outcome } = await applied(corrected, {
      fileVersions: async () => [version(1, 'accepted'), version(2, 'held')],
      replaceFile: async () => 'conflict',
    })
    await expect(outcome).rejects.toMatchObject({ name: 'Transient', code: 'FILE_CHANGED' })
    expect(puts).toEqual([])
  })

  test('that is not there is a defect', async () => {
    const { outcome } = await applied(corrected, { fileVersions: async () => [version(1, 'accepted')] })
    await expect(outcome).rejects.toMatchObject({ name: 'Defect', code: 'FILE_VERSION_MISSING' })
  })
})

test.each(['reverse', 'suspend'] as const)('money to %s that the ledger does not have is a defect', async (action) => {
  const { puts, outcome } = await applied(resolutionTo(action), {})
  await expect(outcome).rejects.toMatchObject({ name: 'Defect', code: 'PAYMENT_MISSING' })
  expect(puts).toEqual([])
})

test('money to reverse that was released from suspense meanwhile stays where it went; the resolution comes again', async () => {
  const hub = await settlementHub()
  expect((await counterOf(hub, 'pos').pay({ paymentId: 'X1' })).outcome).toBe('accepted')
  const puts: DifferenceCase[] = []
  const settlements: SettlementStore = {
    ...hub.ports.settlements,
    difference: async () => approved,
    putDifference: async (difference) => {
      puts.push(difference)
      return 'put'
    },
  }
  const released = { ...hub.ports.facts, putTogether: async () => 'taken' as const }
  const ports = { ...hub.ports, settlements, audit: approvedInChain(resolutionTo('reverse')).audit }
  await expect(applyResolution({ ...ports, facts: released }, resolutionTo('reverse'))).rejects.toMatchObject({
    name: 'Transient',
    code: 'RELEASED_MEANWHILE',
  })
  expect(puts).toEqual([])
  expect(await applyResolution(ports, resolutionTo('reverse'))).toEqual({ outcome: 'applied', date: '2026-11-20' })
  expect(hub.store.everything().facts.filter(({ kind }) => kind === 'reversal')).toMatchObject([
    { source: 'finance', amount: 8_400, decidedAt: at('2026-11-21T09:00') },
  ])
})

test('a night carries out what was approved and lost, also behind a full page of open cases', async () => {
  const hub = await settlementHub()
  const asked: (string | null)[] = []
  const settlements: SettlementStore = {
    ...hub.ports.settlements,
    pointers: async (_list, channel, after, limit) => {
      if (channel !== 'pos') return []
      asked.push(after)
      if (after !== null) return [{ pointer: 'last', id: 'approved' }]
      return Array.from({ length: limit }, (_, i) => ({ pointer: `p${i}`, id: 'open' }))
    },
    difference: async (id) =>
      ({ id, state: id, channel: 'pos', date: date('2026-11-20'), version: 3 }) as unknown as DifferenceCase,
  }
  await reconcileSettlement({ ...hub.ports, settlements }, { task: 'nightly' })
  expect(hub.sent.filter((task) => 'entry' in task)).toEqual([
    { part: dayPart('pos', date('2026-11-20')), entry: resolutionEntry('approved', 3) },
  ])
  expect(asked).toEqual([null, 'p499'])
})
