/** A line and the payment that misses it, in other letters or days late: seen together, and money moves at most once. */
import { describe, expect, test } from 'vitest'
import { counterOf } from '../../support/endpoint.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const NEXT = '2026-11-21'
const REASON = 'as agreed with the partner'

const byClass = async (hub: SettlementHub, date: string) =>
  Object.fromEntries(
    (await hub.cases('indomaret', date))
      .filter(({ state }) => state !== 'resolved')
      .map((each) => [each.finding.class, each]),
  )
const propose = (hub: SettlementHub, id: string | undefined, body: object) =>
  hub.call('operator', 'POST', `/api/differences/${id}/proposal`, { reason: REASON, ...body })
const codeOf = ({ status, body }: { readonly status: number; readonly body: { readonly code?: string } }) =>
  `${status} ${body.code}`

/** A payment of the day, and its line with this id in the file of this date. */
async function withLine(id: string, file: string) {
  const hub = await settlementHub()
  hub.setClock(`${DAY}T10:00`)
  await counterOf(hub, 'indomaret').pay({ paymentId: 'Trx1' })
  hub.setClock(`${NEXT}T06:30`)
  const row = partnerRow(id, `${DAY}T10:00`)
  await hub.settle('indomaret', DAY, file === DAY ? [row] : [])
  if (file === DAY) return hub
  hub.setClock(`${NEXT}T10:00`)
  await counterOf(hub, 'indomaret').pay({ paymentId: 'T2' })
  hub.setClock('2026-11-22T06:30')
  await hub.settle('indomaret', NEXT, [partnerRow('T2', `${NEXT}T10:00`), row])
  return hub
}

describe('an id in other letters', () => {
  test('links both cases, of which only one can be acted on', async () => {
    const hub = await withLine('TRX1', DAY)
    const { 'missing-in-file': missing, 'missing-in-hub': line } = await byClass(hub, DAY)
    expect(missing?.finding.evidence.linked).toEqual([line?.id])
    expect(line?.finding.evidence.linked).toEqual([missing?.id])
    expect(codeOf(await propose(hub, line?.id, { action: 'post' }))).toBe('409 ACTION_DOES_NOT_FIT')
    expect((await propose(hub, missing?.id, { action: 'charge-channel' })).status).toBe(200)
    expect(codeOf(await propose(hub, line?.id, { action: 'match', paymentId: 'Trx1' }))).toBe('409 LINKED_DIFFERENCE')
    expect((await propose(hub, line?.id, { action: 'accept' })).status).toBe(200)
  })

  test('that is said to be the payment settles it, and nothing is posted', async () => {
    const hub = await withLine('TRX1', DAY)
    const { 'missing-in-hub': line } = await byClass(hub, DAY)
    expect((await hub.decide(line?.id ?? '', 'match', { paymentId: 'Trx1' })).status).toBe(200)
    expect(await byClass(hub, DAY)).toEqual({})
    expect(hub.store.everything().facts.filter(({ kind }) => kind === 'payment')).toHaveLength(1)
  })

  test('is found in the file of the next day too, whichever day is looked at', async () => {
    const hub = await settlementHub()
    hub.setClock(`${DAY}T10:00`)
    await counterOf(hub, 'indomaret').pay({ paymentId: 'trx1' })
    hub.setClock(`${NEXT}T06:30`)
    await hub.settle('indomaret', DAY, [])
    hub.setClock(`${NEXT}T10:00`)
    await counterOf(hub, 'indomaret').pay({ paymentId: 'T2' })
    hub.setClock('2026-11-22T06:30')
    const late = partnerRow('TRX1', `${DAY}T10:00`)
    await hub.settle('indomaret', NEXT, [partnerRow('T2', `${NEXT}T10:00`), late])
    const missing = (await byClass(hub, DAY))['missing-in-file']
    const line = (await byClass(hub, NEXT))['missing-in-hub']
    expect(missing?.finding.evidence.linked).toEqual([line?.id])
    expect(line?.finding.evidence).toMatchObject({ linked: [missing?.id], candidates: ['trx1'] })
    expect((await hub.decide(line?.id ?? '', 'match', { paymentId: 'trx1' })).status).toBe(200)
    expect(await byClass(hub, DAY)).toEqual({})
    expect(await byClass(hub, NEXT)).toEqual({})
  })
})

describe('a late line without an id', () => {
  test('is tied to its day by two people, and both days agree', async () => {
    const hub = await withLine('', NEXT)
    const line = (await byClass(hub, NEXT))['missing-in-hub']
    expect((await byClass(hub, DAY))['missing-in-file']).toBeDefined()
    expect((await hub.decide(line?.id ?? '', 'match', { paymentId: 'Trx1' })).status).toBe(200)
    expect(await byClass(hub, NEXT)).toEqual({})
    expect(await byClass(hub, DAY)).toEqual({})
    const labels = (await hub.statement('indomaret', DAY))?.bridge.map(({ label }) => label)
    expect(labels).toContain('settled-in-other-file')
  })

  test('is not tied to a payment that the hub does not have', async () => {
    const hub = await withLine('', NEXT)
    const line = (await byClass(hub, NEXT))['missing-in-hub']
    expect(codeOf(await propose(hub, line?.id, { action: 'match', paymentId: 'NOBODY' }))).toBe('400 INVALID_INPUT')
  })

  test('that was said to be a payment with a line of its own is a question again', async () => {
    const hub = await withLine('', NEXT)
    const line = (await byClass(hub, NEXT))['missing-in-hub']
    expect((await hub.decide(line?.id ?? '', 'match', { paymentId: 'T2' })).status).toBe(200)
    expect((await byClass(hub, NEXT))['missing-in-hub']).toMatchObject({ id: line?.id, state: 'open', proposal: null })
  })
})
