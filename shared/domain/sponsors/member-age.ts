/** Who may be registered by age, as dated data, and how old somebody is on a day. */
import type { Dated } from '../effective-dated.ts'
import type { BusinessDate } from '../instant.ts'

export type AgeLimits = { readonly from: number; readonly below: number }

export const MEMBER_AGES: Dated<AgeLimits> = [
  {
    from: '2015-07-01',
    value: { from: 15, below: 65 },
    source:
      'below 65 on the day of registration: rules of the programs for informal workers, as published; from 15, the lowest age for work (UU 13/2003): our choice',
  },
]

/** Whole years on that day; somebody born on 29 February is a year older on 1 March. */
export function ageOn(birthDate: BusinessDate, on: BusinessDate): number {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years
}
