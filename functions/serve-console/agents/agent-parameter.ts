/** The code of an agent in a path, and the answer where nobody has it. */
import { type AgentCode, parseAgentCode } from '../../../shared/domain/agents/agent.ts'
import type { PathParameter } from '../http/input.ts'
import { problem } from '../http/reply.ts'
import { agentCodeField } from './schemas.ts'

const EXPECTED = 'expected the code of an agent that was created'

export const AGENT_PARAMETER = {
  schema: agentCodeField('Code of an agent'),
  otherwise: { code: 'UNKNOWN_AGENT', detail: EXPECTED },
} as const satisfies PathParameter<AgentCode>

export function unknownAgent() {
  return problem('UNKNOWN_AGENT', EXPECTED)
}

/** Of a query that may name one: undefined where it names an agent that was never created. */
export async function namedAgent(
  agents: { readonly agent: (code: AgentCode) => Promise<unknown> },
  text: string | undefined,
): Promise<AgentCode | null | undefined> {
  if (text === undefined) return null
  const code = parseAgentCode(text)
  return code !== undefined && (await agents.agent(code)) ? code : undefined
}
