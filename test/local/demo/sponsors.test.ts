/** The demo's sponsors: made once however often they are loaded, and a list that is one person too long for its budget. */
import { expect, test } from 'vitest'
import { demoList, demoSponsors, LISTED, loadSponsors } from '../../../local/demo/sponsors.ts'
import { businessDateOf } from '../../../shared/domain/instant.ts'
import { parseNik } from '../../../shared/domain/nik.ts'
import { at } from '../../support/facts.ts'
import { consoleInMemory, digestKeys } from './demo-hub.ts'

const NOW = '2026-11-20T10:00'

test('each sponsor has its program in its own state, and a second load changes nothing', async () => {
  const { console, sponsors } = consoleInMemory(digestKeys(), NOW)
  const states = async () => {
    await loadSponsors(console.post, at(NOW))
    const all = await sponsors.sponsors(null, 10)
    const programs = (await Promise.all(all.map(({ id }) => sponsors.programsOf(id)))).flat()
    return programs.map(({ id, state, version }) => [id, state, version])
  }
  const first = await states()
  expect(first).toEqual([
    ['jambi-contoh.desa', 'enrolling', 2],
    ['pt-contoh.mitra', 'ended', 3],
    ['tangerang-contoh.rentan', 'draft', 1],
  ])
  expect(await states()).toEqual(first)
})

test('the list has people whom the hub takes, in one village, one more than the budget pays for', async () => {
  const [header, ...rows] = demoList().trimEnd().split('\n')
  expect(header).toBe('nik,name,region_code,sector,income,phone')
  const niks = rows.map((row) => row.split(',')[0] as string)
  expect(new Set(niks).size).toBe(LISTED)
  for (const nik of niks) expect(parseNik(nik, businessDateOf(at(NOW))).outcome).toBe('nik')
  const { console } = consoleInMemory(digestKeys(), NOW)
  await loadSponsors(console.post, at(NOW))
  const villages = [{ regionCode: '15.05.01.2001', persons: LISTED }]
  const budget = await console.post('/api/programs/jambi-contoh.desa/budget', { villages })
  expect(budget).toMatchObject({ villagesShort: 1, shortfallRupiah: 80_000 })
  expect(demoSponsors(at(NOW)).map(({ sponsor }) => sponsor.id)).toHaveLength(3)
})
