/** A day's sign-offs at a glance: every channel and the bank, and the one that is looked at. */
import './books.css'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'react-aria-components'
import { useFinance } from '../../i18n/finance.ts'
import { dayBefore, jakartaDay } from '../../i18n/format.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { TextInput } from '../../ui/fields.tsx'
import { Badge, Page, Section } from '../../ui/page.tsx'
import { Answered, Loading } from '../../ui/state.tsx'
import { toneOf } from '../../ui/tones.ts'
import { sumOf } from './carried-table.tsx'
import { CHANNELS, oneOf } from './channels.ts'
import { PersonName } from './person.tsx'
import { PlainTable } from './plain-table.tsx'
import { BANK, type SignOff, SignOffSection, useSignOff } from './sign-off.tsx'

const SIDES = [...CHANNELS, BANK] as const
type Side = (typeof SIDES)[number]
type Row = { readonly side: Side; readonly query: ReturnType<typeof useSignOff> }

export function DaysPage() {
  const { t } = useLanguage()
  const b = useFinance()
  const search = useSearch({ from: '/days' })
  const navigate = useNavigate()
  const date = search.date ?? dayBefore(jakartaDay(Date.now()), 1)
  const side = oneOf(SIDES, search.of)
  const go = (day: string) => void navigate({ to: '/days', search: { date: day || undefined, of: search.of } })
  return (
    <Page
      title={b.days.title}
      lead={b.days.lead}
      actions={
        <>
          <Button className="button" aria-label={t.form.previous} onPress={() => go(dayBefore(date, 1))}>
            ←
          </Button>
          <TextInput label={b.days.day} type="date" value={date} onChange={go} />
          <Button className="button" aria-label={t.form.next} onPress={() => go(dayBefore(date, -1))}>
            →
          </Button>
        </>
      }
    >
      <DayTable date={date} side={side} />
      {side !== undefined && <SignOffSection key={`${side} ${date}`} channel={side} date={date} />}
    </Page>
  )
}

function DayTable({ date, side }: { readonly date: string; readonly side: Side | undefined }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  // One call per side, in the order of the sides, which never changes.
  const rows: readonly Row[] = [
    { side: 'pos', query: useSignOff('pos', date) },
    { side: 'brilink', query: useSignOff('brilink', date) },
    { side: 'bni', query: useSignOff('bni', date) },
    { side: 'indomaret', query: useSignOff('indomaret', date) },
    { side: 'alfamart', query: useSignOff('alfamart', date) },
    { side: BANK, query: useSignOff(BANK, date) },
  ]
  const failed = rows.find(({ query }) => query.error !== null && query.data === undefined)
  const nameOf = (row: Row) => (row.side === BANK ? b.days.bank : worded(t.words.channels, row.side))
  const shown = (row: Row, cell: (signOff: SignOff) => React.ReactNode) => (row.query.data ? cell(row.query.data) : '–')
  return (
    <Section title={f.day(date)}>
      {failed !== undefined && <Answered query={failed.query}>{() => null}</Answered>}
      {rows.some(({ query }) => query.isPending) ? (
        <Loading rows={SIDES.length} />
      ) : (
        <PlainTable
          label={f.day(date)}
          rows={rows}
          keyOf={(row) => row.side}
          isChosen={(row) => row.side === side}
          file={`days-${date}`}
          columns={[
            {
              header: t.overview.channel,
              cell: (row) => (
                <Link to="/days" search={{ date, of: row.side }}>
                  {nameOf(row)}
                </Link>
              ),
              value: nameOf,
              isName: true,
            },
            {
              header: b.days.state,
              cell: (row) =>
                shown(row, ({ state, proposal }) =>
                  proposal?.state === 'proposed' ? (
                    <Badge tone="wait">{worded(b.words.proposals, 'proposed')}</Badge>
                  ) : (
                    <Badge tone={toneOf(state)}>{worded(b.words.signOffs, state)}</Badge>
                  ),
                ),
              value: ({ query: { data } }) => (data ? worded(b.words.signOffs, data.state) : null),
            },
            {
              header: b.days.openDifferences,
              cell: (row) => shown(row, ({ openDifferences }) => f.number(openDifferences)),
              value: ({ query: { data } }) => data?.openDifferences ?? null,
              align: 'end',
            },
            {
              header: b.days.carried,
              cell: (row) => shown(row, ({ carried }) => f.money(sumOf(carried))),
              value: ({ query: { data } }) => (data ? sumOf(data.carried) : null),
              align: 'end',
            },
            {
              header: b.days.signed,
              cell: (row) => shown(row, ({ signed }) => (signed === null ? '–' : f.instant(signed.signedAt))),
              value: ({ query: { data } }) => data?.signed?.signedAt ?? null,
            },
            {
              header: b.days.by,
              wrap: true,
              cell: (row) =>
                shown(row, ({ signed }) =>
                  signed === null ? (
                    '–'
                  ) : (
                    <>
                      <PersonName subject={signed.proposedBy} />, <PersonName subject={signed.signedBy} />
                    </>
                  ),
                ),
              value: ({ query: { data } }) =>
                data?.signed ? `${data.signed.proposedBy}, ${data.signed.signedBy}` : null,
            },
          ]}
        />
      )}
    </Section>
  )
}
