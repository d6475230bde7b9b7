/** E-mail by SES: plain text from one verified address. What an error means: delivery.ts. */
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { deliver } from './delivery.ts'
import type { Notifier } from './notifier.ts'
import { ONE_TRY } from './provider-client.ts'

const REFUSED: Readonly<Record<string, string>> = {
  MessageRejected: 'MESSAGE_REJECTED',
  BadRequestException: 'INVALID_ADDRESS',
}

export function emailNotifier(sender: { readonly from: string }): Notifier {
  const client = new SESv2Client(ONE_TRY)
  const words = {
    provider: 'the e-mail service',
    later: ['LimitExceededException', 'SendingPausedException'],
    refused: ({ name = '' }: { readonly name?: string }) => REFUSED[name],
  }
  return {
    channel: 'email',
    send: (address, { email }) =>
      deliver(async () => {
        const command = new SendEmailCommand({
          FromEmailAddress: sender.from,
          Destination: { ToAddresses: [address] },
          Content: {
            Simple: {
              Subject: { Data: email.subject, Charset: 'UTF-8' },
              Body: { Text: { Data: email.text, Charset: 'UTF-8' } },
            },
          },
        })
        return (await client.send(command)).MessageId
      }, words),
  }
}
