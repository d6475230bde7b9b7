/** One account against everything that must agree with it: each row spoils one thing, and the audit names it. */
import { describe, expect, test } from 'vitest'
import { auditAccount } from '../../../functions/audit-ledger/audit-account.ts'
import { auditBill } from '../../../functions/audit-ledger/audit-bill.ts'
import type { AccountPorts, AuditPorts } from '../../../functions/audit-ledger/ports.ts'
import { type Account, suspenseAccount } from '../../../shared/domain/account.ts'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import {
  type CreditAllocationFact,
  type Fact,
  type FactKey,
  factKey,
  keyOf,
  type RefundFact,
  type ReversalFact,
} from '../../../shared/domain/fact.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { type Kpj, kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { exitSubject } from '../../../shared/domain/suspense-exit.ts'
import type { AcceptedDecision } from '../../../shared/ledger/accepted-decision.ts'
import type { BilledMember } from '../../../shared/ledger/billed-members.ts'
import { endpointDigests, ledgerMacs } from '../../../shared/ledger/payment-digests.ts'
import { paymentFactOf } from '../../../shared/ledger/payment-facts.ts'
import type { AuditTask } from '../../../shared/messages/audit.ts'
import { prepareDigestKeys } from '../../../shared/runtime/digests.ts'
import { chained } from '../../../shared/store/audit/chain.ts'
import type { MembershipView } from '../../../shared/store/memberships/memberships.ts'
import type { PaymentDecision } from '../../../shared/store/payment-decisions/payment-decisions.ts'
import { DIGEST_KEYS, decisionBehind, signedReversal } from '../../support/endpoint.ts'
import { at, date, KPJ, pay, post, reverse, share, spendCredit, suspend, terms } from '../../support/facts.ts'
import { viewOf } from '../../support/stored.ts'

const NOW = at('2026-11-21T03:30')
const QUARTER = 15 * 60_000
const BILL = billCodeOf(17)
const OTHER = kpjOf('22222222222')
const PAID = pay('A', '2026-11-20T10:00', ['2026-11'])

type World = {
  readonly facts: readonly Fact[]
  readonly decisions?: readonly PaymentDecision[]
  readonly view?: MembershipView | undefined
  readonly approvals?: readonly (readonly [subject: string, at: Instant, detail?: object])[]
  /** As the bill froze it; undefined: the member is on no bill. */
  readonly billed?: BilledMember | undefined
  /** For which membership the NIK pays. */
  readonly holder?: Kpj | undefined
  readonly now?: Instant
}

/** What the console writes with the approval of a difference. */
const about = (action: string, paymentId: string, fileAmountRupiah: number | null = null, lines = [7]) => ({
  action,
  evidence: { class: 'missing-in-hub', paymentId, fileAmountRupiah, lines },
})

function portsOf(world: World): AccountPorts {
  const { facts, decisions = [], view, approvals = [], now = NOW } = world
  const chain = approvals.map(([subject, when, detail = {}]) =>
    chained(undefined, { at: when, actor: 'approver-1', action: 'approved', subject, detail: detail as never }),
  )
  return {
    facts: {
      ofAccount: async (account) => facts.filter((fact) => fact.account === account),
      get: async (account, key) => facts.find((fact) => fact.account === account && keyOf(fact) === key),
    },
    memberships: { get: async () => view },
    decisions: {
      get: async (channel, paymentId) =>
        decisions.find((each) => each.channel === channel && each.paymentId === paymentId),
      selfPaidMembership: async () => ('holder' in world ? world.holder : KPJ),
    },
    billed: async () => world.billed,
    chainAt: async (when) => chain.filter((entry) => entry.at === when),
    macs: ledgerMacs(DIGEST_KEYS),
    rules: RULES,
    now: () => now,
  }
}

async function foundIn(world: World, account: Account = KPJ): Promise<readonly string[]> {
  const { found } = await auditAccount(portsOf(world), account)
  return found.map(({ difference, fact }) => (fact === '' ? difference : `${difference} ${fact}`))
}

