/**
 * What a customer gave at a counter: a NIK, a KPJ or a bill code, distinguished by shape alone.
 *
 * Promises that no text is two kinds at once, and that everything else is `unknown`, which every endpoint answers as an
 * unknown customer. Refuses to look anybody up.
 */
import { type BillCode, parseBillCode } from './bill-code.ts'
import type { BusinessDate } from './instant.ts'
import { type Kpj, parseKpj } from './kpj.ts'
import { type Nik, parseNik } from './nik.ts'

export type CustomerId =
  | { readonly kind: 'nik'; readonly nik: Nik }
  | { readonly kind: 'kpj'; readonly kpj: Kpj }
  | { readonly kind: 'bill-code'; readonly billCode: BillCode }
  | { readonly kind: 'unknown' }

/** `text` is taken as it is: a protocol that pads strips its padding first. */
export function classifyCustomerId(text: string, today: BusinessDate): CustomerId {
  const kpj = parseKpj(text)
  if (kpj !== undefined) return { kind: 'kpj', kpj }
  const billCode = parseBillCode(text)
  if (billCode !== undefined) return { kind: 'bill-code', billCode }
  const nik = parseNik(text, today)
  return nik.outcome === 'nik' ? { kind: 'nik', nik: nik.nik } : { kind: 'unknown' }
}
