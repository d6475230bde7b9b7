/** A sponsor's list on its way in: kept under its digest, received once, and correcting the list that stands. */
import { describe, expect, test } from 'vitest'
import { type Cohort, NO_COUNTS } from '../../../shared/domain/sponsors/cohort.ts'
import type { Program } from '../../../shared/domain/sponsors/program.ts'
import { type CohortId, cohortIdOf, type ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import type { Incoming } from '../../../shared/intake/received-file.ts'
import { type MemberListPorts, takeInMemberList } from '../../../shared/intake/take-in-member-list.ts'
import { at } from '../../support/facts.ts'
import { memoryFiles } from '../../support/memory-files.ts'
import { memorySponsors } from '../../support/memory-sponsors.ts'
import { sha256 } from '../../support/settlement-world.ts'

const NOW = at('2026-12-01T10:00')
const PROGRAM = 'jambi.2027' as ProgramId
const LIST = 'nik;name\n'
/** The digits of the digest as letters, `a` for 0. */
const LETTERS = [...sha256(LIST).slice(0, 16)].map((digit) => 'abcdefghijklmnop'[Number.parseInt(digit, 16)]).join('')
const to = { program: PROGRAM, language: 'id' } as const

async function office(state: Program['state'] | null = 'enrolling') {
  const files = memoryFiles()
  const sponsors = memorySponsors()
  if (state !== null) {
    const program = { id: PROGRAM, state, version: 1 } as Program
    await sponsors.putProgram({ program, event: { number: 1, step: 'plan' } } as never)
  }
  return { files, sponsors, now: () => NOW }
}

const handedOver = (content = LIST, by: string | null = 'operator-1'): Incoming => ({
  from: { kind: 'handed-over', bytes: Buffer.from(content) },
  name: 'list.csv',
  by,
})

const received = (changed: Partial<Cohort> = {}): Cohort => ({
  id: cohortIdOf(PROGRAM, LETTERS),
  listDigest: sha256(LIST),
  state: 'received',
  counts: NO_COUNTS,
  billCodes: [],
  version: 1,
  receivedBy: 'operator-1',
  receivedAt: NOW,
  work: { task: 'read' },
  language: 'id',
  ...changed,
})

const cohortsOf = (ports: Pick<MemberListPorts, 'sponsors'>) => ports.sponsors.cohortsOf(PROGRAM)

/** A cohort as it stands in the table. */
async function standing(ports: MemberListPorts, code: string, changed: Partial<Cohort>): Promise<CohortId> {
  const id = cohortIdOf(PROGRAM, code)
  await ports.sponsors.putCohort({ ...received(changed), id })
  return id
}

describe('a list', () => {
  test('of a program that enrols is kept and received, under an id that holds no digit of its digest', async () => {
    const ports = await office()
    expect(await takeInMemberList(ports, handedOver(), to)).toEqual({ outcome: 'received', cohort: received() })
    expect(await cohortsOf(ports)).toEqual([received()])
    expect(ports.files.everKept()).toEqual([sha256(LIST)])
  })

  test.each(['enrolling', 'billed', 'paid', 'running'] as const)(
    'of a program that is %s is received',
    async (state) => {
      expect(await takeInMemberList(await office(state), handedOver(), to)).toMatchObject({ outcome: 'received' })
    },
  )

  test.each(['draft', 'closed', 'ending', 'ended'] as const)('of a program that is %s is not kept', async (state) => {
    const ports = await office(state as Program['state'])
    expect(await takeInMemberList(ports, handedOver(), to)).toEqual({ outcome: 'not-open' })
    expect([ports.files.everKept(), await cohortsOf(ports)]).toEqual([[], []])
  })

  test('of no program is not kept', async () => {
    const ports = await office(null)
    expect(await takeInMemberList(ports, handedOver(), to)).toEqual({ outcome: 'unknown-program' })
    expect(ports.files.everKept()).toEqual([])
  })

  test('that was dropped names its sender’s folder, or nobody', async () => {
    const ports = await office('billed')
    ports.files.drop('jambi/list.csv', LIST)
    const from = { kind: 'dropped', file: { name: 'jambi/list.csv', version: null } } as const
    const dropped = { from, name: 'list.csv', by: null }
    expect(await takeInMemberList(ports, { ...dropped, sender: 'jambi' }, to)).toMatchObject({
      outcome: 'received',
      cohort: { receivedBy: 'jambi' },
    })
    expect(await takeInMemberList(await officeWith(LIST), dropped, to)).toMatchObject({ cohort: { receivedBy: '' } })
  })
})

async function officeWith(content: string) {
  const ports = await office()
  ports.files.drop('jambi/list.csv', content)
  return ports
}

describe('the same list again', () => {
  test.each([
    ['is what stands, whatever became of it', { state: 'billed' }],
    [
      'is the one of which nothing could be used, also when that was withdrawn',
      { state: 'withdrawn', unusable: 'EMPTY' },
    ],
  ] as const)('%s', async (_, changed) => {
    const ports = await office()
    const id = await standing(ports, LETTERS, changed as Partial<Cohort>)
    const taken = await takeInMemberList(ports, handedOver(), to)
    expect(taken).toMatchObject({ outcome: 'unchanged', cohort: { id, ...changed } })
    expect(await cohortsOf(ports)).toHaveLength(1)
  })

  test('comes back after it was withdrawn, as a cohort of its own, as often as twenty times', async () => {
    const ports = await office()
    await standing(ports, LETTERS, { state: 'withdrawn' })
    const taken = await takeInMemberList(ports, handedOver(), to)
    expect(taken).toMatchObject({ outcome: 'received', cohort: { id: cohortIdOf(PROGRAM, `${LETTERS}-1`) } })

    const worn = await office()
    for (let back = 0; back < 19; back++) {
      await standing(worn, back === 0 ? LETTERS : `${LETTERS}-${back}`, { state: 'withdrawn' })
    }
    expect(await takeInMemberList(worn, handedOver(), to)).toMatchObject({
      outcome: 'received',
      cohort: { id: cohortIdOf(PROGRAM, `${LETTERS}-19`) },
    })
    await worn.sponsors.putCohort({
      ...received({ state: 'withdrawn', version: 2 }),
      id: cohortIdOf(PROGRAM, `${LETTERS}-19`),
    })
    expect(await takeInMemberList(worn, handedOver(), to)).toEqual({ outcome: 'not-open' })
  })

  test('at the same moment is one cohort: who comes second gets the one that stands', async () => {
    const ports = await office()
    const sponsors = { ...ports.sponsors, cohortsOf: async () => [] }
    await standing(ports, LETTERS, { state: 'judged' })
    const taken = await takeInMemberList({ ...ports, sponsors }, handedOver(), to)
    expect(taken).toMatchObject({ outcome: 'unchanged', cohort: { state: 'judged' } })
  })
})

describe('another list', () => {
  test.each(['enrolled', 'billed', 'paid'] as const)('corrects the last one that is %s', async (state) => {
    const ports = await office()
    await standing(ports, 'aaa', { state: 'enrolled' })
    const last = await standing(ports, 'bbb', { state })
    await standing(ports, 'ccc', { state: 'withdrawn' })
    const taken = await takeInMemberList(ports, handedOver(), to)
    expect(taken).toMatchObject({ outcome: 'received', cohort: { corrects: last } })
  })

  test.each(['received', 'judged'] as const)('corrects nothing of one that is %s', async (state) => {
    const ports = await office()
    await standing(ports, 'aaa', { state })
    const taken = await takeInMemberList(ports, handedOver(), to)
    expect(taken).toMatchObject({ outcome: 'received' })
    expect('cohort' in taken && taken.cohort).not.toHaveProperty('corrects')
  })

  test('corrects one that is being enrolled after somebody confirmed it, and none that was corrected', async () => {
    const ports = await office()
    const last = await standing(ports, 'aaa', { state: 'judged', confirmedBy: 'operator-2' })
    await standing(ports, 'bbb', { state: 'enrolled', correctedBy: last })
    const taken = await takeInMemberList(ports, handedOver(), to)
    expect(taken).toMatchObject({ outcome: 'received', cohort: { corrects: last } })
  })

  test('whose own correction nobody can confirm any more comes again, and corrects the one that stands', async () => {
    const ports = await office()
    const last = await standing(ports, 'aaa', { state: 'enrolled' })
    const before = await standing(ports, 'bbb', { state: 'withdrawn', correctedBy: last })
    await standing(ports, LETTERS, { state: 'judged', corrects: before })
    const taken = await takeInMemberList(ports, handedOver(), to)
    const id = cohortIdOf(PROGRAM, `${LETTERS}-1`)
    expect(taken).toMatchObject({ outcome: 'received', cohort: { id, corrects: last } })
  })
})
