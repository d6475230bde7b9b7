/**
 * `POST /api/cohorts/{cohort}/bill`: codes are drawn and the work is set; functions/enrol-cohort issues the bills. Nobody is covered in
 * part: where the budget is short, the program's own rule says who is billed, or nothing is. The budget is the program's, over all
 * bills of all its lists, also when two are billed at once. A list that is billed again, or corrects one that was billed, gets bills
 * in the place of those that nobody has paid; whoever is on a paid one is not billed again, and the others for the months that remain.
 */
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { ZERO } from '../../../shared/domain/money.ts'
import { monthOf } from '../../../shared/domain/month.ts'
import type { Cohort, CohortRow, PlannedBill } from '../../../shared/domain/sponsors/cohort.ts'
import { monthsOf, type Program } from '../../../shared/domain/sponsors/program.ts'
import { type CohortId, programOf } from '../../../shared/domain/sponsors/sponsor.ts'
import { lastBillableMonth } from '../../../shared/domain/sponsors/sponsored-months.ts'
import { noChannel, readValidity, takenBy } from '../bills/bills.ts'
import { recordAct } from '../http/acting.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { CohortBillRequest } from './cohort-schemas.ts'
import { committedBeside } from './committed.ts'
import { earlierBills, endBills, latestOf, paidCommitments } from './earlier-bills.ts'
import { unknownCohort } from './parameters.ts'
import { type BillPlan, type CoveredScope, planBills, scopesOf } from './plan-bills.ts'

/** States in which a list may be billed: the end of the program is not announced. */
const BILLABLE: ReadonlySet<Program['state']> = new Set(['enrolling', 'billed', 'paid', 'running'])
/** A paid one may have bills that expired, or people for whom the money did not reach. */
const BILLABLE_LISTS: ReadonlySet<Cohort['state']> = new Set(['enrolled', 'billed', 'paid'])

