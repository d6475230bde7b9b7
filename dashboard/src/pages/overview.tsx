/** The first page: what came in today, what is not settled, who is about to lapse, and whether the hub keeps up. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { CALM, LIVE } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { jakartaDay } from '../i18n/format.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { type Bar, BarChart } from '../ui/chart.tsx'
import { Badge, Figure, Figures, Page, Section } from '../ui/page.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { Answered, Empty } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'
import { Matrix } from './matrix.tsx'

type Overview = Schemas['Overview']

export function OverviewPage() {
  const { t, f } = useLanguage()
  const overview = useQuery({
    queryKey: ['overview'],
    queryFn: () => answerOf(api.GET('/api/overview')),
    refetchInterval: LIVE,
  })
  return (
    <Page
      title={t.overview.title}
      lead={t.overview.lead}
      actions={
        overview.data && (
          <span className="muted">
            {t.state.updated} {f.time(overview.data.asOf)}
          </span>
        )
      }
    >
      <Answered query={overview}>
        {(answer) => (
          <>
            <Headline overview={answer} />
            <div className="columns wide-first">
              <Intake overview={answer} />
              <Statuses overview={answer} />
            </div>
          </>
        )}
      </Answered>
      <Week />
      <Queues />
    </Page>
  )
}

function Headline({ overview }: { readonly overview: Overview }) {
  const { t, f } = useLanguage()
  const { channels } = overview.paymentsToday
  const amount = sumOf(channels, ({ amountRupiah }) => amountRupiah)
  const count = sumOf(channels, (channel) => channel.count)
  const reversed = sumOf(channels, ({ reversedCount }) => reversedCount)
  const { memberships } = overview
  return (
    <>
      {!memberships.complete && <p className="notice">{t.overview.incomplete}</p>}
      <Figures>
        <Figure
          label={t.overview.takenToday}
          value={f.money(amount)}
          note={`${t.overview.payments(f.number(count))}${reversed > 0 ? ` · ${t.overview.reversedToday(f.number(reversed))}` : ''}`}
        />
        <Link to="/coverage" className="figure">
          <span className="figure-label">{t.overview.active}</span>
          <span className="figure-value">{f.number(memberships.byStatus.active)}</span>
          <span className="figure-note">{t.overview.ofTotal(f.number(memberships.total))}</span>
        </Link>
        <LapsingFigure />
        <DifferencesFigure />
        <WaitingFigure />
      </Figures>
    </>
  )
}

function LapsingFigure() {
  const { t, f } = useLanguage()
  const lapses = useQuery({
    queryKey: ['lapses', 7, 'totals'],
    queryFn: () =>
      answerOf(api.GET('/api/lapses', { params: { query: { days: 7, limit: 1 } } })) as Promise<Schemas['Lapses']>,
    staleTime: 300_000,
  })
  const totals = lapses.data?.totals
  return (
    <Link to="/lapses" search={{ days: '7' }} className="figure">
      <span className="figure-label">{t.overview.lapsing}</span>
      <span className="figure-value">{totals ? f.number(totals.count) : '–'}</span>
      <span className="figure-note">{totals ? t.overview.lapsingKeep(f.shortMoney(totals.keepRupiah)) : ' '}</span>
    </Link>
  )
}

function DifferencesFigure() {
  const { t, f } = useLanguage()
  const week = useWeek()
  const open = week.data ? sumOf(week.data.items, ({ openDifferences }) => openDifferences) : undefined
  return (
    <Link to="/differences" className={`figure ${open !== undefined && open > 0 ? 'tone-warn' : ''}`}>
      <span className="figure-label">{t.overview.openDifferences}</span>
      <span className="figure-value">{open === undefined ? '–' : f.number(open)}</span>
      <span className="figure-note">{t.overview.lastWeek}</span>
    </Link>
  )
}

function WaitingFigure() {
  const { t, f } = useLanguage()
  const suspense = useQuery({
    queryKey: ['ageing', 'suspense'],
    queryFn: () => answerOf(api.GET('/api/ageing/suspense')),
    refetchInterval: CALM,
  })
  const unidentified = useQuery({
    queryKey: ['ageing', 'unidentified'],
    queryFn: () => answerOf(api.GET('/api/ageing/unidentified')),
    refetchInterval: CALM,
  })
  const both =
    suspense.data && unidentified.data ? [...suspense.data.channels, ...unidentified.data.channels] : undefined
  return (
    <Link to="/suspense" className="figure">
      <span className="figure-label">{t.overview.waiting}</span>
      <span className="figure-value">{both ? f.money(sumOf(both, ({ totalRupiah }) => totalRupiah)) : '–'}</span>
      <span className="figure-note">
        {both && both.length > 0
          ? t.overview.oldest(f.number(Math.max(...both.map(({ oldestDays }) => oldestDays))))
          : ' '}
      </span>
    </Link>
  )
}

function Intake({ overview }: { readonly overview: Overview }) {
  const { t, f } = useLanguage()
  const { channels, day } = overview.paymentsToday
  const bars = useMemo<readonly Bar[]>(
    () =>
      channels.map(({ channel, amountRupiah }) => ({
        label: worded(t.words.channels, channel),
        from: 0,
        to: amountRupiah,
        tone: 'accent' as const,
      })),
    [channels, t],
  )
  return (
    <Section title={t.overview.byChannel} lead={f.day(day)}>
      {channels.length === 0 || channels.every(({ count }) => count === 0) ? (
        <Empty>{t.overview.none}</Empty>
      ) : (
        <>
          <BarChart bars={bars} label={t.overview.byChannel} low />
          <ScrollRegion className="plain-table" label={t.overview.byChannel}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t.overview.channel}</th>
                  <th scope="col" className="end">
                    {t.overview.count}
                  </th>
                  <th scope="col" className="end">
                    {t.overview.amount}
                  </th>
                  <th scope="col" className="end">
                    {t.overview.reversed}
                  </th>
                </tr>
              </thead>
              <tbody>
                {channels.map(({ channel, count, amountRupiah, reversedCount }) => (
                  <tr key={channel}>
                    <td>
                      <Link to="/settlement/$channel/$date" params={{ channel, date: day }}>
                        {worded(t.words.channels, channel)}
                      </Link>
                    </td>
                    <td className="end">{f.number(count)}</td>
                    <td className="end">{f.money(amountRupiah)}</td>
                    <td className="end">{f.number(reversedCount)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </>
      )}
    </Section>
  )
}

function Statuses({ overview }: { readonly overview: Overview }) {
  const { t, f } = useLanguage()
  const { byStatus, total, countedAt } = overview.memberships
  return (
    <Section title={t.overview.byStatus} lead={`${t.state.updated} ${f.instant(countedAt)}`}>
      <ul className="shares">
        {Object.entries(byStatus).map(([status, count]) => (
          <li key={status}>
            <span className="share-head">
              <Badge tone={toneOf(status)}>{worded(t.words.membership, status)}</Badge>
              <span className="number">
                <b>{f.number(count)}</b>{' '}
                <span className="muted">{f.percent(total === 0 ? 0 : (count / total) * 10_000)}</span>
              </span>
            </span>
            <span className={`share-line tone-${toneOf(status)}`} aria-hidden="true">
              <span style={{ width: `${total === 0 ? 0 : (count / total) * 100}%` }} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Week() {
  const { t } = useLanguage()
  const week = useWeek()
  return (
    <Section title={t.overview.week} actions={<Link to="/settlement">{t.nav.settlement}</Link>}>
      <Answered query={week}>{({ items }) => <Matrix items={items} label={t.overview.week} />}</Answered>
    </Section>
  )
}

function useWeek() {
  const to = jakartaDay(Date.now())
  return useQuery({
    queryKey: ['settlements', to],
    queryFn: () => answerOf(api.GET('/api/settlements')),
    refetchInterval: CALM,
  })
}

function Queues() {
  const { t, f } = useLanguage()
  const queues = useQuery({
    queryKey: ['queues'],
    queryFn: () => answerOf(api.GET('/api/queues')),
    refetchInterval: LIVE,
  })
  return (
    <Section title={t.overview.queues} actions={<Link to="/operations">{t.nav.operations}</Link>}>
      <Answered query={queues} rows={1}>
        {(answer) => {
          const dead = answer.filter(({ deadLetters }) => deadLetters > 0)
          if (dead.length === 0) return <Badge tone="good">{t.overview.queuesCalm}</Badge>
          return (
            <div className="legend">
              {dead.map(({ name, deadLetters }) => (
                <Badge key={name} tone="bad">
                  {name}: {t.overview.deadLetters(f.number(deadLetters))}
                </Badge>
              ))}
            </div>
          )
        }}
      </Answered>
    </Section>
  )
}

function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0)
}
