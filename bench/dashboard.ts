/**
 * `npm run bench:dashboard`: how soon the first page can be used on the local hub (median of 5), and whether a table of 100,000
 * differences scrolls without blank frames. In a real Chromium; `HUB=http://127.0.0.1:8787` measures a hub that runs already.
 */
import type { Browser } from 'playwright-core'
import { launchBrowser, signIn, untilLoaded, visit } from '../test/support/browser.ts'
import { hubOnTrial } from '../test/support/hub.ts'
import { judge, round } from './report.ts'

const RUNS = 5
const ROWS = 100_000
const FRAMES = 240
/** Pixels a frame: the whole table in four seconds would be more than an eye reads. */
const STEP = 900

type Scrolled = { readonly frames: number; readonly blank: number; readonly slow: number; readonly millis: number }

const own = process.env.HUB === undefined ? await hubOnTrial({ clock: '2026-11-20T11:59:00+07:00' }) : undefined
const url = process.env.HUB ?? own?.url ?? ''
const browser = await launchBrowser()
try {
  const millis = (await firstPages(browser)).sort((a, b) => a - b)
  console.log(
    `first page, from the address to figures that can be read, ms: ${millis.map((each) => round(each, 0)).join(' ')}`,
  )
  const scrolled = await scrollThrough(browser)
  console.log(
    `${ROWS} rows: ${scrolled.frames} frames in ${round(scrolled.millis, 0)} ms, ${scrolled.blank} blank, ${scrolled.slow} longer than 50 ms`,
  )
  judge([
    { what: 'first page, median of 5 (ms)', value: round(millis[2] ?? 0, 0), limit: 1_500 },
    { what: 'blank frames while 100,000 rows scroll', value: scrolled.blank, limit: 0 },
  ])
} finally {
  await browser.close()
  await own?.stop()
}

/** A person whose session lives opens the dashboard anew: the way over the sign-in is in it, the browser's cache is empty. */
async function firstPages(chromium: Browser): Promise<number[]> {
  const measured: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const visitor = await visit(chromium)
    await signIn(visitor, url, 'viewer')
    await untilLoaded(visitor)
    const { page, context } = visitor
    const devtools = await context.newCDPSession(page)
    await devtools.send('Network.clearBrowserCache')
    const began = performance.now()
    await page.goto(`${url}/`)
    await page.locator('.figure-value').first().waitFor()
    await untilLoaded(visitor)
    measured.push(performance.now() - began)
    await context.close()
  }
  return measured
}

async function scrollThrough(chromium: Browser): Promise<Scrolled> {
  const visitor = await visit(chromium)
  await visitor.page.route('**/api/differences?*', (route) =>
    route.fulfill({ contentType: 'application/json', body: JSON.stringify({ items: manyDifferences(), next: null }) }),
  )
  await signIn(visitor, url, 'viewer', '/differences')
  await visitor.page.locator('.table-scroll tbody tr').nth(5).waitFor({ timeout: 60_000 })
  // A frame is blank when the middle of the table's window shows no cell of a row.
  return visitor.page.evaluate(`new Promise((resolve) => {
    const scroller = document.querySelector('.table-scroll')
    scroller.scrollIntoView({ block: 'center' })
    const box = scroller.getBoundingClientRect()
    const [x, y] = [box.left + 40, box.top + box.height / 2]
    let frames = 0, blank = 0, slow = 0, before = performance.now()
    const began = before
    const frame = (now) => {
      const cell = document.elementFromPoint(x, y)?.closest('td')
      if (!cell || cell.classList.contains('spacer')) blank++
      if (now - before > 50) slow++
      before = now
      if (++frames >= ${FRAMES}) return resolve({ frames, blank, slow, millis: performance.now() - began })
      scroller.scrollTop += ${STEP}
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })`) as Promise<Scrolled>
}

function manyDifferences() {
  return Array.from({ length: ROWS }, (_, n) => ({
    id: `pos-20261120-${n.toString(16).padStart(12, '0')}`,
    channel: 'pos',
    date: '2026-11-20',
    class: n % 2 === 0 ? 'missing-in-file' : 'amount-difference',
    state: n % 3 === 0 ? 'new' : 'persisting',
    reason: 'not-in-any-file',
    paymentId: `TRX-${n}`,
    account: null,
    hubAmountRupiah: 8_400 + n,
    fileAmountRupiah: null,
    stakeRupiah: 8_400 + n,
    lines: [],
    breakDate: null,
    firstSeenAt: '2026-11-21T00:00:00Z',
    daysOpen: n % 90,
    version: 1,
  }))
}
