/** What every store of notices promises, in memory and on DynamoDB: at most one holder, one notice a day, ends that stay. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instant } from '../../shared/domain/instant.ts'
import { kpjOf } from '../../shared/domain/kpj.ts'
import { month } from '../../shared/domain/month.ts'
import type { NoticeStage } from '../../shared/domain/notice-stage.ts'
import { type ClosableDynamoClient, createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { dynamoNotices } from '../../shared/store/notices/dynamodb.ts'
import type { NoticeReservation, NoticeStore } from '../../shared/store/notices/notices.ts'
import { createTables, startDatabase, type TestDatabase } from '../support/dynoxide.ts'
import { at } from '../support/facts.ts'
import { grudging } from '../support/grudging-dynamo.ts'
import { memoryNotices } from '../support/memory-notices.ts'

const MORNING = at('2026-11-16T08:05')
const SENT = { state: 'sent', channel: 'sms', messageId: 'm-1', code: null } as const
let members = 0

function decisionOf(changed: Partial<NoticeReservation> = {}): NoticeReservation {
  const kpj = changed.kpj ?? kpjOf(String(20_000_000_000 + members++))
  return { month: month('2026-11'), stage: 'due', attempt: 'a-1', reservedAt: MORNING, ...changed, kpj }
}

function promises(storeOf: () => NoticeStore): void {
  test('a notice that was reserved is not reserved again, whoever asks', async () => {
    const reservation = decisionOf()
    const rivals = Array.from({ length: 8 }, (_, i) => storeOf().reserve({ ...reservation, attempt: `a-${i}` }))
    const came = await Promise.all(rivals)
    expect(came.filter((outcome) => outcome === 'reserved')).toHaveLength(1)
    expect(came.filter((outcome) => outcome === 'taken')).toHaveLength(7)
  })

  test('the same reservation again, after its answer was lost, is still ours', async () => {
    const reservation = decisionOf()
    await storeOf().reserve(reservation)
    expect(await storeOf().reserve(reservation)).toBe('reserved')
  })

  test('of two stages of one member on one day one is reserved, and the other may be on the next', async () => {
    const due = decisionOf()
    const other = decisionOf({ kpj: due.kpj, stage: 'grace', attempt: 'a-2' })
    expect(await storeOf().reserve(due)).toBe('reserved')
    expect(await storeOf().reserve(other)).toBe('notified-today')
    expect(await storeOf().reserve({ ...other, reservedAt: at('2026-11-17T08:05') })).toBe('reserved')
  })

  test.each(['sent', 'failed', 'unknown'] as const)(
    'a notice that ended as %s is never reserved again',
    async (state) => {
      const reservation = decisionOf()
      await storeOf().reserve(reservation)
      await storeOf().finish(reservation, { ...SENT, state }, instant(MORNING + 1_000))
      expect(await storeOf().reserve({ ...reservation, attempt: 'a-2', reservedAt: at('2026-11-18T08:05') })).toBe(
        'taken',
      )
      expect(await storeOf().ofMember(reservation.kpj)).toEqual([
        { ...reservation, ...SENT, state, changedAt: instant(MORNING + 1_000) },
      ])
    },
  )

  test('only who holds the reservation ends it', async () => {
    const reservation = decisionOf()
    await storeOf().reserve(reservation)
    await storeOf().finish({ ...reservation, attempt: 'stranger' }, SENT, MORNING)
    await storeOf().release({ ...reservation, attempt: 'stranger' })
    await storeOf().giveUp({ ...reservation, attempt: 'stranger' }, MORNING)
    expect(await storeOf().ofMember(reservation.kpj)).toMatchObject([{ state: 'reserved', attempt: 'a-1' }])
  })

  test('what was given up frees its day for another stage, and may be due again after a reversal', async () => {
    const due = decisionOf()
    await storeOf().reserve(due)
    await storeOf().giveUp(due, instant(MORNING + 5))
    const again = decisionOf({ kpj: due.kpj, stage: 'active-again', attempt: 'a-2' })
    expect(await storeOf().reserve(again)).toBe('reserved')
    expect((await storeOf().ofMember(due.kpj)).map(({ stage, state }) => [stage, state])).toEqual([
      ['active-again', 'reserved'],
      ['due', 'obsolete'],
    ])
    expect(await storeOf().reserve({ ...due, attempt: 'a-3', reservedAt: at('2026-11-17T08:05') })).toBe('reserved')
  })

  test('what was released is as if it had never been reserved', async () => {
    const reservation = decisionOf()
    await storeOf().reserve(reservation)
    await storeOf().release(reservation)
    expect(await storeOf().ofMember(reservation.kpj)).toEqual([])
    expect(await storeOf().reserve({ ...reservation, attempt: 'a-2' })).toBe('reserved')
  })

  test('that nobody could be reached is noted, keeps no day, and changes nothing that was sent', async () => {
    const reservation = decisionOf()
    await storeOf().noteUnreachable(reservation, 'NO_WAY')
    expect(await storeOf().ofMember(reservation.kpj)).toMatchObject([{ state: 'unreachable', code: 'NO_WAY' }])
    expect(await storeOf().reserve({ ...reservation, attempt: 'a-2' })).toBe('reserved')
    await storeOf().noteUnreachable({ ...reservation, attempt: 'a-3' }, 'NO_WAY')
    expect(await storeOf().ofMember(reservation.kpj)).toMatchObject([{ state: 'reserved', attempt: 'a-2' }])
  })

  test('a member’s notices are that member’s alone', async () => {
    const [mine, theirs] = [decisionOf(), decisionOf()]
    await storeOf().reserve(mine)
    await storeOf().reserve(theirs)
    const stages: readonly NoticeStage[] = (await storeOf().ofMember(mine.kpj)).map(({ stage }) => stage)
    expect(stages).toEqual(['due'])
  })
}

describe('notices in memory', () => {
  const store = memoryNotices()
  promises(() => store)
})

describe.each([
  ['DynamoDB', (client: ClosableDynamoClient) => client],
  ['a DynamoDB that gives no more than it promised', grudging],
])('notices on %s', (_, through) => {
  let database: TestDatabase
  let store: NoticeStore
  beforeAll(async () => {
    database = await startDatabase()
    const tables = await createTables(database.endpoint)
    store = dynamoNotices(through(createDynamoClient({ endpoint: database.endpoint })), tables)
  })
  afterAll(() => database?.stop())
  promises(() => store)
})
