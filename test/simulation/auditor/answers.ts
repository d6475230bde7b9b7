/**
 * What partners are told, checked as each answer leaves its door: same request same answer, success only when durable,
 * "our fault" never after a claim, and every refusal, conflict and reversal only where the ledger bears it out. Types only.
 */
import type { Accepted, Answer, Inquiry, Message, Payment, Refused, Reversal, Status } from '../../../shared/channels/channel.ts'
import { monthText } from './calendar.ts'
import { bindingKey } from './commits.ts'
import { factsOfClaim, keepsReference } from './decisions.ts'
import { type ClaimRecord, claimKey, demand, type Ledger, type Witness } from './ledger.ts'

const LEGIT = 'an answer is true when it is given'
const SAME = 'same request, same answer'
const NEVER_FAILED = 'never "failed" after a claim'
const DURABLE = 'success is durable before it leaves'

export function told(ledger: Ledger, witness: Witness, message: Message, answer: Answer): void {
  if (answer.outcome === 'unknown-outcome' || answer.outcome === 'fault' || answer.outcome === 'too-many') {
    demand(
      ledger,
      'no fault without a cause',
      witness.faults > 0,
      () => `${message.kind} was answered ${answer.outcome}`,
    )
    if (answer.outcome !== 'unknown-outcome') notFailed(ledger, witness, message)
    return
  }
  switch (message.kind) {
    case 'inquiry':
      return inquired(ledger, witness, message, answer)
    case 'payment':
      return paid(ledger, witness, message, answer)
    case 'reversal':
      return reversed(ledger, witness, message, answer)
    case 'status':
      return stated(ledger, witness, message, answer)
  }
}

/** "Our fault" promises that nothing was taken: wrong once this message tried to claim, or any had claimed before it came. */
function notFailed(ledger: Ledger, witness: Witness, message: Message): void {
  if (message.kind === 'inquiry') return
  const claim = claimOf(ledger, witness, message.paymentId)
  const before = claim !== undefined && claim.at <= witness.from
  demand(ledger, NEVER_FAILED, !before && !witness.triedToClaim, () => `${message.kind} ${message.paymentId}`)
}

function claimOf(ledger: Ledger, witness: Witness, paymentId: string): ClaimRecord | undefined {
  return ledger.claims.get(claimKey(witness.channel, paymentId))
}

function legit(ledger: Ledger, holds: boolean, message: Message, answer: Answer, why: string): void {
  const id = 'paymentId' in message ? message.paymentId : message.requestId
  demand(ledger, LEGIT, holds, () => `${message.kind} ${id} was answered ${wordOf(answer)}, but ${why}`)
}

function wordOf(answer: Answer): string {
  return answer.outcome === 'refused' ? `refused ${answer.code}` : answer.outcome
}

function inquired(ledger: Ledger, witness: Witness, message: Inquiry, answer: Answer) {
  if (answer.outcome === 'external-id-conflict') return boundElsewhere(ledger, witness, message, answer)
  legit(
    ledger,
    answer.outcome === 'quoted' || answer.outcome === 'refused',
    message,
    answer,
    'an inquiry is quoted or refused',
  )
}

/** Another call took the external id of the day: another service, another request, or the same one with other facts. */
function boundElsewhere(ledger: Ledger, witness: Witness, message: Inquiry | Payment, answer: Answer): void {
  const { externalId } = message
  const bound = externalId && ledger.bindings.get(bindingKey({ channel: witness.channel, ...externalId }))
  const isOther = bound !== undefined && callAsSent(bound.origin) !== callAsSent(message)
  legit(ledger, isOther, message, answer, 'no other call has the external id')
}

function callAsSent(message: Message | null): string {
  if (message?.kind === 'payment') return factsAsSent(message)
  return message?.kind === 'inquiry' ? JSON.stringify([message.requestId, message.customerId, message.months]) : ''
}

