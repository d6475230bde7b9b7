/**
 * `npm test`: types, style, dead code, then every test; closes with one line that counts them.
 *
 * Arguments go to vitest, so `npm test -- test/journeys` runs a part; the checks before it run only for the whole.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CHECKS = [
  ['types', 'tsc', ['-p', '.']],
  ['style', 'biome', ['ci', '.']],
  ['dead code', 'knip', []],
] as const

const selection = process.argv.slice(2)
let broken = false
if (selection.length === 0) {
  for (const [what, command, args] of CHECKS) {
    console.log(`Checking ${what} …`)
    if (run(command, args) !== 0) broken = true
  }
}
const folder = mkdtempSync(join(tmpdir(), 'hub-test-'))
const report = join(folder, 'report.json')
const status = run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile=${report}`, ...selection])
const { numPassedTests, numFailedTests, numFailedTestSuites } = readReport(report)
rmSync(folder, { recursive: true })
if (broken) console.log('A check before the tests failed; see above.')
console.log(`${numPassedTests} passed, ${numFailedTests} failed`)
process.exitCode =
  broken || status !== 0 || numFailedTests > 0 || numFailedTestSuites > 0 || numPassedTests === 0 ? 1 : 0

type Report = { readonly numPassedTests: number; readonly numFailedTests: number; readonly numFailedTestSuites: number }

function run(command: string, args: readonly string[]): number {
  return spawnSync(join('node_modules', '.bin', command), [...args], { stdio: 'inherit' }).status ?? 1
}

/** A run that died before its report counts as one failure, never as none. */
function readReport(path: string): Report {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numFailedTestSuites: 1 }
  }
}
