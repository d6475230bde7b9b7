/**
 * What can be thrown away and made again: endpoints, workers, schedules, console, and the two APIs. It holds no state.
 *
 * One endpoint per channel of shared/channels/registry.ts, all from one bundle. Which function reads which queue and may touch
 * which table is said here and nowhere else; the local hub runs exactly this template.
 */
import { Stack, type StackProps } from 'aws-cdk-lib'
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Code } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { ChannelProfile } from '../shared/channel-port/channel.ts'
import type { MetricName } from '../shared/runtime/metrics.ts'
import { BANK_CONFIRMATIONS, INTAKE_PARTS, SUSPENSE, UNCONFIRMED } from '../shared/store/settlements/item.ts'
import { COHORT_PARTS, SPONSOR_PARTS } from '../shared/store/sponsors/sponsors.ts'
import { BY_DAY, BY_PARTICIPANT } from '../shared/store/tables.ts'
import { ActivityCounter } from './constructs/activity-counter.ts'
import { AuditAnchoring } from './constructs/audit-anchoring.ts'
import { ChannelEndpoint } from './constructs/channel-endpoint.ts'
import { bundleCode, requireSigning } from './constructs/code-signing.ts'
import { Console } from './constructs/console.ts'
import { DataKeyKeeper } from './constructs/data-key-keeper.ts'
import { FileSenders } from './constructs/file-senders.ts'
import { HubAlarm, hubMetric } from './constructs/hub-alarm.ts'
import { HubFunction } from './constructs/hub-function.ts'
import { LedgerAuditor } from './constructs/ledger-auditor.ts'
import { type EmailSender, NoticeSender } from './constructs/notice-sender.ts'
import { PartnersApi } from './constructs/partners-api.ts'
import { readSecrets, sendTo, useTables } from './constructs/permissions.ts'
import { Schedule, type ScheduleProps } from './constructs/schedule.ts'
import { statementRecipients } from './constructs/statement-recipients.ts'
import { Worker } from './constructs/worker.ts'
import type { LedgerStack } from './ledger-stack.ts'
import type { CodeSource } from './signing/manifest.ts'

export type HubStackProps = StackProps & {
  readonly ledger: LedgerStack
  readonly profiles: readonly ChannelProfile[]
  /** Folder with the bundle of the function of this name. */
  readonly bundleOf: (name: string) => string
  readonly codeSource: CodeSource
}

export class HubStack extends Stack {
  /** `https://….execute-api.…` of the console API. */
  readonly consoleEndpoint: string
  readonly #ledger: LedgerStack
  readonly #bundleOf: (name: string) => string
  readonly #codeSource: CodeSource
  readonly #profiles: readonly ChannelProfile[]

  constructor(scope: Construct, id: string, { ledger, profiles, bundleOf, codeSource, ...props }: HubStackProps) {
    super(scope, id, props)
    this.#ledger = ledger
    this.#bundleOf = bundleOf
    this.#codeSource = codeSource
    this.#profiles = profiles
    if (ledger.codeSigning !== null) requireSigning(this, ledger.codeSigning, codeSource)
    this.channelEndpoints(profiles)
    this.membershipReconciler()
    this.billPaymentWorker()
    this.cohortWorker()
    this.membershipSweeper()
    this.fileImporter()
    new ActivityCounter(this, 'Counts', ledger.alarming, { ledger, code: this.code('count-activity') })
    new AuditAnchoring(this, 'Anchors', ledger.alarming, { ledger, code: this.code('anchor-audit') })
    new DataKeyKeeper(this, 'DataKeys', ledger.alarming, { ledger, code: this.code('keep-data-keys') })
    new LedgerAuditor(this, 'Audit', ledger.alarming, { ledger, code: this.code('audit-ledger') })
    const { email } = new NoticeSender(this, 'Notices', ledger.alarming, { ledger, code: this.code('send-notice') })
    this.settlementReconciler(email)
    const functions = this.functionNames()
    const console = new Console(this, 'Console', ledger.alarming, {
      ledger,
      code: this.code('serve-console'),
      functions,
      channels: profiles.map(({ name }) => name),
    })
    this.consoleEndpoint = console.endpoint
  }

