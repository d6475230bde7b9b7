/**
 * A year in the life of a membership: the months pass, cover ends and comes back, the owner dies on paper and returns. At
 * each turn the two questions are asked: was she covered on that day, and what did the hub know of it then?
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { type Person, person, register } from '../support/people.ts'
import { terminalOf } from '../support/terminals.ts'

let hub: HubOnTrial

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-10-05T09:00:00+07:00' })
}, 180_000)
afterAll(() => hub?.stop())

const membership = async ({ kpj }: Person) => (await hub.api('viewer', 'GET', `/api/memberships/${kpj}`)).body
const coverage = async ({ kpj }: Person, query: string) =>
  (await hub.api('viewer', 'GET', `/api/memberships/${kpj}/coverage?${query}`)).body

/** Four months of nights are played here; a busy machine takes its time for them. */
const NIGHTS_MILLIS = 240_000

test(
  'paid through October she is in grace from November, lapsed from February, and starts again where she stands',
  async () => {
    const farmer = person()
    await register(hub, farmer)
    const terminal = terminalOf(hub, 'pos')
    expect(await membership(farmer)).toMatchObject({ status: 'unpaid', paidThrough: null, nextTransition: null })
    expect((await terminal.pay({ id: 'oct', customer: farmer.nik, amount: 8_400 })).code).toBe('00')
    await hub.untilQuiet()
    expect(await membership(farmer)).toMatchObject({
      status: 'active',
      nextTransition: { on: '2026-11-01', to: 'grace' },
      payable: { month: '2026-11', amountRupiah: 8_400 },
    })

    await hub.moveTo('2026-10-31T23:59:00+07:00')
    expect(await membership(farmer)).toMatchObject({ status: 'active', payable: { month: '2026-11' } })
    const night = await hub.moveTo('2026-11-01T00:30:00+07:00')
    expect(night.body.ran.length).toBeGreaterThan(0)
    expect(await membership(farmer)).toMatchObject({
      status: 'grace',
      paidThrough: '2026-10',
      nextTransition: { on: '2027-02-01', to: 'lapsed' },
      payable: { month: '2026-11', amountRupiah: 8_400 },
    })
    await hub.moveTo('2027-01-31T12:00:00+07:00')
    expect(await membership(farmer)).toMatchObject({
      status: 'grace',
      payable: { month: '2026-11', amountRupiah: 8_400 },
    })
    await hub.moveTo('2027-02-01T00:15:00+07:00')
    expect(await membership(farmer)).toMatchObject({
      status: 'lapsed',
      nextTransition: null,
      payable: { month: '2027-02', amountRupiah: 16_800 },
    })

    await hub.moveTo('2027-02-10T08:00:00+07:00')
    expect((await terminal.inquire({ id: 'feb', customer: farmer.nik })).amount).toBe(16_800)
    expect((await terminal.pay({ id: 'feb', customer: farmer.nik, amount: 16_800 })).code).toBe('00')
    await hub.untilQuiet()
    expect(await membership(farmer)).toMatchObject({
      status: 'active',
      paidThrough: '2027-02',
      payable: { month: '2027-03' },
    })

    expect(await coverage(farmer, 'on=2026-10-04')).toMatchObject({ covered: false })
    expect(await coverage(farmer, 'on=2026-10-05')).toMatchObject({ covered: true, partialDay: true })
    expect(await coverage(farmer, 'on=2026-10-06')).toMatchObject({ covered: true, partialDay: false })
    expect(await coverage(farmer, 'on=2026-12-01')).toMatchObject({ covered: false })
    expect(await coverage(farmer, 'on=2027-02-10T07:59:00%2B07:00')).toMatchObject({ covered: false })
    const covered = await coverage(farmer, 'on=2027-02-11')
    expect(covered).toMatchObject({ covered: true, partialDay: false, provisional: true })
    expect(covered.to).toBe('2027-02-28T17:00:00.000Z')
    expect(covered.evidence.map(({ step }: { step: string }) => step)).toEqual(
      expect.arrayContaining(['channel-call', 'payment-decision', 'fact']),
    )
    const before = await coverage(farmer, 'on=2027-02-11&knownAt=2027-02-10T07:00:00%2B07:00')
    expect(before).toMatchObject({ covered: false })
    const recent = await hub.api(
      'viewer',
      'GET',
      `/api/memberships/${farmer.kpj}/coverage?on=2027-02-11&knownAt=2027-02-10T08:00:00%2B07:00`,
    )
    expect(recent.status).toBe(400)
  },
  NIGHTS_MILLIS,
)

test(
  'arrears are paid oldest month first while in grace, and cover does not reach back',
  async () => {
    await hub.moveTo('2026-10-05T09:00:00+07:00')
    const farmer = person()
    await register(hub, farmer)
    const terminal = terminalOf(hub, 'alfamart')
    await terminal.pay({ id: 'a-oct', customer: farmer.nik, amount: 8_400 })
    await hub.moveTo('2027-01-12T10:00:00+07:00')
    const due = await terminal.inquire({ id: 'a-three', customer: farmer.nik, months: 3 })
    expect(due.amount).toBe(33_600)
    expect((await terminal.pay({ id: 'a-three', customer: farmer.nik, months: 3, amount: 33_600 })).code).toBe('00')
    await hub.untilQuiet()
    expect(await membership(farmer)).toMatchObject({ status: 'active', paidThrough: '2027-01' })
    expect(await coverage(farmer, 'on=2026-11-20')).toMatchObject({ covered: false })
    expect(await coverage(farmer, 'on=2027-01-11')).toMatchObject({ covered: false })
    expect(await coverage(farmer, 'on=2027-01-13')).toMatchObject({ covered: true })
  },
  NIGHTS_MILLIS,
)

