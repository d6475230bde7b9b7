/** A check that cannot fail is no check: with each deliberate fault in, some promise of the simulation must break. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { MUTANTS, mutantNamed } from './all-mutants.ts'
import { mutated } from './mutant.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

function printed(args: readonly string[]): Promise<{ readonly text: string; readonly status: number | null }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`${ROOT}test/simulation/simulate.ts`, ...args], { cwd: ROOT })
    let text = ''
    child.stderr.on('data', (chunk) => {
      text += chunk
    })
    child.stdout.on('data', (chunk) => {
      text += chunk
    })
    child.once('error', reject).once('close', (status) => resolve({ text, status }))
  })
}

test('the simulation catches every fault that lies in what it runs', async () => {
  const { text, status } = await printed(['--mutations', '--simulated'])
  expect(text).not.toContain('NOT CAUGHT')
  expect(text).toMatch(/^(\d+) of \1 faults caught$/m)
  expect(status).toBe(0)
}, 900_000)

describe('a mutant', () => {
  test.each(MUTANTS.map((mutant) => [mutant.fault, mutant] as const))(
    'replaces words that are there: %s',
    (_, mutant) => {
      for (const file of new Set(mutant.replace.map(([where]) => where))) {
        const source = readFileSync(`${ROOT}${file}`, 'utf8')
        expect(mutated(mutant, file, source)).not.toBe(source)
      }
    },
  )
  test('whose words are gone is an error, not a fault that nobody notices', () => {
    const mutant = { name: 'x', fault: 'x', replace: [['a.ts', 'const a = 1', '']] } as const
    expect(() => mutated(mutant, 'a.ts', 'const b = 1')).toThrow('found them 0 times')
    expect(() => mutated(mutant, 'a.ts', 'const a = 1; const a = 1')).toThrow('found them 2 times')
    expect(mutated(mutant, 'b.ts', 'const b = 1')).toBe('const b = 1')
  })
  test('has a name of its own', () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length)
    expect(() => mutantNamed('none')).toThrow(RangeError)
  })
})
