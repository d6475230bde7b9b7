/** The answer file of a day: written once per version of the statement, found where the channel fetches it, downloadable. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { reconcileSettlement } from '../../../functions/reconcile-settlement/reconcile-settlement.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { counterOf } from '../../support/endpoint.ts'
import { settlementFiles } from '../../support/settlement-files.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const PLACE = 'indomaret/IDM_20261120-answer-'

async function paid(): Promise<SettlementHub> {
  const hub = await settlementHub()
  const counter = counterOf(hub, 'indomaret')
  for (const paymentId of ['P1', 'P2']) expect((await counter.pay({ paymentId })).outcome).toBe('accepted')
  hub.setClock('2026-11-21T06:30')
  return hub
}

const settled = async (hub: SettlementHub) =>
  hub.settle('indomaret', DAY, [partnerRow('P1', `${DAY}T10:00`), partnerRow('X9', `${DAY}T11:00`)])
const listed = async (hub: SettlementHub) =>
  (await hub.call('viewer', 'GET', `/api/settlements/indomaret/${DAY}/answer-file`)).body
const names = (hub: SettlementHub) => [...hub.files.everOutgoing().keys()]
const textAt = (hub: SettlementHub, name: string) =>
  Buffer.from(hub.files.everOutgoing().get(name) ?? []).toString('utf8')
const again = (hub: SettlementHub) =>
  reconcileSettlement(hub.ports, { task: 'day', channel: 'indomaret', date: DAY as BusinessDate })

describe('an answer file', () => {
  test('says of each line and payment what became of it, by the channel’s id and the hub’s reference', async () => {
    const hub = await paid()
    await settled(hub)
    const reference = (paymentId: string) => hub.ports.digests.reference('indomaret', paymentId)
    const [name = ''] = names(hub)
    expect(name).toBe(`${PLACE}0001.csv`)
    const { file } = (await hub.statement('indomaret', DAY)) ?? {}
    expect(textAt(hub, name).split('\n')).toEqual([
      'line,payment_id,hub_reference,status,amount,verdict,reason,other_date',
      `2,P1,${reference('P1')},S,8400,matched,,`,
      '3,X9,,S,8400,refused,missing-in-hub,',
      `,P2,${reference('P2')},,8400,missing,missing-in-file,`,
      `#TRAILER,1,0,1,1,IDM_20261120.csv,${file?.sha256}`,
      '',
    ])
  })

  test('carries the reference that the endpoint gave', async () => {
    const hub = await settlementHub()
    const answer = await counterOf(hub, 'indomaret').pay({ paymentId: 'P1' })
    hub.setClock('2026-11-21T06:30')
    await settled(hub)
    if (answer.outcome !== 'accepted') throw new Error('expected the payment to be accepted')
    expect(textAt(hub, names(hub)[0] ?? '')).toContain(`P1,${answer.hubReference},`)
  })

  test('is listed with its digest, and handed out as it lies there', async () => {
    const hub = await paid()
    await settled(hub)
    const { answers } = await listed(hub)
    expect(answers).toMatchObject([{ version: 1, matched: 1, missing: 1, refused: 1, awaited: 0 }])
    const text = textAt(hub, `${PLACE}0001.csv`)
    expect(answers[0]).toMatchObject({
      place: `outgoing/${PLACE}0001.csv`,
      sha256: createHash('sha256').update(text).digest('hex'),
      bytes: text.length,
    })
    const file = await hub.fetchText('viewer', `/api/settlements/indomaret/${DAY}/answer-file?format=csv`)
    expect(file).toBe(text)
  })

  test('is written once: the same run again writes nothing, a credit of the bank nothing new', async () => {
    const hub = await paid()
    await settled(hub)
    await again(hub)
    expect(names(hub)).toEqual([`${PLACE}0001.csv`])
    await hub.credit('C1', '2026-11-21', 13_800, 'INDOMARET 20261120')
    expect((await hub.statement('indomaret', DAY))?.version).toBeGreaterThan(1)
    expect(names(hub)).toEqual([`${PLACE}0001.csv`])
    const { answers } = await listed(hub)
    expect(new Set(answers.map((answer: { name: string }) => answer.name)).size).toBe(1)
    expect(answers.at(-1).version).toBe((await hub.statement('indomaret', DAY))?.version)
  })

  test('has a new version when the day changes, and the first stays', async () => {
    const hub = await paid()
    await settled(hub)
    const first = textAt(hub, `${PLACE}0001.csv`)
    const corrected = [partnerRow('P1', `${DAY}T10:00`), partnerRow('P2', `${DAY}T10:00`)]
    await hub.settle('indomaret', DAY, corrected)
    const open = (await hub.cases('indomaret', DAY)).find(({ finding }) => finding.class === 'corrected-file')
    expect((await hub.decide(open?.id ?? '', 'accept')).status).toBe(200)
    const { version = 0 } = (await hub.statement('indomaret', DAY)) ?? {}
    expect(textAt(hub, `${PLACE}${String(version).padStart(4, '0')}.csv`)).toContain('#TRAILER,2,0,0,0,')
    expect(textAt(hub, `${PLACE}0001.csv`)).toBe(first)
  })

  test('that a crash kept from being written is written by the next run', async () => {
    const hub = await paid()
    let calls = 0
    const broken = {
      ...hub.ports,
      files: {
        ...hub.ports.files,
        putOutgoing: async () => {
          calls++
          throw new Error('killed')
        },
      },
    }
    await hub.take('indomaret', DAY, settlementFiles.indomaret?.(DAY, [partnerRow('P1', `${DAY}T10:00`)]) ?? '')
    const task = { task: 'day', channel: 'indomaret', date: DAY as BusinessDate } as const
    await expect(reconcileSettlement(broken, task)).rejects.toThrow('killed')
    expect([calls, names(hub)]).toEqual([1, []])
    expect((await hub.statement('indomaret', DAY))?.version).toBe(1)
    await again(hub)
    expect(names(hub)).toEqual([`${PLACE}0001.csv`])
  })

  test('does not exist for a day without an accepted file, or for nobody’s day', async () => {
    const hub = await paid()
    await again(hub)
    expect(names(hub)).toEqual([])
    for (const of of [`indomaret/${DAY}`, `nobody/${DAY}`, 'indomaret/yesterday']) {
      const { status, body } = await hub.call('viewer', 'GET', `/api/settlements/${of}/answer-file`)
      expect([status, body.code]).toEqual([404, 'UNKNOWN_STATEMENT'])
    }
  })
})
