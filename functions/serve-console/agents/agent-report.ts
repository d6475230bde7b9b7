/**
 * `GET /api/agents/{agent}/report`: what an agent's work came to, computed from the facts of the members whom the agent registered, one
 * after the other. Shows sums only: no membership is named. Of an agent with more members than `MOST_MEMBERS` it looks at so many and
 * says so; a file, from which commission may be paid, is not made of a part.
 */

import type { Agent, AgentCode } from '../../../shared/domain/agents/agent.ts'
import { type AgentReport, countAgent } from '../../../shared/domain/agents/agent-report.ts'
import { allocate } from '../../../shared/domain/allocation.ts'
import { formatUtc } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { type Month, month, monthOf } from '../../../shared/domain/month.ts'
import { inParallel } from '../../../shared/runtime/in-parallel.ts'
import { type CsvReply, csv, json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { unknownAgent } from './agent-parameter.ts'
import type { AgentReportQuery, AgentReportView } from './schemas.ts'

export const AGENT_REPORT_COLUMNS = [
  'month',
  'registered',
  'newcomers',
  'contributions_rupiah',
  'collected_rupiah',
  'taken_back_rupiah',
  'commission_rupiah',
  'acquisition_rupiah',
  'clawback_rupiah',
] as const

const AT_ONCE = 32
/** What a call has time for: each is a read of its facts. */
export const MOST_MEMBERS = 5_000
const MOST_LISTS = 200
/** Before every fact. */
const FIRST_MONTH = month('1970-01')

export async function showAgentReport(
  ports: ConsolePorts,
  { path, query, now }: Call<{ path: { agent: AgentCode }; query: AgentReportQuery }>,
) {
  const agent = await ports.agents.agent(path.agent)
  if (!agent) return unknownAgent()
  const from = query.from === undefined ? null : month(query.from)
  const to = query.to === undefined ? monthOf(now) : month(query.to)
  if (from !== null && from > to) return problem('INVALID_INPUT', 'query parameter from: expected no month after to')
  const counted = countAgent(agent, { from: from ?? FIRST_MONTH, to }, now)
  const { members, isWhole } = await membersOf(ports, agent)
  if (query.format === 'csv' && !isWhole) {
    return problem(
      'TOO_MANY',
      `expected an agent with at most ${MOST_MEMBERS} members; the JSON shows a part and says so`,
    )
  }
  const reads = members.map((kpj) => async () => {
    const facts = await ports.facts.ofAccount(kpj)
    counted.add({ kpj, facts, allocation: allocate(facts, ports.rules) })
  })
  await inParallel(reads, AT_ONCE)
  const report = counted.report()
  if (query.format === 'csv') return csvOf(agent, report)
  const head = { code: agent.code, asOf: formatUtc(now), from, to, isWhole, lookedAt: members.length }
  return json(200, viewOf(report, head))
}

type Members = { readonly members: readonly Kpj[]; readonly isWhole: boolean }

/** Everybody whom an import or a list of the agent's may have registered, or the first `MOST_MEMBERS` of them. */
async function membersOf({ agents, sponsors }: ConsolePorts, { code }: Agent): Promise<Members> {
  const members = new Set(await agents.members(code, MOST_MEMBERS + 1))
  const lists = await agents.lists(code, MOST_LISTS + 1)
  for (const cohort of lists.slice(0, MOST_LISTS)) {
    for (let chunk = 1; members.size <= MOST_MEMBERS; chunk++) {
      const rows = await sponsors.rows(cohort, chunk)
      if (!rows) break
      for (const { kpj } of rows) if (kpj !== null) members.add(kpj)
    }
  }
  const isWhole = members.size <= MOST_MEMBERS && lists.length <= MOST_LISTS
  return { members: [...members].slice(0, MOST_MEMBERS), isWhole }
}

type Head = {
  readonly code: string
  readonly asOf: string
  readonly from: Month | null
  readonly to: Month
  readonly isWhole: boolean
  readonly lookedAt: number
}

function viewOf({ registered, stillActive, months, due, ...sums }: AgentReport, head: Head): AgentReportView {
  return {
    ...head,
    registered,
    stillActive,
    ...sumsView(sums),
    dueRupiah: due,
    months: months.map(({ month, registered, newcomers, collected, ...own }) => ({
      month,
      registered,
      newcomers,
      collectedRupiah: collected,
      ...sumsView(own),
    })),
  }
}

type Sums = Pick<AgentReport, 'contributions' | 'takenBack' | 'commission' | 'acquisition' | 'clawback'>

function sumsView({ contributions, takenBack, commission, acquisition, clawback }: Sums) {
  return {
    contributionsRupiah: contributions,
    takenBackRupiah: takenBack,
    commissionRupiah: commission,
    acquisitionRupiah: acquisition,
    clawbackRupiah: clawback,
  }
}

function csvOf({ code }: Agent, { months }: AgentReport): CsvReply {
  const lines = months.map(({ month, registered, newcomers, contributions, collected, ...own }) =>
    [
      month,
      registered,
      newcomers,
      contributions,
      collected,
      own.takenBack,
      own.commission,
      own.acquisition,
      own.clawback,
    ].join(','),
  )
  return csv(`agent-${code}.csv`, [AGENT_REPORT_COLUMNS.join(','), ...lines], '\r\n')
}
