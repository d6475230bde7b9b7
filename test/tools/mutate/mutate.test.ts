/** The mutation run itself: which changes it makes, which tests it asks, and that a kill and a survivor are told apart. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Compiler, openCompiler } from '../../../tools/mutate/compiler.ts'
import { EQUIVALENTS, equivalentOf } from '../../../tools/mutate/equivalents.ts'
import { groupOf, mayAsk } from '../../../tools/mutate/groups.ts'
import { importGraph, testsThatReach } from '../../../tools/mutate/import-graph.ts'
import { isLateOnly } from '../../../tools/mutate/late.ts'
import { beforeAndAfter, type Mutant, mutatedText } from '../../../tools/mutate/mutant.ts'
import { killedPercent, readDrawn, rowOf, survivorText, tableOf, writeDrawn } from '../../../tools/mutate/results.ts'
import { shuffled } from '../../../tools/mutate/sample.ts'
import type { ScratchTree } from '../../../tools/mutate/scratch-tree.ts'
import { testsIn, type Verdict } from '../../../tools/mutate/tests.ts'
import { trialIn } from '../../../tools/mutate/try-mutant.ts'

const REPOSITORY = join(import.meta.dirname, '../../..')

/** Imports of files that are planted, not of this repository: test/tidy.test.ts would look for them. */
const FROM = 'from'
const LABEL = '`<$' + '{name.trim()}>`'
/** `isAdult` is tested at its boundary, `label` only for what is not empty: its trim is the planted survivor. */
const PLANTED = {
  'shared/planted.ts': `/** A comment with a < b is no code. */
import { LIMIT } ${FROM} './limit.ts'
export type Age = number
export function isAdult(age: Age): boolean {
  return age >= LIMIT && age < 200
}
export function label(name: string): string {
  return ${LABEL}
}
`,
  'shared/limit.ts': `export const LIMIT = 18\n`,
  'test/planted.test.ts': `import { expect, test } from 'vitest'
import { isAdult, label } ${FROM} '../shared/planted.ts'
test('adult', () => {
  expect([17, 18, 199, 200].map(isAdult)).toEqual([false, true, true, false])
  expect(label('a')).toBe('<a>')
})
test.each([18, 19, 20, 21, 22, 23])('adult at %i', (age) => expect(isAdult(age)).toBe(true))
`,
  'test/other.test.ts': `import { expect, test } from 'vitest'\ntest('other', () => expect(1).toBe(1))\n`,
  'package.json': '{ "type": "module" }',
  'vitest.config.ts': `export default { test: { include: ['test/**/*.test.ts'], pool: 'threads' } }\n`,
  'tsconfig.json': readFileSync(join(REPOSITORY, 'tsconfig.json'), 'utf8').replace(
    /"include": \[.*\]/,
    '"include": ["shared", "test"]',
  ),
}

let tree: ScratchTree
let compiler: Compiler

