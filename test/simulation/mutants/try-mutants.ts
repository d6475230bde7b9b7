/**
 * Tries mutants one by one and says what caught each: a promise that a simulated history broke, after how many seeds, or the
 * tests that failed with the fault in. A fault that nothing catches means that a check is missing.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LISTING_EVERY, SETTLING_EVERY } from '../plan.ts'
import type { SeedReport } from '../run-seed.ts'
import { loadMutated } from './load-mutated.ts'
import type { Mutant } from './mutant.ts'

export type CaughtMutant = {
  readonly name: string
  readonly fault: string
  /** What caught it; null: nothing did. */
  readonly by: string | null
  /** Seeds, or tests run. */
  readonly after: number
  readonly unit: 'seeds' | 'tests'
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const CONFIG = 'test/simulation/mutants/vitest.config.ts'

/** Runs at most `limit` seeds, one after the other, until one breaks a promise. `after` is the last of them, wherever it began. */
export async function tryInSimulation(mutant: Mutant, limit: number): Promise<CaughtMutant> {
  const { name, fault } = mutant
  const { runSeed } = await loadMutated<{ runSeed: (seed: number) => Promise<SeedReport> }>(
    mutant,
    'test/simulation/run-seed.ts',
  )
  const step = mutant.isOfSettlement ? SETTLING_EVERY : mutant.isOfLists ? LISTING_EVERY : 1
  const from = mutant.from ?? step
  const last = from + (limit - 1) * step
  for (let seed = from; seed <= last; seed += step) {
    const { violation } = await runSeed(seed)
    if (violation) return { name, fault, by: `simulation: ${violation.promise}`, after: seed, unit: 'seeds' }
  }
  return { name, fault, by: null, after: last, unit: 'seeds' }
}

/** Runs the mutant's own suite with it in. A suite that cannot even start has caught nothing. */
export function tryInSuite(mutant: Mutant): CaughtMutant {
  const { name, fault, suite = [] } = mutant
  const { total, failed } = runSuite(name, suite)
  return { name, fault, by: failed === undefined ? null : `tests: ${failed}`, after: total, unit: 'tests' }
}

/** Whether the suites pass as things are: else a failure with a mutant in says nothing. */
export function controlPasses(mutants: readonly Mutant[]): boolean {
  const suites = [...new Set(mutants.flatMap(({ suite = [] }) => suite))]
  const { total, failed } = runSuite('none', suites)
  return total > 0 && failed === undefined
}

function runSuite(mutant: string, suite: readonly string[]): { readonly total: number; readonly failed?: string } {
  const folder = mkdtempSync(join(tmpdir(), 'hub-mutant-'))
  const report = join(folder, 'report.json')
  const args = ['run', '--config', CONFIG, '--reporter=json', `--outputFile=${report}`, ...suite]
  const env = { ...process.env, HUB_MUTANT: mutant }
  spawnSync(join(ROOT, 'node_modules/.bin/vitest'), args, { cwd: ROOT, env, stdio: 'ignore' })
  const { numTotalTests = 0, testResults = [] } = readReport(report)
  rmSync(folder, { recursive: true })
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === 'failed')
  return failed ? { total: numTotalTests, failed: failed.fullName } : { total: numTotalTests }
}

type Report = {
  readonly numTotalTests?: number
  readonly testResults?: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

function readReport(path: string): Report {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report
  } catch {
    return {}
  }
}
