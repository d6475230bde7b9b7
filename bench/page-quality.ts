/**
 * `npm run bench:page-quality`: performance, accessibility and best practices of the dashboard's first pages, each from 0 to 100 and
 * 95 at least. Metrics come from the browser's own observers, accessibility from axe-core, practices from the list below; the scores
 * are page-scores.ts's. Like Lighthouse and not Lighthouse: that brings some two hundred packages for one command.
 * Measures a fresh hub; `HUB=http://127.0.0.1:8787` one that runs already.
 */
import axe from 'axe-core'
import type { Browser, Page, Response } from 'playwright-core'
import { launchBrowser, signIn, untilLoaded, type Visitor, visit } from '../test/support/browser.ts'
import { hubOnTrial } from '../test/support/hub.ts'
import { type AxeRule, accessibilityScore, type PageMetrics, performanceScore, practiceScore } from './page-scores.ts'
import { judge, round } from './report.ts'

const PAGES = ['/', '/settlement', '/differences', '/participants', '/sponsors', '/operations'] as const
const RUNS = 3
const LEAST = 95
/** After the last change of a page, before its metrics are taken. */
const SETTLE_MILLIS = 1_500

/** Runs before any script of the page: what the browser saw, kept for later. */
const OBSERVERS = `
  globalThis.seen = { lcp: 0, cls: 0, fcp: 0, tasks: [], deprecated: 0 }
  const watch = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true })
  watch('paint', ({ name, startTime }) => { if (name === 'first-contentful-paint') seen.fcp = startTime })
  watch('largest-contentful-paint', ({ startTime }) => { seen.lcp = startTime })
  watch('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) seen.cls += value })
  watch('longtask', ({ startTime, duration }) => seen.tasks.push([startTime, duration]))
  new ReportingObserver((reports) => { seen.deprecated += reports.length }, { types: ['deprecation', 'intervention'], buffered: true }).observe()
`

const own = process.env.HUB === undefined ? await hubOnTrial({ clock: '2026-11-20T11:59:00+07:00' }) : undefined
const url = process.env.HUB ?? own?.url ?? ''
const browser = await launchBrowser()
try {
  const found = []
  for (const address of PAGES) found.push(...(await judged(browser, address)))
  judge(
    found.map(({ what, score }) => ({ what: `points lost of 100, ${what}`, value: 100 - score, limit: 100 - LEAST })),
  )
} finally {
  await browser.close()
  await own?.stop()
}

async function judged(chromium: Browser, address: string) {
  const runs: PageMetrics[] = []
  let last:
    | { readonly rules: readonly AxeRule[]; readonly practices: Awaited<ReturnType<typeof practicesOf>> }
    | undefined
  for (let run = 0; run < RUNS; run++) {
    const visitor = await visit(chromium)
    await visitor.page.addInitScript(OBSERVERS)
    await signIn(visitor, url, 'operator', address)
    await untilLoaded(visitor)
    // Once more by its address, as from a bookmark: the way over the sign-in is not part of the page.
    const response = await visitor.page.goto(url + address)
    await visitor.page.locator('.shell').waitFor()
    await untilLoaded(visitor)
    await visitor.page.waitForTimeout(SETTLE_MILLIS)
    runs.push(await metricsOf(visitor.page))
    last = { rules: await rulesOf(visitor.page), practices: await practicesOf(visitor, response) }
    await visitor.context.close()
  }
  if (last === undefined) throw new Error('expected a run')
  const metrics = medianOf(runs)
  const broken = [
    ...last.rules.flatMap(({ id, isPassed }) => (isPassed ? [] : [id])),
    ...last.practices.flatMap(({ what, isKept }) => (isKept ? [] : [what])),
  ]
  const shown = `FCP ${round(metrics.firstContentfulPaint, 0)} ms, LCP ${round(metrics.largestContentfulPaint, 0)} ms, TBT ${round(metrics.totalBlockingTime, 0)} ms, CLS ${round(metrics.cumulativeLayoutShift, 3)}`
  console.log(`${address}: ${shown}${broken.length === 0 ? '' : `; broken: ${broken.join(', ')}`}`)
  return [
    { what: `performance of ${address}`, score: performanceScore(metrics) },
    { what: `accessibility of ${address}`, score: accessibilityScore(last.rules) },
    { what: `best practices of ${address}`, score: practiceScore(last.practices) },
  ]
}

type Seen = {
  readonly fcp: number
  readonly lcp: number
  readonly cls: number
  readonly tasks: readonly (readonly [number, number])[]
  readonly deprecated: number
}

async function metricsOf(page: Page): Promise<PageMetrics> {
  const { fcp, lcp, cls, tasks } = (await page.evaluate('seen')) as Seen
  return {
    firstContentfulPaint: fcp,
    largestContentfulPaint: lcp,
    cumulativeLayoutShift: cls,
    // Of each task after the first paint, what is over 50 ms.
    totalBlockingTime: tasks.reduce((sum, [at, millis]) => sum + (at < fcp ? 0 : Math.max(0, millis - 50)), 0),
  }
}

async function rulesOf(page: Page): Promise<readonly AxeRule[]> {
  await page.evaluate(`if (!globalThis.axe) { ${axe.source} }`)
  return page.evaluate(`axe.run().then(({ violations, passes }) => [
    ...violations.map(({ id, impact }) => ({ id, impact: impact ?? 'moderate', isPassed: false })),
    ...passes.map(({ id, nodes }) => ({ id, impact: nodes[0]?.any[0]?.impact ?? nodes[0]?.all[0]?.impact ?? 'moderate', isPassed: true })),
  ])`)
}

async function practicesOf({ page, complaints }: Visitor, response: Response | null) {
  const policy = response?.headers()['content-security-policy'] ?? ''
  const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? /default-src ([^;]*)/.exec(policy)?.[1] ?? "'unsafe-inline'"
  const has = (test: string) => page.evaluate(test) as Promise<boolean>
  return [
    { what: 'the connection is secure, or the machine itself', isKept: await has('isSecureContext') },
    { what: 'nothing is an error in the console', isKept: complaints().length === 0 },
    { what: 'scripts are held by a content policy', isKept: !/unsafe-inline|unsafe-eval|\*/.test(scripts) },
    { what: 'nobody may frame the page', isKept: /frame-ancestors 'none'/.test(policy) },
    { what: 'types of files are not guessed', isKept: response?.headers()['x-content-type-options'] === 'nosniff' },
    { what: 'the document has a type', isKept: await has("document.compatMode === 'CSS1Compat'") },
    { what: 'the document says its letters', isKept: await has("document.characterSet === 'UTF-8'") },
    { what: 'the viewport follows the device', isKept: await has("!!document.querySelector('meta[name=viewport]')") },
    { what: 'the page has a title', isKept: await has("document.title !== ''") },
    { what: 'nothing deprecated is used', isKept: await has('seen.deprecated === 0') },
    {
      what: 'everything comes from one origin',
      isKept: await has(
        "performance.getEntriesByType('resource').every(({ name }) => new URL(name).origin === location.origin)",
      ),
    },
    { what: 'no cookie is kept for the page', isKept: await has("document.cookie === ''") },
  ]
}

function medianOf(runs: readonly PageMetrics[]): PageMetrics {
  const of = (name: keyof PageMetrics) =>
    runs.map((run) => run[name]).sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0
  return {
    firstContentfulPaint: of('firstContentfulPaint'),
    largestContentfulPaint: of('largestContentfulPaint'),
    totalBlockingTime: of('totalBlockingTime'),
    cumulativeLayoutShift: of('cumulativeLayoutShift'),
  }
}
