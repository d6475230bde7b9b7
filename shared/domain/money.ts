/** Whole rupiah. There are no cents in this ledger: a fraction is refused where it enters. */
declare const rupiahBrand: unique symbol

export type Rupiah = number & { readonly [rupiahBrand]: true }

export const ZERO = 0 as Rupiah

/** Brands a whole, safe number of rupiah (negative allowed: differences are money too). Throws a RangeError otherwise. */
export function rupiah(amount: number): Rupiah {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`expected whole rupiah within ±2^53, got ${amount}`)
  return (amount === 0 ? 0 : amount) as Rupiah
}

export function addRupiah(...amounts: readonly Rupiah[]): Rupiah {
  return rupiah(amounts.reduce((sum: number, amount) => sum + amount, 0))
}

export function subtractRupiah(from: Rupiah, amount: Rupiah): Rupiah {
  return rupiah(from - amount)
}

/** `Rp16.800`, as it is printed in Indonesia. */
export function formatRupiah(amount: Rupiah): string {
  const digits = Math.abs(amount)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '.')
  return `${amount < 0 ? '-' : ''}Rp${digits}`
}
