/**
 * Bars, floating ones too (a waterfall is nothing else). The library is loaded with the first chart; what a chart shows stands
 * in a table beside it, so it is a picture for the eye only and named as such.
 */
import { useEffect, useRef, useState } from 'react'
import { useLanguage } from '../i18n/language.tsx'
import type { Tone } from './tones.ts'

export type Bar = { readonly label: string; readonly from: number; readonly to: number; readonly tone: Tone | 'accent' }

const COLOURS: Readonly<Record<Bar['tone'], string>> = {
  accent: '--accent',
  plain: '--plain',
  good: '--good',
  wait: '--wait',
  warn: '--warn',
  bad: '--bad',
}

export function BarChart({
  bars,
  label,
  low = false,
}: {
  readonly bars: readonly Bar[]
  readonly label: string
  readonly low?: boolean
}) {
  const { f } = useLanguage()
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useTheme()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    let chart: { destroy: () => void } | undefined
    let gone = false
    void import('./bar-chart.ts').then(({ drawBars }) => {
      if (gone || canvas.current === null) return
      const style = getComputedStyle(document.documentElement)
      const { of: colour, end } = colourReader()
      chart = drawBars(canvas.current, {
        bars: bars.map((bar) => ({ ...bar, colour: colour(COLOURS[bar.tone]) })),
        ink: colour('--ink-soft'),
        line: colour('--line'),
        font: style.getPropertyValue('--font'),
        money: f.money,
        short: f.shortMoney,
      })
      end()
    })
    return () => {
      gone = true
      chart?.destroy()
    }
  }, [bars, f, theme])
  return (
    <div className={low ? 'chart low' : 'chart'}>
      <canvas ref={canvas} role="img" aria-label={label} data-theme={theme} />
    </div>
  )
}

/** What a colour of the theme is right now, as a canvas needs it. */
export function colourReader(): { readonly of: (name: string) => string; readonly end: () => void } {
  const probe = document.createElement('span')
  document.body.append(probe)
  return {
    of: (name) => {
      probe.style.color = `var(${name})`
      return getComputedStyle(probe).color
    },
    end: () => probe.remove(),
  }
}

/** Colours are drawn, not styled: a chart is drawn again when the theme changes. */
export function useTheme(): string {
  const [theme, setTheme] = useState(themeNow)
  useEffect(() => {
    const look = () => setTheme(themeNow())
    const watcher = new MutationObserver(look)
    watcher.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const system = matchMedia('(prefers-color-scheme: dark)')
    system.addEventListener('change', look)
    return () => {
      watcher.disconnect()
      system.removeEventListener('change', look)
    }
  }, [])
  return theme
}

function themeNow(): string {
  const chosen = document.documentElement.dataset.theme
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}
