/** The months of the books, and what is read from them as of any day. */
import './books.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { Badge, Page, Section } from '../../ui/page.tsx'
import { Answered, Empty } from '../../ui/state.tsx'
import { toneOf } from '../../ui/tones.ts'
import { useColumns } from './columns.ts'
import { PlainTable } from './plain-table.tsx'

export function MonthsPage() {
  const { f } = useLanguage()
  const b = useFinance()
  const months = useQuery({
    queryKey: ['periods'],
    queryFn: () => answerOf(api.GET('/api/periods')),
    refetchInterval: CALM,
  })
  const column = useColumns<Schemas['Periods']['items'][number]>()
  const through = months.data?.journalThrough ?? null
  return (
    <Page
      title={b.months.title}
      lead={b.months.lead}
      actions={
        <Link to="/trial-balance" search={{ asOf: undefined }} className="button">
          {b.trial.title}
        </Link>
      }
    >
      <Section title={b.months.month} lead={through === null ? undefined : b.months.through(f.day(through))}>
        <Answered query={months}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>{b.months.none}</Empty>
            ) : (
              <PlainTable
                label={b.months.title}
                rows={items}
                keyOf={({ month }) => month}
                file="months"
                columns={[
                  {
                    header: b.months.month,
                    cell: ({ month }) => (
                      <Link to="/months/$month" params={{ month }}>
                        {f.month(month)}
                      </Link>
                    ),
                    value: ({ month }) => month,
                    isName: true,
                  },
                  {
                    header: b.months.state,
                    cell: ({ state }) => (
                      <Badge tone={state === 'closed' ? 'good' : toneOf(state)}>{worded(b.words.periods, state)}</Badge>
                    ),
                    value: ({ state }) => worded(b.words.periods, state),
                  },
                  column.instant(b.months.closedAt, ({ closedAt }) => closedAt),
                ]}
              />
            )
          }
        </Answered>
      </Section>
    </Page>
  )
}
