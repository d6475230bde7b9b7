/**
 * Scores of a page from 0 to 100, of what a browser measured and axe found. Metrics, weights and curves are those that Lighthouse
 * publishes for desktops, without its Speed Index, which needs a film of the page; so this is no Lighthouse score, and is not called one.
 */

/** Milliseconds, but for the shift of layout, which has no unit. */
export type PageMetrics = {
  readonly firstContentfulPaint: number
  readonly largestContentfulPaint: number
  readonly totalBlockingTime: number
  readonly cumulativeLayoutShift: number
}

/** `good`: the value of which nine tenths of a point are given; `middling`: half a point. */
type Curve = { readonly weight: number; readonly good: number; readonly middling: number }

const CURVES: Readonly<Record<keyof PageMetrics, Curve>> = {
  firstContentfulPaint: { weight: 10, good: 934, middling: 1_600 },
  largestContentfulPaint: { weight: 25, good: 1_200, middling: 2_400 },
  totalBlockingTime: { weight: 30, good: 150, middling: 350 },
  cumulativeLayoutShift: { weight: 25, good: 0.1, middling: 0.25 },
}

export function performanceScore(metrics: PageMetrics): number {
  const names = Object.keys(CURVES) as readonly (keyof PageMetrics)[]
  return shareOf(names.map((name) => ({ weight: CURVES[name].weight, points: pointsOf(metrics[name], CURVES[name]) })))
}

export type Impact = 'critical' | 'serious' | 'moderate' | 'minor'
export type AxeRule = { readonly id: string; readonly impact: Impact; readonly isPassed: boolean }

const IMPACTS: Readonly<Record<Impact, number>> = { critical: 10, serious: 7, moderate: 3, minor: 1 }

/** Of the rules that applied to the page, by how much a violation of each keeps somebody out. */
export function accessibilityScore(rules: readonly AxeRule[]): number {
  return shareOf(rules.map(({ impact, isPassed }) => ({ weight: IMPACTS[impact], points: isPassed ? 1 : 0 })))
}

export type Practice = { readonly what: string; readonly isKept: boolean }

export function practiceScore(practices: readonly Practice[]): number {
  return shareOf(practices.map(({ isKept }) => ({ weight: 1, points: isKept ? 1 : 0 })))
}

/** Rounded down, so that 100 is all of it. Nothing to judge is no score: it would be a check that cannot fail. */
function shareOf(parts: readonly { readonly weight: number; readonly points: number }[]): number {
  if (parts.length === 0) throw new RangeError('expected something to judge')
  const all = parts.reduce((sum, { weight }) => sum + weight, 0)
  return Math.floor((parts.reduce((sum, { weight, points }) => sum + weight * points, 0) / all) * 100 + 1e-9)
}

/** The quantile at which a log-normal curve through (good, 0.9) and (middling, 0.5) has one tenth left. */
const TENTH = 0.9061938024368232

function pointsOf(value: number, { good, middling }: Curve): number {
  if (value <= 0) return 1
  const standardised = (Math.log(value / middling) * TENTH) / Math.log(middling / good)
  return (1 - errorFunction(standardised)) / 2
}

/** Abramowitz and Stegun 7.1.26, right to 1.5e-7. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x))
  const series = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t
  const result = 1 - series * Math.exp(-x * x)
  return x < 0 ? -result : result
}