describe('a payment and its decision', () => {
  const differs = `fact-without-decision ${keyOf(PAID)}`
  const outcome = decisionBehind(PAID).outcome as Extract<PaymentDecision['outcome'], { readonly kind: 'accepted' }>
  const withTerms = (changed: object) => ({ outcome: { ...outcome, terms: { ...outcome.terms, ...changed } } as never })

  test('agree', async () => {
    expect(await foundIn({ facts: [PAID], decisions: [decisionBehind(PAID)] })).toEqual([])
  })

  test.each<[string, Partial<PaymentDecision>]>([
    ['of another account', { account: OTHER }],
    ['of another instant', { decidedAt: (PAID.decidedAt + 1) as Instant }],
    ['of another amount', withTerms({ amount: rupiah(PAID.amount + 1) })],
    ['of another day', withTerms({ businessDate: date('2026-11-19') })],
    ['that refused', { outcome: { kind: 'refused', code: 'expired' } as never }],
    ['of another payment', { paymentId: 'B' }],
    ['at another channel', { channel: 'pos' }],
  ])('a decision %s is not this payment’s', async (_, changed) => {
    expect(await foundIn({ facts: [PAID], decisions: [decisionBehind(PAID, changed)] })).toEqual([differs])
  })

  test.each<[string, Partial<PaymentDecision>]>([
    ['another evidence', { evidenceDigest: new Uint8Array(33) }],
    ['another account', { account: OTHER }],
    ['another instant', { decidedAt: (PAID.decidedAt + 1) as Instant }],
    ['another amount', withTerms({ amount: rupiah(PAID.amount + 1) })],
    ['another fee', withTerms({ adminFee: rupiah(PAID.adminFee + 1) })],
    ['another credit', withTerms({ creditDrawn: rupiah(1) })],
    ['another business day', withTerms({ businessDate: date('2026-11-19') })],
    ['another signed time', withTerms({ partnerAt: (PAID.partnerAt + 1) as Instant })],
    ['other months', withTerms({ months: [] })],
    ['no code', { mac: undefined as never }],
    ['a code of five bytes', { mac: new Uint8Array(5) }],
    ['a code under a key that nobody has', { mac: new Uint8Array(17).fill(9) }],
    [
      'the code of another payment',
      { mac: decisionBehind(pay('B', '2026-11-20T10:00', ['2026-11'])).mac as Uint8Array },
    ],
  ])('with %s than its endpoint wrote is a forged one, also where the fact was changed with it', async (_, changed) => {
    const forged = { ...decisionBehind(PAID), ...changed } as AcceptedDecision
    const fact = paymentFactOf(forged, PAID.recordedAt)
    const found = await foundIn({ facts: [fact], decisions: [forged], view: undefined }, forged.account)
    expect(found).toContain(`not-authentic ${keyOf(PAID)}`)
  })

  test('has a code that holds under the key that made it, also when another one is current', async () => {
    const [old, now] = ['b2xk', 'bmV3'].map((text) => Buffer.alloc(32, text).toString('base64'))
    const before = endpointDigests(prepareDigestKeys(JSON.stringify({ current: 1, keys: { 1: old } })), 'bni')
    const keys = prepareDigestKeys(JSON.stringify({ current: 2, keys: { 1: old, 2: now } }))
    const accepted = decisionBehind(PAID) as AcceptedDecision
    const written = { ...accepted, mac: before.macOfDecision(accepted) }
    expect(ledgerMacs(keys).isDecisionAuthentic(written)).toBe(true)
    expect(ledgerMacs(keys).isDecisionAuthentic(accepted)).toBe(false)
  })

  test('posted from settlement has two people’s approval in place of evidence', async () => {
    const unsigned = { evidenceDigest: null, settledAmount: PAID.amount }
    const at = PAID.decidedAt
    const found = (changed: Partial<PaymentDecision>, approvals: World['approvals']) =>
      foundIn({ facts: [PAID], decisions: [decisionBehind(PAID, changed)], ...(approvals ? { approvals } : {}) })
    const lacking = [`decision-without-evidence ${keyOf(PAID)}`]
    const post = about('post', 'A', PAID.amount)
    expect(await found(unsigned, [['bni-20261120-0123456789ab', at, post]])).toEqual([])
    expect(await found(unsigned, [])).toEqual(lacking)
    expect(await found(unsigned, [['pos-20261120-0123456789ab', at, post]])).toEqual(lacking)
    expect(await found(unsigned, [['bnix-20261120-0123456789ab', at, post]])).toEqual(lacking)
    expect(await found({ evidenceDigest: null }, [['bni-20261120-0123456789ab', at, post]])).toEqual(lacking)
    for (const other of [about('write-off', 'A', PAID.amount), about('post', 'B', PAID.amount), about('post', 'A', 1)])
      expect(await found(unsigned, [['bni-20261120-0123456789ab', at, other]])).toEqual(lacking)
    expect(await found({}, [])).toEqual([])
  })
})

