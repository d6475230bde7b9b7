/** The audit of the ledger: silent over books that are right, and each thing that is put past the hub is found by name. */
import { describe, expect, test } from 'vitest'
import { auditLedger, MAX_PARTS } from '../../../functions/audit-ledger/audit-ledger.ts'
import { type Account, suspenseAccount } from '../../../shared/domain/account.ts'
import { type Fact, factKey, keyOf, type PostingFact, type ShareFact } from '../../../shared/domain/fact.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { paymentKey } from '../../../shared/domain/payment-key.ts'
import { exitSubject } from '../../../shared/domain/suspense-exit.ts'
import { AUDIT } from '../../../shared/messages/audit.ts'
import { Defect } from '../../../shared/runtime/faults.ts'
import { BILL, counterOf, issueBill, MONTH_PRICE } from '../../support/endpoint.ts'
import { at, date, KPJ, pay, quoted, reverse, terms } from '../../support/facts.ts'
import { type Audit, auditOn } from './audit.ts'

const OTHER = kpjOf('22222222222')
const DAY = '2026-11-20'

/** Paid at two channels, one of them reversed, a bill for two members paid; all folded. */
async function businessDay(): Promise<Audit> {
  const audit = await auditOn()
  const { hub } = audit
  await hub.store.facts.put({ ...terms('2026-02'), account: OTHER })
  expect(await counterOf(hub, 'bni').pay({ paymentId: 'A' })).toMatchObject({ outcome: 'accepted' })
  expect(await counterOf(hub, 'indomaret').pay({ paymentId: 'B' })).toMatchObject({ outcome: 'accepted' })
  expect(await counterOf(hub, 'indomaret').reverse({ paymentId: 'B' })).toMatchObject({ outcome: 'reversed' })
  await issueBill(hub, ['2026-12'], [KPJ, OTHER])
  const bill = { paymentId: 'C', customerId: BILL, amount: rupiah(2 * MONTH_PRICE) }
  expect(await counterOf(hub, 'pos').pay(bill)).toMatchObject({ outcome: 'accepted' })
  await audit.fold()
  return audit
}

async function put(audit: Audit, ...facts: readonly Fact[]): Promise<void> {
  for (const fact of facts) await audit.hub.store.facts.put(fact)
  await audit.fold()
}

function postingTo(channel: string, paymentId: string): PostingFact {
  return {
    kind: 'posting',
    account: suspenseAccount(channel, paymentId),
    source: 'settlement',
    id: [channel, paymentId],
    decidedAt: at('2026-11-20T11:00'),
    recordedAt: at('2026-11-20T11:00'),
    businessDate: date(DAY),
    amount: rupiah(5_000),
    months: [],
    creditDrawn: ZERO,
  }
}

