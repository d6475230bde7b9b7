/**
 * `npm run mutate -- --group domain --sample 30 [--seed 1]`: plants small faults and says which ones no test notices.
 *
 * Works in a copy of the tree; the working tree and node_modules stay as they are. A run that takes long can be done in
 * parts: `--minutes 3` ends after that time, `--go-on` goes on where the same group, sample and seed ended, with the mutants
 * that were drawn then while their files are the same. A mutant that no test noticed within `--patience` seconds survived.
 * `--own-file` leaves out to ask the compiler of all other files about a survivor, which then counts though they may refuse it.
 * `--only text` takes the files whose path has that text. Exits with 1 when a sample of a whole group is done and under 90%.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Compiler, openCompiler } from './compiler.ts'
import { EQUIVALENTS, equivalentOf } from './equivalents.ts'
import { ASKED_FIRST, GROUPS, type Group, groupOf, mayAsk } from './groups.ts'
import { importGraph, testsThatReach } from './import-graph.ts'
import { type Mutant, mutatedText } from './mutant.ts'
import {
  killedPercent,
  type Result,
  readDrawn,
  readResults,
  rowOf,
  survivorText,
  tableOf,
  writeDrawn,
  writeResults,
} from './results.ts'
import { shuffled } from './sample.ts'
import { type ScratchTree, scratchTree } from './scratch-tree.ts'
import { testsIn } from './tests.ts'
import { trialIn } from './try-mutant.ts'

const REPOSITORY = join(import.meta.dirname, '../..')
const GOAL_PERCENT = 90
const STARTED = Date.now()
/** Changes whose own file compiles and whose type other files see as before: asking them all would cost more than the trial. */
const KEEPS_TYPES = new Set(['operator', 'condition', 'statement', 'pattern', 'boolean', 'method'])

const { values } = parseArgs({
  options: {
    group: { type: 'string' },
    sample: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    tests: { type: 'string', default: '40' },
    minutes: { type: 'string', default: '60' },
    patience: { type: 'string', default: '600' },
    only: { type: 'string', default: '' },
    'go-on': { type: 'boolean', default: false },
    'own-file': { type: 'boolean', default: false },
  },
})
const group = GROUPS.find((each) => each === values.group)
if (!group) {
  console.error(`Expected --group with one of ${GROUPS.join(', ')}; got ${values.group ?? 'none'}.`)
  process.exit(2)
}
const numbers = [values.sample, values.seed, values.tests, values.minutes, values.patience].map(Number)
const [sample, seed, mostTests, minutes, patience] = numbers
if (!numbers.every((each) => Number.isFinite(each))) {
  console.error('Expected numbers for --sample, --seed, --tests, --minutes and --patience.')
  process.exit(2)
}
process.exitCode = await run(group, sample ?? 30, seed ?? 1)

async function run(of: Group, size: number, from: number): Promise<number> {
  const tree = scratchTree(REPOSITORY)
  const tests = testsIn(tree.root)
  const compiler = openedWhenAsked(tree.root)
  // Ended from outside: nothing stays behind.
  process.once('exit', () => tree.remove())
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))
  const state = join(REPOSITORY, '.hub', 'mutants', `${of}-${size}-${from}${values.only.replaceAll('/', '_')}.json`)
  try {
    const files = tree.files.filter((file) => groupOf(file) === of && file.includes(values.only))
    const standing = digestOf(files.map(tree.read))
    const drawn = values['go-on'] ? readDrawn(state, standing) : undefined
    const chosen = drawn ?? chooseMutants(tree, compiler(), of, files, size, from)
    writeDrawn(state, standing, chosen)
    const done = values['go-on'] ? readResults(state) : []
    const results = await tryAll(
      tree,
      compiler,
      trialIn(tree, tests, (patience ?? 600) * 1_000),
      of,
      chosen,
      done,
      (each) => writeResults(state, each),
    )
    for (const each of results) {
      if (each.fate.kind === 'survived') console.log(`\n${survivorText(each, tree.read(each.mutant.file))}`)
    }
    const row = rowOf(of, from, results)
    console.log(`\n${tableOf([row])}`)
    if (results.length < chosen.length) {
      console.log(`${chosen.length - results.length} of ${chosen.length} not tried yet; go on with --go-on.`)
      return 1
    }
    return values.only === '' && killedPercent(row) < GOAL_PERCENT ? 1 : 0
  } finally {
    await tests.close()
    compiler.opened?.close()
    tree.remove()
  }
}