describe('what moves money moves some that is there', () => {
  const nobodys = suspenseAccount('bni', 'X')
  const posted = { ...post('X', '2026-11-20T10:00', 500), account: nobodys, source: 'settlement', id: ['bni', 'X'] }
  const approved: World['approvals'] = [['bni-20261120-0123456789ab', posted.decidedAt, about('post', 'X', 500)]]
  const back = signedReversal(reverse(PAID, '2026-11-20T11:00'))
  const aside = suspend(PAID, '2026-11-20T11:00')
  const refund: RefundFact = {
    kind: 'refund',
    account: KPJ,
    source: 'finance',
    id: ['bni', 'A', 'payment-1'],
    decidedAt: at('2026-11-20T11:00'),
    recordedAt: at('2026-11-20T11:00'),
    refunds: keyOf(PAID),
    businessDate: PAID.businessDate,
    amount: rupiah(100),
  }
  const decisions = [decisionBehind(PAID)]

  test('a reversal of the channel needs no approval; one of finance does, and a suspension always', async () => {
    expect(await foundIn({ facts: [PAID, back], decisions })).toEqual([])
    const ours = reverse(PAID, '2026-11-20T11:00', 'finance')
    const lacking = [`fact-without-resolution ${keyOf(ours)}`]
    const found = (subject?: string, detail: object = about('reverse', 'A')) =>
      foundIn({
        facts: [PAID, ours],
        decisions,
        approvals: subject === undefined ? [] : [[subject, ours.decidedAt, detail]],
      })
    expect(await found()).toEqual(lacking)
    expect(await found('pos-20261120-0123456789ab')).toEqual(lacking)
    expect(await found('bni-20261120-0123456789ab')).toEqual([])
    // Money that was in suspense goes back by an exit that two people decided.
    const subject = exitSubject({ channel: 'bni', paymentId: 'A', step: 'payment-1' })
    const refunded = { account: KPJ, fact: keyOf(PAID), request: { action: 'refund', to: null } }
    expect(await found(subject, refunded)).toEqual([])
    expect(await found(exitSubject({ channel: 'bni', paymentId: 'B', step: 'payment-1' }), refunded)).toEqual(lacking)
    expect(await found(subject, { ...refunded, account: OTHER })).toEqual(lacking)
    expect(await found(subject, { ...refunded, fact: factKey('payment', 'bni', ['B']) })).toEqual(lacking)
    expect(await found(subject, { ...refunded, request: { action: 'release', to: KPJ } })).toEqual(lacking)
  })

  test.each<[string, Partial<ReversalFact>]>([
    ['no code', { mac: undefined as never }],
    ['a code of no bytes', { mac: new Uint8Array(0) }],
    ['another instant', { decidedAt: (back.decidedAt + 1) as Instant }],
    ['another signed time', { partnerAt: (back.partnerAt + 1) as Instant }],
    ['another business day', { businessDate: date('2026-11-19') }],
    ['another id', { id: ['B'] }],
    ['another channel', { source: 'pos' }],
  ])('a channel’s reversal with %s than its endpoint wrote is a forged one', async (_, changed) => {
    const forged = { ...back, ...changed }
    expect(await foundIn({ facts: [PAID, forged], decisions })).toContain(`not-authentic ${keyOf(forged)}`)
  })

  test('a reversal’s code is of its account and of what it reverses', () => {
    const { isReversalAuthentic } = ledgerMacs(DIGEST_KEYS)
    expect(isReversalAuthentic(back)).toBe(true)
    expect(isReversalAuthentic({ ...back, account: OTHER })).toBe(false)
    expect(isReversalAuthentic({ ...back, reverses: factKey('payment', 'bni', ['B']) })).toBe(false)
    expect(isReversalAuthentic({ ...back, amount: rupiah(1) })).toBe(false)
  })

  test('a suspension is approved by name, at its instant', async () => {
    const subject = 'bni-20261120-0123456789ab'
    const ours = { ...aside, id: [subject] }
    const found = (name: string, when = aside.decidedAt, detail = about('suspend', 'A')) =>
      foundIn({ facts: [PAID, ours], decisions, approvals: [[name, when, detail]] })
    expect(await found(subject)).toEqual([])
    expect(await found(`${subject}-x`)).toEqual([`fact-without-resolution ${keyOf(ours)}`])
    expect(await found(subject, PAID.decidedAt)).toEqual([`fact-without-resolution ${keyOf(ours)}`])
    expect(await found(subject, aside.decidedAt, about('suspend', 'B'))).toEqual([
      `fact-without-resolution ${keyOf(ours)}`,
    ])
  })

  test('a posting is approved for the channel that it names', async () => {
    expect(await foundIn({ facts: [posted], approvals: approved }, nobodys)).toEqual([])
    const lacking = [`fact-without-resolution ${keyOf(posted)}`]
    expect(await foundIn({ facts: [posted] }, nobodys)).toEqual(lacking)
    for (const other of [about('write-off', 'X', 500), about('post', 'Y', 500), about('post', 'X', 499)])
      expect(
        await foundIn(
          { facts: [posted], approvals: [['bni-20261120-0123456789ab', posted.decidedAt, other]] },
          nobodys,
        ),
      ).toEqual(lacking)
    for (const changed of [{ creditDrawn: rupiah(1) }, { source: 'finance' }, { id: ['bni', 'X', 'again'] }])
      expect(await foundIn({ facts: [{ ...posted, ...changed }], approvals: approved }, nobodys)).toEqual([
        expect.stringContaining('fact-without-resolution'),
      ])
  })

  test('credit pays months at the tariff, and nobody but the hub lets it', async () => {
    const spent = spendCredit('2026-11-20T10:00', ['2026-12'])
    const found = async (changed: Partial<CreditAllocationFact>, own = terms('2026-01')) =>
      (await foundIn({ facts: [own, { ...spent, ...changed }], view: viewOf(KPJ) })).filter((text) =>
        text.startsWith('price-differs'),
      )
    const free = { jkk: ZERO, jkm: ZERO, jht: ZERO }
    const differs = [`price-differs ${keyOf(spent)}`]
    expect(await found({})).toEqual([])
    expect(await found({ months: [{ first: month('2026-12'), count: 12, price: free }] })).toEqual(differs)
    expect(await found({ source: 'bni' })).toEqual([expect.stringContaining('price-differs')])
    expect(await found({}, terms('2027-01'))).toEqual(differs)
    expect(await found({}, terms('2026-01', { income: rupiah(5_000_000) }))).toEqual(differs)
  })

  test('an approval is no proposal', async () => {
    const ports = portsOf({ facts: [posted] })
    const proposed = chained(undefined, {
      at: posted.decidedAt,
      actor: 'proposer-1',
      action: 'proposed',
      subject: 'bni-20261120-0123456789ab',
      detail: about('post', 'X', 500),
    })
    const { found } = await auditAccount({ ...ports, chainAt: async () => [proposed] }, nobodys)
    expect(found.map(({ difference }) => difference)).toEqual(['fact-without-resolution'])
  })

  test.each<[string, Fact]>([
    ['a reversal of what is not there', { ...back, reverses: factKey('payment', 'bni', ['NONE']) }],
    ['a reversal of another amount', { ...back, amount: rupiah(PAID.amount - 1) }],
    ['a suspension of what is not there', { ...aside, moves: factKey('payment', 'bni', ['NONE']) }],
    ['a suspension of another amount', { ...aside, amount: rupiah(1) }],
    ['a refund of what is not there', { ...refund, refunds: factKey('payment', 'bni', ['NONE']) }],
    ['a refund of what is no money', { ...refund, refunds: keyOf(terms('2026-01')) }],
    ['a reversal of what is no money', { ...back, reverses: keyOf(terms('2026-01')), amount: rupiah(0) }],
  ])('%s', async (_, fact) => {
    const world = { facts: [terms('2026-01'), PAID, fact], decisions, view: viewOf(KPJ) }
    expect(await foundIn(world)).toContain(`moves-nothing ${keyOf(fact)}`)
  })

  test('of a refund both halves are there, under one approval', async () => {
    const approvals: World['approvals'] = [
      [
        exitSubject({ channel: 'bni', paymentId: 'A', step: 'payment-1' }),
        refund.decidedAt,
        { account: OTHER, fact: 'share', request: { action: 'refund', to: null } },
      ],
    ]
    const half = { ...refund, account: OTHER, refunds: 'share' as FactKey } as const
    const found = (facts: readonly Fact[], allowed = approvals) =>
      foundIn({ facts: [PAID, refund, ...facts], decisions, approvals: allowed })
    expect((await found([half])).filter((text) => text.includes('exit') || text.includes('resolution'))).toEqual([])
    expect(await found([])).toContain(`exit-without-half ${keyOf(refund)}`)
    expect(await found([{ ...half, amount: rupiah(99) }])).toContain(`exit-without-half ${keyOf(refund)}`)
    expect(await found([{ ...half, refunds: 'other' as FactKey }])).toContain(`exit-without-half ${keyOf(refund)}`)
    expect(await found([half], [])).toContain(`fact-without-resolution ${keyOf(refund)}`)
  })
})

