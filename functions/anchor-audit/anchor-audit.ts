/**
 * What the stream of the audit chain brings becomes an anchor: the last head of a batch, signed, in the locked bucket. One head
 * vouches for all entries before it. An entry that is changed or removed is counted, because nothing of ours ever does that.
 *
 * Promises: a batch is anchored before it is let go; the same batch again makes another anchor of the same head, which is
 * harmless. Reads no table: what it signs is what the stream says was written.
 */
import type { Instant } from '../../shared/domain/instant.ts'
import type { AnchorSink, HeadSigner } from '../../shared/store/audit/anchors.ts'
import { anchoredText } from '../../shared/store/audit/anchors.ts'
import type { AuditHead } from '../../shared/store/audit/audit.ts'

export type AnchorPorts = { readonly signer: HeadSigner; readonly anchors: AnchorSink; readonly now: () => Instant }

/** A record of the stream. `touched`: an entry was changed or removed. `unreadable`: something that is no entry was put. */
export type ChainRecord =
  | { readonly kind: 'appended'; readonly head: AuditHead }
  | { readonly kind: 'touched' }
  | { readonly kind: 'unreadable' }

export type Anchored = {
  /** The head that was anchored; null where nothing was appended. */
  readonly head: AuditHead | null
  readonly touched: number
  readonly unreadable: number
}

export async function anchorAudit(
  { signer, anchors, now }: AnchorPorts,
  records: readonly ChainRecord[],
): Promise<Anchored> {
  const heads = records.flatMap((record) => (record.kind === 'appended' ? [record.head] : []))
  const head = heads.reduce<AuditHead | null>(
    (last, each) => (each.sequence > (last?.sequence ?? 0) ? each : last),
    null,
  )
  if (head !== null) {
    const signature = Buffer.from(await signer.sign(anchoredText(head))).toString('base64url')
    await anchors.put({ sequence: head.sequence, hash: head.hash, signature }, now())
  }
  const countOf = (kind: ChainRecord['kind']) => records.filter((record) => record.kind === kind).length
  return { head, touched: countOf('touched'), unreadable: countOf('unreadable') }
}
