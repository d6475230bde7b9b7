/** What the calls about notices and contact preferences take and answer. */
import * as z from 'zod/mini'
import { LANGUAGES, NOTICE_CHANNELS } from '../../../shared/domain/notice-preferences.ts'
import { NOTICE_STAGES } from '../../../shared/domain/notice-stage.ts'
import { EMAIL, EMAIL_EXPECTED } from '../../../shared/notices/email-form.ts'
import { NOTICE_STATES } from '../../../shared/store/notices/notices.ts'
import { EMAIL_LIMIT, kpjField } from '../http/fields.ts'
import { at, described, flag, kpj, month, named, shape, text, type View } from '../http/schema.ts'

export const noticesQuery = z.strictObject({ kpj: kpjField('expected the KPJ of a membership, 11 digits') })
export type NoticesQuery = z.output<typeof noticesQuery>

const yesOrNo = (description: string) => described(description, z.boolean('expected true or false'))
const email = z.string(EMAIL_EXPECTED).check(
  z.maxLength(EMAIL_LIMIT, EMAIL_EXPECTED),
  z.refine((address) => address === '' || EMAIL.test(address), EMAIL_EXPECTED),
)

export const contactPreferencesRequest = named(
  'ContactPreferencesRequest',
  'What is left out stays as it was',
  z.strictObject({
    language: z.optional(z.enum(LANGUAGES, `expected one of ${LANGUAGES.join(', ')}`)),
    preferredChannel: z.optional(
      z.nullable(z.enum(NOTICE_CHANNELS, `expected one of ${NOTICE_CHANNELS.join(', ')}, or null`)),
    ),
    optedOut: z.optional(yesOrNo('Whether the member wants no notices')),
    wrongNumber: z.optional(yesOrNo('Whether the phone number is somebody else’s')),
    email: z.optional(described('Empty: none', email)),
  }),
)
export type ContactPreferencesRequest = z.output<typeof contactPreferencesRequest>

const channel = () => z.nullable(z.enum(NOTICE_CHANNELS))

export const noticesSchema = shape('Notices', 'The notices of two years, newest month first', () =>
  z.strictObject({
    items: z.array(
      z.strictObject({
        month: month('The contribution month that it is about'),
        stage: z.enum(NOTICE_STAGES),
        state: described(
          'unknown: it may have gone out, and is not sent again. unreachable: there was no way to the member',
          z.enum(NOTICE_STATES),
        ),
        channel: channel(),
        code: z.nullable(text('Why it was not sent')),
        at: at('Of the last change'),
      }),
    ),
  }),
)
export type NoticeItem = View<typeof noticesSchema>['items'][number]

export const contactPreferencesSchema = shape('ContactPreferences', 'The preferences as they are now', () =>
  z.strictObject({
    kpj: kpj(),
    language: z.enum(LANGUAGES),
    preferredChannel: channel(),
    optedOut: flag('Whether the member wants no notices'),
    wrongNumber: flag('Whether the phone number is somebody else’s'),
    hasPhone: flag('Whether a phone number is known'),
    hasEmail: flag('Whether an e-mail address is known'),
  }),
)
