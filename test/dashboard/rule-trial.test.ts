/** Pages of a rule simulation add up to what one call over all of them would have said. */
import { expect, test } from 'vitest'
import { type Trial, withNext } from '../../dashboard/src/pages/rule-trial.ts'

const page = (changed: Partial<Trial>): Trial => ({
  asOf: '2026-11-20T03:00:00.000Z',
  checked: 2,
  changed: 1,
  changedIn: { status: 1 } as Trial['changedIn'],
  credit: { now: 100, tried: 150 },
  nextPayments: { now: 8_400, tried: 16_800 },
  statuses: [{ from: 'grace', to: 'lapsed', count: 1 }],
  notices: [{ stage: 'due', now: 1, tried: 0 }] as Trial['notices'],
  rows: [{ kpj: '1' }] as unknown as Trial['rows'],
  next: '1',
  ...changed,
})

test('sums are added, groups are joined, and it goes on from the last page', () => {
  const statuses: Trial['statuses'] = [
    { from: 'active', to: 'grace', count: 2 },
    { from: 'grace', to: 'lapsed', count: 4 },
  ]
  const rows = [{ kpj: '2' }] as unknown as Trial['rows']
  expect(withNext(page({}), page({ statuses, rows, next: null }))).toEqual(
    page({
      checked: 4,
      changed: 2,
      changedIn: { status: 2 } as Trial['changedIn'],
      credit: { now: 200, tried: 300 },
      nextPayments: { now: 16_800, tried: 33_600 },
      statuses: [
        { from: 'active', to: 'grace', count: 2 },
        { from: 'grace', to: 'lapsed', count: 5 },
      ],
      notices: [{ stage: 'due', now: 2, tried: 0 }] as Trial['notices'],
      rows: [{ kpj: '1' }, { kpj: '2' }] as unknown as Trial['rows'],
      next: null,
    }),
  )
})
