/** The demo's sponsors: in every state, made once however often they are loaded, and a list that is one person too long for its budget. */
import { expect, test } from 'vitest'
import { demoList, demoSponsors, LISTED, loadSponsors } from '../../../local/demo/sponsors.ts'
import { businessDateOf } from '../../../shared/domain/instant.ts'
import { parseNik } from '../../../shared/domain/nik.ts'
import { at } from '../../support/facts.ts'
import { consoleInMemory, digestKeys, freshTerminals } from './demo-hub.ts'

const NOW = '2026-11-20T10:00'

async function demoHub() {
  const keys = digestKeys()
  const hub = consoleInMemory(keys, NOW)
  const { store, now } = hub
  const terminals = await freshTerminals(store, keys, now)
  const collections = { record: () => {} }
  const parts = { console: hub.console, terminals, decisions: store.decisions, collections, now, pause: hub.workOff }
  const load = async () => {
    await loadSponsors(parts, at(NOW))
    await hub.workOff()
  }
  return { ...hub, load }
}

test('programs are in every state, one bill of two is paid, and a second load changes nothing', async () => {
  const { sponsors, store, load } = await demoHub()
  const states = async () => {
    await load()
    const all = await sponsors.sponsors(null, 10)
    const programs = (await Promise.all(all.map(({ id }) => sponsors.programsOf(id)))).flat()
    return programs.map(({ id, state, version }) => [id, state, version])
  }
  const first = await states()
  expect(first.map(([id, state]) => [id, state])).toEqual([
    ['jambi-contoh.desa', 'enrolling'],
    ['jambi-contoh.nelayan', 'draft'],
    ['pt-contoh.kurir', 'ended'],
    ['pt-contoh.mitra', 'ending'],
    ['tangerang-contoh.rentan', 'billed'],
  ])
  const { facts, views } = store.everything()
  const paid = facts.filter(({ kind }) => kind === 'payment')
  expect(paid.map(({ account }) => account)).toHaveLength(2)
  expect(views.filter(({ status }) => status === 'active')).toHaveLength(8)
  expect(views).toHaveLength(2 * 12 + 8)
  expect(await states()).toEqual(first)
  expect(store.everything().facts).toHaveLength(facts.length)
})

test('the list has people whom the hub takes, in one village, one more than the budget pays for', async () => {
  const [header, ...rows] = demoList().trimEnd().split('\n')
  expect(header).toBe('nik,name,region_code,sector,income,phone')
  const niks = rows.map((row) => row.split(',')[0] as string)
  expect(new Set(niks).size).toBe(LISTED)
  for (const nik of niks) expect(parseNik(nik, businessDateOf(at(NOW))).outcome).toBe('nik')
  const { console, load } = await demoHub()
  await load()
  const villages = [{ regionCode: '15.05.01.2001', persons: LISTED }]
  const budget = await console.post('/api/programs/jambi-contoh.desa/budget', { villages })
  expect(budget).toMatchObject({ villagesShort: 1, shortfallRupiah: 80_000 })
  expect(demoSponsors(at(NOW)).map(({ sponsor }) => sponsor.id)).toHaveLength(3)
})
