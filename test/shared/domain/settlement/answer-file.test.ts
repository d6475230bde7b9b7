/** The answer to a channel's file: one row for each line, whatever the day; nothing of a person; the same day, the same bytes. */
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BusinessDate } from '../../../../shared/domain/instant.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import {
  ANSWER_COLUMNS,
  ANSWER_VERDICTS,
  answerFileOf,
  answerRows,
} from '../../../../shared/domain/settlement/answer-file.ts'
import { lineColumns } from '../../../../shared/domain/settlement/columns.ts'
import type { BridgeLabel, Item, MatchedLine } from '../../../../shared/domain/settlement/day.ts'
import type { QuarantinedLine } from '../../../../shared/domain/settlement/line.ts'
import { anyChannelDays } from '../../../support/any-channel-days.ts'
import { DAY, lineOf, payment, settle, type World } from '../../../support/settlement-world.ts'

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

describe('a line and a payment by itself', () => {
  const OTHER = '2026-11-17' as BusinessDate
  const item = (label: BridgeLabel, line: number | null, changed: Partial<Item> = {}): Item => ({
    label,
    line,
    amount: rupiah(-8_400),
    paymentId: 'P',
    otherDate: OTHER,
    breakDate: null,
    ...changed,
  })

  /** Of line 2, whose own id is L, and of what is in no line. */
  function rowsOf(
    items: readonly Item[],
    matched: readonly object[] = [],
    quarantined: readonly QuarantinedLine[] = [],
  ) {
    const lines = lineColumns()
    lines.add(lineOf(payment('L'), 2))
    return [...answerRows({ lines, result: { items, matched: () => matched as MatchedLine[] }, quarantined })]
  }
  const own = { line: 2, paymentId: 'L', status: 'S', amount: 8_400 }
  const MATCHED = { hubPaymentId: 'L', verdict: 'matched', reason: '', otherDate: null }

  test('is matched where nothing is said of it, by the id of the payment that it found', () => {
    expect(rowsOf([])).toEqual([{ ...own, ...MATCHED }])
    const found = rowsOf([], [{ line: 2, paymentId: 'Q', how: 'resolution' }])
    expect(found).toEqual([{ ...own, ...MATCHED, hubPaymentId: 'Q' }])
    expect(rowsOf([], [{ line: 2, paymentId: 'Q', how: 'id' }])).toEqual([{ ...own, ...MATCHED }])
    expect(rowsOf([item('file-total', 2)])).toEqual([{ ...own, ...MATCHED }])
  })

  test.each<[BridgeLabel, string, string]>([
    ['pending', 'refused', 'P'],
    ['settled-in-other-file', 'matched', 'P'],
    ['missing-in-file', 'refused', 'P'],
    ['carried-in', 'matched', 'P'],
    ['missing-in-hub', 'refused', ''],
    ['amount-difference', 'refused', 'P'],
    ['duplicate-in-file', 'refused', 'P'],
    ['duplicate-across-files', 'refused', 'P'],
    ['reversed-here-settled-there', 'refused', 'P'],
    ['settled-here-reversed-there', 'refused', 'P'],
    ['ambiguous', 'refused', ''],
    ['reversed-earlier-line', 'matched', 'P'],
    ['quarantined', 'refused', ''],
  ])('a line in row %s is %s, and of payment "%s"', (label, verdict, hubPaymentId) => {
    const said = { ...own, verdict, reason: label, otherDate: OTHER }
    const ours = (id: string) => ({ ...said, hubPaymentId: hubPaymentId === '' ? '' : id })
    expect(rowsOf([item(label, 2)])).toEqual([ours('P')])
    expect(rowsOf([item(label, 2, { paymentId: '' })])).toEqual([ours('L')])
    expect(rowsOf([item(label, 2)], [{ line: 2, paymentId: 'Q', how: 'resolution' }])).toEqual([ours('Q')])
  })

  test('what is in question decides, in whichever order its rows stand', () => {
    const both = [item('carried-in', 2), item('amount-difference', 2)]
    for (const items of [both, both.toReversed()])
      expect(rowsOf(items)).toMatchObject([{ reason: 'amount-difference' }])
  })

  test('payments that the file lacks follow by id, each with what became of it; totals are none', () => {
    const items = [
      item('missing-in-file', null, { paymentId: 'C' }),
      item('hub-payments', null),
      item('pending', null, { paymentId: 'A' }),
      item('settled-in-other-file', null, { paymentId: 'B' }),
    ]
    const lacking = { line: null, status: '', amount: 8_400, otherDate: OTHER }
    expect(rowsOf(items).slice(1)).toEqual([
      { ...lacking, paymentId: 'A', hubPaymentId: 'A', verdict: 'awaited', reason: 'pending' },
      { ...lacking, paymentId: 'B', hubPaymentId: 'B', verdict: 'matched', reason: 'settled-in-other-file' },
      { ...lacking, paymentId: 'C', hubPaymentId: 'C', verdict: 'missing', reason: 'missing-in-file' },
    ])
  })

  test('lines that were set aside are refused by their code', () => {
    const aside = (status: QuarantinedLine['status'], more: object = {}) =>
      ({ line: 9, code: 'BAD_FEE', field: 'fee', amount: null, fee: null, status, ...more }) as const
    const quarantined = [aside('settled', { paymentId: 'X' }), aside('reversed'), aside(null)]
    const refused = { line: 9, amount: null, verdict: 'refused', reason: 'BAD_FEE', hubPaymentId: '', otherDate: null }
    expect(rowsOf([], [], quarantined).slice(1)).toEqual([
      { ...refused, paymentId: 'X', status: 'S' },
      { ...refused, paymentId: '', status: 'R' },
      { ...refused, paymentId: '', status: '' },
    ])
  })
})

test.each([
  ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['A=1', 'A=1'],
])('an id %s, which a spreadsheet may run, stands there as text', (id, written) => {
  const lines = lineColumns()
  lines.add(lineOf(payment(id), 2))
  const aside = {
    line: 3,
    code: 'BAD_FEE',
    field: 'fee',
    amount: null,
    fee: null,
    status: null,
    paymentId: id,
  } as const
  const day = { lines, result: { items: [], matched: () => [] }, quarantined: [aside] }
  const text = Buffer.from(answerFileOf(day, { ...ANSWERED, name: id }, () => 'REF').bytes).toString()
  const [, own, set, trailer] = text.split('\n')
  expect([own?.startsWith(`2,${written},`), set?.startsWith(`3,${written},`)]).toEqual([true, true])
  expect(trailer).toContain(`,${written},`)
})

test.each([4_998, 4_999, 5_000, 9_999])('a file of %i lines is one text without a gap', (count) => {
  const lines = lineColumns()
  for (let i = 0; i < count; i++) lines.add(lineOf(payment(`T${i}`), i + 2))
  const day = { lines, result: { items: [], matched: () => [] }, quarantined: [] }
  const { bytes, counts } = answerFileOf(day, { name: 'a,"b" c', sha256: 's' }, (id) => `REF-${id}`)
  const rows = Buffer.from(bytes).toString().split('\n')
  const last = `${count + 1},T${count - 1},REF-T${count - 1},S,8400,matched,,`
  expect([rows.length, rows[0], rows[1]]).toEqual([count + 3, ANSWER_COLUMNS.join(','), '2,T0,REF-T0,S,8400,matched,,'])
  expect(rows.slice(-3)).toEqual([last, `#TRAILER,${count},0,0,0,"a,""b"" c",s`, ''])
  expect(counts).toEqual({ matched: count, awaited: 0, missing: 0, refused: 0 })
})
