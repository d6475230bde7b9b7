/**
 * Tries mutants one by one and says what caught each: a promise that a simulated history broke, after how many seeds, or the
 * tests that failed with the fault in. A fault that nothing catches means that a check is missing.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SeedReport } from '../run-seed.ts'
import { loadMutated } from './load-mutated.ts'
import type { Mutant } from './mutant.ts'

export type Caught = {
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

/** Runs seeds from 1 until one breaks a promise. */
export async function tryInSimulation(mutant: Mutant, limit: number): Promise<Caught> {
  const { name, fault } = mutant
  const { runSeed } = await loadMutated<{ runSeed: (seed: number) => Promise<SeedReport> }>(
    mutant,
    'test/simulation/run-seed.ts',
  )
  for (let seed = 1; seed <= limit; seed++) {
    const { violation } = await runSeed(seed)
    if (violation) return { name, fault, by: `simulation: ${violation.promise}`, after: seed, unit: 'seeds' }
  }
  return { name, fault, by: null, after: limit, unit: 'seeds' }
}

/** Runs the mutant's own suite with it in. A suite that cannot even start has caught nothing. */
export function tryInSuite(mutant: Mutant): Caught {
  const { name, fault, suite = [] } = mutant
  const folder = mkdtempSync(join(tmpdir(), 'hub-mutant-'))
  const report = join(folder, 'report.json')
  const args = ['run', '--config', CONFIG, '--reporter=json', `--outputFile=${report}`, ...suite]
  spawnSync(join(ROOT, 'node_modules/.bin/vitest'), args, {
    cwd: ROOT,
    env: { ...process.env, HUB_MUTANT: name },
    stdio: 'ignore',
  })
  const { numTotalTests = 0, testResults = [] } = readReport(report)
  rmSync(folder, { recursive: true })
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === 'failed')
  return { name, fault, by: failed ? `tests: ${failed.fullName}` : null, after: numTotalTests, unit: 'tests' }
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
