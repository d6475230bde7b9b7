/**
 * The 1,000 demo memberships as a plan: who they are, who pays for them, and what they did until `now`.
 *
 * Deterministic: each member is drawn from a seed of its own, so `now` moves the dates and nothing else. Loaded by index.ts,
 * used by local/partner-simulator as customers.
 */
import { channels } from '../../shared/channels/registry.ts'
import type { MembershipStatus } from '../../shared/domain/coverage.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { type Kpj, kpjOf } from '../../shared/domain/kpj.ts'
import type { Funding } from '../../shared/domain/tariff.ts'
import { historyOf, type PastPayment, type Terminals } from './history.ts'
import { inventedPerson, inventedWork, type MemberRow, type Person } from './people.ts'
import { type Random, seededRandom } from './random.ts'

export const DEMO_SIZE = 1_000

export type DemoMember = MemberRow & {
  readonly index: number
  /** What the facts will say at `now`. */
  readonly status: MembershipStatus
  readonly payments: readonly PastPayment[]
  /** A sponsor pays its bill on the day of loading. */
  readonly paysBill: boolean
  readonly closing: { readonly reason: string; readonly on: BusinessDate } | null
}

const STATUSES: readonly (readonly [number, MembershipStatus])[] = [
  [52, 'active'],
  [16, 'grace'],
  [14, 'unpaid'],
  [12, 'lapsed'],
  [6, 'closed'],
]
const SPONSORS: readonly (readonly [number, Funding])[] = [
  [35, 'village'],
  [25, 'apbd'],
  [15, 'apbn'],
  [15, 'csr'],
  [10, 'private'],
]
const REASONS = ['became a wage earner', 'moved abroad', 'passed away'] as const
const SPONSORED_SHARE = 0.14

export function demoMembers(now: Instant): readonly DemoMember[] {
  const terminals = {
    all: channels.map(({ profile }) => profile.name),
    reversing: channels.filter(({ profile }) => profile.protocol !== 'snap').map(({ profile }) => profile.name),
  }
  const members: DemoMember[] = []
  for (let index = 0; index < DEMO_SIZE; index++) members.push(demoMember(index, now, terminals, members))
  return members
}

function demoMember(index: number, now: Instant, terminals: Terminals, before: readonly DemoMember[]): DemoMember {
  const random = seededRandom(`demo member ${index}`)
  const isSponsored = random.fraction() < SPONSORED_SHARE
  const person = isSponsored ? sponsoredPerson(random, index, before) : inventedPerson(random, index + 1)
  const common = { ...person, index, kpj: kpjAt(index), ...inventedWork(random) }
  if (isSponsored) {
    const paysBill = random.fraction() < 0.5
    const registeredOn = addDays(businessDateOf(now), -random.whole(31, 90))
    const status = paysBill ? 'active' : 'unpaid'
    return {
      ...common,
      funding: random.weighted(SPONSORS),
      registeredOn,
      status,
      payments: [],
      paysBill,
      closing: null,
    }
  }
  const status = random.weighted(STATUSES)
  const { registeredOn, payments } = historyOf(status, random, now, terminals)
  const closing = status === 'closed' ? { reason: random.pick(REASONS), on: closedOn(payments, random, now) } : null
  return { ...common, funding: 'self', registeredOn, status, payments, paysBill: false, closing }
}

/** Some who pay for themselves are on a sponsor's list as well: one person, two memberships. */
function sponsoredPerson(random: Random, index: number, before: readonly DemoMember[]): Person {
  const twin = before.at(-1)
  if (twin?.funding !== 'self' || random.fraction() > 0.2) return inventedPerson(random, index + 1)
  const { nik, name, phone, regionCode } = twin
  return { nik, name, phone, regionCode }
}

/** Between the last payment and today. */
function closedOn(payments: readonly PastPayment[], random: Random, now: Instant): BusinessDate {
  const today = businessDateOf(now)
  const paid = payments.at(-1)?.at ?? now
  const days = Math.floor((now - paid) / 86_400_000)
  return addDays(today, -random.whole(0, Math.min(days, 20)))
}

/** Eleven digits from 260: traffic's own registrations begin with 27. */
function kpjAt(index: number): Kpj {
  return kpjOf(`260${10_000_000 + index * 7_919}`)
}
