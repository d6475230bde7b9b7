/**
 * A village pays for one of its own: the office makes a bill, any counter takes the money, the member is covered. Paid twice,
 * paid late, or made pointless by another payment, the bill says so; reversed, it is open again.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { type Person, person, register } from '../support/people.ts'
import { CHANNELS, terminalOf } from '../support/terminals.ts'

let hub: HubOnTrial

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-11-20T10:00:00+07:00' })
}, 180_000)
afterAll(() => hub?.stop())

async function bill({ kpj }: Person, months = 1, validUntil = '2026-11-30') {
  const reply = await hub.api('operator', 'POST', '/api/bills', { kpj, months, validUntil })
  expect(reply.status).toBe(201)
  return reply.body as { readonly billCode: string; readonly amountRupiah: number; readonly months: readonly string[] }
}
const statusOf = async (billCode: string) => (await hub.api('viewer', 'GET', `/api/bills/${billCode}`)).body.status

describe.each(CHANNELS)('at %s', (channel) => {
  test('a village pays the bill of its member once, at the price without discount', async () => {
    const terminal = terminalOf(hub, channel)
    const sponsored = person({ funding: 'village' })
    await register(hub, sponsored)
    const { billCode, amountRupiah, months } = await bill(sponsored, 3)
    expect(billCode).toMatch(/^99\d{14}$/)
    expect({ amountRupiah, months }).toEqual({ amountRupiah: 50_400, months: ['2026-11', '2026-12', '2027-01'] })
    expect(await statusOf(billCode)).toBe('open')

    const call = { id: `${channel}-bill`, customer: billCode, amount: 50_400 }
    expect((await terminal.inquire(call)).amount).toBe(50_400)
    expect((await terminal.pay({ ...call, id: `${channel}-wrong`, amount: 16_800 })).code).toBe(
      terminal.codes.wrongAmount,
    )
    const paid = await terminal.pay(call)
    expect(paid.code).toBe(terminal.codes.ok)
    expect((await terminal.pay(call)).code).toBe(terminal.codes.ok)
    expect((await terminal.pay({ ...call, id: `${channel}-second` })).code).toBe(terminal.codes.alreadyPaid)
    expect((await terminal.inquire({ ...call, id: `${channel}-ask` })).code.slice(-2)).toBe(
      terminal.codes.alreadyPaid.slice(-2),
    )
    await hub.untilQuiet()
    expect(await statusOf(billCode)).toBe('paid')
    const { body } = await hub.api('viewer', 'GET', `/api/memberships/${sponsored.kpj}`)
    expect(body).toMatchObject({ status: 'active', paidThrough: '2027-01', funding: 'village' })
    const { body: list } = await hub.api('viewer', 'GET', `/api/memberships/${sponsored.kpj}/payments`)
    expect(list.items).toMatchObject([
      { kind: 'payment', channel, paymentId: call.id, billCode, amountRupiah: 50_400, months: [...months] },
    ])
    const { body: covered } = await hub.api('viewer', 'GET', `/api/memberships/${sponsored.kpj}/coverage?on=2026-12-24`)
    expect(covered.covered).toBe(true)
    expect(covered.evidence.map(({ step }: { step: string }) => step)).toContain('channel-call')
  })

  test('a bill past its day has expired, and one whose month was paid otherwise has changed', async () => {
    const terminal = terminalOf(hub, channel)
    const [late, double] = [person({ funding: 'village' }), person()]
    await register(hub, late, double)
    const over = await hub.api('operator', 'POST', '/api/bills', { kpj: late.kpj, months: 1, validUntil: '2026-11-19' })
    expect(over.status).toBe(400)
    const short = await bill(late, 1, new Date(hub.now() + 1_500).toISOString())
    const changed = await bill(double)
    expect((await terminal.pay({ id: `${channel}-self`, customer: double.nik, amount: 8_400 })).code).toBe(
      terminal.codes.ok,
    )
    const call = { id: `${channel}-late`, customer: changed.billCode, amount: changed.amountRupiah }
    expect((await terminal.pay(call)).code).toBe(terminal.codes.expired)
    expect(await statusOf(changed.billCode)).toBe('changed')
    await expect.poll(() => statusOf(short.billCode), { timeout: 5_000 }).toBe('expired')
    expect((await terminal.pay({ id: `${channel}-over`, customer: short.billCode, amount: 16_800 })).code).toBe(
      terminal.codes.expired,
    )
    expect((await terminal.inquire({ id: `${channel}-over`, customer: short.billCode })).code.slice(-2)).toBe(
      terminal.codes.expired.slice(-2),
    )
  })
})

describe.each(['alfamart', 'indomaret', 'pos'] as const)('reversed at %s', (channel) => {
  test('a bill is open again, its member uncovered, and it can be paid elsewhere', async () => {
    const terminal = terminalOf(hub, channel)
    const sponsored = person({ funding: 'apbd' })
    await register(hub, sponsored)
    const { billCode } = await bill(sponsored)
    const call = { id: `${channel}-rev`, customer: billCode, amount: 16_800 }
    expect((await terminal.pay(call)).code).toBe('00')
    await hub.untilQuiet()
    expect((await terminal.reverse?.(call))?.code).toBe('00')
    expect((await terminal.reverse?.(call))?.code).toBe('00')
    expect((await terminal.pay(call)).code).toBe('93')
    await hub.untilQuiet()
    expect(await statusOf(billCode)).toBe('open')
    const view = `/api/memberships/${sponsored.kpj}`
    expect((await hub.api('viewer', 'GET', view)).body).toMatchObject({ status: 'unpaid', paidThrough: null })
    const elsewhere = terminalOf(hub, 'bni')
    const again = await elsewhere.pay({ ...call, id: `${channel}-again` })
    expect(again.code).toBe('2002500')
    await hub.untilQuiet()
    expect((await hub.api('viewer', 'GET', view)).body).toMatchObject({ status: 'active', paidThrough: '2026-11' })
    expect((await terminal.reverse?.(call))?.code).toBe('00')
    await hub.untilQuiet()
    expect(await statusOf(billCode)).toBe('paid')
  })
})

test('two counters that take the same bill at the same moment: one is paid, the other is told', async () => {
  const sponsored = person({ funding: 'csr' })
  await register(hub, sponsored)
  const { billCode, amountRupiah } = await bill(sponsored)
  const answers = await Promise.all(
    CHANNELS.map(async (channel) => {
      const terminal = terminalOf(hub, channel)
      const { code } = await terminal.pay({ id: `race-${channel}`, customer: billCode, amount: amountRupiah })
      return code === terminal.codes.ok ? 'paid' : code === terminal.codes.alreadyPaid ? 'already paid' : code
    }),
  )
  expect(answers.sort()).toEqual(['already paid', 'already paid', 'already paid', 'already paid', 'paid'])
})

test('a wrong digit in a bill code is an unknown bill', async () => {
  const sponsored = person({ funding: 'village' })
  await register(hub, sponsored)
  const { billCode } = await bill(sponsored)
  const wrong = billCode.slice(0, 15) + ((Number(billCode[15]) + 1) % 10)
  for (const channel of CHANNELS) {
    const terminal = terminalOf(hub, channel)
    expect((await terminal.pay({ id: `digit-${channel}`, customer: wrong, amount: 16_800 })).code).toBe(
      terminal.codes.unknown,
    )
  }
  expect((await hub.api('viewer', 'GET', `/api/bills/${wrong}`)).status).toBe(404)
  const closed = await hub.api('viewer', 'POST', '/api/bills', {
    kpj: sponsored.kpj,
    months: 1,
    validUntil: '2026-12-01',
  })
  expect(closed.status).toBe(403)
})
