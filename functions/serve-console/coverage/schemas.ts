/** What the calls about coverage answers take and answer. */
import * as z from 'zod/mini'
import { dateOrInstantField, instantField } from '../http/fields.ts'
import { at, count, described, flag, kpj, month, named, shape, text, type View } from '../http/schema.ts'
import { evidenceStep } from './evidence-schemas.ts'

const ON = 'A date (Asia/Jakarta) or an instant with offset'
const KNOWN_AT = 'Answer with what had been recorded by then, at least 5 minutes ago'
const REFERENCE = 'expected the number of the benefit case: 1 to 64 of A-Z a-z 0-9 - _ . /, no nine digits in a row'

const question = { on: dateOrInstantField(ON), knownAt: z.optional(instantField(KNOWN_AT)) }

export const coverageQuery = z.strictObject(question)
export type CoverageQuestion = z.output<typeof coverageQuery>

export const coverageQuestion = named(
  'CoverageQuestion',
  'What is asked for a benefit, and in which case',
  z.strictObject({
    ...question,
    // A case number, never a person's: those run to nine digits and more.
    reference: described(
      'Number of the benefit case',
      z.string(REFERENCE).check(z.maxLength(64, REFERENCE), z.regex(/^(?!.*\d{9})[\w./-]+$/, REFERENCE)),
    ),
  }),
)
export type CaseQuestion = z.output<typeof coverageQuestion>

const answerFields = () => ({
  on: text('As asked: a date (Asia/Jakarta) or an instant'),
  knownAt: described('As asked; null: everything known now', z.nullable(z.string())),
  covered: flag('Whether there was cover'),
  partialDay: flag('Covered for a part of the day asked only'),
  month: month(),
  from: z.nullable(at('Start of the stretch of cover')),
  to: z.nullable(at('The first instant without cover')),
  provisional: flag(
    'Covered, and no settlement file of the channel has named the payment yet; or, covered or not, a fact of the account was put past the hub',
  ),
  rulesVersion: text('The rules that the answer was computed by'),
  asOf: at('When this was computed'),
})
const coverageFields = () => ({ kpj: kpj(), ...answerFields(), evidence: z.array(evidenceStep()) })

export const coverageSchema = shape('Coverage', 'The answer and its evidence', () => z.strictObject(coverageFields()))
export type CoverageAnswer = View<typeof coverageSchema>

const keptAnswer = shape('KeptAnswer', 'An answer as it lies in the audit chain', () =>
  z.strictObject({
    sequence: count('Place in the audit chain'),
    hash: text('Of the entry, SHA-256 in hex'),
    at: at('When it was given'),
    actor: text('Who gave it'),
    answer: z.strictObject({
      ...answerFields(),
      reference: text('Number of the benefit case'),
      factKeys: z.array(text('Key of a fact that it rests on')),
      files: z.array(text('SHA-256 of a settlement file that it rests on')),
    }),
  }),
)
export type KeptAnswer = View<typeof keptAnswer>

export const coverageKept = shape('CoverageKept', 'The answer, and where it is kept', () =>
  z.strictObject({ ...coverageFields(), kept: keptAnswer() }),
)

export const keptAnswers = shape('KeptAnswers', 'The answers', () => z.strictObject({ items: z.array(keptAnswer()) }))
