/**
 * A person's step about a difference, written whole or not at all: the case at its new version, the entry at the end of the
 * audit chain, the chain's new head, and, once approved, the decision that wakes functions/reconcile-settlement.
 *
 * Promise: no case is proposed, approved or rejected without its entry in the chain, and the other way round. Two people at
 * once end as one after the other. Producer: functions/serve-console. Tables: `settlements`, `audit`.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { Defect, Transient } from '../runtime/faults.ts'
import {
  type AuditEntry,
  type AuditHead,
  type AuditRecord,
  type AuditStore,
  auditItem,
  chained,
  dynamoAudit,
} from './audit.ts'
import { type Change, type EntryTable, entryTable } from './settlement-entries.ts'
import { dayPart, decisionEntry, HEAD } from './settlement-item.ts'
import type { Decision, DifferenceCase } from './settlement-records.ts'
import { changesOfDifference } from './settlements.ts'
import type { Tables } from './tables.ts'

export type Step = {
  /** The case at the version that it will have. */
  readonly case: DifferenceCase
  readonly record: AuditRecord
  /** What is to be applied; its place in the chain is added here. */
  readonly decision: Omit<Decision, 'audit'> | null
}

export type DecisionStore = {
  /** `conflict`: the case is no longer the version before: read it again. */
  readonly take: (
    step: Step,
  ) => Promise<{ readonly outcome: 'put'; readonly entry: AuditEntry } | { readonly outcome: 'conflict' }>
  /** Where the chain ended when its last entry was put; null before the first. */
  readonly head: () => Promise<AuditHead | null>
}

/** Others may put an entry between our look at the end of the chain and our own; each of them was right to. */
const TRIES = 10

export function dynamoDecisions(client: DynamoDBClient, tables: Pick<Tables, 'settlements' | 'audit'>): DecisionStore {
  const appending = (entry: AuditEntry): Change => {
    const item = auditItem(entry)
    const put = {
      TableName: tables.audit,
      Item: item,
      ConditionExpression: 'attribute_not_exists(chain)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    }
    return { write: { Put: put }, item }
  }
  return decisionsIn(entryTable(client, tables.settlements), dynamoAudit(client, tables), appending)
}

/** `appending` is the write that puts an entry at its place, if that is free. */
export function decisionsIn<C>(
  table: EntryTable<C>,
  audit: Pick<AuditStore, 'last'>,
  appending: (entry: AuditEntry) => C,
): DecisionStore {
  const head = async () => (await table.get<AuditHead>(HEAD.part, HEAD.entry)) ?? null

  async function append(step: Step): Promise<AuditEntry | undefined> {
    const [last, kept] = await Promise.all([audit.last(), head()])
    // A chain that lost its end must not be written on, or the loss could never be told from a repair.
    if ((last?.sequence ?? 0) < (kept?.sequence ?? 0) && (await isCutOff(kept))) throw cutOff()
    const entry = chained(last, step.record)
    const { sequence, hash } = entry
    const decision = step.decision && { ...step.decision, audit: { sequence, hash } }
    const put = await table.transact([
      appending(entry),
      ...changesOfDifference(table, step.case),
      table.putting(HEAD.part, HEAD.entry, { sequence, hash } satisfies AuditHead),
      ...(decision ? [table.puttingOnce(...decisionKey(decision), decision)] : []),
    ])
    return put === 'put' ? entry : undefined
  }

  /** The two were read at the same time, not at one moment: an entry may have come between. */
  async function isCutOff(kept: AuditHead | null): Promise<boolean> {
    return ((await audit.last())?.sequence ?? 0) < (kept?.sequence ?? 0)
  }

  return {
    head,
    take: async (step) => {
      const { channel, date, id, version } = step.case
      for (let tried = 0; tried < TRIES; tried++) {
        const entry = await append(step)
        if (entry) return { outcome: 'put', entry }
        const stands = await table.get<DifferenceCase>(dayPart(channel, date), `difference#${id}`)
        if ((stands?.version ?? 0) !== version - 1) return { outcome: 'conflict' }
      }
      throw new Transient('AUDIT_BUSY', `expected a place in the audit chain within ${TRIES} tries; try again`)
    },
  }
}

function decisionKey({ channel, date, differenceId, differenceVersion }: Omit<Decision, 'audit'>) {
  return [dayPart(channel, date), decisionEntry(`${differenceId}#${differenceVersion}`)] as const
}

function cutOff(): Defect {
  return new Defect(
    'AUDIT_CUT_OFF',
    'expected the audit chain to reach to where it ended; its last entries are gone: run verify-audit, restore them, decide then',
  )
}
