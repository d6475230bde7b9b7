/** What is written in one transaction with an approval, or not at all: how it is written is resolutions.ts. */
import type { BankFile, FileVersion } from '../../domain/settlement/file-version.ts'
import type { Placement } from '../../domain/settlement/placement.ts'
import type { UnconfirmedStatement } from '../../domain/settlement/unconfirmed-statement.ts'
import type { DecidedOnDay } from './decided-sums.ts'

export type ApprovalEffect =
  | { readonly kind: 'placement'; readonly placement: Placement; readonly before: Placement | undefined }
  /** An accepted settlement file, as it was read: it goes, and an entry beside it says so to whoever follows the table. */
  | { readonly kind: 'file-withdrawn'; readonly file: FileVersion }
  /** A bank statement, as it was read: it goes, and with it what it named. */
  | { readonly kind: 'statement-withdrawn'; readonly file: BankFile; readonly by: 'withdrawal' | 'rejection' }
  /** A bank statement that one person handed over, as it was read: it waits for nobody any more. */
  | { readonly kind: 'statement-confirmed'; readonly statement: UnconfirmedStatement }
  /** What one of its people, or everybody, has decided on the day with it, at its next version. */
  | { readonly kind: 'counted'; readonly day: DecidedOnDay }
  /** An entry that must not be there yet. */
  | { readonly kind: 'entry'; readonly part: string; readonly entry: string; readonly value: object }
