/**
 * The word on a payment for ever: accepted, refused, or reversed by its channel, as its claim and its facts have it, and in
 * the very words of the first answer. Also what a reversal and a status may be told. Types only.
 */
import type { Accepted, Answer, Message, Payment, Refused, Reversal, Status } from '../../../shared/channels/channel.ts'
import { monthNumber, monthText } from './calendar.ts'
import { factsOfClaim, keepsReference } from './decisions.ts'
import { type ClaimRecord, claimKey, demand, type Ledger, type Witness } from './ledger.ts'

/** An answer as it leaves a door, and what the auditor holds against it. */
export type Hearing = { readonly ledger: Ledger; readonly witness: Witness; readonly answer: Answer }
/** Whether the ledger bears the answer out, and the objection where it does not. */
export type Verdict = readonly [holds: boolean, but: string]

const SAME = 'same request, same answer'
const DURABLE = 'success is durable before it leaves'

export function claimOf({ ledger, witness }: Hearing, paymentId: string): ClaimRecord | undefined {
  return ledger.claims.get(claimKey(witness.channel, paymentId))
}

/** What a payment's repeat and a status are told once a claim stands. */
export function onDecision(hearing: Hearing, message: Payment | Status, record: ClaimRecord, answer: Answer): Verdict {
  const { ledger, witness } = hearing
  const { claim } = record
  const { reversal } = factsOfClaim(ledger, record)
  switch (answer.outcome) {
    case 'accepted':
      accepted(hearing, record, answer)
      return [reversal === undefined || reversal.at > witness.from, 'its channel had reversed it']
    case 'refused':
      keepsWord(ledger, record, answer)
      return [
        claim.decision.kind === 'refused' && claim.decision.code === answer.code,
        `its claim is ${claim.decision.kind}`,
      ]
    case 'was-reversed':
      keepsReference(ledger, claimKey(witness.channel, message.paymentId), answer.hubReference)
      return [claim.decision.kind === 'reversed-first' || reversal !== undefined, 'its channel did not reverse it']
    default:
      return [false, 'that is no word for a payment']
  }
}

export function onReversal(hearing: Hearing, message: Reversal): Verdict {
  const { ledger, witness, answer } = hearing
  const record = claimOf(hearing, message.paymentId)
  const isCustomers = record?.origin.customerId === message.customerId
  const decision = record?.claim.decision
  const facts = record && factsOfClaim(ledger, record)
  switch (answer.outcome) {
    case 'reversed': {
      const isDurable = facts?.reversal !== undefined && facts.payment !== undefined
      keepsReference(ledger, claimKey(witness.channel, message.paymentId), answer.hubReference)
      demand(ledger, DURABLE, isDurable, () => `${message.paymentId} was told reversed`)
      return [isCustomers && decision?.kind === 'accepted', 'it was not accepted for that customer']
    }
    case 'unknown-original':
      return [isCustomers && decision?.kind !== 'accepted', 'no claim keeps its payment out, or it was accepted']
    case 'conflict':
      return [record !== undefined && !isCustomers, 'the customer is the same']
    case 'too-late': {
      const wasReversed = facts?.reversal !== undefined && facts.reversal.at <= witness.from
      return [isCustomers && facts?.late !== undefined && !wasReversed, 'no case for finance stands']
    }
    case 'out-of-order': {
      const isOlder = decision?.kind === 'accepted' && message.partnerAt < decision.terms.partnerAt
      return [isCustomers && message.mustFollowPayment && isOlder, 'it is not older than its payment']
    }
    default:
      return [false, 'that is no word for a reversal']
  }
}

export function onStatus(hearing: Hearing, message: Status): Verdict {
  const { witness, answer } = hearing
  const record = claimOf(hearing, message.paymentId)
  if (answer.outcome === 'unknown-original') return [!record || record.at > witness.from, 'a claim stood']
  if (!record) return [false, 'no claim stands']
  const isCustomers = record.origin.customerId === message.customerId
  if (answer.outcome === 'conflict') return [!isCustomers, 'the customer is the same']
  return isCustomers ? onDecision(hearing, message, record, answer) : [false, 'it is another customer’s']
}

function accepted({ ledger, witness }: Hearing, record: ClaimRecord, answer: Accepted): void {
  const { claim } = record
  const key = claimKey(claim.channel, claim.paymentId)
  const isDurable = claim.decision.kind === 'accepted' && factsOfClaim(ledger, record).payment !== undefined
  demand(ledger, DURABLE, isDurable, () => `${key} was accepted without its fact (invocation ${witness.id})`)
  if (claim.decision.kind !== 'accepted') return
  const { terms } = claim.decision
  const months = terms.months.flatMap(({ first, count, price }) =>
    Array.from({ length: count }, (_, i) => ({ month: monthText(monthNumber(first) + i), price })),
  )
  const { hubReference, decidedAt, account } = claim
  const billCode = account === terms.kpj ? null : account
  const expected = wordsOf({ ...terms, hubReference, decidedAt, billCode, months })
  const came = wordsOf(answer)
  demand(ledger, SAME, came === expected, () => `${key}: its claim says ${expected}, the answer ${came}`)
  keepsWord(ledger, record, answer)
}

type Words = Pick<Accepted, 'hubReference' | 'kpj' | 'amount' | 'adminFee' | 'creditDrawn' | 'outlet' | 'renderer'> &
  Pick<Accepted, 'decidedAt' | 'billCode'> & {
    readonly paidThrough: string | null
    readonly months: readonly { readonly month: string; readonly price: Accepted['months'][number]['price'] }[]
  }

function wordsOf(words: Words): string {
  const { hubReference, kpj, amount, adminFee, creditDrawn, paidThrough, outlet, decidedAt, renderer, billCode } = words
  const months = words.months.map(({ month, price }) => [month, price.jkk, price.jkm, price.jht])
  const who = [hubReference, kpj, billCode, outlet, decidedAt, renderer]
  return JSON.stringify([...who, amount, adminFee, creditDrawn, paidThrough, months])
}

function keepsWord(ledger: Ledger, { claim }: ClaimRecord, answer: Accepted | Refused): void {
  const key = claimKey(claim.channel, claim.paymentId)
  const word = JSON.stringify(answer)
  const first = ledger.words.get(key)
  if (first === undefined) ledger.words.set(key, word)
  demand(ledger, SAME, first === undefined || first === word, () => `${key}: first ${first}, then ${word}`)
}

/** A claim that a reversal made is compared on the customer alone. */
export function isSameRequest({ origin }: ClaimRecord, message: Payment): boolean {
  if (origin.kind !== 'payment') return origin.customerId === message.customerId
  return callAsSent(origin) === callAsSent(message)
}

/** What makes two messages the same call; times, outlet and external id do not. */
export function callAsSent(message: Message | null): string {
  if (message?.kind === 'inquiry') return JSON.stringify([message.requestId, message.customerId, message.months])
  if (message?.kind !== 'payment') return ''
  const { paymentId, customerId, product, months, amount, adminFee } = message
  return JSON.stringify([paymentId, customerId, product, months, amount, adminFee])
}
