/** A fact that was recorded far from its business day is noted on the day that recorded it, and one that the journal finds is not. */
import { expect, test } from 'vitest'
import { noteLateFacts } from '../../../functions/reconcile-membership/note-late-facts.ts'
import type { Fact } from '../../../shared/domain/fact.ts'
import { at, date, KPJ, pay, share, terms } from '../../support/facts.ts'

const NOW = at('2026-11-20T08:00')
const registered = terms('2026-01')
const paid = (decided: string, recorded = decided): Fact => ({
  ...pay('A', decided, ['2026-11']),
  recordedAt: at(recorded),
})

test.each<[string, Fact, readonly string[]]>([
  ['on its day', paid('2026-11-20T07:00'), []],
  ['healed on the day after', paid('2026-11-19T23:00', '2026-11-20T07:00'), []],
  ['healed two days after', paid('2026-11-18T10:00', '2026-11-20T07:00'), ['2026-11-20']],
  ['healed weeks after', paid('2026-10-18T10:00', '2026-11-19T07:00'), ['2026-11-19']],
  ['healed late, and told of long ago', paid('2026-10-18T10:00', '2026-11-10T07:00'), []],
  ['after a cut-off', { ...paid('2026-11-20T07:00'), businessDate: date('2026-11-21') } as Fact, []],
  ['a share of today', { ...share('C', '2026-11-20T07:00', ['2026-11']), recordedAt: at('2026-11-20T07:01') }, []],
  [
    'a share that the weekly run put',
    { ...share('C', '2026-11-10T10:00', ['2026-11']), recordedAt: at('2026-11-20T07:00') },
    ['2026-11-20'],
  ],
])('%s', async (_, fact, days) => {
  const noted: string[] = []
  const noteAccount = async (day: string, account: string) => void noted.push(`${day} ${account}`)
  expect(await noteLateFacts({ noteAccount }, [registered, fact], NOW)).toBe(days.length)
  expect(noted).toEqual(days.map((day) => `${day} ${KPJ}`))
})
