/**
 * `GET /api/audit-chain`: whether the record of who decided what is whole, as its last verification found it, and what was
 * appended since. The verification itself is functions/audit-ledger, every night and whenever somebody asks (audits.ts).
 * Shows places and codes, never what an entry says.
 */
import { addDays, businessDateOf, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import { Defect } from '../../../shared/runtime/faults.ts'
import { readFinding } from '../../../shared/store/audit/anchored-chain.ts'
import type { AuditLine } from '../../../shared/store/statistics/ledger-audits.ts'
import { json } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'

/** It is verified every night: what is older than this is as good as never. */
const DAYS = 9
const SUBJECT = 'chain'

export async function showAuditChain(ports: Pick<ConsolePorts, 'audits' | 'resolutions'>, { now }: Pick<Call, 'now'>) {
  const [line, head] = await Promise.all([lastVerification(ports, now), ports.resolutions.head()])
  const broken = line === undefined ? null : brokenAt(line)
  return json(200, {
    asOf: formatUtc(now),
    entries: head?.sequence ?? 0,
    headHash: head?.hash ?? null,
    verdict: line === undefined ? ('unverified' as const) : broken === null ? ('whole' as const) : ('broken' as const),
    verified: line === undefined ? null : described(line),
    broken,
  })
}

/** Nearly always of today or yesterday: one or two queries. */
async function lastVerification(
  { audits }: Pick<ConsolePorts, 'audits'>,
  now: Instant,
): Promise<AuditLine | undefined> {
  const today = businessDateOf(now)
  for (let back = 0; back < DAYS; back++) {
    const line = (await audits.ofDay(addDays(today, -back))).find(({ subject }) => subject === SUBJECT)
    if (line !== undefined) return line
  }
  return undefined
}

function described({ startedAt, finishedAt, looks, anchored }: AuditLine) {
  return {
    startedAt: formatUtc(startedAt),
    finishedAt: formatUtc(finishedAt),
    entries: looks,
    anchors: anchored?.anchors ?? null,
    anchoredEntries: anchored?.entries ?? null,
  }
}

function brokenAt({ differences, samples }: AuditLine) {
  if ((differences['chain-broken'] ?? 0) === 0) return null
  const finding = readFinding(samples[0]?.fact ?? '')
  if (finding !== undefined) return finding
  throw new Defect(
    'CHAIN_FINDING',
    'expected the finding of a broken chain to name an entry and a code; see audit-ledger',
  )
}
