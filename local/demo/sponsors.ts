/**
 * Invented sponsors, in each state that a program has: a province whose village list is one person too long for its budget, and that
 * still drafts another program; a regency that has paid the bill of one village of two; a company whose program ends this month, and
 * an older one that it gave up. And a list to try: `.hub/sandbox/list-jambi-contoh.csv`. Every call may be made again and changes
 * nothing, so a load that was killed goes on; lists and their bills are sponsor-lists.ts.
 */
import type { ProgramRequest, SponsorRequest } from '../../functions/serve-console/sponsors/schemas.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { addMonths, type Month, monthOf } from '../../shared/domain/month.ts'
import { DEMO_SPONSOR } from '../sandbox/operators.ts'
import { type ListParts, loadList, memberList, type PlannedList } from './sponsor-lists.ts'

export type DemoSponsor = {
  readonly sponsor: SponsorRequest & { readonly id: string }
  readonly programs: readonly DemoProgram[]
}

export type DemoProgram = {
  readonly plan: ProgramRequest & { readonly code: string }
  /** What is done with the program after it is drafted, in order. */
  readonly steps: readonly ('opening' | 'abandonment')[]
  /** Handed over once it is open. */
  readonly list?: PlannedList
}

const STEP = { opening: 'open', abandonment: 'abandon' } as const

/** One more than Rp10,000,000 pays for a year. */
export const LISTED = 50
const VILLAGE = '15.05.01.2001'
/** Above the serials of the demo's members; a list has its own hundred. */
const SERIALS = { desa: 5_001, rentan: 5_101, mitra: 5_201 } as const

export function demoSponsors(asOf: Instant): readonly DemoSponsor[] {
  const now = monthOf(asOf)
  return [jambi(addMonths(now, 1)), tangerang(addMonths(now, 1)), company(now)]
}

const PLAN = { programs: 'JKK+JKM', incomeRupiah: 1_000_000, priority: 'stop' } as const

function jambi(firstMonth: Month): DemoSponsor {
  const contacts = [{ name: 'Gambir Contoh', email: 'gambir@jambi.example.id', language: 'id' as const }]
  const plan = {
    ...PLAN,
    firstMonth,
    funding: 'village',
    budget: { per: 'village', amountRupiah: 10_000_000 },
  } as const
  return {
    sponsor: { id: DEMO_SPONSOR, kind: 'province', name: 'Provinsi Jambi (contoh)', regionCode: '15', contacts },
    programs: [
      {
        plan: { ...plan, code: 'desa', name: 'Pekerja rentan desa', months: 12, sector: 'farming' },
        steps: ['opening'],
      },
      { plan: { ...plan, code: 'nelayan', name: 'Nelayan kecil', months: 6, sector: 'fishery' }, steps: [] },
    ],
  }
}

function tangerang(firstMonth: Month): DemoSponsor {
  return {
    sponsor: { id: 'tangerang-contoh', kind: 'regency', name: 'Kabupaten Tangerang (contoh)', regionCode: '36.03' },
    programs: [
      {
        plan: {
          ...PLAN,
          firstMonth,
          code: 'rentan',
          name: 'Pekerja rentan',
          funding: 'apbd',
          months: 6,
          sector: 'other',
          budget: { per: 'total', amountRupiah: 8_668_800_000 },
        },
        steps: ['opening'],
        list: {
          villages: ['36.03.01.2001', '36.03.02.2002'],
          persons: 12,
          firstSerial: SERIALS.rentan,
          billedBy: 'village',
          paidBills: 1,
        },
      },
    ],
  }
}

function company(firstMonth: Month): DemoSponsor {
  const plan = { ...PLAN, firstMonth, funding: 'csr', sector: 'transport' } as const
  const budget = { per: 'total', amountRupiah: 5_000_000 } as const
  return {
    sponsor: { id: 'pt-contoh', kind: 'company', name: 'PT Contoh Maju', regionCode: null },
    programs: [
      {
        plan: { ...plan, code: 'mitra', name: 'Mitra pengemudi', months: 1, budget },
        steps: ['opening'],
        list: {
          villages: ['32.73.01.1001'],
          persons: 8,
          firstSerial: SERIALS.mitra,
          billedBy: 'program',
          paidBills: 1,
        },
      },
      {
        plan: { ...plan, code: 'kurir', name: 'Mitra kurir', months: 3, budget },
        steps: ['opening', 'abandonment'],
      },
    ],
  }
}

/** Steps that were taken by an earlier start are not offered any more, and left out. */
export async function loadSponsors(parts: ListParts, asOf: Instant): Promise<void> {
  const { post } = parts.console
  for (const { sponsor, programs } of demoSponsors(asOf)) {
    await post('/api/sponsors', sponsor)
    for (const { plan, steps, list } of programs) {
      const program = `${sponsor.id}.${plan.code}`
      let view = await post(`/api/sponsors/${sponsor.id}/programs`, plan)
      for (const step of steps) {
        if (view.steps?.includes(STEP[step])) view = await post(`/api/programs/${program}/${step}`, {})
      }
      // Once it is paid, an earlier start has done all of it.
      if (list && (view.state === 'enrolling' || view.state === 'billed'))
        await loadList(parts, { sponsor: sponsor.id, program, list }, asOf)
    }
  }
}

/** The list of one village, as its sponsor would hand it over. */
export function demoList(): string {
  return memberList({ villages: [VILLAGE], persons: LISTED, firstSerial: SERIALS.desa })
}
