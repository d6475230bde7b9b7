/**
 * Who comes to the terminals: half of the demo's members at first, and new registrations through the console whenever there
 * are few left, because a member can pay a year ahead at most. Promises that one customer stands at one terminal at a time, and
 * that the examples of `.hub/sandbox/members.json` are left alone.
 */
import { businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { kpjOf } from '../../shared/domain/kpj.ts'
import type { ConsoleCalls } from '../demo/console-calls.ts'
import { chosenExamples } from '../demo/examples.ts'
import { demoMembers } from '../demo/members.ts'
import { inventedPerson, inventedWork, type MemberRow } from '../demo/people.ts'
import type { Random } from '../demo/random.ts'

/** By KPJ or by NIK: terminals take both. */
export type Customer = { readonly id: string }

export type Customers = {
  /** Undefined when everybody is at a terminal already. */
  readonly take: () => Customer | undefined
  readonly giveBack: (customer: Customer) => void
  /** How many wait; those at a terminal are not counted, those who went for good neither. */
  readonly waiting: () => number
  readonly add: (customers: readonly Customer[]) => void
}

export function customersFrom(random: Random, first: readonly Customer[]): Customers {
  const waiting = [...first]
  return {
    take: () => {
      const place = random.whole(0, waiting.length - 1)
      const last = waiting.pop()
      const taken = waiting[place]
      if (!last || !taken) return last
      waiting[place] = last
      return taken
    },
    giveBack: (customer) => void waiting.push(customer),
    waiting: () => waiting.length,
    add: (customers) => void waiting.push(...customers),
  }
}

/** `asOf`: when the demo was drawn. The other half of it stays as it was made. */
export function demoCustomers(asOf: Instant): readonly Customer[] {
  const members = demoMembers(asOf)
  const spared = new Set([...chosenExamples(members).values()].flat().map(({ kpj }) => kpj))
  return members
    .filter(({ funding, closing, index }) => funding === 'self' && closing === null && index % 2 === 1)
    .filter(({ kpj }) => !spared.has(kpj))
    .map(({ kpj, nik, index }) => ({ id: index % 4 === 1 ? kpj : nik }))
}

/** Registers new people. A number that is taken already stays with its member. */
export async function registerNewcomers(
  console: Pick<ConsoleCalls, 'importRows'>,
  random: Random,
  now: Instant,
  count: number,
): Promise<readonly Customer[]> {
  const rows = Array.from({ length: count }, () => newcomer(random, now))
  const { refused } = await console.importRows(rows)
  const lines = new Set(refused.map(({ line }) => line))
  return rows.filter((_, i) => !lines.has(i + FIRST_LINE)).map(({ kpj, nik }, i) => ({ id: i % 2 === 0 ? kpj : nik }))
}

/** The header is line 1. */
const FIRST_LINE = 2
/** Serials above the demo's own. */
const FIRST_SERIAL = 1_001

function newcomer(random: Random, now: Instant): MemberRow {
  return {
    ...inventedPerson(random, random.whole(FIRST_SERIAL, 9_999)),
    ...inventedWork(random),
    kpj: kpjOf(`27${String(random.whole(0, 999_999_999)).padStart(9, '0')}`),
    funding: 'self',
    registeredOn: businessDateOf(now),
  }
}