describe('the nightly audit', () => {
  test('finds nothing on a day that is right, and says where its money is', async () => {
    const audit = await businessDay()
    audit.nextMorning()
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toEqual([])
    const lines = await audit.lines()
    expect(lines.map(({ subject }) => subject)).toEqual([...audit.ports.sources, 'recorded'].sort())
    const sumsOf = (subject: string) => lines.find((line) => line.subject === subject)?.sums
    expect(sumsOf('bni')).toMatchObject({ collected: 8_400, allocated: 8_400, billed: 0 })
    expect(sumsOf('indomaret')).toMatchObject({ collected: 8_400, allocated: 0, reversed: 8_400 })
    expect(sumsOf('pos')).toMatchObject({ collected: 16_800, billed: 16_800, allocated: 0 })
  })

  test('and the weekly one are told whole: what each message found and asked for, and every line', async () => {
    const audit = await businessDay()
    await put(audit, pay('FORGED', '2026-11-20T12:00', ['2027-01']), postingTo('bni', 'T9'))
    const about = { action: 'post', evidence: { paymentId: 'T9', lines: [1], fileAmountRupiah: 5_000 } }
    audit.approve('bni-20261120-000000000001', at('2026-11-20T11:00'), about)
    audit.recorded.set(DAY, [KPJ, suspenseAccount('bni', 'T9')])
    audit.nextMorning()
    const told = []
    for (const task of ['nightly', 'weekly'] as const) {
      const done = await audit.play({ task })
      told.push(`# ${task}`, ...done.map((each) => JSON.stringify(each)))
    }
    for (const day of [DAY, '2026-11-21'])
      told.push(`# lines of ${day}`, ...(await audit.lines(day)).map((line) => JSON.stringify(line)))
    await expect(`${told.join('\n')}\n`).toMatchFileSnapshot('whole-audit.txt')
  })

  test('ends in the same lines when every message comes twice', async () => {
    const [once, twice] = [await businessDay(), await businessDay()]
    for (const [audit, times] of [
      [once, 1],
      [twice, 2],
    ] as const) {
      audit.nextMorning()
      await audit.play({ task: 'nightly' }, times)
    }
    expect(await twice.lines()).toEqual(await once.lines())
  })

  test('goes on where a part stopped, and the sums are those of the whole day', async () => {
    const audit = await businessDay()
    audit.nextMorning()
    const { dayPage } = audit.ports.facts
    const ofOne = async (...[source, day, from]: Parameters<typeof dayPage>) => {
      const { entries } = await dayPage(source, day, null)
      const place = Number(from ?? 0)
      const one = entries[place % Math.max(1, entries.length)]
      return { entries: one && place < 40 ? [one] : [], next: place < 40 ? String(place + 1) : null }
    }
    Object.assign(audit.ports, { facts: { ...audit.ports.facts, dayPage: ofOne } })
    const done = await audit.play({ task: 'day', source: 'bni', day: date(DAY) })
    expect(done.map(({ outcome }) => outcome)).toEqual([...Array(5).fill('part-done'), 'done'])
    expect((await audit.lines())[0]).toMatchObject({
      facts: 40,
      sums: { collected: 40 * 8_400, allocated: 40 * 8_400 },
    })
  })

  test('looks at what finance recorded that day for older days, and at its bills', async () => {
    const audit = await businessDay()
    const [payment] = await audit.hub.store.facts.ofAccount(BILL)
    if (payment?.kind !== 'payment') throw new Error('expected the bill to be paid')
    const decidedAt = at('2026-12-20T10:00')
    await audit.hub.store.facts.put({
      ...reverse(payment, '2026-12-20T10:00'),
      account: BILL,
      source: 'finance',
      id: ['pos', 'C'],
      reverses: keyOf(payment),
      businessDate: payment.businessDate,
      recordedAt: decidedAt,
    })
    audit.approve('pos-20261120-0123456789ab', decidedAt, { action: 'reverse', evidence: { paymentId: 'C' } })
    audit.recorded.set('2026-12-20', [BILL])
    audit.hub.clock.now = at('2026-12-21T03:30')
    await audit.play({ task: 'nightly' })
    expect(await audit.differences('2026-12-20')).toEqual([`bill#${BILL}: shares-differ of ${BILL}`])
    await audit.fold()
    audit.hub.clock.now = at('2026-12-21T09:00')
    await audit.play({ task: 'recorded', day: date('2026-12-20') })
    expect((await audit.lines('2026-12-20')).find(({ subject }) => subject === 'recorded')).toMatchObject({ looks: 1 })
  })

  test.each([
    [{ task: 'day', source: 'bni', day: date(DAY) }, 8],
    [{ task: 'accounts', segment: 0, segments: 2 }, 20],
    [{ task: 'decisions', segment: 0, segments: 2 }, 20],
  ] as const)('%j reads %i pages, then asks itself for the rest', async (task, most) => {
    for (const pages of [most, most + 1]) {
      const audit = await auditOn()
      const from: (string | null)[] = []
      const pageFrom = (start: string | null | undefined) => {
        from.push(start ?? null)
        return { entries: [], accounts: [], decisions: [], next: from.length < pages ? `p${from.length}` : null }
      }
      Object.assign(audit.ports, {
        facts: {
          ...audit.ports.facts,
          dayPage: async (_source: string, _day: string, start: string | null) => pageFrom(start),
          accountsPage: async (_segment: number, _segments: number, start: string | null) => pageFrom(start),
        },
        decisions: {
          ...audit.ports.decisions,
          acceptedPage: async (_segment: number, _segments: number, start: string | null) => pageFrom(start),
        },
      })
      const { outcome } = await auditLedger(audit.ports, task)
      expect([outcome, from.length, from[0], from[1]]).toEqual([pages > most ? 'part-done' : 'done', most, null, 'p1'])
      const rest = pages > most ? [{ ...task, part: 1, from: `p${most}` }] : []
      expect(audit.tasks).toMatchObject(rest)
      expect(audit.tasks).toHaveLength(rest.length)
    }
  })

  test('a chain that does not end is stopped at its bound, as a defect', async () => {
    const audit = await auditOn()
    const endless = [
      { task: 'day', source: 'bni', day: date(DAY), part: MAX_PARTS, from: 'x' },
      { task: 'accounts', segment: 0, segments: 2, part: MAX_PARTS, from: 'x' },
      { task: 'bill', billCode: BILL, day: date(DAY), run: at('2026-11-21T03:30'), chunk: MAX_PARTS + 1, shares: {} },
    ] as const
    for (const task of endless)
      await expect(auditLedger(audit.ports, task)).rejects.toMatchObject({ name: 'Defect', code: 'AUDIT_TOO_LONG' })
    expect(audit.tasks).toEqual([])
  })
})