type LazyCompiler = (() => Compiler) & { opened?: Compiler }

/** Opening takes longer than a trial, and a run that goes on may need none. */
function openedWhenAsked(root: string): LazyCompiler {
  const compiler: LazyCompiler = () => {
    compiler.opened ??= openCompiler(root)
    return compiler.opened
  }
  return compiler
}

function digestOf(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex')
}

/** The first of the shuffled mutants that the compiler accepts. */
function chooseMutants(
  tree: ScratchTree,
  compiler: Compiler,
  of: Group,
  files: readonly string[],
  size: number,
  from: number,
): Mutant[] {
  const all = files.flatMap((file) => compiler.mutantsOf(file))
  const chosen: Mutant[] = []
  let refused = 0
  for (const mutant of shuffled(all, from)) {
    if (chosen.length === size) break
    if (isRefused(tree, compiler.refuses, mutant)) refused += 1
    else chosen.push(mutant)
  }
  console.log(
    `${of}: ${all.length} changes in ${files.length} files; ${chosen.length} drawn, ${refused} do not compile.`,
  )
  return chosen
}

function isRefused(tree: ScratchTree, refuses: (file: string) => boolean, mutant: Mutant): boolean {
  const original = tree.read(mutant.file)
  tree.write(mutant.file, mutatedText(original, mutant))
  try {
    return refuses(mutant.file)
  } finally {
    tree.write(mutant.file, original)
  }
}

async function tryAll(
  tree: ScratchTree,
  compiler: LazyCompiler,
  trial: ReturnType<typeof trialIn>,
  of: Group,
  chosen: readonly Mutant[],
  done: readonly Result[],
  keep: (results: readonly Result[]) => void,
): Promise<Result[]> {
  const graph = importGraph(tree.root, tree.files)
  const askable = tree.files.filter((file) => file.endsWith('.test.ts') && mayAsk(of, file))
  const end = STARTED + (minutes ?? 60) * 60_000
  const results: Result[] = []
  for (const [index, mutant] of chosen.entries()) {
    const known = done.find((each) => JSON.stringify(each.mutant) === JSON.stringify(mutant))
    if (known && known.fate.kind !== 'equivalent') {
      results.push(known)
      continue
    }
    if (Date.now() > end) break
    if (equivalentOf(mutant, tree.read(mutant.file), EQUIVALENTS)) {
      results.push({ mutant, fate: { kind: 'equivalent' } })
      continue
    }
    const reaching = testsThatReach(graph, mutant.file, askable)
    const first = (ASKED_FIRST[of] ?? []).filter((test) => reaching.includes(test))
    const order = [...new Set([...first, ...reaching])].slice(0, mostTests)
    const started = Date.now()
    const tried = await trial(mutant, order)
    const isNone =
      tried.kind === 'survived' &&
      !values['own-file'] &&
      !KEEPS_TYPES.has(mutant.operator) &&
      isRefused(tree, compiler().refusesElsewhere, mutant)
    const fate = isNone ? ({ kind: 'refused' } as const) : tried
    results.push({ mutant, fate })
    keep(results)
    const by =
      'by' in fate ? fate.by : fate.kind === 'survived' ? `${fate.tests} test files` : 'by the compiler elsewhere'
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    console.log(`${index + 1}/${chosen.length} ${fate.kind} ${seconds} s  ${mutant.file}  ${by}`)
  }
  return results
}
