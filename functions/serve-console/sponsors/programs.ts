/**
 * A sponsor's programs: drafted, changed while they are drafts, opened for lists, abandoned. Every step has its line in the
 * history, with whoever made it; two at once end as one after the other, and the later one is told to read again.
 */
import { formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { month, monthOf } from '../../../shared/domain/month.ts'
import type { Rules } from '../../../shared/domain/rules.ts'
import {
  draftProgram,
  lastMonthOf,
  monthsOf,
  type Program,
  type ProgramChange,
  type ProgramPlan,
  planOf,
  takeStep,
  termsOf,
} from '../../../shared/domain/sponsors/program.ts'
import { type ProgramStep, stepsFrom } from '../../../shared/domain/sponsors/program-life.ts'
import {
  FUNDINGS_OF,
  type ProgramId,
  programIdOf,
  type Sponsor,
  type SponsorId,
  sponsorOf,
} from '../../../shared/domain/sponsors/sponsor.ts'
import { priceOf, totalOf } from '../../../shared/domain/tariff.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { unknownProgram, unknownSponsor } from './parameters.ts'
import type { PlanRequest, ProgramRequest, ProgramView, StepRequest } from './schemas.ts'

type PlanFields = Omit<PlanRequest, 'version'>
/** Others may take the next number at the same moment. */
const TRIES = 5

export async function createProgram(
  ports: ConsolePorts,
  { path, body, actor, now }: Call<{ path: { sponsor: SponsorId }; body: ProgramRequest }>,
) {
  if (actor === null) return notNamed()
  const sponsor = await ports.sponsors.sponsor(path.sponsor)
  if (!sponsor) return unknownSponsor()
  const plan = planFrom(body)
  const misfit = misfitOf(plan, sponsor, now)
  if (misfit) return misfit
  for (let tried = 0; tried < TRIES; tried++) {
    const id = programIdOf(sponsor.id, body.code ?? (await nextCode(ports, sponsor.id)))
    const known = await ports.sponsors.program(id)
    if (known && isSamePlan(known, plan)) return json(201, programView(known, ports.rules))
    if (known && body.code !== undefined) return idTaken()
    if (known) continue
    const change = draftProgram(id, plan, { by: actor, at: now, note: '' })
    if ((await ports.sponsors.putProgram(change)) === 'conflict') continue
    ports.log.info('A program was drafted', { sponsor: id, actor })
    return json(201, programView(change.program, ports.rules))
  }
  return changedMeanwhile()
}

export async function listPrograms(ports: ConsolePorts, { path }: Call<{ path: { sponsor: SponsorId } }>) {
  if (!(await ports.sponsors.sponsor(path.sponsor))) return unknownSponsor()
  const programs = await ports.sponsors.programsOf(path.sponsor)
  return json(200, { items: programs.map((program) => programView(program, ports.rules)) })
}

export async function showProgram(ports: ConsolePorts, { path }: Call<{ path: { program: ProgramId } }>) {
  const program = await ports.sponsors.program(path.program)
  return program ? json(200, programView(program, ports.rules)) : unknownProgram()
}

export async function showHistory(ports: ConsolePorts, { path }: Call<{ path: { program: ProgramId } }>) {
  const history = await ports.sponsors.history(path.program)
  if (history.length === 0) return unknownProgram()
  return json(200, { items: history.map((event) => ({ ...event, at: formatUtc(event.at) })) })
}

export async function changeProgram(
  ports: ConsolePorts,
  { path, body, actor, now }: Call<{ path: { program: ProgramId }; body: PlanRequest }>,
) {
  if (actor === null) return notNamed()
  const [program, sponsor] = await Promise.all([
    ports.sponsors.program(path.program),
    ports.sponsors.sponsor(sponsorOf(path.program)),
  ])
  if (!program || !sponsor) return unknownProgram()
  const plan = planFrom(body)
  // The same change again, whose first answer was lost.
  if (program.version === body.version + 1 && isSamePlan(program, plan))
    return json(200, programView(program, ports.rules))
  if (program.version !== body.version) return changedMeanwhile()
  const misfit = misfitOf(plan, sponsor, now)
  if (misfit) return misfit
  return carryOut(ports, takeStep(program, 'change', { by: actor, at: now, note: '' }, plan), actor)
}

/** A step that a person takes: `open`, `abandon`, `announce-end`. Taken before, it stands. */
export function stepBy(step: Extract<ProgramStep, 'open' | 'abandon' | 'announce-end'>) {
  return async (
    ports: ConsolePorts,
    { path, body, actor, now }: Call<{ path: { program: ProgramId }; body: StepRequest }>,
  ) => {
    if (actor === null) return notNamed()
    const program = await ports.sponsors.program(path.program)
    if (!program) return unknownProgram()
    const last = (await ports.sponsors.history(program.id)).at(-1)
    if (last?.step === step && last.by === actor) return json(200, programView(program, ports.rules))
    return carryOut(ports, takeStep(program, step, { by: actor, at: now, note: body.reason ?? '' }), actor)
  }
}

async function carryOut(ports: ConsolePorts, change: ProgramChange | undefined, actor: string) {
  if (!change)
    return problem('STEP_DOES_NOT_FIT', 'expected a program in a state that allows this; its steps are listed')
  if ((await ports.sponsors.putProgram(change)) === 'conflict') return changedMeanwhile()
  const { program, event } = change
  ports.log.info('A program took a step', { sponsor: program.id, step: event.step, actor })
  return json(200, programView(program, ports.rules))
}

export function programView(program: Program, rules: Rules): ProgramView {
  const { id, name, state, version, funding, budget, firstMonth, monthCount, sector, programs, income } = program
  const personRupiah = monthsOf(program).reduce(
    (sum, each) => sum + totalOf(priceOf(rules.tariff, each, termsOf(program))),
    0,
  )
  return {
    id,
    sponsorId: sponsorOf(id),
    name,
    state,
    version,
    steps: stepsFrom(state),
    funding,
    budget: { per: budget.per, amountRupiah: budget.amount },
    firstMonth,
    lastMonth: lastMonthOf(program),
    months: monthCount,
    sector,
    programs,
    incomeRupiah: income,
    priority: program.priority,
    personRupiah,
    createdAt: formatUtc(program.createdAt),
  }
}

function planFrom({ name, funding, budget, firstMonth, months, sector, programs, incomeRupiah, priority }: PlanFields) {
  const plan: ProgramPlan = {
    name,
    funding,
    budget: { per: budget.per, amount: rupiah(budget.amountRupiah) },
    firstMonth: month(firstMonth),
    monthCount: months,
    sector,
    programs,
    income: rupiah(incomeRupiah),
    priority,
  }
  return plan
}

function misfitOf(plan: ProgramPlan, sponsor: Sponsor, now: Instant) {
  const fundings = FUNDINGS_OF[sponsor.kind]
  if (!fundings.includes(plan.funding)) {
    return problem('INVALID_INPUT', `field funding: expected one of ${fundings.join(', ')} of a ${sponsor.kind}`)
  }
  if (plan.firstMonth < monthOf(now)) {
    return problem('INVALID_INPUT', 'field firstMonth: expected the current month or a later one')
  }
  return undefined
}

async function nextCode(ports: ConsolePorts, sponsorId: SponsorId): Promise<string> {
  const taken = new Set((await ports.sponsors.programsOf(sponsorId)).map(({ id }) => id))
  let number = taken.size + 1
  while (taken.has(programIdOf(sponsorId, String(number)))) number++
  return String(number)
}

function isSamePlan(program: Program, plan: ProgramPlan): boolean {
  return JSON.stringify(planOf(program)) === JSON.stringify(plan)
}

function notNamed() {
  return problem('NOT_ALLOWED', 'expected a token that names who decides')
}

function idTaken() {
  return problem(
    'ID_TAKEN',
    'expected a code that no other program of the sponsor has; choose another, or leave it out',
  )
}

function changedMeanwhile() {
  return problem('CHANGED_MEANWHILE', 'expected the version that stands; read the program again')
}
