/**
 * Somebody inside puts an item straight into a table, past every function. Each row is such an item, what finds it, and after how
 * long at most; the table is printed, and stands in docs/measurements.md.
 */
import { expect, test } from 'vitest'
import { readChainRecord } from '../../../functions/anchor-audit/read-record.ts'
import { demandAuditedExit, demandAuditedResolution } from '../../../functions/reconcile-settlement/audited.ts'
import { type Account, suspenseAccount } from '../../../shared/domain/account.ts'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { closureSubject } from '../../../shared/domain/closure-act.ts'
import { type ClosingFact, type Fact, keyOf, type ReopeningFact } from '../../../shared/domain/fact.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { paymentKey } from '../../../shared/domain/payment-key.ts'
import type { SuspenseExit } from '../../../shared/domain/suspense-exit.ts'
import { readAuditEntry } from '../../../shared/store/audit/item.ts'
import type { Resolution } from '../../../shared/store/settlements/records.ts'
import { approvedInChain, chainOf } from '../../support/approved-in-chain.ts'
import { BILL, counterOf, issueBill, MONTH_PRICE, register } from '../../support/endpoint.ts'
import { at, date, KPJ, pay, spendCredit, terms } from '../../support/facts.ts'
import { decisionOf } from '../../support/stored.ts'
import { type Audit, auditOn } from './audit.ts'
import { BORROWED, released } from './borrowed-vouchers.ts'
import { DAY, facts, type Insider, NIGHT, night, OTHER, SUNDAY, stamp, sunday } from './put-past.ts'

/** Straight into table `settlements`. */
const putEntry = (part: string, entry: string, value: object) => async (audit: Audit) => {
  const parts = audit.settlements.everything() as Map<string, Map<string, { value: string }>>
  const entries = parts.get(part) ?? new Map<string, { value: string }>()
  parts.set(part, entries.set(entry, { value: JSON.stringify(value) }))
}

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: { readonly code?: string }) => error.code,
  )
}

const CLOSED: ClosingFact = {
  kind: 'closing',
  account: KPJ,
  source: 'console',
  id: ['0001'],
  decidedAt: stamp.decidedAt,
  recordedAt: stamp.recordedAt,
  on: date(DAY),
  reason: 'moved',
}
const REOPENED: ReopeningFact = {
  kind: 'reopening',
  account: KPJ,
  source: 'console',
  id: ['0001'],
  decidedAt: at('2026-11-20T16:00'),
  recordedAt: at('2026-11-20T16:00'),
  reason: 'by mistake',
}
const AT_ONCE = 'at once: it is parked and moves nothing'
const RESOLUTION: Omit<Resolution, 'audit'> = {
  differenceId: 'bni-20261120-0123456789ab',
  channel: 'bni',
  date: date(DAY),
  differenceVersion: 3,
  finding: { class: 'missing-in-hub', paymentId: 'X1', lines: [1] } as never,
  action: 'post',
  reason: 'as agreed',
  paymentId: null,
  proposedBy: 'operator-1',
  approvedBy: 'approver-1',
  approvedAt: at('2026-11-21T09:00'),
}
const EXIT = {
  channel: 'bni',
  paymentId: 'X1',
  step: 'posting-1',
  action: 'release',
  account: suspenseAccount('bni', 'X1'),
  fact: 'posting#settlement#bni#X1',
  businessDate: date(DAY),
  amount: rupiah(8_400),
  to: OTHER,
  approvedAt: at('2026-11-21T09:00'),
} as SuspenseExit

