/** A sponsor's list that was dropped comes in as one that was handed over, whatever its size, and a kill on its way loses nothing. */
import { describe, expect, test } from 'vitest'
import { enrolCohort } from '../../../functions/enrol-cohort/enrol-cohort.ts'
import { importFile } from '../../../functions/import-file/import-file.ts'
import { settlementChannels } from '../../../shared/channels/settlement-registry.ts'
import type { CohortId, ProgramId } from '../../../shared/domain/sponsors/sponsor.ts'
import { type Hub, listOf, openProgram, people, personRow, rowsOf, send, show, work } from '../enrol-cohort/list-hub.ts'

const PROGRAM = 'jambi.2026' as ProgramId
const PLACE = 'sponsor/jambi/2026/list.csv'
const LIST = listOf(...people(3), personRow(1))

function droppingInto(hub: Hub) {
  const counted: string[] = []
  const logged: string[] = []
  const note = (message: string, fields?: object) => void logged.push(`${message} ${JSON.stringify(fields)}`)
  const ports = {
    files: hub.files,
    settlements: hub.settlements,
    sponsors: hub.ports.sponsors,
    channels: settlementChannels,
    fileKeys: async (): Promise<never> => {
      throw new Error('expected no list to be encrypted')
    },
    now: hub.ports.now,
    log: { info: note, error: note },
    metrics: {
      count: (name: string, dimensions?: { readonly outcome?: string }) =>
        void counted.push([name, dimensions?.outcome].filter(Boolean).join(' ')),
    },
  }
  const drop = async (name: string, content: string | Uint8Array, changed: Partial<typeof ports> = {}) => {
    hub.files.drop(name, content)
    await importFile({ ...ports, ...changed }, { name, version: null })
  }
  return { drop, counted, logged, ports }
}

const listsOf = async (hub: Hub) => (await hub.call('viewer', 'GET', `/api/programs/${PROGRAM}/cohorts`)).body.items
const onlyListOf = async (hub: Hub): Promise<CohortId> => (await listsOf(hub))[0].cohortId

describe('a dropped list', () => {
  test('becomes the same list as the same bytes handed over, once, and its progress can be asked for', async () => {
    const hub = await openProgram()
    const { drop, counted, logged } = droppingInto(hub)
    await drop(PLACE, LIST)
    const cohort = await onlyListOf(hub)
    expect(await show(hub, cohort)).toMatchObject({
      state: 'received',
      working: 'read',
      receivedBy: 'drop/sponsor/jambi',
    })
    await drop('sponsor/jambi/2026/the-same-again.csv', LIST)
    expect(await send(hub, LIST)).toMatchObject({ status: 200, cohort })
    expect([counted, (await listsOf(hub)).length]).toEqual([['FilesTaken received', 'FilesTaken unchanged'], 1])
    await work(hub, cohort)
    expect(await show(hub, cohort)).toMatchObject({ state: 'enrolled', rows: 4, accepted: 3, refused: 1, enrolled: 3 })
    expect(JSON.stringify(logged)).not.toMatch(/\d{16}|BUDI/)
  })

  test('gives its refused rows back to the sponsor’s own people as it had them, in the language of its name', async () => {
    const hub = await openProgram()
    const { drop } = droppingInto(hub)
    await drop('sponsor/jambi/2026/list.en.csv', LIST)
    const cohort = await onlyListOf(hub)
    await work(hub, cohort)
    const path = `/api/cohorts/${cohort}/refused`
    expect((await hub.call('sponsor', 'GET', path)).body).toContain('5,1571011203850001,BUDI SANTOSO')
    expect((await hub.call('sponsor', 'GET', path)).body).toContain('this NIK stands in an earlier row')
    expect((await hub.call('operator', 'GET', path)).body).not.toContain('1571011203850001')
  })

  test.each([
    ['sponsor/jambi/list.csv', 'unknown-place'],
    ['sponsor/Jambi!/2026/list.csv', 'unknown-place'],
    ['sponsor/jambi/2030/list.csv', 'unknown-program'],
    ['sponsor/other/2026/list.csv', 'unknown-program'],
  ])('in %s is refused, and somebody hears of it: %s', async (name, outcome) => {
    const hub = await openProgram()
    const { drop, counted } = droppingInto(hub)
    await drop(name, LIST)
    expect(counted).toEqual([`FilesTaken ${outcome}`, 'FilesRefused'])
    expect([await listsOf(hub), hub.files.everKept()]).toEqual([[], []])
  })

  test('killed on its way comes again and goes on', async () => {
    for (const at of ['keepDropped', 'putCohort'] as const) {
      const hub = await openProgram()
      const { drop, ports } = droppingInto(hub)
      const die = () => Promise.reject(new Error('killed'))
      const dying =
        at === 'keepDropped'
          ? { files: { ...hub.files, keepDropped: die } }
          : { sponsors: { ...hub.ports.sponsors, putCohort: die } }
      await expect(drop(PLACE, LIST, dying)).rejects.toThrow('killed')
      await importFile(ports, { name: PLACE, version: null })
      await work(hub, await onlyListOf(hub))
      expect(await rowsOf(hub, await onlyListOf(hub))).toHaveLength(4)
    }
  })

  test('of 100,000 people, which no request holds, is read segment by segment', async () => {
    const hub = await openProgram()
    const { drop } = droppingInto(hub)
    const serials = Array.from({ length: 100_000 }, (_, i) => i)
    const rows = serials.map((i) => {
      const day = String((i % 28) + 1).padStart(2, '0')
      const month = String((Math.floor(i / 28) % 12) + 1).padStart(2, '0')
      const nik = `157101${day}${month}85${String(Math.floor(i / 336) + 1).padStart(4, '0')}`
      return `${nik},SESEORANG DARI DESA YANG JAUH SEKALI ${'A'.repeat(20)},15.71.01.1001,farming,1000000,`
    })
    const list = Buffer.from(listOf(...rows))
    expect(list.length).toBeGreaterThan(6 * 1024 * 1024)
    await drop(PLACE, list)
    const cohort = await onlyListOf(hub)
    const { outcome } = await enrolCohort({ ...hub.ports, segments: hub.segments }, cohort)
    expect(outcome).toBe('stepped')
    expect(await show(hub, cohort)).toMatchObject({ rows: 100_000, working: 'judge', unusable: null })
    expect((await hub.segments.get(cohort, 100))?.length).toBe(1_000)
    expect(await hub.segments.get(cohort, 101)).toBeUndefined()
  })
})
