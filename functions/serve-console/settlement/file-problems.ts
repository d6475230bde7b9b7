/**
 * A file that cannot be used is answered as a problem of its own: 422 with the reader's code, the line where it showed and
 * the digest under which the bytes are kept all the same. The codes are those of the readers in shared/domain/settlement.
 */
import type { BankRefusalCode } from '../../../shared/domain/settlement/file-version.ts'
import type { FileRefusalCode } from '../../../shared/domain/settlement/line.ts'

const TITLES: Readonly<Record<FileRefusalCode | BankRefusalCode, string>> = {
  WRONG_CHANNEL: 'The file is of another channel',
  WRONG_DAY: 'The file is of another day',
  DAY_NOT_OVER: 'The day of the file is not over yet',
  DAY_OUT_OF_RANGE: 'The day of the file is outside the days that files are taken for',
  LAYOUT_CHANGED: 'The file does not have the expected layout',
  TRUNCATED: 'The end of the file is missing',
  DATA_AFTER_TRAILER: 'Something follows the control totals',
  WRONG_ENCODING: 'The file is not in the expected encoding',
  TOTALS_DO_NOT_FOOT: 'The control totals do not foot; the file is held',
  TOO_LARGE: 'The file is larger than any day can be',
  EMPTY: 'The file is empty',
  UNKNOWN_NAME: 'The name is no file of any channel',
  WRONG_SENDER: 'The file lies in another sender’s folder',
  NOT_ENCRYPTED: 'The file is not encrypted, as this channel’s files must be',
  BROKEN_ENVELOPE: 'The encrypted file is damaged',
  UNKNOWN_KEY: 'The file is encrypted for another key than ours',
  NOT_SIGNED: 'The file is not signed',
  UNKNOWN_SIGNER: 'The file is signed with a key that is not the sender’s',
  WRONG_SIGNATURE: 'The signature is not of this file',
  XML_NOT_PLAIN: 'The XML has a document type or entities of its own',
  UNKNOWN_FORMAT: 'The file is neither camt.053 nor MT940',
  WRONG_ACCOUNT: 'The statement is of another account',
  WRONG_CURRENCY: 'The statement is in another currency',
  BAD_ENTRY: 'An entry of the statement cannot be read',
  BALANCE_DOES_NOT_FOOT: 'The entries do not lead from one balance to the other',
  CREDIT_CHANGED: 'A known reference names another movement',
}

export type UnusableCode = keyof typeof TITLES
export const UNUSABLE_CODES = Object.keys(TITLES) as UnusableCode[]

export function titleOfUnusable(code: UnusableCode): string {
  return TITLES[code]
}
