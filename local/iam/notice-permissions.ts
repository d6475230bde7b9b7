/**
 * What sending a notice needs permission for: the sender's identity that each of three services is asked to send from, and the
 * set of settings if one is named. Any other operation of these services is refused.
 */
import { ACCOUNT, REGION } from '../cloud-assembly/template.ts'
import type { Body } from './operations.ts'
import type { Permission } from './policy.ts'

export const NOTICE_SERVICES = ['ses', 'sms-voice', 'social-messaging'] as const
export type NoticeService = (typeof NOTICE_SERVICES)[number]

export type NoticeCall = {
  readonly service: NoticeService
  readonly method: string
  readonly path: string
  /** The operation in the header, where a service has one. */
  readonly target: string
  readonly body: Body
}

/** Null for a call that is not listed. */
export function noticePermissions({ service, method, path, target, body }: NoticeCall): readonly Permission[] | null {
  const arn = (rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`
  const settings = body.ConfigurationSetName
  const withSettings = (action: string, resource: string): readonly Permission[] => [
    { action, resource },
    ...(settings === undefined ? [] : [{ action, resource: arn(`configuration-set/${settings}`) }]),
  ]
  switch (service) {
    case 'ses': {
      if (method !== 'POST' || path !== '/v2/email/outbound-emails') return null
      const domain = /@([^>@\s]+)>?$/.exec(String(body.FromEmailAddress ?? ''))?.[1] ?? ''
      const identity = String(body.FromEmailAddressIdentityArn ?? arn(`identity/${domain}`))
      const isRaw = (body.Content as { readonly Raw?: unknown } | undefined)?.Raw !== undefined
      const raw = isRaw ? [{ action: 'ses:SendRawEmail', resource: identity }] : []
      return [...withSettings('ses:SendEmail', identity), ...raw]
    }
    case 'sms-voice': {
      if (target !== 'PinpointSMSVoiceV2.SendTextMessage') return null
      return withSettings('sms-voice:SendTextMessage', originArn(String(body.OriginationIdentity ?? ''), arn))
    }
    case 'social-messaging': {
      if (method !== 'POST' || path !== '/v1/whatsapp/send') return null
      const id = String(body.originationPhoneNumberId ?? '')
      const resource = id.startsWith('arn:') ? id : arn(`phone-number-id/${id}`)
      return [{ action: 'social-messaging:SendWhatsAppMessage', resource }]
    }
  }
}

function originArn(identity: string, arn: (rest: string) => string): string {
  if (identity.startsWith('arn:')) return identity
  if (identity.startsWith('pool-')) return arn(`pool/${identity}`)
  if (identity.startsWith('phone-')) return arn(`phone-number/${identity}`)
  return arn(`sender-id/${identity}/ID`)
}
