/**
 * The word on a payment for ever: accepted, refused, or reversed by its channel, as its decision and its facts have it, and in
 * the same text as the first answer. Also what a reversal and a status may be answered. Types only.
 */
import type { Accepted, Answer, Message, Payment, Reversal, Status } from '../../../shared/channel-port/channel.ts'
import { monthNumber, monthText } from './calendar.ts'
import { factsOfDecision, keepsReference } from './decisions.ts'
import { type DecisionRecord, decisionKey, demand, type InvocationRecord, type Ledger } from './ledger.ts'

/** An answer as it leaves an endpoint, and what the auditor holds against it. */
export type AnswerContext = { readonly ledger: Ledger; readonly witness: InvocationRecord; readonly answer: Answer }
/** Whether the ledger bears the answer out, and the objection where it does not. */
export type CheckResult = readonly [holds: boolean, but: string]

const SAME = 'same request, same answer'
const DURABLE = 'success is durable before it leaves'

export function decisionOf({ ledger, witness }: AnswerContext, paymentId: string): DecisionRecord | undefined {
  return ledger.decisions.get(decisionKey(witness.channel, paymentId))
}

/** What a payment's repeat and a status are answered once a decision stands. */
export function onDecision(
  hearing: AnswerContext,
  message: Payment | Status,
  record: DecisionRecord,
  answer: Answer,
): CheckResult {
  const { ledger, witness } = hearing
  const { decision } = record
  const { reversal } = factsOfDecision(ledger, record)
  switch (answer.outcome) {
    case 'accepted':
      accepted(hearing, record, answer)
      return [reversal === undefined || reversal.at > witness.from, 'its channel had reversed it']
    case 'refused':
      keepsWord(ledger, record, answer)
      return [
        decision.outcome.kind === 'refused' && decision.outcome.code === answer.code,
        `its decision is ${decision.outcome.kind}`,
      ]
    case 'was-reversed':
      keepsReference(ledger, decisionKey(witness.channel, message.paymentId), answer.hubReference)
      // Of a payment that was never accepted: no terminal that hears this may hear of a success later.
      if (message.kind === 'payment' && decision.outcome.kind === 'reversed-first') keepsWord(ledger, record, answer)
      return [
        reversal !== undefined || stoodDuring(hearing, record).some((one) => keepsOut(one, message)),
        'its channel did not reverse it',
      ]
    default:
      return [false, 'that is no word for a payment']
  }
}

export function onReversal(hearing: AnswerContext, message: Reversal): CheckResult {
  const { ledger, witness, answer } = hearing
  const record = decisionOf(hearing, message.paymentId)
  const stood = stoodDuring(hearing, record)
  const isCustomers = record?.origin.customerId === message.customerId
  const decision = record?.decision.outcome
  const facts = record && factsOfDecision(ledger, record)
  const isInquiry = message.signature !== undefined && ledger.inquiries.kept.has(message.signature)
  switch (answer.outcome) {
    case 'reversed': {
      const isDurable = facts?.reversal !== undefined && facts.payment !== undefined
      keepsReference(ledger, decisionKey(witness.channel, message.paymentId), answer.hubReference)
      demand(ledger, DURABLE, isDurable, () => `${message.paymentId} was answered as reversed`)
      return [isCustomers && decision?.kind === 'accepted', 'it was not accepted for that customer']
    }
    case 'unknown-original':
      return [
        stood.some((one) => one.origin.customerId === message.customerId && one.decision.outcome.kind !== 'accepted'),
        'no decision keeps its payment out, or it was accepted',
      ]
    case 'conflict':
      return [stood.some(({ origin }) => origin.customerId !== message.customerId), 'the customer is the same']
    case 'too-late': {
      const wasReversed = facts?.reversal !== undefined && facts.reversal.at <= witness.from
      return [isCustomers && facts?.late !== undefined && !wasReversed, 'no case for finance stands']
    }
    case 'out-of-order': {
      const isOlder = isCustomers && decision?.kind === 'accepted' && message.partnerAt <= decision.terms.partnerAt
      return [message.mustFollowPayment && (isOlder || isInquiry), 'it is later than its payment, and no inquiry']
    }
    default:
      return [false, 'that is no word for a reversal']
  }
}