const INSIDERS: readonly Insider[] = [
  {
    table: 'facts',
    forged: 'a payment of a month, without a decision',
    foundBy: 'audit-ledger: fact-without-decision',
    within: NIGHT,
    find: () => night(facts(pay('FORGED', '2026-11-20T12:00', ['2027-01']))),
  },
  {
    table: 'facts',
    forged: 'a posting of finance that nobody approved',
    foundBy: 'audit-ledger: fact-without-resolution',
    within: NIGHT,
    find: () =>
      night(
        facts({
          ...{ kind: 'posting', account: suspenseAccount('bni', 'X'), source: 'settlement', id: ['bni', 'X'] },
          ...{ ...stamp, amount: rupiah(5_000), months: [], creditDrawn: ZERO },
        } as Fact),
      ),
  },
  {
    table: 'facts',
    forged: 'a reversal of finance that nobody approved',
    foundBy: 'audit-ledger: fact-without-resolution',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        const payment = (await audit.hub.store.facts.ofAccount(KPJ)).find(({ kind }) => kind === 'payment')
        if (payment?.kind !== 'payment') throw new Error('expected a payment')
        const reversal = { kind: 'reversal', account: KPJ, source: 'finance', id: ['bni', 'TRUE'], outlet: '' }
        const of = { reverses: keyOf(payment), amount: payment.amount, partnerAt: stamp.decidedAt }
        await facts({ ...reversal, ...stamp, ...of } as Fact)(audit)
        audit.recorded.set(DAY, [KPJ])
      }),
  },
  {
    table: 'facts',
    forged: 'a share of a bill that nobody paid',
    foundBy: 'audit-ledger: share-without-payment',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        const share = { kind: 'share', account: KPJ, source: 'pos', id: [BILL, 'C'], months: ['2026-12'] }
        const paidBy = {
          billCode: BILL,
          channel: 'pos',
          paymentId: 'C',
          amount: rupiah(MONTH_PRICE),
          creditDrawn: ZERO,
        }
        await facts({ ...share, ...stamp, ...paidBy, hubReference: 'CH0000000000000000' } as unknown as Fact)(audit)
        audit.recorded.set(DAY, [KPJ])
      }),
  },
  {
    table: 'facts',
    forged: 'a channel’s reversal that no channel asked for',
    foundBy: 'audit-ledger: not-authentic',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        const payment = (await audit.hub.store.facts.ofAccount(KPJ)).find(({ kind }) => kind === 'payment')
        if (payment?.kind !== 'payment') throw new Error('expected a payment')
        const reversal = { kind: 'reversal', account: KPJ, source: 'bni', id: ['TRUE'], outlet: '' }
        const of = { reverses: keyOf(payment), amount: payment.amount, partnerAt: stamp.decidedAt }
        await facts({ ...reversal, ...stamp, ...of } as Fact)(audit)
      }),
  },
  {
    table: 'facts',
    forged: 'a payment with a decision of its own, and the digest of evidence that does not exist',
    foundBy: 'audit-ledger: not-authentic',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        const forged = pay('FORGED', '2026-11-20T12:00', ['2027-01'])
        const { kind: _, account, source, id, decidedAt, recordedAt: __, ...terms } = forged
        const outcome = { kind: 'accepted', terms, nameFrom: null } as const
        const decision = decisionOf(id[0] ?? '', { channel: source, account, decidedAt, outcome })
        await audit.hub.store.decisions.put({ ...decision, evidenceDigest: new Uint8Array(33) })
        await facts(forged)(audit)
      }),
  },
  {
    table: 'facts',
    forged: 'a closing of a membership that nobody approved',
    foundBy: 'audit-ledger: fact-without-resolution',
    within: NIGHT,
    find: () => night(facts(CLOSED)),
  },
  {
    table: 'facts',
    forged: 'a closing under the approval of another day of cover',
    foundBy: 'audit-ledger: fact-without-resolution',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        const request = { action: 'close', on: '2027-01-31' }
        audit.approve(closureSubject(KPJ), stamp.decidedAt, { request, reason: 'moved' })
        await facts(CLOSED)(audit)
      }),
  },
  {
    table: 'facts',
    forged: 'a reopening of a membership that nobody approved',
    foundBy: 'audit-ledger: fact-without-resolution',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        const request = { action: 'close', on: DAY }
        audit.approve(closureSubject(KPJ), stamp.decidedAt, { request, reason: 'moved' })
        await facts(CLOSED, REOPENED)(audit)
      }),
  },
  {
    table: 'facts',
    forged: 'credit that pays a year at the price of nothing',
    foundBy: 'audit-ledger: price-differs',
    within: SUNDAY,
    find: () =>
      sunday((audit) => {
        const free = { jkk: ZERO, jkm: ZERO, jht: ZERO }
        const months = [{ first: month('2026-12'), count: 12, price: free }]
        return facts({ ...spendCredit('2026-11-20T15:00', ['2026-12']), months })(audit)
      }),
  },
  {
    table: 'facts',
    forged: 'a share of a bill that was paid, for somebody who is not on it',
    foundBy: 'audit-ledger: share-without-payment',
    within: SUNDAY,
    find: () =>
      sunday(async (audit) => {
        await register(audit.hub, [{ ...terms('2026-01'), account: OTHER }])
        const { billCode: customerId, amount } = await issueBill(audit.hub, ['2026-12'])
        await counterOf(audit.hub, 'bni').pay({ customerId, paymentId: 'BILL', amount })
        await audit.fold()
        const [real] = (await audit.hub.store.facts.ofAccount(KPJ)).filter(({ kind }) => kind === 'share')
        if (!real) throw new Error('expected the bill’s share')
        await facts({ ...real, account: OTHER } as Fact)(audit)
      }),
  },
  {
    table: 'facts',
    forged: 'a payment’s own fact, written over with twelve months',
    foundBy: 'audit-ledger: fact-without-decision',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        const { facts: store } = audit.ports
        const over = (fact: Fact): Fact =>
          fact.kind === 'payment' ? { ...fact, months: fact.months.map((run) => ({ ...run, count: 12 })) } : fact
        const ofAccount = async (account: Account) => (await store.ofAccount(account)).map(over)
        Object.assign(audit.ports, { facts: { ...store, ofAccount } })
      }),
  },
  {
    table: 'facts',
    forged: 'a posting under somebody’s write-off of the same instant',
    foundBy: 'audit-ledger: fact-without-resolution',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        const about = { action: 'write-off', evidence: { paymentId: 'X', lines: [1], fileAmountRupiah: 50_000_000 } }
        audit.approve('bni-20261120-0123456789ab', stamp.decidedAt, about)
        const posting = { kind: 'posting', account: KPJ, source: 'settlement', id: ['bni', 'X'] }
        await facts({ ...posting, ...stamp, amount: rupiah(50_000_000), months: [], creditDrawn: ZERO } as Fact)(audit)
      }),
  },
  ...BORROWED,
  {
    table: 'payment-decisions',
    forged: 'a NIK that pays for another membership',
    foundBy: 'audit-ledger: payer-differs',
    within: SUNDAY,
    find: () =>
      sunday(async (audit) => {
        const selfPaidMembership = async () => OTHER
        Object.assign(audit.ports, { decisions: { ...audit.ports.decisions, selfPaidMembership } })
      }),
  },
  {
    table: 'bills',
    forged: 'a bill for a year at a price of its own, paid at a till',
    foundBy: 'audit-ledger: price-differs',
    within: SUNDAY,
    find: () =>
      sunday(async (audit) => {
        const { bills } = audit.hub.store
        const bill = await issueBill(audit.hub, ['2026-12'])
        const months = [{ first: month('2026-12'), count: 12, price: { jkk: rupiah(1), jkm: ZERO, jht: ZERO } }]
        const cheap = { ...bill, billCode: billCodeOf(4_711), amount: rupiah(12) }
        await bills.put(cheap, [{ kpj: KPJ, months, amount: rupiah(12) }])
        const paying = { customerId: cheap.billCode, paymentId: 'CHEAP', amount: rupiah(12) }
        await counterOf(audit.hub, 'bni').pay(paying)
        await audit.fold()
      }),
  },
  {
    table: 'payment-decisions',
    forged: 'an accepted decision without a payment',
    foundBy: 'audit-ledger: decision-without-fact',
    within: '15 minutes, by the stream',
    find: async () => {
      const audit = await auditOn()
      await counterOf(audit.hub, 'bni').pay({ paymentId: 'TRUE' })
      Object.assign(audit.ports, { facts: { ...audit.ports.facts, get: async () => undefined } })
      const [done] = await audit.play({ task: 'decision', decision: paymentKey('bni', 'TRUE') })
      return done !== undefined && 'found' in done ? done.found.samples[0]?.difference : undefined
    },
  },
  {
    table: 'memberships',
    forged: 'a view that is paid for a year',
    foundBy: 'audit-ledger: view-differs',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        const view = await audit.hub.store.memberships.get(KPJ)
        if (!view) throw new Error('expected a view')
        const forged = { ...view, credit: rupiah(999_999) }
        Object.assign(audit.ports, { memberships: { get: async () => forged } })
      }),
  },
  {
    table: 'settlements',
    forged: 'a resolution that nobody approved',
    foundBy: 'reconcile-settlement: RESOLUTION_NOT_AUDITED',
    within: AT_ONCE,
    find: () => codeOf(demandAuditedResolution(chainOf([]), { ...RESOLUTION, audit: { sequence: 1, hash: '' } })),
  },
  {
    table: 'settlements',
    forged: 'a resolution under the entry of another one',
    foundBy: 'reconcile-settlement: RESOLUTION_NOT_AUDITED',
    within: AT_ONCE,
    find: () => {
      const { audit, resolution } = approvedInChain(RESOLUTION)
      return codeOf(demandAuditedResolution(audit, { ...resolution, action: 'write-off' }))
    },
  },
  {
    table: 'settlements',
    forged: 'an exit from suspense to another membership',
    foundBy: 'reconcile-settlement: RESOLUTION_NOT_AUDITED',
    within: AT_ONCE,
    find: () => codeOf(demandAuditedExit(chainOf([]), EXIT)),
  },
  {
    table: 'settlements',
    forged: 'a day that nobody signed off',
    foundBy: 'audit-ledger: record-without-entry',
    within: NIGHT,
    find: () => {
      const signed = { proposedBy: 'operator-1', signedBy: 'approver-1', signedAt: stamp.decidedAt }
      const content = { version: 1, digest: 'f'.repeat(64), carried: [], openDifferences: 0, differences: [] }
      const signOff = { channel: 'bni', date: DAY, sequence: 1, ...content, ...signed }
      return night(putEntry('sign-offs#bni', `${DAY}#0001`, signOff))
    },
  },
  {
    table: 'settlements',
    forged: 'a closed month that nobody closed',
    foundBy: 'audit-ledger: record-without-entry',
    within: NIGHT,
    find: () =>
      night(putEntry('month-closings', '2026-10', { month: '2026-10', digest: 'x', closedAt: stamp.decidedAt })),
  },
  {
    table: 'settlements',
    forged: 'a bank movement that nobody placed on our own costs',
    foundBy: 'audit-ledger: record-without-entry',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        const movement = { id: 'M1', bookedOn: DAY, valueOn: DAY, amount: -1_000_000, statement: 'S', entry: 1 }
        const place = { kind: 'charges', amount: -1_000_000 }
        const placement = { id: 'M1', bookedOn: DAY, version: 1, recordedAt: stamp.decidedAt, by: 'resolution' }
        await putEntry(`bank#${DAY}`, 'credit#M1', movement)(audit)
        await putEntry(`placements#${DAY}`, 'placement#M1#0001', { ...placement, places: [place] })(audit)
      }),
  },
  {
    table: 'settlements',
    forged: 'a fee invoice that nobody entered',
    foundBy: 'audit-ledger: record-without-entry',
    within: NIGHT,
    find: () => {
      const amounts = { fee: 100_000, kept: 0, vat: 11_000, withholding: 2_000 }
      const entered = { enteredBy: 'operator-1', enteredAt: stamp.decidedAt }
      const invoice = { channel: 'pos', number: 'X1', month: '2026-11', date: DAY, ...amounts, ...entered }
      return night(putEntry('fee-invoices#pos', 'invoice#X1', invoice))
    },
  },
  {
    table: 'audit',
    forged: 'an entry that is changed or removed',
    foundBy: 'anchor-audit: AuditChainTouched',
    within: 'seconds, by the stream',
    find: async () => readChainRecord({ eventName: 'MODIFY', dynamodb: {} }).kind,
  },
  {
    table: 'audit',
    forged: 'the whole chain and its head, written anew or deleted',
    foundBy: 'audit-ledger: chain-broken',
    within: NIGHT,
    find: () =>
      night(async (audit) => {
        audit.anchored.chain = { outcome: 'broken', sequence: 1, code: 'ANCHOR_DIFFERS' }
      }),
  },
]