describe('a share and its bill’s payment', () => {
  const part = share('C', '2026-11-20T10:00', ['2026-11'])
  const whole = { ...pay('C', '2026-11-20T10:00', ['2026-11']), account: BILL }

  const own = terms('2026-01', { funding: 'village' })
  const billed = { amount: part.amount, months: part.months, issuedAt: at('2026-11-19T10:00') }
  const found = async (facts: readonly Fact[], world: Partial<World> = { billed }) =>
    (await foundIn({ facts: [own, ...facts], ...world })).filter((text) => !text.startsWith('view-differs'))
  const lacking = [`share-without-payment ${keyOf(part)}`]

  test('agree where both were decided at once', async () => {
    expect(await found([part, whole])).toEqual([])
    expect(await found([part])).toEqual(lacking)
    const later = { ...whole, decidedAt: (whole.decidedAt + 1) as Instant }
    expect(await found([part, later])).toEqual(lacking)
    const elsewhere = { ...whole, account: OTHER }
    expect(await found([part, elsewhere])).toEqual(lacking)
  })

  test('are of a member of the bill, for its months and amount', async () => {
    expect(await found([part, whole], {})).toEqual(lacking)
    expect(await found([part, whole], { billed: { ...billed, amount: rupiah(1) } })).toEqual(lacking)
    expect(await found([part, whole], { billed: { ...billed, months: [] } })).toEqual(lacking)
  })

  test('are at the tariff of the day of issue: a bill at a price of its own is a forged one', async () => {
    const cheap = { ...part, months: part.months.map((run) => ({ ...run, price: { ...run.price, jkm: rupiah(1) } })) }
    const world = { billed: { ...billed, months: cheap.months } }
    expect(await found([cheap, whole], world)).toContain(`price-differs ${keyOf(cheap)}`)
  })

  test('end together: a share’s reversal has its bill’s, at the same instant and by the same hand', async () => {
    const ours = { ...reverse(part, '2026-11-20T11:00', 'finance'), id: part.id }
    const end = { ...reverse(whole, '2026-11-20T11:00', 'finance'), account: BILL }
    expect(await found([part, whole, end, ours])).toEqual([])
    const alone = [`share-without-payment ${keyOf(ours)}`]
    expect(await found([part, whole, ours])).toEqual(alone)
    expect(await found([part, whole, { ...end, source: 'bni' }, ours])).toEqual(alone)
    const later = { ...end, decidedAt: (end.decidedAt + 1) as Instant }
    expect(await found([part, whole, later, ours])).toEqual(alone)
  })
})

