/** What operations is shown of the audit chain: its last verification, and what was appended since. */
import { describe, expect, test } from 'vitest'
import { Defect } from '../../../../shared/runtime/faults.ts'
import { at, date } from '../../../support/facts.ts'
import { consoleOn } from '../console.ts'

const SUMS = { collected: 0, allocated: 0, credit: 0, suspense: 0, reversed: 0, billed: 0 }

const run = (day: string, changed: object = {}) => ({
  day: date(day),
  subject: 'chain',
  startedAt: at(`${day}T03:30`),
  finishedAt: at(`${day}T03:31`),
  looks: 12,
  facts: 0,
  sums: SUMS,
  differences: {},
  samples: [],
  anchored: { anchors: 4, entries: 11 },
  ...changed,
})
const broken = (finding: string) => ({
  differences: { 'chain-broken': 1 },
  samples: [{ difference: 'chain-broken' as const, account: 'decisions', fact: finding }],
  anchored: undefined,
})

async function shown(...runs: readonly ReturnType<typeof run>[]) {
  const hub = consoleOn()
  for (const each of runs) await hub.audits.put(each)
  return { hub, ...(await hub.call('viewer', 'GET', '/api/audit-chain')) }
}

describe('the audit chain', () => {
  test('that was never verified says so', async () => {
    const { status, body } = await shown()
    expect([status, body]).toEqual([
      200,
      {
        asOf: '2026-11-20T03:00:00.000Z',
        entries: 0,
        headHash: null,
        verdict: 'unverified',
        verified: null,
        broken: null,
      },
    ])
  })

  test('is shown as its last verification found it, whatever came before', async () => {
    const { body } = await shown(run('2026-11-19', broken('3#CHANGED')), run('2026-11-20'))
    expect(body).toMatchObject({
      verdict: 'whole',
      verified: { finishedAt: '2026-11-19T20:31:00.000Z', entries: 12, anchors: 4, anchoredEntries: 11 },
      broken: null,
    })
  })

  test('that is broken names the entry and the fault', async () => {
    const { body } = await shown(run('2026-11-19'), run('2026-11-20', broken('7#ANCHOR_DIFFERS')))
    expect(body).toMatchObject({ verdict: 'broken', broken: { sequence: 7, code: 'ANCHOR_DIFFERS' } })
    expect(body.verified).toMatchObject({ anchors: null, anchoredEntries: null })
  })

  test('counts what was appended since, and a verification of ten days ago is as good as none', async () => {
    const { hub } = await shown(run('2026-11-11'))
    await hub.call('operator', 'POST', '/api/repair?channel=bni&day=2026-11-19')
    const { body } = await hub.call('viewer', 'GET', '/api/audit-chain')
    expect(body).toMatchObject({ entries: 1, verdict: 'unverified', verified: null })
    expect(body.headHash).toMatch(/^[0-9a-f]{64}$/)
  })

  test('a finding that nobody writes is a defect, not a whole chain', async () => {
    await expect(shown(run('2026-11-20', broken('nonsense')))).rejects.toThrow(Defect)
  })
})
