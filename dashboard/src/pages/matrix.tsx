/** Channels by day, a verdict in each cell, each a link to its statement. */
import { Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { Empty } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'

type Day = Schemas['SettlementDay']

export function Matrix({ items, label }: { readonly items: readonly Day[]; readonly label: string }) {
  const { t, f } = useLanguage()
  const dates = [...new Set(items.map(({ date }) => date))].sort()
  const channels = [...new Set(items.map(({ channel }) => channel))].sort()
  const cells = new Map(items.map((item) => [`${item.channel} ${item.date}`, item]))
  if (items.length === 0) return <Empty />
  return (
    <ScrollRegion className="matrix" label={label} begins="end">
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t.overview.channel}</th>
            {dates.map((date) => (
              <th key={date} scope="col">
                {f.shortDay(date)}
                <small>{f.weekday(date)}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {channels.map((channel) => (
            <tr key={channel}>
              <th scope="row">{worded(t.words.channels, channel)}</th>
              {dates.map((date) => (
                <td key={date}>
                  <Cell day={cells.get(`${channel} ${date}`)} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Cell({ day }: { readonly day: Day | undefined }) {
  const { t, f } = useLanguage()
  if (day === undefined) return <span className="muted">–</span>
  const { channel, date, version, verdict, file, openDifferences, hubRupiah } = day
  const note =
    openDifferences > 0
      ? t.settlement.open(f.number(openDifferences))
      : hubRupiah === null
        ? ''
        : f.shortMoney(hubRupiah)
  // A day that nobody has looked at yet is not wrong: what it waits for says more than its verdict.
  const isWaiting = version === 0 && file !== 'missing'
  return (
    <Link
      to="/settlement/$channel/$date"
      params={{ channel, date }}
      className={`cell tone-${isWaiting ? 'plain' : toneOf(verdict)}`}
    >
      {isWaiting ? worded(t.words.files, file) : worded(t.words.verdicts, verdict)}
      {note !== '' && <small>{note}</small>}
    </Link>
  )
}
