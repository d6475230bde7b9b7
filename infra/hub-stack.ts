/**
 * What can be thrown away and made again: doors, workers, clock, console, and the two APIs. It holds no state.
 *
 * One door per channel of shared/channels/registry.ts, all from one bundle. Which function reads which queue and may touch
 * which table is said here and nowhere else; the local hub runs exactly this template.
 */
import { Stack, type StackProps } from 'aws-cdk-lib'
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch'
import { Code } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { ChannelProfile } from '../shared/channels/channel.ts'
import { BY_DAY } from '../shared/store/tables.ts'
import { HubAlarm, hubMetric } from './constructs/alarm.ts'
import { Clock } from './constructs/clock.ts'
import { Console } from './constructs/console.ts'
import { Door } from './constructs/door.ts'
import { PartnersApi } from './constructs/partners-api.ts'
import { sendTo, useTables } from './constructs/permissions.ts'
import { Worker } from './constructs/worker.ts'
import type { LedgerStack } from './ledger-stack.ts'

export type HubStackProps = StackProps & {
  readonly ledger: LedgerStack
  readonly profiles: readonly ChannelProfile[]
  /** Folder with the bundle of the function of this name. */
  readonly bundleOf: (name: string) => string
}

export class HubStack extends Stack {
  readonly #ledger: LedgerStack
  readonly #bundleOf: (name: string) => string

  constructor(scope: Construct, id: string, { ledger, profiles, bundleOf, ...props }: HubStackProps) {
    super(scope, id, props)
    this.#ledger = ledger
    this.#bundleOf = bundleOf
    this.partners(profiles)
    this.reconciler()
    this.cohortWorker()
    this.sweeper()
    new Console(this, 'Console', ledger.alarming, { ledger, code: this.code('serve-console') })
  }

  private code(name: string): Code {
    return Code.fromAsset(this.#bundleOf(name))
  }

  private partners(profiles: readonly ChannelProfile[]): void {
    const { alarming, trustStore } = this.#ledger
    const code = this.code('answer-channel')
    const doors = profiles.map((profile) => {
      const { lambda } = new Door(this, `Door-${profile.name}`, alarming, { profile, ledger: this.#ledger, code })
      return { profile, lambda }
    })
    new PartnersApi(this, 'Partners', alarming, { doors, trustStore })
  }

  private reconciler(): void {
    const { alarming, tables, tablesKey, queues } = this.#ledger
    new Worker(this, 'ReconcileMembership', alarming, {
      service: 'reconcile-membership',
      description: 'Folds the facts of an account and writes its view',
      code: this.code('reconcile-membership'),
      from: queues.reconcile,
      environment: {
        FACTS_TABLE: tables.facts.tableName,
        MEMBERSHIPS_TABLE: tables.memberships.tableName,
        BILLS_TABLE: tables.bills.tableName,
        COHORT_QUEUE_URL: queues.cohort.queue.queueUrl,
      },
      may: [
        ...useTables({ tables, key: tablesKey }, [
          { table: 'facts', actions: ['Query'] },
          { table: 'memberships', actions: ['GetItem', 'PutItem'] },
          { table: 'bills', actions: ['GetItem'] },
        ]),
        sendTo(queues.cohort.queue),
      ],
      whenCrashed: {
        on: 'member',
        feels: 'Payments are recorded, but memberships stay as they were while this lasts.',
      },
      whenDefect: {
        on: 'member',
        feels: 'Some memberships do not follow their payments, and trying again will not help.',
      },
    })
    new HubAlarm(this, 'ViewsRepaired', alarming, {
      heading: 'reconcile-membership repaired a view',
      impact: { on: 'member', feels: 'A membership was shown wrongly until the repair, and nobody knows yet why.' },
      metric: hubMetric(alarming.stage, 'reconcile-membership', 'ViewsRepaired', {}, 'Sum'),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    })
  }

  private cohortWorker(): void {
    const { alarming, tables, tablesKey, queues } = this.#ledger
    new Worker(this, 'ApplyCohort', alarming, {
      service: 'apply-cohort',
      description: 'Gives each member of a paid bill its share, and takes it back when the bill is reversed',
      code: this.code('apply-cohort'),
      from: queues.cohort,
      environment: {
        FACTS_TABLE: tables.facts.tableName,
        BILLS_TABLE: tables.bills.tableName,
        RECONCILE_QUEUE_URL: queues.reconcile.queue.queueUrl,
      },
      may: [
        ...useTables({ tables, key: tablesKey }, [
          { table: 'facts', actions: ['Query', 'PutItem'] },
          { table: 'bills', actions: ['GetItem'] },
        ]),
        sendTo(queues.reconcile.queue),
      ],
      whenCrashed: { on: 'member', feels: 'A sponsor has paid, but its members get no cover while this lasts.' },
      whenDefect: { on: 'member', feels: 'Members of a paid bill stay without cover, and trying again will not help.' },
    })
  }

  private sweeper(): void {
    const { alarming, tables, tablesKey, queues } = this.#ledger
    new Worker(this, 'SweepMemberships', alarming, {
      service: 'sweep-memberships',
      description: 'Sends the accounts of the last business days to be folded again',
      code: this.code('sweep-memberships'),
      from: queues.sweep,
      environment: {
        FACTS_TABLE: tables.facts.tableName,
        RECONCILE_QUEUE_URL: queues.reconcile.queue.queueUrl,
        SWEEP_QUEUE_URL: queues.sweep.queue.queueUrl,
      },
      may: [
        ...useTables({ tables, key: tablesKey }, [{ table: 'facts', index: BY_DAY, actions: ['Query'] }]),
        sendTo(queues.reconcile.queue, queues.sweep.queue),
      ],
      whenCrashed: { on: 'operator', feels: 'The nightly repair does not run; what went wrong yesterday stays wrong.' },
      whenDefect: { on: 'operator', feels: 'A part of the repair cannot be done, and trying again will not help.' },
    })
    new Clock(this, 'Nightly', alarming, {
      name: 'nightly',
      at: '10 0 * * ? *',
      message: { task: 'nightly' },
      to: queues.sweep,
      heading: 'nightly sweep did not run',
      whenSilent: { on: 'operator', feels: 'Nobody has compared yesterday’s memberships with their payments.' },
    })
  }
}
