/** What the sweep's bench sweeps: invented views, the same for a serial number each time; no person stands behind one. */
import { type BusinessDate, type Instant, parseInstant } from '../shared/domain/instant.ts'
import { kpjOf } from '../shared/domain/kpj.ts'
import { type Rupiah, rupiah } from '../shared/domain/money.ts'
import { addMonths, type Month, month } from '../shared/domain/month.ts'
import { REGENCIES } from '../shared/domain/regencies.ts'
import { FUNDINGS, SECTORS } from '../shared/domain/tariff.ts'
import type { MembershipView } from '../shared/store/memberships/memberships.ts'
import { participantOf } from '../test/support/ids.ts'

/** The dearest night: the first of a month, when cover ended for whoever has not paid. */
export const NIGHT = parseInstant('2026-12-01T00:10:00+07:00') as Instant
const FOLDED = parseInstant('2026-11-20T10:00:00+07:00') as Instant
const CURRENT = month('2026-11')
const REGENCY_LIST = [...REGENCIES]

/** Six in ten paid this month and maybe further, the others are in grace, lapsed, unpaid or closed. */
export function inventedView(serial: number): MembershipView {
  const drawn = mixed(serial)
  const draw = drawn % 100
  const pick = <T>(list: readonly T[], salt: number) => list[mixed(drawn + salt) % list.length] as T
  const standing = standingFor(draw, mixed(drawn + 1) % 7)
  return {
    kpj: kpjOf(String(60_000_000_000 + serial)),
    participant: participantOf(`${String(serial).padStart(11, 'p')}${'abcdefghijklmnopqrstuvwxyz0123456'}`),
    terms: {
      sector: pick(SECTORS, 2),
      funding: draw % 3 === 0 ? pick(FUNDINGS, 3) : 'self',
      programs: draw % 4 === 0 ? 'JKK+JKM+JHT' : 'JKK+JKM',
      income: rupiah(1_000_000 + (mixed(drawn + 4) % 41) * 100_000),
    },
    regionCode: `${pick(REGENCY_LIST, 5)}.01.2001`,
    registeredOn: '2026-01-05' as BusinessDate,
    credit: (draw % 20 === 0 ? 1_000 : 0) as Rupiah,
    noticeDue: null,
    factCount: 3,
    asOf: FOLDED,
    version: 3,
    ...standing,
  }
}

type Standing = Pick<MembershipView, 'status' | 'paidThrough' | 'nextTransition'>

function standingFor(draw: number, ahead: number): Standing {
  if (draw < 30) return active(CURRENT)
  if (draw < 60) return active(addMonths(CURRENT, ahead))
  if (draw < 80) {
    const paidThrough = addMonths(CURRENT, -1 - (ahead % 3))
    return { status: 'grace', paidThrough, nextTransition: { on: firstOf(addMonths(paidThrough, 4)), to: 'lapsed' } }
  }
  if (draw < 92) return { status: 'lapsed', paidThrough: addMonths(CURRENT, -8), nextTransition: null }
  if (draw < 97) return { status: 'unpaid', paidThrough: null, nextTransition: null }
  return { status: 'closed', paidThrough: CURRENT, nextTransition: null }
}

function active(paidThrough: Month): Standing {
  return { status: 'active', paidThrough, nextTransition: { on: firstOf(addMonths(paidThrough, 1)), to: 'grace' } }
}

/** A number that looks random and costs next to nothing: ten million are drawn. */
function mixed(serial: number): number {
  let bits = Math.imul(serial ^ (serial >>> 16), 0x7feb352d)
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b)
  return (bits ^ (bits >>> 16)) >>> 0
}

function firstOf(month: Month): BusinessDate {
  return `${month}-01` as BusinessDate
}
