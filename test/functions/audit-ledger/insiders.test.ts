/**
 * Somebody inside puts an item straight into a table, past every function. Each row is such an item, what finds it, and after how
 * long at most; the table is printed, and stands in docs/measurements.md.
 */
import { expect, test } from 'vitest'
import { readChainRecord } from '../../../functions/anchor-audit/read-record.ts'
import { demandAuditedExit, demandAuditedResolution } from '../../../functions/reconcile-settlement/audited.ts'
import { suspenseAccount } from '../../../shared/domain/account.ts'
import { closureSubject } from '../../../shared/domain/closure-act.ts'
import { type ClosingFact, type Fact, keyOf, type ReopeningFact } from '../../../shared/domain/fact.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { paymentKey } from '../../../shared/domain/payment-key.ts'
import type { SuspenseExit } from '../../../shared/domain/suspense-exit.ts'
import { readAuditEntry } from '../../../shared/store/audit/item.ts'
import type { Resolution } from '../../../shared/store/settlements/records.ts'
import { approvedInChain, chainOf } from '../../support/approved-in-chain.ts'
import { BILL, counterOf, MONTH_PRICE } from '../../support/endpoint.ts'
import { at, date, KPJ, pay } from '../../support/facts.ts'
import { type Audit, auditOn } from './audit.ts'

const DAY = '2026-11-20'
const OTHER = kpjOf('22222222222')

type Insider = {
  readonly table: string
  readonly forged: string
  readonly foundBy: string
  readonly within: string
  /** The word by which it is found; undefined: it is not. */
  readonly find: () => Promise<string | undefined>
}

const NIGHT = 'the next night, 03:30'
const AT_ONCE = 'at once: it is parked and moves nothing'

/** What the night after that day finds. */
async function night(forge: (audit: Audit) => Promise<void>): Promise<string | undefined> {
  const audit = await auditOn()
  await counterOf(audit.hub, 'bni').pay({ paymentId: 'TRUE' })
  await audit.fold()
  await forge(audit)
  audit.nextMorning()
  await audit.play({ task: 'nightly' })
  const lines = [...(await audit.lines(DAY)), ...(await audit.lines('2026-11-21'))]
  return lines.flatMap(({ samples }) => samples.map(({ difference }) => difference))[0]
}

const facts =
  (...put: readonly Fact[]) =>
  async (audit: Audit) => {
    for (const fact of put) await audit.hub.store.facts.put(fact)
    await audit.fold()
  }

async function codeOf(work: Promise<unknown>): Promise<string | undefined> {
  return work.then(
    () => undefined,
    (error: { readonly code?: string }) => error.code,
  )
}

const stamp = { decidedAt: at('2026-11-20T15:00'), recordedAt: at('2026-11-20T15:00'), businessDate: date(DAY) }
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

test('an entry that the hub appended is none of it', () => {
  const { entries } = approvedInChain(RESOLUTION)
  expect(entries).toHaveLength(2)
  expect(() => readAuditEntry({})).toThrow()
})
