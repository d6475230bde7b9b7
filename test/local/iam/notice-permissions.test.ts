/** Sending a notice needs the sender's identity, by each service's own way of naming it; nothing else goes through. */
import { describe, expect, test } from 'vitest'
import { type NoticeService, noticePermissions } from '../../../local/iam/notice-permissions.ts'

const permissionsOf = (
  service: NoticeService,
  call: { method?: string; path?: string; target?: string; body?: object },
) =>
  noticePermissions({ service, method: 'POST', path: '/', target: '', body: {}, ...call } as never)?.map(
    ({ action, resource }) => `${action} ${resource.split(':').slice(5).join(':')}`,
  ) ?? null
const mail = '/v2/email/outbound-emails'
const sms = 'PinpointSMSVoiceV2.SendTextMessage'
const whatsapp = '/v1/whatsapp/send'

describe('sending', () => {
  test.each([
    [
      'ses',
      { path: mail, body: { FromEmailAddress: 'BPJS <info@hub.example>' } },
      ['ses:SendEmail identity/hub.example'],
    ],
    [
      'ses',
      { path: mail, body: { FromEmailAddress: 'info@hub.example', ConfigurationSetName: 'notices' } },
      ['ses:SendEmail identity/hub.example', 'ses:SendEmail configuration-set/notices'],
    ],
    ['ses', { path: '/v2/email/identities' }, null],
    ['ses', { path: mail, method: 'GET' }, null],
    [
      'sms-voice',
      { target: sms, body: { OriginationIdentity: 'BPJSTK' } },
      ['sms-voice:SendTextMessage sender-id/BPJSTK/ID'],
    ],
    ['sms-voice', { target: sms, body: { OriginationIdentity: 'pool-1' } }, ['sms-voice:SendTextMessage pool/pool-1']],
    [
      'sms-voice',
      { target: sms, body: { OriginationIdentity: 'phone-1' } },
      ['sms-voice:SendTextMessage phone-number/phone-1'],
    ],
    ['sms-voice', { target: 'PinpointSMSVoiceV2.SendVoiceMessage' }, null],
    [
      'social-messaging',
      { path: whatsapp, body: { originationPhoneNumberId: 'phone-number-id-1' } },
      ['social-messaging:SendWhatsAppMessage phone-number-id/phone-number-id-1'],
    ],
    ['social-messaging', { path: '/v1/whatsapp/media' }, null],
  ] as const)('by %s, %j: %j', (service, call, expected) => {
    expect(permissionsOf(service, call)).toEqual(expected)
  })
})
