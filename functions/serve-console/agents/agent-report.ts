/**
 * `GET /api/agents/{agent}/report`: what an agent's work came to, computed from the facts of the members whom the agent registered, one
 * after the other. Shows sums only: no membership is named.
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
  const reads = [...(await membersOf(ports, agent))].map((kpj) => async () => {
    const facts = await ports.facts.ofAccount(kpj)
    counted.add({ kpj, facts, allocation: allocate(facts, ports.rules) })
  })
  await inParallel(reads, AT_ONCE)
  const report = counted.report()
  if (query.format === 'csv') return csvOf(agent, report)
  return json(200, viewOf(report, { code: agent.code, asOf: formatUtc(now), from, to }))
}

/** Everybody whom an import or a list of the agent's may have registered. */
async function membersOf(ports: ConsolePorts, { code }: Agent): Promise<ReadonlySet<Kpj>> {
  const members = new Set(await ports.agents.members(code))
  for (const cohort of await ports.agents.lists(code)) {
    for (let chunk = 1; ; chunk++) {
      const rows = await ports.sponsors.rows(cohort, chunk)
      if (!rows) break
      for (const { kpj } of rows) if (kpj !== null) members.add(kpj)
    }
  }
  return members
}

type Head = { readonly code: string; readonly asOf: string; readonly from: Month | null; readonly to: Month }

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
