/** What an audit's task leaves behind for people: metrics that alarms stand on, and log lines. No person in either. */
import type { AuditTask } from '../../shared/messages/audit.ts'
import type { Log } from '../../shared/runtime/log.ts'
import type { Metrics } from '../../shared/runtime/metrics.ts'
import type { AuditTally } from '../../shared/store/statistics/ledger-audits.ts'
import type { Audited } from './ports.ts'
import { countOf } from './tally.ts'

type ReportPorts = { readonly metrics: Pick<Metrics, 'count'>; readonly log: Pick<Log, 'info' | 'warn'> }

export function reportAudit({ metrics, log }: ReportPorts, task: AuditTask, audited: Audited): void {
  const which = { task: task.task, outcome: audited.outcome }
  if (audited.outcome === 'fanned-out') {
    log.info('An audit began', { ...which, count: audited.tasks })
    return
  }
  const { found, line } = audited
  countFound(metrics, found)
  for (const { difference, account } of found.samples)
    log.warn('An audit found a difference', { ...which, code: difference, account })
  if (line === null) return
  const fields = { ...which, day: line.day, rows: line.looks, count: countOf(line) }
  log.info('An audit is through', fields)
}

function countFound(metrics: ReportPorts['metrics'], found: AuditTally): void {
  const { 'decision-without-fact': withoutFact = 0, 'chain-broken': broken = 0 } = found.differences
  const others = countOf(found) - withoutFact - broken
  if (found.looks > 0) metrics.count('AuditLooks', undefined, found.looks)
  if (others > 0) metrics.count('AuditDifferences', undefined, others)
  if (broken > 0) metrics.count('AuditChainBroken', undefined, broken)
  if (withoutFact > 0) metrics.count('DecisionsWithoutFact', undefined, withoutFact)
}