test('a reversal changes the answer by recomputation, and what was known before stays known', async () => {
  await hub.moveTo('2026-11-20T09:00:00+07:00')
  const farmer = person()
  await register(hub, farmer)
  const terminal = terminalOf(hub, 'indomaret')
  const call = { id: 'taken-back', customer: farmer.nik, amount: 8_400 }
  expect((await terminal.pay(call)).code).toBe('00')
  await hub.moveTo('2026-11-20T13:00:00+07:00')
  expect(await coverage(farmer, 'on=2026-11-25')).toMatchObject({ covered: true })
  expect((await terminal.reverse?.(call))?.code).toBe('00')
  await hub.moveTo('2026-11-20T14:00:00+07:00')
  const now = await coverage(farmer, 'on=2026-11-25')
  expect(now).toMatchObject({ covered: false, from: null, to: null })
  expect(now.evidence.map(({ kind }: { kind?: string }) => kind)).toEqual(
    expect.arrayContaining(['payment', 'reversal']),
  )
  const atNoon = 'knownAt=2026-11-20T12:00:00%2B07:00'
  expect(await coverage(farmer, `on=2026-11-25&${atNoon}`)).toMatchObject({ covered: true })
  expect(await coverage(farmer, `on=2026-11-25&${atNoon}`)).toMatchObject({ covered: true })
})

test('a closing ends cover after its day and payments at the counter; reopening brings both back from its moment', async () => {
  await hub.moveTo('2026-11-20T09:00:00+07:00')
  const farmer = person()
  await register(hub, farmer)
  const terminal = terminalOf(hub, 'pos')
  await terminal.pay({ id: 'c-3', customer: farmer.nik, months: 3, amount: 33_600 })
  await hub.untilQuiet()
  const closing = { reason: 'became a wage earner', on: '2026-11-22' }
  const path = `/api/memberships/${farmer.kpj}`
  expect((await hub.api('operator', 'POST', `${path}/closure`, closing)).status).toBe(403)
  expect((await hub.api('admin', 'POST', `${path}/closure`, closing)).status).toBe(200)
  expect(await membership(farmer)).toMatchObject({ closure: null, pendingProposal: { action: 'close' } })
  expect((await hub.api('admin', 'POST', `${path}/closure/approval`, { decision: 'approve' })).status).toBe(403)
  expect((await hub.api('approver', 'POST', `${path}/closure/approval`, { decision: 'approve' })).status).toBe(200)
  await hub.untilQuiet()
  // It is for a day to come: until then she is open.
  expect(await membership(farmer)).toMatchObject({
    status: 'active',
    nextTransition: { on: '2026-11-22', to: 'closed' },
  })
  await hub.moveTo('2026-11-22T09:00:00+07:00')
  expect(await membership(farmer)).toMatchObject({ status: 'closed', payable: null, nextTransition: null })
  expect((await terminal.inquire({ id: 'c-4', customer: farmer.nik })).code).toBe('14')
  expect((await terminal.pay({ id: 'c-4', customer: farmer.kpj, amount: 16_800 })).code).toBe('14')
  expect(await coverage(farmer, 'on=2026-11-22')).toMatchObject({ covered: true, partialDay: false })
  expect(await coverage(farmer, 'on=2026-11-23')).toMatchObject({ covered: false })

  await hub.moveTo('2026-12-10T12:00:00+07:00')
  expect((await hub.api('admin', 'POST', `${path}/reopening`, { reason: 'it was a mistake' })).status).toBe(200)
  expect((await hub.api('approver', 'POST', `${path}/reopening/approval`, { decision: 'approve' })).status).toBe(200)
  await hub.untilQuiet()
  expect(await membership(farmer)).toMatchObject({ status: 'active', paidThrough: '2027-01' })
  expect(await coverage(farmer, 'on=2026-12-05')).toMatchObject({ covered: false })
  expect(await coverage(farmer, 'on=2026-12-10')).toMatchObject({ covered: true, partialDay: true })
  expect(await coverage(farmer, 'on=2026-12-11')).toMatchObject({ covered: true, partialDay: false })
  expect((await terminal.inquire({ id: 'c-5', customer: farmer.nik })).amount).toBe(16_800)
})

test('a change of terms holds from the first month not yet paid', async () => {
  await hub.moveTo('2026-11-20T09:00:00+07:00')
  const farmer = person()
  await register(hub, farmer)
  const terminal = terminalOf(hub, 'bni')
  await terminal.pay({ id: 'terms-1', customer: farmer.nik, amount: 8_400 })
  await hub.untilQuiet()
  const changed: Person = { ...farmer, row: { ...farmer.row, programs: 'JKK+JKM+JHT' } }
  await register(hub, changed)
  await hub.untilQuiet()
  expect(await membership(farmer)).toMatchObject({
    programs: 'JKK+JKM+JHT',
    status: 'active',
    payable: { month: '2026-12', amountRupiah: 28_400 },
  })
  expect((await terminal.inquire({ id: 'terms-2', customer: farmer.nik })).amount).toBe(28_400)
  const sponsored: Person = { ...farmer, row: { ...changed.row, funding: 'village' } }
  await register(hub, sponsored)
  expect((await terminal.inquire({ id: 'terms-3', customer: farmer.nik })).code).toBe('4042412')
})
