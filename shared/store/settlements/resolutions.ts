/**
 * A person's step about a difference, written whole or not at all: the case at its new version, the entry at the end of the
 * audit chain, the chain's new head, and, once approved, the resolution that wakes functions/reconcile-settlement. An answer that
 * a benefit is settled on is kept in the same chain.
 *
 * Promise: no case is proposed, approved or rejected without its entry in the chain, and the other way round. Two people at
 * once end as one after the other. Producer: functions/serve-console. Tables: `settlements`, `audit`.
 */
import { assertNever } from '../../domain/assert-never.ts'
import type { Instant } from '../../domain/instant.ts'
import type { Kpj } from '../../domain/kpj.ts'
import type { FeeInvoice } from '../../domain/settlement/fee-month.ts'
import type { Approval } from '../../domain/two-people.ts'
import { Defect, Transient } from '../../runtime/faults.ts'
import type { AuditEntry, AuditHead, AuditRecord, AuditStore } from '../audit/audit.ts'
import { chained } from '../audit/chain.ts'
import { dynamoAudit } from '../audit/dynamodb.ts'
import { auditItem } from '../audit/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import type { Tables } from '../tables.ts'
import type { ApprovalEffect } from './approval-effect.ts'
import { changesOfPlacement } from './bank-movements.ts'
import { type CaseNote, noteKey } from './case-notes.ts'
import { areRaised, changeOfSums, type DecidedOnDay } from './decided-sums.ts'
import { entryTable } from './dynamodb.ts'
import type { Change, EntryTable } from './entries.ts'
import { changesOfFeeInvoice } from './fee-months.ts'
import {
  answersPart,
  approvalPart,
  dayPart,
  differenceEntry,
  feeInvoiceEntry,
  feeInvoicesPart,
  HEAD,
  resolutionEntry,
  WAITING_APPROVALS,
  waitingEntry,
} from './item.ts'
import type { DifferenceCase, Resolution } from './records.ts'
import { changesOfDifference, changesOfStatementWithdrawal, changesOfWithdrawal } from './settlements.ts'
import { changesOfConfirmation } from './unconfirmed.ts'

export type Step = {
  /** The case at the version that it will have. */
  readonly case: DifferenceCase
  readonly record: AuditRecord
  /** What is to be applied; its place in the chain is added here. */
  readonly resolution: Omit<Resolution, 'audit'> | null
  /** What its people have decided on the day with it, each at its next version; absent where it is not counted. */
  readonly sums?: readonly DecidedOnDay[]
}

/** A step that two people take about anything but a difference (shared/domain/two-people.ts), and what is written with it. */
export type ApprovalTaken = {
  /** At the version that it will have. */
  readonly approval: Approval<unknown>
  readonly record: AuditRecord
  /** Written in the same transaction, or not at all. */
  readonly effects: readonly ApprovalEffect[]
}

export type ResolutionStore = {
  readonly approval: <R>(subject: string) => Promise<Approval<R> | undefined>
  /** What was proposed and nobody has decided, by subject, after one of them. */
  readonly waitingApprovals: (after: string | null, limit: number) => Promise<readonly Approval<unknown>[]>
  /** `conflict`: the approval is no longer the version before, or an effect does not hold: read again. */
  readonly takeApproval: (
    taken: ApprovalTaken,
  ) => Promise<{ readonly outcome: 'put'; readonly entry: AuditEntry } | { readonly outcome: 'conflict' }>

  /** `conflict`: the case, or what was decided on the day, is no longer the version before: read it again. */
  readonly take: (
    step: Step,
  ) => Promise<{ readonly outcome: 'put'; readonly entry: AuditEntry } | { readonly outcome: 'conflict' }>
  /** Appends an answer that a benefit is settled on; its subject is the membership. Put as often as it was given. */
  readonly keepAnswer: (record: AuditRecord & { readonly subject: Kpj }) => Promise<AuditEntry>
  /**
   * Appends an act that changes nothing here: put before the first write of the act itself, so that nothing is done without its
   * entry. Put as often as it was begun.
   */
  readonly recordAct: (record: AuditRecord) => Promise<AuditEntry>
  /** Appends a comment or an attachment; its subject is the difference. `there`: the same was put before. */
  readonly keepNote: <N extends CaseNote>(
    note: N,
    record: AuditRecord,
  ) => Promise<
    { readonly outcome: 'put'; readonly entry: AuditEntry } | { readonly outcome: 'there'; readonly note: N }
  >
  /** Enters an invoice of a channel. `known`: the number has one already. */
  readonly enterFeeInvoice: (
    invoice: FeeInvoice,
    record: AuditRecord,
  ) => Promise<{ readonly outcome: 'put'; readonly entry: AuditEntry } | { readonly outcome: 'known' }>
  /** The last answers given for a membership, newest first. */
  readonly answersFor: (kpj: Kpj) => Promise<readonly AuditEntry[]>
  /** Where the chain ended when its last entry was put; null before the first. */
  readonly head: () => Promise<AuditHead | null>
}

