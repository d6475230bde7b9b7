/** What `GET /api/overview` answers. Figures are rolling counts (shared/store/rolling-counts): sums kept as things happen. */
import * as z from 'zod/mini'
import { MEMBERSHIP_STATUSES, type MembershipStatus } from '../../../shared/domain/coverage.ts'
import { AGE_LABELS } from '../../../shared/domain/settlement/ageing.ts'
import { at, count, day, described, flag, money, shape, text } from '../http/schema.ts'

export const byStatus = shape('CountsByStatus', 'How many memberships have each status', () =>
  z.strictObject(
    Object.fromEntries(MEMBERSHIP_STATUSES.map((each) => [each, count()])) as Record<
      MembershipStatus,
      ReturnType<typeof count>
    >,
  ),
)

const taken = () => ({ count: count('Payments'), amountRupiah: money('Contributions taken, reversed ones included') })

const memberships = () =>
  z.strictObject({
    countedAt: at('When the last change was counted; where nothing is counted yet, when they were counted one by one'),
    complete: flag('false: a large table that no night has counted yet, in part'),
    total: count(),
    creditRupiah: money('Sum of all credits'),
    byStatus: byStatus(),
    byFunding: z.record(z.string(), count()),
    byProvince: z.array(
      z.strictObject({ code: text('Two digits'), name: text('Province'), total: count(), byStatus: byStatus() }),
    ),
  })

const paymentsToday = () =>
  z.strictObject({
    day: day(),
    channels: z.array(
      z.strictObject({
        channel: text('Payment channel'),
        ...taken(),
        adminFeeRupiah: money('Customer fees'),
        reversedCount: count(),
        reversedRupiah: money('Contributions reversed'),
      }),
    ),
  })

const comparison = shape(
  'IntakeComparison',
  'Today against the same weekday a week ago, both up to the same minute',
  () =>
    z.strictObject({
      until: at('The last whole quarter of an hour; what came later counts on neither side'),
      weekBefore: day('The same weekday a week ago'),
      channels: z.array(
        z.strictObject({
          channel: text('Payment channel'),
          ...taken(),
          weekBeforeCount: count('Payments of that day up to the same minute'),
          weekBeforeRupiah: money('Contributions of that day up to the same minute'),
        }),
      ),
    }),
)

const hours = shape('IntakeHour', 'What came in during one hour', () =>
  z.strictObject({
    from: at('Its start'),
    channels: z.array(z.strictObject({ channel: text('Payment channel'), ...taken() })),
  }),
)

const millis = (description: string) => described(description, z.nullable(z.int().check(z.minimum(0))))

const check = shape('CountCheck', 'A check of counts', () =>
  z.strictObject({
    checkedAt: at('When'),
    difference: count('By how many memberships or payments they were wrong, and were put right; 0: they agreed'),
  }),
)

export const overviewSchema = shape('Overview', 'Counts; each part says of when', () =>
  z.strictObject({
    asOf: at('When this was put together'),
    memberships: memberships(),
    paymentsToday: paymentsToday(),
    comparison: comparison(),
    lastDay: described('24 whole hours and the one under way, the oldest first', z.array(hours())),
    timeToActive: described(
      'From a payment’s decision until the membership’s view counts it, over the last 24 hours; up to 9% too long',
      z.strictObject({
        count: count('Folds that counted a new payment'),
        p50Millis: millis('Half of them took no longer; null where there was none'),
        p99Millis: millis('99 of a hundred took no longer'),
      }),
    ),
    unreconciled: described(
      'What channels owe by the open items of their days, by age of the day',
      z.strictObject({
        amountRupiah: money('All of it'),
        oldestDays: count('Age of the oldest open item'),
        ages: z.array(
          z.strictObject({ label: z.enum(AGE_LABELS), amountRupiah: money('Of this age'), count: count() }),
        ),
      }),
    ),
    openDifferences: described(
      'Differences that are not resolved',
      z.strictObject({ count: count(), complete: flag('false: there are more, and no more were counted') }),
    ),
    queues: described(
      'What waits, approximately',
      z.strictObject({
        waiting: count('Messages to be handled, or under way'),
        deadLetters: count('Messages that were put aside'),
        affected: described('Queues with dead letters', z.array(z.string())),
      }),
    ),
    lapsing: described(
      'Memberships that lapse within so many days if nothing more is paid',
      z.array(z.strictObject({ days: count(), count: count() })),
    ),
    target: described(
      'Covered memberships against the target, in the provinces that have one for this year; null where none has',
      z.nullable(
        z.strictObject({
          provinces: count('Provinces with a target'),
          covered: count('Covered memberships in them'),
          target: count('Covered memberships that the target asks for'),
          ofInformalBasisPoints: described('Covered per informal worker', z.nullable(count())),
        }),
      ),
    ),
    checks: described(
      'When the nightly run last held the counts against what they count',
      z.strictObject({
        memberships: described('null: not yet', z.nullable(check())),
        intake: described(
          'Of the latest business day on which every channel was looked at; null: not yet',
          z.nullable(check()),
        ),
      }),
    ),
  }),
)
