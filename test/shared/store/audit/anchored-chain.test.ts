/** The audit chain against its anchors: what somebody did who may write both tables is found, because the key was not theirs. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Instant, instant } from '../../../../shared/domain/instant.ts'
import type { Item } from '../../../../shared/store/attributes/item.ts'
import { ANCHORED_WITHIN_MILLIS, verifyAnchoredChain } from '../../../../shared/store/audit/anchored-chain.ts'
import { anchoredText, anchorKey, anchorName, readAnchorName } from '../../../../shared/store/audit/anchors.ts'
import type { AuditHead, AuditRecord } from '../../../../shared/store/audit/audit.ts'
import { chained, GENESIS } from '../../../../shared/store/audit/chain.ts'
import { auditItem } from '../../../../shared/store/audit/item.ts'
import { MORNING } from '../../../support/settled.ts'

const ours = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const theirs = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const KEY = anchorKey(ours.publicKey.export({ type: 'spki', format: 'der' }))
const LATER = instant(MORNING + 2 * ANCHORED_WITHIN_MILLIS)

const record = (n: number, actor: string): AuditRecord => ({
  at: MORNING,
  actor,
  action: n % 2 === 0 ? 'approved' : 'proposed',
  subject: 'indomaret-20261120-1',
  detail: { action: 'post', amount: 8_400 },
})

/** A chain that is whole in itself, whoever wrote it. */
function chainBy(actor: string, count: number) {
  const items: Item[] = []
  const heads: AuditHead[] = []
  for (let n = 1; n <= count; n++) {
    const entry = chained(heads.at(-1), record(n, actor))
    items.push(auditItem(entry))
    heads.push({ sequence: entry.sequence, hash: entry.hash })
  }
  return { items, heads, head: heads.at(-1) ?? null }
}

function anchorOf({ sequence, hash }: AuditHead, { privateKey } = ours): string {
  const signature = sign('sha256', anchoredText({ sequence, hash }), privateKey).toString('base64url')
  return anchorName({ sequence, hash, signature })
}

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values
}

function verify(
  chain: { readonly items: readonly Item[]; readonly head: AuditHead | null },
  names: readonly string[],
  now: Instant = LATER,
) {
  return verifyAnchoredChain({ items: each(chain.items), head: chain.head, anchorNames: each(names), key: KEY, now })
}

const real = chainBy('operator-1', 5)
const at = (n: number) => real.heads[n - 1] as AuditHead

describe('a chain that is what was anchored', () => {
  test('is whole, and says how far anchors vouch for it', async () => {
    const names = [anchorOf(at(2)), anchorOf(at(5))]
    const hash = at(5).hash
    expect(await verify(real, names)).toEqual({ outcome: 'whole', entries: 5, hash, anchors: 2, anchored: 5 })
    expect(await verify({ items: [], head: null }, [])).toEqual({
      outcome: 'whole',
      entries: 0,
      hash: GENESIS,
      anchors: 0,
      anchored: 0,
    })
  })

  test('is whole with anchors in any order, twice, and of an entry that came while they were listed', async () => {
    const names = [anchorOf(at(4)), anchorOf(at(1)), anchorOf(at(4))]
    expect(await verify(real, names, MORNING)).toMatchObject({ outcome: 'whole', anchors: 3, anchored: 4 })
  })
})

describe('who may write both tables, and has no key,', () => {
  const forged = chainBy('nobody', 5)
  const anchors = [anchorOf(at(2)), anchorOf(at(5))]

  test.each([
    ['writes another chain that is whole in itself', forged, anchors, 2, 'ANCHOR_DIFFERS'],
    ['writes a longer one', chainBy('nobody', 9), anchors, 2, 'ANCHOR_DIFFERS'],
    ['deletes the chain and its head', { items: [], head: null }, anchors, 1, 'CUT_OFF'],
    ['cuts off the end and moves the head', { items: real.items.slice(0, 3), head: at(3) }, anchors, 4, 'CUT_OFF'],
    [
      'rewrites what comes after the last anchor but one',
      { items: [...real.items.slice(0, 2), ...forged.items.slice(2)], head: forged.head },
      anchors,
      3,
      'UNLINKED',
    ],
    [
      'signs an anchor of the forged chain with another key',
      forged,
      [anchorOf(forged.heads[4] as AuditHead, theirs)],
      5,
      'ANCHOR_FORGED',
    ],
    [
      'moves the signature of one head to another',
      forged,
      [anchorName({ ...(forged.heads[4] as AuditHead), signature: readAnchorName(anchorOf(at(5)))?.signature ?? '' })],
      5,
      'ANCHOR_FORGED',
    ],
    ['puts something else among the anchors', real, ['anchors/readme.txt'], 0, 'ANCHOR_FORGED'],
    ['keeps the chain from being anchored', real, [anchorOf(at(2))], 3, 'NOT_ANCHORED'],
    ['keeps it from ever being anchored', real, [], 1, 'NOT_ANCHORED'],
  ])('%s: it is found', async (_, chain, names, sequence, code) => {
    expect(await verify(chain, names)).toEqual({ outcome: 'broken', sequence, code })
  })

  test('with the key’s place but not its past: an anchor of a forged head stands beside the old one', async () => {
    const both = [...anchors, anchorOf(forged.heads[4] as AuditHead)]
    expect(await verify(forged, both)).toMatchObject({ outcome: 'broken', code: 'ANCHOR_DIFFERS' })
    expect(await verify(real, both)).toMatchObject({ outcome: 'broken', code: 'ANCHOR_DIFFERS' })
  })
})

test('the name of an anchor is read as it was written, and no other name is one', () => {
  const name = anchorOf(at(3))
  expect(readAnchorName(name)).toMatchObject(at(3))
  for (const other of ['', 'anchors/', `x${name}`, `${name}x`, name.replace('anchors/', 'requests/')])
    expect(readAnchorName(other)).toBeUndefined()
})
