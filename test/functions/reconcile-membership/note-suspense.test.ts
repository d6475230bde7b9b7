/** What the fold keeps aside is on the list of suspense once its message was handled, and what it does not keep is not. */
import { expect, test } from 'vitest'
import { noteSuspense } from '../../../functions/reconcile-membership/note-suspense.ts'
import { type Fact, keyOf } from '../../../shared/domain/fact.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import type { SuspendedMoney } from '../../../shared/store/settlements/suspense.ts'
import { close, KPJ, pay, reverse, share, terms } from '../../support/facts.ts'

const registered = terms('2026-01')
const own = pay('A', '2026-11-10T10:00', ['2026-11'])
const late = pay('B', '2026-11-22T10:00', ['2026-12'])
const ofBill = share('C', '2026-11-15T10:00', ['2026-11'])
const closed = close('2026-11-20', '2026-11-20T09:00')

async function notedOf(facts: readonly Fact[]): Promise<readonly SuspendedMoney[]> {
  const noted: SuspendedMoney[] = []
  const put = async (money: SuspendedMoney) => void noted.push(money)
  expect(await noteSuspense({ noteSuspense: put, rules: RULES }, facts)).toBe(noted.length)
  return noted
}

test.each<[string, readonly Fact[], readonly Fact[]]>([
  ['nobody closed and no bill: nothing', [registered, own, late], []],
  ['a payment after the closing', [registered, own, closed, late], [late]],
  ['a share of a month that was paid already', [registered, own, ofBill], [ofBill]],
  ['a share that pays its month: nothing', [registered, ofBill], []],
  ['a share that was reversed: nothing', [registered, own, ofBill, reverse(ofBill, '2026-11-16T10:00')], []],
  [
    'a payment after the closing that went back: nothing',
    [registered, closed, late, reverse(late, '2026-11-22T11:00')],
    [],
  ],
])('%s', async (_, facts, expected) => {
  const listed = expected.map((fact) => ({
    account: KPJ,
    fact: keyOf(fact),
    since: 'businessDate' in fact ? fact.businessDate : '2026-11-15',
  }))
  expect(await notedOf(facts)).toEqual(listed)
})
