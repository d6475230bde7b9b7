/** What the sponsors' table and their contacts must do, in memory and on DynamoDB alike. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Agent, type AgentCode, parseAgentCode } from '../../shared/domain/agents/agent.ts'
import { billCodeOf } from '../../shared/domain/bill-code.ts'
import { rupiah } from '../../shared/domain/money.ts'
import { type Cohort, NO_COUNTS } from '../../shared/domain/sponsors/cohort.ts'
import { draftProgram, lastMonthOf, takeStep } from '../../shared/domain/sponsors/program.ts'
import {
  cohortIdOf,
  type ProgramId,
  parseSponsorId,
  programIdOf,
  type SponsorId,
} from '../../shared/domain/sponsors/sponsor.ts'
import { dynamoSponsorContacts, type SponsorContactStore } from '../../shared/store/contacts/sponsor-contacts.ts'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { type AgentStore, dynamoAgents } from '../../shared/store/sponsors/agents.ts'
import { dynamoSponsors } from '../../shared/store/sponsors/dynamodb.ts'
import type { SponsorRecords } from '../../shared/store/sponsors/sponsors.ts'
import type { Tables } from '../../shared/store/tables.ts'
import { createTables, startDatabase, type TestDatabase, useTestIdentity } from '../support/dynoxide.ts'
import { at, KPJ } from '../support/facts.ts'
import { grudging } from '../support/grudging-dynamo.ts'
import { memoryAgents, memorySponsorContacts, memorySponsors } from '../support/memory-sponsors.ts'
import { PLAN, sponsorNamed } from '../support/sponsors.ts'

let database: TestDatabase
let tables: Tables
/** All agents of a table are one list, so each kind of table has its own. */
let otherTables: Tables
let client: ReturnType<typeof createDynamoClient>
beforeAll(async () => {
  useTestIdentity()
  database = await startDatabase()
  tables = await createTables(database.endpoint)
  otherTables = await createTables(database.endpoint)
  client = createDynamoClient({ endpoint: database.endpoint })
})
afterAll(async () => {
  client.destroy()
  await database.stop()
})

/** A sponsor that no other test uses: the tables are shared by the file. */
let sponsors = 0
const freshId = (): SponsorId => parseSponsorId(`sponsor-${String(sponsors++).padStart(3, '0')}`) as SponsorId
const AGENT = {
  kind: 'office',
  name: 'Kantor Perisai',
  regionCode: null,
  outlets: [],
  createdBy: 'operator-1',
  createdAt: at('2026-11-20T10:00'),
} as const
const BY = { by: 'operator-1', at: at('2026-11-20T10:00'), note: '' }
const cohortNamed = (program: ProgramId, code: string): Cohort => ({
  id: cohortIdOf(program, code),
  listDigest: code,
  state: 'enrolled',
  counts: NO_COUNTS,
  billCodes: [],
  version: 1,
  receivedBy: 'operator-1',
  receivedAt: BY.at,
})