/** Other entries may be put between reading the end of the chain and appending our own. */
const TRIES = 10
const ANSWERS_SHOWN = 100
/** Imports come side by side by the dozen, and each wants a place in the chain. */
const TRIES_OF_ACTS = 50

export function dynamoResolutions(
  client: DynamoClient,
  tables: Pick<Tables, 'settlements' | 'audit'>,
): ResolutionStore {
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
  return resolutionsIn(entryTable(client, tables.settlements), dynamoAudit(client, tables), appending)
}

/** `appending` is the write that puts an entry at its place, if that is free. */
export function resolutionsIn<C>(
  table: EntryTable<C>,
  audit: Pick<AuditStore, 'last'>,
  appending: (entry: AuditEntry) => C,
): ResolutionStore {
  const head = async () => (await table.get<AuditHead>(HEAD.part, HEAD.entry)) ?? null

  /** One try: undefined when another entry took the place, or a condition did not hold. */
  async function append(
    record: AuditRecord,
    changes: (entry: AuditEntry) => readonly C[],
  ): Promise<AuditEntry | undefined> {
    const [last, kept] = await Promise.all([audit.last(), head()])
    // Nothing is appended to a chain that lost its end: the loss could not be distinguished from a repair afterwards.
    if ((last?.sequence ?? 0) < (kept?.sequence ?? 0) && (await isCutOff(kept))) throw cutOff()
    const entry = chained(last, record)
    const { sequence, hash } = entry
    const put = await table.transact([
      appending(entry),
      table.putting(HEAD.part, HEAD.entry, { sequence, hash } satisfies AuditHead),
      ...changes(entry),
    ])
    return put === 'put' ? entry : undefined
  }

  function changesOf(step: Step, { sequence, hash }: AuditEntry): readonly C[] {
    const resolution = step.resolution && { ...step.resolution, audit: { sequence, hash } }
    const putting = resolution ? [table.puttingOnce(...resolutionKey(resolution), resolution)] : []
    const counted = (step.sums ?? []).map((day) => changeOfSums(table, day))
    return [...changesOfDifference(table, step.case), ...putting, ...counted]
  }

  /** The two were read at the same time, not at one moment: an entry may have come between. */
  async function isCutOff(kept: AuditHead | null): Promise<boolean> {
    return ((await audit.last())?.sequence ?? 0) < (kept?.sequence ?? 0)
  }

  const approval = <R>(subject: string) => table.get<Approval<R>>(approvalPart(subject), 'approval')

  function effectOf(effect: ApprovalEffect, version: number, at: Instant): readonly C[] {
    switch (effect.kind) {
      case 'placement':
        return changesOfPlacement(table, effect.placement, effect.before)
      case 'file-withdrawn':
        return changesOfWithdrawal(table, effect.file, at)
      case 'statement-withdrawn':
        return changesOfStatementWithdrawal(table, effect.file, effect.by, version)
      case 'statement-confirmed':
        return changesOfConfirmation(table, effect.statement, at)
      case 'counted':
        return [changeOfSums(table, effect.day)]
      case 'entry':
        return [table.puttingOnce(effect.part, effect.entry, effect.value)]
      default:
        return assertNever(effect)
    }
  }

  return {
    head,
    approval,
    waitingApprovals: (after, limit) =>
      table.range(WAITING_APPROVALS, {
        ...(after === null ? { prefix: waitingEntry('') } : { from: `${waitingEntry(after)} `, to: 'waiting#~' }),
        limit,
      }),
    takeApproval: async ({ approval: next, record, effects }) => {
      const changes = () => [
        table.puttingVersion(approvalPart(next.subject), 'approval', next.version, next),
        next.state === 'proposed'
          ? table.putting(WAITING_APPROVALS, waitingEntry(next.subject), next)
          : table.deleting(WAITING_APPROVALS, waitingEntry(next.subject)),
        ...effects.flatMap((effect) => effectOf(effect, next.version, record.at)),
      ]
      for (let tried = 0; tried < TRIES; tried++) {
        const last = (await audit.last())?.sequence ?? 0
        const entry = await append(record, changes)
        if (entry) return { outcome: 'put', entry }
        const stands = (await approval(next.subject))?.version ?? 0
        // Nobody has taken the place in the chain meanwhile: then it is an effect that does not hold.
        if (stands !== next.version - 1 || ((await audit.last())?.sequence ?? 0) === last)
          return { outcome: 'conflict' }
      }
      throw busy()
    },
    take: async (step) => {
      const { channel, date, id, version } = step.case
      for (let tried = 0; tried < TRIES; tried++) {
        const entry = await append(step.record, (placed) => changesOf(step, placed))
        if (entry) return { outcome: 'put', entry }
        const stands = await table.get<DifferenceCase>(dayPart(channel, date), differenceEntry(id))
        const isOld = (stands?.version ?? 0) !== version - 1
        if (isOld || (await areRaised(table, step.sums ?? []))) return { outcome: 'conflict' }
      }
      throw busy()
    },
    keepAnswer: async (record) => {
      for (let tried = 0; tried < TRIES; tried++) {
        const entry = await append(record, (placed) => [
          table.puttingOnce(answersPart(record.subject), String(placed.sequence).padStart(12, '0'), placed),
        ])
        if (entry) return entry
      }
      throw busy()
    },
    recordAct: async (record) => {
      for (let tried = 0; tried < TRIES_OF_ACTS; tried++) {
        const entry = await append(record, () => [])
        if (entry) return entry
      }
      throw busy()
    },
    keepNote: async <N extends CaseNote>(note: N, record: AuditRecord) => {
      for (let tried = 0; tried < TRIES; tried++) {
        const entry = await append(record, () => [table.puttingOnce(...noteKey(note), note)])
        if (entry) return { outcome: 'put', entry }
        const there = await table.get<N>(...noteKey(note))
        if (there) return { outcome: 'there', note: there }
      }
      throw busy()
    },
    enterFeeInvoice: async (invoice, record) => {
      for (let tried = 0; tried < TRIES; tried++) {
        const entry = await append(record, () => changesOfFeeInvoice(table, invoice, record.at))
        if (entry) return { outcome: 'put', entry }
        const known = await table.get(feeInvoicesPart(invoice.channel), feeInvoiceEntry(invoice.number))
        if (known) return { outcome: 'known' }
      }
      throw busy()
    },
    answersFor: (kpj) => table.range<AuditEntry>(answersPart(kpj), { newestFirst: true, limit: ANSWERS_SHOWN }),
  }
}

function busy(): Transient {
  return new Transient('AUDIT_BUSY', `expected a place in the audit chain within ${TRIES} tries; try again`)
}

function resolutionKey({ channel, date, differenceId, differenceVersion }: Omit<Resolution, 'audit'>) {
  return [dayPart(channel, date), resolutionEntry(differenceId, differenceVersion)] as const
}

function cutOff(): Defect {
  return new Defect(
    'AUDIT_CUT_OFF',
    'expected the audit chain to reach to where it ended; its last entries are gone: run verify-audit, restore them, decide then',
  )
}
