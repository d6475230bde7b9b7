/**
 * Who imports whom, from the import lines: which tests reach a source file, and over how many steps.
 *
 * Imports of types alone do not count, for nothing of them runs. A path that is put together from a variable part, as
 * `new URL(`../channels/${name}/sandbox.ts`, import.meta.url)`, stands for every file that fits. Paths are relative to the root.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export type ImportGraph = ReadonlyMap<string, readonly string[]>

/** Also finds `import('…')` and `export … from '…'`; only files of this repository. */
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b(?!\s+type\b)[^'"`;]*?['"](\.{1,2}\/[^'"]+)['"]|\bimport\(\s*['"](\.{1,2}\/[^'"]+)['"]/g

const COMPOSED = /\bnew URL\(\s*[`'"](\.{1,2}\/[^`'"]+\.ts)[`'"],\s*import\.meta\.url/g

export function importGraph(root: string, files: readonly string[]): ImportGraph {
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(root, file), 'utf8')
      return [file, [...importsOf(file, text, root), ...composedIn(file, text, files)]]
    }),
  )
}

function importsOf(file: string, text: string, root: string): string[] {
  return [...text.matchAll(IMPORT)]
    .map(([, statement, call]) => join(dirname(file), statement ?? call ?? ''))
    .filter((target) => existsSync(join(root, target)))
}

/** A variable part is one folder or the name of a file. */
function composedIn(file: string, text: string, files: readonly string[]): string[] {
  return [...text.matchAll(COMPOSED)].flatMap(([, path = '']) => {
    const fixed = join(dirname(file), path)
      .split(/\$\{[^}]*\}/)
      .map((part) => part.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&'))
    const pattern = new RegExp(`^${fixed.join('[^/]+')}$`)
    return files.filter((each) => pattern.test(each))
  })
}

/** The tests that reach the file, nearest first: in steps of imports, among equals by the folders that both have, then by name. */
export function testsThatReach(graph: ImportGraph, file: string, tests: readonly string[]): string[] {
  const distance = distancesTo(graph, file)
  const namesake = `test/${file.replace(/\.ts$/, '.test.ts')}`
  return tests
    .filter((test) => distance.has(test))
    .sort(
      (a, b) =>
        (distance.get(a) ?? 0) - (distance.get(b) ?? 0) ||
        sharedStart(b, namesake) - sharedStart(a, namesake) ||
        a.localeCompare(b),
    )
}

/** How many characters two paths begin with in common. */
function sharedStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length += 1
  return length
}

function distancesTo(graph: ImportGraph, file: string): ReadonlyMap<string, number> {
  const importers = new Map<string, string[]>()
  for (const [importer, targets] of graph) {
    for (const target of targets) importers.set(target, [...(importers.get(target) ?? []), importer])
  }
  const distance = new Map([[file, 0]])
  const queue = [file]
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    for (const importer of importers.get(at) ?? []) {
      if (distance.has(importer)) continue
      distance.set(importer, (distance.get(at) ?? 0) + 1)
      queue.push(importer)
    }
  }
  return distance
}
