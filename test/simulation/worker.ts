/**
 * One core's part of a simulation: takes orders from simulate.ts, one at a time, and reports on each.
 * An order is a range of seeds, or a mutant to try.
 */
import { parentPort } from 'node:worker_threads'
import { mutantNamed } from './mutants/all-mutants.ts'
import { type CaughtMutant, tryInSimulation } from './mutants/try-mutants.ts'
import { runSeed, type SeedReport } from './run-seed.ts'

export type Order =
  | { readonly kind: 'seeds'; readonly from: number; readonly count: number }
  | { readonly kind: 'mutant'; readonly name: string; readonly limit: number }

export type Sums = Readonly<Record<'seeds' | 'steps' | 'messages' | 'crashes' | 'faults' | 'facts' | 'checks', number>>
export type Reply =
  | { readonly kind: 'seeds'; readonly sums: Sums; readonly broken: readonly SeedReport[] }
  | { readonly kind: 'mutant'; readonly caught: CaughtMutant }

// Faults are thrown by the thousand and nobody reads where from.
Error.stackTraceLimit = 4

parentPort?.on('message', async (order: Order) => parentPort?.postMessage(await carriedOut(order)))

async function carriedOut(order: Order): Promise<Reply> {
  if (order.kind === 'mutant')
    return { kind: 'mutant', caught: await tryInSimulation(mutantNamed(order.name), order.limit) }
  const broken: SeedReport[] = []
  const sums = { seeds: 0, steps: 0, messages: 0, crashes: 0, faults: 0, facts: 0, checks: 0 }
  for (let seed = order.from; seed < order.from + order.count; seed++) {
    const report = await runSeed(seed)
    sums.seeds++
    for (const name of ['steps', 'messages', 'crashes', 'faults', 'facts', 'checks'] as const)
      sums[name] += report[name]
    if (report.violation) broken.push(report)
  }
  return { kind: 'seeds', sums, broken }
}
