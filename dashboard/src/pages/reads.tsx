/** Who was shown whose data: by person or by account, day by day, for the administrator. The question is part of the address. */
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Button, Form } from 'react-aria-components'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { jakartaDay } from '../i18n/format.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useMay, usePerson } from '../sign-in/use-session.ts'
import { DataTable, type TableColumn } from '../ui/data-table.tsx'
import { Choice, TextInput } from '../ui/fields.tsx'
import { Badge, Figure, Figures, Page, Section } from '../ui/page.tsx'
import { Answered, NotAllowed } from '../ui/state.tsx'
import type { Tone } from '../ui/tones.ts'

type Trace = Schemas['ReadTrace']

const WEEK = 7
const KPJ = /^\d{11}$/
const TONES: Readonly<Record<Trace['shown'], Tone>> = {
  'in-full': 'warn',
  masked: 'plain',
  account: 'plain',
  file: 'wait',
}

export function ReadsPage() {
  const { t } = useLanguage()
  const mayAdminister = useMay('administer')
  const person = usePerson()
  const search = useSearch({ from: '/reads' })
  const to = search.to ?? jakartaDay(Date.now())
  const from = search.from ?? jakartaDay(Date.parse(`${to}T00:00:00Z`), -WEEK)
  const kpj = search.kpj !== undefined && KPJ.test(search.kpj) ? search.kpj : undefined
  const who = kpj === undefined ? { actor: search.actor ?? person?.subject ?? '' } : { kpj }
  const reads = useInfiniteQuery({
    queryKey: ['reads', who, from, to],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) =>
      answerOf(api.GET('/api/read-traces', { params: { query: { ...who, from, to, limit: 500, after } } })),
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: mayAdminister,
  })
  const items = useMemo(() => reads.data?.pages.flatMap((page) => page.items) ?? [], [reads.data])
  if (!mayAdminister) return <NotAllowed />
  return (
    <Page title={t.people.reads.title} lead={t.people.reads.lead}>
      <Question key={`${kpj} ${search.actor} ${from} ${to}`} {...{ kpj, actor: search.actor, from, to }} />
      <Answered query={reads} rows={8}>
        {() => (
          <>
            <Totals items={items} />
            <Section title={kpj === undefined ? t.people.reads.byActor : `${t.people.reads.byAccount} ${kpj}`}>
              <Rows
                items={items}
                file={kpj === undefined ? 'reads-by-person' : `reads-of-${kpj}`}
                more={
                  reads.hasNextPage
                    ? { load: () => void reads.fetchNextPage(), isLoading: reads.isFetchingNextPage }
                    : undefined
                }
              />
            </Section>
          </>
        )}
      </Answered>
    </Page>
  )
}

type Asked = {
  readonly kpj: string | undefined
  readonly actor: string | undefined
  readonly from: string
  readonly to: string
}

function Question(asked: Asked) {
  const { t } = useLanguage()
  const { reads: texts } = t.people
  const navigate = useNavigate()
  const [by, setBy] = useState<'actor' | 'account'>(asked.kpj === undefined ? 'actor' : 'account')
  const [wanted, setWanted] = useState(asked.kpj ?? asked.actor ?? '')
  const [from, setFrom] = useState(asked.from)
  const [to, setTo] = useState(asked.to)
  const ask = () => {
    const text = wanted.trim() || undefined
    void navigate({ to: '/reads', search: { from, to, ...(by === 'actor' ? { actor: text } : { kpj: text }) } })
  }
  return (
    <Section title={texts.by}>
      <Form
        className="form inline from-top"
        onSubmit={(event) => {
          event.preventDefault()
          ask()
        }}
      >
        <Choice
          label={texts.by}
          value={by}
          options={[
            ['actor', texts.byActor],
            ['account', texts.byAccount],
          ]}
          onChange={(value) => {
            setBy(value === 'account' ? 'account' : 'actor')
            setWanted('')
          }}
        />
        {by === 'actor' ? (
          <TextInput
            key="actor"
            label={texts.actor}
            value={wanted}
            onChange={setWanted}
            hint={texts.actorHint}
            maxLength={200}
          />
        ) : (
          <TextInput
            key="account"
            label={texts.account}
            value={wanted}
            onChange={setWanted}
            inputMode="numeric"
            pattern="\d{11}"
            maxLength={11}
            required
          />
        )}
        <TextInput label={t.form.from} type="date" value={from} onChange={setFrom} required />
        <TextInput label={t.form.to} type="date" value={to} onChange={setTo} required />
        <Button type="submit" className="button primary">
          {texts.ask}
        </Button>
      </Form>
    </Section>
  )
}