beforeAll(() => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'hub-planted-')))
  const write = (file: string, text: string) => {
    mkdirSync(join(root, dirname(file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  for (const [file, text] of Object.entries(PLANTED)) write(file, text)
  symlinkSync(realpathSync(join(REPOSITORY, 'node_modules')), join(root, 'node_modules'))
  const files = Object.keys(PLANTED).filter((file) => file.endsWith('.ts'))
  const read = (file: string) => readFileSync(join(root, file), 'utf8')
  tree = { root, files, read, write, remove: () => rmSync(root, { recursive: true, force: true }) }
  compiler = openCompiler(root)
})

afterAll(() => {
  compiler.close()
  tree.remove()
})

const planted = 'shared/planted.ts'
const changesOf = (mutants: readonly Mutant[]) =>
  mutants.map((mutant) => {
    const { before, after } = beforeAndAfter(tree.read(mutant.file), mutant)
    return `${before} -> ${after}`
  })

describe('the changes', () => {
  test('are of what runs: boundaries, operands, numbers, strings, calls; never of types, imports or comments', () => {
    expect(changesOf(compiler.mutantsOf(planted)).sort()).toEqual(
      [
        'return age >= LIMIT && age < 200 -> return undefined',
        'return age >= LIMIT && age < 200 -> return age >= LIMIT || age < 200',
        'return age >= LIMIT && age < 200 -> return age >= LIMIT',
        'return age >= LIMIT && age < 200 -> return age < 200',
        'return age >= LIMIT && age < 200 -> return age > LIMIT && age < 200',
        'return age >= LIMIT && age < 200 -> return age < LIMIT && age < 200',
        'return age >= LIMIT && age < 200 -> return age >= LIMIT && age <= 200',
        'return age >= LIMIT && age < 200 -> return age >= LIMIT && age >= 200',
        'return age >= LIMIT && age < 200 -> return age >= LIMIT && age < 400',
        `return ${LABEL} -> return undefined`,
        `return ${LABEL} -> return \`\``,
        `return ${LABEL} -> return ${LABEL.replace('.trim()', '')}`,
      ].sort(),
    )
  })

  test('that do not compile are refused, what is merely unused is not', () => {
    const original = tree.read(planted)
    const refused = (from: string, to: string) => {
      tree.write(planted, original.replace(from, to))
      const answer = compiler.refuses(planted)
      tree.write(planted, original)
      return answer
    }
    expect(refused('return age >= LIMIT && age < 200', 'return undefined')).toBe(true)
    expect(refused('LIMIT && age < 200', 'LIMIT || age < 200')).toBe(false)
    expect(refused('age >= LIMIT', 'age > LIMIT')).toBe(false)
    const limit = tree.read('shared/limit.ts')
    tree.write('shared/limit.ts', `export const LIMIT = 'none'\n`)
    expect([compiler.refuses('shared/limit.ts'), compiler.refusesElsewhere('shared/limit.ts')]).toEqual([false, true])
    tree.write('shared/limit.ts', limit)
    expect(compiler.refusesElsewhere(planted)).toBe(false)
  })
})

describe('a trial', () => {
  test('tells a kill from a survivor, in any order, and leaves the file as it was', async () => {
    const tests = testsIn(tree.root)
    try {
      const trial = trialIn(tree, tests)
      const mutants = compiler.mutantsOf(planted)
      const mutantTo = (after: string) =>
        mutants.find((mutant) => mutatedText(tree.read(planted), mutant).includes(after)) as Mutant
      const order = ['test/planted.test.ts', 'test/other.test.ts']
      const killed = { kind: 'killed', by: 'test/planted.test.ts' }
      expect(await trial(mutantTo('age > LIMIT &&'), order)).toEqual(killed)
      // Survivor after kill, on the same warm process: a failure of before is not a failure of now.
      expect(await trial(mutantTo('{name}>'), order)).toEqual({ kind: 'survived', tests: 2 })
      expect(await trial(mutantTo('age <= 200'), order)).toEqual(killed)
      // Many failures in one file are one kill, and none of the next question's.
      expect(await trial(mutantTo('age < LIMIT &&'), order)).toEqual(killed)
      expect(await trial(mutantTo('age < LIMIT &&'), order)).toEqual(killed)
      expect(await trial(mutantTo('return ``'), ['test/other.test.ts'])).toEqual({ kind: 'survived', tests: 1 })
      expect(tree.read(planted)).toBe(PLANTED[planted])
    } finally {
      await tests.close()
    }
  })

  test('slowness is a kill only if it comes again, after the test without the mutant was in time', async () => {
    const [mutant] = compiler.mutantsOf(planted) as [Mutant]
    /** Answers in this order; says which of them the mutant was there for. */
    const trialWith = async (...verdicts: Verdict[]) => {
      const isMutated: boolean[] = []
      const run = async () => {
        isMutated.push(tree.read(planted) !== PLANTED[planted])
        return verdicts.shift() ?? 'passed'
      }
      const fate = await trialIn(tree, { changed: () => {}, run })(mutant, ['a', 'b'])
      return { ...fate, isMutated }
    }
    const again = [true, false, true]
    expect(await trialWith('hung', 'passed', 'hung')).toEqual({ kind: 'timeout', by: 'a', isMutated: again })
    expect(await trialWith('late', 'passed', 'failed')).toEqual({ kind: 'killed', by: 'a', isMutated: again })
    const survived = { kind: 'survived', tests: 2 }
    expect(await trialWith('hung', 'passed', 'passed')).toEqual({ ...survived, isMutated: [...again, true] })
    expect(await trialWith('late', 'late')).toEqual({ ...survived, isMutated: again })
    expect(await trialWith('failed', 'passed')).toEqual({ kind: 'killed', by: 'a', isMutated: [true, false] })
  })

  test('patience is for all tests of one mutant: what nobody noticed by then survived, with the tests that were asked', async () => {
    const [mutant] = compiler.mutantsOf(planted) as [Mutant]
    const slow = async (): Promise<Verdict> => {
      const until = performance.now() + 20
      while (performance.now() < until);
      return 'passed'
    }
    const trial = trialIn(tree, { changed: () => {}, run: slow }, 10)
    expect(await trial(mutant, ['a', 'b', 'c'])).toEqual({ kind: 'survived', tests: 1 })
    expect(tree.read(planted)).toBe(PLANTED[planted])
  })

  test('goes on with what it drew as long as the files read the same', () => {
    const state = join(tree.root, 'state.json')
    const [mutant] = compiler.mutantsOf(planted) as [Mutant]
    expect(readDrawn(state, 'now')).toBeUndefined()
    writeDrawn(state, 'now', [mutant])
    expect(readDrawn(state, 'now')).toEqual([mutant])
    expect(readDrawn(state, 'later')).toBeUndefined()
  })

  test('a failure that only names time is told from one that does not', () => {
    expect(isLateOnly(['Test timed out in 5000ms.', 'Hook timed out in 10000ms.'])).toBe(true)
    expect(isLateOnly(['Test timed out in 5000ms.', 'expected 1 to be 2'])).toBe(false)
    expect(isLateOnly([])).toBe(false)
  })

  test('does not count a test that fails without any mutant', async () => {
    const tests = testsIn(tree.root)
    tree.write('test/broken.test.ts', `import { test } from 'vitest'\ntest('no', () => { throw new Error() })\n`)
    try {
      const [mutant] = compiler.mutantsOf(planted)
      const fate = await trialIn(tree, tests)(mutant as Mutant, ['test/broken.test.ts'])
      expect(fate).toEqual({ kind: 'survived', tests: 1 })
    } finally {
      await tests.close()
    }
  })
})

describe('the tests that are asked', () => {
  test('are those that reach the file by imports that run, nearest first', () => {
    const graph = importGraph(tree.root, tree.files)
    const all = tree.files.filter((file) => file.endsWith('.test.ts'))
    expect(testsThatReach(graph, 'shared/limit.ts', all)).toEqual(['test/planted.test.ts'])
    expect(testsThatReach(graph, 'shared/unknown.ts', all)).toEqual([])
    // A path that is put together stands for every file that fits it.
    tree.write('test/loading.test.ts', `new URL(\`../shared/\${name}.ts\`, import.meta.url)`)
    const loading = importGraph(tree.root, [...tree.files, 'test/loading.test.ts'])
    expect(loading.get('test/loading.test.ts')).toEqual(['shared/planted.ts', 'shared/limit.ts'])
  })

  test('are no whole systems, and templates only for infrastructure', () => {
    expect(mayAsk('domain', 'test/journeys/money.test.ts')).toBe(false)
    expect(mayAsk('domain', 'test/simulation/auditor/account-fold.test.ts')).toBe(true)
    expect(mayAsk('domain', 'test/infra/hub-stack.test.ts')).toBe(false)
    expect(mayAsk('iam', 'test/infra/hub-stack.test.ts')).toBe(true)
  })

  test.each([
    ['shared/domain/settlement/join.ts', 'matching'],
    ['shared/domain/tariff.ts', 'domain'],
    ['functions/audit-ledger/tally.ts', 'workers'],
    ['infra/app.ts', 'iam'],
    ['local/main.ts', undefined],
  ])('%s is in group %s', (file, group) => {
    expect(groupOf(file)).toBe(group)
  })
})

describe('the sample and its table', () => {
  test('the same seed draws the same order, another seed another, and nothing is lost', () => {
    const items = Array.from({ length: 50 }, (_, i) => i)
    expect(shuffled(items, 7)).toEqual(shuffled(items, 7))
    expect(shuffled(items, 7)).not.toEqual(shuffled(items, 8))
    expect(shuffled(items, 7).sort((a, b) => a - b)).toEqual(items)
  })

  test('equivalent mutants are out of the count, hangs are kills, and the share is rounded down', () => {
    const [mutant] = compiler.mutantsOf(planted) as [Mutant]
    const fates = [
      ...Array.from({ length: 8 }, () => ({ kind: 'killed' as const, by: 'a' })),
      { kind: 'timeout' as const, by: 'a' },
      { kind: 'survived' as const, tests: 2 },
      { kind: 'survived' as const, tests: 2 },
      { kind: 'equivalent' as const },
    ]
    const row = rowOf(
      'domain',
      3,
      fates.map((fate) => ({ mutant, fate })),
    )
    expect(row).toEqual({ group: 'domain', seed: 3, mutants: 12, killed: 9, survived: 2, equivalent: 1 })
    expect(killedPercent(row)).toBe(81)
    expect(tableOf([row])).toContain('| domain | 3 | 12 | 9 | 2 | 1 | 81% |')
    const text = survivorText({ mutant, fate: { kind: 'survived', tests: 2 } }, tree.read(planted))
    expect(text).toContain('shared/planted.ts:5 ')
  })

  test('an equivalent mutant is known by its lines, wherever they stand; the list names lines that are there', () => {
    const text = tree.read(planted)
    const mutant = compiler.mutantsOf(planted).find((each) => mutatedText(text, each).includes('age > LIMIT')) as Mutant
    const entry = { file: planted, ...beforeAndAfter(text, mutant), why: 'for this test' }
    expect(equivalentOf(mutant, text, [entry])).toBe(entry)
    const moved = `\n\n${text}`
    const later = { ...mutant, start: mutant.start + 2, end: mutant.end + 2 }
    expect(equivalentOf(later, moved, [entry])).toBe(entry)
    expect(equivalentOf(mutant, text, [{ ...entry, after: 'something else' }])).toBeUndefined()
    for (const { file, before, why } of EQUIVALENTS) {
      const inOneLine = readFileSync(join(REPOSITORY, file), 'utf8').replace(/\s*\n\s*/g, ' ')
      expect([file, inOneLine.includes(before), why.length > 10]).toEqual([file, true, true])
    }
  })
})
