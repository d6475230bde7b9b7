/**
 * The nights of a winter: an active member goes into grace and then lapses without anybody doing anything, the figures of each
 * day tell it, the console says beforehand who will lapse, and a trial of other rules shows who would not.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial, logLinesOf } from '../support/hub.ts'
import { type Person, person, register } from '../support/people.ts'
import { tillOf } from '../support/tills.ts'

const ROOT = path.join(import.meta.dirname, '../..')
/** Each move of the clock runs every schedule that fell due meanwhile. */
const NIGHTS_MILLIS = 120_000
let hub: HubOnTrial
let payer: Person
const folder = mkdtempSync(path.join(tmpdir(), 'hub-rules-'))

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-10-05T09:00:00+07:00' })
  payer = person()
  await register(hub, payer)
  await register(hub, person())
  const till = tillOf(hub, 'indomaret')
  expect((await till.pay({ id: 'october', customer: payer.nik, amount: 8_400 })).code).toBe(till.codes.ok)
  await hub.settle()
}, 180_000)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await hub?.stop()
})

/** What the night before `day` counted: in which status the two members were. */
async function statusesOn(day: string) {
  const { body } = await hub.api('viewer', 'GET', `/api/coverage?date=${day}`)
  return body.total?.byStatus
}
const viewOf = async () => (await hub.api('viewer', 'GET', `/api/memberships/${payer.kpj}`)).body.view

test(
  'each night counts: active in October, grace from November, lapsed from February, and the view follows by itself',
  async () => {
    expect((await hub.api('viewer', 'GET', '/api/coverage?date=2026-10-05')).body.code).toBe('NO_STATISTICS')
    await hub.moveTo('2026-10-31T09:00:00+07:00')
    expect(await statusesOn('2026-10-31')).toMatchObject({ active: 1, unpaid: 1, grace: 0 })
    expect(await viewOf()).toMatchObject({ status: 'active' })

    await hub.moveTo('2026-11-01T00:09:00+07:00')
    expect(await viewOf()).toMatchObject({ status: 'active' })
    await hub.moveTo('2026-11-01T00:30:00+07:00')
    expect(await viewOf()).toMatchObject({ status: 'grace' })
    expect(await statusesOn('2026-11-01')).toMatchObject({ active: 0, grace: 1, unpaid: 1 })
    expect(await statusesOn('2026-10-31')).toMatchObject({ active: 1 })
  },
  NIGHTS_MILLIS,
)

test(
  'before she lapses the console says when, what would keep her, and where she paid last',
  async () => {
    await hub.moveTo('2027-01-10T10:00:00+07:00')
    const { body } = await hub.api('viewer', 'GET', '/api/lapses?days=30&by=channel')
    expect(body.items).toMatchObject([
      { kpj: payer.kpj, lapsesOn: '2027-02-01', keepMonths: ['2026-11'], keepRupiah: 8_400, lastChannel: 'indomaret' },
    ])
    expect(body.totals).toMatchObject({ count: 1, complete: true, byChannel: [{ key: 'indomaret', count: 1 }] })
    const csv = await hub.api('viewer', 'GET', '/api/lapses?days=30&format=csv')
    expect(csv.text.split('\r\n')[1]).toContain(`${payer.kpj},2027-02-01,grace`)
  },
  NIGHTS_MILLIS,
)

test(
  'the first of February: lapsed, and the day’s figures against the target say so',
  async () => {
    await hub.moveTo('2027-02-01T00:30:00+07:00')
    expect(await viewOf()).toMatchObject({ status: 'lapsed' })
    expect(await statusesOn('2027-02-01')).toMatchObject({ lapsed: 1, unpaid: 1 })
    const region = payer.row.region_code?.slice(0, 2)
    const targets = `region_code,workers_formal,workers_informal,target_percent,year\n${region},100,50,50,2027\n`
    expect((await hub.api('operator', 'POST', '/api/coverage/targets', targets)).body).toMatchObject({ accepted: 1 })
    const { body } = await hub.api('viewer', 'GET', '/api/coverage?date=2027-02-01')
    expect(body.rows).toContainEqual(
      expect.objectContaining({ key: region, covered: 0, ofInformalBasisPoints: 0, shortOfTarget: 25 }),
    )
  },
  NIGHTS_MILLIS,
)

test(
  'a night that is run twice, and a clock that goes back and forth, count nobody twice',
  async () => {
    await hub.moveTo('2027-01-31T23:00:00+07:00')
    await hub.moveTo('2027-02-01T09:00:00+07:00')
    expect(await statusesOn('2027-02-01')).toEqual({ unpaid: 1, active: 0, grace: 0, lapsed: 1, closed: 0 })
    const lines = logLinesOf(hub.dataDir).filter((line) => line.includes('A sweep is through'))
    expect(lines.length).toBeGreaterThanOrEqual(5)
    expect(lines.every((line) => JSON.parse(line).rows === 2)).toBe(true)
  },
  NIGHTS_MILLIS,
)

test(
  'with a longer grace she would not have lapsed: the trial says so and changes nothing',
  async () => {
    const file = path.join(folder, 'rules.json')
    writeFileSync(file, JSON.stringify({ graceMonths: [{ from: '1970-01', value: 6, source: 'a trial' }] }))
    const args = ['local/run.mjs', 'local/try-rule.ts', '--rules', file]
    const env = { ...process.env, HUB_DATA_DIR: hub.dataDir }
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env })
    expect(stdout).toContain('2 memberships, 1 would change')
    expect(stdout).toContain('1 would be grace instead of lapsed')
    expect(await viewOf()).toMatchObject({ status: 'lapsed' })
  },
  NIGHTS_MILLIS,
)
