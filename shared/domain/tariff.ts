/** Placeholder types while the tariff is being written; see the brief. */
import type { Dated } from './dated.ts'
import type { Rupiah } from './money.ts'
import type { Month } from './month.ts'
export type Sector = 'transport' | 'farming' | 'fishery' | 'trade' | 'services' | 'other'
export type Funding = 'self' | 'apbn' | 'apbd' | 'village' | 'csr' | 'private'
export type Programs = 'JKK+JKM' | 'JKK+JKM+JHT'
/** What the price of a month depends on. `income` is whole rupiah per month. */
export type Terms = { readonly sector: Sector; readonly funding: Funding; readonly programs: Programs; readonly income: Rupiah }
/** One month's price by program; `jht` is 0 without the program. */
export type Price = { readonly jkk: Rupiah; readonly jkm: Rupiah; readonly jht: Rupiah }
export type Tariff = { readonly unfinished: Dated<number> }
export declare const tariff: Tariff
export declare function priceOf(rules: Tariff, of: Month, terms: Terms): Price
export declare function totalOf(price: Price): Rupiah
