/** What people do with a list stands in the audit chain: who handed it over, confirmed it and had it billed, with its digest and counts. */
import { describe, expect, test } from 'vitest'
import { readAuditEntry } from '../../../../shared/store/audit/item.ts'
import { enrolled, type Hub, listOf, people, personRow, send, VALID, work } from '../../enrol-cohort/list-hub.ts'

const entriesOf = (hub: Hub) => hub.settlements.chain.map(readAuditEntry)
const first = listOf(...people(3))
const second = listOf(...people(2), personRow(4), 'no,row')

describe('a list of a sponsor', () => {
  test('has an entry for each thing that people did with it, by whom, and none for a list that was there', async () => {
    const { hub, cohort } = await enrolled(first)
    await send(hub, first)
    const corrected = (await send(hub, second)).cohort
    await work(hub, corrected)
    for (let again = 0; again < 2; again++) await hub.call('operator', 'POST', `/api/cohorts/${corrected}/confirmation`)
    await work(hub, corrected)
    const billed = await hub.call('operator', 'POST', `/api/cohorts/${corrected}/bill`, VALID)
    expect(billed.status).toBe(202)
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/)
    const by = 'operator-1'
    expect(entriesOf(hub)).toMatchObject([
      { action: 'imported', subject: `list#${cohort}`, actor: by, detail: { sha256, bytes: Buffer.byteLength(first) } },
      { action: 'imported', subject: `list#${corrected}`, actor: by, detail: { sha256, corrects: cohort } },
      {
        action: 'confirmed',
        subject: `list#${corrected}`,
        actor: by,
        detail: { sha256, corrects: cohort, rows: 4, accepted: 3, refused: 1, joined: 1, stayed: 2, left: 1 },
      },
      {
        action: 'billed',
        subject: `list#${corrected}`,
        actor: by,
        detail: { sha256, rows: 4, persons: 3, bills: 1, atMostRupiah: billed.body.bills[0].expectedRupiah },
      },
    ])
    expect(JSON.stringify(entriesOf(hub))).not.toContain('BUDI')
  })

  test('is not put, confirmed or billed without its entry', async () => {
    const { hub, cohort } = await enrolled(first)
    const recordAct = hub.ports.resolutions.recordAct
    const dying = async () => {
      throw new Error('away')
    }
    Object.assign(hub.ports.resolutions, { recordAct: dying })
    const tries = [() => send(hub, second), () => hub.call('operator', 'POST', `/api/cohorts/${cohort}/bill`, VALID)]
    for (const act of tries) await expect(act()).rejects.toThrow('away')
    expect(await hub.ports.sponsors.cohortsOf('jambi.2026' as never)).toMatchObject([{ id: cohort, billCodes: [] }])
    Object.assign(hub.ports.resolutions, { recordAct })
    const corrected = (await send(hub, second)).cohort
    await work(hub, corrected)
    Object.assign(hub.ports.resolutions, { recordAct: dying })
    await expect(hub.call('operator', 'POST', `/api/cohorts/${corrected}/confirmation`)).rejects.toThrow('away')
    expect((await hub.ports.sponsors.cohort(corrected))?.confirmedBy).toBeUndefined()
  })
})
