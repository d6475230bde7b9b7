/**
 * The audit chain, held against its anchors: every night and whenever somebody asks. One line under subject `chain`; a broken
 * chain counts once, names its first wrong entry and what is wrong with it, and alarms.
 */
import { businessDateOf } from '../../shared/domain/instant.ts'
import { type AnchoredChain, findingText } from '../../shared/store/audit/anchored-chain.ts'
import type { Audited, AuditPorts } from './ports.ts'
import { difference, looked } from './tally.ts'
import { putLine } from './walk.ts'

export async function auditChain(ports: Pick<AuditPorts, 'verifyChain' | 'audits' | 'now'>): Promise<Audited> {
  const startedAt = ports.now()
  const chain = await ports.verifyChain(startedAt)
  const found = { ...looked(findingsOf(chain)), looks: chain.outcome === 'whole' ? chain.entries : chain.sequence }
  const line = { ...found, day: businessDateOf(startedAt), subject: 'chain', startedAt, ...anchoredBy(chain) }
  return { outcome: 'done', found, line: await putLine(ports, line) }
}

function anchoredBy(chain: AnchoredChain) {
  if (chain.outcome === 'broken') return {}
  return { anchored: { anchors: chain.anchors, entries: chain.anchored } }
}

function findingsOf(chain: AnchoredChain) {
  if (chain.outcome === 'whole') return []
  return [difference('chain-broken', 'decisions', findingText(chain))]
}
