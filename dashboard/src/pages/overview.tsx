/** The first page: what came in today, what is not settled, who is about to lapse, and whether the hub keeps up. */
import { useQuery } from '@tanstack/react-query'
import { Link, type LinkOptions } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CALM, LIVE } from '../api/answers.ts'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { type Format, jakartaDay } from '../i18n/format.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useWatchTexts } from '../i18n/use-watch-texts.ts'
import type { WatchTexts } from '../i18n/watch-en.ts'
import { Badge, Figures, figureClass, Page, Section } from '../ui/page.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { Answered } from '../ui/state.tsx'
import { type Tone, toneOf } from '../ui/tones.ts'
import { Matrix } from './matrix.tsx'
import { Change, IntakeToday, LastDay } from './overview-intake.tsx'

type Overview = Schemas['Overview']

/** What loads takes a screen, so that nothing below it jumps when it is there. */
const ROWS_OF_A_SCREEN = 30

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
      <Answered query={overview} rows={ROWS_OF_A_SCREEN}>
        {(answer) => (
          <>
            <Headline overview={answer} />
            <LastDay hours={answer.lastDay} />
            <IntakeToday overview={answer} />
            <div className="columns">
              <Statuses overview={answer} />
              <Owed unreconciled={answer.unreconciled} />
            </div>
            <Queues queues={answer.queues} />
          </>
        )}
      </Answered>
      <Week />
      {overview.data && <Checks checks={overview.data.checks} />}
    </Page>
  )
}

function Headline({ overview }: { readonly overview: Overview }) {
  const { t, f } = useLanguage()
  const w = useWatchTexts().overview
  const { memberships, comparison, openDifferences, unreconciled, timeToActive, target } = overview
  const today = overview.paymentsToday.channels
  const reversed = sumOf(today, ({ reversedCount }) => reversedCount)
  const [week, month] = overview.lapsing
  const [now, before] = [
    sumOf(comparison.channels, ({ amountRupiah }) => amountRupiah),
    sumOf(comparison.channels, ({ weekBeforeRupiah }) => weekBeforeRupiah),
  ]
  const oldest = (days: number) => t.overview.oldest(f.counted(days, t.overview.days))
  const took = (millis: number) => durationText(millis, w, f)
  return (
    <>
      {!memberships.complete && <p className="notice">{t.overview.incomplete}</p>}
      <Figures>
        <FigureLink
          to="/partners/$channel"
          params={{ channel: busiest(today) }}
          label={t.overview.takenToday}
          value={f.money(sumOf(today, ({ amountRupiah }) => amountRupiah))}
          note={
            <>
              {f.counted(
                sumOf(today, ({ count }) => count),
                t.overview.payments,
              )}
              {reversed > 0 && ` · ${t.overview.reversedToday(f.number(reversed))}`}
              {before > 0 && (
                <>
                  {' · '}
                  <Change now={now} before={before} /> {w.againstBefore}
                </>
              )}
            </>
          }
        />
        <FigureLink
          to="/coverage"
          label={t.overview.active}
          value={f.number(memberships.byStatus.active)}
          note={t.overview.ofTotal(f.number(memberships.total))}
        />
        <FigureLink
          to="/lapses"
          search={{ days: '7' }}
          label={t.overview.lapsing}
          value={f.number(week?.count ?? 0)}
          note={w.lapsingMonth(f.number(month?.count ?? 0))}
        />
        <FigureLink
          to="/differences"
          label={t.overview.openDifferences}
          value={openDifferences.complete ? f.number(openDifferences.count) : w.more(f.number(openDifferences.count))}
          tone={openDifferences.count > 0 ? 'warn' : 'plain'}
        />
        <FigureLink
          to="/settlement"
          label={w.unreconciled}
          value={f.money(unreconciled.amountRupiah)}
          note={unreconciled.oldestDays > 0 ? oldest(unreconciled.oldestDays) : w.unreconciledNone}
        />
        <FigureLink
          to="/operations"
          label={w.toActive}
          value={timeToActive.p50Millis === null ? '–' : took(timeToActive.p50Millis)}
          note={timeToActive.p99Millis === null ? w.toActiveNone : w.toActiveNote(took(timeToActive.p99Millis))}
        />
        <FigureLink
          to="/coverage"
          label={w.target}
          value={target?.target ? f.percent((target.covered / target.target) * 10_000) : '–'}
          note={target ? w.targetNote(f.number(target.covered), f.number(target.target)) : w.targetNone}
        />
        <WaitingFigure />
      </Figures>
    </>
  )
}