/** Decisions that stood at some time while the invocation ran: the one that stands, and what gave way to it meanwhile. */
export function stoodDuring({ witness }: AnswerContext, record: DecisionRecord | undefined): readonly DecisionRecord[] {
  const stood: DecisionRecord[] = []
  for (let one = record; one; one = one.at > witness.from ? one.before : undefined) stood.push(one)
  return stood
}

/** Whether a reversal that came first holds for this message. */
function keepsOut({ decision, origin }: DecisionRecord, message: Payment | Status): boolean {
  if (decision.outcome.kind !== 'reversed-first' || origin.kind !== 'reversal') return false
  if (!origin.mustFollowPayment || decision.outcome.signedAt === null) return true
  return message.kind === 'status' || message.partnerAt < origin.partnerAt
}

export function onStatus(hearing: AnswerContext, message: Status): CheckResult {
  const { witness, answer } = hearing
  const record = decisionOf(hearing, message.paymentId)
  if (answer.outcome === 'unknown-original') return [!record || record.at > witness.from, 'a decision stood']
  if (!record) return [false, 'no decision stands']
  const isCustomers = record.origin.customerId === message.customerId
  if (answer.outcome === 'conflict') return [!isCustomers, 'the customer is the same']
  return isCustomers ? onDecision(hearing, message, record, answer) : [false, 'it is another customer’s']
}

function accepted({ ledger, witness }: AnswerContext, record: DecisionRecord, answer: Accepted): void {
  const { decision } = record
  const key = decisionKey(decision.channel, decision.paymentId)
  const isDurable = decision.outcome.kind === 'accepted' && factsOfDecision(ledger, record).payment !== undefined
  demand(ledger, DURABLE, isDurable, () => `${key} was accepted without its fact (invocation ${witness.id})`)
  if (decision.outcome.kind !== 'accepted') return
  const { terms } = decision.outcome
  const months = terms.months.flatMap(({ first, count, price }) =>
    Array.from({ length: count }, (_, i) => ({ month: monthText(monthNumber(first) + i), price })),
  )
  const { hubReference, decidedAt, account } = decision
  const billCode = account === terms.kpj ? null : account
  const expected = wordsOf({ ...terms, hubReference, decidedAt, billCode, months })
  const came = wordsOf(answer)
  demand(ledger, SAME, came === expected, () => `${key}: its decision says ${expected}, the answer ${came}`)
  keepsWord(ledger, record, answer)
}

type AcceptedFields = Pick<
  Accepted,
  'hubReference' | 'kpj' | 'amount' | 'adminFee' | 'creditDrawn' | 'outlet' | 'renderer'
> &
  Pick<Accepted, 'decidedAt' | 'billCode'> & {
    readonly paidThrough: string | null
    readonly months: readonly { readonly month: string; readonly price: Accepted['months'][number]['price'] }[]
  }

function wordsOf(words: AcceptedFields): string {
  const { hubReference, kpj, amount, adminFee, creditDrawn, paidThrough, outlet, decidedAt, renderer, billCode } = words
  const months = words.months.map(({ month, price }) => [month, price.jkk, price.jkm, price.jht])
  const who = [hubReference, kpj, billCode, outlet, decidedAt, renderer]
  return JSON.stringify([...who, amount, adminFee, creditDrawn, paidThrough, months])
}

function keepsWord(ledger: Ledger, { decision }: DecisionRecord, answer: Answer): void {
  const key = decisionKey(decision.channel, decision.paymentId)
  const word = JSON.stringify(answer)
  const first = ledger.words.get(key)
  if (first === undefined) ledger.words.set(key, word)
  demand(ledger, SAME, first === undefined || first === word, () => `${key}: first ${first}, then ${word}`)
}

/** A decision that a reversal made is compared on the customer alone. */
export function isSameRequest({ origin }: DecisionRecord, message: Payment): boolean {
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
