/**
 * The first links of the chain where a sponsor pays: the row of the list that made the membership, and the bill whose share it got.
 * Shows only what never changes once it is there, so that the same question keeps its answer. Holds no NIK and no name.
 */
import type { BillCode } from '../../../shared/domain/bill-code.ts'
import { byDecision, type Fact } from '../../../shared/domain/fact.ts'
import { formatUtc } from '../../../shared/domain/instant.ts'
import { parseCohortId, programOf, sponsorOf } from '../../../shared/domain/sponsors/sponsor.ts'
import type { BillReader } from '../../../shared/store/bills/bills.ts'
import type { SponsorStore } from '../../../shared/store/sponsors/sponsors.ts'
import type { EvidenceStep } from './evidence-schemas.ts'

export type SponsorSources = {
  readonly bills: Pick<BillReader, 'get'>
  readonly sponsors: Pick<SponsorStore, 'cohort'>
}

/** Empty for a bill that belongs to no list. `known`: the member's facts; the latest terms of that list name the row. */
export async function sponsorSteps(
  { bills, sponsors }: SponsorSources,
  known: readonly Fact[],
  billCode: BillCode,
): Promise<readonly EvidenceStep[]> {
  const bill = await bills.get(billCode)
  const id = bill?.sponsored && parseCohortId(bill.sponsored.cohort)
  if (!bill?.sponsored || !id) return []
  const ids = { programId: programOf(id), cohortId: id }
  const { memberCount, amount, issuedAt, sponsored } = bill
  const step: EvidenceStep = {
    step: 'bill',
    billCode,
    ...ids,
    regionCode: sponsored.regionCode,
    memberCount,
    amountRupiah: amount,
    issuedAt: formatUtc(issuedAt),
  }
  const cohort = await sponsors.cohort(id)
  if (!cohort) return [step]
  const terms = known
    .filter((fact) => fact.kind === 'terms')
    .filter((fact) => fact.cohort === id)
    .toSorted(byDecision)
    .at(-1)
  const row: EvidenceStep = {
    step: 'list-row',
    sponsorId: sponsorOf(id),
    ...ids,
    line: terms?.listLine ?? null,
    sha256: cohort.listDigest,
    receivedBy: cohort.receivedBy,
    receivedAt: formatUtc(cohort.receivedAt),
  }
  return [row, step]
}