export async function billCohort(
  ports: ConsolePorts,
  call: Call<{ path: { cohort: CohortId }; body: CohortBillRequest }>,
) {
  const { path, body, now, actor } = call
  const cohort = await ports.sponsors.cohort(path.cohort)
  const program = cohort && (await ports.sponsors.program(programOf(cohort.id)))
  if (!cohort || !program) return unknownCohort()
  const isReady = BILLABLE_LISTS.has(cohort.state) && cohort.work === undefined
  if (!isReady)
    return problem('STEP_DOES_NOT_FIT', 'expected a list whose people are enrolled and that nobody is billing now')
  if (cohort.correctedBy !== undefined)
    return problem('STEP_DOES_NOT_FIT', 'expected a list that stands; a correction of it was confirmed, bill that one')
  if (!BILLABLE.has(program.state))
    return problem('STEP_DOES_NOT_FIT', 'expected a program that is open and whose end is not announced')
  const period = readValidity(body.validUntil, now)
  if ('problem' in period) return period.problem
  // Read before anything that depends on it: whoever bills another list of the program meanwhile makes ours a conflict.
  const commitments = await ports.sponsors.commitments(program.id)
  const months = monthsOf(program).filter((month) => month >= monthOf(now))
  const last = months.at(-1)
  if (last === undefined) return problem('NOTHING_DUE', 'expected a month of the program that is not over')
  if (last > lastBillableMonth(now, ports.rules)) {
    return problem('TOO_FAR_AHEAD', 'expected months no further than 12 beyond the current one; bill later')
  }
  const earlier = await earlierBills(ports, cohort)
  const isBilled = ({ state, kpj }: CohortRow) => state === 'enrolled' && !(kpj && earlier.covered.has(kpj))
  const rows = (await rowsOf(ports, cohort)).filter(isBilled)
  if (rows.length === 0 && earlier.paid.length > 0) return billPaid()
  const committed = await committedBeside(ports, earlier.lists, commitments.of, now)
  const planned = planBills(
    {
      program: { ...program, priority: body.priority ?? program.priority },
      scopes: scopesOf(rows, body.per ?? 'program'),
      months,
      committed,
    },
    ports.rules.tariff,
  )
  if (planned.outcome !== 'planned') {
    return budgetShort(
      planned,
      [...committed.values()].reduce((sum, amount) => sum + amount, 0),
    )
  }
  const billed = planned.covered.filter(({ persons }) => persons > 0)
  if (billed.length === 0) return problem('NOTHING_DUE', 'expected somebody on the list to be billed, there is nobody')
  if (billed.some(({ cost }) => takenBy(ports, cost, now).length === 0)) return noChannel()
  const bills = billed.map(
    ({ regionCode, persons, cost, rows: all }): PlannedBill => ({
      billCode: billCodeOf(ports.randomSerial()),
      regionCode,
      persons: persons === all.length ? null : persons,
      replaces: latestOf(earlier, regionCode),
      atMost: cost,
    }),
  )
  const committing = bills.map(({ billCode, replaces }, i) => {
    const { villages } = billed[i] as CoveredScope
    return { billCode, replaces, villages }
  })
  const kept = paidCommitments(earlier, cohort, commitments.of)
  const commitment = { cohort: cohort.id, bills: [...kept, ...committing] }
  const persons = billed.reduce((sum, each) => sum + each.persons, 0)
  const money = {
    months: planned.months,
    validUntil: body.validUntil,
    atMostRupiah: bills.reduce((sum, { atMost }) => sum + atMost, 0),
  }
  const detail = { sha256: cohort.listDigest, rows: cohort.counts.rows, persons, bills: bills.length, ...money }
  await recordAct(ports, call, { action: 'billed', subject: `list#${cohort.id}`, detail })
  const replaced = new Set(bills.map(({ replaces }) => replaces))
  if ((await endBills(ports, earlier, replaced, now)) === 'paid') return billPaid()
  const next: Cohort = {
    ...cohort,
    billing: {
      months: planned.months,
      validUntil: body.validUntil,
      validUntilInstant: period.lastInstant,
      issuedAt: now,
      by: actor ?? '',
      bills,
      ...(earlier.paid.length > 0 && { paid: earlier.paid }),
    },
    work: { task: 'bill', bill: 0, chunk: 1, members: 0, chunks: 0, amount: ZERO },
    version: cohort.version + 1,
  }
  if ((await ports.sponsors.putBilling(next, commitment, commitments.version)) === 'conflict') {
    const detail =
      'expected the list and the budget as they were read; another list of the program was billed, try again'
    return problem('CHANGED_MEANWHILE', detail)
  }
  ports.log.info('A list is being billed', { count: persons, actor })
  return json(202, {
    cohortId: cohort.id,
    persons,
    leftOut: rows.length - persons,
    bills: bills.map(({ billCode, regionCode }, i) => {
      const { cost } = billed[i] as CoveredScope
      return { billCode, regionCode, expectedRupiah: cost, channels: takenBy(ports, cost, now) }
    }),
  })
}

function billPaid() {
  return problem(
    'BILL_PAID',
    'expected somebody on the list who is on no paid bill; whoever is paid for is not billed again',
  )
}

/** What was expected, what came, and what can be done. */
function budgetShort({ outcome, answer }: Extract<BillPlan, { outcome: 'short' | 'not-the-first' }>, taken: number) {
  const { need, budget, shortfall, villages, villagesShort } = answer
  const figures =
    `need ${need} rupiah, left of the budget ${budget}, taken by other bills of the program ${taken}, ` +
    `missing ${shortfall} in ${villagesShort} of ${villages.length} villages`
  const advice =
    outcome === 'short'
      ? 'expected a budget that covers everybody; choose an option with the field priority'
      : 'expected the field per to be village: the money of each village pays the first of its own people'
  return problem('BUDGET_SHORT', `${advice}: ${figures}`)
}

async function rowsOf({ sponsors }: ConsolePorts, { id, counts }: Cohort): Promise<readonly CohortRow[]> {
  const rows: CohortRow[] = []
  for (let chunk = 1; rows.length < counts.rows; chunk++) {
    const read = await sponsors.rows(id, chunk)
    if (!read) break
    rows.push(...read)
  }
  return rows
}
