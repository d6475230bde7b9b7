/**
 * CPU by part of a running bench, from /proc: each named thread of the hub's process, its embedded DynamoDB, the partners. Linux only;
 * elsewhere nothing is known and nothing is printed. What a thread used that has ended meanwhile is not counted.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { round, tableText } from './report.ts'

/** Milliseconds so far, by part. */
export type CpuTimes = ReadonlyMap<string, number>
export type Pids = { readonly hub: number; readonly partners: number }

/** Less than this many milliseconds a payment is summed up as `other`. */
const LEAST_MILLIS = 0.05
/** Threads that Node starts by itself. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  MainThread: 'main thread: gateway, pipes, pollers',
  V8Worker: 'V8: collection, compilation',
  'libuv-worker': 'files',
}

export function cpuTimes({ hub, partners }: Pids): CpuTimes {
  const times = new Map<string, number>()
  const add = (part: string, millis: number) => times.set(part, (times.get(part) ?? 0) + millis)
  for (const { name, millis } of threadsOf(hub)) add(`hub: ${OWN_NAMES[name] ?? name}`, millis)
  for (const pid of descendantsOf(hub)) for (const { name, millis } of threadsOf(pid)) add(programOf(pid, name), millis)
  for (const { millis } of threadsOf(partners)) add('partners', millis)
  return times
}

/** One column per loop: milliseconds a payment, by part, the largest first. */
export function cpuTable(
  loops: readonly { readonly name: string; readonly used: CpuTimes; readonly payments: number }[],
): string {
  const each = loops.map(
    ({ used, payments }) =>
      (part: string) =>
        (used.get(part) ?? 0) / Math.max(1, payments),
  )
  const sums = each.map((of, i) => [...(loops[i]?.used.keys() ?? [])].reduce((sum, part) => sum + of(part), 0))
  const parts = [...new Set(loops.flatMap(({ used }) => [...used.keys()]))]
    .filter((part) => each.some((of) => of(part) >= LEAST_MILLIS))
    .sort((a, b) => (each[0]?.(b) ?? 0) - (each[0]?.(a) ?? 0))
  const named = each.map((of) => parts.reduce((sum, part) => sum + of(part), 0))
  const rows = [
    ...parts.map((part) => [part, ...each.map((of) => round(of(part), 2))]),
    ['other', ...sums.map((sum, i) => round(sum - (named[i] ?? 0), 2))],
    ['all', ...sums.map((sum) => round(sum, 2))],
  ]
  return tableText(['CPU ms a payment', ...loops.map(({ name }) => name)], rows)
}

export function cpuUsed(before: CpuTimes, after: CpuTimes): CpuTimes {
  return new Map([...after].map(([part, millis]) => [part, Math.max(0, millis - (before.get(part) ?? 0))]))
}

type Thread = { readonly name: string; readonly millis: number }

function threadsOf(pid: number): readonly Thread[] {
  return namesIn(`/proc/${pid}/task`).flatMap((id) => {
    const [name, used] = ['comm', 'schedstat'].map((file) => textOf(`/proc/${pid}/task/${id}/${file}`))
    return name && used ? [{ name: name.trim(), millis: Number(used.split(' ')[0]) / 1e6 }] : []
  })
}

/** Threads of a child may have names of their own; its program says more. */
function programOf(pid: number, thread: string): string {
  return textOf(`/proc/${pid}/comm`)?.trim() ?? thread
}

function descendantsOf(pid: number): readonly number[] {
  const children = namesIn('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => Number(/\) \S (\d+)/.exec(textOf(`/proc/${name}/stat`) ?? '')?.[1]) === pid)
    .map(Number)
  return children.flatMap((child) => [child, ...descendantsOf(child)])
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Undefined where it ended in between. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
