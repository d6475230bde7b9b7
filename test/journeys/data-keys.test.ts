/**
 * A day's keys over the years. Payments are sealed under the key of their day, also when the clock jumps by months; ten years later
 * the first day is forgotten, and nobody with the tool, the archive and the line can bring it back. Every other day opens.
 */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { person, register } from '../support/people.ts'
import { terminalOf } from '../support/terminals.ts'

let hub: HubOnTrial

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-11-20T10:00:00+07:00' })
}, 180_000)
afterAll(() => hub?.stop())

function linesKept(): readonly string[] {
  const folder = path.join(hub.dataDir, 'evidence')
  return readdirSync(folder)
    .sort()
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').trimEnd().split('\n'))
}

/** What an auditor sees of these lines; with a digest, of the one whose decision holds it. */
function opened(lines: readonly string[], digest?: string) {
  const file = path.join(hub.dataDir, 'lines.jsonl')
  writeFileSync(file, `${lines.join('\n')}\n`)
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['tools/open-evidence.ts', ...(digest ? [`--digest=${digest}`] : []), file],
    {
      env: { ...process.env, HUB_DATA_DIR: hub.dataDir },
      encoding: 'utf8',
    },
  )
  return { status, requests: stdout.trim() === '' ? [] : stdout.trim().split('\n'), said: stderr }
}

async function payAs(id: string, amount: number): Promise<string> {
  const payer = person()
  await register(hub, payer)
  await hub.untilQuiet()
  const terminal = terminalOf(hub, 'pos')
  const asked = await terminal.pay({ id, customer: payer.nik, amount })
  expect(asked.code).toBe(terminal.codes.ok)
  return payer.nik
}

const daysOf = (lines: readonly string[]) => lines.map((line) => JSON.parse(line).k)

test('a day is sealed under its own key from the first payment on, and forgotten ten years later', async () => {
  const first = await payAs('first', 8_400)
  const [line = ''] = linesKept()
  expect(daysOf([line])).toEqual(['2026-11-20'])
  expect(line).not.toContain(first)
  expect(opened([line])).toMatchObject({ status: 0, requests: [expect.stringContaining(first)] })

  expect((await hub.moveTo('2027-01-20T10:00:00+07:00')).status).toBe(200)
  const second = await payAs('second', 16_800)
  const later = linesKept().at(-1) ?? ''
  expect(daysOf([later])).toEqual(['2027-01-20'])
  expect(opened([line, later]).requests).toEqual([expect.stringContaining(first), expect.stringContaining(second)])
  const { digest } = JSON.parse(opened([later]).requests[0] ?? '')
  expect(opened([line, later], digest).requests).toEqual([expect.stringContaining(second)])

  // The last day on which it opens, and the first on which it does not.
  expect((await hub.moveTo('2036-11-20T10:00:00+07:00')).status).toBe(200)
  expect(opened([line, later]).status).toBe(0)
  expect((await hub.moveTo('2036-11-21T10:00:00+07:00')).status).toBe(200)
  const after = opened([line, later])
  expect(after.status).toBe(1)
  expect(after.said).toMatch(/lines\.jsonl:1: DATA_KEY_DESTROYED/)
  expect(after.requests).toEqual([expect.stringContaining(second)])
  const { stdout } = spawnSync(process.execPath, ['tools/verify-audit.ts'], {
    env: { ...process.env, HUB_DATA_DIR: hub.dataDir },
    encoding: 'utf8',
  })
  expect(stdout).toContain('audit chain whole')
}, 240_000)
