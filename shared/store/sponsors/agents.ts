/**
 * Agents in table `sponsors`, and whom they registered: what a report reads. That an agent registered somebody is said by the
 * membership's first terms; an entry here only says where to look, and one too many finds nobody of the agent's.
 *
 * | part | entry | holds |
 * |---|---|---|
 * | `agents` | `<code>` | an agent |
 * | `agent#<code>` | `member#<kpj>` | a membership of an import that named the agent |
 * | | `list#<cohort>` | a sponsor's list that named the agent |
 *
 * Written and read by functions/serve-console.
 */
import type { Agent, AgentCode } from '../../domain/agents/agent.ts'
import { type Kpj, kpjOf } from '../../domain/kpj.ts'
import { type CohortId, parseCohortId } from '../../domain/sponsors/sponsor.ts'
import { Defect } from '../../runtime/faults.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { entryTable } from '../settlements/dynamodb.ts'
import type { EntryTable } from '../settlements/entries.ts'
import type { Tables } from '../tables.ts'

export type AgentStore = {
  readonly agent: (code: AgentCode) => Promise<Agent | undefined>
  /** `same`: exactly this is there. `other`: the code is another agent's. */
  readonly putAgent: (agent: Agent) => Promise<'put' | 'same' | 'other'>
  /** In the order of codes, after one of them. */
  readonly agents: (after: AgentCode | null, limit: number) => Promise<readonly Agent[]>
  /** Both right any number of times. */
  readonly noteMember: (code: AgentCode, kpj: Kpj) => Promise<void>
  readonly noteList: (code: AgentCode, cohort: CohortId) => Promise<void>
  /** At most so many, in the order of their numbers. */
  readonly members: (code: AgentCode, limit: number) => Promise<readonly Kpj[]>
  readonly lists: (code: AgentCode, limit: number) => Promise<readonly CohortId[]>
}

const AGENTS = 'agents'
const MEMBER = 'member#'
const LIST = 'list#'
const agentPart = (code: AgentCode) => `agent#${code}`

export function dynamoAgents(client: DynamoClient, tables: Pick<Tables, 'sponsors'>): AgentStore {
  return agentsIn(entryTable(client, tables.sponsors))
}

export function agentsIn<C>(table: EntryTable<C>): AgentStore {
  /** Entries come in their order, so those with a prefix stand together: after it, and until there are enough. */
  const entriesOf = async (code: AgentCode, prefix: string, limit: number) =>
    (await table.entries(agentPart(code), prefix, limit)).flatMap((entry) =>
      entry.startsWith(prefix) ? [entry.slice(prefix.length)] : [],
    )
  return {
    agent: (code) => table.get<Agent>(AGENTS, code),
    putAgent: (agent) => table.putOnce(AGENTS, agent.code, agent),
    // A space sorts before everything that a code goes on with: the next code after this one.
    agents: (after, limit) => table.range<Agent>(AGENTS, { limit, ...(after === null ? {} : { from: `${after} ` }) }),
    noteMember: (code, kpj) => table.put(agentPart(code), `${MEMBER}${kpj}`, {}),
    noteList: (code, cohort) => table.put(agentPart(code), `${LIST}${cohort}`, {}),
    members: async (code, limit) => (await entriesOf(code, MEMBER, limit)).map(kpjOf),
    lists: async (code, limit) => (await entriesOf(code, LIST, limit)).map(cohortOf),
  }
}

function cohortOf(text: string): CohortId {
  const cohort = parseCohortId(text)
  if (cohort) return cohort
  throw new Defect('BAD_ITEM', 'expected the id of a cohort among an agent’s lists, got something else')
}
