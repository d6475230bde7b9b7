/**
 * What lies in table `payment-decisions`, as items: decisions, external ids. A decision stays under 1,024 bytes, so that it is one write unit.
 *
 * | attribute | | decision |
 * |---|---|---|
 * | `decision` | S | `<channel>#<paymentId>`, percent-encoded |
 * | `c`, `f`, `e` | B | digests: customer, facts (absent: null), evidence (absent: null) |
 * | `s` | N | settled amount (absent: null) |
 * | `k` | S | account (absent: null) |
 * | `at`, `h` | N, S | decidedAt, hub reference |
 * | `d` | S | `accepted`, `reversed-first` or `refused:<code>` |
 * | `t` | M | accepted only: attributes/payment-terms.ts and its business date in `b` |
 * | `r` | N | reversed-first only: when the reversal was signed (absent: null) |
 * | `n` | N | accepted only: since when the printed name had held (absent: null) |
 * | `m` | B | accepted by an endpoint only: its authentication code |
 *
 * | attribute | | external id |
 * |---|---|---|
 * | `decision` | S | `<channel>#<WIB date>#<X-EXTERNAL-ID>`, percent-encoded |
 * | `v`, `q`, `f` | S, S, B | service, request id, facts digest |
 * | `s` | N | when the call was signed |
 * | `x`, `expires` | N | expiresAt in milliseconds, which readers compare; in seconds, by which the table deletes |
 * | `n` | B | drawn for each put, to know our own earlier try |
 *
 * | attribute | | inquiry mark |
 * |---|---|---|
 * | `decision` | S | `<channel>#<paymentId>#inquiry#<signature hash>`, percent-encoded |
 * | `expires` | N | in seconds, by which the table deletes |
 */
import { randomBytes } from 'node:crypto'
import { parseAccount } from '../../domain/account.ts'
import { assertNever } from '../../domain/assert-never.ts'
import { instant, parseBusinessDate } from '../../domain/instant.ts'
import { joinKey, splitKey } from '../../domain/key-text.ts'
import { type Kpj, parseKpj } from '../../domain/kpj.ts'
import { rupiah } from '../../domain/money.ts'
import type { ParticipantHash } from '../../domain/participant.ts'
import { parsePaymentKey, paymentKey, paymentKeyParts } from '../../domain/payment-key.ts'
import { REFUSAL_CODES } from '../../domain/refusal.ts'
import {
  bytes,
  type Item,
  type ItemReader,
  nested,
  oneOf,
  orAbsent,
  readerOf,
  text,
  whole,
} from '../attributes/item.ts'
import { paymentTermsItem, readPaymentTerms } from '../attributes/payment-terms.ts'
import type { DecisionOutcome, ExternalIdItem, InquiryMark, PaymentDecision } from './payment-decisions.ts'

/** No channel is called `nik`, and a decision's key (`paymentKey`) has two parts, an external id's three, a mark's four: none takes another's. */
export function selfPaidKey(participant: ParticipantHash): string {
  return joinKey(['nik', participant])
}

export function selfPaidItem(participant: ParticipantHash, kpj: Kpj): Item {
  return { decision: text(selfPaidKey(participant)), kpj: text(kpj) }
}

export function selfPaidKpj(item: Item): Kpj {
  return readerOf('payment-decisions', item).parsed('kpj', parseKpj)
}

export function decisionItem(decision: PaymentDecision): Item {
  return {
    decision: text(paymentKey(decision.channel, decision.paymentId)),
    c: bytes(decision.customerDigest),
    ...orAbsent('f', decision.factsDigest, bytes),
    ...orAbsent('s', decision.settledAmount, whole),
    ...orAbsent('k', decision.account, text),
    at: whole(decision.decidedAt),
    h: text(decision.hubReference),
    ...orAbsent('e', decision.evidenceDigest, bytes),
    ...outcomeAttributes(decision.outcome),
    ...orAbsent('m', decision.mac ?? null, bytes),
  }
}

export function readDecision(item: Item): PaymentDecision {
  const read = readerOf('payment-decisions', item)
  const { channel, paymentId } = paymentKeyParts(read.parsed('decision', parsePaymentKey))
  return {
    channel,
    paymentId,
    customerDigest: read.bytes('c'),
    factsDigest: read.optional('f', read.bytes),
    settledAmount: read.optional('s', (name) => read.counted(name, rupiah)),
    account: read.optional('k', (name) => read.parsed(name, parseAccount)),
    decidedAt: read.counted('at', instant),
    hubReference: read.text('h'),
    evidenceDigest: read.optional('e', read.bytes),
    outcome: readOutcome(read),
    ...(read.has('m') && { mac: read.bytes('m') }),
  }
}

export function externalIdItem(external: ExternalIdItem): Item {
  return {
    decision: text(joinKey([external.channel, external.day, external.id])),
    v: text(external.service),
    q: text(external.requestId),
    f: bytes(external.factsDigest),
    s: whole(external.signedAt),
    x: whole(external.expiresAt),
    expires: whole(Math.ceil(external.expiresAt / 1_000)),
    n: bytes(randomBytes(8)),
  }
}

export function readExternalId(item: Item): ExternalIdItem {
  const read = readerOf('payment-decisions', item)
  const [channel = '', day = '', id = ''] = read.parsed('decision', (key) => partsOf(key, 3))
  return {
    channel,
    day,
    id,
    service: read.text('v'),
    requestId: read.text('q'),
    factsDigest: read.bytes('f'),
    signedAt: read.counted('s', instant),
    expiresAt: read.counted('x', instant),
  }
}

export function inquiryMarkKey(channel: string, paymentId: string, signature: string): string {
  return joinKey([channel, paymentId, 'inquiry', signature])
}

export function inquiryMarkItem({ channel, paymentId, signature, expiresAt }: InquiryMark): Item {
  const key = inquiryMarkKey(channel, paymentId, signature)
  return { decision: text(key), expires: whole(Math.ceil(expiresAt / 1_000)) }
}

function outcomeAttributes(decision: DecisionOutcome): Item {
  switch (decision.kind) {
    case 'accepted': {
      const terms = { ...paymentTermsItem(decision.terms), b: text(decision.terms.businessDate) }
      return { d: text('accepted'), t: nested(terms), ...orAbsent('n', decision.nameFrom, whole) }
    }
    case 'refused':
      return { d: text(`refused:${decision.code}`) }
    case 'reversed-first':
      return { d: text('reversed-first'), ...orAbsent('r', decision.signedAt, whole) }
    default:
      return assertNever(decision)
  }
}

function readOutcome(read: ItemReader): DecisionOutcome {
  const [kind, codeText = ''] = read.text('d').split(':')
  if (kind === 'reversed-first') {
    return { kind, signedAt: read.optional('r', (name) => read.counted(name, instant)) }
  }
  if (kind === 'accepted') {
    const terms = read.nested('t')
    const nameFrom = read.optional('n', (name) => read.counted(name, instant))
    return { kind, terms: readPaymentTerms(terms, terms.parsed('b', parseBusinessDate)), nameFrom }
  }
  const code = oneOf(REFUSAL_CODES)(codeText)
  if (kind !== 'refused' || !code) throw read.broken('d', 'a decision that the hub writes')
  return { kind, code }
}

function partsOf(key: string, count: number): readonly string[] | undefined {
  const parts = splitKey(key)
  return parts?.length === count ? parts : undefined
}
