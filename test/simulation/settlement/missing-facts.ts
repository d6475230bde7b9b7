/**
 * What operations does about the alarm of an accepted decision without its fact: the partner is asked to ask for the payment's
 * status, which puts the fact. On the day of the payment or on the next, as the runbook has it.
 */

import { factsOfDecision } from '../auditor/decisions.ts'
import type { DecisionRecord } from '../auditor/ledger.ts'
import type { Desk } from './desk.ts'

const MOST_TRIES = 20

export async function askForMissing(desk: Desk): Promise<void> {
  const { ledger } = desk.world
  const isMissing = (record: DecisionRecord) =>
    record.decision.outcome.kind === 'accepted' && !factsOfDecision(ledger, record).payment
  for (const record of [...ledger.decisions.values()].filter(isMissing)) {
    for (let tried = 0; tried < MOST_TRIES && isMissing(record); tried++) await ask(desk, record)
  }
}

/** An answer that never comes is a time-out: the next question follows anyway. */
async function ask({ world, timeline }: Desk, { decision, origin }: DecisionRecord): Promise<void> {
  if (!('paymentId' in origin)) return
  const { paymentId, customerId } = origin
  void world.callEndpoint(decision.channel, { kind: 'status', paymentId, customerId })
  await timeline.sleep(60_000)
}
