/**
 * The worker that tells members: its senders at three services, what it may use of them, and the alarms on what it sends.
 *
 * Who sends is an account's own: sender id, WhatsApp number and address are parameters of the deployment. It may send from these
 * three and from no other. What is sent is functions/send-notice's business.
 */
import { CfnParameter, Stack } from 'aws-cdk-lib'
import { ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Code } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { SPONSOR_PARTS } from '../../shared/store/sponsors/sponsors.ts'
import type { LedgerStack } from '../ledger-stack.ts'
import { type Alarming, HubAlarm, type HubAlarmProps, hubMetric } from './hub-alarm.ts'
import { useTables } from './permissions.ts'
import { Worker } from './worker.ts'

const SERVICE = 'send-notice'

export type NoticeSenderProps = { readonly ledger: LedgerStack; readonly code: Code }

export type EmailSender = { readonly from: string; readonly identityArn: string }

type Senders = {
  readonly environment: Readonly<Record<string, string>>
  readonly may: readonly PolicyStatement[]
  readonly email: EmailSender
}

export class NoticeSender extends Construct {
  /** The address that the hub's e-mail comes from, and the identity that may be used for it. */
  readonly email: EmailSender

  constructor(scope: Construct, id: string, alarming: Alarming, { ledger, code }: NoticeSenderProps) {
    super(scope, id)
    const { tables, tablesKey, queues } = ledger
    const senders = this.senders()
    this.email = senders.email
    new Worker(this, 'SendNotice', alarming, {
      service: SERVICE,
      description: 'Tells members what is due, once, by SMS, WhatsApp or e-mail',
      code,
      from: queues.notice,
      environment: {
        FACTS_TABLE: tables.facts.tableName,
        MEMBERSHIPS_TABLE: tables.memberships.tableName,
        CONTACTS_TABLE: tables.contacts.tableName,
        NOTICES_TABLE: tables.notices.tableName,
        SPONSORS_TABLE: tables.sponsors.tableName,
        ...senders.environment,
      },
      may: [
        ...useTables({ tables, key: tablesKey }, [
          { table: 'facts', actions: ['Query'] },
          { table: 'memberships', actions: ['GetItem'] },
          { table: 'contacts', actions: ['GetItem'] },
          { table: 'notices', actions: ['Query', 'PutItem', 'UpdateItem', 'DeleteItem'] },
          { table: 'sponsors', actions: ['GetItem', 'PutItem'], parts: [SPONSOR_PARTS] },
        ]),
        ...senders.may,
      ],
      whenCrashed: {
        on: 'member',
        feels: 'Nobody is reminded of what is due while this lasts; some may lapse unwarned.',
      },
      whenDefect: { on: 'member', feels: 'Members are not told what is due, and trying again will not help.' },
    })
    this.alarms(alarming)
  }

  private senders(): Senders {
    const { region, account } = Stack.of(this)
    const parameter = (name: string, fallback: string, description: string) => {
      const made = new CfnParameter(this, name, { default: fallback, description })
      made.overrideLogicalId(`Notices${name}`)
      return made.valueAsString
    }
    const senderId = parameter('SmsSenderId', 'BPJSTK', 'Sender id of SMS, registered for Indonesia')
    const whatsAppNumber = parameter(
      'WhatsAppNumberArn',
      'arn:aws:social-messaging:ap-southeast-1:000000000000:phone-number-id/00000000000000000000000000000000',
      'The linked WhatsApp number, as an ARN; its region need not be this one',
    )
    const domain = parameter('EmailDomain', 'hub.example', 'Verified domain; e-mail is sent from iuran@<domain>')
    const senderArn = `arn:aws:sms-voice:${region}:${account}:sender-id/${senderId}/ID`
    const domainArn = `arn:aws:ses:${region}:${account}:identity/${domain}`
    const from = `iuran@${domain}`
    return {
      email: { from, identityArn: domainArn },
      environment: {
        SMS_SENDER_ID: senderId,
        WHATSAPP_PHONE_NUMBER_ARN: whatsAppNumber,
        EMAIL_FROM: from,
      },
      may: [
        new PolicyStatement({ actions: ['sms-voice:SendTextMessage'], resources: [senderArn] }),
        new PolicyStatement({ actions: ['social-messaging:SendWhatsAppMessage'], resources: [whatsAppNumber] }),
        new PolicyStatement({ actions: ['ses:SendEmail'], resources: [domainArn] }),
      ],
    }
  }

  private alarms(alarming: Alarming): void {
    const metric = (name: 'NoticesUnknown' | 'NoticesFailed' | 'MessagesRetried') =>
      hubMetric(alarming.stage, SERVICE, name, {}, 'Sum')
    const alarm = (id: string, props: Pick<HubAlarmProps, 'heading' | 'impact' | 'metric' | 'threshold'>) =>
      new HubAlarm(this, id, alarming, {
        ...props,
        comparison: ComparisonOperator.GREATER_THAN_THRESHOLD,
        periods: { bad: 3, window: 5 },
      })
    alarm('Unknown', {
      heading: 'send-notice has unknown deliveries',
      impact: {
        on: 'member',
        feels: 'Reminders may or may not have arrived, and those that did not will not be repeated.',
      },
      metric: metric('NoticesUnknown'),
      threshold: 5,
    })
    alarm('Failed', {
      heading: 'send-notice is refused by every way',
      impact: { on: 'member', feels: 'Many members are not told what is due, because nobody takes their messages.' },
      metric: metric('NoticesFailed'),
      threshold: 20,
    })
    alarm('Busy', {
      heading: 'send-notice waits for its providers',
      impact: {
        on: 'member',
        feels: 'Reminders wait because a provider is busy or away; after 20:00 they wait until morning.',
      },
      metric: metric('MessagesRetried'),
      threshold: 100,
    })
  }
}
