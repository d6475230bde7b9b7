/** What tables `settlements` and `audit` must do, in memory and on DynamoDB alike. */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { suspenseAccount } from '../../shared/domain/account.ts'
import { factKey } from '../../shared/domain/fact.ts'
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import { kpjOf } from '../../shared/domain/kpj.ts'
import { rupiah } from '../../shared/domain/money.ts'
import { type BankCredit, MOST_PLACES } from '../../shared/domain/settlement/bank.ts'
import { type Placement, restoredPlacement, withdrawnPlacement } from '../../shared/domain/settlement/placement.ts'
import { exitSubject, type SuspenseExit } from '../../shared/domain/suspense-exit.ts'
import { decide, propose } from '../../shared/domain/two-people.ts'
import type { Item } from '../../shared/store/attributes/item.ts'
import type { AuditRecord } from '../../shared/store/audit/audit.ts'
import { GENESIS } from '../../shared/store/audit/chain.ts'
import { dynamoAudit } from '../../shared/store/audit/dynamodb.ts'
import { auditItem } from '../../shared/store/audit/item.ts'
import { type ClosableDynamoClient, createDynamoClient } from '../../shared/store/dynamo/client.ts'
import type { ApprovalEffect } from '../../shared/store/settlements/approval-effect.ts'
import type { CaseAttachment, CaseComment } from '../../shared/store/settlements/case-notes.ts'
import { dynamoSettlements } from '../../shared/store/settlements/dynamodb.ts'
import { parseEntryKey } from '../../shared/store/settlements/entry-key.ts'
import { dayPart, filesPart, resolutionEntry } from '../../shared/store/settlements/item.ts'
import { effectOfTurn, type PayoffTurn } from '../../shared/store/settlements/payoffs.ts'
import type { DifferenceCase, KeptLine } from '../../shared/store/settlements/records.ts'
import { dynamoResolutions, type ResolutionStore } from '../../shared/store/settlements/resolutions.ts'
import type { SettlementStore } from '../../shared/store/settlements/settlements.ts'
import { effectsOfExit, exitAddress } from '../../shared/store/settlements/suspense.ts'
import { effectOfHandingOver } from '../../shared/store/settlements/unconfirmed.ts'
import { createTables, startDatabase, useTestIdentity } from '../support/dynoxide.ts'
import { at } from '../support/facts.ts'
import { grudging } from '../support/grudging-dynamo.ts'
import { memorySettlements } from '../support/memory-settlements.ts'
import { caseOf, DAY, fileOf, MORNING, resolutionOf, rowOf, statementOf } from '../support/settled.ts'

const LATER = (MORNING + 60_000) as Instant

type Backend = {
  readonly store: SettlementStore
  readonly resolutions: ResolutionStore
  readonly chain: () => Promise<readonly Item[]>
  readonly stop: () => Promise<void>
}

async function inMemory(): Promise<Backend> {
  const store = memorySettlements()
  return { store, resolutions: store.resolutions, chain: async () => store.chain, stop: async () => {} }
}

const onGrudgingDynamo = () => onDynamo(grudging)

async function onDynamo(through = (client: ClosableDynamoClient) => client): Promise<Backend> {
  useTestIdentity()
  const database = await startDatabase()
  const tables = await createTables(database.endpoint)
  const client = through(createDynamoClient({ endpoint: database.endpoint }))
  return {
    store: dynamoSettlements(client, tables),
    resolutions: dynamoResolutions(client, tables),
    chain: async () => all(dynamoAudit(client, tables).items()),
    stop: async () => {
      client.destroy()
      await database.stop()
    },
  }
}

async function all<T>(entries: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = []
  for await (const entry of entries) found.push(entry)
  return found
}

/** A channel and an id that no other test uses. */
const freshChannel = () => `c${randomBytes(4).toString('hex')}`
const idOn = (channel: string) => `${channel}-20261120-${randomBytes(6).toString('hex')}`

