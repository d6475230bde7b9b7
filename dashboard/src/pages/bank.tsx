/** The bank's side: statements as they came, each movement with its places, and where each account's chain ends. */
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import { CALM } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useFinance } from '../i18n/finance.ts'
import { dayBefore, jakartaDay } from '../i18n/format.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useMay } from '../sign-in/use-session.ts'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Choice, TextInput } from '../ui/fields.tsx'
import { Badge, Facts, Page, Section } from '../ui/page.tsx'
import { Answered, Empty } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'
import './books/books.css'
import { CHANNELS, oneOf } from './books/channels.ts'
import { PersonName } from './books/person.tsx'
import { BankStatementUpload } from './file-upload.tsx'

type Movement = Schemas['BankMovement']
type Statements = Schemas['BankStatements']

const PLACES = [
  'channel-day',
  'channel-charge',
  'fee-invoice',
  'bank-charges',
  'interest',
  'opening-balance',
  'unidentified',
  'returned',
] as const satisfies readonly Movement['places'][number]['kind'][]

export function BankPage() {
  const { t } = useLanguage()
  const b = useFinance()
  const search = useSearch({ from: '/bank' })
  const navigate = useNavigate()
  const to = search.to ?? jakartaDay(Date.now())
  const query = { from: dayBefore(to, 13), to }
  const state = oneOf(PLACES, search.state)
  const channel = oneOf(CHANNELS, search.channel)
  const filter = (change: Partial<typeof search>) => void navigate({ to: '/bank', search: { ...search, ...change } })
  const movements = useQuery({
    queryKey: ['movements', query, state, channel],
    queryFn: () => answerOf(api.GET('/api/bank-movements', { params: { query: { ...query, state, channel } } })),
    refetchInterval: CALM,
  })
  const statements = useQuery({
    queryKey: ['bank-statements', query],
    queryFn: () => answerOf(api.GET('/api/bank-statements', { params: { query } })),
    refetchInterval: CALM,
  })
  const mayOperate = useMay('operate')
  return (
    <Page
      title={t.bank.title}
      lead={t.bank.lead}
      actions={
        <TextInput label={t.form.to} type="date" value={to} onChange={(value) => filter({ to: value || undefined })} />
      }
    >
      <Section title={t.bank.movements}>
        <div className="form inline filters">
          <Choice
            label={b.bank.filterState}
            value={state ?? ''}
            options={[['', b.bank.anywhere], ...PLACES.map((each) => [each, worded(t.words.places, each)] as const)]}
            onChange={(value) => filter({ state: value || undefined })}
          />
          <Choice
            label={t.overview.channel}
            value={channel ?? ''}
            options={[['', t.form.all], ...CHANNELS.map((each) => [each, worded(t.words.channels, each)] as const)]}
            onChange={(value) => filter({ channel: value || undefined })}
          />
        </div>
        <Answered query={movements}>{({ items }) => <MovementTable items={items} />}</Answered>
      </Section>
      <Answered query={statements}>{(answer) => <StatementsView statements={answer} />}</Answered>
      {mayOperate && <BankStatementUpload />}
    </Page>
  )
}

