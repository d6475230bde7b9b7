/** One difference: its evidence and history, a proposal by one person, and the decision of another. */
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { LIVE } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { Badge, Facts, Figure, Figures, Page, Section } from '../ui/page.tsx'
import { Answered } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'
import { Resolution } from './resolution.tsx'

type Difference = Schemas['Difference']

export function DifferencePage() {
  const { t, f } = useLanguage()
  const { id } = useParams({ from: '/differences/$id' })
  const difference = useQuery({
    queryKey: ['difference', id],
    queryFn: () => answerOf(api.GET('/api/differences/{id}', { params: { path: { id } } })),
    refetchInterval: LIVE,
  })
  const { data } = difference
  return (
    <Page
      title={data ? worded(t.words.bridge, data.class) : t.nav.differences}
      lead={
        data && (
          <Link to="/settlement/$channel/$date" params={{ channel: data.channel, date: data.date }}>
            {worded(t.words.channels, data.channel)}, {f.day(data.date)}
          </Link>
        )
      }
      actions={data && <Badge tone={toneOf(data.state)}>{worded(t.words.states, data.state)}</Badge>}
    >
      <Answered query={difference} rows={8}>
        {(answer) => <DifferenceView difference={answer} />}
      </Answered>
    </Page>
  )
}

function DifferenceView({ difference }: { readonly difference: Difference }) {
  const { t, f } = useLanguage()
  const money = (rupiah: number | null) => (rupiah === null ? '–' : f.money(rupiah))
  return (
    <>
      <Figures>
        <Figure label={t.difference.stake} value={f.money(difference.stakeRupiah)} />
        <Figure label={t.difference.weHave} value={money(difference.hubAmountRupiah)} />
        <Figure label={t.difference.fileHas} value={money(difference.fileAmountRupiah)} />
        <Figure
          label={t.difference.daysOpen}
          value={f.number(difference.daysOpen)}
          note={f.instant(difference.firstSeenAt)}
        />
      </Figures>
      <div className="columns wide-first">
        <Section title={t.difference.evidence}>
          <Facts items={evidenceOf(difference, t.words.evidence, f.instant, f.money)} />
        </Section>
        <Resolution difference={difference} />
      </div>
      <Section title={t.difference.history}>
        <ul className="history">
          {difference.history.map(({ at, what, by, note }) => (
            <li key={`${at} ${what}`}>
              <span>
                <b>{worded(t.words.happenings, what)}</b> · {by ?? t.difference.hub}
              </span>
              {note !== '' && <span>{note}</span>}
              <span className="muted">{f.instant(at)}</span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

function evidenceOf(
  { evidence, paymentId, lines, id }: Difference,
  names: Readonly<Record<string, string>>,
  instant: (at: string) => string,
  money: (rupiah: number) => string,
): readonly (readonly [string, ReactNode])[] {
  const shown = Object.entries(evidence).flatMap(([name, value]): (readonly [string, ReactNode])[] => {
    if (value === null || value === undefined) return []
    return [[names[name] ?? name, shownValue(name, value, instant, money)]]
  })
  return [
    [
      'Id',
      <span key="id" className="mono">
        {id}
      </span>,
    ],
    ...(paymentId === ''
      ? []
      : [
          [
            'Payment',
            <span key="payment" className="mono">
              {paymentId}
            </span>,
          ] as const,
        ]),
    ...(lines.length === 0 ? [] : [[names.candidateLines === undefined ? 'Lines' : '#', lines.join(', ')] as const]),
    ...shown,
  ]
}

function shownValue(
  name: string,
  value: unknown,
  instant: (at: string) => string,
  money: (rupiah: number) => string,
): ReactNode {
  if (name === 'account' && /^\d{11}$/.test(String(value)))
    return (
      <Link to="/participants/$kpj" params={{ kpj: String(value) }}>
        {String(value)}
      </Link>
    )
  if (name.endsWith('At')) return instant(String(value))
  if (name.endsWith('Rupiah')) return money(Number(value))
  if (name === 'linked' && Array.isArray(value))
    return value.map((id) => (
      <Link key={String(id)} to="/differences/$id" params={{ id: String(id) }} className="mono">
        {String(id)}
      </Link>
    ))
  if (name === 'otherLines' && Array.isArray(value))
    return value.map(({ file, line, amount }) => `${file} #${line}: ${money(amount)}`).join('; ')
  if (Array.isArray(value)) return <span className="mono">{value.join(', ')}</span>
  return <span className={/Sha256|Identity|code|reason/i.test(name) ? 'mono' : undefined}>{String(value)}</span>
}
