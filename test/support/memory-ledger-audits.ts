/** The lines of audits in memory. Passes the same conformance suite as the DynamoDB adapter (test/conformance/statistics.test.ts). */
import type { AuditLine, LedgerAuditStore } from '../../shared/store/statistics/ledger-audits.ts'

export function memoryLedgerAudits(): LedgerAuditStore {
  const lines = new Map<string, AuditLine>()
  return {
    put: async (line) => {
      const key = `${line.day} ${line.subject}`
      const there = lines.get(key)
      if (!there || there.startedAt <= line.startedAt) lines.set(key, structuredClone(line))
    },
    ofDay: async (day) =>
      [...lines.values()].filter((line) => line.day === day).sort((a, b) => (a.subject < b.subject ? -1 : 1)),
  }
}
