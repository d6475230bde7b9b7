/**
 * WhatsApp by AWS End User Messaging Social: template messages, because only those may be sent to who did not write first.
 * The templates must have been approved under the names and texts of `templateOf` (render.ts). Errors: delivery.ts.
 */
import { SendWhatsAppMessageCommand, SocialMessagingClient } from '@aws-sdk/client-socialmessaging'
import { deliver } from './delivery.ts'
import type { Notifier } from './notifier.ts'
import { ONE_TRY } from './provider-client.ts'
import type { RenderedNotice } from './render.ts'

/** Of Meta's interface, whose message goes through as it is. */
const META_API_VERSION = 'v20.0'

/** The number's ARN names its region, which need not be ours: the service is not offered in every region. */
export function whatsAppNotifier(sender: { readonly phoneNumberArn: string }): Notifier {
  const client = new SocialMessagingClient({ ...ONE_TRY, region: sender.phoneNumberArn.split(':')[3] ?? '' })
  const words = {
    provider: 'the WhatsApp service',
    later: ['ThrottledRequestException', 'LimitExceededException'],
    refused: ({ name }: { readonly name?: string }) =>
      name === 'InvalidParametersException' ? 'INVALID_PARAMETERS' : undefined,
  }
  return {
    channel: 'whatsapp',
    send: (address, notice) =>
      deliver(async () => {
        const command = new SendWhatsAppMessageCommand({
          originationPhoneNumberId: sender.phoneNumberArn,
          metaApiVersion: META_API_VERSION,
          message: new TextEncoder().encode(JSON.stringify(templateMessage(address, notice))),
        })
        return (await client.send(command)).messageId
      }, words),
  }
}

function templateMessage(to: string, { language, whatsapp }: RenderedNotice) {
  const parameters = whatsapp.parameters.map((text) => ({ type: 'text', text }))
  return {
    messaging_product: 'whatsapp',
    to,
    type: 'template',
    template: { name: whatsapp.template, language: { code: language }, components: [{ type: 'body', parameters }] },
  }
}
