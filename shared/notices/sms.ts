/** SMS by AWS End User Messaging: one sender id, registered for Indonesia. What an error means: delivery.ts. */
import { PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { deliver, type ProviderError } from './delivery.ts'
import type { Notifier } from './notifier.ts'
import { ONE_TRY } from './provider-client.ts'

/** A message that could not be handed to the phone within three hours is dropped: it must not ring at night. */
const TIME_TO_LIVE_SECONDS = 3 * 3_600

/** Reasons that are about the number that was written to. */
const OF_THE_NUMBER = new Set([
  'DESTINATION_PHONE_NUMBER_OPTED_OUT',
  'DESTINATION_PHONE_NUMBER_NOT_VERIFIED',
  'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE',
])

export function smsNotifier(sender: { readonly senderId: string }): Notifier {
  const client = new PinpointSMSVoiceV2Client(ONE_TRY)
  const words = { provider: 'the SMS service', later: ['ServiceQuotaExceededException'], refused }
  return {
    channel: 'sms',
    send: (address, { sms }) =>
      deliver(async () => {
        const command = new SendTextMessageCommand({
          DestinationPhoneNumber: address,
          OriginationIdentity: sender.senderId,
          MessageBody: sms,
          MessageType: 'TRANSACTIONAL',
          TimeToLive: TIME_TO_LIVE_SECONDS,
        })
        return (await client.send(command)).MessageId
      }, words),
  }
}

function refused({ name, Reason = '', Fields = [] }: ProviderError): string | undefined {
  if (OF_THE_NUMBER.has(Reason)) return Reason
  const isNumber = name === 'ValidationException' && Fields.some(({ Name }) => Name === 'DestinationPhoneNumber')
  return isNumber ? 'INVALID_NUMBER' : undefined
}
