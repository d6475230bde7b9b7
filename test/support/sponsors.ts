/** A sponsor and a program as tests want them, each with one thing that matters changed. */
import { rupiah } from '../../shared/domain/money.ts'
import { month } from '../../shared/domain/month.ts'
import type { RegionCode } from '../../shared/domain/region.ts'
import type { ProgramPlan } from '../../shared/domain/sponsors/program.ts'
import type { Sponsor, SponsorId } from '../../shared/domain/sponsors/sponsor.ts'
import { at } from './facts.ts'

export function sponsorNamed(id: SponsorId, changed: Partial<Sponsor> = {}): Sponsor {
  const base = { kind: 'province', name: 'Provinsi Jambi', regionCode: '15' as RegionCode } as const
  return { id, ...base, createdBy: 'operator-1', createdAt: at('2026-11-20T10:00'), ...changed }
}

/** Rp10,000,000 for each village, for a year, as in Jambi. */
export const PLAN: ProgramPlan = {
  name: 'Pekerja rentan 2027',
  funding: 'village',
  budget: { per: 'village', amount: rupiah(10_000_000) },
  firstMonth: month('2027-01'),
  monthCount: 12,
  sector: 'farming',
  programs: 'JKK+JKM',
  income: rupiah(1_000_000),
  priority: 'stop',
}
