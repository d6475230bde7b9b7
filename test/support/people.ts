/** Invented people for journeys: valid NIKs and KPJs that no other test uses, and the import file that registers them. */
import type { TestHub } from './hub.ts'

export type Person = {
  readonly kpj: string
  readonly nik: string
  readonly name: string
  readonly phone: string
  readonly row: Readonly<Record<string, string>>
}

const HEADER = [
  'kpj',
  'nik',
  'name',
  'region_code',
  'sector',
  'funding',
  'programs',
  'income',
  'phone',
  'registered_on',
]
let count = 0

/** A self-paid farmer in Jambi without old-age saving, unless given otherwise. */
export function person(change: Readonly<Record<string, string>> = {}): Person {
  count++
  const serial = String(count).padStart(4, '0')
  const base = {
    kpj: `2600${String(1_000_000 + count)}`,
    nik: `157101120590${serial}`,
    name: 'Sari Wulandari Lestari',
    region_code: '15.71.01.1001',
    sector: 'farming',
    funding: 'self',
    programs: 'JKK+JKM',
    income: '1000000',
    phone: `0812777${serial}5`,
    registered_on: '2026-01-05',
  }
  const row: Record<string, string> = { ...base, ...change }
  const { kpj = '', nik = '', name = '', phone = '' } = row
  return { kpj, nik, name, phone, row }
}

export function importFile(people: readonly Person[]): string {
  return `${[HEADER, ...people.map(({ row }) => HEADER.map((column) => row[column] ?? ''))].map((cells) => cells.join(',')).join('\n')}\n`
}

export async function register(hub: TestHub, ...people: readonly Person[]): Promise<void> {
  const reply = await hub.api('operator', 'POST', '/api/memberships/import', importFile(people))
  if (reply.body?.accepted !== people.length) {
    throw new Error(`expected ${people.length} members to be registered, got ${reply.status}: ${reply.text}`)
  }
}
