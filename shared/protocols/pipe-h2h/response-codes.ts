/**
 * Every code and description that the pipe protocol answers, in one table. The codes beyond `00` are our choice: no
 * public list of them exists. Refuses to know how a reply is laid out; write.ts does.
 */
import type { Answer } from '../../channel-port/channel.ts'
import { assertNever } from '../../domain/assert-never.ts'

export type PipeWord = { readonly code: string; readonly description: string }

export const PIPE_WORDS = {
  ok: { code: '00', description: 'Success' },
  fault: { code: '05', description: 'Hub error, nothing was recorded, try again' },
  malformed: { code: '12', description: 'Malformed request' },
  wrongAmount: { code: '13', description: 'Wrong amount' },
  unknownCustomer: { code: '14', description: 'Unknown customer' },
  expired: { code: '54', description: 'Bill expired' },
  alreadyPaid: { code: '88', description: 'Already paid' },
  unknownOriginal: { code: '92', description: 'Original payment not found' },
  wasReversed: { code: '93', description: 'Payment was reversed' },
  conflict: { code: '94', description: 'Same id with other data' },
  tooLate: { code: '95', description: 'Too late to reverse' },
  unauthorized: { code: '97', description: 'Unauthorized' },
} as const satisfies Readonly<Record<string, PipeWord>>

/** Answers that the table has no code for: they travel as HTTP 429 and 503. */
export type AnswerWithoutCode = Extract<Answer, { readonly outcome: 'too-many' | 'unknown-outcome' }>

/** The word for an answer. `out-of-order` reads as unauthorized: such a reversal is taken for a forged one. */
export function pipeWordOf(answer: Exclude<Answer, AnswerWithoutCode>): PipeWord {
  switch (answer.outcome) {
    case 'quoted':
    case 'accepted':
    case 'reversed':
      return PIPE_WORDS.ok
    case 'refused':
      return refusalWordOf(answer.code)
    case 'repeated':
      return pipeWordOf(answer.first)
    case 'conflict':
    case 'external-id-conflict':
      return PIPE_WORDS.conflict
    case 'was-reversed':
      return PIPE_WORDS.wasReversed
    case 'unknown-original':
      return PIPE_WORDS.unknownOriginal
    case 'too-late':
      return PIPE_WORDS.tooLate
    case 'out-of-order':
      return PIPE_WORDS.unauthorized
    case 'fault':
      return PIPE_WORDS.fault
    default:
      return assertNever(answer)
  }
}

function refusalWordOf(code: Extract<Answer, { readonly outcome: 'refused' }>['code']): PipeWord {
  switch (code) {
    case 'unknown-customer':
      return PIPE_WORDS.unknownCustomer
    case 'expired':
      return PIPE_WORDS.expired
    case 'already-paid':
      return PIPE_WORDS.alreadyPaid
    case 'wrong-amount':
      return PIPE_WORDS.wrongAmount
    default:
      return assertNever(code)
  }
}
