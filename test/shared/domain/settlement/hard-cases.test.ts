/** A thousand hard stories, judged all together: nothing missed, nothing made up, nothing guessed. */
import { describe, expect, test } from 'vitest'
import { DIFFERENCE_CLASSES } from '../../../../shared/domain/settlement/day.ts'
import { settle } from '../../../support/settlement-world.ts'
import { FILES, hardCases } from './hard-cases.ts'

const COUNT = 1_000

describe.each([1, 2, 3])('a thousand hard stories, seed %i', (seed) => {
  const { world, truth } = hardCases(COUNT, seed)
  const days = FILES.map((date) => ({ date, ...settle(world, date) }))
  const questions = days.flatMap(({ date, statement }) =>
    statement.differences.map(({ class: differenceClass, lines, paymentId }) =>
      lines.length > 0 ? `${differenceClass} ${date}:${lines.join(',')}` : `${differenceClass} ${paymentId}`,
    ),
  )
  const matched = new Map<string, string>(
    days.flatMap(({ date, result }) =>
      [...result.matched()].map((one) => [`${date}:${one.line}`, one.paymentId] as const),
    ),
  )

  test('asks what it must and nothing else: precision and recall of every class', () => {
    const rows = DIFFERENCE_CLASSES.map((differenceClass) => {
      const expected = truth.questions.filter((about) => about.startsWith(`${differenceClass} `))
      const found = questions.filter((about) => about.startsWith(`${differenceClass} `))
      const right = found.filter((about) => expected.includes(about)).length
      return { class: differenceClass, expected: expected.length, found: found.length, right }
    }).filter(({ expected, found }) => expected + found > 0)
    if (seed === 1) {
      const ratio = (a: number, b: number) => (b === 0 ? '-' : (a / b).toFixed(3))
      console.table(
        rows.map((row) => ({ ...row, precision: ratio(row.right, row.found), recall: ratio(row.right, row.expected) })),
      )
    }
    const storyOf = (about: string) => `${about} (${truth.family.get(about.slice(about.indexOf(' ') + 1)) ?? '?'})`
    expect({
      missed: truth.questions.filter((about) => !questions.includes(about)).map(storyOf),
      madeUp: questions.filter((about) => !truth.questions.includes(about)).map(storyOf),
    }).toEqual({ missed: [], madeUp: [] })
    expect(questions.toSorted()).toEqual(truth.questions.toSorted())
  })

  test('matches each line with the payment that it is, and no other: silent wrong matches are none', () => {
    const wrong = [...matched].filter(([line, paymentId]) => truth.same.get(line) !== paymentId)
    const missed = [...truth.same].filter(([line, paymentId]) => matched.get(line) !== paymentId)
    const named = ([line, paymentId]: readonly [string, string]) => `${line} ${paymentId} (${truth.family.get(line)})`
    expect({ wrong: wrong.map(named), missed: missed.map(named) }).toEqual({ wrong: [], missed: [] })
  })

  test('leaves nothing unexplained on any of the days', () => {
    expect(days.map(({ statement }) => statement.unexplainedRupiah)).toEqual(FILES.map(() => 0))
  })
})
