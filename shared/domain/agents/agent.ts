/**
 * An agent of the Perisai kind: a person or an office that registers workers and collects contributions. A registration carries the
 * agent's code in its first terms, for good; a payment carries it where its channel names the outlet that took it and the outlet is
 * the agent's (no partner's message has a field for the code itself).
 */
import type { Instant } from '../instant.ts'
import type { RegionCode } from '../region.ts'

declare const agentCodeBrand: unique symbol
export type AgentCode = string & { readonly [agentCodeBrand]: true }

export const AGENT_KINDS = ['person', 'office'] as const
export type AgentKind = (typeof AGENT_KINDS)[number]

/** A counter that is the agent's own, as its channel writes it in payments. */
export type AgentOutlet = { readonly channel: string; readonly outlet: string }

export type Agent = {
  readonly code: AgentCode
  readonly kind: AgentKind
  /** Of an office. Of a person none: who it is stays with whoever gave out the code. */
  readonly name: string
  readonly regionCode: RegionCode | null
  readonly outlets: readonly AgentOutlet[]
  readonly createdBy: string
  readonly createdAt: Instant
}

const CODE = /^(?!.*\d{9})[A-Z][A-Z0-9-]{1,18}[A-Z0-9]$/

/** 3 to 20 capital letters, digits and hyphens, a letter first; fewer than nine digits in a row, so that it is nobody's number. */
export function parseAgentCode(text: string): AgentCode | undefined {
  return CODE.test(text) ? (text as AgentCode) : undefined
}
