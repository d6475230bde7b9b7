/** What the calls of operations take and answer. */
import * as z from 'zod/mini'
import { ANCHORED_CHAIN_FAULTS } from '../../../shared/store/audit/anchored-chain.ts'
import { AUDIT_DIFFERENCES } from '../../../shared/store/statistics/ledger-audits.ts'
import { choiceField, dateField, textField } from '../http/fields.ts'
import { at, count, day, described, money, shape, text } from '../http/schema.ts'
import { SCHEDULED_RUNS } from './schedules.ts'

export const repairQuery = z.strictObject({
  channel: z.optional(textField('One channel, or finance or settlement; all of them if absent', 64)),
  day: z.optional(dateField('One day (Asia/Jakarta); today and the two before if absent')),
})
export type RepairQuery = z.output<typeof repairQuery>

const queueDepth = shape('QueueDepth', 'What waits in one queue', () =>
  z.strictObject({
    name: text('Queue'),
    visible: count(),
    inFlight: count(),
    delayed: count(),
    deadLetters: count(),
  }),
)
export const queuesSchema = shape('Queues', 'The queues', () => z.array(queueDepth()))

export const deadLettersSchema = shape('DeadLetters', 'Why messages were put aside, the oldest first', () =>
  z.strictObject({
    items: z.array(
      z.strictObject({
        messageId: text('Id of the message in its dead-letter queue'),
        code: described('Stable code of whoever parked it; null: it failed too often', z.nullable(z.string())),
        reason: described('What was expected; nothing of the message is in it', z.nullable(z.string())),
        sentAt: at('When it was put there; of one that failed too often, when it was first sent'),
      }),
    ),
  }),
)

export const redrivenSchema = shape('Redriven', 'How many messages were put back', () =>
  z.strictObject({ moved: count('Messages put back; ask again while dead letters remain') }),
)

export const repairSchema = shape('Repair', 'The repair is queued', () =>
  z.strictObject({ queued: count('Days of channels that will be folded again') }),
)

export const auditsQuery = z.strictObject({
  from: z.optional(dateField('Six days before `to` if absent')),
  to: z.optional(dateField('Today (Asia/Jakarta) if absent; at most 31 days')),
})
export type AuditsQuery = z.output<typeof auditsQuery>

export const auditRequestQuery = z.strictObject({
  subject: z.optional(
    choiceField('chain: the audit chain alone; without it the ledger, and the chain beside it', ['chain']),
  ),
  day: z.optional(dateField('One business day (Asia/Jakarta) of all sources; everything there is if absent')),
})
export type AuditRequestQuery = z.output<typeof auditRequestQuery>

const whichDifference = () =>
  described('What does not agree; docs/operations.md explains each', z.enum(AUDIT_DIFFERENCES))

const auditLine = shape('AuditLine', 'What one part of an audit found; the latest that was through', () =>
  z.strictObject({
    day: day('Business day, or the day on which an audit of everything began'),
    subject: text('A source, `recorded`, a segment of `accounts` or `decisions`, or a bill or decision found wrong'),
    verdict: described('Whether everything agreed', z.enum(['sound', 'differs'])),
    startedAt: at('When the audit began'),
    finishedAt: at('When this part was through'),
    looks: count('Accounts, bills or decisions looked at'),
    facts: count('Facts that brought money'),
    collectedRupiah: money('What they brought, by the index of the day'),
    allocatedRupiah: money('Of it in months'),
    creditRupiah: money('Of it as credit'),
    suspenseRupiah: money('Of it in suspense'),
    reversedRupiah: money('Of it reversed'),
    billedRupiah: money('Of it on bills, whose members have it as shares'),
    differences: z.array(z.strictObject({ difference: whichDifference(), count: count() })),
    samples: described(
      'The first of them',
      z.array(
        z.strictObject({
          difference: whichDifference(),
          account: text('Membership, bill or suspense; or the source whose sums differ'),
          fact: text('Key of the fact, or of the decision; empty where the whole account is meant'),
        }),
      ),
    ),
  }),
)
export const auditsSchema = shape('Audits', 'What the audits of some days found', () =>
  z.strictObject({ from: day(), to: day(), items: z.array(auditLine()) }),
)

export const auditQueuedSchema = shape('AuditQueued', 'The audit is queued', () =>
  z.strictObject({ queued: count('Parts that it begins with') }),
)

export const auditChainSchema = shape('AuditChain', 'The record of who decided what, as it was last verified', () =>
  z.strictObject({
    asOf: at('When it was looked at'),
    entries: count('Entries of the chain now'),
    headHash: described('Hash of the last entry; null before the first', z.nullable(z.string())),
    verdict: described('Of the last verification of nine days', z.enum(['whole', 'broken', 'unverified'])),
    verified: described(
      'The last verification; null where none was in nine days',
      z.nullable(
        z.strictObject({
          startedAt: at('When it began'),
          finishedAt: at('When it was through'),
          entries: count('Entries looked at; of a broken chain those up to the fault'),
          anchors: described('Signed heads in the locked bucket; null where that is not known', z.nullable(z.int())),
          anchoredEntries: described('For so many entries an anchor vouches', z.nullable(z.int())),
        }),
      ),
    ),
    broken: described(
      'What is wrong; null where nothing is',
      z.nullable(
        z.strictObject({
          sequence: count('The first entry that is not as it was written'),
          code: described('ADR 0055 says what each means', z.enum(ANCHORED_CHAIN_FAULTS)),
        }),
      ),
    ),
  }),
)

/** Beside figures of the last 24 hours: of which. Null: there are none now. */
export const measuredSpan = () =>
  described(
    'The 24 hours that the figures are of; null: there are none to be had now, and the rest of the answer holds',
    z.nullable(z.strictObject({ from: at('Begin'), to: at('End') })),
  )

export const p99Millis = () =>
  described('99 of 100 were through within so many milliseconds; null: there was none', z.nullable(z.int()))

export const functionsSchema = shape('Functions', 'How each function did in the last 24 hours', () =>
  z.strictObject({
    asOf: at('When it was asked'),
    measured: measuredSpan(),
    items: z.array(
      z.strictObject({
        name: text('Function'),
        invocations: count('Events that it was given'),
        errors: count('Of those, how many ended in a crash or ran out of time'),
        throttles: count('Events that found no room'),
        p99Millis: p99Millis(),
      }),
    ),
  }),
)

const sweepRun = shape('SweepRun', 'The latest complete run of a schedule', () =>
  z.strictObject({
    schedule: described('What the clock started', z.enum(SCHEDULED_RUNS)),
    zone: described('Whose members it was for; null for all', z.nullable(z.string())),
    startedAt: described('null: none in the last eight days', z.nullable(at('When it began'))),
    finishedAt: z.nullable(at('When its last part was through')),
    looks: count('Memberships that it met, or accounts that it audited'),
    isLate: described('Its turn has passed without a run', z.boolean()),
  }),
)
export const schedulesSchema = shape('Schedules', 'What the clock starts, and when it last ran to its end', () =>
  z.strictObject({ asOf: at('When it was looked at'), items: z.array(sweepRun()) }),
)

export const healthSchema = shape('Health', 'The hub can serve', () => z.strictObject({ status: z.literal('ok') }))
