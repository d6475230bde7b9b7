/**
 * Tanah Bumbu (2023): "one village, 100 vulnerable workers", and a farmer, neighbourhood official and guard whose heirs were paid four
 * death benefits of Rp42 million, because he was registered four times. With Jambi's Rp10,000,000 a village 49 of the 100 are covered.
 */
import { type Article, arithmetic, article, type Figure, type Size } from './figure.ts'
import { listOf, nikOf, type Village, villagesOf } from './invented-people.ts'
import {
  billList,
  budgetOf,
  done,
  enrol,
  openProgram,
  type PlanBody,
  payBills,
  type Replay,
  replayOn,
  reportOf,
  type SponsorBody,
} from './replay.ts'

const MONTH_RUPIAH = 16_800
const VILLAGE_RUPIAH = 10_000_000
const YEAR = 12
const IN_VILLAGE = 100
const DEATH_RUPIAH = 42_000_000
const REGENCY = '63.10'
/** Somebody of no other list. */
const FARMER = 5_000_000
const DIED_ON = '2023-03-20'

export const TANAH_BUMBU: Article = {
  name: 'Tanah Bumbu 2023',
  says: '100 workers a village; four memberships of one man, four death benefits of Rp42 million',
  chosen:
    '149 villages, as public lists of regions have them; Rp10,000,000 a village; twelve months from March 2023; who paid for the four',
  full: { villages: 149, people: 14_900 },
  small: { villages: 3, people: 300 },
  replay: replayRegency,
}

const SPONSOR: SponsorBody = { id: 'tanah-bumbu', kind: 'regency', name: 'Kabupaten Tanah Bumbu', regionCode: REGENCY }
const PLAN: PlanBody = {
  code: '2023',
  name: '1 Desa 100 Pekerja Rentan',
  funding: 'village',
  budget: { per: 'village', amountRupiah: VILLAGE_RUPIAH },
  firstMonth: '2023-03',
  months: YEAR,
}

async function replayRegency({ villages, people }: Size): Promise<readonly Figure[]> {
  const replay = await replayOn('2023-03-15')
  const program = await openProgram(replay, SPONSOR, PLAN)
  const list = await enrol(replay, program, listOf(villagesOf([REGENCY], villages, people)))
  const budget = await budgetOf(replay, program)
  const yearForAll = IN_VILLAGE * MONTH_RUPIAH * YEAR
  const enough = await budgetOf(replay, program, { budget: { per: 'village', amountRupiah: yearForAll } })
  const [village] = budget.villages
  const [fewer] = budget.options
  const billed = await billList(replay, list.cohortId, {
    validUntil: '2023-03-31',
    per: 'village',
    priority: 'list-order',
  })
  const paid = await payBills(replay, billed.body.bills)
  const report = await reportOf(replay, program)
  const covers = await coversOfOne(replay)
  return [
    article('workers on the list of a village', IN_VILLAGE, village?.persons ?? 'none'),
    arithmetic('a year for all of them, Rp', yearForAll, village?.needRupiah ?? 'none'),
    arithmetic('covered in full by Rp10,000,000', 49, village?.coveredInFull ?? 'none'),
    arithmetic('months that the money would pay', 595, village?.personMonths ?? 'none'),
    arithmetic('left out', IN_VILLAGE - 49, village?.leftOut ?? 'none'),
    arithmetic('shortfall of a village, Rp', yearForAll - VILLAGE_RUPIAH, village?.shortfallRupiah ?? 'none'),
    arithmetic('months for all 100', 5, fewer?.months ?? 'none'),
    arithmetic('shortfall with a budget for all 100, Rp', 0, enough.shortfallRupiah),
    arithmetic('paid at the bank, Rp', villages * 49 * MONTH_RUPIAH * YEAR, paid.rupiah),
    arithmetic('covered, nobody in part', villages * 49, report.covered),
    article('memberships of one man that were covered', 4, covers),
    article('death benefits, Rp', 4 * DEATH_RUPIAH, covers * DEATH_RUPIAH),
  ]
}

/** One man on the lists of four sponsors, each of whom pays: how many covers his heirs can ask for. */
async function coversOfOne(replay: Replay): Promise<number> {
  const regionCode = `${REGENCY}.01.2001`
  const home: Village = { regionCode, persons: 1 }
  const payers: readonly (readonly [SponsorBody, PlanBody['funding']])[] = [
    [{ id: 'tani', kind: 'regency', name: 'Dinas pertanian', regionCode: REGENCY }, 'apbd'],
    [{ id: 'desa', kind: 'village', name: 'Desa', regionCode }, 'village'],
    [{ id: 'pengamanan', kind: 'company', name: 'Perusahaan pengamanan', regionCode: REGENCY }, 'csr'],
    [{ id: 'kalsel', kind: 'province', name: 'Provinsi Kalimantan Selatan', regionCode: '63' }, 'apbd'],
  ]
  for (const [sponsor, funding] of payers) {
    const budget = { per: 'total', amountRupiah: VILLAGE_RUPIAH } as const
    const program = await openProgram(replay, sponsor, { ...PLAN, funding, budget })
    const { cohortId } = await enrol(replay, program, listOf([home], FARMER))
    const billed = await billList(replay, cohortId, { validUntil: '2023-03-31' })
    await payBills(replay, billed.body.bills)
  }
  replay.hub.setClock(`${DIED_ON}T10:00`)
  const person = await done(replay.hub, 'GET', `/api/participants/${nikOf(FARMER, regionCode)}`)
  let covers = 0
  for (const { kpj } of person.memberships) {
    const { covered } = await done(replay.hub, 'GET', `/api/memberships/${kpj}/coverage?on=${DIED_ON}`)
    if (covered) covers++
  }
  return covers
}
