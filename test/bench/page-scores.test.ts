/** The scores of a page: the curves meet their published points, and a violation costs by whom it keeps out. */
import { expect, test } from 'vitest'
import { accessibilityScore, type PageMetrics, performanceScore, practiceScore } from '../../bench/page-scores.ts'

const GOOD: PageMetrics = {
  firstContentfulPaint: 934,
  largestContentfulPaint: 1_200,
  totalBlockingTime: 150,
  cumulativeLayoutShift: 0.1,
}
const MIDDLING: PageMetrics = {
  firstContentfulPaint: 1_600,
  largestContentfulPaint: 2_400,
  totalBlockingTime: 350,
  cumulativeLayoutShift: 0.25,
}

test.each([
  [
    'at once',
    { firstContentfulPaint: 1, largestContentfulPaint: 1, totalBlockingTime: 0, cumulativeLayoutShift: 0 },
    100,
  ],
  ['at the good points', GOOD, 90],
  ['at the middling points', MIDDLING, 50],
  ['blocked for seconds', { ...GOOD, totalBlockingTime: 5_000 }, 60],
  ['jumping about', { ...GOOD, cumulativeLayoutShift: 2 }, 65],
])('performance of a page that is there %s', (_, metrics, score) => {
  expect(performanceScore(metrics)).toBeGreaterThanOrEqual(score - 1)
  expect(performanceScore(metrics)).toBeLessThanOrEqual(score)
})

test('slower is never better', () => {
  const scores = [0, 150, 350, 1_000].map((totalBlockingTime) => performanceScore({ ...GOOD, totalBlockingTime }))
  expect(scores).toEqual(scores.toSorted((a, b) => b - a))
  expect(new Set(scores).size).toBe(scores.length)
})

test('one violation costs as much as it keeps people out', () => {
  const passed = Array.from({ length: 9 }, (_, i) => ({ id: `rule-${i}`, impact: 'serious', isPassed: true }) as const)
  const broken = (impact: 'critical' | 'minor') => accessibilityScore([...passed, { id: 'x', impact, isPassed: false }])
  expect(accessibilityScore(passed)).toBe(100)
  expect([broken('critical'), broken('minor')]).toEqual([86, 98])
})

test('a practice that is not kept lowers the score, and nothing to judge has none', () => {
  const practices = ['a', 'b', 'c', 'd'].map((what) => ({ what, isKept: what !== 'd' }))
  expect(practiceScore(practices)).toBe(75)
  expect(() => accessibilityScore([])).toThrow(RangeError)
})
