/**
 * Faults on purpose: what AWS does now and then and no emulator does. Armed by `POST /__local/fault`, seeded, so that a run
 * can be repeated. `target` is a function's folder, a table, a queue, a stream, or `*`.
 */
export const FAULT_KINDS = [
  'throttle',
  'timeout-after-commit',
  'error',
  'delay',
  'transaction-conflict',
  'duplicate',
  'reorder',
] as const
export type FaultKind = (typeof FAULT_KINDS)[number]

export type Fault = {
  readonly kind: FaultKind
  readonly target: string
  /** 0 to 1. */
  readonly rate: number
  /** How often at most; null: without end. */
  readonly count: number | null
  readonly seed: number
}

/** Reads the body of `POST /__local/fault`; `none` clears. Throws a TypeError that names what it expected. */
export function readFault(body: unknown): Fault | 'none' {
  const given = (body ?? {}) as Record<string, unknown>
  if (given.kind === 'none') return 'none'
  const kind = FAULT_KINDS.find((known) => known === given.kind)
  if (kind === undefined) throw new TypeError(`expected "kind" to be none or one of ${FAULT_KINDS.join(', ')}`)
  const { target = '*', rate = 1, count = null, seed = 1 } = given
  if (typeof target !== 'string') throw new TypeError('expected "target" to be a function, table or queue name, or *')
  if (typeof rate !== 'number' || !(rate >= 0 && rate <= 1)) throw new TypeError('expected "rate" to be from 0 to 1')
  if (count !== null && !(Number.isInteger(count) && (count as number) > 0))
    throw new TypeError('expected "count" to be a positive whole number')
  if (!Number.isInteger(seed)) throw new TypeError('expected "seed" to be a whole number')
  return { kind, target, rate, count: count as number | null, seed: seed as number }
}

export type FaultInjector = {
  readonly arm: (faults: readonly Fault[]) => void
  /** The fault of one of these kinds that inject now, if any. */
  readonly inject: (kinds: readonly FaultKind[], touched: readonly string[]) => FaultKind | undefined
}

/** How often each kind was injected, in memory that threads share. */
export function faultCounts(): SharedArrayBuffer {
  return new SharedArrayBuffer(FAULT_KINDS.length * Int32Array.BYTES_PER_ELEMENT)
}

export function injectedFaults(counts: SharedArrayBuffer): Readonly<Record<FaultKind, number>> {
  const injected = new Int32Array(counts)
  const entries = FAULT_KINDS.map((kind, i) => [kind, Atomics.load(injected, i)] as const)
  return Object.fromEntries(entries) as Record<FaultKind, number>
}

export function faultInjector(counts: SharedArrayBuffer = faultCounts()): FaultInjector {
  const injected = new Int32Array(counts)
  let armed: { readonly fault: Fault; left: number; state: number }[] = []
  return {
    arm: (faults) => {
      armed = faults.map((fault) => ({ fault, left: fault.count ?? Number.POSITIVE_INFINITY, state: fault.seed >>> 0 }))
    },
    inject: (kinds, touched) => {
      for (const entry of armed) {
        const { kind, target, rate } = entry.fault
        if (entry.left <= 0 || !kinds.includes(kind)) continue
        if (target !== '*' && !touched.some((name) => name === target || name.endsWith(`-${target}`))) continue
        entry.state = (Math.imul(entry.state, 1_664_525) + 1_013_904_223) >>> 0
        if (entry.state / 2 ** 32 >= rate) continue
        entry.left--
        Atomics.add(injected, FAULT_KINDS.indexOf(kind), 1)
        return kind
      }
      return undefined
    },
  }
}
