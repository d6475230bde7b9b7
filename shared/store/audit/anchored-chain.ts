/**
 * The audit chain held against its anchors: what verifies every night, on demand and at `npm run verify-audit`.
 *
 * Promises: a chain that was rewritten, cut off or deleted is found as long as one anchor of it lies in the locked bucket, also
 * by whoever may write both tables: the hashes have no key, the anchors have. Without anchors it is as sure as `verifyChain`.
 */
import type { KeyObject } from 'node:crypto'
import type { Instant } from '../../domain/instant.ts'
import type { Item } from '../attributes/item.ts'
import { type AuditAnchor, isSigned, readAnchorName } from './anchors.ts'
import type { AuditEntry, AuditHead } from './audit.ts'
import { CHAIN_FAULTS, type Verified, verifyChain } from './chain.ts'
import { readAuditEntry } from './item.ts'

/** An entry must be anchored by then: the stream takes seconds, and its alarm comes long before. */
export const ANCHORED_WITHIN_MILLIS = 60 * 60_000

/** In order of precedence. */
const ANCHOR_FAULTS = ['ANCHOR_FORGED', 'ANCHOR_DIFFERS', 'CUT_OFF', 'NOT_ANCHORED'] as const
type AnchorFault = (typeof ANCHOR_FAULTS)[number]

/** Every code that a verification may end in. */
export const ANCHORED_CHAIN_FAULTS = [...new Set([...ANCHOR_FAULTS, ...CHAIN_FAULTS])] as const

type Broken = Extract<Verified, { readonly outcome: 'broken' }>
/** `anchored`: the last entry that an anchor vouches for; 0 where there is none. */
export type AnchoredChain =
  | {
      readonly outcome: 'whole'
      readonly entries: number
      readonly hash: string
      readonly anchors: number
      readonly anchored: number
    }
  | (Omit<Broken, 'code'> & { readonly code: Broken['code'] | AnchorFault })

export type ChainFinding = { readonly sequence: number; readonly code: (typeof ANCHORED_CHAIN_FAULTS)[number] }

/** As a line of an audit names it: `7#ANCHOR_DIFFERS`. */
export function findingText({ sequence, code }: ChainFinding): string {
  return `${sequence}#${code}`
}

/** Undefined: no text that `findingText` makes. */
export function readFinding(text: string): ChainFinding | undefined {
  const [sequence, name] = text.split('#')
  const code = ANCHORED_CHAIN_FAULTS.find((each) => each === name)
  return code === undefined ? undefined : { sequence: Number(sequence), code }
}

export type ChainToVerify = {
  /** The chain as it lies. */
  readonly items: AsyncIterable<Item>
  /** Where its last writer says that it ends; null: that was not kept. */
  readonly head: AuditHead | null
  /** Names of anchors, ascending. */
  readonly anchorNames: AsyncIterable<string>
  readonly key: KeyObject
  readonly now: Instant
}

export async function verifyAnchoredChain(chain: ChainToVerify): Promise<AnchoredChain> {
  const { items, head, now } = chain
  const anchors = await readAnchors(chain)
  if (!Array.isArray(anchors)) return anchors
  const watch = watchFor(anchors, now)
  const verified = await verifyChain(watch.through(items), head)
  if (watch.found() !== undefined) return watch.found() as AnchoredChain
  if (verified.outcome === 'broken') return verified
  const last = anchors.at(-1)
  if (last !== undefined && last.sequence > verified.entries) {
    return { outcome: 'broken', sequence: verified.entries + 1, code: 'CUT_OFF' }
  }
  const late = watch.firstLate()
  if (late !== undefined) return { outcome: 'broken', sequence: late, code: 'NOT_ANCHORED' }
  return { ...verified, anchors: anchors.length, anchored: last?.sequence ?? 0 }
}

/** Ascending; or the first name that is no anchor, or none that the key made. */
async function readAnchors({ anchorNames, key }: ChainToVerify): Promise<AuditAnchor[] | AnchoredChain> {
  const anchors: AuditAnchor[] = []
  for await (const name of anchorNames) {
    const anchor = readAnchorName(name)
    if (anchor === undefined || !isSigned(anchor, key)) {
      return { outcome: 'broken', sequence: anchor?.sequence ?? 0, code: 'ANCHOR_FORGED' }
    }
    anchors.push(anchor)
  }
  return anchors.sort((a, b) => a.sequence - b.sequence)
}

/** Looks at each entry as it passes: does every anchor of its place name its hash, and is it old and still without one? */
function watchFor(anchors: readonly AuditAnchor[], now: Instant) {
  const lastAnchored = anchors.at(-1)?.sequence ?? 0
  let next = 0
  let differs: AnchoredChain | undefined
  let late: number | undefined
  const look = (entry: AuditEntry) => {
    for (; (anchors[next]?.sequence ?? Number.POSITIVE_INFINITY) <= entry.sequence; next++) {
      const anchor = anchors[next] as AuditAnchor
      if (anchor.sequence === entry.sequence && anchor.hash !== entry.hash) {
        differs ??= { outcome: 'broken', sequence: entry.sequence, code: 'ANCHOR_DIFFERS' }
      }
    }
    if (entry.sequence > lastAnchored && entry.at < now - ANCHORED_WITHIN_MILLIS) late ??= entry.sequence
  }
  return {
    through: async function* (items: AsyncIterable<Item>): AsyncGenerator<Item> {
      for await (const item of items) {
        const entry = readable(item)
        if (entry !== undefined) look(entry)
        yield item
      }
    },
    found: () => differs,
    firstLate: () => late,
  }
}

/** What cannot be read is found, and named, by `verifyChain`. */
function readable(item: Item): AuditEntry | undefined {
  try {
    return readAuditEntry(item)
  } catch {
    return undefined
  }
}
