/**
 * The taxes on a channel's fee: VAT (PPN) that it adds to its invoice, and income tax (PPh 23) that we withhold from it and
 * pay to the state. Dated data: each rate with its source and with how certain it is that it applies here.
 *
 * Rounding, for both: to the whole rupiah once per invoice (of a month that is calculated: once on its whole fee), half a
 * rupiah away from zero. An invoice that rounds otherwise differs by one rupiah, which the tolerance covers.
 */
import { type Dated, inForce } from '../effective-dated.ts'
import type { BusinessDate } from '../instant.ts'
import { type Rupiah, rupiah } from '../money.ts'

/** `enacted`: the rate itself is law. `assumed`: law, but whether this case falls under it is for the tax adviser to confirm. */
export const TAX_CERTAINTIES = ['enacted', 'assumed'] as const
export type TaxCertainty = (typeof TAX_CERTAINTIES)[number]

/** The tax is `percent` of a part of the fee; `base` is that part as a fraction. */
export type TaxRate = {
  readonly percent: number
  readonly base: { readonly parts: number; readonly of: number }
  readonly certainty: TaxCertainty
}

/** Who is paid decides on withholding: nothing is withheld from a bank. */
export const FEE_PAYEES = ['company', 'bank'] as const
export type FeePayee = (typeof FEE_PAYEES)[number]

const WHOLE = { parts: 1, of: 1 } as const

/**
 * By the date of the invoice. Looked up in November 2026: the rates and their dates are law, and services other than luxury goods
 * stay at 11% in effect since 2025 (https://news.ddtc.co.id/berita/nasional/1807939/pmk-terbaru-soal-ppn-12-akhirnya-terbit-begini-perinciannya).
 * That a fee for collecting payments is a taxable service is assumed: PMK 69/PMK.03/2022 taxes fees of payment services from
 * 1 May 2022 on and exempts some transfers (https://news.ddtc.co.id/berita/nasional/38977/pmk-692022-jasa-sistem-pembayaran-ini-dikecualikan-dari-ppn).
 */
export const VAT: Dated<TaxRate> = [
  {
    from: '2020-01-01',
    value: { percent: 10, base: WHOLE, certainty: 'assumed' },
    source: 'UU 42/2009, article 7 (1): 10%; that it applies to this fee is to be confirmed',
  },
  {
    from: '2022-04-01',
    value: { percent: 11, base: WHOLE, certainty: 'assumed' },
    source: 'UU 7/2021, article 7 (1) a: 11%; that it applies to this fee is to be confirmed',
  },
  {
    from: '2025-01-01',
    value: { percent: 12, base: { parts: 11, of: 12 }, certainty: 'assumed' },
    source:
      'UU 7/2021, article 7 (1) b, with PMK 131/2024, article 3 (2) and (3): 12% of 11/12 of the consideration; that it applies to this fee is to be confirmed',
  },
]

/**
 * Of the fee without VAT. Looked up in November 2026: services of intermediaries and agents are on the list, 2%
 * (https://klikpajak.id/blog/apa-saja-jasa-lain-yang-dipotong-pph-23-dalam-pmk-141-tahun-2015/). That a channel is one, and has a
 * tax number, is assumed; without a number the law doubles the rate.
 */
export const WITHHOLDING: Readonly<Record<FeePayee, Dated<TaxRate>>> = {
  company: [
    {
      from: '2020-01-01',
      value: { percent: 2, base: WHOLE, certainty: 'assumed' },
      source:
        'UU 36/2008, article 23 (1) c 2, with PMK 141/PMK.03/2015, article 1 (6): 2% of the fee without VAT for intermediaries and agents; that a channel is one, and has a tax number (article 23 (1a)), is to be confirmed',
    },
  ],
  bank: [
    {
      from: '2020-01-01',
      value: { percent: 0, base: WHOLE, certainty: 'enacted' },
      source: 'UU 36/2008, article 23 (4) a: nothing is withheld from what is paid to a bank',
    },
  ],
}

export function vatOn(fee: Rupiah, date: BusinessDate): Rupiah {
  return taxOf(fee, inForce('VAT', VAT, date))
}

export function withholdingOn(fee: Rupiah, payee: FeePayee, date: BusinessDate): Rupiah {
  return taxOf(fee, inForce('withholding', WITHHOLDING[payee], date))
}

/** The entry that decides on a date: its rate and where that is written. */
export function taxRuleOn(list: Dated<TaxRate>, date: BusinessDate) {
  const entry = list.findLast(({ from }) => from <= date)
  if (!entry) throw new RangeError(`expected a tax rate at ${date}; the first begins at ${list[0]?.from ?? '(none)'}`)
  return entry
}

/** In whole numbers: a fraction of a fee in binary would round the wrong way at exactly half a rupiah. */
function taxOf(fee: Rupiah, { percent, base }: TaxRate): Rupiah {
  const divisor = 100 * base.of
  const hundredths = BigInt(Math.abs(fee)) * BigInt(percent * base.parts)
  const rounded = Number((2n * hundredths + BigInt(divisor)) / BigInt(2 * divisor))
  return rupiah(fee < 0 ? -rounded : rounded)
}