describe('what is put past the hub is found that night', () => {
  test('a payment without its decision', async () => {
    const audit = await auditOn()
    await put(audit, pay('FORGED', '2026-11-20T12:00', ['2027-01']))
    audit.nextMorning()
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toEqual([`bni: fact-without-decision of ${KPJ}`])
  })

  test('a payment of another amount than its decision says', async () => {
    const audit = await auditOn()
    await counterOf(audit.hub, 'bni').pay({ paymentId: 'A' })
    const [payment] = (await audit.hub.store.facts.ofAccount(KPJ)).filter((fact) => fact.kind === 'payment')
    if (!payment) throw new Error('expected a payment')
    const richer = { ...payment, amount: rupiah(80_400) }
    const facts = { ...audit.ports.facts }
    facts.ofAccount = async (account) => [
      ...(await audit.hub.store.facts.ofAccount(account)).filter(({ kind }) => kind !== 'payment'),
      richer,
    ]
    Object.assign(audit.ports, { facts })
    audit.nextMorning()
    await audit.play({ task: 'nightly' })
    const found = await audit.differences()
    expect(found).toContain(`bni: fact-without-decision of ${KPJ}`)
    expect(found).toContain(`bni: index-differs of ${KPJ}`)
    expect(found).toContain('bni: sums-differ of bni')
  })

  test('an item that nobody can read; the rest of the day is looked at all the same', async () => {
    const audit = await businessDay()
    const { facts, decisions } = audit.ports
    const broken = () => Promise.reject(new Defect('BROKEN_ITEM', 'expected an item that the hub writes'))
    const ofAccount = async (account: Account) => (account === OTHER ? broken() : facts.ofAccount(account))
    const dayPage = async (...[source, day, from]: Parameters<typeof facts.dayPage>) => {
      const page = await facts.dayPage(source, day, from)
      return source === 'pos' ? { ...page, broken: [{ account: 'NOBODY', fact: 'payment#pos#?' }] } : page
    }
    await put(audit, pay('FORGED', '2026-11-20T12:00', ['2027-01']))
    Object.assign(audit.ports, { facts: { ...facts, ofAccount, dayPage } })
    audit.nextMorning()
    await audit.play({ task: 'nightly' })
    const found = new Set(await audit.differences())
    expect(found).toContain('pos: unreadable-item of NOBODY')
    expect(found).toContain(`bni: fact-without-decision of ${KPJ}`)
    audit.hub.clock.now = at('2026-11-22T05:30')
    const acceptedPage = async (...of: Parameters<typeof decisions.acceptedPage>) => ({
      ...(await decisions.acceptedPage(...of)),
      broken: ['bni#?'],
    })
    Object.assign(audit.ports, { decisions: { ...decisions, acceptedPage } })
    await audit.play({ task: 'weekly' })
    const sunday = (await audit.lines('2026-11-22')).flatMap(({ samples }) => samples)
    expect(sunday).toContainEqual({ difference: 'unreadable-item', account: OTHER, fact: 'BROKEN_ITEM' })
    expect(sunday).toContainEqual({ difference: 'unreadable-item', account: '', fact: 'bni#?' })
    expect(sunday).toContainEqual(expect.objectContaining({ difference: 'fact-without-decision', account: KPJ }))
  })

  test('a table that cannot be read is no finding: the task comes again, or is parked', async () => {
    const audit = await businessDay()
    const { facts } = audit.ports
    const ofAccount = () => Promise.reject(new Defect('ACCESS_DENIED', 'expected to be allowed to read'))
    Object.assign(audit.ports, { facts: { ...facts, ofAccount } })
    audit.nextMorning()
    await expect(audit.play({ task: 'nightly' })).rejects.toMatchObject({ code: 'ACCESS_DENIED' })
  })

  test('a decision and its payment that nobody signed and nobody approved', async () => {
    const audit = await auditOn()
    await counterOf(audit.hub, 'bni').pay({ paymentId: 'A' })
    await audit.fold()
    audit.nextMorning()
    const { get } = audit.ports.decisions
    const unsigned = async (...args: Parameters<typeof get>) => {
      const decision = await get(...args)
      return decision && { ...decision, evidenceDigest: null }
    }
    Object.assign(audit.ports, { decisions: { ...audit.ports.decisions, get: unsigned } })
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toEqual([`bni: decision-without-evidence of ${KPJ}`])
  })

  test('a posting without its audited resolution; with it, it lies in suspense', async () => {
    const audit = await auditOn()
    const forged = postingTo('bni', 'X')
    const account = forged.account
    await put(audit, forged)
    audit.nextMorning()
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toEqual([`settlement: fact-without-resolution of ${account}`])
    const detail = { action: 'post', evidence: { paymentId: 'X', lines: [1], fileAmountRupiah: 5_000 } }
    audit.approve('pos-20261120-0123456789ab', forged.decidedAt, detail)
    audit.approve('bni-20261120-0123456789ab', at('2026-11-20T11:01'), detail)
    audit.approve('bni-20261120-0123456789ab', forged.decidedAt, { ...detail, action: 'write-off' })
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toHaveLength(1)
    audit.approve('bni-20261120-0123456789ab', forged.decidedAt, detail)
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toEqual([])
    const line = (await audit.lines()).find(({ subject }) => subject === 'settlement')
    expect(line?.sums).toMatchObject({ collected: 5_000, suspense: 5_000 })
  })

  test('a release that nobody approved, and one of which only the half is there', async () => {
    const audit = await auditOn()
    const id = ['bni', 'X', 'released', 'posting-1']
    const posting = { ...postingTo('bni', 'X'), account: KPJ, id }
    await put(audit, posting)
    audit.nextMorning()
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toEqual([`settlement: fact-without-resolution of ${KPJ}`])
    // Of a difference, or of another payment's money: neither lets this one out.
    audit.approve('bni-20261120-0123456789ab', posting.decidedAt)
    audit.approve(exitSubject({ channel: 'bni', paymentId: 'Y', step: 'posting-1' }), posting.decidedAt)
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toEqual([`settlement: fact-without-resolution of ${KPJ}`])
    audit.approve(exitSubject({ channel: 'bni', paymentId: 'X', step: 'posting-1' }), posting.decidedAt, {
      account: suspenseAccount('bni', 'X'),
      fact: keyOf(postingTo('bni', 'X')),
      request: { action: 'release', to: KPJ },
    })
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toEqual([`settlement: exit-without-half of ${KPJ}`])
  })

  test('a refund of a share whose bill has lost nothing', async () => {
    const audit = await businessDay()
    const share = (await audit.hub.store.facts.ofAccount(OTHER)).find((fact) => fact.kind === 'share')
    if (share?.kind !== 'share') throw new Error('expected a share')
    const decidedAt = at('2026-11-20T15:00')
    const stamp = { account: OTHER, source: 'finance', decidedAt, recordedAt: decidedAt }
    const id = ['pos', 'C', `share-${OTHER}-0`]
    const amount = share.amount
    await put(audit, { kind: 'refund', ...stamp, id, refunds: keyOf(share), businessDate: date(DAY), amount })
    audit.approve(exitSubject({ channel: 'pos', paymentId: 'C', step: `share-${OTHER}-0` }), decidedAt, {
      account: OTHER,
      fact: keyOf(share),
      request: { action: 'refund', to: null },
    })
    audit.recorded.set(DAY, [OTHER])
    audit.nextMorning()
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toEqual([`recorded: exit-without-half of ${OTHER}`])
  })

  test('a suspension and a reversal of finance without their audited resolutions', async () => {
    const audit = await businessDay()
    const [payment] = (await audit.hub.store.facts.ofAccount(KPJ)).filter((fact) => fact.kind === 'payment')
    if (!payment) throw new Error('expected a payment')
    const decidedAt = at('2026-11-20T15:00')
    const moved = {
      account: KPJ,
      source: 'finance',
      decidedAt,
      recordedAt: decidedAt,
      businessDate: payment.businessDate,
    }
    const id = 'bni-20261120-0123456789ab'
    const suspension = {
      ...moved,
      kind: 'suspension',
      id: [id],
      moves: keyOf(payment),
      amount: payment.amount,
    } as const
    await put(audit, suspension)
    audit.nextMorning()
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toContain(`finance: fact-without-resolution of ${KPJ}`)
    audit.approve(id, decidedAt, { action: 'suspend', evidence: { paymentId: payment.id[0] ?? '' } })
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toEqual([])
  })

  test('a reversal of nothing', async () => {
    const audit = await auditOn()
    await put(audit, reverse(pay('NONE', '2026-11-20T12:00', ['2027-01']), '2026-11-20T12:05'))
    audit.nextMorning()
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toEqual([`bni: moves-nothing of ${KPJ}`])
  })

  test('a view that says another credit, or other months, or is not there', async () => {
    for (const change of ['credit', 'months', 'none'] as const) {
      const audit = await businessDay()
      const view = await audit.hub.store.memberships.get(KPJ)
      if (!view) throw new Error('expected a view')
      const lied = {
        credit: { ...view, credit: rupiah(1) },
        months: { ...view, paidThrough: '2027-12' as typeof view.paidThrough },
        none: undefined,
      }[change]
      const get = async () => lied
      Object.assign(audit.ports, { memberships: { get } })
      audit.nextMorning()
      await audit.play({ task: 'day', source: 'bni', day: date(DAY) })
      expect(await audit.differences()).toEqual([`bni: view-differs of ${KPJ}`])
    }
  })

  test('a view has its quarter of an hour', async () => {
    const audit = await auditOn()
    await counterOf(audit.hub, 'bni').pay({ paymentId: 'A' })
    await audit.play({ task: 'day', source: 'bni', day: date(DAY) })
    expect(await audit.differences()).toEqual([])
  })

  test('a paid bill whose member has no share', async () => {
    const audit = await businessDay()
    const { getMany } = audit.ports.facts
    const without = async (...[account, keys]: Parameters<typeof getMany>) =>
      account === OTHER ? [] : getMany(account, keys)
    Object.assign(audit.ports, { facts: { ...audit.ports.facts, getMany: without } })
    audit.nextMorning()
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toEqual([`bill#${BILL}: shares-differ of ${BILL}`])
  })

  test('a day index that names a fact that is not there', async () => {
    const audit = await businessDay()
    const { dayPage } = audit.ports.facts
    const twice = async (...args: Parameters<typeof dayPage>) => {
      const page = await dayPage(...args)
      const ghosts = page.entries.map((entry) => ({ ...entry, fact: factKey('payment', 'bni', ['GHOST']) }))
      return { ...page, entries: args[0] === 'bni' ? [...page.entries, ...ghosts] : page.entries }
    }
    Object.assign(audit.ports, { facts: { ...audit.ports.facts, dayPage: twice } })
    audit.nextMorning()
    await audit.play({ task: 'nightly' })
    expect(await audit.differences()).toEqual([`bni: index-differs of ${KPJ}`, 'bni: sums-differ of bni'])
  })
})