describe.each([
  ['in memory', () => ({ store: memorySponsors(), agents: memoryAgents(), contacts: memorySponsorContacts() })],
  [
    'on DynamoDB',
    () => ({
      store: dynamoSponsors(client, tables),
      agents: dynamoAgents(client, tables),
      contacts: dynamoSponsorContacts(client, tables),
    }),
  ],
  [
    'on a DynamoDB that gives no more than it promised',
    () => ({
      store: dynamoSponsors(grudging(client), tables),
      agents: dynamoAgents(grudging(client), otherTables),
      contacts: dynamoSponsorContacts(grudging(client), tables),
    }),
  ],
])('the sponsors %s', (_, open) => {
  let store: SponsorRecords
  let agents: AgentStore
  let contacts: SponsorContactStore
  beforeAll(() => {
    ;({ store, agents, contacts } = open())
  })

  test('a sponsor is put once: the same again is known, another under its id is not taken', async () => {
    const sponsor = sponsorNamed(freshId())
    expect(await store.sponsor(sponsor.id)).toBeUndefined()
    expect(await store.putSponsor(sponsor)).toBe('put')
    expect(await store.putSponsor(sponsor)).toBe('same')
    expect(await store.putSponsor({ ...sponsor, name: 'Somebody else' })).toBe('other')
    expect(await store.sponsor(sponsor.id)).toEqual(sponsor)
  })

  test('sponsors come in the order of their ids, page by page, none twice', async () => {
    const ids = [freshId(), freshId(), freshId()]
    for (const id of ids) await store.putSponsor(sponsorNamed(id))
    const first = await store.sponsors(null, 1_000)
    expect(first.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
    expect((await store.sponsors(ids[0] as SponsorId, 2)).map(({ id }) => id)).toEqual(ids.slice(1))
  })

  test('a program and the line of its history are put at once, and only after the version before', async () => {
    const id = programIdOf(freshId(), '2027')
    const draft = draftProgram(id, PLAN, BY)
    expect(await store.putProgram(draft)).toBe('put')
    expect(await store.putProgram(draft)).toBe('put')
    expect(await store.putProgram(draftProgram(id, { ...PLAN, name: 'Another' }, BY))).toBe('conflict')
    const opened = takeStep(draft.program, 'open', BY)
    if (!opened) throw new Error('expected a draft to be opened')
    expect(await store.putProgram(opened)).toBe('put')
    expect(await store.putProgram({ ...opened, event: { ...opened.event, by: 'operator-2' } })).toBe('conflict')
    expect(await store.program(id)).toEqual(opened.program)
    expect(await store.programsEnding(lastMonthOf(PLAN))).toContain(id)
    expect(await store.history(id)).toEqual([draft.event, opened.event])
  })

  test('programs and cohorts are those of their own sponsor and program', async () => {
    const sponsorId = freshId()
    const ids = ['2027', '2027-b'].map((code) => programIdOf(sponsorId, code))
    for (const id of ids) await store.putProgram(draftProgram(id, PLAN, BY))
    const cohorts = ids.map(
      (id): Cohort => ({
        id: cohortIdOf(id, 'a1'),
        listDigest: 'ab'.repeat(32),
        state: 'received',
        counts: NO_COUNTS,
        billCodes: [],
        version: 1,
        receivedBy: 'operator-1',
        receivedAt: BY.at,
      }),
    )
    const [first, other] = cohorts as [Cohort, Cohort]
    for (const cohort of cohorts) expect(await store.putCohort(cohort)).toBe('put')
    expect((await store.programsOf(sponsorId)).map(({ id }) => id)).toEqual(ids)
    expect(await store.programsOf(freshId())).toEqual([])
    expect(await store.cohortsOf(ids[0] as (typeof ids)[0])).toEqual([first])
    expect(await store.putCohort({ ...first, state: 'judged', version: 3 })).toBe('conflict')
    expect(await store.putCohort({ ...first, state: 'judged', version: 2 })).toBe('put')
    expect(await store.cohort(first.id)).toEqual({ ...first, state: 'judged', version: 2 })
    expect(await store.cohort(other.id)).toEqual(other)
  })

  test('a list is billed and commits its money at once, and only where no other list was billed since', async () => {
    const program = programIdOf(freshId(), '2027')
    const [a, b] = ['a1', 'b1'].map(
      (code): Cohort => ({
        id: cohortIdOf(program, code),
        listDigest: code,
        state: 'enrolled',
        counts: NO_COUNTS,
        billCodes: [],
        version: 1,
        receivedBy: 'operator-1',
        receivedAt: BY.at,
      }),
    ) as [Cohort, Cohort]
    for (const cohort of [a, b]) await store.putCohort(cohort)
    expect(await store.commitments(program)).toEqual({ version: 0, of: [] })
    const billCode = billCodeOf(7)
    const villages = [['15.71.01.1001', rupiah(33_600)]] as const
    const commitment = { cohort: a.id, bills: [{ billCode, replaces: null, villages }] }
    expect(await store.putBilling({ ...a, version: 2 }, commitment, 0)).toBe('put')
    expect(await store.putBilling({ ...a, version: 2 }, commitment, 0)).toBe('put')
    const other = { ...commitment, cohort: b.id }
    expect(await store.putBilling({ ...b, version: 2 }, other, 0)).toBe('conflict')
    expect(await store.cohort(b.id)).toEqual(b)
    expect(await store.commitments(program)).toEqual({ version: 1, of: [commitment] })
    expect(await store.putBilling({ ...b, version: 3 }, other, 1)).toBe('conflict')
    expect(await store.putBilling({ ...b, version: 2 }, other, 1)).toBe('put')
    expect(await store.commitments(program)).toEqual({ version: 2, of: [commitment, other] })
    expect(await store.putBilling({ ...a, version: 3 }, { ...commitment, bills: [] }, 2)).toBe('put')
    expect((await store.commitments(program)).of).toEqual([{ ...commitment, bills: [] }, other])
  })

  test('a list goes on together with a step of its program, or neither does', async () => {
    const id = programIdOf(freshId(), '2027')
    const draft = draftProgram(id, PLAN, BY)
    await store.putProgram(draft)
    const opened = takeStep(draft.program, 'open', BY)
    if (!opened) throw new Error('expected a draft to be opened')
    const cohort = cohortNamed(id, 'a1')
    expect(await store.putCohort({ ...cohort, version: 2 }, opened)).toBe('conflict')
    expect((await store.program(id))?.state).toBe('draft')
    for (let again = 0; again < 2; again++) expect(await store.putCohort(cohort, opened)).toBe('put')
    expect([await store.cohort(cohort.id), await store.program(id)]).toEqual([cohort, opened.program])
    expect(await store.putCohort({ ...cohort, version: 2 }, { ...opened, event: { ...opened.event, by: 'x' } })).toBe(
      'conflict',
    )
    expect(await store.cohort(cohort.id)).toEqual(cohort)
  })

  test('of two corrections of a list one is confirmed, and the list that is corrected with it', async () => {
    const id = programIdOf(freshId(), '2027')
    const [before, a, b] = ['a1', 'b1', 'c1'].map((code) => cohortNamed(id, code)) as [Cohort, Cohort, Cohort]
    for (const cohort of [before, a, b]) await store.putCohort(cohort)
    const correctedBy = (by: Cohort): Cohort => ({ ...before, correctedBy: by.id, version: 2 })
    for (let again = 0; again < 2; again++)
      expect(await store.putConfirmed({ ...a, version: 2 }, correctedBy(a))).toBe('put')
    expect(await store.putConfirmed({ ...b, version: 2 }, correctedBy(b))).toBe('conflict')
    expect([await store.cohort(before.id), await store.cohort(b.id)]).toEqual([correctedBy(a), b])
  })

  test('an agent is put once, and agents come in the order of their codes', async () => {
    const codes = ['A', 'B', 'C'].map((letter) => parseAgentCode(`PRS-${letter}`) as AgentCode)
    const all = codes.map((code): Agent => ({ ...AGENT, code }))
    const [first] = all as [Agent]
    expect(await agents.agent(first.code)).toBeUndefined()
    for (const agent of all.toReversed()) expect(await agents.putAgent(agent)).toBe('put')
    expect(await agents.putAgent(first)).toBe('same')
    expect(await agents.putAgent({ ...first, name: 'Another office' })).toBe('other')
    expect(await agents.agent(first.code)).toEqual(first)
    expect((await agents.agents(null, 10)).map(({ code }) => code)).toEqual(codes)
    expect((await agents.agents(codes[0] as AgentCode, 1)).map(({ code }) => code)).toEqual([codes[1]])
  })

  test('whom an agent registered is noted once, members and lists apart, and of each agent alone', async () => {
    const [mine, other] = ['PRS-MINE', 'PRS-MINE-2'].map((code) => parseAgentCode(code) as AgentCode) as [
      AgentCode,
      AgentCode,
    ]
    const cohort = cohortIdOf(programIdOf(freshId(), '2027'), 'a1')
    for (let again = 0; again < 2; again++) {
      await agents.noteMember(mine, KPJ)
      await agents.noteList(mine, cohort)
    }
    expect([await agents.members(mine, 10), await agents.lists(mine, 10)]).toEqual([[KPJ], [cohort]])
    expect([await agents.members(other, 10), await agents.lists(other, 10)]).toEqual([[], []])
  })

  test('what became of a notice is put version by version, each stage and language by itself', async () => {
    const program = programIdOf(freshId(), '2027')
    const notice = { program, stage: 'ended', language: 'id', state: 'reserved', at: BY.at, version: 1 } as const
    const mine = { ...notice, attempt: 'A1' }
    expect(await store.putProgramNotice(mine)).toBe('put')
    expect(await store.putProgramNotice({ ...notice, attempt: 'A2' })).toBe('conflict')
    expect(await store.putProgramNotice({ ...mine, state: 'sent' })).toBe('conflict')
    expect(await store.putProgramNotice({ ...mine, state: 'sent', version: 2 })).toBe('put')
    expect(await store.programNotice(program, 'ended', 'id')).toMatchObject({ state: 'sent', version: 2 })
    expect(await store.programNotice(program, 'ended', 'en')).toBeUndefined()
    expect(await store.programNotice(program, 'two-weeks-ahead', 'id')).toBeUndefined()
  })

  test('contacts are those put last, and none where nobody is known', async () => {
    const id = freshId()
    const people = [{ name: 'Siti', email: 'siti@example.id', language: 'id' as const }]
    expect(await contacts.of(id)).toEqual([])
    await contacts.put(id, [...people, { name: 'Ann', email: 'ann@example.id', language: 'en' }])
    await contacts.put(id, people)
    expect(await contacts.of(id)).toEqual(people)
    await contacts.put(id, [])
    expect(await contacts.of(id)).toEqual([])
  })

  test('first contacts are put where none ever were, and over nothing', async () => {
    const [id, emptied] = [freshId(), freshId()]
    const people = [{ name: 'Siti', email: 'siti@example.id', language: 'id' as const }]
    expect(await contacts.putFirst(id, people)).toBe('put')
    expect(await contacts.putFirst(id, [])).toBe('exists')
    expect(await contacts.of(id)).toEqual(people)
    await contacts.put(emptied, [])
    expect(await contacts.putFirst(emptied, people)).toBe('exists')
    expect(await contacts.of(emptied)).toEqual([])
  })
})
