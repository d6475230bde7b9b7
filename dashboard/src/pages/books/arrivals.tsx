/** By which hour each channel's file had to come, and when it did. */
import './books.css'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { CALM } from '../../api/answers.ts'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { dayBefore, jakartaDay } from '../../i18n/format.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { DataTable, type TableColumn } from '../../ui/data-table.tsx'
import { Choice, TextInput } from '../../ui/fields.tsx'
import { Badge, Page, Section } from '../../ui/page.tsx'
import { Answered } from '../../ui/state.tsx'
import type { Tone } from '../../ui/tones.ts'
import { oneOf } from './channels.ts'

type Arrival = Schemas['FileArrivals']['items'][number]

const DAYS_SHOWN = 14
const TONES: Readonly<Record<Arrival['state'], Tone>> = {
  none: 'plain',
  awaited: 'wait',
  due: 'warn',
  late: 'bad',
  'in-time': 'good',
  'came-late': 'warn',
}
const STATES = Object.keys(TONES) as readonly Arrival['state'][]

export function ArrivalsPage() {
  const { t } = useLanguage()
  const b = useFinance()
  const search = useSearch({ from: '/arrivals' })
  const navigate = useNavigate()
  const to = search.to ?? dayBefore(jakartaDay(Date.now()), 1)
  const state = oneOf(STATES, search.state)
  const arrivals = useQuery({
    queryKey: ['arrivals', to],
    queryFn: () =>
      answerOf(api.GET('/api/file-arrivals', { params: { query: { from: dayBefore(to, DAYS_SHOWN - 1), to } } })),
    refetchInterval: CALM,
    placeholderData: keepPreviousData,
  })
  return (
    <Page
      title={b.arrivals.title}
      lead={
        <>
          {b.arrivals.lead} <Link to="/settlement">{t.nav.settlement}</Link>
        </>
      }
      actions={
        <>
          <Choice
            label={t.difference.state}
            value={state ?? ''}
            options={[['', t.form.all], ...STATES.map((each) => [each, worded(b.words.arrivals, each)] as const)]}
            onChange={(value) => void navigate({ to: '/arrivals', search: { ...search, state: value || undefined } })}
          />
          <TextInput
            label={t.form.to}
            type="date"
            value={to}
            onChange={(value) => void navigate({ to: '/arrivals', search: { ...search, to: value || undefined } })}
          />
        </>
      }
    >
      <Section title={b.arrivals.title}>
        <Answered query={arrivals}>
          {({ items }) => <ArrivalTable items={items.filter((each) => state === undefined || each.state === state)} />}
        </Answered>
      </Section>
    </Page>
  )
}

function ArrivalTable({ items }: { readonly items: readonly Arrival[] }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const columns = useMemo<readonly TableColumn<Arrival>[]>(() => {
    const instants = (
      [
        ['dueAt', b.arrivals.due],
        ['lateAt', b.arrivals.late],
        ['arrivedAt', b.arrivals.arrived],
        ['alarmedAt', b.arrivals.alarmed],
      ] as const
    ).map(([id, header]) => ({
      id,
      header,
      value: (row: Arrival) => row[id],
      cell: (row: Arrival) => {
        const at = row[id]
        return at === null ? '–' : f.instant(at)
      },
      width: 15,
    }))
    return [
      {
        id: 'day',
        header: b.days.day,
        value: ({ date }) => date,
        cell: ({ channel, date }) => (
          <Link to="/settlement/$channel/$date" params={{ channel, date }}>
            {f.shortDay(date)}
          </Link>
        ),
        width: 6,
      },
      { id: 'channel', header: b.owed.channel, value: ({ channel }) => worded(t.words.channels, channel), width: 9 },
      {
        id: 'state',
        header: t.difference.state,
        value: ({ state }) => worded(b.words.arrivals, state),
        cell: ({ state }) => <Badge tone={TONES[state]}>{worded(b.words.arrivals, state)}</Badge>,
        width: 11.4,
      },
      ...instants,
    ]
  }, [t, f, b])
  return (
    <DataTable
      label={b.arrivals.title}
      rows={items}
      columns={columns}
      keyOf={({ channel, date }) => `${channel} ${date}`}
      file="file-arrivals"
      empty={b.arrivals.none}
    />
  )
}
