/**
 * Tangerang (2023): 86,000 vulnerable workers of the regency are covered, and 15,800 village officials, village heads and members of the
 * disaster agency have their own budget. Two programs of one sponsor, each with one bill for everybody.
 */
import { type Article, arithmetic, article, type Figure, type Size } from './figure.ts'
import { listOf, villagesOf } from './invented-people.ts'
import { billList, enrol, openProgram, payBills, type Replay, replayOn, reportOf, type SponsorBody } from './replay.ts'

const MONTH_RUPIAH = 16_800
/** "Less than 20 thousand rupiah" a month. */
const SAID_RUPIAH = 20_000
const MONTHS = 6
const WORKERS = 86_000
const OFFICIALS = 15_800
const REGENCY: SponsorBody = {
  id: 'kab-tangerang',
  kind: 'regency',
  name: 'Kabupaten Tangerang',
  regionCode: '36.03',
}

export const TANGERANG: Article = {
  name: 'Tangerang 2023',
  says: '86,000 workers, 15,800 officials, a contribution of less than Rp20,000',
  chosen: 'six months from July 2023, budgets that are enough, 246 villages',
  full: { villages: 246, people: WORKERS },
  small: { villages: 10, people: 860 },
  replay: replayRegency,
}

async function replayRegency({ villages, people }: Size): Promise<readonly Figure[]> {
  const replay = await replayOn('2023-07-06')
  const officials = Math.round((people / WORKERS) * OFFICIALS)
  const workers = await playProgram(replay, 'rentan', { villages, people }, 0)
  const others = await playProgram(replay, 'perangkat', { villages, people: officials }, people)
  const personMonth = workers.paidRupiah / people / MONTHS
  return [
    article('workers registered', people, workers.enrolled),
    arithmetic('their bill for six months, Rp', people * MONTH_RUPIAH * MONTHS, workers.paidRupiah),
    article('workers covered', people, workers.covered),
    article('officials registered', officials, others.enrolled),
    arithmetic('their bill for six months, Rp', officials * MONTH_RUPIAH * MONTHS, others.paidRupiah),
    article('officials covered', officials, others.covered),
    arithmetic('contribution of a person and month, Rp', MONTH_RUPIAH, personMonth),
    article('less than Rp20,000 a month', 'yes', personMonth < SAID_RUPIAH ? 'yes' : 'no'),
    arithmetic('covered by one regency', people + officials, workers.covered + others.covered),
  ]
}

async function playProgram(replay: Replay, code: string, { villages, people }: Size, from: number) {
  const program = await openProgram(replay, REGENCY, {
    code,
    name: code === 'rentan' ? 'Pekerja rentan' : 'Perangkat desa',
    funding: 'apbd',
    budget: { per: 'total', amountRupiah: people * MONTH_RUPIAH * MONTHS },
    firstMonth: '2023-07',
    months: MONTHS,
  })
  const { cohortId, enrolled } = await enrol(replay, program, listOf(villagesOf(['36.03'], villages, people), from))
  const billed = await billList(replay, cohortId, { validUntil: '2023-07-31' })
  const paid = await payBills(replay, billed.body.bills)
  const { covered } = await reportOf(replay, program)
  return { enrolled, covered, paidRupiah: paid.rupiah }
}
