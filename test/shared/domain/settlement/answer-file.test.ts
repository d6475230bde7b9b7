/** The answer to a channel's file: one row for each line, whatever the day; nothing of a person; the same day, the same bytes. */
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ANSWER_COLUMNS,
  ANSWER_VERDICTS,
  answerFileOf,
  answerRows,
} from '../../../../shared/domain/settlement/answer-file.ts'
import { lineColumns } from '../../../../shared/domain/settlement/columns.ts'
import { anyChannelDays } from '../../../support/any-channel-days.ts'
import { DAY, settle, type World } from '../../../support/settlement-world.ts'

const ANSWERED = { name: 'IDM_20261118.csv', sha256: 'a'.repeat(64) }

function answeredDay(world: World) {
  const { result, file } = settle(world)
  const lines = lineColumns()
  for (const line of world.files[DAY] ?? []) lines.add(line)
  return { result, lines, quarantined: file.quarantined }
}

const bytesOf = (world: World) => answerFileOf(answeredDay(world), ANSWERED, (paymentId) => `REF-${paymentId}`)

describe('the answer to any file', () => {
  test('has one row for each line, good or set aside, and one for each payment that it lacks', () => {
    fc.assert(
      fc.property(anyChannelDays, (day) => {
        const answered = answeredDay(day)
        const rows = [...answerRows(answered)]
        const inFile = [...(day.files[DAY] ?? []), ...(day.quarantined ?? [])].map(({ line }) => line)
        const answeredLines = rows.flatMap(({ line }) => line ?? [])
        expect(answeredLines.toSorted((a, b) => a - b)).toEqual(inFile.toSorted((a, b) => a - b))
        const lacking = answered.result.items.filter(
          ({ line, label }) => line === null && ['pending', 'settled-in-other-file', 'missing-in-file'].includes(label),
        )
        expect(rows.filter(({ line }) => line === null).map(({ paymentId }) => paymentId)).toEqual(
          expect.arrayContaining(lacking.map(({ paymentId }) => paymentId)),
        )
      }),
      { numRuns: 800 },
    )
  })

  test('is written column for column, the other day included', () => {
    fc.assert(
      fc.property(anyChannelDays, (day) => {
        const text = Buffer.from(answerFileOf(answeredDay(day), ANSWERED, (id) => `REF-${id}`).bytes).toString()
        const written = text.split(/\r?\n/).filter((line) => /^\d*,/.test(line) || line.startsWith(','))
        const rows = [...answerRows(answeredDay(day))]
        expect(written).toHaveLength(rows.length)
        expect(new Set(written.map((line) => line.split(',').at(-1)))).toEqual(
          new Set(rows.map(({ otherDate }) => otherDate ?? '')),
        )
      }),
      { numRuns: 100 },
    )
  })

  test('says matched of a line only where the day has matched it', () => {
    fc.assert(
      fc.property(anyChannelDays, (day) => {
        const answered = answeredDay(day)
        const inQuestion = new Set(
          answered.result.items
            .filter(({ label }) => !['carried-in', 'reversed-earlier-line', 'settled-in-other-file'].includes(label))
            .flatMap(({ line }) => line ?? []),
        )
        for (const { line, verdict } of answerRows(answered)) {
          if (line !== null) expect([line, verdict]).toEqual([line, inQuestion.has(line) ? 'refused' : 'matched'])
        }
      }),
      { numRuns: 800 },
    )
  })

  test('is CSV that reads back, counts its verdicts, and holds no customer', () => {
    fc.assert(
      fc.property(anyChannelDays, (day) => {
        const { bytes, counts } = bytesOf(day)
        const text = Buffer.from(bytes).toString('utf8')
        const rows: readonly (readonly string[])[] = parse(text, { relaxColumnCount: true })
        expect(rows[0]).toEqual(ANSWER_COLUMNS)
        expect(rows.at(-1)).toEqual([
          '#TRAILER',
          ...ANSWER_VERDICTS.map((verdict) => String(counts[verdict])),
          ANSWERED.name,
          ANSWERED.sha256,
        ])
        const verdicts = rows.slice(1, -1).map((row) => row[ANSWER_COLUMNS.indexOf('verdict')])
        for (const verdict of ANSWER_VERDICTS) {
          expect(verdicts.filter((each) => each === verdict)).toHaveLength(counts[verdict])
        }
        const ids = new Set((day.files[DAY] ?? []).map(({ paymentId }) => paymentId))
        for (const { customerId } of day.files[DAY] ?? []) {
          if (![...ids].some((id) => id.includes(customerId))) expect(text).not.toContain(customerId)
        }
        expect(Buffer.from(bytesOf(day).bytes).equals(Buffer.from(bytes))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
