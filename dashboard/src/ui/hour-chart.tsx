/**
 * Amounts hour by hour, stacked by channel. The library is loaded with the first chart; what it draws stands in a table beside it.
 * New figures move the columns that are there instead of drawing everything anew.
 */
import { useEffect, useRef } from 'react'
import { useLanguage } from '../i18n/language.tsx'
import { colourReader, useTheme } from './chart.tsx'
import type { DrawnHours } from './hour-columns.ts'

export type HourSeries = { readonly label: string; readonly amounts: readonly number[] }

/** Told apart by order and legend, not by colour alone. */
const COLOURS = ['--series-1', '--series-2', '--series-3', '--series-4', '--series-5'] as const

export function HourChart({
  hours,
  series,
  label,
}: {
  readonly hours: readonly string[]
  readonly series: readonly HourSeries[]
  readonly label: string
}) {
  const { f } = useLanguage()
  const canvas = useRef<HTMLCanvasElement>(null)
  const drawn = useRef<{ readonly show: (hours: DrawnHours) => void; readonly destroy: () => void }>(undefined)
  const theme = useTheme()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    let gone = false
    void import('./hour-columns.ts').then(({ drawHours }) => {
      if (gone || canvas.current === null) return
      const colour = colourReader()
      const picture: DrawnHours = {
        hours,
        series: series.map((each, i) => ({ ...each, colour: colour.of(COLOURS[i % COLOURS.length] ?? '--plain') })),
        ink: colour.of('--ink-soft'),
        line: colour.of('--line'),
        font: getComputedStyle(document.documentElement).getPropertyValue('--font'),
        money: f.money,
        short: f.shortMoney,
      }
      colour.end()
      if (drawn.current === undefined) drawn.current = drawHours(canvas.current, picture)
      else drawn.current.show(picture)
    })
    return () => {
      gone = true
    }
  }, [hours, series, f, theme])
  useEffect(
    () => () => {
      drawn.current?.destroy()
      drawn.current = undefined
    },
    [],
  )
  return (
    <div className="chart">
      <canvas ref={canvas} role="img" aria-label={label} data-theme={theme} />
    </div>
  )
}
