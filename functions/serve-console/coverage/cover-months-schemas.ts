/** What the call about the months of a membership takes and answers. */
import * as z from 'zod/mini'
import { NOTICE_STAGES } from '../../../shared/domain/notice-stage.ts'
import { NOTICE_STATES } from '../../../shared/store/notices/notices.ts'
import { monthField } from '../http/fields.ts'
import { at, described, flag, kpj, money, month, shape, text, type View } from '../http/schema.ts'

export const MONTHS_AT_MOST = 36

export const coverMonthsQuery = z.strictObject({
  from: z.optional(monthField('The first month')),
  to: z.optional(monthField('The last month')),
})
export type CoverMonthsQuery = z.output<typeof coverMonthsQuery>

/** `ahead`: paid, and its first day is still to come. */
export const MONTH_COVERS = ['whole', 'part', 'ahead', 'none'] as const

const coverMonth = shape('CoverMonth', 'One contribution month of a membership', () =>
  z.strictObject({
    month: month(),
    cover: described('part: it began after the first day, or ended before the last', z.enum(MONTH_COVERS)),
    from: described('When cover began; null: none', z.nullable(at('Start'))),
    to: described('The first instant without it', z.nullable(at('End'))),
    paidBy: described(
      'What pays the month; null: nothing does',
      z.nullable(
        z.strictObject({
          factKey: text('Key of the fact within the account'),
          kind: text('Of the fact'),
          channel: text('Payment channel, or who put it'),
          paymentId: text('The partner’s id, or the fact’s own'),
          decidedAt: at('When the hub decided'),
          settlement: described(
            'settled: a line of the channel’s file names it. credited: the bank’s credit for that file is there, too. not-needed: no channel brought it',
            z.enum(['awaited', 'settled', 'credited', 'not-needed']),
          ),
        }),
      ),
    ),
    priceRupiah: described('What the month cost; null: not paid', z.nullable(money('Price'))),
    wasReversed: flag('A payment for it was taken back'),
    notices: z.array(
      z.strictObject({ stage: z.enum(NOTICE_STAGES), state: z.enum(NOTICE_STATES), at: at('Last change') }),
    ),
  }),
)
export type CoverMonth = View<typeof coverMonth>

export const coverMonthsSchema = shape('CoverMonths', 'The months, oldest first', () =>
  z.strictObject({
    kpj: kpj(),
    from: month(),
    to: month(),
    items: z.array(coverMonth()),
    asOf: at('When this was computed'),
  }),
)
