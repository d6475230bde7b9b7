/** The two calls that take files in, and the shapes of their answers: part of openapi.ts and openapi-schemas.ts, whose pens they use. */
import { BANK_FORMATS, FILE_STATES } from '../../shared/domain/settlement/file-version.ts'
import { UNUSABLE, UNUSABLE_CODES } from './file-problems.ts'
import type { Operation } from './openapi.ts'
import { ref, type Schema } from './openapi-schemas.ts'
import type { Pen } from './openapi-settlement.ts'
import type { Pen as SchemaPen } from './openapi-settlement-schemas.ts'
import { FILE_TYPES } from './put-files.ts'

const BYTES: Schema = {
  type: 'string',
  format: 'binary',
  description: 'The file as it came. As application/octet-stream it arrives byte for byte, whatever its encoding',
}

export function filePaths({ inPath, answers }: Omit<Pen, 'inQuery' | 'jsonBody'>) {
  const requestBody = {
    required: true,
    content: Object.fromEntries(FILE_TYPES.map((type) => [type, { schema: BYTES }])),
  }
  const unusable: Operation['responses'] = {
    [UNUSABLE]: {
      description: `The file cannot be used; its bytes are kept all the same. ${UNUSABLE_CODES.join(', ')}`,
      content: { 'application/problem+json': { schema: ref('UnusableFile') } },
    },
  }
  return {
    '/api/settlements/{channel}/{date}/file': {
      put: {
        operationId: 'putSettlementFile',
        summary: 'Takes in the settlement file of a channel’s day',
        description:
          'The same bytes again change nothing. Another good file beside an accepted one is proposed with what it changes.',
        parameters: [
          inPath('channel', 'Payment channel'),
          inPath('date', 'Business day (Asia/Jakarta), such as 2026-11-20'),
        ],
        requestBody,
        responses: {
          ...answers(200, 'What became of it', ref('FileTaken'), ['INVALID_INPUT', 'NOT_FOUND', 'WRONG_CONTENT_TYPE']),
          ...unusable,
        },
      },
    },
    '/api/bank-statements/{name}': {
      put: {
        operationId: 'putBankStatement',
        summary: 'Takes in a bank statement, camt.053.001.08 or MT940',
        description: 'A movement is known by the bank’s reference: in another statement it counts once.',
        parameters: [inPath('name', 'What to call it, such as its file name')],
        requestBody,
        responses: {
          ...answers(200, 'What became of it', ref('StatementTaken'), ['INVALID_INPUT', 'WRONG_CONTENT_TYPE']),
          ...unusable,
        },
      },
    },
  }
}

export function fileSchemas({ text, money, list, oneOf, orNull, object, count, date }: SchemaPen) {
  const signed = (description: string): Schema => orNull(money(description))
  const change = object(
    {
      against: { ...count, description: 'The accepted version' },
      added: count,
      removed: count,
      changed: { ...count, description: 'Same payment id, other content' },
      amountRupiah: money('New less old'),
      feeRupiah: money('New less old'),
      netRupiah: money('New less old'),
      lines: list(
        object({
          paymentId: text('Empty where the line has none'),
          wasRupiah: signed('Before'),
          isRupiah: signed('After'),
        }),
      ),
    },
    'What a proposed file changes; the first lines of it',
  )
  const sha256 = text('Of the bytes as they came, hexadecimal')
  return {
    FileTaken: object({
      outcome: oneOf(['accepted', 'unchanged', 'proposed']),
      version: { ...count, description: 'Of the day’s file, from 1' },
      state: oneOf(FILE_STATES),
      sha256,
      bytes: count,
      lines: { ...count, description: 'By the control totals; all money below is theirs' },
      amountRupiah: money('Settled less reversed'),
      feeRupiah: money('The channel’s fees'),
      netRupiah: money('What the bank must credit'),
      quarantinedLines: { ...count, description: 'Lines put aside' },
      quarantined: list(
        object({
          line: { type: 'integer', minimum: 1, description: 'Physical line of the file' },
          code: text('What was wrong'),
          field: text('The column, as the layout calls it; empty: the whole line'),
        }),
      ),
      change: orNull(change),
    }),
    StatementTaken: object({
      outcome: oneOf(['accepted', 'unchanged']),
      sha256,
      format: oneOf(BANK_FORMATS),
      added: { ...count, description: 'Movements that were not known before' },
      pendingEntries: { ...count, description: 'Entries that the bank has not booked yet' },
      credits: list(
        object({
          id: text('The bank’s reference, or a digest where it gives none'),
          bookedOn: date,
          valueOn: date,
          amountRupiah: money('Negative for what was returned or taken'),
          statement: text('Which statement'),
          entry: { type: 'integer', minimum: 1, description: 'Which entry of it' },
        }),
      ),
    }),
    UnusableFile: object({
      type: text('Always about:blank; the code names the problem'),
      title: text('The same for every problem of this code'),
      status: { type: 'integer' },
      detail: text('What was expected; never what was sent'),
      code: { ...oneOf(UNUSABLE_CODES), description: 'Stable; programs may rely on it' },
      line: orNull({ type: 'integer', minimum: 1, description: 'Line of the file or entry of the statement' }),
      sha256,
      version: orNull({ type: 'integer', minimum: 1, description: 'Of the day’s file, where it was held' }),
    }),
  } as const satisfies Readonly<Record<string, Schema>>
}