function paid(ledger: Ledger, witness: Witness, message: Payment, answer: Answer): void {
  if (answer.outcome === 'external-id-conflict') return boundElsewhere(ledger, witness, message, answer)
  binds(ledger, witness, message, answer)
  const claim = claimOf(ledger, witness, message.paymentId)
  legit(ledger, claim !== undefined, message, answer, 'no claim stands')
  if (!claim) return
  if (answer.outcome === 'conflict') {
    return legit(ledger, !isSameRequest(claim, message), message, answer, 'it is the request that made the claim')
  }
  legit(ledger, isSameRequest(claim, message), message, answer, 'another request made the claim')
  if (answer.outcome === 'repeated') {
    const binding =
      message.externalId && ledger.bindings.get(bindingKey({ channel: witness.channel, ...message.externalId }))
    legit(ledger, binding !== undefined && binding.by !== witness.id, message, answer, 'the external id is new')
    return decided(ledger, witness, message, claim, answer.first)
  }
  decided(ledger, witness, message, claim, answer)
}

/** An external id that another call had taken conflicts; the same call again, once decided, is told that it repeats. */
function binds(ledger: Ledger, witness: Witness, message: Payment, answer: Answer): void {
  const bound = message.externalId && ledger.bindings.get(bindingKey({ channel: witness.channel, ...message.externalId }))
  if (!bound || bound.at > witness.from) return
  const claim = claimOf(ledger, witness, message.paymentId)
  const isSame = callAsSent(bound.origin) === callAsSent(message)
  const wasDecided = claim !== undefined && claim.at <= witness.from
  const saysFirst = answer.outcome === 'accepted' || answer.outcome === 'refused'
  legit(ledger, isSame, message, answer, 'another call has its external id')
  legit(ledger, !(wasDecided && saysFirst), message, answer, 'its external id had been used for it')
}

/** A payment's claim makes the word: accepted, refused, or reversed by its channel. */
function decided(
  ledger: Ledger,
  witness: Witness,
  message: Payment | Status,
  claim: ClaimRecord,
  answer: Answer,
): void {
  const { reversal } = factsOfClaim(ledger, claim)
  const isReversed = claim.claim.decision.kind === 'reversed-first' || reversal !== undefined
  switch (answer.outcome) {
    case 'accepted':
      legit(
        ledger,
        reversal === undefined || reversal.at > witness.from,
        message,
        answer,
        'its channel had reversed it',
      )
      return accepted(ledger, witness, claim, answer)
    case 'refused':
      return refused(ledger, claim, message, answer)
    case 'was-reversed':
      keepsReference(ledger, claimKey(witness.channel, message.paymentId), answer.hubReference)
      return legit(ledger, isReversed, message, answer, 'its channel did not reverse it')
    default:
      legit(ledger, false, message, answer, 'that is no word for a payment')
  }
}

function accepted(ledger: Ledger, witness: Witness, record: ClaimRecord, answer: Accepted): void {
  const { claim } = record
  const key = claimKey(claim.channel, claim.paymentId)
  const isDurable = claim.decision.kind === 'accepted' && factsOfClaim(ledger, record).payment !== undefined
  demand(ledger, DURABLE, isDurable, () => `${key} was accepted, its fact is not there (invocation ${witness.id})`)
  if (claim.decision.kind !== 'accepted') return
  const { terms } = claim.decision
  const months = terms.months.flatMap(({ first, count, price }) =>
    Array.from({ length: count }, (_, i) => [addMonths(first, i), price.jkk, price.jkm, price.jht].join(':')),
  )
  const expected = [
    [claim.hubReference, terms.kpj, terms.amount, terms.adminFee, terms.creditDrawn, terms.paidThrough, terms.outlet],
    [claim.decidedAt, terms.renderer, claim.account === terms.kpj ? null : claim.account, months],
  ]
  const came = [
    [
      answer.hubReference,
      answer.kpj,
      answer.amount,
      answer.adminFee,
      answer.creditDrawn,
      answer.paidThrough,
      answer.outlet,
    ],
    [
      answer.decidedAt,
      answer.renderer,
      answer.billCode,
      answer.months.map(({ month, price }) => [month, price.jkk, price.jkm, price.jht].join(':')),
    ],
  ]
  demand(
    ledger,
    SAME,
    JSON.stringify(came) === JSON.stringify(expected),
    () => `${key} differs from its claim: ${came}`,
  )
  keepsWord(ledger, key, answer)
}

