/** What the calls about sponsors and their programs take and answer. */
import * as z from 'zod/mini'
import { LANGUAGES } from '../../../shared/domain/notice-preferences.ts'
import { holdsPersonalNumber } from '../../../shared/domain/personal-numbers.ts'
import { PRIORITY_RULES } from '../../../shared/domain/sponsors/program.ts'
import { PROGRAM_STATES, PROGRAM_STEPS } from '../../../shared/domain/sponsors/program-life.ts'
import { isCode, parseSponsorId, SPONSOR_FUNDINGS, SPONSOR_KINDS } from '../../../shared/domain/sponsors/sponsor.ts'
import { PROGRAMS, SECTORS } from '../../../shared/domain/tariff.ts'
import { EMAIL, EMAIL_EXPECTED } from '../../../shared/notices/email-form.ts'
import { choiceField, cursorField, EMAIL_LIMIT, numberField, reasonField, textField } from '../http/fields.ts'
import { at, count, described, money, month, named, next, personal, shape, text, type View } from '../http/schema.ts'

const MOST_CONTACTS = 20
const MOST_RUPIAH = 10_000_000_000_000
const SPONSOR_ID = 'expected 3 to 40 small letters, digits and hyphens, fewer than nine digits in a row'
const CODE = 'expected 1 to 24 small letters, digits and hyphens, fewer than nine digits in a row'
const MONTH = 'expected a month such as 2027-01'

/** It stands in addresses, so it is nobody's number in any writing. */
function isFreeSponsorId(id: string): boolean {
  return parseSponsorId(id) !== undefined && !holdsPersonalNumber(id)
}

const rupiahField = (description: string, least: number) => {
  const expected = `expected whole rupiah from ${least} to ${MOST_RUPIAH}`
  return described(
    `${description}, whole rupiah`,
    z.int(expected).check(z.minimum(least, expected), z.maximum(MOST_RUPIAH, expected)),
  )
}

const email = z.string(EMAIL_EXPECTED).check(
  z.maxLength(EMAIL_LIMIT, EMAIL_EXPECTED),
  z.refine((address) => EMAIL.test(address), EMAIL_EXPECTED),
)
const contactRequest = z.strictObject({
  name: textField('Of the person or the office', 100),
  email: described('Where notices about programs go', email),
  language: choiceField('In which they are written', LANGUAGES),
})
const contactsField = described(
  'Whom the hub writes to; personal data, kept apart and erasable',
  z.array(contactRequest).check(z.maxLength(MOST_CONTACTS, `expected at most ${MOST_CONTACTS} contacts`)),
)

export const sponsorRequest = named(
  'SponsorRequest',
  'A new sponsor',
  z.strictObject({
    id: z.optional(
      described(
        'How it is called in addresses; drawn where none is given',
        z.string(SPONSOR_ID).check(z.maxLength(40, SPONSOR_ID), z.refine(isFreeSponsorId, SPONSOR_ID)),
      ),
    ),
    kind: choiceField('What it is', SPONSOR_KINDS),
    name: z.optional(described('What it is called; of a person none, which is with the contacts', reasonField(100))),
    regionCode: z.optional(z.nullable(textField('Its members live there; null: anywhere', 13))),
    contacts: z.optional(contactsField),
  }),
)
export type SponsorRequest = z.output<typeof sponsorRequest>

export const contactsRequest = named(
  'SponsorContactsRequest',
  'In place of those before',
  z.strictObject({ contacts: contactsField }),
)
export type ContactsRequest = z.output<typeof contactsRequest>

export const sponsorsQuery = z.strictObject({
  after: z.optional(cursorField()),
  limit: z.optional(numberField('At most so many', 1, 500)),
})
export type SponsorsQuery = z.output<typeof sponsorsQuery>

/** What a plan says, in requests. */
export const planFields = {
  name: described('What it is called', reasonField(100)),
  funding: choiceField('Whose money it is; the price follows from it', SPONSOR_FUNDINGS),
  budget: z.strictObject({
    per: choiceField('Whether the amount is for each village or for all', ['village', 'total'] as const),
    amountRupiah: rupiahField('The budget', 1),
  }),
  firstMonth: described('First contribution month', z.string(MONTH).check(z.regex(/^20\d{2}-(0[1-9]|1[0-2])$/, MONTH))),
  months: described(
    'How many contribution months',
    z.int('expected 1 to 12').check(z.minimum(1, 'expected 1 to 12'), z.maximum(12, 'expected 1 to 12')),
  ),
  sector: choiceField('Of people whose row says nothing else', SECTORS),
  programs: choiceField('What is paid for', PROGRAMS),
  incomeRupiah: rupiahField('Basis of the contribution where a row says nothing else, per month', 0),
  priority: choiceField('What is done where the budget is short', PRIORITY_RULES),
}