function Totals({ items }: { readonly items: readonly Trace[] }) {
  const { t, f } = useLanguage()
  const { reads: texts } = t.people
  const inFull = items.filter(({ shown }) => shown === 'in-full')
  const accounts = new Set(items.flatMap(({ kpj }) => kpj ?? []))
  const files = items.filter(({ fileName }) => fileName !== null)
  const rows = files.reduce((sum, each) => sum + (each.rows ?? 0), 0)
  return (
    <Figures>
      <Figure label={texts.accounts} value={f.number(accounts.size)} note={texts.newest} />
      <Figure label={texts.inFull} value={f.number(inFull.length)} tone={inFull.length > 0 ? 'warn' : 'plain'} />
      <Figure
        label={texts.withoutReason}
        value={f.number(inFull.filter(({ reason }) => reason === null).length)}
        tone={inFull.some(({ reason }) => reason === null) ? 'bad' : 'good'}
      />
      <Figure
        label={texts.files}
        value={f.number(files.length)}
        note={`${f.number(rows)} ${texts.rows.toLowerCase()}`}
      />
    </Figures>
  )
}

function Rows({
  items,
  file,
  more,
}: {
  readonly items: readonly Trace[]
  readonly file: string
  readonly more: { readonly load: () => void; readonly isLoading: boolean } | undefined
}) {
  const { t, f } = useLanguage()
  const { reads: texts } = t.people
  const columns = useMemo<readonly TableColumn<Trace>[]>(
    () => [
      { id: 'at', header: texts.when, value: ({ at }) => at, cell: ({ at }) => f.instant(at), width: 15 },
      {
        id: 'who',
        header: texts.who,
        value: ({ actor, actorName }) => `${actorName ?? ''} ${actor}`.trim(),
        cell: ({ actor, actorName }) => (
          <Link to="/reads" search={(before) => ({ ...before, kpj: undefined, actor })} className="two-lines">
            <span>{actorName ?? actor}</span>
            {actorName !== null && <small className="mono">{actor}</small>}
          </Link>
        ),
        width: 12,
      },
      {
        id: 'kpj',
        header: texts.account,
        value: ({ kpj, fileName }) => kpj ?? fileName,
        cell: ({ kpj, fileName, rows }) =>
          kpj === null ? (
            <span className="two-lines">
              <span>{fileName ?? '–'}</span>
              {rows !== null && <small>{`${f.number(rows)} ${texts.rows.toLowerCase()}`}</small>}
            </span>
          ) : (
            <Link to="/reads" search={(before) => ({ ...before, actor: undefined, kpj })}>
              {kpj}
            </Link>
          ),
        width: 12,
      },
      {
        id: 'shown',
        header: texts.shown,
        value: ({ shown }) => worded(texts.shownWords, shown),
        cell: ({ shown }) => <Badge tone={TONES[shown]}>{worded(texts.shownWords, shown)}</Badge>,
        width: 8,
      },
      {
        id: 'reason',
        header: texts.reason,
        value: ({ reason }) => reason,
        cell: ({ reason, shown }) =>
          reason ??
          (shown === 'in-full' ? <Badge tone="bad">{texts.noReason}</Badge> : <span className="muted">–</span>),
        width: 16,
      },
      {
        id: 'call',
        header: texts.call,
        value: ({ call }) => call,
        cell: ({ call }) => <span className="mono">{call}</span>,
        width: 21,
      },
      {
        id: 'from',
        header: texts.from,
        value: ({ sourceIp, forwardedFor }) => (forwardedFor === null ? sourceIp : `${forwardedFor} ${sourceIp}`),
        width: 11,
      },
    ],
    [texts, f],
  )
  return (
    <DataTable
      label={texts.title}
      rows={items}
      columns={columns}
      keyOf={({ at, call, kpj }, index) => `${at} ${call} ${kpj} ${index}`}
      file={file}
      empty={texts.none}
      more={more}
    />
  )
}
