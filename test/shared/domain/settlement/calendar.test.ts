import { describe, expect, test } from 'vitest'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { fileStateOf, isFileExpected } from '../../../../shared/domain/settlement/calendar.ts'
import type { FileState } from '../../../../shared/domain/settlement/file-version.ts'
import { SETTLEMENT_RULES } from '../../../../shared/domain/settlement/rules.ts'
import { at } from '../../../support/facts.ts'

/** A Friday. */
const FRIDAY = '2026-11-20' as BusinessDate

function stateOf(when: string, ...states: readonly FileState[]) {
  const versions = states.map((state) => ({ state }))
  return fileStateOf('pos', FRIDAY, at(when), versions, SETTLEMENT_RULES)
}

describe('the file of a business day', () => {
  test.each([
    ['2026-11-19T23:59', 'none'],
    ['2026-11-20T00:00', 'awaited'],
    ['2026-11-21T06:59', 'awaited'],
    ['2026-11-21T07:00', 'missing'],
  ])('at %s, when nothing has come, is %s', (when, state) => {
    expect(stateOf(when)).toBe(state)
  })

  test.each<[FileState[], string]>([
    [['accepted'], 'received'],
    [['held'], 'held'],
    [['held', 'accepted'], 'received'],
    [['accepted', 'proposed'], 'received'],
    [['superseded', 'accepted'], 'received'],
    [['accepted', 'rejected'], 'received'],
  ])('with versions that are %s it is %s, whenever one looks', (states, state) => {
    expect(stateOf('2026-11-21T06:59', ...states)).toBe(state)
    expect(stateOf('2026-11-25T12:00', ...states)).toBe(state)
  })

  test('is expected for weekends and holidays too', () => {
    for (const date of ['2026-11-20', '2026-11-21', '2026-11-22', '2026-12-25']) {
      expect(isFileExpected('pos', date as BusinessDate)).toBe(true)
    }
  })
})
