/**
 * One choice of a schedule: which waiting call goes next, and whether its actor survives it. Two choices are independent where
 * either order gives the same stores: no call of one actor, no key that one writes and the other touches, not two crashes.
 */
import type { StoreOperation } from '../support/memory-store.ts'

export type Mode = 'commit' | 'crash-after' | 'crash-before'
/** `*`: any key of the table. */
export type Touch = { readonly table: string; readonly key: string; readonly isWrite: boolean }

export type Choice = {
  readonly call: string
  /** What its actor has seen, and which of its calls this is: alike for actors that are alike. */
  readonly likeness: string
  readonly actor: number
  readonly name: string
  readonly mode: Mode
  readonly touches: readonly Touch[]
}

/** Of one key where that is sure, else of the whole table. A call to a queue has no operation: the order of messages counts. */
export function touchesOf(operation: StoreOperation | undefined, kind: 'read' | 'write'): readonly Touch[] {
  const isWrite = kind === 'write'
  if (!operation) return [{ table: 'queues', key: '*', isWrite }]
  const { store, method, subject } = operation
  switch (method) {
    case 'putPayingBill':
    case 'putReversingBill':
    // The old bill and the new one.
    case 'replace':
      return [
        { table: store, key: subject, isWrite },
        { table: 'bills', key: '*', isWrite },
      ]
    // Several accounts at once, of which the first is the subject.
    case 'putTogether':
    case 'ofParticipant':
    case 'scan':
    case 'scanPage':
    case 'byDay':
      return [{ table: store, key: '*', isWrite }]
    default:
      return [{ table: store, key: subject, isWrite }]
  }
}

export function areIndependent(a: Choice, b: Choice): boolean {
  if (a.actor === b.actor) return false
  if (a.mode !== 'commit' && b.mode !== 'commit') return false
  return !a.touches.some((one) => b.touches.some((other) => conflict(one, other)))
}

function conflict(a: Touch, b: Touch): boolean {
  if (a.table !== b.table || (!a.isWrite && !b.isWrite)) return false
  return a.key === b.key || a.key === '*' || b.key === '*'
}

export function sameChoice(a: Choice, b: Choice): boolean {
  return a.call === b.call && a.mode === b.mode
}

/** Of one state: whatever comes after either comes after the other, with two actors exchanged. */
export function alike(a: Choice, b: Choice): boolean {
  return a.likeness === b.likeness && a.mode === b.mode
}
