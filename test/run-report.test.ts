/** The closing line of `npm test` counts everything that makes the run fail. */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closingOf, type RunReport } from './run-report.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const PASSED = { status: 'passed' }
const FAILED = { status: 'failed' }
const OK = { status: 0, failedChecks: [] }

const reportOf = (...suites: readonly RunReport['testResults'][number][]): RunReport => ({
  numPassedTests: suites.flatMap((suite) => suite.assertionResults).filter(({ status }) => status === 'passed').length,
  testResults: suites,
})

describe('the closing lines', () => {
  test.each([
    {
      name: 'all passed',
      report: reportOf({ ...PASSED, assertionResults: [PASSED, PASSED] }),
      end: OK,
      lines: ['2 passed, 0 failed'],
    },
    {
      name: 'a test failed',
      report: reportOf({ ...FAILED, assertionResults: [PASSED, FAILED] }),
      end: { ...OK, status: 1 },
      lines: ['1 of 1 suites failed', '1 passed, 1 failed'],
    },
    {
      name: 'a suite could not start',
      report: reportOf({ ...PASSED, assertionResults: [PASSED] }, { ...FAILED, assertionResults: [] }),
      end: { ...OK, status: 1 },
      lines: ['1 of 2 suites failed, 1 of them could not start; each counts as one failure', '1 passed, 1 failed'],
    },
    {
      name: 'the set-up of a suite failed and its tests were skipped',
      report: reportOf({ ...FAILED, assertionResults: [{ status: 'skipped' }] }),
      end: { ...OK, status: 1 },
      lines: ['1 of 1 suites failed, 1 of them could not start; each counts as one failure', '0 passed, 1 failed'],
    },
    {
      name: 'a check before the tests failed',
      report: reportOf({ ...PASSED, assertionResults: [PASSED] }),
      end: { status: 0, failedChecks: ['types'] },
      lines: ['The check of types failed; see above.', '1 passed, 1 failed'],
    },
    {
      name: 'an error outside of every test',
      report: reportOf({ ...PASSED, assertionResults: [PASSED] }),
      end: { ...OK, status: 1 },
      lines: ['The run failed outside of every test; see above.', '1 passed, 1 failed'],
    },
    {
      name: 'vitest wrote no report',
      report: undefined,
      end: { ...OK, status: 1 },
      lines: ['The tests ended before they wrote their report; see above.', '0 passed, 1 failed'],
    },
    {
      name: 'no test ran',
      report: reportOf(),
      end: OK,
      lines: ['The run failed outside of every test; see above.', '0 passed, 1 failed'],
    },
  ])('$name', ({ report, end, lines }) => {
    const closing = closingOf(report, end)
    expect(closing.lines).toEqual(lines)
    expect(closing.exitCode).toBe(lines.at(-1)?.endsWith(', 0 failed') ? 0 : 1)
  })
})

describe('the command', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'run-report-'))
    await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
    await writeFile(
      path.join(folder, 'good.test.ts'),
      "import { test } from 'vitest'\ntest('one', () => {})\ntest('two', () => {})\n",
    )
  })
  afterAll(async () => rm(folder, { recursive: true, force: true }))

  const runHere = () => {
    const args = [path.join(ROOT, 'test/run.ts'), '--root', folder]
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })
    return { status, lines: stdout.trimEnd().split('\n') }
  }

  test('ends with 0 and "0 failed" when all is well, and counts a suite that cannot start', async () => {
    const good = runHere()
    expect([good.status, good.lines.at(-1)]).toEqual([0, '2 passed, 0 failed'])

    await writeFile(path.join(folder, 'broken.test.ts'), `import ${JSON.stringify('./not-there.ts')}\n`)
    const broken = runHere()
    expect(broken.status).toBe(1)
    expect(broken.lines.slice(-2)).toEqual([
      '1 of 2 suites failed, 1 of them could not start; each counts as one failure',
      '2 passed, 1 failed',
    ])
  })
})
