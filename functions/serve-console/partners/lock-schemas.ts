/** What the calls about locks at a channel's endpoint take and answer. */
import * as z from 'zod/mini'
import { choiceField, cursorField, numberField, reasonField, textField } from '../http/fields.ts'
import { at, described, flag, named, next, shape, text } from '../http/schema.ts'

const REASON_LIMIT = 140
/** A store and its till as a partner may name them, and the keyed digest of a customer. */
const SUBJECT_LIMIT = 80
const SUBJECT = `expected 1 to ${SUBJECT_LIMIT} printable characters, no twelve digits in a row`
const HOURS = 'expected whole hours, 1 or more'
const SHA256 = 'expected 64 hexadecimal digits in small letters, as `npm run certificate-pin` prints them'

export const locksQuery = z.strictObject({
  limit: z.optional(numberField('Items per page, 100 if absent', 1, 500)),
  after: z.optional(cursorField()),
})
export type LocksQuery = z.output<typeof locksQuery>

const LOCKED = ['till', 'store', 'customer', 'channel', 'key'] as const

export const locksSchema = shape('Locks', 'Who is locked out of a channel’s endpoint: what people did first', () =>
  z.strictObject({
    channel: text('Payment channel'),
    items: z.array(
      z.strictObject({
        by: described(
          'channel: a kind of message, for the rest of the day; key: a revoked certificate key',
          z.enum(LOCKED),
        ),
        subject: text('Till as store/till, store, digest of a customer, kind of message, or SHA-256 of a key'),
        at: at('Since when'),
        until: described(
          'null: until somebody unlocks it; a key for ever. A customer’s ends by itself',
          z.nullable(at('Until when')),
        ),
        inForce: flag('Whether it holds now: one that has ended is listed until the table drops it'),
        limit: described('Which limit was reached; null: a person locked', z.nullable(z.string())),
        reason: described('Why, where a person locked', z.nullable(z.string())),
      }),
    ),
    next: next(),
  }),
)

export const lockRequest = named(
  'LockRequest',
  'A till or a store that is to be locked out until somebody unlocks it',
  z.strictObject({
    by: choiceField('What is locked', ['till', 'store']),
    subject: described(
      'A till as `store/till`, a store as the partner names it',
      z.string(SUBJECT).check(z.regex(/^(?!.*\d{12})[\x20-\x7e]{1,80}$/, SUBJECT)),
    ),
    reason: reasonField(REASON_LIMIT),
  }),
)
export type LockRequest = z.output<typeof lockRequest>

export const unlockRequest = named(
  'UnlockRequest',
  'A lock that is to be taken away, whoever put it',
  z.strictObject({
    by: choiceField('What is unlocked', ['till', 'store', 'customer', 'channel']),
    subject: textField('As the list shows it', SUBJECT_LIMIT),
    reason: reasonField(REASON_LIMIT),
  }),
)
export type UnlockRequest = z.output<typeof unlockRequest>

const customerId = () =>
  textField('A KPJ of 11 digits or a NIK of 16; it is kept as a keyed digest alone', 16, 'expected a KPJ or a NIK')

export const customerLockRequest = named(
  'CustomerLockRequest',
  'A customer who is to be locked out of this channel for some hours, under KPJ and NIK alike',
  z.strictObject({
    customerId: customerId(),
    hours: described(
      'For how long, 24 at most: a customer who cannot pay may lapse',
      z.int(HOURS).check(z.minimum(1, HOURS)),
    ),
    reason: reasonField(REASON_LIMIT),
  }),
)
export type CustomerLockRequest = z.output<typeof customerLockRequest>

export const customerUnlockRequest = named(
  'CustomerUnlockRequest',
  'A customer who is to be let in again, under each number',
  z.strictObject({ customerId: customerId(), reason: reasonField(REASON_LIMIT) }),
)
export type CustomerUnlockRequest = z.output<typeof customerUnlockRequest>

export const customerLockedSchema = shape(
  'CustomerLocked',
  'It is recorded; endpoints go by it within 20 seconds',
  () => z.strictObject({ channel: text('Payment channel'), at: at('When it was recorded'), until: at('When it ends') }),
)

export const revocationRequest = named(
  'RevocationRequest',
  'A client certificate’s key that is not the partner’s any more',
  z.strictObject({
    publicKeySha256: described(
      'Of the SubjectPublicKeyInfo, as it stands in the channel’s pins',
      z.string(SHA256).check(z.regex(/^[0-9a-f]{64}$/, SHA256)),
    ),
    reason: reasonField(REASON_LIMIT),
  }),
)
export type RevocationRequest = z.output<typeof revocationRequest>

export const lockDoneSchema = shape('LockDone', 'It is recorded; endpoints go by it within 20 seconds', () =>
  z.strictObject({ channel: text('Payment channel'), at: at('When it was recorded') }),
)