describe('the NIK of a member who pays for itself', () => {
  const own = terms('2026-01')
  const view = viewOf(KPJ, { paidThrough: null })
  const other: Fact = { ...terms('2026-02'), account: OTHER }

  test('names its membership, or another that is as good', async () => {
    const world = { facts: [own], view }
    expect(await foundIn(world)).toEqual([])
    expect(await foundIn({ ...world, holder: undefined })).toEqual(['payer-differs'])
    expect(await foundIn({ ...world, holder: OTHER })).toEqual(['payer-differs'])
    expect(await foundIn({ ...world, facts: [own, other], holder: OTHER })).toEqual([])
    const paid: Fact = { ...terms('2026-02', { funding: 'village' }), account: OTHER }
    expect(await foundIn({ ...world, facts: [own, paid], holder: OTHER })).toEqual(['payer-differs'])
  })

  test('is asked about nobody else, and not while facts are on their way', async () => {
    const holder = undefined
    expect(await foundIn({ facts: [terms('2026-01', { funding: 'village' })], view, holder })).toEqual([])
    const now = (own.recordedAt + QUARTER) as Instant
    expect(await foundIn({ facts: [own], view, holder, now })).toEqual([])
  })
})

describe('a view', () => {
  const facts = [terms('2026-01'), PAID]
  const right = viewOf(KPJ, { paidThrough: month('2026-11'), credit: rupiah(0) })
  const found = (view: MembershipView | undefined, all: readonly Fact[] = facts, now = NOW) =>
    foundIn({ facts: all, decisions: [decisionBehind(PAID)], view, now })

  test('says what the facts come to', async () => {
    expect(await found(right)).toEqual([])
    expect(await found(undefined)).toEqual(['view-differs'])
    expect(await found({ ...right, credit: rupiah(1) })).toEqual(['view-differs'])
    expect(await found({ ...right, paidThrough: month('2026-12') })).toEqual(['view-differs'])
    expect(await found({ ...right, paidThrough: null })).toEqual(['view-differs'])
    expect(await foundIn({ facts: [terms('2026-01')], view: { ...right, paidThrough: null } })).toEqual([])
  })

  test('says the last of the months, in whatever order they were paid', async () => {
    const early = pay('B', '2026-11-20T10:01', ['2026-10'])
    const decisions = [decisionBehind(PAID), decisionBehind(early)]
    expect(await foundIn({ facts: [...facts, early], decisions, view: right })).toEqual([])
  })

  test('is there for registered members alone', async () => {
    expect(await found(undefined, [PAID])).toEqual([])
    expect(await found(right, [PAID])).toEqual(['view-differs'])
  })

  test('has a quarter of an hour to follow, from the last fact on', async () => {
    const until = (PAID.recordedAt + QUARTER) as Instant
    expect(await found(undefined, facts, until)).toEqual([])
    expect(await found(undefined, facts, (until + 1) as Instant)).toEqual(['view-differs'])
  })

  test('of a bill, or of nobody’s money, there is none to ask for', async () => {
    const ports = {
      ...portsOf({ facts: [] }),
      memberships: { get: () => Promise.reject(new Error('nobody has a view here')) },
    }
    for (const account of [BILL, suspenseAccount('bni', 'X')] as const)
      expect((await auditAccount(ports, account)).found).toEqual([])
  })
})