describe('the audit of everything', () => {
  test('finds nothing where all is right, over every account and decision, in segments', async () => {
    const audit = await businessDay()
    audit.hub.clock.now = at('2026-11-22T05:30')
    await audit.play({ task: 'weekly' }, 2)
    expect(await audit.differences('2026-11-22')).toEqual([])
    const lines = await audit.lines('2026-11-22')
    expect(lines.map(({ subject }) => subject)).toEqual([
      'accounts#0000',
      'accounts#0001',
      'decisions#0000',
      'decisions#0001',
    ])
    const looksAt = (kind: string) =>
      lines.filter(({ subject }) => subject.startsWith(kind)).reduce((sum, { looks }) => sum + looks, 0)
    expect([looksAt('accounts'), looksAt('decisions')]).toEqual([3, 3])
  })

  test('finds a payment that was put under a day that nobody looks at any more', async () => {
    const audit = await businessDay()
    await put(audit, pay('OLD', '2026-02-20T12:00', ['2026-02']))
    audit.nextMorning()
    await audit.play({ task: 'nightly' })
    expect((await audit.differences()).filter((text) => !text.includes(KPJ))).toEqual([])
    audit.hub.clock.now = at('2026-11-22T05:30')
    await audit.play({ task: 'weekly' })
    expect(await audit.differences('2026-11-22')).toEqual([expect.stringMatching(`fact-without-decision of ${KPJ}`)])
  })

  test('finds a share of a bill that nobody paid, which no day would show', async () => {
    const audit = await businessDay()
    const decidedAt = at('2026-11-20T12:00')
    const share: ShareFact = {
      kind: 'share',
      account: OTHER,
      source: 'pos',
      id: [BILL, 'pos', 'NEVER'],
      decidedAt,
      recordedAt: decidedAt,
      billCode: BILL,
      paymentId: 'NEVER',
      amount: MONTH_PRICE,
      months: quoted(['2027-01'], {
        sector: 'farming',
        funding: 'self',
        programs: 'JKK+JKM',
        income: rupiah(1_000_000),
      }),
    }
    await put(audit, share)
    audit.hub.clock.now = at('2026-11-22T05:30')
    await audit.play({ task: 'weekly' })
    expect(await audit.differences('2026-11-22')).toEqual([expect.stringMatching(`share-without-payment of ${OTHER}`)])
  })
})

