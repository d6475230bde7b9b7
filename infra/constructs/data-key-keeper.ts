/**
 * The keeper of data keys: functions/keep-data-keys with its queue and its nightly schedule.
 *
 * It alone may write the archive of keys and the window in `hub/evidence`, and it may append to the audit chain; it can open no
 * file and no evidence. It runs before everything else of a night, so that what the others write lies under the day's own keys.
 */
import type { Code } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { LedgerStack } from '../ledger-stack.ts'
import type { Alarming } from './hub-alarm.ts'
import { rewriteSecret, useTables } from './permissions.ts'
import { Schedule } from './schedule.ts'
import { Worker } from './worker.ts'

export type DataKeyKeeperProps = { readonly ledger: LedgerStack; readonly code: Code }

export class DataKeyKeeper extends Construct {
  constructor(scope: Construct, id: string, alarming: Alarming, { ledger, code }: DataKeyKeeperProps) {
    super(scope, id)
    const { evidenceSecret, tables, tablesKey, secretsKey, queues } = ledger
    new Worker(this, 'KeepDataKeys', alarming, {
      service: 'keep-data-keys',
      description: 'Makes a data key per purpose and day, and destroys those whose time is over',
      code,
      from: queues.keys,
      environment: {
        EVIDENCE_DATA_KEYS_TABLE: tables['evidence-data-keys'].tableName,
        FILE_DATA_KEYS_TABLE: tables['file-data-keys'].tableName,
        AUDIT_TABLE: tables.audit.tableName,
        SETTLEMENTS_TABLE: tables.settlements.tableName,
        EVIDENCE_SECRET: evidenceSecret.name,
      },
      may: [
        ...useTables({ tables, key: tablesKey }, [
          { table: 'evidence-data-keys', actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem'] },
          { table: 'file-data-keys', actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem'] },
          // An entry of the audit chain and its head.
          { table: 'audit', actions: ['Query', 'PutItem'] },
          { table: 'settlements', actions: ['GetItem', 'PutItem'] },
        ]),
        ...rewriteSecret(secretsKey, evidenceSecret.secret),
      ],
      whenCrashed: { on: 'member', feels: 'Personal data whose time is over can still be opened while this lasts.' },
      whenDefect: { on: 'member', feels: 'Keys are neither made nor destroyed, and trying again will not help.' },
    })
    new Schedule(this, 'Nightly', alarming, {
      name: 'keys-nightly',
      at: '1 0 * * ? *',
      message: { task: 'nightly' },
      to: queues.keys,
      heading: 'data keys were not looked after',
      whenSilent: {
        on: 'member',
        feels: 'In a week days have no keys of their own, and nothing is forgotten in time.',
      },
    })
  }
}
