/**
 * Invented people for demo and traffic: names made of flowers, birds and mountains that all end in "Contoh" (example), in
 * five provinces of all three time zones. Promises numbers that the hub's own checks accept, and no two alike for two
 * serials; a number may still be somebody's, so nothing here is ever sent anywhere but to the local hub.
 */
import type { Kpj } from '../../shared/domain/kpj.ts'
import type { Funding, Programs, Sector } from '../../shared/domain/tariff.ts'
import { PROGRAMS, SECTORS } from '../../shared/domain/tariff.ts'
import type { Random } from './random.ts'

export type Person = {
  readonly nik: string
  readonly name: string
  /** '' where none is known. */
  readonly phone: string
  readonly regionCode: string
}

/** What a row of the membership import says. */
export type MemberRow = Person & {
  readonly kpj: Kpj
  readonly sector: Sector
  readonly funding: Funding
  readonly programs: Programs
  readonly income: number
  readonly registeredOn: string
}

/** Jambi and Jawa Barat (WIB), Nusa Tenggara Timur and Sulawesi Selatan (WITA), Maluku (WIT). */
const PLACES: readonly (readonly [number, readonly string[]])[] = [
  [25, ['15.05.01.2001', '15.71.02.1003', '15.02.03.2004']],
  [30, ['32.04.05.2002', '32.73.01.1001', '32.09.06.2005']],
  [15, ['53.01.02.2003', '53.71.01.1002']],
  [20, ['73.06.01.2001', '73.71.03.1004']],
  [10, ['81.01.02.2002', '81.71.01.1001']],
]

const FIRST =
  'Melati Kenanga Cempaka Anggrek Dahlia Flamboyan Teratai Seruni Merak Kasuari Elang Rusa Jalak Murai Kutilang Mawar'.split(
    ' ',
  )
const SECOND =
  'Kerinci Rinjani Latimojong Binaiya Ciremai Egon Papandayan Tambora Lompobattang Salahutu Masurai Gede'.split(' ')

/** A start, an end and a middle of the tariff's brackets, and the highest one. */
const INCOMES = [900_000, 1_150_000, 1_500_000, 2_050_000, 2_600_000, 3_300_000, 4_500_000, 6_000_000, 21_000_000]

const FEMALE_OFFSET = 40

/** `serial` from 1 to 9999 is the person's own: the last four digits of the number. */
export function inventedPerson(random: Random, serial: number): Person {
  const regionCode = random.pick(random.weighted(PLACES))
  const day = random.whole(1, 28) + (random.fraction() < 0.5 ? FEMALE_OFFSET : 0)
  const born = [day, random.whole(1, 12), random.whole(65, 99)].map(twoDigits).join('')
  const suffix = String(serial).padStart(4, '0')
  return {
    nik: `${regionCode.replaceAll('.', '').slice(0, 6)}${born}${suffix}`,
    name: `${random.pick(FIRST)} ${random.pick(SECOND)} Contoh`,
    // Of the form of a mobile number, so that notices are written; they go to a file and never leave the machine.
    phone: random.fraction() < 0.7 ? `0811000${suffix}` : '',
    regionCode,
  }
}

/** What decides the price, whoever pays. */
export function inventedWork(random: Random): Pick<MemberRow, 'sector' | 'programs' | 'income'> {
  return {
    sector: random.pick(SECTORS),
    programs: random.fraction() < 0.7 ? PROGRAMS[0] : PROGRAMS[1],
    income: random.pick(INCOMES),
  }
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
