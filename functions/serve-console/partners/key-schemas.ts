/** What the calls about partners' keys take and answer: dates and steps, never a key. */
import * as z from 'zod/mini'
import { KEY_STATES, PARTNER_KEY_KINDS, ROTATION_STEPS } from '../../../shared/domain/partner-keys.ts'
import { choiceField, dateField } from '../http/fields.ts'
import { at, count, day, described, flag, named, shape, text, type View } from '../http/schema.ts'

const endsOnField = () =>
  z.optional(z.nullable(dateField('The last day on which it may be used; null where none is agreed')))

export const keyDatesRequest = named(
  'KeyDatesRequest',
  'The dates of the key in force',
  z.strictObject({ since: dateField('Since when it is used'), endsOn: endsOnField() }),
)
export type KeyDatesRequest = z.output<typeof keyDatesRequest>

export const rotationRequest = named(
  'RotationRequest',
  'A step of a rotation that somebody took',
  z.strictObject({
    step: choiceField('`begin` with the dates of the new key', ['begin', 'switched', 'finish', 'cancel']),
    since: z.optional(dateField('Of the new key, with `begin`: from when it is meant')),
    endsOn: endsOnField(),
  }),
)
export type RotationRequest = z.output<typeof rotationRequest>

const stepOfRotation = () =>
  z.strictObject({
    step: described('made, staged (both valid), switched by the partner, the old one retired', z.enum(ROTATION_STEPS)),
    state: z.enum(['done', 'now', 'later']),
    at: described('When it was done; null: not done, or not known any more', z.nullable(at('Instant'))),
  })

export const partnerKeySchema = shape('PartnerKey', 'A partner’s key by its dates', () =>
  z.strictObject({
    channel: text('Payment channel'),
    kind: described('What requests are signed with, or what is presented to the gateway', z.enum(PARTNER_KEY_KINDS)),
    state: described('unknown: nobody has recorded its dates; ends-soon: within 45 days', z.enum(KEY_STATES)),
    inForce: described(
      'The key in force; null: nobody has recorded its dates',
      z.nullable(
        z.strictObject({
          since: day('Since when it is used'),
          endsOn: described('The last day; null: none was agreed', z.nullable(day())),
          ageDays: count('Days since then'),
          endsInDays: described(
            'Days until the last one, negative when it is past; null without one',
            z.nullable(z.int()),
          ),
        }),
      ),
    ),
    secretWrittenAt: described(
      'When the channel’s secret was last written, whichever part of it; null: not to be had now',
      z.nullable(at('Writing')),
    ),
    rotation: described(
      'null: none is under way',
      z.nullable(
        z.strictObject({
          since: day('From when the new key is meant'),
          endsOn: described('Its last day; null: none is agreed', z.nullable(day())),
          mayFollow: flag('Every function knows both keys: the partner may switch'),
          steps: z.array(stepOfRotation()),
        }),
      ),
    ),
  }),
)
export type PartnerKeyView = View<typeof partnerKeySchema>

export const partnerKeysSchema = shape('PartnerKeys', 'Keys of all partners by their dates', () =>
  z.strictObject({ asOf: at('When it was looked at'), items: z.array(partnerKeySchema()) }),
)