describe('a bill', () => {
  const first = { ...pay('C', '2026-11-20T10:00', ['2026-12']), account: BILL, amount: rupiah(16_800) }
  const second = { ...pay('D', '2026-11-20T11:00', ['2026-12']), account: BILL, amount: rupiah(8_400) }
  const parts = [KPJ, OTHER].map((account) => ({
    ...share('C', '2026-11-20T10:00', ['2026-12']),
    account,
    amount: rupiah(8_400),
  }))
  const part = { ...share('D', '2026-11-20T11:00', ['2026-12']), amount: rupiah(8_400) }

  /** The whole walk over the members, one in each chunk; what it came to. */
  async function audited(facts: readonly Fact[], now = NOW) {
    const tasks: AuditTask[] = []
    const lines: object[] = []
    const ports = {
      ...portsOf({ facts, now }),
      facts: {
        ...portsOf({ facts }).facts,
        getMany: async (account: Account, keys: readonly FactKey[]) =>
          facts.filter((fact) => fact.account === account && keys.includes(keyOf(fact))),
      },
      bills: { members: async (_: string, chunk: number) => [[{ kpj: KPJ }], [{ kpj: OTHER }]][chunk - 1] },
      audits: { put: async (line: object) => void lines.push(line) },
      sendTasks: async (sent: readonly AuditTask[]) => void tasks.push(...sent),
    } as unknown as AuditPorts
    const task = { task: 'bill', billCode: BILL, day: date('2026-11-20'), run: NOW, chunk: 1, shares: {} } as const
    const outcomes = []
    for (let next: AuditTask | undefined = task; next?.task === 'bill'; next = tasks.shift())
      outcomes.push(await auditBill(ports, next))
    const last = outcomes.at(-1)
    const found = last && 'found' in last ? last.found.samples.map(({ fact }) => fact) : undefined
    return { found, parts: outcomes.length, lines, looks: last && 'found' in last ? last.found.looks : undefined }
  }

  test('is paid by what its members got, over all chunks and payment by payment', async () => {
    const right = await audited([first, second, ...parts, part])
    expect(right).toEqual({ found: [], parts: 3, lines: [], looks: 1 })
    const lacking = await audited([first, second, parts[0] as Fact, part])
    expect(lacking.found).toEqual([keyOf(first)])
    expect(lacking.lines).toMatchObject([
      {
        subject: `bill#${BILL}`,
        day: '2026-11-20',
        startedAt: NOW,
        finishedAt: NOW,
        differences: { 'shares-differ': 1 },
      },
    ])
    const other = { ...part, amount: rupiah(8_401) }
    expect((await audited([first, second, ...parts, other])).found).toEqual([keyOf(second)])
    expect((await audited([first, ...parts, part])).found).toEqual([])
  })

  test.each(['reversal', 'suspension'] as const)(
    'of which one payment ended by %s has no live shares of it',
    async (how) => {
      const end = {
        ...(how === 'reversal' ? reverse(second, '2026-11-20T12:00') : suspend(second, '2026-11-20T12:00')),
        account: BILL,
      }
      const back = {
        ...reverse(part, '2026-11-20T12:00'),
        source: end.source,
        id: [BILL, 'bni', 'D'],
      }
      expect((await audited([first, second, ...parts, part, end])).found).toEqual([keyOf(second)])
      expect((await audited([first, second, ...parts, part, end, back])).found).toEqual([])
      expect((await audited([first, second, ...parts, end])).found).toEqual([])
    },
  )

  test('that was just paid is for the next audit', async () => {
    const until = (first.recordedAt + QUARTER) as Instant
    expect(await audited([first], until)).toEqual({ found: [], parts: 1, lines: [], looks: 0 })
    expect((await audited([first], (until + 1) as Instant)).found).toEqual([keyOf(first)])
  })
})
