/** E-mail by SES from one verified address: plain text to a member, or a text with an attachment. What an error means: delivery.ts. */
import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2'
import { deliver } from './delivery.ts'
import { type Attachment, mimeMessage } from './email-message.ts'
import type { Delivery, Notifier } from './notifier.ts'
import { ONE_TRY } from './provider-client.ts'

const REFUSED: Readonly<Record<string, string>> = {
  MessageRejected: 'MESSAGE_REJECTED',
  BadRequestException: 'INVALID_ADDRESS',
}

/** A mail of the hub to people of ours; one message for all of them. */
export type Mail = {
  readonly to: readonly string[]
  readonly subject: string
  readonly text: string
  readonly attachment: Attachment
}
/** Throws as a notifier does (notifier.ts). */
export type Mailer = { readonly send: (mail: Mail) => Promise<Delivery> }

export function emailNotifier(sender: { readonly from: string }): Notifier {
  const send = sesSender(sender)
  return {
    channel: 'email',
    send: (address, { email }) => send([address], plainText(email)),
  }
}

/** SES takes an attachment in a raw message only. */
export function emailMailer({ from }: { readonly from: string }): Mailer {
  const send = sesSender({ from })
  return {
    send: (mail) => send(mail.to, { Raw: { Data: mimeMessage({ from, ...mail }) } }),
  }
}

/** One message to several people of one sponsor. Throws as a notifier does. */
export type GroupMailer = {
  readonly send: (to: readonly string[], mail: { readonly subject: string; readonly text: string }) => Promise<Delivery>
}

export function emailGroupMailer(sender: { readonly from: string }): GroupMailer {
  const send = sesSender(sender)
  return { send: (to, mail) => send(to, plainText(mail)) }
}

function plainText({ subject, text }: { readonly subject: string; readonly text: string }) {
  return {
    Simple: {
      Subject: { Data: subject, Charset: 'UTF-8' },
      Body: { Text: { Data: text, Charset: 'UTF-8' } },
    },
  }
}

function sesSender({ from }: { readonly from: string }) {
  const client = new SESv2Client(ONE_TRY)
  const words = {
    provider: 'the e-mail service',
    later: ['LimitExceededException', 'SendingPausedException'],
    refused: ({ name = '' }: { readonly name?: string }) => REFUSED[name],
  }
  return (to: readonly string[], content: SendEmailCommandInput['Content']): Promise<Delivery> =>
    deliver(async () => {
      const command = new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [...to] },
        Content: content,
      })
      return (await client.send(command)).MessageId
    }, words)
}
