/** The calls about agents. */
import { jsonBody } from '../http/input.ts'
import { route, type Subject } from '../http/route.ts'
import { AGENT_PARAMETER } from './agent-parameter.ts'
import { AGENT_REPORT_COLUMNS, showAgentReport } from './agent-report.ts'
import { createAgent, listAgents, showAgent } from './agents.ts'
import { agentReportQuery, agentReportSchema, agentRequest, agentSchema, agentsQuery, agentsSchema } from './schemas.ts'

export const AGENTS: Subject = {
  name: 'agents',
  description: 'Who registers workers and collects their contributions, and what that is worth',
  routes: [
    route({
      method: 'GET',
      path: '/api/agents',
      operationId: 'listAgents',
      permission: 'read',
      summary: 'Agents in the order of their codes',
      query: agentsQuery,
      responses: { 200: agentsSchema },
      problems: ['INVALID_INPUT'],
      handle: listAgents,
    }),
    route({
      method: 'POST',
      path: '/api/agents',
      operationId: 'createAgent',
      permission: 'operate',
      summary: 'A new agent',
      description: 'The same again changes nothing.',
      body: jsonBody(agentRequest),
      responses: { 201: agentSchema },
      problems: ['INVALID_INPUT', 'NOT_ALLOWED', 'ID_TAKEN'],
      handle: createAgent,
    }),
    route({
      method: 'GET',
      path: '/api/agents/{agent}',
      operationId: 'readAgent',
      permission: 'read',
      summary: 'An agent',
      params: { agent: AGENT_PARAMETER },
      responses: { 200: agentSchema },
      problems: ['UNKNOWN_AGENT'],
      handle: showAgent,
    }),
    route({
      method: 'GET',
      path: '/api/agents/{agent}/report',
      operationId: 'readAgentReport',
      permission: 'read',
      summary: 'Members registered, still active, contributions, commission and what of it goes back',
      params: { agent: AGENT_PARAMETER },
      query: agentReportQuery,
      files: 'nobody',
      responses: {
        200: {
          json: agentReportSchema,
          csv: `With format=csv, a row a month, refused where not everybody can be looked at. Header: ${AGENT_REPORT_COLUMNS.join(',')}`,
        },
      },
      problems: ['UNKNOWN_AGENT', 'INVALID_INPUT', 'TOO_MANY'],
      handle: showAgentReport,
    }),
  ],
}
