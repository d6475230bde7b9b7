/** The nights of the data keys: keys are there ahead, none is replaced, each ends at its dated time and not before. */
import { beforeEach, describe, expect, test } from 'vitest'
import { type KeepDataKeysPorts, keepDataKeys } from '../../../functions/keep-data-keys/keep-data-keys.ts'
import { DATA_KEY_PURPOSES, DATA_KEY_RETENTIONS } from '../../../shared/domain/data-keys.ts'
import { addDays, type BusinessDate, type Instant, startOfDay } from '../../../shared/domain/instant.ts'
import { RETENTIONS } from '../../../shared/domain/personal-data.ts'
import type { AuditRecord } from '../../../shared/store/audit/audit.ts'
import { sealingKeys } from '../../../shared/store/data-keys/sealing-keys.ts'
import { openEvidence, prepareEvidenceKeys, sealEvidence } from '../../../shared/store/evidence/evidence.ts'
import { openArchived } from '../../../shared/store/evidence/open-archived.ts'
import { date } from '../../support/facts.ts'
import { memoryDataKeys } from '../../support/memory-data-keys.ts'

const FIRST = date('2026-11-20')
const TEN_YEARS = RETENTIONS['ten-years'].days
const NUMBERED = JSON.stringify({ current: 1, keys: { 1: Buffer.alloc(32, 7).toString('base64') } })
const PLAIN = Buffer.from(
  '{"channel":"bni","operation":"/pay","rawQuery":"","receivedAt":1795107600000,"headers":[]}\nbody',
)

function nights(secret: string | undefined = NUMBERED) {
  const archive = memoryDataKeys()
  const entries: AuditRecord[] = []
  const versions: string[] = []
  let text = secret
  let now: Instant = startOfDay(FIRST)
  const ports: KeepDataKeysPorts = {
    archiveOf: () => archive,
    window: {
      read: async () => text,
      write: async (next) => {
        versions.push(next)
        text = next
      },
    },
    recordAct: async (record) => entries.push(record),
    now: () => now,
  }
  return {
    archive,
    entries,
    versions,
    ports,
    secret: () => text as string,
    sealed: (day: BusinessDate) => sealEvidence('bni', startOfDay(day), PLAIN, prepareEvidenceKeys(text as string)),
    open: (line: string) =>
      openArchived(line, { keys: sealingKeys(archive, () => now), numbered: prepareEvidenceKeys(NUMBERED) }),
    night: (day: BusinessDate, changed: Partial<KeepDataKeysPorts> = {}) => {
      now = startOfDay(day)
      return keepDataKeys({ ...ports, ...changed })
    },
  }
}

let hub: ReturnType<typeof nights>
beforeEach(() => {
  hub = nights()
})