  /** Of those that are there by now. */
  private functionNames(): readonly string[] {
    return this.node.findAll().flatMap((each) => (each instanceof HubFunction ? [each.name] : []))
  }

  private code(name: string): Code {
    const from = { source: this.#codeSource, signing: this.#ledger.codeSigning }
    return bundleCode(from, name, this.#bundleOf(name))
  }

  private channelEndpoints(profiles: readonly ChannelProfile[]): void {
    const { alarming, trustStore } = this.#ledger
    const code = this.code('answer-channel')
    const endpoints = profiles.map((profile) => {
      const { lambda } = new ChannelEndpoint(this, `ChannelEndpoint-${profile.name}`, alarming, {
        profile,
        ledger: this.#ledger,
        code,
      })
      return { profile, lambda }
    })
    new PartnersApi(this, 'Partners', alarming, { endpoints, trustStore })
  }

  private membershipReconciler(): void {
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
        SETTLEMENTS_TABLE: tables.settlements.tableName,
        COHORT_QUEUE_URL: queues.cohort.queue.queueUrl,
        ENROLMENT_QUEUE_URL: queues.enrolment.queue.queueUrl,
      },
      may: [
        ...useTables({ tables, key: tablesKey }, [
          { table: 'facts', actions: ['Query', 'PutItem'] },
          { table: 'memberships', actions: ['GetItem', 'BatchGetItem', 'PutItem'] },
          { table: 'bills', actions: ['GetItem'] },
          { table: 'settlements', actions: ['PutItem'], parts: ['recorded#*', SUSPENSE] },
        ]),
        sendTo(queues.cohort.queue, queues.enrolment.queue),
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

  private billPaymentWorker(): void {
    const { alarming, tables, tablesKey, queues } = this.#ledger
    new Worker(this, 'ApplyBillPayment', alarming, {
      service: 'apply-bill-payment',
      description: 'Gives each member of a paid bill its share, and takes it back when the bill is reversed',
      code: this.code('apply-bill-payment'),
      from: queues.cohort,
      environment: {
        FACTS_TABLE: tables.facts.tableName,
        BILLS_TABLE: tables.bills.tableName,
        RECONCILE_QUEUE_URL: queues.reconcile.queue.queueUrl,
      },
      may: [
        ...useTables({ tables, key: tablesKey }, [
          { table: 'facts', actions: ['Query', 'BatchGetItem', 'PutItem'] },
          { table: 'bills', actions: ['GetItem', 'PutItem'] },
        ]),
        sendTo(queues.reconcile.queue),
      ],
      whenCrashed: { on: 'member', feels: 'A sponsor has paid, but its members get no cover while this lasts.' },
      whenDefect: { on: 'member', feels: 'Members of a paid bill stay without cover, and trying again will not help.' },
    })
    new HubAlarm(this, 'SharesRepaired', alarming, {
      heading: 'apply-bill-payment repaired shares',
      impact: { on: 'member', feels: 'Members of a bill had no cover, or too much, until the repair.' },
      metric: hubMetric(alarming.stage, 'apply-bill-payment', 'SharesRepaired', {}, 'Sum'),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    })
  }

  private cohortWorker(): void {
    const { alarming, tables, tablesKey, queues, files, secretsKey, digestSecret } = this.#ledger
    new Worker(this, 'EnrolCohort', alarming, {
      service: 'enrol-cohort',
      description: 'Reads, judges and enrols the lists of sponsors, and issues their bills',
      code: this.code('enrol-cohort'),
      from: queues.enrolment,
      secrets: 'reads',
      environment: {
        SPONSORS_TABLE: tables.sponsors.tableName,
        FACTS_TABLE: tables.facts.tableName,
        CONTACTS_TABLE: tables.contacts.tableName,
        MEMBERSHIPS_TABLE: tables.memberships.tableName,
        BILLS_TABLE: tables.bills.tableName,
        FILES_BUCKET: files.bucket.bucketName,
        FILE_DATA_KEYS_TABLE: tables['file-data-keys'].tableName,
        DIGEST_SECRET: digestSecret.name,
      },
      may: [
        ...useTables({ tables, key: tablesKey }, [
          { table: 'file-data-keys', actions: ['GetItem', 'Query'] },
          { table: 'sponsors', actions: ['GetItem', 'Query'] },
          { table: 'sponsors', actions: ['PutItem'], parts: [COHORT_PARTS, SPONSOR_PARTS] },
          { table: 'facts', actions: ['GetItem', 'Query', 'PutItem'] },
          { table: 'contacts', actions: ['GetItem', 'PutItem'] },
          { table: 'memberships', actions: ['GetItem'] },
          { table: 'memberships', index: BY_PARTICIPANT, actions: ['Query'] },
          { table: 'bills', actions: ['GetItem', 'PutItem', 'UpdateItem'] },
        ]),
        ...readSecrets(secretsKey, digestSecret.secret),
      ],
      files: {
        files,
        folders: [
          { folder: 'kept', actions: ['GetObject'] },
          { folder: 'lists', actions: ['GetObject', 'PutObject'] },
        ],
      },
      whenCrashed: {
        on: 'member',
        feels: 'Lists of sponsors come in, and nobody of them is enrolled while this lasts.',
      },
      whenDefect: { on: 'member', feels: 'The work on a list has stopped, and trying again will not help.' },
    })
  }

  private fileImporter(): void {
    const { alarming, tables, tablesKey, queues, files, secretsKey, fileKeysSecret } = this.#ledger
    new FileSenders(this, 'FileSenders', alarming.stage, {
      files,
      // Sponsors are no part of the template: each one's SFTP user narrows this role to `drop/sponsor/<sponsor>/`.
      senders: ['bank', 'sponsor', ...this.#profiles.map(({ name }) => name)],
    })
    new Worker(this, 'ImportFile', alarming, {
      service: 'import-file',
      description:
        'Takes in settlement files, bank statements and lists of sponsors that were dropped into the files bucket',
      code: this.code('import-file'),
      from: queues.import,
      environment: {
        SETTLEMENTS_TABLE: tables.settlements.tableName,
        SPONSORS_TABLE: tables.sponsors.tableName,
        FILES_BUCKET: files.bucket.bucketName,
        FILE_DATA_KEYS_TABLE: tables['file-data-keys'].tableName,
        FILE_KEYS_SECRET: fileKeysSecret.name,
      },
      secrets: 'reads',
      may: [
        ...useTables({ tables, key: tablesKey }, [
          // It parses bytes from outside: it writes what came in, and nothing that people decide or that follows from it.
          { table: 'settlements', actions: ['GetItem', 'Query'] },
          // And what one person handed over is confirmed by the same bytes from the bank.
          { table: 'settlements', actions: ['PutItem'], parts: [...INTAKE_PARTS, BANK_CONFIRMATIONS] },
          { table: 'settlements', actions: ['DeleteItem'], parts: [UNCONFIRMED] },
          { table: 'sponsors', actions: ['GetItem', 'Query'] },
          { table: 'sponsors', actions: ['PutItem'], parts: [COHORT_PARTS] },
          { table: 'file-data-keys', actions: ['GetItem', 'Query'] },
        ]),
        ...readSecrets(secretsKey, fileKeysSecret.secret),
      ],
      files: {
        files,
        folders: [
          { folder: 'drop', actions: ['GetObject', 'GetObjectVersion'] },
          { folder: 'kept', actions: ['GetObject', 'PutObject'] },
        ],
      },
      whenCrashed: { on: 'finance', feels: 'Settlement files and bank statements come in, and their days stay open.' },
      whenDefect: { on: 'finance', feels: 'A file is not taken in, and trying again will not help.' },
    })
    new HubAlarm(this, 'FilesRefused', alarming, {
      heading: 'import-file refused a file',
      impact: { on: 'finance', feels: 'A settlement file or a bank statement cannot be used; its day stays open.' },
      metric: hubMetric(alarming.stage, 'import-file', 'FilesRefused', {}, 'Sum'),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    })
  }

  private settlementReconciler(email: EmailSender): void {
    const { alarming, tables, tablesKey, queues, files, secretsKey, digestSecret } = this.#ledger
    new Worker(this, 'ReconcileSettlement', alarming, {
      service: 'reconcile-settlement',
      description: 'Compares each channel-day with its file and its bank credit, and carries out what finance decided',
      code: this.code('reconcile-settlement'),
      from: queues.settlement,
      // Days ask their neighbours, a closed day of the journal asks for the next: bounds in functions/reconcile-settlement.
      recursion: 'feeds itself',
      secrets: 'reads',
      environment: {
        PAYMENT_DECISIONS_TABLE: tables['payment-decisions'].tableName,
        FACTS_TABLE: tables.facts.tableName,
        CONTACTS_TABLE: tables.contacts.tableName,
        BILLS_TABLE: tables.bills.tableName,
        MEMBERSHIPS_TABLE: tables.memberships.tableName,
        SETTLEMENTS_TABLE: tables.settlements.tableName,
        AUDIT_TABLE: tables.audit.tableName,
        FILES_BUCKET: files.bucket.bucketName,
        FILE_DATA_KEYS_TABLE: tables['file-data-keys'].tableName,
        SETTLEMENT_QUEUE_URL: queues.settlement.queue.queueUrl,
        DIGEST_SECRET: digestSecret.name,
        EMAIL_FROM: email.from,
        STATEMENT_RECIPIENTS: statementRecipients(
          this,
          this.#profiles.map(({ name }) => name),
        ),
      },
      may: [
        ...useTables({ tables, key: tablesKey }, [
          { table: 'payment-decisions', actions: ['GetItem', 'BatchGetItem', 'PutItem'] },
          { table: 'facts', actions: ['GetItem', 'BatchGetItem', 'Query', 'PutItem', 'ConditionCheckItem'] },
          { table: 'facts', index: BY_DAY, actions: ['Query'] },
          { table: 'contacts', actions: ['GetItem'] },
          { table: 'memberships', actions: ['Scan'] },
          { table: 'bills', actions: ['GetItem', 'UpdateItem'] },
          { table: 'settlements', actions: ['GetItem', 'Query', 'PutItem', 'DeleteItem'] },
          { table: 'audit', actions: ['Query'] },
          // It opens what is kept, and keeps nothing there itself.
          { table: 'file-data-keys', actions: ['GetItem'] },
        ]),
        sendTo(queues.settlement.queue),
        ...readSecrets(secretsKey, digestSecret.secret),
        // A message with an attachment is a raw one, which has a permission of its own.
        new PolicyStatement({ actions: ['ses:SendEmail', 'ses:SendRawEmail'], resources: [email.identityArn] }),
      ],
      files: {
        files,
        folders: [
          { folder: 'kept', actions: ['GetObject'] },
          { folder: 'settled', actions: ['PutObject', 'GetObject'] },
          { folder: 'outgoing', actions: ['PutObject'] },
        ],
      },
      whenCrashed: { on: 'finance', feels: 'Days of settlement stay as they were, and approved resolutions wait.' },
      whenDefect: { on: 'finance', feels: 'A day or a decision cannot be worked on, and trying again will not help.' },
    })
    this.settlementAlarms()
    this.settlementSchedules()
  }

  private settlementAlarms(): void {
    const { alarming } = this.#ledger
    const service = 'reconcile-settlement'
    new HubAlarm(this, 'CreditsUnplaced', alarming, {
      heading: 'bank credit is for no day',
      impact: { on: 'finance', feels: 'Money is on the account and nobody can say which day it pays.' },
      metric: hubMetric(alarming.stage, service, 'CreditsUnplaced', {}, 'Sum'),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    })
    new HubAlarm(this, 'StatementMailsFailed', alarming, {
      heading: 'statement was not mailed',
      impact: { on: 'finance', feels: 'Finance waits for a final statement that did not come, or perhaps did not.' },
      metric: hubMetric(alarming.stage, service, 'StatementMailsFailed', {}, 'Sum'),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    })
    for (const { name } of this.#profiles) {
      const alarm = (id: string, metric: MetricName, heading: string, feels: string) =>
        new HubAlarm(this, `${id}-${name}`, alarming, {
          heading,
          channel: name,
          impact: { on: 'finance', feels },
          metric: hubMetric(alarming.stage, service, metric, { channel: name }, 'Sum'),
          threshold: 0,
          comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
        })
      alarm(
        'FilesMissing',
        'FilesMissing',
        'settlement file is missing',
        'Nobody can say yet what this channel owes us.',
      )
      alarm(
        'FilesLate',
        'FilesLate',
        'settlement file is late',
        'The file of a day has not come by its hour; the day stays open.',
      )
      alarm('StatementsLate', 'StatementsLate', 'statement is late', 'A day is not reconciled although it should be.')
      alarm('Unexplained', 'StatementsUnexplained', 'statement does not add up', 'A statement must not be trusted.')
      alarm('TooOld', 'DifferencesTooOld', 'differences are open too long', 'Money is in question and nobody decides.')
    }
  }

  /** After the sweep has begun; when files are due; when yesterday's credits are. */
  private settlementSchedules(): void {
    const { alarming, queues } = this.#ledger
    const schedule = (id: string, props: Pick<ScheduleProps, 'name' | 'at' | 'message' | 'heading' | 'whenSilent'>) =>
      new Schedule(this, id, alarming, { ...props, to: queues.settlement })
    schedule('SettlementNightly', {
      name: 'settlement-nightly',
      at: '40 0 * * ? *',
      message: { task: 'nightly' },
      heading: 'nightly settlement did not run',
      whenSilent: {
        on: 'finance',
        feels: 'Open days were not looked at again, and yesterday’s journal is not closed.',
      },
    })
    schedule('SettlementFiles', {
      name: 'settlement-files',
      at: '5 7 * * ? *',
      message: { task: 'morning', due: 'files' },
      heading: 'look for missing files did not run',
      whenSilent: { on: 'finance', feels: 'Nobody would be told that a settlement file has not come.' },
    })
    schedule('SettlementArrivals', {
      name: 'settlement-arrivals',
      at: '2 * * * ? *',
      message: { task: 'arrivals' },
      heading: 'watch over arriving files did not run',
      whenSilent: { on: 'finance', feels: 'Nobody would be told by the hour that a settlement file is late.' },
    })
    schedule('SettlementStatements', {
      name: 'settlement-statements',
      at: '5 9 * * ? *',
      message: { task: 'morning', due: 'statements' },
      heading: 'look for late statements did not run',
      whenSilent: { on: 'finance', feels: 'Nobody would be told that a day is not reconciled in time.' },
    })
  }

  private membershipSweeper(): void {
    const { alarming, tables, tablesKey, queues } = this.#ledger
    new Worker(this, 'SweepMemberships', alarming, {
      service: 'sweep-memberships',
      description: 'Finds what time has changed, repairs recent days, counts memberships, asks for notices',
      code: this.code('sweep-memberships'),
      from: queues.sweep,
      // A segment goes on by messages to itself: its bound is in functions/sweep-memberships/sweep-segment.ts.
      recursion: 'feeds itself',
      environment: {
        FACTS_TABLE: tables.facts.tableName,
        MEMBERSHIPS_TABLE: tables.memberships.tableName,
        STATISTICS_TABLE: tables.statistics.tableName,
        SETTLEMENTS_TABLE: tables.settlements.tableName,
        SPONSORS_TABLE: tables.sponsors.tableName,
        RECONCILE_QUEUE_URL: queues.reconcile.queue.queueUrl,
        SWEEP_QUEUE_URL: queues.sweep.queue.queueUrl,
        NOTICE_QUEUE_URL: queues.notice.queue.queueUrl,
        ENROLMENT_QUEUE_URL: queues.enrolment.queue.queueUrl,
      },
      may: [
        ...useTables({ tables, key: tablesKey }, [
          { table: 'facts', actions: ['Scan', 'DescribeTable'] },
          { table: 'facts', index: BY_DAY, actions: ['Query'] },
          { table: 'memberships', actions: ['Scan', 'DescribeTable'] },
          { table: 'settlements', actions: ['Query'], parts: ['recorded#*'] },
          { table: 'statistics', actions: ['GetItem', 'Query', 'PutItem', 'UpdateItem'] },
          { table: 'sponsors', actions: ['Query'], parts: ['endings#*'] },
        ]),
        sendTo(queues.reconcile.queue, queues.sweep.queue, queues.notice.queue, queues.enrolment.queue),
      ],
      whenCrashed: {
        on: 'member',
        feels:
          'The nightly run stops: memberships look paid that are not, nobody is reminded, and nothing is repaired.',
      },
      whenDefect: {
        on: 'member',
        feels: 'A part of the nightly run cannot be done, and trying again will not help.',
      },
    })
    this.sweepAlarms()
    this.sweepSchedules()
  }

  private sweepAlarms(): void {
    const { alarming } = this.#ledger
    new HubAlarm(this, 'SweepLate', alarming, {
      heading: 'nightly sweep is late',
      impact: { on: 'member', feels: 'In the morning memberships still show yesterday’s status, and reminders wait.' },
      metric: hubMetric(alarming.stage, 'sweep-memberships', 'SweepRunsLate', {}, 'Sum'),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    })
    new HubAlarm(this, 'CountsCorrected', alarming, {
      heading: 'sweep corrected rolling counts',
      impact: {
        on: 'operator',
        feels: 'The overview was wrong until the night put it right, and nobody knows yet why.',
      },
      metric: hubMetric(alarming.stage, 'sweep-memberships', 'CountsCorrected', {}, 'Sum'),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    })
    new HubAlarm(this, 'SweepShrunk', alarming, {
      heading: 'sweep met fewer memberships',
      impact: {
        on: 'member',
        feels: 'Memberships may be missing from the table, and nobody would remind or count them.',
      },
      metric: hubMetric(alarming.stage, 'sweep-memberships', 'SweepRunsShrunk', {}, 'Sum'),
      threshold: 0,
      comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
    })
  }

  /** All in WIB; the members of each zone get their notices from 8:05 of their own clock, so the east comes first. */
  private sweepSchedules(): void {
    const { alarming, queues } = this.#ledger
    const schedule = (id: string, props: Pick<ScheduleProps, 'name' | 'at' | 'message' | 'heading' | 'whenSilent'>) =>
      new Schedule(this, id, alarming, { ...props, to: queues.sweep })
    schedule('Nightly', {
      name: 'nightly',
      at: '10 0 * * ? *',
      message: { task: 'nightly' },
      heading: 'nightly sweep did not run',
      whenSilent: { on: 'operator', feels: 'Nobody has compared yesterday’s memberships with their payments.' },
    })
    schedule('NightlyCheck', {
      name: 'nightly-check',
      at: '0 2 * * ? *',
      message: { task: 'check' },
      heading: 'nightly check did not run',
      whenSilent: { on: 'operator', feels: 'Nobody would be told that the nightly run did not come to its end.' },
    })
    new Schedule(this, 'Weekly', alarming, {
      name: 'weekly',
      at: '10 1 ? * 1 *',
      message: { task: 'weekly' },
      to: queues.sweep,
      heading: 'weekly sweep did not run',
      everyDays: 7,
      whenSilent: { on: 'operator', feels: 'No membership was compared with all of its payments this week.' },
    })
    for (const [zone, hour] of [
      ['WIT', 6],
      ['WITA', 7],
      ['WIB', 8],
    ] as const) {
      schedule(`Notices${zone}`, {
        name: `notices-${zone.toLowerCase()}`,
        at: `5 ${hour} * * ? *`,
        message: { task: 'notices', zone },
        heading: `notices sweep ${zone} did not run`,
        whenSilent: { on: 'member', feels: `Members on ${zone} are not told that their contribution is due.` },
      })
    }
  }
}
