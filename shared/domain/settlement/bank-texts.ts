/**
 * What the bank books for itself: its charges and its interest, known by the statement's code or by the words of its text. Dated
 * data, each entry with its source; a movement that names a channel is never one of these. Refuses to know formats.
 */
import { type Dated, inForce } from '../effective-dated.ts'
import type { BankCredit } from './bank.ts'

export type OwnBooking = 'bank-charges' | 'interest'

/** `codes`: SWIFT's types without their first letter, and camt.053's sub-families. `words`: whole words, any case. */
type ChargeMarks = { readonly codes: readonly string[]; readonly words: readonly string[] }

export const BANK_TEXTS: Dated<Readonly<Record<OwnBooking, ChargeMarks>>> = [
  {
    from: '2020-01-01',
    value: {
      // Tax on interest is taken from the interest, so its words come first.
      interest: { codes: ['INT', 'INTR', 'TAXE'], words: ['BUNGA', 'INTEREST', 'JASA GIRO', 'PPH BUNGA'] },
      'bank-charges': {
        codes: ['CHG', 'CHRG', 'COMM', 'FEES'],
        words: ['BIAYA', 'ADMINISTRASI', 'BEA METERAI', 'CHARGE', 'CHARGES', 'BANK FEE'],
      },
    },
    source:
      'our assumption, to be replaced by the account agreement; SWIFT field 61 subfield 6, ISO 20022 external codes',
  },
]

/** null: somebody's movement. A charge is always a debit; interest may be taken back. */
export function ownBookingOf({ amount, bookedOn, code, remittance }: BankCredit): OwnBooking | null {
  const signs = inForce('texts of the bank', BANK_TEXTS, bookedOn)
  for (const kind of ['interest', 'bank-charges'] as const) {
    const hasSign = hasCode(signs[kind], code) || hasWord(signs[kind], remittance)
    if (hasSign && (kind === 'interest' || amount < 0)) return kind
  }
  return null
}

function hasCode({ codes }: ChargeMarks, code: string | undefined): boolean {
  return code !== undefined && (codes.includes(code) || codes.includes(code.slice(1)))
}

function hasWord({ words }: ChargeMarks, text: string): boolean {
  const plain = ` ${text.toUpperCase().replaceAll(/[^A-Z]+/g, ' ')} `
  return words.some((word) => plain.includes(` ${word} `))
}
