/**
 * A bank statement is taken back by two people: the books are as if it had never come, whatever came before and after it, and
 * its own bytes bring back what people said of its movements.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type BusinessDate } from '../../../shared/domain/instant.ts'
import { takeInStatement } from '../../../shared/intake/take-in-statement.ts'
import { UnknownOutcome } from '../../../shared/runtime/faults.ts'
import { auditBooks } from '../../support/audit-books.ts'
import { counterOf } from '../../support/endpoint.ts'
import { type BankDay, type BankRow, camt053, mt940 } from '../../support/settlement-files.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const NEXT = '2026-11-21'
const BOOKED = '2026-11-23'
const ACCOUNT = '0018877665501'
const NET = 6_900

/** One payment of Indomaret on each of two days, both in their files; each day nets 6,900. */
async function twoDays(): Promise<SettlementHub> {
  const hub = await settlementHub()
  for (const [i, day] of [DAY, NEXT].entries()) {
    hub.setClock(`${day}T10:00`)
    expect((await counterOf(hub, 'indomaret').pay({ paymentId: `T${i}` })).outcome).toBe('accepted')
    hub.setClock(`${addDays(day as BusinessDate, 1)}T06:30`)
    await hub.settle('indomaret', day, [partnerRow(`T${i}`, `${day}T10:00`)])
  }
  hub.setClock('2026-11-24T08:00')
  return hub
}

const row = (reference: string, amount: number, remittance: string, on = BOOKED): BankRow => ({
  reference,
  bookedOn: on,
  valueOn: on,
  amount,
  remittance,
})
const statement = (rows: readonly BankRow[], opening: number, statementId: string, date = BOOKED): BankDay => ({
  account: ACCOUNT,
  statementId,
  date,
  opening,
  rows,
})

async function take(hub: SettlementHub, content: string) {
  const from = { kind: 'handed-over', bytes: Buffer.from(content) } as const
  const { settlements, now } = hub.ports
  const taken = await takeInStatement({ files: hub.files, settlements, now }, { from, name: 'b.xml', by: null })
  await hub.drain()
  return taken
}

async function digestOf(hub: SettlementHub, content: string): Promise<string> {
  const taken = await take(hub, content)
  return taken.outcome === 'refused' ? taken.sha256 : taken.file.sha256
}

async function withdraw(hub: SettlementHub, sha256: string) {
  const path = `/api/bank-statements/${sha256}/withdrawal`
  const proposed = await hub.call('operator', 'POST', path, { reason: 'the statement of another account' })
  const approved = await hub.call('approver', 'POST', `${path}/approval`, { decision: 'approve' })
  await hub.drain()
  return [proposed.status, approved.status]
}

/** All that the bank side says, but for how often it was said before. */
async function booksOf(hub: SettlementHub) {
  const movements = []
  for (let on = '2026-11-15' as BusinessDate; on <= '2026-11-30'; on = addDays(on, 1)) {
    for (const { movement, placement } of await hub.settlements.movementsBooked(on)) {
      movements.push({ ...movement, by: placement?.by, places: placement?.places })
    }
  }
  const days = await Promise.all(
    [DAY, NEXT].map(async (day) => {
      const found = await hub.statement('indomaret', day)
      const credits = found?.credits.map(({ id, amountRupiah }) => [id, amountRupiah]).sort()
      return [day, found?.verdict, found?.bankRupiah, found?.unexplainedRupiah, found?.openDifferences, credits]
    }),
  )
  const chain = await hub.settlements.bankChain(ACCOUNT, 100)
  const unidentified = (await hub.settlements.unidentified(null, 100)).map(({ id }) => id)
  const waiting = (await hub.settlements.bankFiles())
    .filter(({ state }) => state === 'incomplete')
    .map(({ sha256 }) => sha256)
  return { movements, days, chain, unidentified, waiting, problems: (await auditBooks(hub)).problems }
}

const right = camt053([
  statement([row('R1', NET, 'INDOMARET 20261120'), row('R2', NET, 'INDOMARET 20261121')], 0, 'S1'),
])
const wrong = camt053([
  statement([row('R1', NET + 1, 'INDOMARET 20261120'), row('X1', 5_000, 'SETORAN TUNAI')], 0, 'S1'),
])

