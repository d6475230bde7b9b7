/**
 * What every store must do, in memory and on DynamoDB alike: put once, tell the loser who won, change two tables in one
 * moment, read what was written. Faults are shared/store's own tests; here nothing fails.
 */
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Account, suspenseAccount } from '../../shared/domain/account.ts'
import { billCodeOf } from '../../shared/domain/bill-code.ts'
import { type Fact, factKey, keyOf } from '../../shared/domain/fact.ts'
import { type BusinessDate, instant } from '../../shared/domain/instant.ts'
import { kpjOf } from '../../shared/domain/kpj.ts'
import { rupiah, ZERO } from '../../shared/domain/money.ts'
import { month } from '../../shared/domain/month.ts'
import { NO_PREFERENCES } from '../../shared/domain/notice-preferences.ts'
import { paymentKey } from '../../shared/domain/payment-key.ts'
import { Defect } from '../../shared/runtime/faults.ts'
import type { Bill, BillMember } from '../../shared/store/bills/bills.ts'
import { dynamoBills } from '../../shared/store/bills/dynamodb.ts'
import { dynamoContactChanges } from '../../shared/store/contacts/contact-changes.ts'
import { dynamoContacts } from '../../shared/store/contacts/dynamodb.ts'
import { type ClosableDynamoClient, createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { joinedGets } from '../../shared/store/dynamo/joined-gets.ts'
import { dynamoFacts } from '../../shared/store/facts/dynamodb.ts'
import type { AccountsPage, DayPage } from '../../shared/store/facts/facts.ts'
import { dynamoFactPages } from '../../shared/store/facts/pages.ts'
import { dynamoMemberships } from '../../shared/store/memberships/dynamodb.ts'
import { dynamoPaymentDecisions } from '../../shared/store/payment-decisions/dynamodb.ts'
import { dynamoDecisionPages } from '../../shared/store/payment-decisions/pages.ts'
import type { ExternalIdItem, PaymentDecision } from '../../shared/store/payment-decisions/payment-decisions.ts'
import { createTables, startDatabase, useTestIdentity } from '../support/dynoxide.ts'
import { grudging } from '../support/grudging-dynamo.ts'
import { participantOf } from '../support/ids.ts'
import { type MemoryStore, memoryStore } from '../support/memory-store.ts'
import { contactOf, DECIDED, decisionOf, paymentOf, reversalOf, termsOf, viewOf } from '../support/stored.ts'

type Stores = Pick<MemoryStore, 'decisions' | 'facts' | 'memberships' | 'contacts' | 'bills'>
type Backend = { readonly stores: Stores; readonly stop: () => Promise<void> }

const backends: readonly (readonly [string, () => Promise<Backend>])[] = [
  ['in memory', async () => ({ stores: memoryStore(), stop: async () => {} })],
  ['on DynamoDB', () => startDynamo((client) => client)],
  ['on a DynamoDB that gives no more than it promised', () => startDynamo(grudging)],
  [
    'on one whose reads of a moment are joined',
    () => startDynamo((client) => ({ ...joinedGets(grudging(client)), destroy: client.destroy })),
  ],
]

async function startDynamo(through: (client: ClosableDynamoClient) => ClosableDynamoClient): Promise<Backend> {
  useTestIdentity()
  const database = await startDatabase()
  const tables = await createTables(database.endpoint)
  const client = through(createDynamoClient({ endpoint: database.endpoint }))
  const stores = {
    decisions: { ...dynamoPaymentDecisions(client, tables), ...dynamoDecisionPages(client, tables) },
    facts: { ...dynamoFacts(client, tables), ...dynamoFactPages(client, tables) },
    memberships: dynamoMemberships(client, tables),
    contacts: { ...dynamoContacts(client, tables), ...dynamoContactChanges(client, tables) },
    bills: dynamoBills(client, tables),
  }
  return {
    stores,
    stop: async () => {
      client.destroy()
      await database.stop()
    },
  }
}

/** Names that no other test uses: the tables are shared by the file. */
const fresh = (prefix: string) => `${prefix}${randomBytes(6).toString('hex')}`
const freshKpj = () => kpjOf(String(10_000_000_000 + Number(`0x${randomBytes(4).toString('hex')}`)))
const freshBillCode = () => billCodeOf(BigInt(`0x${randomBytes(5).toString('hex')}`))
const FIRST = kpjOf('11111111111')
const SECOND = kpjOf('22222222222')
const freshParticipant = () => participantOf(fresh('p'))

function billOf(members: readonly BillMember[], changed: Partial<Bill> = {}): Bill {
  return {
    billCode: freshBillCode(),
    months: [month('2026-11')],
    amount: rupiah(members.reduce((sum, member) => sum + member.amount, 0)),
    memberCount: members.length,
    kpj: members.length === 1 ? (members[0]?.kpj ?? null) : null,
    issuedAt: DECIDED,
    validUntil: '2026-12-01T00:00:00+07:00',
    validUntilInstant: instant(DECIDED + 86_400_000),
    paidBy: null,
    ...changed,
  }
}

function membersOf(count: number): readonly BillMember[] {
  const months = [{ first: month('2026-11'), count: 1, price: { jkk: rupiah(5_000), jkm: rupiah(3_400), jht: ZERO } }]
  return Array.from({ length: count }, (_, i) => ({
    kpj: kpjOf(String(30_000_000_000 + i)),
    months,
    amount: rupiah(8_400),
  }))
}

function externalOf(changed: Partial<ExternalIdItem> = {}): ExternalIdItem {
  return {
    channel: 'bni',
    day: '2026-11-20',
    id: fresh('E'),
    service: '25',
    requestId: 'R1',
    factsDigest: new Uint8Array(33).fill(3),
    signedAt: DECIDED,
    expiresAt: instant(DECIDED + 3 * 86_400_000),
    ...changed,
  }
}

async function all<T>(entries: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = []
  for await (const entry of entries) found.push(entry)
  return found
}

describe.each(backends)('the stores %s', (_, start) => {
  let backend: Backend
  let stores: Stores
  beforeAll(async () => {
    backend = await start()
    stores = backend.stores
  })
  afterAll(() => backend.stop())

  describe('payment-decisions', () => {
    test('a decision is put once and read as it was decided', async () => {
      const decision = decisionOf(fresh('T'))
      expect(await stores.decisions.get('bni', decision.paymentId)).toBeUndefined()
      expect(await stores.decisions.put(decision)).toEqual({ outcome: 'put' })
      expect(await stores.decisions.get('bni', decision.paymentId)).toEqual(decision)
    })

    test('a reversal that came first gives way to a message signed no earlier, and to no other', async () => {
      const paid = decisionOf(fresh('T'))
      const first = { ...paid, outcome: { kind: 'reversed-first' as const, signedAt: DECIDED } }
      await stores.decisions.put(first)
      expect(await stores.decisions.put(paid)).toEqual({ outcome: 'exists', existing: first })
      expect(await stores.decisions.put(paid, instant(DECIDED - 1))).toEqual({ outcome: 'exists', existing: first })
      expect(await stores.decisions.put(paid, DECIDED)).toEqual({ outcome: 'put' })
      expect(await stores.decisions.put(first, DECIDED)).toEqual({ outcome: 'exists', existing: paid })
      expect(await stores.decisions.get('bni', paid.paymentId)).toEqual(paid)
    })

    test('one whose partner signs the operation too gives way to nothing', async () => {
      const paid = decisionOf(fresh('T'))
      const first = { ...paid, outcome: { kind: 'reversed-first' as const, signedAt: null } }
      await stores.decisions.put(first)
      expect(await stores.decisions.put(paid, instant(DECIDED + 1))).toEqual({ outcome: 'exists', existing: first })
    })

    test('who comes second gets what the first decided, and changes nothing', async () => {
      const first = decisionOf(fresh('T'))
      await stores.decisions.put(first)
      const second = { ...first, outcome: { kind: 'reversed-first' as const, signedAt: null } }
      expect(await stores.decisions.put(second)).toEqual({ outcome: 'exists', existing: first })
      expect(await stores.decisions.get('bni', first.paymentId)).toEqual(first)
    })

    test('the very same decision put again counts as ours', async () => {
      const decision = decisionOf(fresh('T'))
      await stores.decisions.put(decision)
      expect(await stores.decisions.put(decision)).toEqual({ outcome: 'put' })
    })

    test('of many who decide at once exactly one wins, and all others name it', async () => {
      const paymentId = fresh('T')
      const decisions = Array.from({ length: 24 }, (_, i) => decisionOf(paymentId, { hubReference: `CH${i}` }))
      const outcomes = await Promise.all(decisions.map((decision) => stores.decisions.put(decision)))
      const winner = decisions[outcomes.findIndex(({ outcome }) => outcome === 'put')]
      const losers = outcomes.filter(({ outcome }) => outcome === 'exists')
      expect(losers).toEqual(Array.from({ length: 23 }, () => ({ outcome: 'exists', existing: winner })))
    })

    test('the same id at two channels, and ids with # and %, are different payments', async () => {
      const id = fresh('T')
      const decisions = [
        decisionOf(id),
        decisionOf(id, { channel: 'indomaret' }),
        decisionOf(`${id}#1`),
        decisionOf(`${id}%231`),
      ]
      for (const decision of decisions) expect(await stores.decisions.put(decision)).toEqual({ outcome: 'put' })
      for (const decision of decisions)
        expect(await stores.decisions.get(decision.channel, decision.paymentId)).toEqual(decision)
    })
  })

  describe('a bill and its payment', () => {
    async function issue(members = membersOf(1)): Promise<Bill> {
      const bill = billOf(members)
      expect(await stores.bills.put(bill, members)).toBe('put')
      return bill
    }
    const paying = (bill: Bill, paymentId = fresh('T'), changed: Partial<PaymentDecision> = {}) =>
      decisionOf(paymentId, { account: bill.billCode, ...changed })

    test('a bill and its members are put together, once', async () => {
      const members = membersOf(1)
      const bill = billOf(members)
      expect(await stores.bills.get(bill.billCode)).toBeUndefined()
      expect(await stores.bills.put(bill, members)).toBe('put')
      expect(await stores.bills.get(bill.billCode)).toEqual(bill)
      expect(await stores.bills.members(bill.billCode, 1)).toEqual(members)
      expect(await stores.bills.members(bill.billCode, 2)).toBeUndefined()
      expect(await stores.bills.put(bill, members)).toBe('put')
      expect(await stores.bills.put({ ...bill, amount: rupiah(1) }, members)).toBe('exists')
      expect(await stores.bills.get(bill.billCode)).toEqual(bill)
    })

    test('a cohort lies in chunks of 1,000, in order', async () => {
      const members = membersOf(2_001)
      const bill = await issue(members)
      const chunks = await Promise.all([1, 2, 3, 4].map((chunk) => stores.bills.members(bill.billCode, chunk)))
      expect(chunks.map((chunk) => chunk?.length)).toEqual([1_000, 1_000, 1, undefined])
      expect(chunks.flatMap((chunk) => chunk ?? [])).toEqual(members)
    })

    test('a bill of 100,001 members, too large for one transaction, is whole once it is there', async () => {
      const members = membersOf(100_001)
      const bill = billOf(members)
      expect(await stores.bills.put(bill, members)).toBe('put')
      expect(await stores.bills.put(bill, members)).toBe('put')
      expect((await stores.bills.members(bill.billCode, 101))?.length).toBe(1)
      expect(await stores.bills.put({ ...bill, amount: rupiah(1) }, members)).toBe('exists')
    })

    describe('that is put part by part', () => {
      const until = instant(DECIDED + 86_400_000)
      const parts = (members: readonly BillMember[]) => [members.slice(0, 1_000), members.slice(1_000)] as const

      test('is there when the bill is, and its members are its own however often they come', async () => {
        const members = membersOf(1_002)
        const [first, second] = parts(members)
        const bill = billOf(members)
        expect(await stores.bills.putMembers(bill.billCode, 1, first, until)).toBe('put')
        expect(await stores.bills.keepMembers(bill.billCode, 2)).toBe('missing')
        expect(await stores.bills.putMembers(bill.billCode, 2, second, until)).toBe('put')
        expect(await stores.bills.putMembers(bill.billCode, 1, first, instant(until + 1))).toBe('put')
        expect(await stores.bills.putMembers(bill.billCode, 1, second, until)).toBe('exists')
        expect(await stores.bills.get(bill.billCode)).toBeUndefined()
        expect(await stores.bills.keepMembers(bill.billCode, 2)).toBe('kept')
        expect(await stores.bills.putMembers(bill.billCode, 1, first, until)).toBe('put')
        expect(await stores.bills.putBill(bill)).toBe('put')
        expect(await stores.bills.putBill(bill)).toBe('put')
        expect(await stores.bills.putBill({ ...bill, amount: rupiah(1) })).toBe('exists')
        expect(await stores.bills.members(bill.billCode, 2)).toEqual(second)
      })

      test('is payable by nobody before it is there', async () => {
        const members = membersOf(1_002)
        const bill = billOf(members)
        await stores.bills.putMembers(bill.billCode, 1, parts(members)[0], until)
        const paid = stores.decisions.putPayingBill(paying(bill), bill.billCode)
        await expect(paid).rejects.toThrow(Defect)
      })
    })

    describe('and the one that takes its place', () => {
      const sponsored = { program: 'p1', cohort: 'c1', regionCode: '15.71.01.1001' }

      test('change places in one moment; the old one is payable by nobody then', async () => {
        const old = await issue()
        const next = billOf(membersOf(2), { replaces: old.billCode, sponsored })
        expect(await stores.bills.replace(old.billCode, next, membersOf(2))).toBe('put')
        expect(await stores.bills.replace(old.billCode, next, membersOf(2))).toBe('put')
        expect(await stores.bills.get(old.billCode)).toEqual({ ...old, replacedBy: next.billCode })
        expect(await stores.bills.get(next.billCode)).toEqual(next)
        expect(await stores.bills.members(next.billCode, 1)).toEqual(membersOf(2))
        const decision = paying(old)
        expect(await stores.decisions.putPayingBill(decision, old.billCode)).toEqual({ outcome: 'replaced' })
        expect(await stores.decisions.get('bni', decision.paymentId)).toBeUndefined()
        expect(await stores.bills.replace(old.billCode, billOf(membersOf(1)), membersOf(1))).toBe('replaced')
      })

      test('do not where the old one is paid, or the new code taken: nothing is written', async () => {
        const old = await issue()
        const taken = await issue()
        expect(await stores.bills.replace(old.billCode, { ...taken, amount: rupiah(1) }, [])).toBe('exists')
        await stores.decisions.putPayingBill(paying(old), old.billCode)
        const next = billOf(membersOf(1), { replaces: old.billCode })
        expect(await stores.bills.replace(old.billCode, next, membersOf(1))).toBe('paid')
        expect(await stores.bills.get(next.billCode)).toBeUndefined()
        expect(await stores.bills.members(next.billCode, 1)).toBeUndefined()
      })
    })

    test('that will not be there lets its members expire, and they are put and kept again for one that will', async () => {
      const members = membersOf(2)
      const bill = billOf(members)
      const until = instant(DECIDED + 86_400_000)
      await stores.bills.letExpire(bill.billCode, 1, until)
      expect(await stores.bills.members(bill.billCode, 1)).toBeUndefined()
      await stores.bills.putMembers(bill.billCode, 1, members, until)
      expect(await stores.bills.keepMembers(bill.billCode, 1)).toBe('kept')
      await stores.bills.letExpire(bill.billCode, 1, until)
      expect(await stores.bills.putMembers(bill.billCode, 1, members, until)).toBe('put')
      expect(await stores.bills.keepMembers(bill.billCode, 1)).toBe('kept')
      expect(await stores.bills.putBill(bill)).toBe('put')
      expect(await stores.bills.members(bill.billCode, 1)).toEqual(members)
    })

    test('that is marked as changed is payable by nobody', async () => {
      const bill = await issue(membersOf(2))
      await stores.bills.markChanged(bill.billCode, DECIDED)
      const decision = paying(bill)
      expect(await stores.decisions.putPayingBill(decision, bill.billCode)).toEqual({ outcome: 'replaced' })
      expect(await stores.decisions.get('bni', decision.paymentId)).toBeUndefined()
    })

    test('is marked as changed once', async () => {
      const bill = await issue(membersOf(2))
      await stores.bills.markChanged(bill.billCode, DECIDED)
      await stores.bills.markChanged(bill.billCode, instant(DECIDED + 1))
      expect(await stores.bills.get(bill.billCode)).toEqual({ ...bill, changedAt: DECIDED })
      const absent = freshBillCode()
      await stores.bills.markChanged(absent, DECIDED)
      expect(await stores.bills.get(absent)).toBeUndefined()
    })

    test('keeps how far its shares are, by whoever knew most of its facts', async () => {
      const bill = await issue(membersOf(2))
      expect(await stores.bills.appliedShares(bill.billCode)).toBe(0)
      await stores.bills.putApplied(bill.billCode, { chunk: 1, shares: 1_000, facts: 1 })
      await stores.bills.putApplied(bill.billCode, { chunk: 2, shares: 7, facts: 1 })
      expect(await stores.bills.appliedShares(bill.billCode)).toBe(1_007)
      await stores.bills.putApplied(bill.billCode, { chunk: 1, shares: 0, facts: 2 })
      await stores.bills.putApplied(bill.billCode, { chunk: 1, shares: 1_000, facts: 1 })
      expect(await stores.bills.appliedShares(bill.billCode)).toBe(7)
      expect(await stores.bills.applied(bill.billCode, 1)).toEqual({ chunk: 1, shares: 0, facts: 2 })
      expect(await stores.bills.applied(bill.billCode, 3)).toBeUndefined()
    })

    test('paying puts the decision and marks the bill in one moment', async () => {
      const bill = await issue()
      const decision = paying(bill)
      expect(await stores.decisions.putPayingBill(decision, bill.billCode)).toEqual({ outcome: 'put' })
      expect(await stores.decisions.get('bni', decision.paymentId)).toEqual(decision)
      expect(await stores.bills.get(bill.billCode)).toEqual({ ...bill, paidBy: paymentKey('bni', decision.paymentId) })
    })

    test('a second payment of the bill finds it paid and leaves no decision', async () => {
      const bill = await issue()
      await stores.decisions.putPayingBill(paying(bill), bill.billCode)
      const second = paying(bill)
      expect(await stores.decisions.putPayingBill(second, bill.billCode)).toEqual({ outcome: 'already-paid' })
      expect(await stores.decisions.get('bni', second.paymentId)).toBeUndefined()
    })

    test('a decision that is there already comes before the bill that is paid already', async () => {
      const bill = await issue()
      const decision = paying(bill)
      await stores.decisions.putPayingBill(decision, bill.billCode)
      const other = paying(bill, decision.paymentId, { hubReference: 'CHOTHER' })
      expect(await stores.decisions.putPayingBill(other, bill.billCode)).toEqual({
        outcome: 'exists',
        existing: decision,
      })
      expect(await stores.decisions.putPayingBill(decision, bill.billCode)).toEqual({ outcome: 'put' })
    })

    test('a decision that is there already leaves an unpaid bill unpaid', async () => {
      const bill = await issue()
      const decision = paying(bill)
      await stores.decisions.put({ ...decision, outcome: { kind: 'reversed-first', signedAt: null } })
      expect(await stores.decisions.putPayingBill(decision, bill.billCode)).toMatchObject({ outcome: 'exists' })
      expect(await stores.bills.get(bill.billCode)).toEqual(bill)
    })

    test('a reversal that came first gives way to a bill payment signed no earlier', async () => {
      const bill = await issue()
      const decision = paying(bill)
      await stores.decisions.put({ ...decision, outcome: { kind: 'reversed-first', signedAt: DECIDED } })
      const earlier = instant(DECIDED - 1)
      expect(await stores.decisions.putPayingBill(decision, bill.billCode, earlier)).toMatchObject({
        outcome: 'exists',
      })
      expect(await stores.bills.get(bill.billCode)).toEqual(bill)
      expect(await stores.decisions.putPayingBill(decision, bill.billCode, DECIDED)).toEqual({ outcome: 'put' })
      expect(await stores.decisions.get('bni', decision.paymentId)).toEqual(decision)
      expect((await stores.bills.get(bill.billCode))?.paidBy).toBe(`bni#${decision.paymentId}`)
    })

    test('of many payments of one bill exactly one wins', async () => {
      const bill = await issue()
      const decisions = Array.from({ length: 16 }, () => paying(bill))
      const outcomes = await Promise.all(
        decisions.map((decision) => stores.decisions.putPayingBill(decision, bill.billCode)),
      )
      const winner = decisions[outcomes.findIndex(({ outcome }) => outcome === 'put')]
      expect(outcomes.filter(({ outcome }) => outcome === 'already-paid')).toHaveLength(15)
      expect((await stores.bills.get(bill.billCode))?.paidBy).toBe(`bni#${winner?.paymentId}`)
    })

    test('of one payment sent many times exactly one decision stands, and every loser names it', async () => {
      const bill = await issue()
      const paymentId = fresh('T')
      const decisions = Array.from({ length: 12 }, (_, i) => paying(bill, paymentId, { hubReference: `CH${i}` }))
      const outcomes = await Promise.all(
        decisions.map((decision) => stores.decisions.putPayingBill(decision, bill.billCode)),
      )
      const winner = decisions[outcomes.findIndex(({ outcome }) => outcome === 'put')]
      expect(outcomes.filter(({ outcome }) => outcome === 'put')).toHaveLength(1)
      expect(await stores.decisions.get('bni', paymentId)).toEqual(winner)
    })

    test('a bill that does not exist cannot be paid', async () => {
      const bill = billOf(membersOf(1))
      const decision = paying(bill)
      await expect(stores.decisions.putPayingBill(decision, bill.billCode)).rejects.toThrow(Defect)
      expect(await stores.decisions.get('bni', decision.paymentId)).toBeUndefined()
    })

    test('a reversal frees the bill, and another payment may then pay it', async () => {
      const bill = await issue()
      const decision = paying(bill)
      await stores.decisions.putPayingBill(decision, bill.billCode)
      const payment = paymentOf(decision.paymentId, { account: bill.billCode })
      const reversal = reversalOf(payment)
      expect(await stores.facts.putReversingBill(reversal, bill.billCode, paymentKey('bni', decision.paymentId))).toBe(
        'put',
      )
      expect(await stores.facts.get(bill.billCode, keyOf(reversal))).toEqual(reversal)
      expect(await stores.bills.get(bill.billCode)).toEqual(bill)
      expect(await stores.decisions.putPayingBill(paying(bill), bill.billCode)).toEqual({ outcome: 'put' })
    })

    test('a reversal sent again changes nothing, though the bill was paid anew meanwhile', async () => {
      const bill = await issue()
      const decision = paying(bill)
      await stores.decisions.putPayingBill(decision, bill.billCode)
      const reversal = reversalOf(paymentOf(decision.paymentId, { account: bill.billCode }))
      const paidBy = paymentKey('bni', decision.paymentId)
      await stores.facts.putReversingBill(reversal, bill.billCode, paidBy)
      const next = paying(bill)
      await stores.decisions.putPayingBill(next, bill.billCode)
      const again = { ...reversal, recordedAt: instant(reversal.recordedAt + 5) }
      expect(await stores.facts.putReversingBill(again, bill.billCode, paidBy)).toBe('exists')
      expect(await stores.facts.get(bill.billCode, keyOf(reversal))).toEqual(reversal)
      expect((await stores.bills.get(bill.billCode))?.paidBy).toBe(`bni#${next.paymentId}`)
    })

    test('a reversal whose payment does not hold the bill is put and leaves the bill alone', async () => {
      const bill = await issue()
      const holder = paying(bill)
      await stores.decisions.putPayingBill(holder, bill.billCode)
      const reversal = reversalOf(paymentOf(fresh('T'), { account: bill.billCode }))
      expect(await stores.facts.putReversingBill(reversal, bill.billCode, paymentKey('bni', 'another'))).toBe('put')
      expect((await stores.bills.get(bill.billCode))?.paidBy).toBe(`bni#${holder.paymentId}`)
    })
  })

  describe('facts that belong together', () => {
    const pair = () => {
      const payment = paymentOf(fresh('T'))
      const other = paymentOf(fresh('T'), { account: billOf(membersOf(1)).billCode })
      return { payment, reversal: reversalOf(payment), other }
    }

    test('are there both, and a repeat changes nothing', async () => {
      const { reversal, other } = pair()
      expect(await stores.facts.putTogether([reversal, other], [])).toBe('put')
      const again = [reversal, other].map((fact) => ({ ...fact, recordedAt: instant(fact.recordedAt + 5) }))
      expect(await stores.facts.putTogether(again, [])).toBe('exists')
      expect(await stores.facts.get(reversal.account, keyOf(reversal))).toEqual(reversal)
      expect(await stores.facts.get(other.account, keyOf(other))).toEqual(other)
    })

    test('are not put where the first one’s account has a fact that they must do without', async () => {
      const { payment, reversal, other } = pair()
      await stores.facts.put(payment)
      expect(await stores.facts.putTogether([reversal, other], [keyOf(payment)])).toBe('taken')
      expect(await stores.facts.get(reversal.account, keyOf(reversal))).toBeUndefined()
      expect(await stores.facts.get(other.account, keyOf(other))).toBeUndefined()
      expect(await stores.facts.putTogether([reversal, other], [keyOf(other)])).toBe('put')
      expect(await stores.facts.putTogether([reversal, other], [keyOf(payment)])).toBe('exists')
    })

    test('of which one was put alone are a defect, and the other stays away', async () => {
      const { reversal, other } = pair()
      await stores.facts.put(reversal)
      await expect(stores.facts.putTogether([reversal, other], [])).rejects.toThrow(Defect)
      expect(await stores.facts.get(other.account, keyOf(other))).toBeUndefined()
    })
  })

  describe('external ids and self-paid memberships', () => {
    test('an external id is bound once; who comes later gets what it was bound to', async () => {
      const item = externalOf()
      expect(await stores.decisions.putExternalId(item, DECIDED)).toEqual({ outcome: 'put' })
      const other = { ...item, requestId: 'R2' }
      expect(await stores.decisions.putExternalId(other, DECIDED)).toEqual({ outcome: 'exists', existing: item })
    })

    test('the same request sent twice under one external id is seen as the second', async () => {
      const item = externalOf()
      await stores.decisions.putExternalId(item, DECIDED)
      expect(await stores.decisions.putExternalId(item, DECIDED)).toEqual({ outcome: 'exists', existing: item })
    })

    test('it holds up to its last instant and counts as absent after it, deleted or not', async () => {
      const item = externalOf()
      await stores.decisions.putExternalId(item, DECIDED)
      const later = { ...item, requestId: 'R2' }
      expect(await stores.decisions.putExternalId(later, item.expiresAt)).toMatchObject({ outcome: 'exists' })
      expect(await stores.decisions.putExternalId(later, instant(item.expiresAt + 1))).toEqual({ outcome: 'put' })
    })

    test('it gives way to its own later payment, where the caller says so, and to nothing else', async () => {
      const inquiry = externalOf({ service: '24' })
      const later = instant(DECIDED + 1)
      const payment = { ...inquiry, service: '25', signedAt: later }
      const givesWay = { givesWay: '24' }
      await stores.decisions.putExternalId(inquiry, DECIDED)
      const kept = { outcome: 'exists', existing: inquiry }
      expect(await stores.decisions.putExternalId(payment, DECIDED)).toEqual(kept)
      const others = [
        { ...payment, requestId: 'R2' },
        { ...payment, signedAt: DECIDED },
      ]
      for (const other of others) expect(await stores.decisions.putExternalId(other, DECIDED, givesWay)).toEqual(kept)
      expect(await stores.decisions.putExternalId(payment, DECIDED, { givesWay: '25' })).toEqual(kept)
      expect(await stores.decisions.putExternalId(payment, DECIDED, givesWay)).toEqual({ outcome: 'put' })
      const again = { ...payment, signedAt: instant(DECIDED + 2) }
      expect(await stores.decisions.putExternalId(again, DECIDED, givesWay)).toEqual({
        outcome: 'exists',
        existing: payment,
      })
    })

    test('the mark of an inquiry is there for its channel, payment and signature only, however often it is put', async () => {
      const [paymentId, signature] = [fresh('T'), fresh('S')]
      const mark = { channel: 'alfamart', paymentId, signature, expiresAt: instant(DECIDED + 1) }
      expect(await stores.decisions.hasInquiryMark('alfamart', paymentId, signature)).toBe(false)
      await stores.decisions.putInquiryMark(mark)
      await stores.decisions.putInquiryMark(mark)
      expect(await stores.decisions.hasInquiryMark('alfamart', paymentId, signature)).toBe(true)
      expect(await stores.decisions.hasInquiryMark('pos', paymentId, signature)).toBe(false)
      expect(await stores.decisions.hasInquiryMark('alfamart', fresh('T'), signature)).toBe(false)
      expect(await stores.decisions.hasInquiryMark('alfamart', paymentId, fresh('S'))).toBe(false)
      expect(await stores.decisions.get('alfamart', paymentId)).toBeUndefined()
    })

    test('of many calls under one external id exactly one binds it', async () => {
      const item = externalOf()
      const outcomes = await Promise.all(
        Array.from({ length: 12 }, () => stores.decisions.putExternalId(item, DECIDED)),
      )
      expect(outcomes.filter(({ outcome }) => outcome === 'put')).toHaveLength(1)
    })

    test('many decisions and many self-paid memberships are read at once, those that are there', async () => {
      const own = fresh('MANY')
      const ids = Array.from({ length: 130 }, (_, i) => `${own}-${i % 120}`)
      const made = [`${own}-0`, `${own}-119`].map((paymentId) => decisionOf(paymentId))
      for (const decision of made) await stores.decisions.put(decision)
      const found = await stores.decisions.getMany('bni', ids)
      expect(found.toSorted((a, b) => (a.paymentId < b.paymentId ? -1 : 1))).toEqual(made)
      expect(await stores.decisions.getMany('nobody', ids)).toEqual([])
      const [paying, other] = [freshParticipant(), freshParticipant()]
      await stores.decisions.takeSelfPaid(paying, FIRST)
      expect([...(await stores.decisions.selfPaidMemberships([paying, other, paying]))]).toEqual([[paying, FIRST]])
      expect(await stores.decisions.selfPaidMemberships([])).toEqual(new Map())
    })

    test('a NIK pays for one membership of its own, until that one frees it', async () => {
      const nik = freshParticipant()
      expect(await stores.decisions.selfPaidMembership(nik)).toBeUndefined()
      expect(await stores.decisions.takeSelfPaid(nik, FIRST)).toEqual({ outcome: 'put' })
      expect(await stores.decisions.takeSelfPaid(nik, FIRST)).toEqual({ outcome: 'put' })
      expect(await stores.decisions.takeSelfPaid(nik, SECOND)).toEqual({
        outcome: 'exists',
        existing: '11111111111',
      })
      await stores.decisions.freeSelfPaid(nik, SECOND)
      expect(await stores.decisions.selfPaidMembership(nik)).toBe('11111111111')
      await stores.decisions.freeSelfPaid(nik, FIRST)
      expect(await stores.decisions.selfPaidMembership(nik)).toBeUndefined()
      await stores.decisions.freeSelfPaid(nik, FIRST)
      expect(await stores.decisions.takeSelfPaid(nik, SECOND)).toEqual({ outcome: 'put' })
    })
  })

  describe('facts', () => {
    test('a fact is put once; a heal with another recorded instant changes nothing', async () => {
      const fact = paymentOf(fresh('T'), { account: freshKpj() })
      expect(await stores.facts.put(fact)).toBe('put')
      expect(await stores.facts.put({ ...fact, recordedAt: instant(fact.recordedAt + 60_000) })).toBe('exists')
      expect(await stores.facts.get(fact.account, keyOf(fact))).toEqual(fact)
      expect(await stores.facts.get(fact.account, factKey('payment', 'bni', ['nobody']))).toBeUndefined()
    })

    test('an account has all of its facts and no other', async () => {
      const account = freshKpj()
      const payment = paymentOf(fresh('T'), { account })
      const facts: readonly Fact[] = [termsOf(account), payment, reversalOf(payment)]
      for (const fact of facts) await stores.facts.put(fact)
      await stores.facts.put(paymentOf(fresh('T'), { account: freshKpj() }))
      const found = await stores.facts.ofAccount(account)
      expect([...found].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))).toEqual(
        [...facts].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
      )
      expect(await stores.facts.ofAccount(freshKpj())).toEqual([])
    })

    test('several facts are read by key, each once, the missing ones left out', async () => {
      const account = freshKpj()
      const facts = Array.from({ length: 105 }, (_, i) => paymentOf(`${fresh('T')}-${i}`, { account }))
      await Promise.all(facts.map((fact) => stores.facts.put(fact)))
      const keys = facts.map(keyOf)
      const found = await stores.facts.getMany(account, [
        ...keys,
        ...keys.slice(0, 3),
        factKey('payment', 'bni', ['no']),
      ])
      expect(found.map(keyOf).sort()).toEqual([...keys].sort())
      expect(await stores.facts.getMany(account, [])).toEqual([])
    })

    test('an account of more than one page is read to the end', async () => {
      const account = suspenseAccount('bni', fresh('T'))
      const outlet = 'O'.repeat(30_000)
      const facts = Array.from({ length: 70 }, (_, i) => paymentOf(`P${i}`, { account, outlet }))
      for (const fact of facts) await stores.facts.put(fact)
      expect(await stores.facts.ofAccount(account)).toHaveLength(70)
    })

    test('a business day finds what its source did that day, from all shards, and nothing else', async () => {
      const source = fresh('bank')
      const day = '2026-11-20' as BusinessDate
      const account = freshKpj()
      const payments = Array.from({ length: 60 }, (_, i) =>
        paymentOf(`P${i}`, { account, source, adminFee: rupiah(2_500), outlet: 'AGEN7' }),
      )
      const reversal = reversalOf(payments[0] ?? paymentOf('P0'))
      const tomorrow = paymentOf('next', { account, source, businessDate: '2026-11-21' as BusinessDate })
      const terms = { ...termsOf(account), source, decidedAt: payments[0]?.decidedAt ?? DECIDED }
      await Promise.all([...payments, reversal, tomorrow, terms].map((fact) => stores.facts.put(fact)))
      await stores.facts.put(paymentOf('elsewhere', { account, source: fresh('bank') }))
      const entries = await all(stores.facts.byDay(source, day))
      expect(entries.map((entry) => entry.fact).sort()).toEqual([...payments, reversal, terms].map(keyOf).sort())
      expect(entries.find((entry) => entry.kind === 'terms')).toMatchObject({ account, amount: 0, outlet: '' })
      expect(entries.find((entry) => entry.fact === keyOf(payments[1] as Fact))).toEqual({
        account,
        fact: keyOf(payments[1] as Fact),
        kind: 'payment',
        source,
        id: ['P1'],
        amount: payments[1]?.amount,
        adminFee: 2_500,
        outlet: 'AGEN7',
        decidedAt: DECIDED,
      })
      expect(entries.find((entry) => entry.kind === 'reversal')).toMatchObject({ amount: reversal.amount, adminFee: 0 })
      expect(await all(stores.facts.byDay(source, '2026-11-19' as BusinessDate))).toEqual([])
    })

    test('of a day come page by page, each once, for whoever goes on later', async () => {
      const source = fresh('bank')
      const account = freshKpj()
      const payments = Array.from({ length: 1_100 }, (_, i) => paymentOf(`D${i}`, { account, source }))
      for (let i = 0; i < payments.length; i += 50)
        await Promise.all(payments.slice(i, i + 50).map((fact) => stores.facts.put(fact)))
      const found: string[] = []
      let from: string | null = null
      do {
        const page: DayPage = await stores.facts.dayPage(source, payments[0]?.businessDate as BusinessDate, from)
        found.push(...page.entries.map(({ fact }) => fact))
        from = page.next
      } while (from !== null)
      expect(found.sort()).toEqual(payments.map(keyOf).sort())
    })

    test('of one instant in one partition are as many as they are, also where a page ends between them', async () => {
      // What people decide lies in one partition.
      const source = 'settlement'
      const day = '2031-05-05' as BusinessDate
      const [one, other] = [freshKpj(), freshKpj()]
      const facts = Array.from({ length: 1_100 }, (_, i) =>
        paymentOf(`E${i >> 1}`, { account: i % 2 ? one : other, source, businessDate: day }),
      )
      for (let i = 0; i < facts.length; i += 50)
        await Promise.all(facts.slice(i, i + 50).map((fact) => stores.facts.put(fact)))
      const nameOf = ({ account, fact }: { readonly account: Account; readonly fact: string }) => `${account} ${fact}`
      const expected = facts.map((fact) => nameOf({ account: fact.account, fact: keyOf(fact) })).sort()
      expect((await all(stores.facts.byDay(source, day))).map(nameOf).sort()).toEqual(expected)
      const paged: string[] = []
      let from: string | null = null
      do {
        const page: DayPage = await stores.facts.dayPage(source, day, from)
        paged.push(...page.entries.map(nameOf))
        from = page.next
      } while (from !== null)
      expect(paged.sort()).toEqual(expected)
    })

    test('name every account that has any, in one segment of a scan', async () => {
      const accounts = Array.from({ length: 12 }, () => freshKpj())
      for (const account of accounts)
        await Promise.all(['A', 'B', 'C'].map((id) => stores.facts.put(paymentOf(id, { account }))))
      const found: string[] = []
      for (const segment of [0, 1, 2]) {
        let from: string | null = null
        do {
          const page: AccountsPage = await stores.facts.accountsPage(segment, 3, from)
          found.push(...page.accounts)
          from = page.next
        } while (from !== null)
      }
      expect(found).toEqual(expect.arrayContaining(accounts))
      expect(new Set(found).size).toBe(found.length)
      // Where a page holds one item, the table is read in some thousand calls.
    }, 120_000)

    test('of many who put one fact all succeed and one fact stands', async () => {
      const fact = paymentOf(fresh('T'), { account: freshKpj() })
      const outcomes = await Promise.all(Array.from({ length: 16 }, () => stores.facts.put(fact)))
      expect(outcomes.filter((outcome) => outcome === 'put')).toHaveLength(1)
      expect(await stores.facts.ofAccount(fact.account)).toEqual([fact])
    })
  })

  describe('memberships', () => {
    test('a view is written only over the version that was read', async () => {
      const first = viewOf(freshKpj(), { version: 1 })
      expect(await stores.memberships.get(first.kpj)).toBeUndefined()
      expect(await stores.memberships.put({ ...first, version: 2 })).toBe('conflict')
      expect(await stores.memberships.put(first)).toBe('put')
      const second = { ...first, version: 2, credit: rupiah(100), paidThrough: null, nextTransition: null }
      expect(await stores.memberships.put(second)).toBe('put')
      expect(await stores.memberships.get(first.kpj)).toEqual(second)
      expect(await stores.memberships.put({ ...first, credit: rupiah(7) })).toBe('conflict')
      expect(await stores.memberships.put({ ...second, credit: rupiah(7) })).toBe('conflict')
      expect(await stores.memberships.get(first.kpj)).toEqual(second)
    })

    test('the very same view put again counts as ours', async () => {
      const view = viewOf(freshKpj(), { version: 1 })
      await stores.memberships.put(view)
      expect(await stores.memberships.put(view)).toBe('put')
    })

    test('of many folds that read one version exactly one is written', async () => {
      const first = viewOf(freshKpj(), { version: 1 })
      await stores.memberships.put(first)
      const views = Array.from({ length: 16 }, (_, i) => ({ ...first, version: 2, factCount: i }))
      const outcomes = await Promise.all(views.map((view) => stores.memberships.put(view)))
      expect(outcomes.filter((outcome) => outcome === 'put')).toHaveLength(1)
      expect(await stores.memberships.get(first.kpj)).toEqual(views[outcomes.indexOf('put')])
    })

    test('the memberships of a person are found with their funding', async () => {
      const participant = freshParticipant()
      const own = viewOf(freshKpj(), { participant })
      const sponsored = viewOf(freshKpj(), { participant, terms: { ...own.terms, funding: 'village' } })
      for (const view of [own, sponsored, viewOf(freshKpj())]) await stores.memberships.put(view)
      const found = await stores.memberships.ofParticipant(participant)
      expect([...found].sort((a, b) => (a.kpj < b.kpj ? -1 : 1))).toEqual(
        [own, sponsored]
          .map((view) => ({ kpj: view.kpj, funding: view.terms.funding }))
          .sort((a, b) => (a.kpj < b.kpj ? -1 : 1)),
      )
      expect(await stores.memberships.ofParticipant(freshParticipant())).toEqual([])
    })

    test('a scan in segments sees every view once', async () => {
      const views = Array.from({ length: 30 }, () => viewOf(freshKpj()))
      await Promise.all(views.map((view) => stores.memberships.put(view)))
      const segments = await Promise.all([0, 1, 2, 3].map((segment) => all(stores.memberships.scan(segment, 4))))
      const seen = segments.flat().map((view) => view.kpj)
      expect(new Set(seen).size).toBe(seen.length)
      expect(views.filter((view) => !seen.includes(view.kpj))).toEqual([])
    })
  })

  describe('contacts', () => {
    test('a contact is replaced whole, and several are read at once', async () => {
      const contact = contactOf(freshKpj())
      expect(await stores.contacts.get(contact.kpj)).toBeUndefined()
      await stores.contacts.put(contact)
      const changed = { ...contact, name: '', maskedNames: [...contact.maskedNames, { from: DECIDED, name: '' }] }
      await stores.contacts.put(changed)
      expect(await stores.contacts.get(contact.kpj)).toEqual(changed)
      const others = Array.from({ length: 101 }, () => contactOf(freshKpj()))
      await Promise.all(others.map((other) => stores.contacts.put(other)))
      const kpjs = [contact, ...others].map((other) => other.kpj)
      const found = await stores.contacts.getMany([...kpjs, contact.kpj, kpjOf('00000000000')])
      expect(found.map((other) => other.kpj).sort()).toEqual([...kpjs].sort())
      expect(await stores.contacts.getMany([])).toEqual([])
    })

    test('a contact is put over exactly what was read, and over nothing that somebody wrote since', async () => {
      const contact = contactOf(freshKpj())
      const renamed = { ...contact, name: 'SITI AMINAH', phone: '' }
      expect(await stores.contacts.putOver(renamed, contact)).toBe('conflict')
      expect(await stores.contacts.get(contact.kpj)).toBeUndefined()
      expect(await stores.contacts.putOver(contact, undefined)).toBe('put')
      expect(await stores.contacts.putOver(contact, undefined)).toBe('put')
      expect(await stores.contacts.putOver(renamed, undefined)).toBe('conflict')
      const preferences = { ...NO_PREFERENCES, language: 'en', optedOut: true } as const
      await stores.contacts.prefer(contact.kpj, preferences, 'siti@example.id')
      expect(await stores.contacts.putOver(renamed, contact)).toBe('conflict')
      const standing = { ...contact, preferences, email: 'siti@example.id' }
      expect(await stores.contacts.get(contact.kpj)).toEqual(standing)
      for (let again = 0; again < 2; again++) {
        expect(await stores.contacts.putOver({ ...standing, name: 'SITI AMINAH' }, standing)).toBe('put')
      }
      expect(await stores.contacts.get(contact.kpj)).toEqual({ ...standing, name: 'SITI AMINAH' })
      expect(await stores.contacts.putOver(contact, standing)).toBe('conflict')
    })

    test('preferences change nothing else of a contact, and nobody who is not there', async () => {
      const contact = contactOf(freshKpj())
      await stores.contacts.put(contact)
      const preferences = { language: 'en', preferredChannel: 'email', optedOut: true, wrongNumber: true } as const
      await stores.contacts.prefer(contact.kpj, preferences, 'siti@example.id')
      expect(await stores.contacts.get(contact.kpj)).toEqual({ ...contact, preferences, email: 'siti@example.id' })
      await stores.contacts.prefer(contact.kpj, NO_PREFERENCES, '')
      expect(await stores.contacts.get(contact.kpj)).toEqual({ ...contact, preferences: NO_PREFERENCES, email: '' })
      const unregistered = freshKpj()
      await stores.contacts.prefer(unregistered, preferences, '')
      expect(await stores.contacts.get(unregistered)).toBeUndefined()
    })

    test('what was erased stays so: read as nobody, put and preferred in vain, erased since the first time', async () => {
      const contact = contactOf(freshKpj())
      expect(await stores.contacts.put(contact)).toBe('put')
      expect(await stores.contacts.erasedAt(contact.kpj)).toBeUndefined()
      await stores.contacts.erase(contact.kpj, DECIDED)
      await stores.contacts.erase(contact.kpj, instant(DECIDED + 1))
      expect(await stores.contacts.put(contact)).toBe('erased')
      await stores.contacts.prefer(contact.kpj, { ...NO_PREFERENCES, optedOut: true }, 'a@example.id')
      expect(await stores.contacts.get(contact.kpj)).toBeUndefined()
      expect(await stores.contacts.getMany([contact.kpj])).toEqual([])
      expect(await stores.contacts.erasedAt(contact.kpj)).toBe(DECIDED)
    })

    test('over what was erased nothing is put, whoever was read there before', async () => {
      const contact = contactOf(freshKpj())
      await stores.contacts.put(contact)
      await stores.contacts.erase(contact.kpj, DECIDED)
      for (const before of [undefined, contact]) {
        expect(await stores.contacts.putOver(contact, before)).toBe('erased')
        expect(await stores.contacts.putOver({ ...contact, name: 'SITI AMINAH' }, before)).toBe('erased')
      }
      expect(await stores.contacts.get(contact.kpj)).toBeUndefined()
      expect(await stores.contacts.erasedAt(contact.kpj)).toBe(DECIDED)
    })
  })
})
