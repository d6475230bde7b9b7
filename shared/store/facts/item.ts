/**
 * A fact as an item: short names, digests and months packed, at most 600 bytes for 12 months and three programs, so that a
 * put is one write unit in the table and one in the day index. What the key holds is not repeated.
 *
 * | attribute | | of | |
 * |---|---|---|---|
 * | `account`, `fact` | S | all | the key; kind, source and id are read from it |
 * | `at`, `r` | N | all | decidedAt, and recordedAt as milliseconds after it (absent: at once) |
 * | `day` | S | what a business day finds | day-index.ts; holds the business date |
 * | `h p a f x m o t k v` | | payment | attributes/payment-terms.ts |
 * | `a`, `x`, `m` | | posting | amount, credit drawn, months |
 * | `b`, `i`, `a`, `m` | | share | bill code, payment id, amount, months |
 * | `u`, `p`, `a`, `o`, `b`, `c` | | reversal, late-reversal | key it reverses, partnerAt, amount, outlet; business date where `day` has none; authentication code of a channel's |
 * | `u`, `a` | | suspension | key it moves, amount |
 * | `u`, `a`, `b` | | refund | key it refunds, amount; business date where `day` has none |
 * | `m` | S | credit-allocation | months |
 * | `s`, `from`, `g`, `d`, `n` | | terms | `sector funding programs income`, month, region code, registered on, participant; `c`, `l`: the sponsor's list and its line, `e`: the agent's code, if any |
 * | `d`, `w` | S | closing, reopening | on (closing only), reason |
 */
import { parseAccount } from '../../domain/account.ts'
import { parseAgentCode } from '../../domain/agents/agent.ts'
import { assertNever } from '../../domain/assert-never.ts'
import { parseBillCode } from '../../domain/bill-code.ts'
import { type Fact, type FactKind, type FactStamp, keyOf, parseFactKey } from '../../domain/fact.ts'
import { type BusinessDate, instant, parseBusinessDate } from '../../domain/instant.ts'
import { rupiah, ZERO } from '../../domain/money.ts'
import { parseMonth } from '../../domain/month.ts'
import { parseParticipantHash } from '../../domain/participant.ts'
import { parseCohortId } from '../../domain/sponsors/sponsor.ts'
import { bytes, type Item, type ItemReader, orAbsent, readerOf, text, whole } from '../attributes/item.ts'
import { packRuns, unpackRuns } from '../attributes/packed-months.ts'
import { packTerms, unpackTerms } from '../attributes/packed-terms.ts'
import { paymentTermsItem, readCreditDrawn, readPaymentTerms } from '../attributes/payment-terms.ts'
import { type DayEntry, dayOfPartition, dayPartition, dayPartOf, spreadBy, WITHOUT_MONEY } from './day-index.ts'

export function factItem(fact: Fact): Item {
  const day = dayPartOf(fact)
  const later = fact.recordedAt - fact.decidedAt
  return {
    account: text(fact.account),
    fact: text(keyOf(fact)),
    at: whole(fact.decidedAt),
    ...orAbsent('r', later === 0 ? null : later, whole),
    ...orAbsent('day', day ? dayPartition(fact.source, day.businessDate, spreadBy(fact)) : null, text),
    ...ownAttributes(fact),
  }
}

export function readFact(item: Item): Fact {
  const read = readerOf('facts', item)
  const { kind, source, id } = read.parsed('fact', parseFactKey)
  const decidedAt = read.counted('at', instant)
  const recordedAt = instant(decidedAt + (read.optional('r', read.whole) ?? 0))
  return ownFields(read, kind, { account: read.parsed('account', parseAccount), source, id, decidedAt, recordedAt })
}

/** What an item of the day index says. */
export function readDayEntry(item: Item): DayEntry {
  const read = readerOf('facts (day index)', item)
  const { key, kind, source, id } = read.parsed('fact', parseFactKey)
  return {
    account: read.parsed('account', parseAccount),
    fact: key,
    kind,
    source,
    id,
    amount: WITHOUT_MONEY.has(kind) ? ZERO : read.counted('a', rupiah),
    adminFee: read.optional('f', (name) => read.counted(name, rupiah)) ?? ZERO,
    outlet: read.optional('o', read.text) ?? '',
    decidedAt: read.counted('at', instant),
  }
}