describe.each([
  ['in memory', inMemory],
  ['on DynamoDB', () => onDynamo()],
  ['on a DynamoDB that gives no more than it promised', onGrudgingDynamo],
] as const)('settlements %s', (_, start) => {
  let backend: Backend
  let store: SettlementStore
  beforeAll(async () => {
    backend = await start()
    store = backend.store
  })
  afterAll(() => backend.stop())

  test('a version of a file is put once; the same again is ours, for another it is taken', async () => {
    const channel = freshChannel()
    const first = fileOf({ channel })
    expect(await store.putFileVersion(first)).toBe('put')
    expect(await store.putFileVersion(first)).toBe('put')
    expect(await store.putFileVersion({ ...first, sha256: 'b'.repeat(64) })).toBe('taken')
    const second = fileOf({ channel, version: 2, state: 'proposed' })
    await store.putFileVersion(second)
    expect(await store.fileVersions(channel, DAY)).toEqual([first, second])
    expect(await store.fileVersions(channel, addDays(DAY, 1))).toEqual([])
  })

  test('drops of the same bytes are noted once each, whatever their name', async () => {
    const sha256 = randomBytes(32).toString('hex')
    expect(await store.drops(sha256)).toEqual([])
    for (const dropped of ['v/1', 'null', 'v/1', 'a~#b']) await store.noteDrop(sha256, dropped)
    expect([...(await store.drops(sha256))].sort()).toEqual(['a~#b', 'null', 'v/1'])
  })

  test('what a run must look at is noted on the day on which it came: a file, its withdrawal, a placement', async () => {
    const channel = freshChannel()
    const id = randomBytes(4).toString('hex')
    const bookedOn = '2026-11-27' as BusinessDate
    const came = at('2026-12-01T23:59')
    const ofOurs = async (day: string) => {
      const inputs = await store.inputsOn(day as BusinessDate)
      return inputs.filter(({ part, entry }) => part.includes(channel) || entry.includes(id))
    }
    const file = fileOf({ channel, receivedAt: came })
    await store.putFileVersion(file)
    const placement: Placement = { id, bookedOn, version: 1, recordedAt: came, by: 'rules', places: [] }
    await store.putPlacement(placement, undefined)
    const found = await ofOurs('2026-12-01')
    expect(found).toEqual([
      { part: filesPart(channel, DAY), entry: 'file#0001' },
      { part: `placements#${bookedOn}`, entry: `placement#${id}#0001` },
    ])
    expect(found.map(({ part, entry }) => parseEntryKey(part, entry)?.kind)).toEqual(['file', 'placement'])
    const subject = `file#${channel}`
    const step = propose(undefined, { subject, request: {}, reason: 'x', by: 'ani', at: at('2026-12-02T00:00') })
    if (step.outcome !== 'step') throw new Error('expected a first proposal to be a step')
    const record = { at: at('2026-12-02T00:00'), actor: 'ani', action: 'approved', subject, detail: {} } as const
    const effects = [{ kind: 'file-withdrawn', file }] as const
    expect(await backend.resolutions.takeApproval({ approval: step.next, record, effects })).toMatchObject({
      outcome: 'put',
    })
    expect(await ofOurs('2026-12-02')).toEqual([{ part: dayPart(channel, DAY), entry: 'withdrawal#0001' }])
  })

  test('a corrected file takes the place of the accepted one, once', async () => {
    const channel = freshChannel()
    const first = fileOf({ channel })
    const second = fileOf({ channel, version: 2, state: 'proposed' })
    await store.putFileVersion(first)
    await store.putFileVersion(second)
    expect(await store.replaceFile(first, second)).toBe('put')
    expect(await store.replaceFile(first, second)).toBe('put')
    expect((await store.fileVersions(channel, DAY)).map(({ state }) => state)).toEqual(['superseded', 'accepted'])
    expect(await store.replaceFile({ ...first, bytes: 1 }, second)).toBe('conflict')
  })

  test('a credit is put once, and one with the same id and another amount has changed', async () => {
    const credit: BankCredit = {
      id: `REF/${randomBytes(4).toString('hex')}#1`,
      bookedOn: '2026-11-23' as BusinessDate,
      valueOn: '2026-11-23' as BusinessDate,
      amount: rupiah(6_900),
      remittance: 'INDOMARET 20261120',
      statement: 'S1',
      entry: 1,
    }
    expect(await store.putCredit(credit)).toBe('put')
    expect(await store.putCredit(credit)).toBe('same')
    expect(await store.putCredit({ ...credit, amount: rupiah(1) })).toBe('changed')
    expect(await store.credit(credit.bookedOn, credit.id)).toEqual(credit)
    expect(await store.creditsBooked(credit.bookedOn)).toContainEqual(credit)
    expect(await store.creditsBooked('2026-11-24' as BusinessDate)).toEqual([])
  })

  test('a placement is a version put once, with what the days read and the list of what is nobody’s', async () => {
    const channel = freshChannel()
    const id = `REF/${randomBytes(4).toString('hex')}#1`
    const bookedOn = '2026-11-25' as BusinessDate
    const movement: BankCredit = {
      id,
      bookedOn,
      valueOn: bookedOn,
      amount: rupiah(6_900),
      remittance: channel,
      statement: 'S1',
      entry: 1,
    }
    await store.putCredit(movement)
    const question = { kind: 'unidentified', channel, reason: 'no-sum', ways: [], askedOn: DAY } as const
    const first: Placement = {
      id,
      bookedOn,
      version: 1,
      recordedAt: MORNING,
      by: 'rules',
      places: [{ ...question, amount: rupiah(6_900) }],
    }
    expect(await store.putPlacement(first, undefined)).toBe('put')
    expect(await store.putPlacement(first, undefined)).toBe('put')
    expect(await store.putPlacement({ ...first, places: [] }, undefined)).toBe('conflict')
    expect(await store.placedOn(channel, DAY)).toEqual({ credits: [], inQuestion: [{ id, amount: 6_900 }] })
    expect((await store.unidentified(null, 1_000)).map((each) => each.id)).toContain(id)
    const other = addDays(DAY, 1)
    const place = { kind: 'channel-day', channel, date: other, amount: rupiah(6_900), how: 'resolution' } as const
    const second: Placement = { ...first, version: 2, by: 'resolution', places: [place] }
    expect(await store.putPlacement(second, first)).toBe('put')
    expect(await store.placedOn(channel, DAY)).toEqual({ credits: [], inQuestion: [] })
    expect(await store.placedOn(channel, other)).toEqual({
      credits: [{ id, bookedOn, amount: 6_900, how: 'resolution' }],
      inQuestion: [],
    })
    expect((await store.unidentified(null, 1_000)).map((each) => each.id)).not.toContain(id)
    expect(await store.placements(bookedOn, id)).toEqual([first, second])
    expect(await store.movementsBooked(bookedOn)).toContainEqual({ movement, placement: second })
    const recorded = await all(store.recordedOn('2026-11-21' as BusinessDate))
    expect(recorded).toContainEqual({ kind: 'placement', bookedOn, id })
  })

  test('a movement in as many places as there may be moves to as many others, by two people', async () => {
    const channel = freshChannel()
    const [id, bookedOn] = [randomBytes(4).toString('hex'), '2026-11-28' as BusinessDate]
    const daysFrom = (first: number) =>
      Array.from({ length: MOST_PLACES }, (_, i) => {
        const date = addDays(DAY, first + i)
        return { kind: 'channel-day', channel, date, amount: rupiah(1), how: 'resolution' } as const
      })
    const asked = { kind: 'unidentified', channel, amount: rupiah(1), reason: 'left-by-people', ways: [] } as const
    const first: Placement = {
      id,
      bookedOn,
      version: 1,
      recordedAt: MORNING,
      by: 'rules',
      places: [...daysFrom(0), { ...asked, askedOn: addDays(DAY, -1) }],
    }
    expect(await store.putPlacement(first, undefined)).toBe('put')
    const placement: Placement = { ...first, version: 2, by: 'resolution', places: daysFrom(MOST_PLACES) }
    const subject = `movement#${id}`
    const step = propose(undefined, { subject, request: {}, reason: 'x', by: 'ani', at: MORNING })
    if (step.outcome !== 'step') throw new Error('expected a first proposal to be a step')
    const record = { at: MORNING, actor: 'ani', action: 'approved', subject, detail: {} } as const
    const turns = Array.from({ length: 5 }, () => effectOfTurn({ channel: freshChannel(), number: 0 }))
    const effects = [{ kind: 'placement', placement, before: first } as const, ...turns]
    expect(await backend.resolutions.takeApproval({ approval: step.next, record, effects })).toMatchObject({
      outcome: 'put',
    })
    expect((await store.placedOn(channel, DAY)).credits).toEqual([])
    expect((await store.placedOn(channel, addDays(DAY, MOST_PLACES))).credits).toHaveLength(1)
  })

  test('what a movement pays of charges and invoices is read by channel, and given back when it moves', async () => {
    const [channel, other] = [freshChannel(), freshChannel()]
    const id = `PAY/${randomBytes(4).toString('hex')}#1`
    const bookedOn = '2026-11-25' as BusinessDate
    const differenceId = idOn(channel)
    const charge = { kind: 'channel-charge', channel, differenceId, amount: rupiah(50) } as const
    const invoice = { kind: 'fee-invoice', channel: other, number: 'F/1 #2', amount: rupiah(-20) } as const
    const first: Placement = {
      id,
      bookedOn,
      version: 1,
      recordedAt: MORNING,
      by: 'resolution',
      places: [charge, invoice],
    }
    expect(await store.putPlacement(first, undefined)).toBe('put')
    expect(await store.payoffs(channel)).toEqual([
      { kind: 'channel-charge', channel, item: differenceId, bookedOn, id, amount: 50 },
    ])
    expect(await store.payoffs(other)).toMatchObject([{ kind: 'fee-invoice', item: 'F/1 #2', amount: -20 }])
    const second: Placement = { ...first, version: 2, places: [{ ...charge, amount: rupiah(30) }] }
    expect(await store.putPlacement(second, first)).toBe('put')
    expect(await store.payoffs(channel)).toMatchObject([{ item: differenceId, amount: 30 }])
    expect(await store.payoffs(other)).toEqual([])
    const withdrawn = withdrawnPlacement({ id, bookedOn }, second, ['a'.repeat(64)], MORNING)
    expect(await store.putPlacement(withdrawn, second)).toBe('put')
    expect(await store.payoffs(channel)).toEqual([])
    const back = restoredPlacement({ id, bookedOn, amount: rupiah(30) }, [withdrawn], ['a'.repeat(64)], MORNING)
    expect(back && (await store.putPlacement(back, withdrawn))).toBe('put')
    expect(await store.payoffs(channel)).toMatchObject([{ item: differenceId, amount: 30 }])
  })

  test('approvals that pay something of one channel come one after the other', async () => {
    const [channel, id] = [freshChannel(), randomBytes(4).toString('hex')]
    const take = async (subject: string, turn: PayoffTurn) => {
      const step = propose<object>(undefined, { subject, request: {}, reason: 'as agreed', by: 'ani', at: MORNING })
      if (step.outcome !== 'step') throw new Error('expected a step')
      const record = { at: MORNING, actor: 'ani', action: 'proposed', subject, detail: {} } as const
      const taken = await backend.resolutions.takeApproval({
        approval: step.next,
        record,
        effects: [effectOfTurn(turn)],
      })
      return taken.outcome
    }
    const before = await store.payoffTurn(channel)
    expect(before).toEqual({ channel, number: 0 })
    expect(await take(`payoff#${id}#1`, before)).toBe('put')
    expect(await take(`payoff#${id}#2`, before)).toBe('conflict')
    expect(await store.payoffTurn(channel)).toEqual({ channel, number: 1 })
    expect(await take(`payoff#${id}#2`, { channel, number: 1 })).toBe('put')
  })

  test('a step of two people goes out with its effects and its place in the chain, or not at all', async () => {
    const id = randomBytes(4).toString('hex')
    const bookedOn = '2026-11-26' as BusinessDate
    const subject = `movement#${bookedOn}#${id}`
    const reply = { at: MORNING, actor: 'ani', action: 'proposed', subject, detail: {} } as const
    const proposed = propose(undefined, { subject, request: { action: 'return' }, reason: 'x', by: 'ani', at: MORNING })
    if (proposed.outcome !== 'step') throw new Error('expected a first proposal to be a step')
    const before = (await backend.chain()).length
    const first = { approval: proposed.next, record: reply, effects: [] }
    expect(await backend.resolutions.takeApproval(first)).toMatchObject({ outcome: 'put' })
    expect(await backend.resolutions.takeApproval(first)).toEqual({ outcome: 'conflict' })
    const waiting = async () =>
      (await backend.resolutions.waitingApprovals(null, 100)).filter((each) => each.subject === subject)
    expect(await waiting()).toEqual([proposed.next])
    expect(await backend.resolutions.waitingApprovals(subject, 100)).not.toContainEqual(proposed.next)
    const approved = decide(proposed.next, { decision: 'approve', remark: 'y', by: 'budi', at: MORNING })
    if (approved.outcome !== 'step') throw new Error('expected an approval by another person to be a step')
    const place = { kind: 'returned', channel: null, amount: rupiah(5) } as const
    const placement: Placement = { id, bookedOn, version: 1, recordedAt: MORNING, by: 'resolution', places: [place] }
    const effects = [{ kind: 'placement', placement, before: undefined }] as const
    const second = {
      approval: approved.next,
      record: { ...reply, actor: 'budi', action: 'approved' as const },
      effects,
    }
    // An effect that does not hold takes the whole step with it.
    await store.putPlacement({ ...placement, by: 'rules' }, undefined)
    expect(await backend.resolutions.takeApproval(second)).toEqual({ outcome: 'conflict' })
    expect(await backend.resolutions.approval(subject)).toEqual(proposed.next)
    const next = { kind: 'placement', placement: { ...placement, version: 2 }, before: placement } as const
    expect(await backend.resolutions.takeApproval({ ...second, effects: [next] })).toMatchObject({ outcome: 'put' })
    expect(await backend.resolutions.approval(subject)).toEqual(approved.next)
    expect(await waiting()).toEqual([])
    expect(await store.placements(bookedOn, id)).toHaveLength(2)
    expect(await backend.chain()).toHaveLength(before + 2)
  })

  test('a statement that waits for a second person is listed with its proposal, and leaves with whoever is first', async () => {
    const sha256 = randomBytes(32).toString('hex')
    const subject = `bank-upload#${sha256}`
    const statement = { sha256, by: 'ani', since: MORNING, proposal: 1 }
    const asked = propose(undefined, { subject, request: { sha256 }, reason: 'handed over', by: 'ani', at: MORNING })
    if (asked.outcome !== 'step') throw new Error('expected a first proposal to be a step')
    const record = { at: MORNING, actor: 'ani', action: 'proposed', subject, detail: {} } as const
    const handedOver = { approval: asked.next, record, effects: [effectOfHandingOver(statement)] }
    expect(await backend.resolutions.takeApproval(handedOver)).toMatchObject({ outcome: 'put' })
    expect(await store.unconfirmed(sha256)).toEqual(statement)
    expect(await store.allUnconfirmed()).toContainEqual(statement)
    await store.confirmByBank(statement, MORNING)
    await store.confirmByBank(statement, MORNING)
    expect(await store.unconfirmed(sha256)).toBeUndefined()
    const confirmed = { part: 'bank-confirmations', entry: `confirmation#${sha256}#0001` }
    expect(await store.inputsOn(businessDateOf(MORNING))).toContainEqual(confirmed)
    expect(parseEntryKey(confirmed.part, confirmed.entry)).toEqual({ kind: 'bank-confirmation', sha256 })
    // The bank was faster: nobody can say afterwards that a person confirmed it.
    const approved = decide(asked.next, { decision: 'approve', remark: 'seen', by: 'budi', at: LATER })
    if (approved.outcome !== 'step') throw new Error('expected an approval by another person to be a step')
    const late = { ...record, at: LATER, actor: 'budi', action: 'approved' } as const
    const effects = [{ kind: 'statement-confirmed', statement } as const]
    expect(await backend.resolutions.takeApproval({ approval: approved.next, record: late, effects })).toEqual({
      outcome: 'conflict',
    })
  })

  test('a statement takes its place in the chain once', async () => {
    const account = randomBytes(6).toString('hex')
    const link = {
      sequence: 1,
      files: ['f1'],
      format: 'mt940',
      id: 'S1',
      number: null,
      openingSen: 0,
      closingSen: 100,
      closedOn: DAY,
      movements: [],
    } as const
    expect(await store.bankChain(account, 5)).toEqual([])
    expect(await store.putLink(account, link)).toBe('put')
    expect(await store.putLink(account, link)).toBe('put')
    expect(await store.putLink(account, { ...link, id: 'S2' })).toBe('taken')
    for (const sequence of [2, 3]) await store.putLink(account, { ...link, sequence })
    expect((await store.bankChain(account, 2)).map(({ sequence }) => sequence)).toEqual([2, 3])
  })

  test('a statement follows the one before it only while that one stands', async () => {
    const account = randomBytes(6).toString('hex')
    const links = [1, 2, 3].map((sequence) => ({
      sequence,
      files: ['f1'],
      format: 'mt940' as const,
      id: `S${sequence}`,
      number: null,
      openingSen: 0,
      closingSen: 100,
      closedOn: DAY,
      movements: [],
    }))
    const [first, second, third] = links as [(typeof links)[0], (typeof links)[0], (typeof links)[0]]
    await store.putLink(account, first)
    expect(await store.putLink(account, second, first)).toBe('put')
    expect(await store.putLink(account, third, { ...second, id: 'another' })).toBe('taken')
    await store.removeLink(account, { ...second, id: 'another' })
    expect(await store.bankChain(account, 9)).toEqual([first, second])
    await store.removeLink(account, second)
    await store.removeLink(account, second)
    expect(await store.bankChain(account, 9)).toEqual([first])
    expect(await store.putLink(account, third, second)).toBe('taken')
  })

  test('a movement leaves with its statement: its entry, its place and what is said of it on lists go at once', async () => {
    const account = randomBytes(6).toString('hex')
    const id = `W-${randomBytes(4).toString('hex')}`
    const channel = freshChannel()
    const link = {
      sequence: 1,
      files: ['f1'],
      format: 'mt940',
      id: 'S1',
      number: null,
      openingSen: 0,
      closingSen: 100,
      closedOn: DAY,
      movements: [],
    } as const
    const amount = rupiah(7_000)
    const credit = { id, bookedOn: DAY, valueOn: DAY, amount, remittance: '', statement: 'S1', entry: 1 } as const
    const common = { id, bookedOn: DAY, recordedAt: MORNING }
    const places = [{ kind: 'channel-day', channel, date: DAY, amount, how: 'named' }] as const
    const placed: Placement = { ...common, version: 1, by: 'rules', places }
    const gone: Placement = { ...common, version: 2, by: 'withdrawal', places: [] }
    await store.putCredit(credit)
    await store.putPlacement(placed, undefined)
    await store.putLink(account, link)
    expect(await store.withdrawMovement(account, { ...link, id: 'another' }, gone, placed)).toBe('conflict')
    expect(await store.credit(DAY, id)).toEqual(credit)
    expect(await store.withdrawMovement(account, link, gone, placed)).toBe('put')
    expect(await store.credit(DAY, id)).toBeUndefined()
    expect(await store.placedOn(channel, DAY)).toEqual({ credits: [], inQuestion: [] })
    expect(await store.placements(DAY, id)).toEqual([placed, gone])
    // Done before: who asks reads again, and finds nothing left to do.
    expect(await store.withdrawMovement(account, link, gone, placed)).toBe('conflict')
  })

  test('a statement goes out with its row, its watch and its note for the journal, or not at all', async () => {
    const channel = freshChannel()
    const first = statementOf({ channel })
    const row = rowOf({ channel })
    expect(await store.putStatement(first, row)).toBe('put')
    expect(await store.putStatement(first, row)).toBe('put')
    expect(await store.putStatement({ ...first, digest: 'other' }, { ...row, openDifferences: 9 })).toBe('conflict')
    expect(await store.rows(channel, DAY, DAY)).toEqual([row])
    expect(await store.watched(channel)).toEqual([DAY])

    const second = statementOf({ channel, version: 2, verdict: 'reconciled' })
    await store.putStatement(second, rowOf({ channel, version: 2 }))
    expect(await store.watched(channel)).toEqual([])
    expect(await store.statement(channel, DAY)).toEqual(second)
    expect(await store.statement(channel, DAY, 1)).toEqual(first)
    expect(await store.statements(channel, DAY)).toEqual([second, first])
    expect(await store.rows(channel, addDays(DAY, 1), addDays(DAY, 9))).toEqual([])
    const recorded = await all(store.recordedOn('2026-11-21' as BusinessDate))
    expect(recorded).toContainEqual({ kind: 'statement', channel, date: DAY, version: 2 })
  })

  test('what a channel owes for a day is listed with its statement, as long as there is something', async () => {
    const channel = freshChannel()
    const other = addDays(DAY, 1)
    const openItems = [{ label: 'bank-awaited', amountRupiah: rupiah(6_900), count: 1 }] as const
    const charges = [{ differenceId: idOn(channel), amountRupiah: rupiah(-5), chargedOn: DAY }]
    const put = (changed: Parameters<typeof statementOf>[0]) =>
      store.putStatement(statementOf({ channel, ...changed }), rowOf({ channel, date: changed?.date ?? DAY }))
    await put({ date: other, openItems })
    await put({ openItems, charges })
    expect(await store.owedDays(channel)).toEqual([
      { channel, date: DAY, openItems, charges },
      { channel, date: other, openItems, charges: [] },
    ])
    expect(await put({ openItems: [], digest: 'other' })).toBe('conflict')
    expect(await store.owedDays(channel)).toHaveLength(2)
    await put({ version: 2, charges })
    await put({ date: other, version: 2 })
    expect(await store.owedDays(channel)).toEqual([{ channel, date: DAY, openItems: [], charges }])
  })

  test('an answer to a call about many cases is kept by person and key; the first one stands', async () => {
    const actor = `ani#${randomBytes(4).toString('hex')}`
    const item = { id: 'D1', outcome: 'accepted', state: 'proposed', code: null, detail: null } as const
    const first = { request: 'r1', items: [item] }
    expect(await store.bulkAnswer(actor, 'key-0001')).toBeUndefined()
    expect(await store.putBulkAnswer(actor, 'key-0001', first)).toEqual(first)
    expect(await store.putBulkAnswer(actor, 'key-0001', { request: 'r2', items: [] })).toEqual(first)
    expect(await store.bulkAnswer(actor, 'key-0001')).toEqual(first)
    expect(await store.bulkAnswer(actor, 'key-0002')).toBeUndefined()
    expect(await store.bulkAnswer('budi', 'key-0001')).toBeUndefined()
  })

  test('of two runs that finish one day at once, one writes the version', async () => {
    const channel = freshChannel()
    const runs = Array.from({ length: 8 }, (_, i) => statementOf({ channel, digest: `d${i}` }))
    const outcomes = await Promise.all(runs.map((run) => store.putStatement(run, rowOf({ channel }))))
    expect(outcomes.filter((outcome) => outcome === 'put')).toHaveLength(1)
    expect(await store.statement(channel, DAY)).toEqual(runs[outcomes.indexOf('put')])
  })

  test('a case changes only from the version that was read, and stands in one list at a time', async () => {
    const channel = freshChannel()
    const first = caseOf({ channel, id: idOn(channel) })
    expect(await store.putDifference(first)).toBe('put')
    expect(await store.putDifference(first)).toBe('put')
    expect(await store.putDifference({ ...first, history: [] })).toBe('conflict')
    expect(await store.pointers('open', channel, null, 10)).toEqual([{ pointer: `${DAY}#${first.id}`, id: first.id }])

    const second: DifferenceCase = {
      ...first,
      version: 2,
      state: 'resolved',
      resolution: { how: 'itself', at: MORNING, note: 'gone' },
    }
    expect(await store.putDifference({ ...second, version: 3 })).toBe('conflict')
    expect(await store.putDifference(second)).toBe('put')
    expect(await store.pointers('open', channel, null, 10)).toEqual([])
    expect(await store.pointers('closed', channel, null, 10)).toHaveLength(1)
    expect(await store.difference(first.id)).toEqual(second)
    expect(await store.differencesOf(channel, DAY)).toEqual([second])
    expect(await store.difference('nothing-like-it')).toBeUndefined()
  })

  test('a case about a month of fees stands in the lists, and among no day’s own', async () => {
    const channel = freshChannel()
    const fees = caseOf({ channel, id: idOn(channel) })
    const ofFees: DifferenceCase = { ...fees, finding: { ...fees.finding, class: 'fee-invoice-difference' } }
    expect(await store.putDifference(ofFees)).toBe('put')
    expect(await store.differencesOf(channel, DAY)).toEqual([])
    expect(await store.difference(ofFees.id)).toEqual(ofFees)
    expect(await store.pointers('open', channel, null, 10)).toHaveLength(1)
  })

  test('open cases are read page by page, the oldest day first', async () => {
    const channel = freshChannel()
    const days = ['2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21'] as BusinessDate[]
    const ids = days.map((day) => `${channel}-${day.replaceAll('-', '')}-${randomBytes(6).toString('hex')}`)
    for (const [i, id] of ids.entries()) {
      await store.putDifference(caseOf({ channel, id, date: days[i] as BusinessDate }))
    }
    const first = await store.pointers('open', channel, null, 3)
    const rest = await store.pointers('open', channel, first.at(-1)?.pointer ?? null, 3)
    expect([...first, ...rest].map(({ id }) => id)).toEqual(ids)
  })

  test('lines of other days and lines of nobody are found by the payment that they name', async () => {
    const channel = freshChannel()
    const line: KeptLine = {
      channel,
      paymentId: 'T#1/%',
      fileDate: addDays(DAY, 1),
      line: 7,
      sha256: 'b'.repeat(64),
      amount: rupiah(8_400),
      fee: rupiah(1_500),
      at: MORNING,
      status: 'settled',
    }
    await store.putElsewhere(DAY, line)
    await store.putElsewhere(DAY, line)
    await store.putUnknown(line)
    await store.putUnknown({ ...line, paymentId: 'T' })
    expect(await store.elsewhereOf(channel, DAY)).toEqual([line])
    expect(await store.unknownOf(channel, 'T#1/%')).toEqual([line])
    expect(await store.unknownOf(channel, 'T#1')).toEqual([])
  })

  test('days are neighbours once and for ever', async () => {
    const channel = freshChannel()
    await store.putNeighbour(channel, DAY, addDays(DAY, 1))
    await store.putNeighbour(channel, DAY, addDays(DAY, 1))
    await store.putNeighbour(channel, DAY, addDays(DAY, -1))
    expect(await store.neighbours(channel, DAY)).toEqual([addDays(DAY, -1), addDays(DAY, 1)])
    expect(await store.neighbours(channel, addDays(DAY, 1))).toEqual([])
  })

  test('money in suspense is listed once, the oldest business day first, page by page', async () => {
    const id = `${randomBytes(4).toString('hex')}/1`
    const key = factKey('posting', 'settlement', ['bni', id])
    const late = { account: suspenseAccount('bni', id), fact: key, since: '2026-12-05' as BusinessDate }
    const early = { ...late, account: suspenseAccount('pos', id), since: '2026-12-04' as BusinessDate }
    for (const money of [late, early, late]) await store.noteSuspense(money)
    const found: unknown[] = []
    for (let after: string | null = null, isMore = true; isMore; ) {
      const page: Awaited<ReturnType<typeof store.suspense>> = await store.suspense(after, 1)
      found.push(...page.map(({ money }) => money))
      after = page.at(-1)?.pointer ?? null
      isMore = after !== null
    }
    expect(found.filter((each) => (each as typeof late).fact === key)).toEqual([early, late])
  })

  test('an exit from suspense is found by its name, and wakes its day', async () => {
    const name = { channel: freshChannel(), paymentId: 'T/1#x', step: 'posting-1' }
    const key = factKey('posting', 'settlement', [name.channel, name.paymentId])
    const exit: SuspenseExit = {
      ...name,
      action: 'release',
      account: suspenseAccount(name.channel, name.paymentId),
      fact: key,
      businessDate: DAY,
      amount: rupiah(8_400),
      to: kpjOf('12345678901'),
      approvedAt: MORNING,
    }
    const { part, entry } = exitAddress(exit)
    expect(parseEntryKey(part, entry)).toEqual({ kind: 'exit', channel: name.channel, date: DAY })
    expect(await store.exit(name, DAY)).toBeUndefined()
    const subject = exitSubject(name)
    const effects = effectsOfExit(exit)
    const step = propose(undefined, { subject, request: {}, reason: 'known', by: 'operator-1', at: MORNING })
    if (step.outcome !== 'step') throw new Error('expected a step')
    const record = { at: MORNING, actor: 'approver-1', action: 'approved', subject, detail: {} } as const
    expect(await backend.resolutions.takeApproval({ approval: step.next, record, effects })).toMatchObject({
      outcome: 'put',
    })
    expect(await store.exit(name, DAY)).toEqual(exit)
    expect(await store.exitAt(part, entry)).toEqual(exit)
    const isWaiting = async () => (await store.waitingExits()).some((each) => each.part === part)
    expect(await isWaiting()).toBe(true)
    await store.endWait(exit)
    await store.endWait(exit)
    expect(await isWaiting()).toBe(false)
    const other: readonly ApprovalEffect[] = [{ kind: 'entry', part, entry, value: { ...exit, action: 'refund' } }]
    const again = { approval: { ...step.next, version: 2 }, record, effects: other }
    expect(await backend.resolutions.takeApproval(again)).toEqual({ outcome: 'conflict' })
    expect(await store.exit(name, DAY)).toEqual(exit)
  })

  test('an account is noted once a day, whatever its name', async () => {
    const account = suspenseAccount('bni', `${randomBytes(4).toString('hex')}/1`)
    const day = '2026-12-02' as BusinessDate
    await store.noteAccount(day, account)
    await store.noteAccount(day, account)
    const noted = await all(store.recordedOn(day))
    expect(noted.filter((each) => each.kind === 'account' && each.account === account)).toHaveLength(1)
  })

  describe('steps of people', () => {
    const record = (subject: string, changed: Partial<AuditRecord> = {}): AuditRecord => ({
      at: MORNING,
      actor: 'operator-1',
      action: 'proposed',
      subject,
      detail: { action: 'post', amountRupiah: 8_400 },
      ...changed,
    })
    const proposed = (before: DifferenceCase): DifferenceCase => ({
      ...before,
      state: 'proposed',
      version: before.version + 1,
    })

    test('a step stands with its entry in the chain, and a case that changed meanwhile takes neither', async () => {
      const channel = freshChannel()
      const first = caseOf({ channel, id: idOn(channel) })
      await store.putDifference(first)
      const before = (await backend.chain()).length
      const step = { case: proposed(first), record: record(first.id), resolution: null }
      const taken = await backend.resolutions.take(step)
      expect(taken.outcome).toBe('put')
      expect(await store.difference(first.id)).toEqual(proposed(first))
      expect(await backend.resolutions.take({ ...step, record: record(first.id, { actor: 'late' }) })).toEqual({
        outcome: 'conflict',
      })
      const chain = await backend.chain()
      expect(chain).toHaveLength(before + 1)
      if (taken.outcome === 'put') expect(chain.at(-1)).toEqual(auditItem(taken.entry))
    })

    test('the same step whose answer was lost is taken once', async () => {
      const channel = freshChannel()
      const corrected = fileOf({ channel, version: 2, state: 'proposed' })
      await store.putFileVersion(fileOf({ channel }))
      await store.putFileVersion(corrected)
      const both = await Promise.all([
        store.replaceFile(fileOf({ channel }), corrected),
        store.replaceFile(fileOf({ channel }), corrected),
      ])
      expect(both).toEqual(['put', 'put'])
    })

    test('an approval wakes nobody unless it stands: resolution and case go together', async () => {
      const channel = freshChannel()
      const id = idOn(channel)
      const first = caseOf({ channel, id })
      await store.putDifference(first)
      const resolution = resolutionOf({ channel, differenceId: id, differenceVersion: 2 })
      const approved: DifferenceCase = { ...first, state: 'approved', version: 2 }
      const taken = await backend.resolutions.take({
        case: approved,
        record: record(id, { action: 'approved' }),
        resolution,
      })
      if (taken.outcome !== 'put') throw new Error('expected the step to be taken')
      const { sequence, hash } = taken.entry
      const stored = await store.resolution(dayPart(channel, DAY), resolutionEntry(id, 2))
      expect(stored).toEqual({ ...resolution, audit: { sequence, hash } })
    })

    test('a comment and an attachment are kept once, each with an entry at the end of the chain', async () => {
      const differenceId = idOn(freshChannel())
      const later: CaseComment = { kind: 'comment', differenceId, digest: 'a', by: 'ani', at: MORNING, text: 'asked' }
      const earlier: CaseComment = { ...later, digest: 'b', at: at('2026-11-21T05:00'), text: 'seen' }
      const file: CaseAttachment = {
        kind: 'attachment',
        differenceId,
        sha256: 'a'.repeat(64),
        name: 'letter.pdf',
        type: 'pdf',
        bytes: 9,
        by: 'ani',
        at: MORNING,
      }
      const before = (await backend.chain()).length
      for (const note of [later, earlier, file])
        expect(await backend.resolutions.keepNote(note, record(differenceId, { action: 'commented' }))).toMatchObject({
          outcome: 'put',
        })
      const again = await backend.resolutions.keepNote(
        { ...later, by: 'budi' },
        record(differenceId, { actor: 'budi' }),
      )
      expect(again).toEqual({ outcome: 'there', note: later })
      expect(await store.comments(differenceId)).toEqual([earlier, later])
      expect(await store.attachments(differenceId)).toEqual([file])
      expect(await store.comments(idOn(freshChannel()))).toEqual([])
      expect(await backend.chain()).toHaveLength(before + 3)
    })

    test('many people at once each get a place of their own in an unbroken chain', async () => {
      const cases = await Promise.all(
        Array.from({ length: 6 }, async () => {
          const channel = freshChannel()
          const each = caseOf({ channel, id: idOn(channel) })
          await store.putDifference(each)
          return each
        }),
      )
      const taken = await Promise.all(
        cases.map((each) =>
          backend.resolutions.take({ case: proposed(each), record: record(each.id), resolution: null }),
        ),
      )
      expect(taken.map(({ outcome }) => outcome)).toEqual(cases.map(() => 'put'))
      const chain = await backend.chain()
      const hashes = [GENESIS, ...chain.map((item) => item.hash?.S)]
      expect(chain.map((item) => item.previous?.S)).toEqual(hashes.slice(0, -1))
      expect(chain.map((item) => Number(item.sequence?.N))).toEqual(chain.map((_, i) => i + 1))
      expect(await backend.resolutions.head()).toEqual({ sequence: chain.length, hash: hashes.at(-1) })
    })
  })
})
