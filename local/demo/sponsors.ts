/**
 * Invented sponsors: a province whose village list is one person too long for its budget, a regency that still drafts, and a
 * company that gave up. And a list to try: `.hub/sandbox/list-jambi-contoh.csv`. Every call may be made again and changes nothing,
 * so a load that was killed goes on.
 */

import type { ProgramRequest, SponsorRequest } from '../../functions/serve-console/sponsors/schemas.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { addMonths, monthOf } from '../../shared/domain/month.ts'
import { DEMO_SPONSOR } from '../sandbox/operators.ts'
import { inventedPerson } from './people.ts'
import { seededRandom } from './random.ts'

export type DemoSponsor = {
  readonly sponsor: SponsorRequest & { readonly id: string }
  readonly program: ProgramRequest & { readonly code: string }
  /** What is done with the program after it is drafted, in order. */
  readonly steps: readonly ('opening' | 'abandonment')[]
}

/** `path` as the console has it. */
export type PostAsOperator = (path: string, body: object) => Promise<{ readonly steps?: readonly string[] }>

const STEP = { opening: 'open', abandonment: 'abandon' } as const

/** One more than Rp10,000,000 pays for a year. */
export const LISTED = 50
const VILLAGE = '15.05.01.2001'
/** Above the serials of the demo's members. */
const FIRST_SERIAL = 5_001
const LIST_COLUMNS = ['nik', 'name', 'region_code', 'sector', 'income', 'phone'] as const

export function demoSponsors(asOf: Instant): readonly DemoSponsor[] {
  const firstMonth = addMonths(monthOf(asOf), 1)
  const plan = { firstMonth, programs: 'JKK+JKM', incomeRupiah: 1_000_000, priority: 'stop' } as const
  const budget = (per: 'village' | 'total', amountRupiah: number) => ({ per, amountRupiah })
  const contacts = [{ name: 'Gambir Contoh', email: 'gambir@jambi.example.id', language: 'id' as const }]
  return [
    {
      sponsor: { id: DEMO_SPONSOR, kind: 'province', name: 'Provinsi Jambi (contoh)', regionCode: '15', contacts },
      program: {
        ...plan,
        code: 'desa',
        name: 'Pekerja rentan desa',
        funding: 'village',
        months: 12,
        sector: 'farming',
        budget: budget('village', 10_000_000),
      },
      steps: ['opening'],
    },
    {
      sponsor: { id: 'tangerang-contoh', kind: 'regency', name: 'Kabupaten Tangerang (contoh)', regionCode: '36.03' },
      program: {
        ...plan,
        code: 'rentan',
        name: 'Pekerja rentan',
        funding: 'apbd',
        months: 6,
        sector: 'other',
        budget: budget('total', 8_668_800_000),
      },
      steps: [],
    },
    {
      sponsor: { id: 'pt-contoh', kind: 'company', name: 'PT Contoh Maju', regionCode: null },
      program: {
        ...plan,
        code: 'mitra',
        name: 'Mitra pengemudi',
        funding: 'csr',
        months: 3,
        sector: 'transport',
        budget: budget('total', 5_000_000),
      },
      steps: ['opening', 'abandonment'],
    },
  ]
}

/** Steps that were taken by an earlier start are not offered any more, and left out. */
export async function loadSponsors(post: PostAsOperator, asOf: Instant): Promise<number> {
  const planned = demoSponsors(asOf)
  for (const { sponsor, program, steps } of planned) {
    await post('/api/sponsors', sponsor)
    let view = await post(`/api/sponsors/${sponsor.id}/programs`, program)
    for (const step of steps) {
      if (view.steps?.includes(STEP[step])) view = await post(`/api/programs/${sponsor.id}.${program.code}/${step}`, {})
    }
  }
  return planned.length
}

/** The list of one village, as its sponsor would hand it over. */
export function demoList(): string {
  const random = seededRandom(VILLAGE)
  const rows = Array.from({ length: LISTED }, (_, i) => {
    const { nik, name, phone } = inventedPerson(random, FIRST_SERIAL + i)
    const own = `${VILLAGE.replaceAll('.', '').slice(0, 6)}${nik.slice(6)}`
    return [own, name, VILLAGE, 'farming', 1_000_000, phone].join(',')
  })
  return `${[LIST_COLUMNS.join(','), ...rows].join('\n')}\n`
}
