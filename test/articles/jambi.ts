/**
 * Jambi: 78,000 vulnerable workers in 1,562 villages out of a tenth of each village's grant of Rp100 million (2023), and 117,000 more
 * out of the province's own budget (2024). Rp10,000,000 at Rp16,800 for twelve months pays 49 people and not the 50 that most villages
 * have: the budget must say so before the bill, and everybody is covered for eleven months instead of somebody in part.
 */
import { type Article, arithmetic, article, type Figure, type Size } from './figure.ts'
import { listOf, villagesOf } from './invented-people.ts'
import { billList, budgetOf, enrol, openProgram, payBills, replayOn, reportOf, type SponsorBody } from './replay.ts'

const MONTH_RUPIAH = 16_800
const GRANT_RUPIAH = 100_000_000
const VILLAGE_RUPIAH = GRANT_RUPIAH * 0.1
const YEAR = 12
const REGENCIES = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '71', '72'].map((regency) => `15.${regency}`)
const PROVINCE: SponsorBody = { id: 'jambi', kind: 'province', name: 'Provinsi Jambi', regionCode: '15' }

export const JAMBI: Article = {
  name: 'Jambi 2023',
  says: '78,000 workers, each of 1,562 villages, 10% of Rp100 million a village',
  chosen: 'people spread evenly over the villages; twelve months from January 2023',
  full: { villages: 1_562, people: 78_000 },
  small: { villages: 22, people: 1_098 },
  replay: replayVillages,
}

export const DUMISAKE: Article = {
  name: 'Jambi 2024',
  says: 'about 117,000 poor workers out of the provincial budget',
  chosen: 'one bill for one month, June 2024; 300 people to a village',
  full: { villages: 390, people: 117_000 },
  small: { villages: 4, people: 1_200 },
  replay: replayProvince,
}

async function replayVillages({ villages, people }: Size): Promise<readonly Figure[]> {
  const replay = await replayOn('2023-01-06')
  const program = await openProgram(replay, PROVINCE, {
    code: '2023',
    name: 'Bantuan Keuangan Bersifat Khusus',
    funding: 'village',
    budget: { per: 'village', amountRupiah: VILLAGE_RUPIAH },
    firstMonth: '2023-01',
    months: YEAR,
  })
  const inVillages = villagesOf(REGENCIES, villages, people)
  const list = await enrol(replay, program, listOf(inVillages))
  const budget = await budgetOf(replay, program)
  const expected = byHand(inVillages.map(({ persons }) => persons))
  const [fewer, inOrder] = budget.options
  const short = budget.villages.filter(({ leftOut }) => leftOut > 0)
  const ask = { validUntil: '2023-01-31', per: 'village' }
  const refused = await billList(replay, list.cohortId, ask)
  const billed = await billList(replay, list.cohortId, { ...ask, priority: 'fewer-months' })
  const paid = await payBills(replay, billed.body.bills)
  const report = await reportOf(replay, program)
  return [
    article('workers registered', people, list.enrolled),
    article('villages', villages, budget.villages.length),
    article('budget of a village, Rp', VILLAGE_RUPIAH, budget.villages[0]?.budgetRupiah ?? 'none'),
    arithmetic('budget of all villages, Rp', villages * VILLAGE_RUPIAH, budget.budgetRupiah),
    arithmetic('twelve months for everybody, Rp', people * MONTH_RUPIAH * YEAR, budget.needRupiah),
    arithmetic('fewest covered in full by a village that is short', 49, Math.min(...short.map(coveredIn))),
    arithmetic('most covered in full by a village that is short', 49, Math.max(...short.map(coveredIn))),
    arithmetic('months that its money would pay', 595, Math.max(...short.map(({ personMonths }) => personMonths))),
    arithmetic('villages that are short', expected.short, budget.villagesShort),
    arithmetic('shortfall, Rp', expected.shortfallRupiah, budget.shortfallRupiah),
    arithmetic('option list-order: covered', expected.covered, inOrder?.persons ?? 'none'),
    arithmetic('option list-order: left out', people - expected.covered, inOrder?.leftOut ?? 'none'),
    arithmetic('option fewer-months: months', expected.months, fewer?.months ?? 'none'),
    arithmetic('option fewer-months: covered', people, fewer?.persons ?? 'none'),
    arithmetic('a bill for twelve months', 'BUDGET_SHORT', refused.body.code),
    arithmetic('bills, one for each village', villages, paid.bills),
    arithmetic('paid at the bank, Rp', people * MONTH_RUPIAH * expected.months, paid.rupiah),
    article('workers covered', people, report.covered),
    arithmetic('covered through November 2023', people, personsUntil(report.coveredUntil, '2023-11')),
    arithmetic('unspent, Rp', villages * VILLAGE_RUPIAH - paid.rupiah, report.unspentRupiah),
  ]
}

async function replayProvince({ villages, people }: Size): Promise<readonly Figure[]> {
  const replay = await replayOn('2024-06-10')
  const cost = people * MONTH_RUPIAH
  const program = await openProgram(replay, PROVINCE, {
    code: 'dumisake',
    name: 'Dua Miliar Satu Kecamatan',
    funding: 'apbd',
    budget: { per: 'total', amountRupiah: cost },
    firstMonth: '2024-06',
    months: 1,
  })
  const list = await enrol(replay, program, listOf(villagesOf(REGENCIES, villages, people)))
  const budget = await budgetOf(replay, program)
  const billed = await billList(replay, list.cohortId, { validUntil: '2024-06-30' })
  const paid = await payBills(replay, billed.body.bills)
  const report = await reportOf(replay, program)
  return [
    article('workers registered', people, list.enrolled),
    arithmetic('one month for everybody, Rp', cost, budget.needRupiah),
    arithmetic('shortfall, Rp', 0, budget.shortfallRupiah),
    arithmetic('bills, one for everybody', 1, paid.bills),
    arithmetic('paid at the bank, Rp', cost, paid.rupiah),
    article('workers covered', people, report.covered),
    arithmetic('unspent, Rp', 0, report.unspentRupiah),
  ]
}

/** The budget of each village with nothing but a division: whom the money pays for a year, and how many months it pays everybody. */
function byHand(persons: readonly number[]) {
  const inFull = Math.floor(VILLAGE_RUPIAH / (MONTH_RUPIAH * YEAR))
  const short = persons.filter((count) => count > inFull)
  const costOf = (count: number, months: number) => count * MONTH_RUPIAH * months
  return {
    short: short.length,
    shortfallRupiah: short.reduce((sum, count) => sum + costOf(count, YEAR) - VILLAGE_RUPIAH, 0),
    covered: persons.reduce((sum, count) => sum + Math.min(count, inFull), 0),
    months: Math.min(YEAR, ...persons.map((count) => Math.floor(VILLAGE_RUPIAH / costOf(count, 1)))),
  }
}

function coveredIn({ coveredInFull }: { readonly coveredInFull: number }): number {
  return coveredInFull
}

function personsUntil(until: readonly { readonly month: string | null; readonly persons: number }[], month: string) {
  return until.find((each) => each.month === month)?.persons ?? 0
}