test('each is found, by the word that its row says', async () => {
  const found: string[] = []
  for (const insider of INSIDERS) {
    const word = (await insider.find()) ?? 'nothing'
    const expected = insider.foundBy.split(': ')[1]
    const isRight = word === expected || (expected === 'AuditChainTouched' && word === 'touched')
    found.push(isRight ? 'found' : `${insider.forged}: expected ${expected}, got ${word}`)
    console.log(`${insider.table} | ${insider.forged} | ${insider.foundBy} | ${insider.within}`)
  }
  expect(found).toEqual(INSIDERS.map(() => 'found'))
  console.log(`insiders found ${found.length} of ${INSIDERS.length}`)
})

test('a closing and a reopening that two people approved are none of it', async () => {
  const found = await night(async (audit) => {
    const subject = closureSubject(KPJ)
    audit.approve(subject, CLOSED.decidedAt, { request: { action: 'close', on: CLOSED.on }, reason: CLOSED.reason })
    audit.approve(subject, REOPENED.decidedAt, { request: { action: 'reopen', on: null }, reason: REOPENED.reason })
    await facts(CLOSED, REOPENED)(audit)
  })
  expect(found).toBeUndefined()
})

test('a release that two people approved is none of it', async () => {
  expect(await night((audit) => released(audit))).toBeUndefined()
})

test('an entry that the hub appended is none of it', () => {
  const { entries } = approvedInChain(RESOLUTION)
  expect(entries).toHaveLength(2)
  expect(() => readAuditEntry({})).toThrow()
})
