/** The channels and classes that filters of finance's pages offer, in the order of the API. */
import type { Schemas } from '../../api/client.ts'

export const CHANNELS = ['pos', 'brilink', 'bni', 'indomaret', 'alfamart'] as const

export const DIFFERENCE_CLASSES = [
  'missing-in-file',
  'missing-in-hub',
  'amount-difference',
  'fee-difference',
  'fee-invoice-difference',
  'duplicate-in-file',
  'duplicate-across-files',
  'reversed-here-settled-there',
  'settled-here-reversed-there',
  'ambiguous',
  'quarantined',
  'bank-difference',
  'late-reversal',
  'corrected-file',
] as const satisfies readonly Schemas['ListedDifference']['class'][]

export const AGES = ['0-7', '8-30', '31-90', 'over-90'] as const

/** A filter of the address, if it is one. */
export function oneOf<T extends string>(known: readonly T[], value: string | undefined): T | undefined {
  return known.find((each) => each === value)
}