describe('a statement of the bank that is withdrawn', () => {
  test('leaves the days as before it came, and the right one of the same references is taken', async () => {
    const hub = await twoDays()
    const before = await booksOf(hub)
    const sha256 = await digestOf(hub, wrong)
    expect(await take(hub, right)).toMatchObject({ outcome: 'refused', refusal: { code: 'CREDIT_CHANGED' } })
    expect((await hub.settlements.unidentified(null, 9)).map(({ id }) => id)).toEqual(['X1'])
    expect(await withdraw(hub, sha256)).toEqual([200, 200])
    expect(await booksOf(hub)).toEqual(before)
    expect(await hub.settlements.bankFile(sha256)).toMatchObject({ state: 'withdrawn' })
    expect(hub.settlements.chain).toHaveLength(2)
    expect(await take(hub, right)).toMatchObject({ outcome: 'accepted', added: 2 })
    const other = await twoDays()
    await take(other, right)
    expect(await booksOf(hub)).toEqual(await booksOf(other))
  })

  test('brings back what people said of its movements with its own bytes, and with no others', async () => {
    const hub = await twoDays()
    const lump = (id: string) => camt053([statement([row('L1', 10_000, 'SETORAN TUNAI')], 0, id)])
    const sha256 = await digestOf(hub, lump('S1'))
    const path = `/api/bank-movements/${BOOKED}/L1`
    const part = { to: 'channel-day', channel: 'indomaret', date: DAY, amountRupiah: NET }
    const asked = { action: 'place', onVersion: 1, parts: [part], reason: 'the shop brought it in cash' }
    expect(await hub.call('operator', 'POST', `${path}/proposal`, asked)).toMatchObject({ status: 200 })
    await hub.call('approver', 'POST', `${path}/approval`, { decision: 'approve' })
    await hub.drain()
    const placed = await booksOf(hub)
    expect(placed.days[0]).toEqual([DAY, 'reconciled', NET, 0, 0, [['L1', NET]]])
    const placement = async () => (await hub.settlements.movementsBooked(BOOKED as BusinessDate))[0]?.placement
    const approvedAt = (await placement())?.recordedAt
    hub.setClock('2026-11-24T09:00')
    await withdraw(hub, sha256)
    expect((await booksOf(hub)).days[0]).toEqual([DAY, 'incomplete', 0, 0, 0, []])
    const other = await digestOf(hub, lump('S1-B'))
    expect((await booksOf(hub)).movements).toMatchObject([{ by: 'rules', places: [{ kind: 'unidentified' }] }])
    await withdraw(hub, other)
    await take(hub, lump('S1'))
    expect(await booksOf(hub)).toEqual(placed)
    // Its approval is found by the instant at which people gave it, not the one at which it came back.
    expect(await placement()).toMatchObject({ by: 'resolution', approvedAt })
    expect((await placement())?.recordedAt).toBeGreaterThan(approvedAt as number)
  })

  test('lets those that follow it wait, and those that repeated it count', async () => {
    const hub = await twoDays()
    const first = statement([row('R1', NET, 'INDOMARET 20261120')], 100, 'S1')
    const second = statement([row('R2', NET, 'INDOMARET 20261121', '2026-11-24')], 100 + NET, 'S2', '2026-11-24')
    const sha256 = await digestOf(hub, camt053([first]))
    await take(hub, camt053([second]))
    const all = await booksOf(hub)
    await withdraw(hub, sha256)
    // It begins the chain now: what the account held before it is another sum.
    expect((await booksOf(hub)).chain.map(({ id, sequence }) => [id, sequence])).toEqual([['S2', 1]])
    expect(await take(hub, mt940([first]))).toMatchObject({ outcome: 'incomplete' })
    const later = await settled(camt053([second]), mt940([first]))
    expect(await booksOf(hub)).toEqual(await booksOf(later))

    const repeated = await twoDays()
    const once = await digestOf(repeated, camt053([first]))
    expect(await take(repeated, mt940([first]))).toMatchObject({ file: { state: 'repeated' } })
    await take(repeated, camt053([second]))
    await withdraw(repeated, once)
    expect((await booksOf(repeated)).movements.map(({ amount }) => amount)).toEqual(
      all.movements.map(({ amount }) => amount),
    )
    expect((await booksOf(repeated)).days).toEqual(
      (await booksOf(await settled(mt940([first]), camt053([second])))).days,
    )
  })

  test('that came back and was withdrawn again is not brought back by any of its drops, however late their messages come again', async () => {
    const hub = await twoDays()
    const drop = async (version: string) => {
      const file = { name: 'bank/b.xml', version }
      hub.files.drop(file.name, right, version)
      const { settlements, now } = hub.ports
      const incoming = { from: { kind: 'dropped', file }, name: 'b.xml', by: null } as const
      const taken = await takeInStatement({ files: hub.files, settlements, now }, incoming)
      await hub.drain()
      if (taken.outcome === 'refused') throw new Error(`expected a statement, got ${taken.refusal.code}`)
      return [taken.outcome, taken.file.sha256] as const
    }
    const [, sha256] = await drop('v1')
    // Its movements have their places again before it is in the chain: that is for the reconciliation, which is asked for it.
    const comesBack = async (version: string) => {
      expect(await drop(version)).toEqual(['incomplete', sha256])
      expect(await hub.settlements.bankFile(sha256)).toMatchObject({ state: 'chained', gap: null, dropped: version })
    }
    expect(await drop('v2')).toEqual(['unchanged', sha256])
    expect(await withdraw(hub, sha256)).toEqual([200, 200])
    const without = await booksOf(hub)
    expect(await drop('v2')).toEqual(['unchanged', sha256])
    await comesBack('v3')
    expect(await withdraw(hub, sha256)).toEqual([200, 200])
    for (const late of ['v1', 'v2', 'v3']) expect(await drop(late)).toEqual(['unchanged', sha256])
    expect(await booksOf(hub)).toEqual(without)
    await comesBack('v4')
  })

  test('makes way for the right one that comes before it has left: that one waits, and is in the chain when it has', async () => {
    const hub = await twoDays()
    const sha256 = await digestOf(hub, wrong)
    const path = `/api/bank-statements/${sha256}/withdrawal`
    await hub.call('operator', 'POST', path, { reason: 'the statement of another account' })
    await hub.call('approver', 'POST', `${path}/approval`, { decision: 'approve' })
    // Not worked off: the chain still has the wrong one, with other amounts under the same references.
    const { files, settlements } = hub
    const incoming = { from: { kind: 'handed-over', bytes: Buffer.from(right) }, name: 'b.xml', by: null } as const
    const taken = await takeInStatement({ files, settlements, now: () => hub.clock.now }, incoming)
    expect(taken).toMatchObject({ outcome: 'incomplete', added: 0 })
    await hub.drain()
    const other = await twoDays()
    await take(other, right)
    expect(await booksOf(hub)).toEqual(await booksOf(other))
  })

  test('was withdrawn by two people: one that only says so of itself stays where it is', async () => {
    const hub = await twoDays()
    const sha256 = await digestOf(hub, right)
    const before = await booksOf(hub)
    const file = await hub.settlements.bankFile(sha256)
    if (!file) throw new Error('expected the statement to be there')
    await hub.settlements.putBankFile({ ...file, state: 'withdrawn' })
    await hub.run({ task: 'nightly' })
    await hub.drain()
    expect(await booksOf(hub)).toEqual(before)
  })

  test('may break off between any two steps: the message comes again', async () => {
    const other = await twoDays()
    const expected = await booksOf(other)
    for (let crashAt = 1; ; crashAt++) {
      const hub = await twoDays()
      const sha256 = await digestOf(hub, wrong)
      const path = `/api/bank-statements/${sha256}/withdrawal`
      await hub.call('operator', 'POST', path, { reason: 'the statement of another account' })
      await hub.call('approver', 'POST', `${path}/approval`, { decision: 'approve' })
      let steps = 0
      hub.entryHook.current = async ({ method }) => {
        const isWrite = method === 'put' || method === 'putOnce' || method === 'transact'
        if (isWrite && ++steps === crashAt) throw new UnknownOutcome('expected an answer, none came')
      }
      const entry = hub.settlements.inserted().find((each) => each.part === 'bank-withdrawals')
      if (!entry) throw new Error('expected the approval to say so to whoever follows the table')
      const ended = await hub.run(entry).catch((error) => error)
      hub.entryHook.current = async () => {}
      if (ended instanceof UnknownOutcome) await hub.run(entry)
      await hub.drain()
      for (const date of [DAY, NEXT]) hub.sent.push({ task: 'day', channel: 'indomaret', date: date as BusinessDate })
      await hub.drain()
      expect([crashAt, await booksOf(hub)]).toEqual([crashAt, expected])
      if (!(ended instanceof UnknownOutcome)) return
    }
  }, 60_000)

  test('once, twice, with any others around it: the books are those of the statements that are left', async () => {
    const kind = fc.constantFrom('INDOMARET 20261120', 'INDOMARET 20261121', 'INDOMARET', 'SETORAN TUNAI', 'BIAYA ADM')
    const rows = fc.array(fc.tuple(fc.constantFrom('P', 'Q', 'R', 'S'), fc.constantFrom(NET, 2 * NET, 1_000), kind), {
      minLength: 1,
      maxLength: 3,
    })
    const written = (id: string, list: readonly (readonly [string, number, string])[]) =>
      camt053([
        statement(
          list.map(([name, amount, text], i) => row(`${name}${i}`, amount, text)),
          0,
          id,
        ),
      ])
    await fc.assert(
      fc.asyncProperty(rows, rows, fc.boolean(), async (one, two, isTwice) => {
        const [a, b] = [written('A', one), written('B', two)]
        const hub = await twoDays()
        const sha256 = await digestOf(hub, a)
        const onlyA = await booksOf(hub)
        await withdraw(hub, sha256)
        if (isTwice) {
          await take(hub, a)
          expect(await booksOf(hub)).toEqual(onlyA)
          await withdraw(hub, sha256)
        }
        await take(hub, b)
        expect(await booksOf(hub)).toEqual(await booksOf(await settled(b)))
      }),
      { numRuns: 25 },
    )
  }, 60_000)
})