export const programRequest = named(
  'ProgramRequest',
  'A new program, a draft at first',
  z.strictObject({
    code: z.optional(
      described(
        'Last part of its id; the next number where none is given',
        z.string(CODE).check(
          z.maxLength(24, CODE),
          z.refine((code) => isCode(code) && !holdsPersonalNumber(code), CODE),
        ),
      ),
    ),
    ...planFields,
  }),
)
export type ProgramRequest = z.output<typeof programRequest>

export const planRequest = named(
  'ProgramPlanRequest',
  'The whole plan of a draft, in place of the one that was read',
  z.strictObject({ version: described('As it was read', z.int('expected the version that was read')), ...planFields }),
)
export type PlanRequest = z.output<typeof planRequest>

export const stepRequest = named(
  'ProgramStepRequest',
  'Why, for the history',
  z.strictObject({ reason: z.optional(reasonField(500)) }),
)
export type StepRequest = z.output<typeof stepRequest>

const contactView = () =>
  z.strictObject({
    name: personal('name', 'Masked for whoever may not see it'),
    email: z.nullable(personal('email', 'null for whoever may not see it')),
    language: z.enum(LANGUAGES),
  })

const sponsorFields = () => ({
  id: text('Id of the sponsor'),
  kind: z.enum(SPONSOR_KINDS),
  name: text('Empty for a person'),
  regionCode: described('Its members live there; null: anywhere', z.nullable(z.string())),
  createdAt: at('When it was created'),
})

export const programSchema = shape('Program', 'A program, as it is now', () =>
  z.strictObject({
    id: text('Id of the program'),
    sponsorId: text('Id of the sponsor'),
    name: text('What it is called'),
    state: z.enum(PROGRAM_STATES),
    version: count('Rises by one with every step'),
    steps: described('What can be done with it now', z.array(z.enum(PROGRAM_STEPS))),
    funding: z.enum(SPONSOR_FUNDINGS),
    budget: z.strictObject({ per: z.enum(['village', 'total']), amountRupiah: money('The budget') }),
    firstMonth: month('First contribution month'),
    lastMonth: month('Last contribution month'),
    months: count('How many contribution months'),
    sector: z.enum(SECTORS),
    programs: z.enum(PROGRAMS),
    incomeRupiah: money('Basis of the contribution, per month'),
    priority: z.enum(PRIORITY_RULES),
    personRupiah: money('One person for all its months, by the rules as they are now'),
    createdAt: at('When it was drafted'),
  }),
)
export type ProgramView = View<typeof programSchema>

export const sponsorItem = shape('SponsorItem', 'A sponsor, as lists show it', () => z.strictObject(sponsorFields()))
export type SponsorItem = View<typeof sponsorItem>

export const sponsorSchema = shape('Sponsor', 'A sponsor, its contacts and its programs', () =>
  z.strictObject({ ...sponsorFields(), contacts: z.array(contactView()), programs: z.array(programSchema()) }),
)
export type SponsorView = View<typeof sponsorSchema>

export const sponsorsSchema = shape('Sponsors', 'In the order of their ids', () =>
  z.strictObject({ items: z.array(sponsorItem()), next: next() }),
)

export const programsSchema = shape('Programs', 'The programs of a sponsor, in the order of their ids', () =>
  z.strictObject({ items: z.array(programSchema()) }),
)

export const historySchema = shape('ProgramHistory', 'What was done with a program, oldest first', () =>
  z.strictObject({
    items: z.array(
      z.strictObject({
        number: count('The version that it made'),
        step: z.enum(PROGRAM_STEPS),
        from: z.nullable(z.enum(PROGRAM_STATES)),
        to: z.enum(PROGRAM_STATES),
        by: text('Who did it'),
        at: at('When'),
        note: text('Why, or what it came from; empty where the step says it all'),
      }),
    ),
  }),
)