describe('a night', () => {
  test('makes keys for yesterday, today and the seven days ahead, for every purpose', async () => {
    expect(await hub.night(FIRST)).toEqual({ made: 9 * DATA_KEY_PURPOSES.length, destroyed: 0, left: 0 })
    for (const purpose of DATA_KEY_PURPOSES) {
      const days = (await hub.archive.living(purpose, addDays(FIRST, 100))).map(({ day }) => day)
      expect(days).toEqual(Array.from({ length: 9 }, (_, i) => addDays(FIRST, i - 1)))
    }
    const keys = await Promise.all(
      DATA_KEY_PURPOSES.map(async (purpose) =>
        Buffer.from((await hub.archive.find({ purpose, day: FIRST })) as Uint8Array),
      ),
    )
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(DATA_KEY_PURPOSES.length)
  })

  test('again makes nothing and leaves every key as it is', async () => {
    await hub.night(FIRST)
    const before = await hub.archive.find({ purpose: 'evidence', day: FIRST })
    expect(await hub.night(FIRST)).toEqual({ made: 0, destroyed: 0, left: 0 })
    expect(await hub.archive.find({ purpose: 'evidence', day: FIRST })).toEqual(before)
    expect(hub.versions).toHaveLength(1)
    expect((await hub.night(addDays(FIRST, 1))).made).toBe(DATA_KEY_PURPOSES.length)
  })

  test('puts evidence keys into the window and leaves the numbered ones there', async () => {
    await hub.night(FIRST)
    const { days, ...others } = JSON.parse(hub.secret())
    expect(others).toEqual(JSON.parse(NUMBERED))
    expect(Object.keys(days).sort()).toEqual(Array.from({ length: 9 }, (_, i) => addDays(FIRST, i - 1)))
    const key = await hub.archive.find({ purpose: 'evidence', day: FIRST })
    expect(Buffer.from(days[FIRST], 'base64')).toEqual(Buffer.from(key as Uint8Array))
  })

  test('fills a secret that never had a value', async () => {
    const empty = nights(undefined)
    await empty.ports.window.write('{}')
    await empty.night(FIRST)
    expect(JSON.parse(empty.sealed(FIRST))).toMatchObject({ v: 2, k: FIRST })
  })

  test.each(['make', 'window', 'entry', 'destroy'])('that stops at its first %s is done by the next', async (stop) => {
    await hub.night(FIRST)
    const end = addDays(FIRST, TEN_YEARS + 1)
    const fault = async () => {
      throw new Error('stopped')
    }
    const broken: Readonly<Record<string, Partial<KeepDataKeysPorts>>> = {
      make: { archiveOf: () => ({ ...hub.archive, make: fault }) },
      window: { window: { ...hub.ports.window, write: fault } },
      entry: { recordAct: fault },
      destroy: { archiveOf: () => ({ ...hub.archive, destroy: fault }) },
    }
    await hub.archive.extend({ purpose: 'evidence', day: addDays(FIRST, 7) }, addDays(end, 1))
    await expect(hub.night(end, broken[stop])).rejects.toThrow('stopped')
    expect(await hub.archive.find({ purpose: 'kept', day: FIRST })).toHaveLength(32)
    await hub.night(end)
    expect(await hub.archive.find({ purpose: 'kept', day: FIRST })).toBe('destroyed')
    expect(JSON.parse(hub.sealed(end))).toMatchObject({ k: end })
    // Whatever is destroyed stands in the chain, once more where a night stopped between the two.
    const subjects = hub.entries.map(({ subject }) => subject)
    expect(new Set(subjects).size).toBe(2 * DATA_KEY_PURPOSES.length)
  })
})

