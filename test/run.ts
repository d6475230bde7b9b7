/**
 * `npm test`: types, style, dead code, then every test; closes with one line that counts them.
 *
 * Arguments go to vitest, so `npm test -- test/journeys` runs a part; the checks before it run only for the whole.
 * The last line is `N passed, N failed`, and 0 failed exactly when the exit code is 0. How it counts is run-report.ts.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './ensure-chromium.ts'
import { closingOf, type RunReport } from './run-report.ts'

const CHECKS = [
  ['types', 'tsc', ['-p', '.']],
  ['types of the dashboard', 'tsc', ['-p', 'dashboard']],
  ['style', 'biome', ['ci', '.']],
  ['dead code', 'knip', []],
] as const

const selection = process.argv.slice(2)
if (selection.length === 0 || selection.some((part) => part.includes('browser'))) ensureChromium()
const failedChecks: string[] = []
if (selection.length === 0) {
  for (const [name, command, args] of CHECKS) {
    console.log(`Checking ${name} …`)
    if (run(command, args) !== 0) failedChecks.push(name)
  }
}
const folder = mkdtempSync(join(tmpdir(), 'hub-test-'))
const file = join(folder, 'report.json')
const status = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile=${file}`, ...selection])
const { lines, exitCode } = closingOf(readReport(file), { status, failedChecks })
rmSync(folder, { recursive: true })
for (const line of lines) console.log(line)
process.exitCode = exitCode

function run(command: string, args: readonly string[]): number {
  return spawnSync(join('node_modules', '.bin', command), [...args], { stdio: 'inherit' }).status ?? 1
}

function readReport(path: string): RunReport | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as RunReport
  } catch {
    return undefined
  }
}
