/** Rules that changed once: a decree, recorded at an instant, that carries the discounts of today's tariff on to a later month. */
import { amended } from '../../shared/domain/effective-dated.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { addMonths, type Month, month } from '../../shared/domain/month.ts'
import { RULES, type Rules } from '../../shared/domain/rules.ts'
import { SECTORS, type Tariff } from '../../shared/domain/tariff.ts'

/** `until` is the last month at half price; `basisPoints` are taken off, 10,000 for months that cost nothing. */
export function decreedRules(recordedAt: Instant, until: Month, basisPoints = 5_000): Rules {
  const discounts = SECTORS.map((sector) => {
    const from = sector === 'transport' ? month('2027-04') : month('2027-01')
    const present = RULES.tariff.discountBasisPoints[sector]
    if (until < from) return [sector, present] as const
    const list = amended(present, recordedAt, [
      { from, value: basisPoints, source: 'a decree made up here' },
      { from: addMonths(until, 1), value: 0, source: 'its end' },
    ])
    return [sector, list] as const
  })
  const discountBasisPoints = Object.fromEntries(discounts) as Tariff['discountBasisPoints']
  return { ...RULES, version: 'decreed', tariff: { ...RULES.tariff, discountBasisPoints } }
}