describe('a key', () => {
  test('ends ten years after its day and not a day before, for every purpose', async () => {
    for (const purpose of DATA_KEY_PURPOSES)
      expect(DATA_KEY_RETENTIONS[purpose]).toEqual([{ from: '1970-01-01', retention: 'ten-years' }])
    await hub.night(FIRST)
    const line = hub.sealed(FIRST)
    const next = hub.sealed(addDays(FIRST, 1))
    await hub.night(addDays(FIRST, TEN_YEARS))
    expect((await hub.open(line)).operation).toBe('/pay')
    expect(hub.entries.map(({ subject }) => subject)).toEqual(
      DATA_KEY_PURPOSES.map((purpose) => `data-key#${purpose}#${addDays(FIRST, -1)}`),
    )
    await hub.night(addDays(FIRST, TEN_YEARS + 1))
    await expect(hub.open(line)).rejects.toMatchObject({ code: 'DATA_KEY_DESTROYED' })
    expect((await hub.open(next)).operation).toBe('/pay')
    expect(hub.entries.at(-1)).toMatchObject({ action: 'destroyed', actor: 'keep-data-keys' })
  })

  test('that ended is in the chain before it is gone', async () => {
    await hub.night(FIRST)
    const seen: unknown[] = []
    const recordAct = async () => seen.push(await hub.archive.find({ purpose: 'evidence', day: addDays(FIRST, -1) }))
    await hub.night(addDays(FIRST, TEN_YEARS), { recordAct })
    expect(seen[0]).toHaveLength(32)
  })

  test('that was destroyed opens nothing, whoever holds the line, and other days open', async () => {
    await hub.night(FIRST)
    const lines = [FIRST, addDays(FIRST, 1), addDays(FIRST, 2)].map(hub.sealed)
    await hub.archive.destroy({ purpose: 'evidence', day: addDays(FIRST, 1) }, startOfDay(FIRST))
    const opened = await Promise.allSettled(lines.map(hub.open))
    expect(opened.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('destroys four hundred a night at most, and the rest the next night', async () => {
    for (let i = 0; i < 451; i++)
      await hub.archive.make({ purpose: 'kept', day: addDays(FIRST, i), key: new Uint8Array(32) }, startOfDay(FIRST))
    // The last of them had to seal until this night, so it lives on.
    const end = addDays(FIRST, TEN_YEARS + 452)
    expect(await hub.night(end)).toMatchObject({ destroyed: 400, left: 50 })
    expect(await hub.night(end)).toMatchObject({ destroyed: 50, left: 0 })
    expect(hub.entries).toHaveLength(450)
  })
})

describe('an archive that was restored from a time before', () => {
  const next = addDays(FIRST, 1)

  test('gets back what endpoints have sealed under since: nothing of it is unreadable', async () => {
    await hub.night(FIRST)
    const line = hub.sealed(FIRST)
    const restored = memoryDataKeys()
    await hub.night(next, { archiveOf: () => restored })
    const opened = await openArchived(line, { keys: sealingKeys(restored, () => startOfDay(next)) })
    expect(opened.operation).toBe('/pay')
    const today = hub.sealed(next)
    expect((await openArchived(today, { keys: sealingKeys(restored, () => startOfDay(next)) })).operation).toBe('/pay')
  })

  test('and lived ten years from the last day that the key sealed', async () => {
    await hub.night(FIRST)
    const late = addDays(FIRST, 60)
    const restored = memoryDataKeys()
    await hub.night(late, { archiveOf: () => restored })
    const last = addDays(FIRST, 7)
    expect(await restored.living('evidence', last)).toContainEqual({ day: last, through: addDays(late, 1) })
  })

  test('with another key for a day than endpoints have stops the night, and leaves them theirs', async () => {
    await hub.night(FIRST)
    const before = hub.secret()
    const other = memoryDataKeys()
    await other.make({ purpose: 'evidence', day: FIRST, key: new Uint8Array(32) }, startOfDay(FIRST))
    await expect(hub.night(next, { archiveOf: () => other })).rejects.toMatchObject({ code: 'DATA_KEYS_DIFFER' })
    expect(hub.secret()).toBe(before)
  })

  test.each([
    ['a day that is none', { '2026-13-01': Buffer.alloc(32).toString('base64') }],
    ['a key that is too short', { [FIRST]: 'AAAA' }],
    ['a key that is no text', { [FIRST]: 7 }],
  ])('stops at a window with %s', async (_, days) => {
    await hub.night(FIRST)
    await hub.ports.window.write(JSON.stringify({ days }))
    await expect(hub.night(next)).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' })
  })
})

describe('nights that did not run', () => {
  const late = addDays(FIRST, 60)

  test('leave payments to the last key there is, which then lives ten years from the last day it sealed', async () => {
    await hub.night(FIRST)
    const line = hub.sealed(late)
    const last = addDays(FIRST, 7)
    expect(JSON.parse(line)).toMatchObject({ v: 2, k: last })
    await hub.night(late)
    expect(JSON.parse(hub.sealed(late))).toMatchObject({ k: late })
    await hub.night(addDays(late, TEN_YEARS))
    expect((await hub.open(line)).operation).toBe('/pay')
    expect(await hub.archive.find({ purpose: 'evidence', day: addDays(last, -1) })).toBe('destroyed')
    await hub.night(addDays(late, TEN_YEARS + 2))
    await expect(hub.open(line)).rejects.toMatchObject({ code: 'DATA_KEY_DESTROYED' })
  })

  test('leave them to the numbered key before the first night of all', async () => {
    const line = hub.sealed(FIRST)
    expect(JSON.parse(line)).toMatchObject({ v: 1, k: 1 })
    await hub.night(FIRST)
    expect((await hub.open(line)).operation).toBe('/pay')
    expect(openEvidence(line, prepareEvidenceKeys(hub.secret())).operation).toBe('/pay')
  })

  test('count for files by what the archive has: the last key there is lives on as well', async () => {
    await hub.night(FIRST)
    await hub.night(late)
    const last = addDays(FIRST, 7)
    expect(await hub.archive.living('kept', last)).toContainEqual({ day: last, through: addDays(late, 1) })
  })

  test('of a clock that was set back make its days anew and destroy nothing', async () => {
    await hub.night(FIRST)
    await hub.night(addDays(FIRST, -400))
    expect(JSON.parse(hub.sealed(addDays(FIRST, -400)))).toMatchObject({ k: addDays(FIRST, -400) })
    expect(hub.entries).toEqual([])
  })
})

test('a line of a day that the archive never had says so', async () => {
  await hub.night(FIRST)
  await expect(nights().open(hub.sealed(FIRST))).rejects.toMatchObject({ code: 'DATA_KEY_UNKNOWN' })
})
