/** The lists of a program and how far each is, the latest first. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CALM, LIVE } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useSponsorTexts } from '../../i18n/use-sponsor-texts.ts'
import { Badge, Section } from '../../ui/page.tsx'
import { Answered, Empty } from '../../ui/state.tsx'
import { useColumns } from '../books/columns.ts'
import { PlainTable } from '../books/plain-table.tsx'
import { placeOfList } from './addresses.ts'
import { LIST_TONES } from './tones.ts'

type Cohort = Schemas['Cohort']

export function Lists({ program }: { readonly program: string }) {
  const { lists: l } = useSponsorTexts()
  const lists = useQuery({
    queryKey: ['lists', program],
    queryFn: () => answerOf(api.GET('/api/programs/{program}/cohorts', { params: { path: { program } } })),
    refetchInterval: ({ state }) => (state.data?.items.some(({ working }) => working !== null) ? LIVE : CALM),
  })
  return (
    <Section title={l.title}>
      <Answered query={lists}>
        {({ items }) => (items.length === 0 ? <Empty>{l.none}</Empty> : <ListTable items={items} />)}
      </Answered>
    </Section>
  )
}

function ListTable({ items }: { readonly items: readonly Cohort[] }) {
  const { f } = useLanguage()
  const { lists: l, words } = useSponsorTexts()
  const column = useColumns<Cohort>()
  return (
    <PlainTable
      label={l.title}
      rows={items}
      keyOf={({ cohortId }) => cohortId}
      file="lists"
      columns={[
        {
          header: l.received,
          cell: ({ cohortId, receivedAt }) => (
            <Link to="/sponsors/$sponsor/$program/lists/$list" params={placeOfList(cohortId)}>
              {f.instant(receivedAt)}
            </Link>
          ),
          value: ({ receivedAt }) => receivedAt,
          isName: true,
        },
        {
          header: l.state,
          cell: (list) => <ListState list={list} />,
          value: ({ state }) => worded(words.cohortStates, state),
        },
        column.number(l.rows, ({ rows }) => rows),
        column.number(l.accepted, ({ accepted }) => accepted),
        column.number(l.refused, ({ refused }) => refused),
        column.number(l.enrolled, ({ enrolled }) => enrolled),
        column.number(l.bills, ({ billCodes }) => billCodes.length),
      ]}
    />
  )
}

/** What is being done with it says more than its state. */
export function ListState({ list }: { readonly list: Cohort }) {
  const { list: l, words } = useSponsorTexts()
  if (list.unusable !== null) return <Badge tone="bad">{l.unusable}</Badge>
  if (list.working !== null) return <Badge tone="wait">{worded(words.working, list.working)}</Badge>
  if (list.change !== null && list.confirmedBy === null && list.state === 'judged') {
    return <Badge tone="warn">{l.confirm}</Badge>
  }
  return <Badge tone={LIST_TONES[list.state]}>{worded(words.cohortStates, list.state)}</Badge>
}
