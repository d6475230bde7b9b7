/** The pages of a trial of rules, added up and told. */
import { expect, test } from 'vitest'
import { added, printed, type RuleSimulationPage } from '../../tools/rule-simulation-report.ts'

function page(changed: Partial<RuleSimulationPage> = {}): RuleSimulationPage {
  const standing = { status: 'grace', paidThrough: '2026-10', creditRupiah: 0, nextRupiah: 8_400 }
  return {
    asOf: '2026-12-01T00:00:00.000Z',
    checked: 500,
    changed: 1,
    changedIn: { status: 1, notices: 0 },
    credit: { now: 10, tried: 20 },
    nextPayments: { now: 100, tried: 50 },
    statuses: [{ from: 'grace', to: 'lapsed', count: 1 }],
    notices: [{ stage: 'lapsed', now: 0, tried: 1 }],
    rows: [{ kpj: '12345678901', changed: ['status'], now: standing, tried: { ...standing, status: 'lapsed' } }],
    next: null,
    ...changed,
  }
}

test('counts, sums and groups of the pages add up; what only one page has is kept', () => {
  const sum = added(
    added(undefined, page()),
    page({ statuses: [{ from: 'active', to: 'grace', count: 4 }], notices: [{ stage: 'due', now: 2, tried: 0 }] }),
  )
  expect(sum).toMatchObject({
    checked: 1_000,
    changed: 2,
    changedIn: { status: 2, notices: 0 },
    credit: { now: 20, tried: 40 },
    nextPayments: { now: 200, tried: 100 },
    statuses: [
      { from: 'active', to: 'grace', count: 4 },
      { from: 'grace', to: 'lapsed', count: 1 },
    ],
    notices: [
      { stage: 'due', now: 2, tried: 0 },
      { stage: 'lapsed', now: 0, tried: 1 },
    ],
  })
  expect(sum.rows.length).toBe(2)
})

test('is told with signs, statuses and the first memberships', () => {
  const text = printed(added(undefined, page()))
  expect(text).toContain('500 memberships, 1 would change: 1 in status, 0 in notices.')
  expect(text).toContain('Credit: Rp10 now, Rp20 tried (+10). First payable months: Rp100 now, Rp50 tried (-50).')
  expect(text).toContain('1 would be lapsed instead of grace')
  expect(text).toContain('12345678901: grace, paid through 2026-10, credit 0, next 8400 -> lapsed')
})