export function MovementTable({ items, empty }: { readonly items: readonly Movement[]; readonly empty?: string }) {
  const { t, f } = useLanguage()
  const columns = useMemo<readonly TableColumn<Movement>[]>(
    () => [
      {
        id: 'booked',
        header: t.bank.booked,
        value: ({ bookedOn }) => bookedOn,
        cell: ({ bookedOn }) => f.shortDay(bookedOn),
        width: 7,
      },
      {
        id: 'amount',
        header: t.bank.amount,
        value: ({ amountRupiah }) => amountRupiah,
        cell: ({ amountRupiah, bookedOn, key }) => (
          <Link to="/bank/$bookedOn/$movement" params={{ bookedOn, movement: key }}>
            {f.money(amountRupiah)}
          </Link>
        ),
        align: 'end',
        width: 9,
      },
      {
        id: 'place',
        header: t.bank.place,
        value: ({ places }) =>
          places
            .map(({ kind, channel, date, item }) =>
              [worded(t.words.places, kind), channel, date, item].filter(Boolean).join(' '),
            )
            .join('; '),
        cell: ({ places }) => (
          <span className="row">
            {places.map((place) =>
              place.channel !== null && place.date !== null ? (
                <Link
                  key={`${place.channel} ${place.date}`}
                  to="/settlement/$channel/$date"
                  params={{ channel: place.channel, date: place.date }}
                >
                  {worded(t.words.channels, place.channel)} {f.shortDay(place.date)}
                </Link>
              ) : (
                <Badge key={`${place.kind} ${place.channel} ${place.item}`} tone={toneOf(place.kind)}>
                  {worded(t.words.places, place.kind)}
                </Badge>
              ),
            )}
          </span>
        ),
        width: 15,
      },
      {
        id: 'by',
        header: t.bank.placedBy,
        value: ({ placedBy }) => (placedBy === null ? null : worded(t.words.placedBy, placedBy)),
        width: 8,
      },
      { id: 'age', header: t.suspense.days, value: ({ ageDays }) => ageDays, align: 'end', width: 7 },
      {
        id: 'reference',
        header: t.bank.reference,
        value: ({ id }) => id,
        cell: ({ id }) => <span className="mono">{id}</span>,
        width: 13,
      },
      { id: 'statement', header: t.bank.statements, value: ({ statement }) => statement, width: 10 },
    ],
    [t, f],
  )
  return (
    <DataTable
      label={t.bank.movements}
      rows={items}
      columns={columns}
      keyOf={({ key, bookedOn }) => `${bookedOn} ${key}`}
      file="bank-movements"
      empty={empty ?? t.state.empty}
    />
  )
}

function StatementsView({ statements }: { readonly statements: Statements }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  return (
    <div className="columns">
      <Section title={t.bank.chain}>
        {statements.accounts.length === 0 && <Empty>{t.bank.noStatement}</Empty>}
        {statements.accounts.map(({ account, last }) => (
          <Facts
            key={account}
            items={[
              [
                t.difference.account,
                <span key="account" className="mono">
                  {account}
                </span>,
              ],
              ...(last === null
                ? []
                : ([
                    [t.bank.closing, f.money(Math.trunc(last.closingSen / 100))],
                    [t.bank.statements, `${last.id} (${f.number(last.sequence)})`],
                    [t.form.day, last.closedOn === null ? '–' : f.day(last.closedOn)],
                  ] as const)),
            ]}
          />
        ))}
      </Section>
      <Section title={t.bank.statements}>
        {statements.files.length === 0 ? (
          <Empty>{t.bank.noStatement}</Empty>
        ) : (
          <ul className="history">
            {statements.files.map((file) => (
              <li key={`${file.sha256} ${file.receivedAt}`}>
                <span className="row">
                  <Link to="/bank-statements/$sha256" params={{ sha256: file.sha256 }}>
                    <b>{file.name}</b>
                  </Link>
                  <Badge tone={toneOf(file.state)}>{worded(t.words.bankStates, file.state)}</Badge>
                </span>
                <span>
                  {worded(b.words.formats, file.format)} · {f.counted(file.movements, b.units.movements)} ·{' '}
                  {f.money(file.amountRupiah)}
                </span>
                {file.gap !== null && (
                  <span className="form-problem">
                    {t.bank.waitsFor}: <span lang="en">{file.gap}</span>
                  </span>
                )}
                {file.unconfirmed !== null && (
                  <span className="row">
                    <Badge tone={file.unconfirmed.isOverdue ? 'bad' : 'warn'}>
                      {file.unconfirmed.isOverdue ? b.bank.confirmOverdue : b.bank.unconfirmed}
                    </Badge>
                    <span className="muted">
                      {b.bank.handedOverBy} <PersonName subject={file.unconfirmed.by} />
                    </span>
                  </span>
                )}
                <span className="muted">{f.instant(file.receivedAt)}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </div>
  )
}
