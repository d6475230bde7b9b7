/** The channels and classes that filters of finance's pages offer, in the order of the API. */
import type { Schemas } from '../../api/client.ts'

export const CHANNELS = ['pos', 'brilink', 'bni', 'indomaret', 'alfamart'] as const

/** A record, so that the compiler finds a class that the API has and this list has not. */
const CLASSES: Readonly<Record<Schemas['ListedDifference']['class'], true>> = {
  'missing-in-file': true,
  'missing-in-hub': true,
  'amount-difference': true,
  'fee-difference': true,
  'fee-invoice-difference': true,
  'duplicate-in-file': true,
  'duplicate-across-files': true,
  'reversed-here-settled-there': true,
  'settled-here-reversed-there': true,
  ambiguous: true,
  quarantined: true,
  'bank-difference': true,
  'late-reversal': true,
  'corrected-file': true,
}
export const DIFFERENCE_CLASSES = Object.keys(CLASSES) as readonly Schemas['ListedDifference']['class'][]

export const AGES = ['0-7', '8-30', '31-90', 'over-90'] as const

/** A filter of the address, if it is one. */
export function oneOf<T extends string>(known: readonly T[], value: string | undefined): T | undefined {
  return known.find((each) => each === value)
}
