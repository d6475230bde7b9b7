/**
 * Administrative regions of Indonesia by Kemendagri code: province, regency, district, village.
 *
 * Promises that a kept code is dotted and its province exists, and gives the member's own time zone. Refuses to
 * know whether the parts below the province exist: regencies.ts does for warnings, and endpoints do without it.
 */
declare const regionCodeBrand: unique symbol

/** `PP`, `PP.KK`, `PP.KK.CC` or `PP.KK.CC.VVVV`. */
export type RegionCode = string & { readonly [regionCodeBrand]: true }
export type Zone = 'WIB' | 'WITA' | 'WIT'
export type Province = { readonly code: string; readonly name: string; readonly zone: Zone }

/** In order of precedence. */
export const REGION_REFUSALS = ['malformed', 'unknown-province'] as const
export type RegionOutcome =
  | { readonly outcome: 'region'; readonly code: RegionCode }
  | { readonly outcome: 'refused'; readonly reason: (typeof REGION_REFUSALS)[number] }

/** The 38 provinces (Kemendagri), by code. Zones: Presidential Decree 41/1987; newer provinces keep their parent's. */
export const PROVINCES: ReadonlyMap<string, Province> = new Map([
  ...provincesOf(
    'WIB',
    '11Aceh,12Sumatera Utara,13Sumatera Barat,14Riau,15Jambi,16Sumatera Selatan,17Bengkulu,18Lampung,' +
      '19Kepulauan Bangka Belitung,21Kepulauan Riau,31DKI Jakarta,32Jawa Barat,33Jawa Tengah,34DI Yogyakarta,' +
      '35Jawa Timur,36Banten,61Kalimantan Barat,62Kalimantan Tengah',
  ),
  ...provincesOf(
    'WITA',
    '51Bali,52Nusa Tenggara Barat,53Nusa Tenggara Timur,63Kalimantan Selatan,64Kalimantan Timur,65Kalimantan Utara,' +
      '71Sulawesi Utara,72Sulawesi Tengah,73Sulawesi Selatan,74Sulawesi Tenggara,75Gorontalo,76Sulawesi Barat',
  ),
  ...provincesOf(
    'WIT',
    '81Maluku,82Maluku Utara,91Papua,92Papua Barat,93Papua Selatan,94Papua Tengah,95Papua Pegunungan,96Papua Barat Daya',
  ),
])

const DOTTED = /^(\d{2})(?:\.(\d{2})(?:\.(\d{2})(?:\.(\d{4}))?)?)?$/
const PLAIN = /^(\d{2})(?:(\d{2})(?:(\d{2})(\d{4})?)?)?$/

/** Reads a code with or without dots (2, 4, 6 or 10 digits) and keeps it dotted. A part of zeros is no region. */
export function parseRegionCode(text: string): RegionOutcome {
  const match = DOTTED.exec(text) ?? PLAIN.exec(text)
  if (!match) return { outcome: 'refused', reason: 'malformed' }
  const parts = match.slice(1).filter((part) => part !== undefined)
  if (parts.some((part) => Number(part) === 0)) return { outcome: 'refused', reason: 'malformed' }
  if (!isProvince(text.slice(0, 2))) return { outcome: 'refused', reason: 'unknown-province' }
  return { outcome: 'region', code: parts.join('.') as RegionCode }
}

export function isProvince(code: string): boolean {
  return PROVINCES.has(code)
}

/** The province of a code that was parsed before. Throws a RangeError when it has none: the row was never checked. */
export function provinceOf(regionCode: string): Province {
  const province = PROVINCES.get(regionCode.slice(0, 2))
  if (province) return province
  throw new RangeError(
    `expected a region code of a known province, got ${JSON.stringify(regionCode)}; check it on entry`,
  )
}

/** The clock that people there live by. Throws as `provinceOf` does. */
export function zoneOf(regionCode: string): Zone {
  return provinceOf(regionCode).zone
}

function provincesOf(zone: Zone, list: string): readonly (readonly [string, Province])[] {
  return list.split(',').map((entry) => {
    const code = entry.slice(0, 2)
    return [code, { code, name: entry.slice(2), zone }] as const
  })
}
