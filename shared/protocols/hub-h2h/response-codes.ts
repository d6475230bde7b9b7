/**
 * Every code and message that the hub's own protocol answers: the response codes of a 200 reply in one table, the
 * problems of everything else in another. openapi.json publishes both; a test holds the three together.
 */
import type { Answer } from '../../channel-port/channel.ts'
import { assertNever } from '../../domain/assert-never.ts'

export type HubWord = { readonly code: string; readonly message: string }

export const HUB_WORDS = {
  ok: { code: '00', message: 'Success' },
  reversed: { code: '00', message: 'Reversed' },
  wrongAmount: { code: '13', message: 'Wrong amount' },
  unknownCustomer: { code: '14', message: 'Unknown customer' },
  expired: { code: '54', message: 'Bill expired' },
  alreadyPaid: { code: '88', message: 'Already paid' },
  unknownOriginal: { code: '92', message: 'Original payment not found' },
  wasReversed: { code: '93', message: 'Payment was reversed' },
  conflict: { code: '94', message: 'Same transactionId with other data' },
  tooLate: { code: '95', message: 'Too late to reverse' },
  fault: { code: '96', message: 'Hub error, nothing was recorded, try again' },
} as const satisfies Readonly<Record<string, HubWord>>

export type HubProblem = { readonly status: number; readonly code: string; readonly title: string }

export const HUB_PROBLEMS = {
  malformed: { status: 400, code: 'MALFORMED', title: 'A field is missing, unknown or not of its form' },
  notJson: { status: 400, code: 'NOT_JSON', title: 'The body is not one JSON object in UTF-8' },
  signatureMissing: { status: 401, code: 'SIGNATURE_MISSING', title: 'A webhook header is missing or not of its form' },
  signatureWrong: { status: 401, code: 'SIGNATURE_WRONG', title: 'No signature of the list is right' },
  clockWrong: { status: 401, code: 'CLOCK_WRONG', title: 'webhook-timestamp is more than 5 minutes off' },
  unknownOperation: { status: 404, code: 'UNKNOWN_OPERATION', title: 'There is no such operation' },
  wrongMethod: { status: 405, code: 'WRONG_METHOD', title: 'Expected POST' },
  tooLarge: { status: 413, code: 'TOO_LARGE', title: 'The body is larger than 64 KB' },
  wrongContentType: { status: 415, code: 'WRONG_CONTENT_TYPE', title: 'Expected application/json in UTF-8' },
  tooMany: { status: 429, code: 'TOO_MANY', title: 'Too many requests, try again later' },
  outcomeUnknown: { status: 503, code: 'OUTCOME_UNKNOWN', title: 'The outcome is unknown, repeat or reverse' },
} as const satisfies Readonly<Record<string, HubProblem>>

/** Answers without a code: they travel as problems. */
export type AnswerWithoutCode = Extract<Answer, { readonly outcome: 'too-many' | 'unknown-outcome' }>

/** The word for an answer. `out-of-order` cannot come up here (nothing demands it), and reads as a conflict. */
export function hubWordOf(answer: Exclude<Answer, AnswerWithoutCode>): HubWord {
  switch (answer.outcome) {
    case 'quoted':
    case 'accepted':
      return HUB_WORDS.ok
    case 'reversed':
      return HUB_WORDS.reversed
    case 'refused':
      return refusalWordOf(answer.code)
    case 'repeated':
      return hubWordOf(answer.first)
    case 'conflict':
    case 'external-id-conflict':
    case 'out-of-order':
      return HUB_WORDS.conflict
    case 'was-reversed':
      return HUB_WORDS.wasReversed
    case 'unknown-original':
      return HUB_WORDS.unknownOriginal
    case 'too-late':
      return HUB_WORDS.tooLate
    case 'fault':
      return HUB_WORDS.fault
    default:
      return assertNever(answer)
  }
}

function refusalWordOf(code: Extract<Answer, { readonly outcome: 'refused' }>['code']): HubWord {
  switch (code) {
    case 'unknown-customer':
      return HUB_WORDS.unknownCustomer
    case 'expired':
      return HUB_WORDS.expired
    case 'already-paid':
      return HUB_WORDS.alreadyPaid
    case 'wrong-amount':
      return HUB_WORDS.wrongAmount
    default:
      return assertNever(code)
  }
}
