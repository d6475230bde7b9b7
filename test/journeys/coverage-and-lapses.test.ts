/**
 * The end of a month: at midnight an active member goes into grace and one in grace lapses, without anybody doing anything;
 * the figures of each day tell it, the console said beforehand who would lapse, and a trial of other rules shows who would not.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial, logLinesOf } from '../support/hub.ts'
import { type Person, person, register } from '../support/people.ts'
import { terminalOf } from '../support/terminals.ts'

const ROOT = path.join(import.meta.dirname, '../..')
/** Each move of the clock runs every schedule that fell due meanwhile. */
const NIGHTS_MILLIS = 120_000
let hub: HubOnTrial
let october: Person
let january: Person
const folder = mkdtempSync(path.join(tmpdir(), 'hub-rules-'))

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-10-05T09:00:00+07:00' })
  october = person()
  january = person()
  await register(hub, october, january)
  await pay(october, 'october', 8_400)
}, 180_000)
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await hub?.stop()
})

async function pay(who: Person, id: string, amount: number): Promise<void> {
  const terminal = terminalOf(hub, 'indomaret')
  expect((await terminal.pay({ id, customer: who.nik, amount })).code).toBe(terminal.codes.ok)
  await hub.untilQuiet()
}

/** What the nightly run of `day` counted: in which status the two members were. */
async function statusesOn(day: string) {
  const { body } = await hub.api('viewer', 'GET', `/api/coverage?date=${day}`)
  return body.total?.byStatus
}
const viewOf = async ({ kpj }: Person) => (await hub.api('viewer', 'GET', `/api/memberships/${kpj}`)).body.view

test(
  'before she lapses the console says when, what would keep her, and where she paid last',
  async () => {
    expect((await hub.api('viewer', 'GET', '/api/coverage?date=2026-10-05')).body.code).toBe('NO_STATISTICS')
    await hub.moveTo('2027-01-30T09:00:00+07:00')
    await pay(january, 'january', 16_800)
    const { body } = await hub.api('viewer', 'GET', '/api/lapses?days=20&by=channel')
    expect(body.items).toMatchObject([
      {
        kpj: october.kpj,
        lapsesOn: '2027-02-01',
        keepMonths: ['2026-11'],
        keepRupiah: 8_400,
        lastChannel: 'indomaret',
      },
    ])
    expect(body.totals).toMatchObject({ count: 1, complete: true, byChannel: [{ key: 'indomaret', count: 1 }] })
    const csv = await hub.api('viewer', 'GET', '/api/lapses?days=20&format=csv')
    expect(csv.text.split('\r\n')[1]).toContain(`${october.kpj},2027-02-01,grace`)
  },
  NIGHTS_MILLIS,
)

test(
  'at midnight to the first of February the active one goes into grace and the one in grace lapses; each day has its figures',
  async () => {
    await hub.moveTo('2027-01-31T09:00:00+07:00')
    expect(await viewOf(january)).toMatchObject({ status: 'active', paidThrough: '2027-01' })
    await hub.moveTo('2027-02-01T00:09:00+07:00')
    expect(await viewOf(january)).toMatchObject({ status: 'active' })
    await hub.moveTo('2027-02-01T00:30:00+07:00')
    expect(await viewOf(january)).toMatchObject({ status: 'grace' })
    expect(await viewOf(october)).toMatchObject({ status: 'lapsed' })
    expect(await statusesOn('2027-01-30')).toMatchObject({ unpaid: 1, grace: 1 })
    expect(await statusesOn('2027-01-31')).toMatchObject({ active: 1, grace: 1 })
    expect(await statusesOn('2027-02-01')).toMatchObject({ grace: 1, lapsed: 1 })
  },
  NIGHTS_MILLIS,
)

test('the figures of a day stand against workers and target of its year', async () => {
  const region = october.row.region_code?.slice(0, 2)
  const targets = `region_code,workers_formal,workers_informal,target_percent,year\n${region},100,50,50,2027\n`
  expect((await hub.api('operator', 'POST', '/api/coverage/targets', targets)).body).toMatchObject({ accepted: 1 })
  const { body } = await hub.api('viewer', 'GET', '/api/coverage?date=2027-01-31')
  expect(body.rows).toEqual([
    expect.objectContaining({ key: region, covered: 1, ofInformalBasisPoints: 200, shortOfTarget: 24 }),
  ])
})

test(
  'a clock that goes back and forth over the night counts nobody twice',
  async () => {
    await hub.moveTo('2027-01-31T23:00:00+07:00')
    await hub.moveTo('2027-02-01T09:00:00+07:00')
    expect(await statusesOn('2027-02-01')).toEqual({ unpaid: 0, active: 0, grace: 1, lapsed: 1, closed: 0 })
    const lines = logLinesOf(hub.dataDir).filter((line) => line.includes('A sweep is through'))
    expect(lines.length).toBeGreaterThanOrEqual(4)
    expect(lines.every((line) => JSON.parse(line).rows === 2)).toBe(true)
  },
  NIGHTS_MILLIS,
)

test('with a longer grace she would not have lapsed: the trial says so and changes nothing', async () => {
  const file = path.join(folder, 'rules.json')
  writeFileSync(file, JSON.stringify({ graceMonths: [{ from: '1970-01', value: 6, source: 'a trial' }] }))
  const args = ['tools/run.mjs', 'tools/rule-simulation.ts', '--rules', file]
  const env = { ...process.env, HUB_DATA_DIR: hub.dataDir }
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env })
  expect(stdout).toMatch(/: 2 memberships, [12] would change/)
  expect(stdout).toContain('1 would be grace instead of lapsed')
  expect(await viewOf(october)).toMatchObject({ status: 'lapsed' })
})
