/**
 * Lists of the demo's sponsors: handed over, enrolled by the hub's own worker, billed, and some of the bills paid at a deployed
 * endpoint, through the calls that everybody has. Promise: done again, also after a kill in the middle, it changes nothing.
 */
import { addDays, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import type { ConsoleCalls } from './console-calls.ts'
import { type DemoParts, type PaidToday, payToday } from './load.ts'
import { inventedPerson } from './people.ts'
import { seededRandom } from './random.ts'

export type PlannedList = ListedPeople & {
  readonly billedBy: 'program' | 'village'
  /** How many of its bills are paid, in the order of their codes' issue. */
  readonly paidBills: number
}

type ListedPeople = {
  readonly villages: readonly string[]
  /** Of each village. */
  readonly persons: number
  readonly firstSerial: number
}

export type ListParts = Omit<DemoParts, 'console'> & {
  readonly console: Pick<ConsoleCalls, 'post' | 'get' | 'handOver'>
  /** Between two looks at a list that is being worked on. */
  readonly pause: () => Promise<void>
}

/** Of a list's answer, what is asked here. */
type Cohort = { readonly cohortId: string; readonly working: string | null; readonly billCodes: readonly string[] }
type ListOf = { readonly sponsor: string; readonly program: string; readonly list: PlannedList }

const COLUMNS = ['nik', 'name', 'region_code', 'sector', 'income', 'phone'] as const
/** Looks at a list before the demo goes on without it: the next start takes it up. */
const LOOKS = 120
const VALID_DAYS = 30
/** Channels without a limit that such a bill would exceed. */
const PAYING_CHANNEL = 'bni'

export async function loadList(parts: ListParts, { sponsor, program, list }: ListOf, asOf: Instant): Promise<void> {
  const path = `/api/sponsors/${sponsor}/cohorts?program=${program}`
  const { cohortId } = (await parts.console.handOver(path, memberList(list))) as Cohort
  const enrolled = await whenIdle(parts, cohortId)
  if (enrolled.billCodes.length === 0) {
    const validUntil = addDays(businessDateOf(asOf), VALID_DAYS)
    await parts.console.post(`/api/cohorts/${cohortId}/bill`, { validUntil, per: list.billedBy })
  }
  const { billCodes } = await whenIdle(parts, cohortId)
  for (const [i, billCode] of billCodes.slice(0, list.paidBills).entries()) {
    const payment: PaidToday = { id: `DEMO-${program}-${i + 1}`, channel: PAYING_CHANNEL, billCode }
    await payToday(parts, payment)
  }
}

/** The list as it is when nothing of it is left to do. */
async function whenIdle({ console, pause }: ListParts, cohortId: string): Promise<Cohort> {
  for (let look = 0; look < LOOKS; look++) {
    const cohort = (await console.get(`/api/cohorts/${cohortId}`)) as Cohort
    if (cohort.working === null) return cohort
    await pause()
  }
  throw new Error(`expected the demo's list ${cohortId} to be done; see the hub's logs`)
}

export function memberList({ villages, persons, firstSerial }: ListedPeople): string {
  const rows = villages.flatMap((village, v) => {
    const random = seededRandom(village)
    return Array.from({ length: persons }, (_, i) => {
      const { nik, name, phone } = inventedPerson(random, firstSerial + v * persons + i)
      const own = `${village.replaceAll('.', '').slice(0, 6)}${nik.slice(6)}`
      return [own, name, village, '', '', phone].join(',')
    })
  })
  return `${[COLUMNS.join(','), ...rows].join('\n')}\n`
}
