/** What came in: today's channels against a week ago, and the last 24 hours, hour by hour. */
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useWatchTexts } from '../i18n/use-watch-texts.ts'
import { ExportButtons } from '../ui/export-buttons.tsx'
import { HourChart } from '../ui/hour-chart.tsx'
import { Section } from '../ui/page.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { Empty } from '../ui/state.tsx'

type Overview = Schemas['Overview']

export function IntakeToday({ overview }: { readonly overview: Overview }) {
  const { t, f } = useLanguage()
  const w = useWatchTexts().overview
  const { comparison, paymentsToday } = overview
  const now = new Map(paymentsToday.channels.map((each) => [each.channel, each]))
  return (
    <Section title={t.overview.byChannel} lead={`${f.day(paymentsToday.day)} · ${w.until(f.time(comparison.until))}`}>
      <div className="table-tools">
        <span className="muted" />
        <ExportButtons
          table={`intake-${paymentsToday.day}`}
          header={[t.overview.channel, t.overview.count, t.overview.amount, w.weekBefore, t.overview.reversed]}
          rows={() =>
            comparison.channels.map(({ channel, weekBeforeRupiah }) => {
              const { count = 0, amountRupiah = 0, reversedCount = 0 } = now.get(channel) ?? {}
              return [worded(t.words.channels, channel), count, amountRupiah, weekBeforeRupiah, reversedCount]
            })
          }
        />
      </div>
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
                {w.weekBefore}
              </th>
              <th scope="col" className="end">
                {w.change}
              </th>
              <th scope="col" className="end">
                {t.overview.reversed}
              </th>
            </tr>
          </thead>
          <tbody>
            {comparison.channels.map(({ channel, amountRupiah, weekBeforeRupiah }) => (
              <tr key={channel}>
                <td>
                  <Link to="/partners/$channel" params={{ channel }}>
                    {worded(t.words.channels, channel)}
                  </Link>
                </td>
                <td className="end">{f.number(now.get(channel)?.count ?? 0)}</td>
                <td className="end">{f.money(now.get(channel)?.amountRupiah ?? 0)}</td>
                <td className="end">
                  <Link to="/settlement/$channel/$date" params={{ channel, date: comparison.weekBefore }}>
                    {f.money(weekBeforeRupiah)}
                  </Link>
                </td>
                <td className="end">
                  <Change now={amountRupiah} before={weekBeforeRupiah} />
                </td>
                <td className="end">{f.number(now.get(channel)?.reversedCount ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Section>
  )
}

/** From here on a percentage says nothing any more: ×12. */
const TIMES_FROM = 10

/** With a sign, so that no colour is needed; a dash where there is nothing to compare with. */
export function Change({ now, before }: { readonly now: number; readonly before: number }) {
  const { f } = useLanguage()
  if (before === 0) return <span className="muted">–</span>
  if (now >= before * TIMES_FROM) return <span className="number">×{f.number(Math.round(now / before))}</span>
  const basisPoints = Math.round(((now - before) / before) * 10_000)
  const sign = basisPoints > 0 ? '+' : basisPoints < 0 ? '−' : ''
  return <span className="number">{`${sign}${f.percent(Math.abs(basisPoints))}`}</span>
}

export function LastDay({ hours }: { readonly hours: Overview['lastDay'] }) {
  const { t, f } = useLanguage()
  const w = useWatchTexts().overview
  const labels = useMemo(() => hours.map(({ from }) => hourOf(f.time(from))), [hours, f])
  const series = useMemo(() => {
    const channels = hours[0]?.channels.map(({ channel }) => channel) ?? []
    return channels.map((channel, i) => ({
      label: worded(t.words.channels, channel),
      amounts: hours.map((hour) => hour.channels[i]?.amountRupiah ?? 0),
    }))
  }, [hours, t])
  const total = series.reduce((sum, { amounts }) => sum + amounts.reduce((all, amount) => all + amount, 0), 0)
  return (
    <Section title={w.lastDay} lead={w.lastDayLead}>
      {total === 0 ? (
        <Empty>{t.overview.none}</Empty>
      ) : (
        <>
          <HourChart hours={labels} series={series} label={w.lastDay} />
          <HoursTable labels={labels} series={series} />
        </>
      )}
    </Section>
  )
}

function HoursTable({
  labels,
  series,
}: {
  readonly labels: readonly string[]
  readonly series: readonly { readonly label: string; readonly amounts: readonly number[] }[]
}) {
  const { f } = useLanguage()
  const w = useWatchTexts().overview
  return (
    <details className="as-table">
      <summary>{w.asTable}</summary>
      <div className="table-tools">
        <span className="muted" />
        <ExportButtons
          table="last-24-hours"
          header={[w.hour, ...series.map(({ label }) => label)]}
          rows={() => labels.map((label, hour) => [label, ...series.map(({ amounts }) => amounts[hour] ?? 0)])}
        />
      </div>
      <ScrollRegion className="plain-table" label={w.lastDay}>
        <table>
          <thead>
            <tr>
              <th scope="col">{w.hour}</th>
              {series.map(({ label }) => (
                <th key={label} scope="col" className="end">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((label, hour) => (
              // The first and the last hour of a day have the same name.
              // biome-ignore lint/suspicious/noArrayIndexKey: an hour is its place in the day
              <tr key={hour}>
                <th scope="row">{label}</th>
                {series.map(({ label: channel, amounts }) => (
                  <td key={channel} className="end">
                    {f.money(amounts[hour] ?? 0)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  )
}

/** `14:00:00 WIB` as `14:00`; a language may write a point. */
function hourOf(time: string): string {
  return time.slice(0, 5)
}
