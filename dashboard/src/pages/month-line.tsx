/** The months of a membership, year by year: which are paid, by which channel, and where a reversal took one back. */
import type { Schemas } from '../api/client.ts'
import { jakartaDay } from '../i18n/format.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { Empty } from '../ui/state.tsx'

type Payment = Schemas['PaymentItem']
type Month = { readonly month: string; readonly state: 'paid' | 'reversed' | 'open'; readonly channel: string | null }

export function MonthLine({ payments }: { readonly payments: readonly Payment[] }) {
  const { t, f } = useLanguage()
  const years = yearsOf(payments, jakartaDay(Date.now()).slice(0, 7))
  const current = jakartaDay(Date.now()).slice(0, 7)
  const names = { paid: t.membership.monthPaid, reversed: t.membership.monthReversed, open: t.membership.monthOpen }
  if (payments.length === 0) return <Empty>{t.membership.noPayments}</Empty>
  return (
    <div className="months">
      {years.map(([year, months]) => (
        <div key={year} className="year">
          <span>{year}</span>
          {months.map(({ month, state, channel }) => (
            <div key={month} className={`month ${state} ${month === current ? 'current' : ''}`}>
              {f.shortMonth(month)}
              <span className="only-read">
                {' '}
                {year}: {names[state]}
                {month === current ? `, ${t.membership.monthCurrent}` : ''}
              </span>
              {channel !== null && <small>{worded(t.words.channels, channel)}</small>}
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}

function yearsOf(payments: readonly Payment[], current: string): readonly (readonly [string, readonly Month[]])[] {
  const paid = new Map<string, string>()
  const reversed = new Set<string>()
  for (const { kind, channel, allocatedMonths, months, reversed: isReversed } of payments) {
    if (kind === 'payment') for (const month of allocatedMonths) paid.set(month, channel)
    if (kind === 'reversal' || isReversed) for (const month of months) reversed.add(month)
  }
  const known = [...paid.keys(), ...reversed, current].sort()
  const first = Number(known[0]?.slice(0, 4))
  const last = Number(known.at(-1)?.slice(0, 4))
  return Array.from({ length: last - first + 1 }, (_, back) => {
    const year = String(last - back)
    const months = Array.from({ length: 12 }, (_month, index): Month => {
      const month = `${year}-${String(index + 1).padStart(2, '0')}`
      const channel = paid.get(month) ?? null
      return { month, channel, state: channel !== null ? 'paid' : reversed.has(month) ? 'reversed' : 'open' }
    })
    return [year, months] as const
  })
}
