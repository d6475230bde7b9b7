/** A list on which somebody stands whose data two people erased: the terms are the ledger's and follow the list, the data does not come back. */
import { describe, expect, test } from 'vitest'
import { enrolCohort } from '../../../functions/enrol-cohort/enrol-cohort.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { enrolled, factsOf, listOf, openProgram, people, personRow, rowsOf, send, show, work } from './list-hub.ts'

describe('a list with somebody whose data was erased', () => {
  test('enrols everybody, and brings none of the data back', async () => {
    const { hub, cohort } = await enrolled(listOf(...people(3)))
    const erased = (await rowsOf(hub, cohort))[1]?.kpj as Kpj
    await hub.store.contacts.erase(erased, hub.ports.now())
    const [first, , third] = people(3)
    const second = personRow(2, { sector: 'trade', name: 'SITI AMINAH' })
    const corrected = await send(hub, listOf(first ?? '', second, third ?? '', personRow(4)))
    await work(hub, corrected.cohort)
    await hub.call('operator', 'POST', `/api/cohorts/${corrected.cohort}/confirmation`)
    await work(hub, corrected.cohort)
    expect(await show(hub, corrected.cohort)).toMatchObject({ state: 'enrolled', working: null, enrolled: 4 })
    expect(await hub.store.contacts.get(erased)).toBeUndefined()
    const terms = factsOf(hub).filter(({ account, kind }) => account === erased && kind === 'terms')
    expect(terms).toMatchObject([{ cohort }, { cohort: corrected.cohort, terms: { sector: 'trade' } }])
  })

  test('goes on when a segment is done again that had enrolled them', async () => {
    const hub = await openProgram()
    const { cohort } = await send(hub, listOf(...people(3)))
    const { putRows } = hub.ports.sponsors
    let erased: Kpj | undefined
    const dying: typeof putRows = async (id, chunk, rows, mark) => {
      erased = rows.find(({ state }) => state === 'enrolled')?.kpj ?? undefined
      if (erased === undefined) return putRows(id, chunk, rows, mark)
      await hub.store.contacts.erase(erased, hub.ports.now())
      throw new Error('killed')
    }
    const ports = { ...hub.ports, segments: hub.segments, sponsors: { ...hub.ports.sponsors, putRows: dying } }
    for (let step = 0; step < 10 && erased === undefined; step++) await enrolCohort(ports, cohort).catch(() => {})
    expect(erased).toBeDefined()
    await work(hub, cohort)
    expect(await show(hub, cohort)).toMatchObject({ state: 'enrolled', enrolled: 3 })
    expect(await hub.store.contacts.get(erased as Kpj)).toBeUndefined()
  })
})
