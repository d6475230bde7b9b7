/** What the first page costs on the way: everything that the entry loads at once, and the page itself. Charts come when needed. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { buildDashboard, DASHBOARD_FOLDER } from '../../infra/build-dashboard.ts'

const LIMIT_BYTES = 200 * 1024

type Chunk = {
  readonly file: string
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
}

let manifest: Readonly<Record<string, Chunk>>
beforeAll(async () => {
  await buildDashboard(() => {})
  manifest = JSON.parse(readFileSync(path.join(DASHBOARD_FOLDER, '.vite', 'manifest.json'), 'utf8'))
}, 120_000)

function loadedWith(entry: string, seen = new Set<string>()): ReadonlySet<string> {
  const chunk = manifest[entry]
  if (chunk === undefined) throw new Error(`expected ${entry} in the build's manifest`)
  if (seen.has(entry)) return seen
  seen.add(entry)
  for (const name of chunk.imports ?? []) loadedWith(name, seen)
  return seen
}

const zipped = (names: ReadonlySet<string>) =>
  [...names].reduce((sum, name) => {
    const { file } = manifest[name] as Chunk
    return sum + gzipSync(readFileSync(path.join(DASHBOARD_FOLDER, file)), { level: 6 }).length
  }, 0)

test('the first page loads at most 200 KB of JavaScript, gzipped', () => {
  const page = loadedWith('src/show.tsx', new Set(loadedWith('index.html')))
  const first = loadedWith('src/pages/overview.tsx', new Set(page))
  const bytes = zipped(first)
  console.log(`initial JavaScript: ${(bytes / 1024).toFixed(1)} KB gzip in ${first.size} files`)
  expect(bytes).toBeGreaterThan(50 * 1024)
  expect(bytes).toBeLessThanOrEqual(LIMIT_BYTES)
})

test('charts are not among it', () => {
  expect([...loadedWith('src/pages/overview.tsx')].filter((name) => /bar-chart|hour-columns/.test(name))).toEqual([])
  expect(Object.keys(manifest).some((name) => /bar-chart/.test(name))).toBe(true)
})

test('the page itself holds no script and no style of its own', () => {
  const html = readFileSync(path.join(DASHBOARD_FOLDER, 'index.html'), 'utf8')
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/)
  expect([...html.matchAll(/<script[^>]*>([^<]*)<\/script>/g)].map(([, text]) => text)).toEqual([''])
})
