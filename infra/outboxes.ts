/**
 * What the tables tell the queues: which record of which stream becomes which message. One row per pipe.
 *
 * Promises: messages hold keys and no more, so a consumer always reads what is true now. The pipe itself is
 * infra/constructs/outbox.ts; consumers are the functions named in each row.
 */
import { type FactKind, factKeyPrefix } from '../shared/domain/fact.ts'
import type { NoticeMessage } from '../shared/messages/notice.ts'
import type { ReconcileMessage } from '../shared/messages/reconcile.ts'
import type { EntryMessage } from '../shared/messages/settlement.ts'
import { ENTRY_PREFIXES } from '../shared/store/settlements/item.ts'
import { COHORT_PREFIX } from '../shared/store/sponsors/sponsors.ts'
import type { Outgoing } from './constructs/outbox.ts'

/** Every kind is here, so a new one does not compile until its entry is decided. A late reversal moves no money. */
const WAKES_THE_FOLD: Readonly<Record<FactKind, boolean>> = {
  payment: true,
  posting: true,
  share: true,
  reversal: true,
  'late-reversal': false,
  suspension: true,
  refund: true,
  'credit-allocation': true,
  terms: true,
  closing: true,
  reopening: true,
}

/** Producers: whoever puts facts (shared/store/facts/facts.ts). Consumer: functions/reconcile-membership. */
export const FACTS: Outgoing = {
  table: 'facts',
  // The sort key begins with the kind.
  filter: {
    eventName: ['INSERT'],
    dynamodb: {
      Keys: {
        fact: {
          S: Object.entries(WAKES_THE_FOLD)
            .filter(([, wakes]) => wakes)
            .map(([kind]) => ({ prefix: factKeyPrefix(kind as FactKind) })),
        },
      },
    },
  },
  message: templateOf<ReconcileMessage>({ account: 'dynamodb.Keys.account.S', fact: 'dynamodb.Keys.fact.S' }),
  whenFailing: {
    on: 'member',
    feels: 'Payments are recorded, but memberships do not become active while this lasts.',
  },
  whenDead: {
    on: 'member',
    feels: 'A payment is recorded, but the membership it pays for may still look unpaid until the nightly repair.',
  },
}

/** Producer: functions/reconcile-membership, which writes `noticeDue` when the fold finds one. Consumer: functions/send-notice. */
export const MEMBERSHIPS: Outgoing = {
  table: 'memberships',
  filter: {
    eventName: ['INSERT', 'MODIFY'],
    // A pattern can ask for the existence of a value only, never of an object, so the attribute's type is said too.
    dynamodb: { NewImage: { noticeDue: { S: [{ exists: true }] } } },
  },
  message: templateOf<NoticeMessage>({ kpj: 'dynamodb.Keys.kpj.S' }),
  whenFailing: {
    on: 'member',
    feels: 'Members are not told that their cover has lapsed or is active again while this lasts.',
  },
  whenDead: {
    on: 'member',
    feels: 'A member may not be told of a change of cover until the daily round of notices finds it.',
  },
}

/**
 * Producers: functions/answer-channel, functions/reconcile-settlement. Consumer: functions/audit-ledger, through a queue that
 * holds each message back for a quarter of an hour: is the fact of what was accepted there? An accepted decision may take the
 * place of a reversal that came first, so a changed item counts too.
 */
export const DECISIONS: Outgoing = {
  table: 'payment-decisions',
  filter: { eventName: ['INSERT', 'MODIFY'], dynamodb: { NewImage: { d: { S: ['accepted'] } } } },
  message: '{"task":"decision","decision":"<$.dynamodb.Keys.decision.S>"}',
  whenFailing: {
    on: 'finance',
    feels: 'A payment that was accepted and never recorded would be found on Sunday only while this lasts.',
  },
  whenDead: {
    on: 'finance',
    feels: 'Some accepted payments are checked for their record on Sunday only.',
  },
}

/** Producers: whoever takes in a file or a bank statement, or approves a decision. Consumer: functions/reconcile-settlement. */
export const SETTLEMENTS: Outgoing = {
  table: 'settlements',
  filter: {
    eventName: ['INSERT'],
    dynamodb: {
      Keys: {
        entry: {
          S: [
            ENTRY_PREFIXES.file,
            ENTRY_PREFIXES.withdrawal,
            ENTRY_PREFIXES.confirmation,
            ENTRY_PREFIXES.credit,
            ENTRY_PREFIXES.placement,
            ENTRY_PREFIXES.chain,
            ENTRY_PREFIXES.resolution,
            ENTRY_PREFIXES.invoice,
            ENTRY_PREFIXES.exit,
          ].map((prefix) => ({ prefix })),
        },
      },
    },
  },
  message: templateOf<EntryMessage>({ part: 'dynamodb.Keys.part.S', entry: 'dynamodb.Keys.entry.S' }),
  whenFailing: {
    on: 'finance',
    feels: 'Files, bank statements and resolutions are kept, but no day of settlement changes while this lasts.',
  },
  whenDead: {
    on: 'finance',
    feels: 'A file, a bank credit or a decision may not show in its day until the nightly run.',
  },
}

/** Producers: functions/serve-console, functions/import-file, and the consumer itself, functions/enrol-cohort: each version is a step. */
export const SPONSORS: Outgoing = {
  table: 'sponsors',
  filter: {
    eventName: ['INSERT', 'MODIFY'],
    dynamodb: { Keys: { entry: { S: [{ prefix: COHORT_PREFIX }] } } },
  },
  message: templateOf<EntryMessage>({ part: 'dynamodb.Keys.part.S', entry: 'dynamodb.Keys.entry.S' }),
  whenFailing: {
    on: 'member',
    feels: 'Lists of sponsors are kept, but nobody of them is enrolled or billed while this lasts.',
  },
  whenDead: {
    on: 'member',
    feels: 'The work on a sponsor’s list has stopped half-way until a person looks at it.',
  },
}

/** A pipe's input template: the fields of the queue's message, each from a path of the stream's record. */
function templateOf<Message>(paths: { readonly [Field in keyof Message]: string }): string {
  const fields = Object.entries<string>(paths as Readonly<Record<string, string>>)
  return `{${fields.map(([field, path]) => `"${field}":"<$.${path}>"`).join(',')}}`
}
