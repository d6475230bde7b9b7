/**
 * Agents: created once under a code. The same again changes nothing, another one under that code is refused. Who a person is stays with
 * whoever gave out the code: the hub keeps no name of one.
 */
import type { Agent, AgentCode } from '../../../shared/domain/agents/agent.ts'
import { parseAgentCode } from '../../../shared/domain/agents/agent.ts'
import { formatUtc } from '../../../shared/domain/instant.ts'
import { parseRegionCode, type RegionCode } from '../../../shared/domain/region.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { unknownAgent } from './agent-parameter.ts'
import type { AgentRequest, AgentsQuery, AgentView } from './schemas.ts'

const PAGE = 100

export async function createAgent(ports: ConsolePorts, { body, actor, now }: Call<{ body: AgentRequest }>) {
  if (actor === null) return problem('NOT_ALLOWED', 'expected a token that names who creates it')
  const { code, kind, name = '', outlets = [] } = body
  const regionCode = regionOf(body.regionCode ?? null)
  if (regionCode === undefined) {
    return problem('INVALID_INPUT', 'field regionCode: expected a code such as 15, 15.71 or 15.71.01.1001, or null')
  }
  if ((kind === 'person') !== (name === '')) {
    return problem('INVALID_INPUT', 'field name: expected one of an office, and none of a person')
  }
  if (outlets.some(({ channel }) => !ports.channels.includes(channel))) {
    return problem('INVALID_INPUT', `field outlets: expected channels among ${ports.channels.join(', ')}`)
  }
  const agent: Agent = { code, kind, name, regionCode, outlets, createdBy: actor, createdAt: now }
  const known = await ports.agents.agent(code)
  if (known && isSameAgent(known, agent)) return json(201, viewOf(known))
  if (known || (await ports.agents.putAgent(agent)) === 'other') {
    return problem('ID_TAKEN', 'expected a code that no other agent has; choose another')
  }
  ports.log.info('An agent was created', { kind, actor })
  return json(201, viewOf(agent))
}

export async function listAgents(ports: ConsolePorts, { query }: Call<{ query: AgentsQuery }>) {
  const { after, limit = PAGE } = query
  const from = after === undefined ? null : parseAgentCode(after)
  if (from === undefined) return problem('INVALID_INPUT', 'query parameter after: expected the next of the page before')
  const found = await ports.agents.agents(from, limit + 1)
  const items = found.slice(0, limit)
  return json(200, { items: items.map(viewOf), next: found.length > limit ? (items.at(-1)?.code ?? null) : null })
}

export async function showAgent(ports: ConsolePorts, { path }: Call<{ path: { agent: AgentCode } }>) {
  const agent = await ports.agents.agent(path.agent)
  return agent ? json(200, viewOf(agent)) : unknownAgent()
}

function viewOf({ code, kind, name, regionCode, outlets, createdAt }: Agent): AgentView {
  return { code, kind, name, regionCode, outlets, createdAt: formatUtc(createdAt) }
}

function isSameAgent(a: Agent, b: Agent): boolean {
  const textOf = ({ kind, name, regionCode, outlets }: Agent) => JSON.stringify([kind, name, regionCode, outlets])
  return textOf(a) === textOf(b)
}

/** undefined: no code of a region. */
function regionOf(text: string | null): RegionCode | null | undefined {
  if (text === null) return null
  const region = parseRegionCode(text)
  return region.outcome === 'region' ? region.code : undefined
}
