/** What came of a run: the table, the survivors, and the file that a run goes on from. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Group } from './groups.ts'
import { beforeAndAfter, lineOf, type Mutant } from './mutant.ts'
import type { Fate } from './try-mutant.ts'

/** `refused`: another file does not compile with it, so it is no mutant and not counted. */
export type Result = { readonly mutant: Mutant; readonly fate: Fate | { readonly kind: 'equivalent' | 'refused' } }

export type Row = {
  readonly group: Group
  readonly seed: number
  readonly mutants: number
  readonly killed: number
  readonly survived: number
  readonly equivalent: number
}

export function rowOf(group: Group, seed: number, results: readonly Result[]): Row {
  const count = (...kinds: readonly string[]) => results.filter(({ fate }) => kinds.includes(fate.kind)).length
  return {
    group,
    seed,
    mutants: results.length - count('refused'),
    killed: count('killed', 'timeout'),
    survived: count('survived'),
    equivalent: count('equivalent'),
  }
}

/** Of those that are not equivalent, rounded down; 100 when there is none. */
export function killedPercent({ killed, survived }: Row): number {
  return killed + survived === 0 ? 100 : Math.floor((100 * killed) / (killed + survived))
}

export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map((row) =>
    [row.group, row.seed, row.mutants, row.killed, row.survived, row.equivalent, `${killedPercent(row)}%`].join(' | '),
  )
  const head = ['group | seed | mutants | killed | survived | equivalent | killed of the rest', '|---'.repeat(7)]
  return [`| ${head[0]} |`, `${head[1]}|`, ...lines.map((line) => `| ${line} |`)].join('\n')
}

export function survivorText({ mutant, fate }: Result, text: string): string {
  const { before, after } = beforeAndAfter(text, mutant)
  const asked = fate.kind === 'survived' ? `, ${fate.tests} test files asked` : ''
  return `${mutant.file}:${lineOf(text, mutant.start)} (${mutant.operator}${asked})\n  - ${before}\n  + ${after}`
}

/** Results of an earlier part of the same run; none when there was none. */
export function readResults(file: string): Result[] {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Result[]) : []
}

/** What was drawn from files that read as they do now (`standing`): drawing takes longer than many a trial. */
export function readDrawn(file: string, standing: string): Mutant[] | undefined {
  if (!existsSync(`${file}.drawn`)) return undefined
  const kept = JSON.parse(readFileSync(`${file}.drawn`, 'utf8')) as { standing: string; drawn: Mutant[] }
  return kept.standing === standing ? kept.drawn : undefined
}

export function writeDrawn(file: string, standing: string, drawn: readonly Mutant[]): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.drawn`, JSON.stringify({ standing, drawn }))
}

export function writeResults(file: string, results: readonly Result[]): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(results))
}
