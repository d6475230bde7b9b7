/** What the calls about signing off a day take and answer. */
import * as z from 'zod/mini'
import { DIFFERENCE_CLASSES } from '../../../shared/domain/settlement/day.ts'
import { proposalFields } from '../http/approval-schemas.ts'
import { reasonField } from '../http/fields.ts'
import { at, count, day, described, flag, money, named, shape, text, type View } from '../http/schema.ts'

const SHA256 = /^[0-9a-f]{64}$/

export const signOffRequest = named(
  'SignOffRequest',
  'What is to be signed off, and why it may be',
  z.strictObject({
    digest: described(
      'The digest of the day as it was looked at',
      z.string('expected a digest').check(z.regex(SHA256, 'expected the `digest` of the day, 64 hexadecimal digits')),
    ),
    reason: reasonField(200),
  }),
)
export type SignOffRequest = z.output<typeof signOffRequest>

const carried = () =>
  described(
    'What is open, and carried',
    z.array(
      z.strictObject({
        label: text('As the statement names it'),
        amountRupiah: money('Positive: owed to us'),
        count: count(),
      }),
    ),
  )
const differences = () =>
  described(
    'Cases that are open, and carried: the largest, at most 100 of them',
    z.array(
      z.strictObject({
        id: text('Of the difference'),
        class: z.enum(DIFFERENCE_CLASSES),
        amountRupiah: money('What is open of it. Positive: owed to us'),
      }),
    ),
  )
const openDifferences = () => count('All open cases of the day, also those that are not named')
const digest = () => text('Of the content, hexadecimal')

export const signOffView = shape('SignOff', 'A day, as it is now and as it was signed off', () =>
  z.strictObject({
    channel: text('Payment channel, or bank'),
    date: day(),
    state: described(
      'changed: it is no longer what was signed, and is to be signed again',
      z.enum(['unsigned', 'signed', 'changed']),
    ),
    isUnconfirmed: flag(
      'Whether it rests on a bank statement that waits for a second person: nobody can sign it until then',
    ),
    version: count('Of the statement now; 0 for the bank'),
    digest: digest(),
    carried: carried(),
    openDifferences: openDifferences(),
    differences: differences(),
    signed: z.nullable(
      z.strictObject({
        version: count('Of the statement that was signed'),
        digest: digest(),
        proposedBy: text('The operator’s subject'),
        signedBy: text('The approver’s subject'),
        signedAt: at('When'),
        carried: carried(),
        openDifferences: openDifferences(),
        differences: differences(),
      }),
    ),
    proposal: described(
      'The last one',
      z.nullable(
        z.strictObject({
          ...proposalFields(),
          digest: digest(),
        }),
      ),
    ),
  }),
)
export type SignOffView = View<typeof signOffView>