describe('an accepted decision whose fact is missing', () => {
  async function withoutFact(): Promise<Audit> {
    const audit = await auditOn()
    audit.hub.hook.current = async ({ store, method, phase }) => {
      if (store === 'facts' && method === 'put' && phase === 'before') throw new Error('the function was killed here')
    }
    await counterOf(audit.hub, 'bni')
      .pay({ paymentId: 'A' })
      .catch(() => {})
    audit.hub.hook.current = async () => {}
    await audit.fold()
    expect(audit.hub.store.everything().decisions).toMatchObject([{ outcome: { kind: 'accepted' } }])
    return audit
  }
  const task = { task: 'decision', decision: paymentKey('bni', 'A') } as const

  test('is found when its queue hands it out, a quarter of an hour later', async () => {
    const audit = await withoutFact()
    audit.hub.clock.now = at('2026-11-20T10:15')
    await audit.play(task)
    expect(await audit.differences()).toEqual([`decision#bni#A: decision-without-fact of ${KPJ}`])
  })
  test('is found by the audit of everything, too', async () => {
    const audit = await withoutFact()
    audit.hub.clock.now = at('2026-11-22T05:30')
    await audit.play({ task: 'weekly' })
    expect(await audit.differences('2026-11-22')).toEqual([expect.stringMatching(`decision-without-fact of ${KPJ}`)])
  })
  test('is none once a repeat has healed it, nor where it was refused or is unknown', async () => {
    const audit = await withoutFact()
    expect(await counterOf(audit.hub, 'bni').pay({ paymentId: 'A' })).toMatchObject({ outcome: 'accepted' })
    await counterOf(audit.hub, 'bni').pay({ paymentId: 'R', customerId: '90000000000' })
    for (const paymentId of ['A', 'R', 'NEVER'])
      await audit.play({ task: 'decision', decision: paymentKey('bni', paymentId) })
    expect(await audit.lines()).toEqual([])
  })
})

