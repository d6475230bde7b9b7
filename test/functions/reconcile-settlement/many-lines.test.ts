/** A file that has nothing to do with its day: one case with all its lines, page by page, and every line found by other days. */
import { expect, test } from 'vitest'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { unknownFor } from '../../../shared/store/settlements/kept-lines.ts'
import { partnerRow, settlementHub } from '../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const COUNT = 5_001

test('five thousand lines of nobody, and one more', async () => {
  const hub = await settlementHub()
  hub.setClock('2026-11-21T06:30')
  const rows = Array.from({ length: COUNT }, (_, i) => partnerRow(`X${i}`, `${DAY}T11:00`, { amount: 8_400 + i }))
  await hub.settle('indomaret', DAY, rows)
  const cases = await hub.cases('indomaret', DAY)
  expect(cases).toMatchObject([
    { state: 'open', finding: { class: 'missing-in-hub', evidence: { reason: 'decision-unknown', count: COUNT } } },
  ])
  const id = cases[0]?.id
  expect((await hub.statement('indomaret', DAY))?.unexplainedRupiah).toBe(0)

  const lines: number[] = []
  for (let page: string | null = '0'; page !== null; ) {
    const { status, body } = await hub.call('viewer', 'GET', `/api/differences/${id}/lines?page=${page}`)
    expect(status).toBe(200)
    lines.push(...body.items.map(({ line }: { readonly line: number }) => line))
    page = body.next
  }
  expect(lines).toEqual(rows.map((_, i) => i + 2))
  expect((await hub.call('viewer', 'GET', `/api/differences/${id}/lines?page=6`)).status).toBe(400)

  const kept = await unknownFor(hub, 'indomaret', new Set(['X0', `X${COUNT - 1}`, 'Y']))
  expect([...kept.keys()].sort()).toEqual(['X0', `X${COUNT - 1}`])
  expect((await hub.decide(id ?? '', 'post')).status).toBe(409)
  expect((await hub.decide(id ?? '', 'charge-channel')).status).toBe(200)
  expect(await hub.settlements.fileVersions('indomaret', DAY as BusinessDate)).toHaveLength(1)
  expect((await hub.cases('indomaret', DAY)).map(({ state }) => state)).toEqual(['resolved'])
}, 60_000)
