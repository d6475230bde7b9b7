/** A partner's call: the last payments of its day, and everything about one payment id, refusals included. */
import { describe, expect, test } from 'vitest'
import { createDynamoClient } from '../../../../shared/store/dynamo/client.ts'
import { dynamoFacts } from '../../../../shared/store/facts/dynamodb.ts'
import { dynamoLatestFacts } from '../../../../shared/store/facts/latest.ts'
import { createTables, startDatabase } from '../../../support/dynoxide.ts'
import { at, date, KPJ, pay, reverse } from '../../../support/facts.ts'
import { consoleOn, row } from '../console.ts'

const one = (hub: ReturnType<typeof consoleOn>, id: string, channel = 'bni') =>
  hub.call('support', 'GET', `/api/partners/${channel}/payments/${id}`)

describe('the last payments of a channel', () => {
  test('stand newest first with our reference, reversals among them, and end at the limit', async () => {
    const hub = consoleOn({ now: '2026-11-20T13:00' })
    const first = await hub.pay('P1', '2026-11-20T10:00', ['2026-11'])
    const second = await hub.pay('P2', '2026-11-20T11:00', ['2026-12'])
    await hub.store.facts.put(reverse(first, '2026-11-20T12:00'))
    const { body } = await hub.call('viewer', 'GET', '/api/partners/bni/payments?limit=2')
    expect(body).toMatchObject({
      channel: 'bni',
      day: '2026-11-20',
      items: [
        { kind: 'reversal', paymentId: 'P1', hubReference: null, decidedAt: '2026-11-20T05:00:00.000Z' },
        { kind: 'payment', paymentId: 'P2', hubReference: second.hubReference, amountRupiah: 8_400 },
      ],
    })
    expect(body.items).toHaveLength(2)
    const before = await hub.call('viewer', 'GET', '/api/partners/bni/payments?day=2026-11-19')
    expect(before.body.items).toEqual([])
  })

  test('on DynamoDB are the last of all shards, of that source and day alone', async () => {
    const database = await startDatabase()
    const client = createDynamoClient({ endpoint: database.endpoint })
    try {
      const tables = await createTables(database.endpoint)
      const facts = dynamoFacts(client, tables)
      for (let i = 0; i < 40; i++) {
        const minute = String(i).padStart(2, '0')
        await facts.put(pay(`P${i}`, `2026-11-20T10:${minute}`, ['2026-11']))
      }
      await facts.put({ ...pay('other', '2026-11-20T11:00', ['2026-11']), source: 'pos' })
      const latest = await dynamoLatestFacts(client, tables).ofDay('bni', date('2026-11-20'), 5)
      expect(latest.map(({ id, decidedAt }) => [id[0], decidedAt])).toEqual(
        [39, 38, 37, 36, 35].map((i) => [`P${i}`, at(`2026-11-20T10:${i}`)]),
      )
    } finally {
      client.destroy()
      await database.stop()
    }
  })
})

describe('one payment', () => {
  test('that was accepted is shown from decision to view, and to settlement once a file names it', async () => {
    const hub = consoleOn()
    await hub.importRows(row())
    const paid = await hub.pay('P1', '2026-11-20T10:00', ['2026-11'])
    expect((await one(hub, 'P1')).body).toMatchObject({
      decision: { outcome: 'accepted', refusal: null, hubReference: paid.hubReference, months: ['2026-11'] },
      fact: { secondsToRecord: 0 },
      reversedAt: null,
      view: null,
      settlement: [],
    })
    await hub.fold()
    expect((await one(hub, 'P1')).body.view).toMatchObject({ countsPayment: true, paidThrough: '2026-11' })
    await hub.store.facts.put(reverse(paid, '2026-11-20T10:05'))
    expect((await one(hub, 'P1')).body.reversedAt).toBe('2026-11-20T03:05:00.000Z')
  })

  test('that was refused says why, and that nothing is recorded', async () => {
    const hub = consoleOn()
    await hub.store.decisions.put({
      channel: 'bni',
      paymentId: 'R1',
      customerDigest: new Uint8Array(17),
      factsDigest: new Uint8Array(17),
      settledAmount: null,
      account: KPJ,
      decidedAt: at('2026-11-20T09:00'),
      hubReference: 'HUB-R1',
      evidenceDigest: null,
      outcome: { kind: 'refused', code: 'wrong-amount' },
    })
    expect((await one(hub, 'R1')).body).toMatchObject({
      decision: { outcome: 'refused', refusal: 'wrong-amount', amountRupiah: null, months: [] },
      fact: null,
      view: null,
    })
  })

  test('that nobody sent, and a channel that is none, are told apart', async () => {
    const hub = consoleOn()
    expect(await one(hub, 'nobody')).toMatchObject({ status: 404, body: { code: 'UNKNOWN_PAYMENT' } })
    expect(await one(hub, 'P1', 'nowhere')).toMatchObject({ status: 404, body: { code: 'UNKNOWN_CHANNEL' } })
    expect(await hub.call('viewer', 'GET', '/api/partners/nowhere/payments')).toMatchObject({
      status: 404,
      body: { code: 'UNKNOWN_CHANNEL' },
    })
  })
})
