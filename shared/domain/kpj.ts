/**
 * The KPJ, the number of one membership: 11 digits, opaque. Promises nothing but its shape, and reads nothing out of
 * it; eleven digits is our choice where no public rule was found.
 */
declare const kpjBrand: unique symbol

export type Kpj = string & { readonly [kpjBrand]: true }

/** Undefined for anything but 11 digits. */
export function parseKpj(text: string): Kpj | undefined {
  return /^\d{11}$/.test(text) ? (text as Kpj) : undefined
}

/** Throws a RangeError for anything but 11 digits. */
export function kpjOf(text: string): Kpj {
  const kpj = parseKpj(text)
  if (kpj === undefined) throw new RangeError('expected a KPJ of 11 digits, got another text')
  return kpj
}
