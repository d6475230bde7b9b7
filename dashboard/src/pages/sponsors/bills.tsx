/** The bills of a list: code, what is to be paid, and how far the payment is shared out among its members. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import { LIVE } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { Progress } from '../../ui/file-drop.tsx'
import { Badge, Facts, Section } from '../../ui/page.tsx'
import { Answered, Empty } from '../../ui/state.tsx'
import { toneOf } from '../../ui/tones.ts'

type Bill = Schemas['Bill']

export function Bills({ list }: { readonly list: Schemas['Cohort'] }) {
  const { bill: b } = useSponsorTexts()
  const { cohortId: cohort } = list
  const bills = useInfiniteQuery({
    queryKey: ['list-bills', cohort, list.billCodes.length],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) =>
      answerOf(api.GET('/api/cohorts/{cohort}/bills', { params: { path: { cohort }, query: { after } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: LIVE,
  })
  const items = useMemo(() => bills.data?.pages.flatMap((page) => page.items) ?? [], [bills.data])
  return (
    <Section title={b.bills}>
      <Answered query={bills}>
        {() =>
          items.length === 0 ? (
            <Empty>{b.none}</Empty>
          ) : (
            <ul className="checks">
              {items.map((bill) => (
                <BillItem key={bill.billCode} bill={bill} />
              ))}
            </ul>
          )
        }
      </Answered>
      {bills.hasNextPage && (
        <Button
          className="button more"
          isDisabled={bills.isFetchingNextPage}
          onPress={() => void bills.fetchNextPage()}
        >
          {b.more}
        </Button>
      )}
    </Section>
  )
}

function BillItem({ bill }: { readonly bill: Bill }) {
  const { t, f } = useLanguage()
  const { bill: b } = useSponsorTexts()
  const { billCode, status, amountRupiah, memberCount, sharesApplied, channels, payableUntil, sponsored } = bill
  const isPaid = status === 'paid'
  const shared = b.sharedOf(f.number(sharesApplied), f.number(memberCount))
  return (
    <li>
      <span className="row">
        <span>
          <b className="mono bill-code">{spaced(billCode)}</b>{' '}
          <span className="muted">
            {b.village}: {sponsored?.regionCode ?? b.whole}
          </span>
        </span>
        <Badge tone={toneOf(status)}>{worded(t.words.bills, status)}</Badge>
      </span>
      <Facts
        items={[
          [b.amount, f.money(amountRupiah)],
          [b.members, f.number(memberCount)],
          [b.until, f.instant(payableUntil)],
          ...(status === 'open'
            ? [[b.channels, channels.map((channel) => worded(t.words.channels, channel)).join(', ')] as const]
            : []),
        ]}
      />
      {isPaid && <Progress share={memberCount === 0 ? 1 : sharesApplied / memberCount} text={shared} />}
      {bill.replacedBy !== null && <span className="muted">{b.replacedBy(spaced(bill.replacedBy))}</span>}
      {bill.paidBy !== null && <PaidBy paidBy={bill.paidBy} />}
    </li>
  )
}

function PaidBy({ paidBy }: { readonly paidBy: NonNullable<Bill['paidBy']> }) {
  const { t } = useLanguage()
  return (
    <span className="muted">
      {worded(t.words.channels, paidBy.channel)} · <span className="mono">{paidBy.paymentId}</span>
    </span>
  )
}

/** In fours, as one reads a code to somebody. */
function spaced(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1 ')
}
