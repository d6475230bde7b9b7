/** Dates of partners' keys, and how far a rotation is by what is recorded and when the secret was written. */
import { describe, expect, test } from 'vitest'
import { isStagedLongEnough, type KeyRotation, keyState, stepsOf } from '../../../shared/domain/partner-keys.ts'
import { at, date } from '../../support/facts.ts'

const TODAY = date('2026-11-20')
const rotation = (switchedAt: string | null): KeyRotation => ({
  next: { since: TODAY, endsOn: null },
  beganAt: at('2026-11-20T09:00'),
  switchedAt: switchedAt === null ? null : at(switchedAt),
})

describe('a key', () => {
  test.each([
    [null, 'unknown'],
    [{ since: date('2020-01-01'), endsOn: null }, 'in-force'],
    [{ since: date('2026-01-01'), endsOn: date('2027-01-05') }, 'in-force'],
    [{ since: date('2026-01-01'), endsOn: date('2027-01-04') }, 'ends-soon'],
    [{ since: date('2026-01-01'), endsOn: TODAY }, 'ends-soon'],
    [{ since: date('2026-01-01'), endsOn: date('2026-11-19') }, 'ended'],
  ] as const)('with dates %j is %s', (dates, state) => {
    expect(keyState(dates, TODAY)).toBe(state)
  })
})

describe('a rotation', () => {
  test.each([
    ['nothing is known of the secret', null, null, ['done', 'now', 'later', 'later']],
    ['the secret was written before it began', '2026-11-20T08:59', null, ['done', 'now', 'later', 'later']],
    ['both keys are in the secret', '2026-11-20T09:05', null, ['done', 'done', 'now', 'later']],
    ['the partner has switched', '2026-11-20T09:05', '2026-11-20T10:00', ['done', 'done', 'done', 'now']],
    ['the old key is out', '2026-11-20T10:30', '2026-11-20T10:00', ['done', 'done', 'done', 'done']],
    ['the secret is silent after the switch', null, '2026-11-20T10:00', ['done', 'done', 'done', 'now']],
  ] as const)('when %s', (_, writtenAt, switchedAt, states) => {
    const steps = stepsOf(rotation(switchedAt), writtenAt === null ? null : at(writtenAt))
    expect(steps.map(({ step }) => step)).toEqual(['made', 'staged', 'switched', 'retired'])
    expect(steps.map(({ state }) => state)).toEqual(states)
  })

  test('says when each step was done, as far as one writing of the secret can tell', () => {
    const written = at('2026-11-20T09:05')
    expect(stepsOf(rotation(null), written)[1]?.at).toBe(written)
    const steps = stepsOf(rotation('2026-11-20T10:00'), at('2026-11-20T10:30'))
    expect(steps.map((step) => step.at)).toEqual([
      at('2026-11-20T09:00'),
      null,
      at('2026-11-20T10:00'),
      at('2026-11-20T10:30'),
    ])
  })

  test.each([
    ['2026-11-20T09:05', '2026-11-20T09:14', false],
    ['2026-11-20T09:05', '2026-11-20T09:15', true],
    ['2026-11-20T08:00', '2026-11-20T12:00', false],
    [null, '2026-11-20T12:00', false],
  ] as const)('with the secret written at %s may be followed at %s: %s', (writtenAt, now, may) => {
    expect(isStagedLongEnough(rotation(null), writtenAt === null ? null : at(writtenAt), at(now))).toBe(may)
  })
})