async function settled(...contents: readonly string[]): Promise<SettlementHub> {
  const hub = await twoDays()
  for (const content of contents) await take(hub, content)
  return hub
}

describe('two people', () => {
  const REASON = { reason: 'the statement of another account' }

  test.each([
    ['a viewer', 'viewer', 'x', 403, 'NOT_ALLOWED'],
    ['nobody’s digest', 'operator', 'x', 404, 'UNKNOWN_STATEMENT'],
  ] as const)('%s is refused', async (_, role, digest, status, code) => {
    const hub = await settlementHub()
    const answer = await hub.call(role, 'POST', `/api/bank-statements/${digest}/withdrawal`, REASON)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })

  test('are two: nobody approves an own proposal, and a rejected one changes nothing', async () => {
    const hub = await twoDays()
    const path = `/api/bank-statements/${await digestOf(hub, right)}/withdrawal`
    const before = await booksOf(hub)
    const code = async (role: 'operator' | 'approver', to: string, body: object, who: string) => {
      const answer = await hub.call(role, 'POST', to, body, who)
      return `${answer.status} ${answer.body.code ?? answer.body.state}`
    }
    const approval = `${path}/approval`
    expect(await code('approver', approval, { decision: 'approve' }, 'one')).toBe('409 NOT_PROPOSED')
    expect(await code('approver', path, REASON, 'one')).toBe('200 proposed')
    expect(await code('approver', path, REASON, 'one')).toBe('200 proposed')
    expect(await code('operator', path, REASON, 'two')).toBe('409 ALREADY_PROPOSED')
    expect(await code('approver', approval, { decision: 'approve' }, 'one')).toBe('403 OWN_PROPOSAL')
    expect(await code('approver', approval, { decision: 'reject', reason: 'it is right' }, 'two')).toBe('200 rejected')
    await hub.drain()
    expect(await booksOf(hub)).toEqual(before)
    expect(await code('approver', path, REASON, 'one')).toBe('200 proposed')
    expect(await code('approver', approval, { decision: 'approve' }, 'two')).toBe('200 approved')
    expect(await code('approver', approval, { decision: 'approve' }, 'two')).toBe('200 approved')
    expect(await code('operator', path, REASON, 'two')).toBe('409 ACTION_DOES_NOT_FIT')
    expect(hub.settlements.chain.length).toBe(4)
  })

  test('see the statement and what was proposed, and the list of approvals has it as long as it waits', async () => {
    const hub = await twoDays()
    const sha256 = await digestOf(hub, right)
    const path = `/api/bank-statements/${sha256}/withdrawal`
    const read = async (from: string) => (await hub.call('viewer', 'GET', from)).body
    expect(await read(path)).toMatchObject({ file: { sha256, name: 'b.xml', state: 'chained' }, proposal: null })
    await hub.call('operator', 'POST', path, REASON)
    expect(await read(path)).toMatchObject({ proposal: { state: 'proposed', ...REASON } })
    const waiting = { kind: 'statement-withdrawal', item: sha256, amountRupiah: null, ...REASON }
    expect((await read('/api/approvals')).items).toMatchObject([waiting])
    await hub.call('approver', 'POST', `${path}/approval`, { decision: 'approve' })
    await hub.drain()
    expect(await read(path)).toMatchObject({ file: { state: 'withdrawn' }, proposal: { state: 'approved' } })
    expect((await read('/api/approvals')).items).toEqual([])
  })
})
