/** What a member of a sponsor's list costs in write units: who adds a write to enrolling or covering one hears it here. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countMemberUnits, type MemberUnits } from '../../bench/cohort-units.ts'
import { createTables, startDatabase, type TestDatabase } from '../support/dynoxide.ts'

let database: TestDatabase
let counted: readonly MemberUnits[]

beforeAll(async () => {
  database = await startDatabase()
  counted = await countMemberUnits(database.endpoint, await createTables(database.endpoint), 200)
})
afterAll(() => database.stop())

const writesTo = (wanted: MemberUnits['stage']) => counted.find(({ stage }) => stage === wanted)?.writes

test('a row becomes an unpaid membership with terms, a contact, a view and its place among the person’s', () => {
  expect(writesTo('enrol')).toMatchObject({ fact: 1, contact: 1, view: 1, 'person index': 1 })
  expect(writesTo('enrol')).not.toHaveProperty('day index')
})

test('a share and a view are what covers it; the bill itself costs next to nothing for each', () => {
  // The bill's own fact and its entry in the day index are one more for all.
  expect(writesTo('cover')).toMatchObject({ fact: 1 + 1 / 200, view: 1, 'day index': 1 / 200 })
  expect(writesTo('cover')).not.toHaveProperty('contact')
})