describe('a message', () => {
  test.each([
    { task: 'nightly' },
    { task: 'day', source: 'bni', day: DAY },
    { task: 'decision', decision: 'bni#A' },
    { task: 'accounts', segment: 0, segments: 2 },
  ])('%j is read', (message) => {
    expect(AUDIT.read(JSON.stringify(message)).kind).toBe('message')
  })
  test.each([
    { task: 'yearly' },
    { task: 'day', source: 'bni', day: '2026-13-01' },
    { task: 'decision', decision: 'bni' },
    { task: 'bill', billCode: '12345678901', day: DAY, run: 1, chunk: 1, shares: {} },
    {},
  ])('%j is not', (message) => {
    expect(AUDIT.read(JSON.stringify(message)).kind).not.toBe('message')
  })
})

describe('the audit chain', () => {
  test('that is what its anchors say leaves a line with the number of its entries', async () => {
    const audit = await auditOn()
    audit.nextMorning()
    audit.anchored.chain = { outcome: 'whole', entries: 12, hash: 'f'.repeat(64), anchors: 4, anchored: 12 }
    await audit.play({ task: 'nightly' })
    const chain = (await audit.lines('2026-11-21')).filter(({ subject }) => subject === 'chain')
    expect(chain).toMatchObject([{ looks: 12, differences: {}, anchored: { anchors: 4, entries: 12 } }])
  })

  test('that is not, is found in the night, with its first wrong entry and what is wrong with it', async () => {
    const audit = await auditOn()
    audit.nextMorning()
    audit.anchored.chain = { outcome: 'broken', sequence: 7, code: 'ANCHOR_DIFFERS' }
    await audit.play({ task: 'nightly' })
    expect(await audit.differences('2026-11-21')).toEqual(['chain: chain-broken of decisions'])
    const [line] = (await audit.lines('2026-11-21')).filter(({ subject }) => subject === 'chain')
    expect(line?.samples).toMatchObject([{ fact: '7#ANCHOR_DIFFERS' }])
  })
})
