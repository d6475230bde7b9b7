/**
 * A farmer walks to a counter with 8,400 rupiah. Whatever counter it is, she is covered from that moment: she is looked up,
 * told what she owes, pays, and the hub shows her as active; a repeat of the call changes nothing.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { person, register } from '../support/people.ts'
import { CHANNELS, type ChannelName, terminalOf } from '../support/terminals.ts'

let hub: HubOnTrial

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-11-20T10:00:00+07:00', isolates: 'strict' })
}, 180_000)
afterAll(() => hub?.stop())

describe.each(CHANNELS)('at %s', (channel) => {
  test('a farmer pays one month by NIK and is active, a repeat is the same answer, the next month is prepaid', async () => {
    const terminal = terminalOf(hub, channel)
    const farmer = person()
    await register(hub, farmer)
    const id = `${channel}-1`
    const due = await terminal.inquire({ id, customer: farmer.nik })
    expect(due).toMatchObject({ status: 200, code: terminal.codes.quoted, amount: 8_400 })

    const call = { id, customer: farmer.nik, amount: 8_400 }
    const paid = await terminal.pay(call)
    expect(paid).toMatchObject({ status: 200, code: terminal.codes.ok })
    const again = await terminal.pay(call)
    expect(withoutRequestTimes(channel, again.text)).toBe(withoutRequestTimes(channel, paid.text))
    await hub.untilQuiet()

    const seen = await hub.api('viewer', 'GET', `/api/memberships/${farmer.kpj}`)
    expect(seen.body).toMatchObject({
      kpj: farmer.kpj,
      status: 'active',
      paidThrough: '2026-11',
      creditRupiah: 0,
      nextTransition: { on: '2026-12-01', to: 'grace' },
      payable: { month: '2026-12', amountRupiah: 8_400 },
      view: { status: 'active', paidThrough: '2026-11' },
    })
    const { body } = await hub.api('viewer', 'GET', `/api/memberships/${farmer.kpj}/payments`)
    expect(body.items).toMatchObject([
      { kind: 'payment', channel, paymentId: id, amountRupiah: 8_400, months: ['2026-11'] },
    ])

    const next = await terminal.pay({ id: `${channel}-2`, customer: farmer.kpj, amount: 8_400 })
    expect(next.code).toBe(terminal.codes.ok)
    await hub.untilQuiet()
    const prepaid = await hub.api('viewer', 'GET', `/api/memberships/${farmer.kpj}`)
    expect(prepaid.body).toMatchObject({
      status: 'active',
      paidThrough: '2026-12',
      payable: { month: '2027-01', amountRupiah: 16_800 },
    })
  })

  test('three months across the end of the discount cost 33,600 and are paid together', async () => {
    const terminal = terminalOf(hub, channel)
    const farmer = person()
    await register(hub, farmer)
    const id = `${channel}-three`
    const due = await terminal.inquire({ id, customer: farmer.kpj, months: 3 })
    expect(due).toMatchObject({ code: terminal.codes.quoted, amount: 33_600 })
    const paid = await terminal.pay({ id, customer: farmer.kpj, months: 3, amount: 33_600 })
    expect(paid.code).toBe(terminal.codes.ok)
    for (const month of ['2026-11', '2026-12', '2027-01']) {
      expect(paid.text.replaceAll('-', '')).toContain(month.replace('-', ''))
    }
    await hub.untilQuiet()
    const { body } = await hub.api('viewer', 'GET', `/api/memberships/${farmer.kpj}`)
    expect(body).toMatchObject({ status: 'active', paidThrough: '2027-01' })
  })

  test('somebody whom the village pays for is unknown at the counter, by NIK and by KPJ', async () => {
    const terminal = terminalOf(hub, channel)
    const sponsored = person({ funding: 'village' })
    await register(hub, sponsored)
    for (const [index, customer] of [sponsored.nik, sponsored.kpj].entries()) {
      const id = `${channel}-village-${index}`
      const due = await terminal.inquire({ id, customer })
      expect(due.code.slice(-2)).toBe(terminal.codes.unknown.slice(-2))
      const paid = await terminal.pay({ id, customer, amount: 16_800 })
      expect(paid.code).toBe(terminal.codes.unknown)
    }
    await hub.untilQuiet()
    const { body } = await hub.api('viewer', 'GET', `/api/memberships/${sponsored.kpj}`)
    expect(body).toMatchObject({ status: 'unpaid', payable: { month: '2026-11', amountRupiah: 16_800 } })
  })

  test('a changed amount or fee, a used id with other facts, a thirteenth month ahead: each has its own refusal', async () => {
    const terminal = terminalOf(hub, channel)
    const farmer = person()
    await register(hub, farmer)
    const customer = farmer.nik
    const wrong = await terminal.pay({ id: `${channel}-wrong`, customer, amount: 16_800 })
    expect(wrong.code).toBe(terminal.codes.wrongAmount)
    expect((await terminal.pay({ id: `${channel}-wrong`, customer, amount: 16_800 })).code).toBe(
      terminal.codes.wrongAmount,
    )
    expect((await terminal.pay({ id: `${channel}-wrong`, customer, amount: 8_400 })).code).toBe(terminal.codes.conflict)

    expect((await terminal.pay({ id: `${channel}-year`, customer, months: 12, amount: 184_800 })).code).toBe(
      terminal.codes.ok,
    )
    expect((await terminal.pay({ id: `${channel}-more`, customer, months: 2, amount: 33_600 })).code).toBe(
      terminal.codes.alreadyPaid,
    )
    expect((await terminal.pay({ id: `${channel}-13th`, customer, amount: 16_800 })).code).toBe(terminal.codes.ok)
    expect((await terminal.pay({ id: `${channel}-14th`, customer, amount: 16_800 })).code).toBe(
      terminal.codes.alreadyPaid,
    )
    expect((await terminal.inquire({ id: `${channel}-14th`, customer })).code.slice(-2)).toBe(
      terminal.codes.alreadyPaid.slice(-2),
    )
  })
})

/** Echoed from each request: the pipe protocol's DateTimeRequest, its sixth field. */
function withoutRequestTimes(channel: ChannelName, text: string): string {
  if (channel !== 'alfamart') return text
  return text
    .split('|')
    .map((field, index) => (index === 5 ? '' : field))
    .join('|')
}
