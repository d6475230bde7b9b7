/** What every store of notices promises, in memory and on DynamoDB: at most one holder, one notice a day, ends that stay. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { instant } from '../../shared/domain/instant.ts'
import { month } from '../../shared/domain/month.ts'
import type { NoticeStage } from '../../shared/domain/notice-stage.ts'
import { createDynamoClient } from '../../shared/store/dynamo-client.ts'
import { dynamoNotices, type NoticeClaim, type NoticeStore } from '../../shared/store/notices.ts'
import { createTables, startDatabase, type TestDatabase } from '../support/dynoxide.ts'
import { at } from '../support/facts.ts'
import { memoryNotices } from '../support/memory-notices.ts'

const MORNING = at('2026-11-16T08:05')
const SENT = { state: 'sent', channel: 'sms', messageId: 'm-1', code: null } as const
let members = 0

function claimOf(changed: Partial<NoticeClaim> = {}): NoticeClaim {
  const kpj = changed.kpj ?? String(20_000_000_000 + members++)
  return { month: month('2026-11'), stage: 'due', attempt: 'a-1', claimedAt: MORNING, ...changed, kpj }
}

function promises(storeOf: () => NoticeStore): void {
  test('a notice that was claimed is not claimed again, whoever asks', async () => {
    const claim = claimOf()
    const rivals = Array.from({ length: 8 }, (_, i) => storeOf().claim({ ...claim, attempt: `a-${i}` }))
    const came = await Promise.all(rivals)
    expect(came.filter((outcome) => outcome === 'claimed')).toHaveLength(1)
    expect(came.filter((outcome) => outcome === 'taken')).toHaveLength(7)
  })

  test('the same claim again, after its answer was lost, is still ours', async () => {
    const claim = claimOf()
    await storeOf().claim(claim)
    expect(await storeOf().claim(claim)).toBe('claimed')
  })

  test('of two stages of one member on one day one is told, and the other may be on the next', async () => {
    const due = claimOf()
    const other = claimOf({ kpj: due.kpj, stage: 'grace', attempt: 'a-2' })
    expect(await storeOf().claim(due)).toBe('claimed')
    expect(await storeOf().claim(other)).toBe('told-today')
    expect(await storeOf().claim({ ...other, claimedAt: at('2026-11-17T08:05') })).toBe('claimed')
  })

  test.each(['sent', 'failed', 'unknown'] as const)(
    'a notice that ended as %s is never claimed again',
    async (state) => {
      const claim = claimOf()
      await storeOf().claim(claim)
      await storeOf().finish(claim, { ...SENT, state }, instant(MORNING + 1_000))
      expect(await storeOf().claim({ ...claim, attempt: 'a-2', claimedAt: at('2026-11-18T08:05') })).toBe('taken')
      expect(await storeOf().ofMember(claim.kpj)).toEqual([
        { ...claim, ...SENT, state, changedAt: instant(MORNING + 1_000) },
      ])
    },
  )

  test('only who holds the claim ends it', async () => {
    const claim = claimOf()
    await storeOf().claim(claim)
    await storeOf().finish({ ...claim, attempt: 'stranger' }, SENT, MORNING)
    await storeOf().release({ ...claim, attempt: 'stranger' })
    await storeOf().giveUp({ ...claim, attempt: 'stranger' }, MORNING)
    expect(await storeOf().ofMember(claim.kpj)).toMatchObject([{ state: 'claimed', attempt: 'a-1' }])
  })

  test('what was given up frees its day for another stage, and may be due again after a reversal', async () => {
    const due = claimOf()
    await storeOf().claim(due)
    await storeOf().giveUp(due, instant(MORNING + 5))
    const again = claimOf({ kpj: due.kpj, stage: 'active-again', attempt: 'a-2' })
    expect(await storeOf().claim(again)).toBe('claimed')
    expect((await storeOf().ofMember(due.kpj)).map(({ stage, state }) => [stage, state])).toEqual([
      ['active-again', 'claimed'],
      ['due', 'obsolete'],
    ])
    expect(await storeOf().claim({ ...due, attempt: 'a-3', claimedAt: at('2026-11-17T08:05') })).toBe('claimed')
  })

  test('what was released is as if it had never been claimed', async () => {
    const claim = claimOf()
    await storeOf().claim(claim)
    await storeOf().release(claim)
    expect(await storeOf().ofMember(claim.kpj)).toEqual([])
    expect(await storeOf().claim({ ...claim, attempt: 'a-2' })).toBe('claimed')
  })

  test('that nobody could be reached is noted, keeps no day, and changes nothing that was sent', async () => {
    const claim = claimOf()
    await storeOf().noteUnreachable(claim, 'NO_WAY')
    expect(await storeOf().ofMember(claim.kpj)).toMatchObject([{ state: 'unreachable', code: 'NO_WAY' }])
    expect(await storeOf().claim({ ...claim, attempt: 'a-2' })).toBe('claimed')
    await storeOf().noteUnreachable({ ...claim, attempt: 'a-3' }, 'NO_WAY')
    expect(await storeOf().ofMember(claim.kpj)).toMatchObject([{ state: 'claimed', attempt: 'a-2' }])
  })

  test('a member’s notices are that member’s alone', async () => {
    const [mine, theirs] = [claimOf(), claimOf()]
    await storeOf().claim(mine)
    await storeOf().claim(theirs)
    const stages: readonly NoticeStage[] = (await storeOf().ofMember(mine.kpj)).map(({ stage }) => stage)
    expect(stages).toEqual(['due'])
  })
}

describe('notices in memory', () => {
  const store = memoryNotices()
  promises(() => store)
})

describe('notices on DynamoDB', () => {
  let database: TestDatabase
  let store: NoticeStore
  beforeAll(async () => {
    database = await startDatabase()
    const tables = await createTables(database.endpoint)
    store = dynamoNotices(createDynamoClient({ endpoint: database.endpoint }), tables)
  })
  afterAll(() => database?.stop())
  promises(() => store)
})
