/** When a sponsor is told that a program ends, and by which words. */
import { expect, test } from 'vitest'
import { month } from '../../../../shared/domain/month.ts'
import { LANGUAGES } from '../../../../shared/domain/notice-preferences.ts'
import { PROGRAM_STATES, type ProgramState } from '../../../../shared/domain/sponsors/program-life.ts'
import {
  PROGRAM_NOTICE_RULES,
  PROGRAM_NOTICE_STAGES,
  programNoticeDue,
} from '../../../../shared/domain/sponsors/program-notice.ts'
import { sponsorEmail } from '../../../../shared/notices/sponsor-texts.ts'
import { date } from '../../../support/facts.ts'
import { PLAN } from '../../../support/sponsors.ts'

/** January to December 2027: the first day without cover is 1 January 2028. */
const dueOn = (day: string, state: ProgramState = 'running') =>
  programNoticeDue({ ...PLAN, state }, date(day), PROGRAM_NOTICE_RULES)

test.each([
  ['2027-11-01', null],
  ['2027-11-02', 'two-months-ahead'],
  ['2027-11-16', 'two-months-ahead'],
  ['2027-11-17', null],
  ['2027-12-17', null],
  ['2027-12-18', 'two-weeks-ahead'],
  ['2027-12-31', 'two-weeks-ahead'],
  ['2028-01-01', 'ended'],
  ['2028-01-08', 'ended'],
  ['2028-01-09', null],
])('on %s: %s', (day, stage) => {
  expect(dueOn(day)).toBe(stage)
})

test.each(PROGRAM_STATES)('of a program that is %s only where somebody has cover that can end', (state) => {
  expect(dueOn('2027-12-31', state)).toBe(
    ['paid', 'running', 'ending', 'ended'].includes(state) ? 'two-weeks-ahead' : null,
  )
})

test('every stage has its own words in both languages, which name the program and say how members go on alone', () => {
  const texts = LANGUAGES.flatMap((language) =>
    PROGRAM_NOTICE_STAGES.map((stage) =>
      sponsorEmail({ program: 'jambi.2027', lastMonth: month('2027-12'), stage }, language),
    ),
  )
  expect(new Set(texts.map(({ text }) => text)).size).toBe(6)
  for (const { subject, text } of texts) {
    expect(subject).toContain('jambi.2027')
    expect(text).toMatch(/jambi\.2027.*2027-12.*NIK.*Indomaret/)
  }
})
