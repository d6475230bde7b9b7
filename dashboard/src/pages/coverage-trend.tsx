/** Who was covered at the end of each of the last twelve months: a line, and the same figures as a table. */
import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Schemas } from '../api/client.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Section } from '../ui/page.tsx'
import { Answered, Empty } from '../ui/state.tsx'
import { PlainTable } from './books/plain-table.tsx'

export type CoverageTrend = Schemas['CoverageTrend']

const WIDTH = 600
const HEIGHT = 150
const MARGIN = 12
/** Less is no line. */
const LEAST_POINTS = 2

export function useCoverageTrend(by: CoverageTrend['by']) {
  return useQuery({
    queryKey: ['coverage-trend', by],
    queryFn: () => answerOf(api.GET('/api/coverage/trend', { params: { query: { by } } })),
  })
}

export function TrendSection({ trend }: { readonly trend: ReturnType<typeof useCoverageTrend> }) {
  const { t } = useLanguage()
  const texts = t.people.trend
  return (
    <Section title={texts.title} lead={texts.lead}>
      <Answered query={trend}>
        {({ days, covered }) =>
          days.length < LEAST_POINTS ? <Empty>{texts.tooFew}</Empty> : <Line days={days} covered={covered} />
        }
      </Answered>
    </Section>
  )
}

function Line({ days, covered }: { readonly days: readonly string[]; readonly covered: readonly number[] }) {
  const { t, f } = useLanguage()
  const texts = t.people.trend
  const points = pointsOf(days, covered)
  const [first, last] = [points[0], points.at(-1)]
  return (
    <>
      <svg
        className="trend-line"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${texts.title}: ${texts.fromTo(f.number(covered[0] ?? 0), f.number(covered.at(-1) ?? 0))}`}
      >
        <polygon points={[`${first?.x},${HEIGHT}`, ...points.map(textOf), `${last?.x},${HEIGHT}`].join(' ')} />
        <polyline points={points.map(textOf).join(' ')} />
        {points.map((point) => (
          <circle key={point.day} cx={point.x} cy={point.y} r="3.5">
            <title>{`${f.day(point.day)}: ${f.number(point.covered)}`}</title>
          </circle>
        ))}
      </svg>
      <div className="row spread muted" aria-hidden="true">
        <span>{f.day(days[0] ?? '')}</span>
        <span>{f.day(days.at(-1) ?? '')}</span>
      </div>
      <details className="as-table">
        <summary>{texts.asTable}</summary>
        <PlainTable
          label={texts.title}
          rows={points.toReversed()}
          keyOf={({ day }) => day}
          file="coverage-by-month"
          columns={[
            { header: t.coverage.day, value: ({ day }) => day, cell: ({ day }) => f.day(day), isName: true },
            {
              header: t.coverage.covered,
              value: ({ covered: count }) => count,
              cell: ({ covered: count }) => f.number(count),
              align: 'end',
            },
          ]}
        />
      </details>
    </>
  )
}

type Point = { readonly day: string; readonly covered: number; readonly x: number; readonly y: number }

/** By time across and by count from nothing up: a small change looks small. */
function pointsOf(days: readonly string[], covered: readonly number[]): readonly Point[] {
  const times = days.map((day) => Date.parse(day))
  const [from = 0, until = 1] = [times[0], times.at(-1)]
  const most = Math.max(1, ...covered)
  return days.map((day, i) => {
    const count = covered[i] ?? 0
    const across = ((times[i] ?? from) - from) / Math.max(1, until - from)
    return {
      day,
      covered: count,
      x: Math.round(MARGIN + across * (WIDTH - 2 * MARGIN)),
      y: Math.round(HEIGHT - MARGIN - (count / most) * (HEIGHT - 2 * MARGIN)),
    }
  })
}

function textOf({ x, y }: Point): string {
  return `${x},${y}`
}

/** In a row of a table: only the line, scaled to itself. */
export function Sparkline({ values }: { readonly values: readonly number[] }) {
  if (values.length < LEAST_POINTS) return null
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const heightOf = (value: number) => (high === low ? 6 : 11 - ((value - low) / (high - low)) * 10)
  const step = 30 / (values.length - 1)
  return (
    <svg viewBox="0 0 30 12" aria-hidden="true">
      <polyline points={values.map((value, i) => `${Math.round(i * step)},${heightOf(value)}`).join(' ')} />
    </svg>
  )
}
