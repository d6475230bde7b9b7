/**
 * People, villages and lists for the articles: as many as an article counts, none of them anybody. The same counts make the same list.
 * Regencies are real, districts and villages below them are numbered through.
 */

export type Village = { readonly regionCode: string; readonly persons: number }

const HEADER = 'nik,name,region_code,sector,income,phone'
const NAMES = ['BUDI SANTOSO', 'SITI AMINAH', 'AGUS WIJAYA', 'DEWI LESTARI', 'NURUL HIDAYAH', 'JOKO PRASETYO']
const VILLAGES_IN_DISTRICT = 20
const SERIALS = 9_999
const DAYS = 28
const MONTHS = 12
/** Of age on every day that an article names. */
const OLDEST_BIRTH_YEAR = 70
const FEMALE_OFFSET = 40

/** As even as can be: nobody says which village has one more. */
export function villagesOf(regencies: readonly string[], villages: number, people: number): readonly Village[] {
  const each = Math.floor(people / villages)
  const withOneMore = people - each * villages
  return Array.from({ length: villages }, (_, i) => ({
    regionCode: villageCode(regencies, i),
    persons: i < withOneMore ? each + 1 : each,
  }))
}

/** Villages one after the other, as a province collects them. `from`: the number of the first person, so that lists differ. */
export function listOf(villages: readonly Village[], from = 0): string {
  const rows = [HEADER]
  let serial = from
  for (const { regionCode, persons } of villages) {
    for (let i = 0; i < persons; i++) rows.push(rowOf(serial++, regionCode))
  }
  return `${rows.join('\n')}\n`
}

export function nikOf(serial: number, regionCode: string): string {
  const day = Math.floor(serial / SERIALS)
  const dayOfMonth = 1 + (day % DAYS) + (serial % 2 === 0 ? 0 : FEMALE_OFFSET)
  const month = 1 + (Math.floor(day / DAYS) % MONTHS)
  const year = OLDEST_BIRTH_YEAR + Math.floor(day / DAYS / MONTHS)
  const born = [dayOfMonth, month, year].map((part) => padded(part, 2)).join('')
  return `${regionCode.slice(0, 2)}${regionCode.slice(3, 5)}01${born}${padded(1 + (serial % SERIALS), 4)}`
}

function rowOf(serial: number, regionCode: string): string {
  return `${nikOf(serial, regionCode)},${NAMES[serial % NAMES.length]},${regionCode},,,`
}

function villageCode(regencies: readonly string[], i: number): string {
  const regency = regencies[i % regencies.length]
  const inRegency = Math.floor(i / regencies.length)
  const district = 1 + Math.floor(inRegency / VILLAGES_IN_DISTRICT)
  if (district > 99)
    throw new RangeError(`expected at most 99 districts in a regency, got village ${i}: name more regencies`)
  return `${regency}.${padded(district, 2)}.${2_001 + (inRegency % VILLAGES_IN_DISTRICT)}`
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0')
}