function FigureLink({
  label,
  value,
  note,
  tone = 'plain',
  ...link
}: LinkOptions & {
  readonly label: string
  readonly value: ReactNode
  readonly note?: ReactNode
  readonly tone?: Tone
}) {
  return (
    <Link {...link} className={figureClass(value, tone)}>
      <span className="figure-label">{label}</span>
      <span className="figure-value">{value}</span>
      {note !== undefined && <span className="figure-note">{note}</span>}
    </Link>
  )
}

const SECONDS_SHOWN = 120
const MINUTES_SHOWN = 120

/** In the unit that one would say it in: 0.4 s, 7 min, 31 h. */
function durationText(millis: number, { seconds, minutes, hours }: WatchTexts['overview'], f: Format): string {
  const tookSeconds = millis / 1_000
  if (tookSeconds < SECONDS_SHOWN) return seconds(f.number(Math.round(tookSeconds * 10) / 10))
  if (tookSeconds < MINUTES_SHOWN * 60) return minutes(f.number(Math.round(tookSeconds / 60)))
  return hours(f.number(Math.round(tookSeconds / 3_600)))
}

/** Where most came from: its page lists what stands behind the sum. */
function busiest(channels: Overview['paymentsToday']['channels']): string {
  return channels.reduce((most, each) => (each.count > most.count ? each : most), channels[0] ?? NOBODY).channel
}

const NOBODY = { channel: 'pos', count: 0, amountRupiah: 0, adminFeeRupiah: 0, reversedCount: 0, reversedRupiah: 0 }

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
    <FigureLink
      to="/suspense"
      label={t.overview.waiting}
      value={both ? f.money(sumOf(both, ({ totalRupiah }) => totalRupiah)) : '–'}
      note={
        both && both.length > 0
          ? t.overview.oldest(f.counted(Math.max(...both.map(({ oldestDays }) => oldestDays)), t.overview.days))
          : ' '
      }
    />
  )
}

function Owed({ unreconciled }: { readonly unreconciled: Overview['unreconciled'] }) {
  const { t, f } = useLanguage()
  const w = useWatchTexts().overview
  return (
    <Section title={w.byAge} actions={<Link to="/settlement">{t.nav.settlement}</Link>}>
      <ScrollRegion className="plain-table" label={w.byAge}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.age}</th>
              <th scope="col" className="end">
                {t.overview.amount}
              </th>
              <th scope="col" className="end">
                {w.items}
              </th>
            </tr>
          </thead>
          <tbody>
            {unreconciled.ages.map(({ label, amountRupiah, count }) => (
              <tr key={label}>
                <th scope="row">
                  <Link to="/owed" search={{ what: 'receivables', age: label }}>
                    {worded(t.suspense.age, label)}
                  </Link>
                </th>
                <td className="end">{f.money(amountRupiah)}</td>
                <td className="end">{f.number(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Section>
  )
}

function Queues({ queues }: { readonly queues: Overview['queues'] }) {
  const { t, f } = useLanguage()
  const w = useWatchTexts().overview
  return (
    <Section title={t.overview.queues} actions={<Link to="/operations">{t.nav.operations}</Link>}>
      <p className="muted">{f.counted(queues.waiting, w.queuesWaiting)}</p>
      {queues.deadLetters === 0 ? (
        <Badge tone="good">{t.overview.queuesCalm}</Badge>
      ) : (
        <div className="legend">
          <Badge tone="bad">{f.counted(queues.deadLetters, t.overview.deadLetters)}</Badge>
          {queues.affected.map((name) => (
            <span key={name} className="muted">
              {name}
            </span>
          ))}
        </div>
      )}
    </Section>
  )
}

/** How far the figures above can be trusted. */
function Checks({ checks }: { readonly checks: Overview['checks'] }) {
  const { f } = useLanguage()
  const w = useWatchTexts().overview
  const { memberships, intake } = checks
  const latest = memberships ?? intake
  if (latest === null) return <p className="muted">{w.unchecked}</p>
  const difference = (memberships?.difference ?? 0) + (intake?.difference ?? 0)
  return (
    <p className="muted">
      {w.checked(f.instant(latest.checkedAt))} {difference === 0 ? w.agreed : w.corrected(f.number(difference))}
    </p>
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

function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0)
}