function ownAttributes(fact: Fact): Item {
  switch (fact.kind) {
    case 'payment':
      return paymentTermsItem(fact)
    case 'posting':
      return {
        a: whole(fact.amount),
        ...orAbsent('x', fact.creditDrawn === ZERO ? null : fact.creditDrawn, whole),
        m: text(packRuns(fact.months)),
      }
    case 'share':
      return { b: text(fact.billCode), i: text(fact.paymentId), a: whole(fact.amount), m: text(packRuns(fact.months)) }
    case 'reversal':
    case 'late-reversal':
      return {
        u: text(fact.reverses),
        p: whole(fact.partnerAt),
        a: whole(fact.amount),
        o: text(fact.outlet),
        // No day finds a share's reversal, so its date stands for itself.
        ...orAbsent('b', dayPartOf(fact) ? null : fact.businessDate, text),
        ...orAbsent('c', fact.mac ?? null, bytes),
      }
    case 'suspension':
      return { u: text(fact.moves), a: whole(fact.amount) }
    case 'refund':
      return {
        u: text(fact.refunds),
        a: whole(fact.amount),
        ...orAbsent('b', dayPartOf(fact) ? null : fact.businessDate, text),
      }
    case 'credit-allocation':
      return { m: text(packRuns(fact.months)) }
    case 'terms':
      return {
        s: text(packTerms(fact.terms)),
        from: text(fact.from),
        g: text(fact.regionCode),
        d: text(fact.registeredOn),
        n: text(fact.participant),
        ...orAbsent('c', fact.cohort ?? null, text),
        ...orAbsent('e', fact.agent ?? null, text),
        ...orAbsent('l', fact.listLine ?? null, whole),
      }
    case 'closing':
      return { d: text(fact.on), w: text(fact.reason) }
    case 'reopening':
      return { w: text(fact.reason) }
    default:
      return assertNever(fact)
  }
}

function ownFields(read: ItemReader, kind: FactKind, stamp: FactStamp): Fact {
  switch (kind) {
    case 'payment':
      return { ...stamp, kind, ...readPaymentTerms(read, businessDateOf(read)) }
    case 'posting':
      return {
        ...stamp,
        kind,
        businessDate: businessDateOf(read),
        amount: read.counted('a', rupiah),
        creditDrawn: readCreditDrawn(read),
        months: read.parsed('m', unpackRuns),
      }
    case 'share':
      return {
        ...stamp,
        kind,
        billCode: read.parsed('b', parseBillCode),
        paymentId: read.text('i'),
        amount: read.counted('a', rupiah),
        months: read.parsed('m', unpackRuns),
      }
    case 'reversal':
    case 'late-reversal':
      return {
        ...stamp,
        kind,
        reverses: read.parsed('u', parseFactKey).key,
        partnerAt: read.counted('p', instant),
        businessDate: ownDateOf(read),
        amount: read.counted('a', rupiah),
        outlet: read.text('o'),
        ...(read.has('c') && { mac: read.bytes('c') }),
      }
    case 'suspension':
      return {
        ...stamp,
        kind,
        moves: read.parsed('u', parseFactKey).key,
        businessDate: businessDateOf(read),
        amount: read.counted('a', rupiah),
      }
    case 'refund':
      return {
        ...stamp,
        kind,
        refunds: read.parsed('u', parseFactKey).key,
        businessDate: ownDateOf(read),
        amount: read.counted('a', rupiah),
      }
    case 'credit-allocation':
      return { ...stamp, kind, months: read.parsed('m', unpackRuns) }
    case 'terms':
      return {
        ...stamp,
        kind,
        terms: read.parsed('s', unpackTerms),
        from: read.parsed('from', parseMonth),
        regionCode: read.text('g'),
        registeredOn: read.parsed('d', parseBusinessDate),
        participant: read.parsed('n', parseParticipantHash),
        ...(read.has('c') && { cohort: read.parsed('c', parseCohortId) }),
        ...(read.has('e') && { agent: read.parsed('e', parseAgentCode) }),
        ...(read.has('l') && { listLine: read.whole('l') }),
      }
    case 'closing':
      return { ...stamp, kind, on: read.parsed('d', parseBusinessDate), reason: read.text('w') }
    case 'reopening':
      return { ...stamp, kind, reason: read.text('w') }
    default:
      return assertNever(kind)
  }
}

/** Where no day finds the fact, its date stands for itself. */
function ownDateOf(read: ItemReader): BusinessDate {
  return read.optional('b', (name) => read.parsed(name, parseBusinessDate)) ?? businessDateOf(read)
}

function businessDateOf(read: ItemReader): BusinessDate {
  return read.parsed('day', (partition) => parseBusinessDate(dayOfPartition(partition) ?? ''))
}