function addMonths(first: string, count: number): string {
  return monthText(Number(first.slice(0, 4)) * 12 + Number(first.slice(5)) - 1 + count)
}

function refused(ledger: Ledger, { claim }: ClaimRecord, message: Message, answer: Refused): void {
  const stands = claim.decision.kind === 'refused' && claim.decision.code === answer.code
  legit(ledger, stands, message, answer, `its claim is ${claim.decision.kind}`)
  keepsWord(ledger, claimKey(claim.channel, claim.paymentId), answer)
}

function keepsWord(ledger: Ledger, key: string, answer: Accepted | Refused): void {
  const word = JSON.stringify(answer)
  const first = ledger.words.get(key)
  if (first === undefined) ledger.words.set(key, word)
  demand(ledger, SAME, first === undefined || first === word, () => `${key}: first ${first}, then ${word}`)
}

function reversed(ledger: Ledger, witness: Witness, message: Reversal, answer: Answer): void {
  const claim = claimOf(ledger, witness, message.paymentId)
  const isCustomers = claim !== undefined && claim.origin.customerId === message.customerId
  const wasAccepted = claim?.claim.decision.kind === 'accepted'
  const facts = claim && factsOfClaim(ledger, claim)
  switch (answer.outcome) {
    case 'reversed':
      keepsReference(ledger, claimKey(witness.channel, message.paymentId), answer.hubReference)
      demand(
        ledger,
        DURABLE,
        facts?.reversal !== undefined && facts.payment !== undefined,
        () => `${message.paymentId} was told reversed`,
      )
      return legit(ledger, isCustomers && wasAccepted, message, answer, 'it was not accepted for that customer')
    case 'unknown-original':
      return legit(
        ledger,
        isCustomers && !wasAccepted,
        message,
        answer,
        'no claim keeps its payment out, or it was accepted',
      )
    case 'conflict':
      return legit(ledger, claim !== undefined && !isCustomers, message, answer, 'the customer is the same')
    case 'too-late': {
      const wasReversed = facts?.reversal !== undefined && facts.reversal.at <= witness.from
      return legit(
        ledger,
        isCustomers && facts?.late !== undefined && !wasReversed,
        message,
        answer,
        'no case for finance stands',
      )
    }
    case 'out-of-order': {
      const { decision } = (claim as ClaimRecord | undefined)?.claim ?? {}
      const isOlder = decision?.kind === 'accepted' && message.partnerAt < decision.terms.partnerAt
      return legit(
        ledger,
        isCustomers && message.mustFollowPayment && isOlder,
        message,
        answer,
        'it is not older than its payment',
      )
    }
    default:
      legit(ledger, false, message, answer, 'that is no word for a reversal')
  }
}

function stated(ledger: Ledger, witness: Witness, message: Status, answer: Answer): void {
  const claim = claimOf(ledger, witness, message.paymentId)
  const wasThere = claim !== undefined && claim.at <= witness.from
  if (answer.outcome === 'unknown-original') return legit(ledger, !wasThere, message, answer, 'a claim stood')
  legit(ledger, claim !== undefined, message, answer, 'no claim stands')
  if (!claim) return
  const isCustomers = claim.origin.customerId === message.customerId
  if (answer.outcome === 'conflict') return legit(ledger, !isCustomers, message, answer, 'the customer is the same')
  legit(ledger, isCustomers, message, answer, 'it is another customer’s')
  decided(ledger, witness, message, claim, answer)
}

/** A claim that a reversal made is compared on the customer alone. */
function isSameRequest(claim: ClaimRecord, message: Payment): boolean {
  const { origin } = claim
  if (origin.kind !== 'payment') return origin.customerId === message.customerId
  return factsAsSent(origin) === factsAsSent(message)
}

/** What makes two payment messages the same request; times, outlet and external id do not. */
export function factsAsSent({ paymentId, customerId, product, months, amount, adminFee }: Payment): string {
  return JSON.stringify([paymentId, customerId, product, months, amount, adminFee])
}

