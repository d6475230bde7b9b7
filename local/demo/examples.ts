/**
 * A handful of memberships per status for whoever tries the hub: `.hub/sandbox/members.json`, so that an example can say
 * "take the first unpaid one". What it says is folded from the facts, not from the plan. Traffic leaves these alone.
 */
import { allocate } from '../../shared/domain/allocation.ts'
import { MEMBERSHIP_STATUSES, type MembershipStatus, standingAt } from '../../shared/domain/coverage.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { payableAt } from '../../shared/domain/quote.ts'
import { RULES } from '../../shared/domain/rules.ts'
import type { FactStore } from '../../shared/store/facts/facts.ts'
import type { DemoMember } from './members.ts'

export type Example = {
  readonly kpj: string
  readonly nik: string
  readonly name: string
  readonly status: MembershipStatus
  readonly funding: string
  readonly paidThrough: string | null
  /** The first month that can be paid and what it costs at a terminal, without the customer's fee; null when closed. */
  readonly payable: { readonly month: string; readonly amountRupiah: number } | null
}

/** By status, those who pay for themselves; and who is sponsored, payable by bill code only. */
export type Examples = Readonly<Record<MembershipStatus | 'sponsored', readonly Example[]>>

const PER_STATUS = 5

/** Chosen by the plan alone, so that traffic knows them without reading anything. */
export function chosenExamples(members: readonly DemoMember[]): ReadonlyMap<keyof Examples, readonly DemoMember[]> {
  const own = members.filter(({ funding }) => funding === 'self')
  const sponsored = members.filter(({ funding, paysBill }) => funding !== 'self' && !paysBill)
  return new Map<keyof Examples, readonly DemoMember[]>([
    ...MEMBERSHIP_STATUSES.map(
      (state) => [state, own.filter(({ status }) => status === state).slice(0, PER_STATUS)] as const,
    ),
    ['sponsored', sponsored.slice(0, PER_STATUS)],
  ])
}

export async function describeExamples(
  members: readonly DemoMember[],
  facts: Pick<FactStore, 'ofAccount'>,
  now: Instant,
): Promise<Examples> {
  const described = [...chosenExamples(members)].map(
    async ([group, list]) => [group, await Promise.all(list.map((member) => describe(member, facts, now)))] as const,
  )
  return Object.fromEntries(await Promise.all(described)) as unknown as Examples
}

async function describe(member: DemoMember, facts: Pick<FactStore, 'ofAccount'>, now: Instant): Promise<Example> {
  const { kpj, nik, name, funding } = member
  const allocation = allocate(await facts.ofAccount(kpj), RULES)
  const { status, paidThrough } = standingAt(allocation, now, RULES)
  const payable = payableAt(allocation, now, RULES)
  return {
    kpj,
    nik,
    name,
    status,
    funding,
    paidThrough,
    payable: payable && { month: payable.month, amountRupiah: payable.amount },
  }
}
