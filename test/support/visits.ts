/** Visits to the dashboard as test files make them: one person's acts from the sign-in on, and pages gone through in every look. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { expect } from 'vitest'
import { type Look, signIn, untilLoaded, type Visitor, violationsOf, visit } from './browser.ts'
import type { Role } from './hub.ts'

const SCREENSHOTS = path.join(import.meta.dirname, '..', 'browser', 'screenshots')

/** Each theme with each width, and the languages shared out among them: for pages whose words another test has seen. */
export const SIX_LOOKS = [
  ['light', 'id', 360],
  ['light', 'en', 768],
  ['light', 'id', 1280],
  ['dark', 'en', 360],
  ['dark', 'id', 768],
  ['dark', 'en', 1280],
] as const

/** What one person does, from the sign-in on; whatever the pages complained of fails the test. */
export type ActAs = (
  role: Role,
  address: string,
  work: (visitor: Visitor) => Promise<void>,
  look?: Look,
) => Promise<void>

/** `met`: asked for at each act, because a test file has its hub and browser only when it has begun. */
export function actAs(met: () => { readonly browser: Browser; readonly url: string }): ActAs {
  return async (role, address, work, look) => {
    const { browser, url } = met()
    const visitor = await visit(browser, look)
    try {
      await signIn(visitor, url, role, address)
      await untilLoaded(visitor)
      await work(visitor)
      expect(visitor.complaints()).toEqual([])
    } finally {
      await visitor.context.close()
    }
  }
}

export function sectionOf({ page }: Pick<Visitor, 'page'>, title: string) {
  return page.getByRole('region', { name: title, exact: true }).first()
}

/** Goes through pages, each of which must fit the window and be without violation; their pictures lie in test/browser/screenshots. */
export async function lookThrough(
  visitor: Visitor,
  pages: readonly (readonly [name: string, address: string])[],
  pictureOf: (name: string) => string,
): Promise<void> {
  const { page, follow } = visitor
  mkdirSync(SCREENSHOTS, { recursive: true })
  for (const [name, address] of pages) {
    await follow(address)
    await page.waitForURL((url) => url.pathname + url.search === address)
    await untilLoaded(visitor)
    const tooWide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    expect([name, tooWide]).toEqual([name, 0])
    expect([name, await violationsOf(visitor)]).toEqual([name, []])
    await page.screenshot({ path: path.join(SCREENSHOTS, `${pictureOf(name)}.png`), fullPage: true })
  }
}
