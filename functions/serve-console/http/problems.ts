/**
 * Every problem that the console answers with: its stable code, its status and its title. Programs rely on the codes.
 * Which operation may answer which is said by its route, and checked by the compiler.
 */

/** Every code that the console answers with, its status and its title; the OpenAPI document lists the same ones. */
export const PROBLEMS = {
  NOT_JSON: [400, 'The body is not JSON'],
  INVALID_INPUT: [400, 'The input is not valid'],
  BAD_NIK: [400, 'That is not a NIK'],
  LAYOUT_CHANGED: [400, 'The file does not have the expected layout'],
  KNOWN_AT_TOO_RECENT: [400, 'That instant is too recent'],
  NO_ROLE: [403, 'The token carries no role of this console'],
  NOT_ALLOWED: [403, 'Your role does not allow this'],
  OWN_PROPOSAL: [403, 'Nobody approves an own proposal'],
  NOT_FOUND: [404, 'There is nothing here'],
  UNKNOWN_MEMBERSHIP: [404, 'There is no such membership'],
  UNKNOWN_BILL: [404, 'There is no such bill'],
  UNKNOWN_SPONSOR: [404, 'There is no such sponsor'],
  UNKNOWN_PROGRAM: [404, 'There is no such program'],
  UNKNOWN_COHORT: [404, 'There is no such cohort'],
  UNKNOWN_AGENT: [404, 'There is no such agent'],
  UNKNOWN_CHANNEL: [404, 'There is no such channel'],
  UNKNOWN_PAYMENT: [404, 'There is no such payment'],
  UNKNOWN_QUEUE: [404, 'There is no such queue'],
  UNKNOWN_DAY: [404, 'There is no such day'],
  UNKNOWN_STATEMENT: [404, 'There is no such statement'],
  UNKNOWN_DIFFERENCE: [404, 'There is no such difference'],
  UNKNOWN_ATTACHMENT: [404, 'There is no such attachment'],
  UNKNOWN_SUSPENSE: [404, 'There is no such money in suspense'],
  UNKNOWN_MOVEMENT: [404, 'There is no such movement of the bank'],
  UNKNOWN_PERIOD: [404, 'The books have no such month'],
  UNKNOWN_CHARGE: [404, 'There is no such charge'],
  UNKNOWN_INVOICE: [404, 'There is no such invoice'],
  UNKNOWN_FEES: [404, 'There are no such fees'],
  NO_STATISTICS: [404, 'Nothing was counted on that day'],
  METHOD_NOT_ALLOWED: [405, 'That method is not offered here'],
  DAY_OPEN: [409, 'The day is not closed yet'],
  PERIOD_OPEN: [409, 'The month is not closed yet'],
  PERIOD_CLOSED: [409, 'The month is closed'],
  PERIOD_OUT_OF_ORDER: [409, 'An earlier month is open'],
  STATEMENT_UNCONFIRMED: [409, 'A bank statement that one person handed over waits for a second one'],
  PERIOD_NOT_CLEAN: [409, 'Something of the month is open'],
  ALREADY_CLOSED: [409, 'The membership is closed already'],
  NOT_CLOSED: [409, 'The membership is not closed'],
  MEMBERSHIP_CLOSED: [409, 'The membership is closed'],
  NIK_ALREADY_SELF_PAID: [409, 'The participant pays for another membership'],
  FUNDING_CHANGES: [409, 'The funding changes within those months'],
  NOTHING_DUE: [409, 'Those months cost nothing'],
  BUDGET_SHORT: [409, 'The budget does not cover everybody'],
  NO_CHANNEL: [409, 'No channel takes that amount'],
  BILL_PAID: [409, 'The bill is paid'],
  BILL_REPLACED: [409, 'Another bill took the place of this one'],
  BILL_OF_MANY: [409, 'The bill is for a list of members'],
  TOO_FAR_AHEAD: [409, 'That is more than 12 months ahead'],
  ALREADY_PROPOSED: [409, 'A proposal waits for approval'],
  ALREADY_DECIDED: [409, 'It is decided already'],
  NOT_PROPOSED: [409, 'Nothing is proposed'],
  ACTION_DOES_NOT_FIT: [409, 'That action does not fit here'],
  LINKED_DIFFERENCE: [409, 'What is perhaps the other side of this difference is being resolved'],
  ANSWER_TOO_LARGE: [409, 'The answer is too large'],
  ANSWER_FILE_TOO_LARGE: [409, 'The file is too large to be handed out here'],
  INVOICE_NUMBER_TAKEN: [409, 'Another invoice has this number'],
  MORE_THAN_OPEN: [409, 'That is more than is open'],
  ALREADY_OWNED: [409, 'Somebody else has the case'],
  NOT_OWNER: [409, 'The case is not yours'],
  KEY_REUSED: [409, 'That key stands for another call'],
  EXPORT_LIMIT: [409, 'That is more than one person may export in a day'],
  TOO_MANY: [409, 'There are too many of them already'],
  ID_TAKEN: [409, 'Another one has this id'],
  STEP_DOES_NOT_FIT: [409, 'The program is not in a state in which this can be done'],
  SECRET_NOT_WRITTEN: [409, 'The secret does not show that step yet'],
  CHANGED_MEANWHILE: [409, 'Somebody else changed this at the same moment'],
  TOO_LARGE: [413, 'The body is too large'],
  WRONG_CONTENT_TYPE: [415, 'The content type is not the expected one'],
  DEFECT: [500, 'The hub failed'],
  TRY_AGAIN: [503, 'The hub cannot answer at the moment'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>

export type ProblemCode = keyof typeof PROBLEMS

export function statusOf(code: ProblemCode): number {
  return PROBLEMS[code][0]
}

export function titleOf(code: ProblemCode): string {
  return PROBLEMS[code][1]
}
