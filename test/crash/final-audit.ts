/**
 * The audit after the last kill. First the tables are read as the kills left them: whatever was acknowledged must be there
 * before anybody asks again, because a repeat heals what it finds missing. Then what stayed open is asked again, then
 * everything is, and the tables are read once more.
 */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type BusinessDate, businessDateOf, instant } from '../../shared/domain/instant.ts'
import type { KillableHub } from './killable-hub.ts'
import { askAgain, type PartnerClient } from './partner-client.ts'
import { isReversed, tookTheMoney } from './partner-memory.ts'
import { reconcile } from './reconcile.ts'
import type { CrashReport, KillCounts } from './report.ts'
import { repeatOf } from './scenarios.ts'
import { storedIn } from './stored.ts'

const AT_ONCE = 12

export type FinalAudit = {
  readonly hub: KillableHub
  readonly client: PartnerClient
  readonly dataDir: string
  /** When the run began, by the hub's clock. */
  readonly began: number
  readonly kills: KillCounts
  readonly say: (line: string) => void
}

/** The hub is up; the partners send no new payments. */
export async function auditAtTheEnd({ hub, client, dataDir, began, kills, say }: FinalAudit): Promise<CrashReport> {
  const { payments } = client.memory
  const today = businessDateOf(instant(Math.trunc((await hub.up()).hub.now()))) as BusinessDate
  const days = [...new Set([businessDateOf(instant(began)), today])]
  client.patient = true
  await hub.kill()
  say('Reading the tables as the last kill left them')
  const { lost: lostAtFirst } = reconcile(payments, await storedIn(dataDir, days))
  hub.start()
  say(`Asking again: ${client.openCalls.length} calls that stayed open, then each of ${payments.length} payments`)
  const { hub: last } = await hub.up()
  await manyAtOnce([...client.openCalls], (open) => askAgain(client, open))
  await last.untilQuiet()
  await manyAtOnce(payments, (partnerPayment) => repeatOf(client, partnerPayment))
  await last.untilQuiet()
  const { body: queues } = await last.api('viewer', 'GET', '/api/queues')
  const deadLetters = (queues as { readonly deadLetters: number }[]).reduce((sum, queue) => sum + queue.deadLetters, 0)
  await hub.stop()
  say('Reading the tables')
  const findings = reconcile(payments, await storedIn(dataDir, days))
  return {
    kills,
    payments: payments.filter(tookTheMoney).length,
    reversals: payments.filter(isReversed).length,
    refusals: payments.filter(
      (partnerPayment) => !tookTheMoney(partnerPayment) && partnerPayment.answers.has('payment'),
    ).length,
    repeats: client.memory.repeats(),
    healed: healedIn(dataDir),
    lostAtFirst,
    findings,
    changed: client.memory.changed,
    unexpected: client.unexpected,
    deadLetters,
    outlived: hub.outlived.length,
  }
}

async function manyAtOnce<T>(list: readonly T[], work: (each: T) => Promise<unknown>): Promise<void> {
  const left = list.values()
  const lane = async () => {
    for (const each of left) await work(each)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
}

/** From the endpoints' own metrics. */
function healedIn(dataDir: string): number {
  const lines = globSync(path.join(dataDir, 'logs', '*.jsonl')).flatMap((file) =>
    readFileSync(file, 'utf8').split('\n'),
  )
  return lines.reduce((sum, line) => sum + Number(/"FactsHealed":(\d+)/.exec(line)?.[1] ?? 0), 0)
}
