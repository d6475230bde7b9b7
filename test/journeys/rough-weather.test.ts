/**
 * A day on which tables fail, two counters take the same month, and partners use every character that they may. Money is
 * never denied that was taken, never counted twice, and every rupiah is in one place in the end.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { type Person, person, register } from '../support/people.ts'
import { bankOf, CHANNELS, terminalOf, wib } from '../support/terminals.ts'

let hub: HubOnTrial

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-11-20T10:00:00+07:00' })
}, 180_000)
afterEach(() => fault({ kind: 'none' }))
afterAll(() => hub?.stop())

const membership = async ({ kpj }: Person) => (await hub.api('viewer', 'GET', `/api/memberships/${kpj}`)).body
const payments = async ({ kpj }: Person) =>
  (await hub.api('viewer', 'GET', `/api/memberships/${kpj}/payments`)).body.items

async function fault(body: object): Promise<void> {
  const reply = await fetch(`${hub.url}/__local/fault`, { method: 'POST', body: JSON.stringify(body) })
  expect(reply.status).toBe(200)
}

describe.each(CHANNELS)('at %s', (channel) => {
  const unknown = { brilink: '5042500', bni: '5042500' } as Readonly<Record<string, string>>
  const before = { brilink: '5002500', bni: '5002500', alfamart: '05' } as Readonly<Record<string, string>>

  test('a fact that cannot be written is an unknown outcome, and the repeat heals it', async () => {
    const farmer = person()
    await register(hub, farmer)
    await hub.untilQuiet()
    const terminal = terminalOf(hub, channel)
    const call = { id: `heal-${channel}`, customer: farmer.nik, amount: 8_400 }
    await terminal.inquire(call)
    await fault({ kind: 'error', target: 'facts', rate: 1, seed: 1 })
    const refused = await terminal.inquire(call)
    expect([refused.status, refused.code].join(' ')).toMatch(/^(500 5002400|200 (05|96))$/)
    await fault({ kind: 'none' })
    await fault({ kind: 'error', target: 'contacts', rate: 1, seed: 1 })
    const early = await terminal.pay(call)
    expect(early.code).toBe(before[channel] ?? '96')
    if (channel === 'bni') expect(early.text).not.toContain('paymentFlagStatus')
    await fault({ kind: 'none' })
    await fault({ kind: 'timeout-after-commit', target: 'payment-decisions', rate: 1, seed: 1 })
    const reply = await terminal.pay(call)
    if (reply.code !== terminal.codes.ok) {
      expect(reply.status).toBe(unknown[channel] === undefined ? 503 : 504)
      if (unknown[channel] !== undefined) expect(reply.code).toBe(unknown[channel])
    }
    await fault({ kind: 'none' })
    expect((await terminal.pay(call)).code).toBe(terminal.codes.ok)
    await hub.untilQuiet()
    expect(await payments(farmer)).toMatchObject([{ kind: 'payment', paymentId: call.id, amountRupiah: 8_400 }])
    expect(await membership(farmer)).toMatchObject({ status: 'active', paidThrough: '2026-11' })
  })
})

test('two counters take the same month at the same moment: both are right, the second pays the next month', async () => {
  const farmer = person()
  await register(hub, farmer)
  const answers = await Promise.all(
    (['pos', 'bni'] as const).map((channel) =>
      terminalOf(hub, channel).pay({ id: `both-${channel}`, customer: farmer.nik, amount: 8_400 }),
    ),
  )
  await hub.untilQuiet()
  const taken = answers.filter(({ code }) => code === '00' || code === '2002500').length
  const seen = await membership(farmer)
  const list: { amountRupiah: number; months: string[]; allocatedMonths: string[]; creditRupiah: number }[] =
    await payments(farmer)
  expect(list).toHaveLength(taken)
  expect(seen.paidThrough).toBe(taken === 2 ? '2026-12' : '2026-11')
  expect(list.flatMap(({ allocatedMonths }) => allocatedMonths).sort()).toEqual(['2026-11', '2026-12'].slice(0, taken))
})

test('money that finds its months full and pays none in full is credit, and lowers the next quote', async () => {
  const farmer = person()
  await register(hub, farmer)
  const terminal = terminalOf(hub, 'indomaret')
  const bill = await hub.api('operator', 'POST', '/api/bills', { kpj: farmer.kpj, months: 3, validUntil: '2026-11-30' })
  const [paid, other] = await Promise.all([
    terminal.pay({ id: 'credit-bill', customer: bill.body.billCode, months: 1, amount: 33_600 }),
    terminalOf(hub, 'pos').pay({ id: 'credit-self', customer: farmer.nik, amount: 8_400 }),
  ])
  await hub.untilQuiet()
  const seen = await membership(farmer)
  const list: {
    billCode: string | null
    amountRupiah: number
    allocatedMonths: string[]
    creditRupiah: number
    returnedToBillRupiah: number
  }[] = await payments(farmer)
  const collected = list.reduce((sum, { amountRupiah }) => sum + amountRupiah, 0)
  const both = paid.code === '00' && other.code === '00'
  expect(collected).toBe(both ? 42_000 : paid.code === '00' ? 33_600 : 8_400)
  const share = list.find(({ billCode }) => billCode !== null)
  if (both && share?.returnedToBillRupiah !== 0) {
    // The member was first: what the bill paid for November goes back to the bill, and lowers no quote.
    expect(share).toMatchObject({
      allocatedMonths: ['2026-12', '2027-01'],
      creditRupiah: 0,
      returnedToBillRupiah: 8_400,
    })
    expect(seen).toMatchObject({ creditRupiah: 0, payable: { month: '2027-02', amountRupiah: 16_800 } })
  } else if (both) {
    // The single month's 8,400 buys nothing at 16,800: it waits, and half of the next month is paid already.
    expect(seen).toMatchObject({
      creditRupiah: 8_400,
      paidThrough: '2027-01',
      payable: { month: '2027-02', amountRupiah: 8_400 },
    })
    expect((await terminal.inquire({ id: 'credit-next', customer: farmer.nik })).amount).toBe(8_400)
    expect((await terminal.pay({ id: 'credit-next', customer: farmer.nik, amount: 8_400 })).code).toBe('00')
    await hub.untilQuiet()
    expect(await membership(farmer)).toMatchObject({ creditRupiah: 0, paidThrough: '2027-02' })
  }
})

test('a reversal in the middle leaves a hole, which is payable first', async () => {
  const farmer = person()
  await register(hub, farmer)
  const terminal = terminalOf(hub, 'pos')
  const first = { id: 'hole-1', customer: farmer.nik, amount: 8_400 }
  await terminal.pay(first)
  await terminal.pay({ ...first, id: 'hole-2' })
  await hub.untilQuiet()
  expect(await membership(farmer)).toMatchObject({ paidThrough: '2026-12' })
  expect((await terminal.reverse?.(first))?.code).toBe('00')
  await hub.untilQuiet()
  expect(await membership(farmer)).toMatchObject({
    status: 'grace',
    paidThrough: '2026-12',
    payable: { month: '2026-11', amountRupiah: 8_400 },
  })
  expect((await terminal.inquire({ id: 'hole-3', customer: farmer.nik, months: 2 })).body.months).toEqual([
    '2026-11',
    '2027-01',
  ])
})

test('a quote ends where somebody else begins to pay', async () => {
  const farmer = person()
  await register(hub, farmer)
  const terminal = terminalOf(hub, 'pos')
  const call = { id: 'fund-1', customer: farmer.nik, amount: 8_400 }
  await terminal.pay(call)
  await hub.untilQuiet()
  await register(hub, { ...farmer, row: { ...farmer.row, funding: 'village' } })
  expect((await terminal.inquire({ id: 'fund-2', customer: farmer.kpj })).code).toBe('14')
  expect((await terminal.reverse?.(call))?.code).toBe('00')
  expect((await terminal.inquire({ id: 'fund-3', customer: farmer.kpj })).amount).toBe(8_400)
  expect((await terminal.inquire({ id: 'fund-4', customer: farmer.kpj, months: 2 })).code).toBe('14')
})

test('payment ids may hold every sign that their protocol allows, and stay apart', async () => {
  const bank = bankOf(hub, 'bni')
  const ids = ['a#b', 'a%23b', 'A#B', 'a b'.replace(' ', '/'), '..', '{"x":1}', "o'neil&co=1?"]
  for (const id of ids) {
    const farmer = person()
    await register(hub, farmer)
    const body = {
      ...bank.identity(farmer.nik),
      paymentRequestId: id,
      paidAmount: { value: '8400.00', currency: 'IDR' },
    }
    expect((await bank.payment(body)).code).toBe('2002500')
    expect((await bank.payment(body)).code).toBe('2002500')
    expect(await payments(farmer)).toMatchObject([{ channel: 'bni', paymentId: id }])
    const covered = await hub.api('viewer', 'GET', `/api/memberships/${farmer.kpj}/coverage?on=2026-11-25`)
    expect(covered.body.evidence.map(({ step }: { step: string }) => step)).toContain('payment-decision')
  }
})

test('an external id is good for its day: tomorrow it may name another call', async () => {
  const bank = bankOf(hub, 'brilink')
  const [one, two] = [person(), person()]
  await register(hub, one, two)
  const headers = { 'X-EXTERNAL-ID': bank.externalId() }
  const body = (farmer: Person, id: string) => ({
    ...bank.identity(farmer.nik),
    paymentRequestId: id,
    paidAmount: { value: '8400.00', currency: 'IDR' },
  })
  expect((await bank.payment(body(one, 'day-1'), { headers })).code).toBe('2002500')
  expect((await bank.payment(body(two, 'day-2'), { headers })).code).toBe('4092500')
  await hub.moveTo('2026-11-20T23:58:00+07:00')
  const tomorrow = '2026-11-21T00:01:00+07:00'
  expect((await bank.payment(body(two, 'day-2'), { headers, at: tomorrow })).code).toBe('2002500')
  expect((await bank.payment(body(one, 'day-1'), { headers, at: wib(hub.now()) })).code).toBe('4042518')
})

test('twenty copies under one external id are one payment: one first answer at least, the rest told that they repeat', async () => {
  const bank = bankOf(hub, 'bni')
  const farmer = person()
  await register(hub, farmer)
  const headers = { 'X-EXTERNAL-ID': bank.externalId() }
  const body = {
    ...bank.identity(farmer.nik),
    paymentRequestId: 'copies',
    paidAmount: { value: '8400.00', currency: 'IDR' },
  }
  await bank.token()
  const codes = (await Promise.all(Array.from({ length: 20 }, () => bank.payment(body, { headers })))).map(
    ({ code }) => code,
  )
  expect(codes).toContain('2002500')
  expect(codes.filter((code) => code !== '2002500' && code !== '4042518')).toEqual([])
  await hub.untilQuiet()
  expect(await payments(farmer)).toHaveLength(1)
})
