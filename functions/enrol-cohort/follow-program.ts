/**
 * "Look at this program again": takes every step that its bills and the calendar have made due, one after the other, each with its
 * line of the history, by `system`. Producers: functions/reconcile-membership, for the facts of a bill; functions/sweep-memberships,
 * every night, which also has work that was killed go on.
 *
 * Promises: right any number of times and by two at once: each step demands the version that was read. What a lost message left
 * undone, the night does.
 */
import type { BillCode } from '../../shared/domain/bill-code.ts'
import { billCodesOf, type Cohort } from '../../shared/domain/sponsors/cohort.ts'
import { type Program, takeStep } from '../../shared/domain/sponsors/program.ts'
import type { ProgramStep } from '../../shared/domain/sponsors/program-life.ts'
import type { ProgramNoticeRules } from '../../shared/domain/sponsors/program-notice.ts'
import {
  type BillLife,
  type BillsOfProgram,
  lifeOfBill,
  SYSTEM,
  stepDue,
} from '../../shared/domain/sponsors/program-steps.ts'
import type { ProgramId } from '../../shared/domain/sponsors/sponsor.ts'
import { Transient } from '../../shared/runtime/faults.ts'
import { inParallel } from '../../shared/runtime/in-parallel.ts'
import { enrolCohort } from './enrol-cohort.ts'
import { AT_ONCE, type CohortPorts } from './ports.ts'

export type ProgramPorts = CohortPorts & { readonly programNotices: ProgramNoticeRules }

/** Steps taken, in order; lists whose work went on. */
export type Followed = { readonly steps: readonly ProgramStep[]; readonly woken: number }

/** More than any life has, so that a fault in its rules ends. */
const MOST_LOOKS = 24

/** After whatever it writes it looks again, with fresh eyes: what was read before the write may be over. */
export async function followProgram(
  ports: ProgramPorts,
  id: ProgramId,
  cause: 'nightly' | undefined,
): Promise<Followed> {
  const woken = cause === 'nightly' ? await wakeKilled(ports, await ports.sponsors.cohortsOf(id)) : 0
  const steps: ProgramStep[] = []
  for (let look = 0; look < MOST_LOOKS; look++) {
    const { step, marked } = await lookAt(ports, id)
    if (step !== null) steps.push(step)
    if (step === null && !marked) break
  }
  return { steps, woken }
}

type Look = { readonly step: ProgramStep | null; readonly marked: boolean }
const NOTHING_DUE: Look = { step: null, marked: false }

/** The program is read before its bills: whoever takes a step of it meanwhile makes ours a conflict. */
async function lookAt(ports: ProgramPorts, id: ProgramId): Promise<Look> {
  const program = await ports.sponsors.program(id)
  if (!program || program.state === 'draft' || program.state === 'ended') return NOTHING_DUE
  const lists = await ports.sponsors.cohortsOf(id)
  // A program without bills is not looked at further: most are, most of the time.
  if (program.state === 'enrolling' && lists.every((list) => billCodesOf(list).length === 0)) return NOTHING_DUE
  const lives = await livesOf(ports, lists)
  const marked = await markPaid(ports, lists, lives)
  const step = await takeDueStep(ports, program, sumOf(lists, [...lives.values()]))
  return { step, marked }
}

async function takeDueStep(
  { sponsors, ...ports }: ProgramPorts,
  program: Program,
  bills: BillsOfProgram,
): Promise<ProgramStep | null> {
  const history = bills.takenBackAt === null ? [] : await sponsors.history(program.id)
  const paidAt = history.findLast(({ step }) => step === 'pay')?.at ?? null
  const now = ports.now()
  const step = stepDue({ program, bills, paidAt, now }, ports.programNotices)
  const change = step && takeStep(program, step, { by: SYSTEM, at: now, note: '' })
  if (!change) return null
  if ((await sponsors.putProgram(change)) === 'put') return step
  throw new Transient(
    'PROGRAM_CHANGED',
    'expected the program as it was read, somebody changed it; it is looked at again',
  )
}

/** A list that is at work takes its next step, and its chain goes on from there. Where it never stopped, one of two writes. */
async function wakeKilled(ports: CohortPorts, cohorts: readonly Cohort[]): Promise<number> {
  const atWork = cohorts.filter(({ work }) => work !== undefined)
  for (const { id } of atWork) await enrolCohort(ports, id)
  return atWork.length
}

type BillLives = ReadonlyMap<BillCode, BillLife>

/** Of every bill that stands. */
async function livesOf(ports: CohortPorts, cohorts: readonly Cohort[]): Promise<BillLives> {
  const now = ports.now()
  const lives = new Map<BillCode, BillLife>()
  const reads = [...new Set(cohorts.flatMap(billCodesOf))].map((code) => async () => {
    const bill = await ports.bills.get(code)
    const life = bill && lifeOfBill(bill, await ports.facts.ofAccount(code), now)
    if (life) lives.set(code, life)
  })
  await inParallel(reads, AT_ONCE)
  return lives
}

/**
 * A list is paid when each bill of its last billing is, and billed again when one was taken back. A conflict is left alone: what
 * changed the list is looked at by its own message, and the night looks at all of them.
 */
async function markPaid({ sponsors }: CohortPorts, cohorts: readonly Cohort[], lives: BillLives): Promise<boolean> {
  let marked = false
  for (const cohort of cohorts) {
    if (cohort.work !== undefined || (cohort.state !== 'billed' && cohort.state !== 'paid')) continue
    const last = (cohort.billing?.bills ?? []).flatMap(({ billCode }) => lives.get(billCode) ?? [])
    const isPaid = last.length > 0 && last.every(({ status }) => status === 'paid')
    const state = isPaid ? 'paid' : 'billed'
    if (state === cohort.state) continue
    if ((await sponsors.putCohort({ ...cohort, state, version: cohort.version + 1 })) === 'put') marked = true
  }
  return marked
}

function sumOf(cohorts: readonly Cohort[], lives: readonly BillLife[]): BillsOfProgram {
  const open = lives.filter(({ status }) => status === 'open')
  const takenBack = lives.flatMap(({ takenBackAt }) => takenBackAt ?? [])
  return {
    paid: lives.filter(({ status }) => status === 'paid').length,
    open: open.length,
    reopened: open.filter(({ takenBackAt }) => takenBackAt !== null).length,
    takenBackAt: takenBack.sort((a, b) => b - a)[0] ?? null,
    isIssuing: cohorts.some(({ work }) => work?.task === 'bill'),
  }
}
