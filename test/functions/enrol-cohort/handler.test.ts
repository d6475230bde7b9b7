/** The wiring of queue `enrolment`: a list goes through real tables and the bucket, message by message, until its people are enrolled. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { rupiah } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { takeStep } from '../../../shared/domain/sponsors/program.ts'
import type { ProgramId, SponsorId } from '../../../shared/domain/sponsors/sponsor.ts'
import { takeInMemberList } from '../../../shared/intake/take-in-member-list.ts'
import { dynamoContacts } from '../../../shared/store/contacts/dynamodb.ts'
import { dynamoFacts } from '../../../shared/store/facts/dynamodb.ts'
import { s3CohortRows } from '../../../shared/store/files/cohort-rows.ts'
import { s3Files } from '../../../shared/store/files/files.ts'
import { dynamoSponsors } from '../../../shared/store/sponsors/dynamodb.ts'
import { at } from '../../support/facts.ts'
import {
  eventOf,
  functionSurroundings,
  type QueueHandling,
  type Surroundings,
} from '../../support/function-surroundings.ts'
import { DIGEST_SECRET } from '../../support/settlement-hub.ts'
import { PLAN, sponsorNamed } from '../../support/sponsors.ts'

const SPONSOR = 'jambi' as SponsorId
const PROGRAM = 'jambi.2026' as ProgramId
const NIKS = ['1571011203850001', '1571011203850002'] as const
const LIST = [
  'nik,name,region_code,sector,income,phone',
  `${NIKS[0]},BUDI SANTOSO,15.71.01.1001,,,`,
  `${NIKS[1]},SITI AMINAH,15.71.01.1001,transport,,`,
  'x,NOBODY,15.71.01.1001,,,',
].join('\n')

let around: Surroundings
let handler: QueueHandling
let sponsors: ReturnType<typeof dynamoSponsors>

beforeAll(async () => {
  around = await functionSurroundings({
    service: 'enrol-cohort',
    variables: { DIGEST_SECRET: 'hub/digests' },
    secrets: { 'hub/digests': DIGEST_SECRET },
  })
  sponsors = dynamoSponsors(around.database, around.tables)
  await sponsors.putSponsor(sponsorNamed(SPONSOR))
  const createdAt = at('2026-11-20T10:00')
  const event = {
    number: 1,
    step: 'draft',
    from: null,
    to: 'draft',
    by: 'operator-1',
    at: createdAt,
    note: '',
  } as const
  const months = {
    firstMonth: month('2026-11'),
    monthCount: 2,
    budget: { per: 'total', amount: rupiah(1_000_000) },
  } as const
  const program = { ...PLAN, ...months, id: PROGRAM, state: 'enrolling', version: 1, createdAt } as const
  await sponsors.putProgram({ program, event })
  handler = await around.load(() => import('../../../functions/enrol-cohort/handler.ts'))
})
afterAll(() => around.stop())
beforeEach(() => {
  around.forget()
  around.broken.clear()
})

async function received() {
  const files = s3Files(around.files, around.bucket, around.sealing)
  const incoming = { from: { kind: 'handed-over', bytes: Buffer.from(LIST) }, name: '', by: 'operator-1' } as const
  const now = () => at('2026-11-20T10:00')
  const taken = await takeInMemberList({ files, sponsors, now }, incoming, { program: PROGRAM, language: 'id' })
  if (!('cohort' in taken)) throw new Error(`expected the list to be taken in, came ${taken.outcome}`)
  return taken.cohort.id
}

const look = () => handler(eventOf({ part: 'cohorts#jambi', entry: `cohort#2026#${code}` }))
let code = ''

test('without the secret of digests a message waits and nothing is read', async () => {
  const cohort = await received()
  code = cohort.split('.')[2] ?? ''
  around.broken.add('hub/digests')
  expect((await look()).batchItemFailures).toHaveLength(1)
  expect(await sponsors.cohort(cohort)).toMatchObject({ version: 1, work: { task: 'read' } })
})

test('each message is a step, until the people of the list are memberships; a message more changes nothing', async () => {
  const cohort = await received()
  for (let step = 0; step < 3; step++) expect(await look()).toEqual({ batchItemFailures: [] })
  const enrolled = await sponsors.cohort(cohort)
  expect(enrolled).toMatchObject({ state: 'enrolled', counts: { rows: 3, accepted: 2, refused: 1, enrolled: 2 } })
  expect(around.said()).toMatchObject(
    ['read', 'judge', 'enrol'].map((outcome) => ({ message: 'A list was worked on', outcome, count: 3 })),
  )
  for (const nik of NIKS) expect(JSON.stringify(around.said())).not.toContain(nik)
  const people = ((await s3CohortRows(around.files, around.bucket, around.sealing).rows(cohort, 1)) ?? []).flatMap(
    ({ kpj }) => kpj ?? [],
  )
  const facts = await Promise.all(people.map((kpj) => dynamoFacts(around.database, around.tables).ofAccount(kpj)))
  expect(facts).toMatchObject([[{ kind: 'terms', cohort }], [{ kind: 'terms', terms: { sector: 'transport' } }]])
  const contacts = people.map((kpj) => dynamoContacts(around.database, around.tables).get(kpj))
  expect(await Promise.all(contacts)).toMatchObject([{ nik: NIKS[0] }, { nik: NIKS[1], name: 'SITI AMINAH' }])
  around.forget()
  expect(await look()).toEqual({ batchItemFailures: [] })
  expect([around.said(), await sponsors.cohort(cohort)]).toEqual([[], enrolled])
})

test('a message about a program has it take its steps, and says which', async () => {
  const message = { program: PROGRAM, cause: 'nightly' }
  expect(await handler(eventOf(message))).toEqual({ batchItemFailures: [] })
  expect([around.said(), (await sponsors.program(PROGRAM))?.state]).toEqual([[], 'enrolling'])
  const program = await sponsors.program(PROGRAM)
  const change = program && takeStep(program, 'bill', { by: 'operator-1', at: at('2026-11-20T10:00'), note: '' })
  if (!change) throw new Error('expected a program that can be billed')
  await sponsors.putProgram(change)
  expect(await handler(eventOf(message))).toEqual({ batchItemFailures: [] })
  expect(around.said()).toMatchObject([{ message: 'A program took a step', sponsor: PROGRAM, step: 'withdraw-bill' }])
  expect((await sponsors.history(PROGRAM)).at(-1)).toMatchObject({ step: 'withdraw-bill', by: 'system' })
})

test('what nobody can read is put aside for queue enrolment', async () => {
  const body = JSON.stringify({ part: 'sponsor#jambi', entry: 'program#2026' })
  expect(await handler(eventOf(body))).toEqual({ batchItemFailures: [] })
  expect(around.sent()).toEqual([{ queue: 'DEAD_LETTER', body, code: 'UNREADABLE' }])
  expect(around.said()).toMatchObject([{ message: 'A message was parked', queue: 'enrolment' }])
})
