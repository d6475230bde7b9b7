/**
 * A real browser for the dashboard: Debian's Chromium, driven as a person would. Installed by npm test's set-up where it is missing
 * (test/ensure-chromium.ts). Whatever a page writes to its console as an error, the content policy's refusals among it, is kept.
 */
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { CHROMIUM } from '../ensure-chromium.ts'
import type { Role } from './hub.ts'

export type Look = {
  readonly language?: 'id' | 'en'
  readonly theme?: 'light' | 'dark'
  readonly width?: number
  readonly height?: number
}

export type Visitor = {
  readonly page: Page
  readonly context: BrowserContext
  /** What the pages complained of so far. */
  readonly complaints: () => readonly string[]
  /** Opens an address of the dashboard as if one had followed a link: the session stays. */
  readonly follow: (path: string) => Promise<void>
}

export function launchBrowser(): Promise<Browser> {
  // The tests run as root in a container, where Chromium has no sandbox of its own; it opens the hub's pages only.
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

/** Not signed in yet. */
export async function visit(browser: Browser, look: Look = {}): Promise<Visitor> {
  const { language = 'en', theme = 'light', width = 1280, height = 900 } = look
  const context = await browser.newContext({
    viewport: { width, height },
    timezoneId: 'UTC',
    acceptDownloads: true,
    reducedMotion: 'reduce',
  })
  await context.addInitScript(
    `if (localStorage.getItem('language') === null) { localStorage.setItem('language', '${language}'); localStorage.setItem('theme', '${theme}') }`,
  )
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // That an answer was a refusal is the API's business and shown by the page; Chromium notes it all the same.
    const isRefusal = message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !isRefusal) complaints.push(message.text())
  })
  const follow = async (path: string) => {
    await page.evaluate(
      `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
    )
  }
  return { page, context, complaints: () => complaints, follow }
}

export async function signIn(visitor: Visitor, url: string, role: Role, path = '/'): Promise<void> {
  const { page } = visitor
  await page.goto(url + path)
  await page.locator('.welcome .button.primary').click()
  await page.locator(`button[value="${role}"]`).click()
  await page.locator('h1').first().waitFor()
  await page.locator('.shell').waitFor()
}

/** Resolves in the page when the page of its address stands; an address may lead on to another one meanwhile. */
const SHOWN = `new Promise((resolve) => {
  const look = () => {
    const main = document.querySelector('main')
    const isShown = main?.dataset.address === location.pathname + location.search && main.ariaBusy !== 'true'
    if (isShown) resolve()
    else setTimeout(look, 20)
  }
  look()
})`

/** Until the page of the address stands, and not the one before it, and no part of it is still being loaded. */
export async function untilLoaded({ page }: Pick<Visitor, 'page'>): Promise<void> {
  await page.evaluate(SHOWN)
  await page.locator('.shell h1, .shell .problem').first().waitFor()
  const loading = page.locator('.skeleton')
  while ((await loading.count()) > 0) await loading.first().waitFor({ state: 'detached' })
}

/** Both themes, both languages, a telephone, a tablet and a desk. */
export const LOOKS = (['light', 'dark'] as const).flatMap((theme) =>
  (['id', 'en'] as const).flatMap((language) =>
    ([360, 768, 1280] as const).map((width) => [theme, language, width] as const),
  ),
)

/** What axe-core finds, as rule and element. */
export async function violationsOf({ page }: Visitor, within = 'html'): Promise<readonly string[]> {
  await page.evaluate(`if (!globalThis.axe) { ${axe.source} }`)
  return page.evaluate(
    `axe.run(${JSON.stringify(within)}, { resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160))))`,
  )
}
