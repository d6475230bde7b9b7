/**
 * A province pays for people on a list: the list is handed over, the good rows become memberships and the bad ones come back with
 * their reasons, one bill pays for everybody, and when its payment is reversed nobody is covered any more.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { terminalOf } from '../support/terminals.ts'

const PLAN = {
  code: '2026',
  name: 'Pekerja rentan 2026',
  funding: 'apbd',
  budget: { per: 'total', amountRupiah: 10_000_000 },
  firstMonth: '2026-11',
  months: 2,
  sector: 'farming',
  programs: 'JKK+JKM',
  incomeRupiah: 1_000_000,
  priority: 'stop',
}
const PEOPLE = 16
const PERSON_RUPIAH = 2 * 16_800

const nikOf = (serial: number) => `157101120385${String(serial).padStart(4, '0')}`
const rowOf = (nik: string, village = '15.71.01.1001', name = 'BUDI SANTOSO') => `${nik},${name},${village},,,`
const GOOD = Array.from({ length: PEOPLE }, (_, i) => rowOf(nikOf(i + 1)))
const BAD = [
  rowOf('123'),
  rowOf(nikOf(1)),
  rowOf(nikOf(50), '33.25.01.1001'),
  rowOf(nikOf(51), '15.71.01.1001', '=1+1'),
]
const LIST = `${['nik,name,region_code,sector,income,phone', ...GOOD, ...BAD].join('\n')}\n`

let hub: HubOnTrial

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-11-20T10:00:00+07:00' })
}, 180_000)
afterAll(() => hub?.stop())

async function asked(method: string, path: string, body?: string | object) {
  const reply = await hub.api('operator', method, path, body)
  if (reply.status >= 300) throw new Error(`expected ${method} ${path} to be done, got ${reply.status}: ${reply.text}`)
  return reply.body
}

async function statuses(program: string): Promise<Readonly<Record<string, number>>> {
  const { items } = await asked('GET', `/api/programs/${program}/members`)
  const found: Record<string, number> = {}
  for (const { status } of items as readonly { readonly status: string }[]) found[status] = (found[status] ?? 0) + 1
  return found
}

async function stepsOf(program: string): Promise<readonly string[]> {
  const { items } = await asked('GET', `/api/programs/${program}/history`)
  return items.map(({ step }: { readonly step: string }) => step)
}

/** Below the folder that stands for the bucket: a file is taken once it has stopped growing. */
function dropInto(dataDir: string, name: string, content: string): void {
  const file = path.join(dataDir, 'drop', name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, content)
}

test('a list becomes members, one bill covers them all, and its reversal takes all of it back', async () => {
  await asked('POST', '/api/sponsors', { id: 'jambi', kind: 'province', name: 'Provinsi Jambi', regionCode: '15' })
  const program = (await asked('POST', '/api/sponsors/jambi/programs', PLAN)).id
  await asked('POST', `/api/programs/${program}/opening`)

  const received = await hub.api('operator', 'POST', `/api/sponsors/jambi/cohorts?program=${program}`, LIST)
  expect(received).toMatchObject({ status: 202, body: { state: 'received', working: 'read', rows: 0 } })
  const cohort = received.body.cohortId
  await hub.untilQuiet()
  expect(await asked('GET', `/api/cohorts/${cohort}`)).toMatchObject({
    state: 'enrolled',
    working: null,
    rows: PEOPLE + BAD.length,
    accepted: PEOPLE,
    refused: BAD.length,
    enrolled: PEOPLE,
  })
  const again = await hub.api('operator', 'POST', `/api/sponsors/jambi/cohorts?program=${program}`, LIST)
  expect(again).toMatchObject({ status: 200, body: { cohortId: cohort, enrolled: PEOPLE } })

  const refused = await hub.api('operator', 'GET', `/api/cohorts/${cohort}/refused?language=en`)
  const lines = refused.text.trimEnd().split('\r\n').slice(1)
  expect(lines.map((line) => line.split(',').slice(0, 2))).toEqual([
    ['18', '123'],
    ['19', nikOf(1)],
    ['20', nikOf(50)],
    ['21', nikOf(51)],
  ])
  expect(lines.map((line) => line.split(',').at(7))).toEqual([
    'BAD_NIK',
    'DUPLICATE_IN_LIST',
    'REGION_OUTSIDE',
    'FORMULA',
  ])
  expect((await hub.api('approver', 'GET', `/api/cohorts/${cohort}/refused`)).text).not.toContain(nikOf(1))
  expect(await statuses(program)).toEqual({ unpaid: PEOPLE })

  const planned = await asked('POST', `/api/cohorts/${cohort}/bill`, { validUntil: '2026-12-31' })
  await hub.untilQuiet()
  const [{ billCode }] = planned.bills
  const amount = PEOPLE * PERSON_RUPIAH
  expect(planned).toMatchObject({ persons: PEOPLE, leftOut: 0, bills: [{ expectedRupiah: amount }] })
  const bill = () => asked('GET', `/api/bills/${billCode}`)
  expect(await bill()).toMatchObject({ status: 'open', memberCount: PEOPLE, amountRupiah: amount })

  const pos = terminalOf(hub, 'pos')
  const call = { id: 'pos-list', customer: billCode, amount }
  expect((await pos.inquire(call)).amount).toBe(amount)
  expect((await pos.pay(call)).code).toBe(pos.codes.ok)
  await hub.untilQuiet()
  expect(await bill()).toMatchObject({ status: 'paid', sharesApplied: PEOPLE })
  expect(await statuses(program)).toEqual({ active: PEOPLE })
  expect(await stepsOf(program)).toEqual(['draft', 'open', 'bill', 'pay', 'start', 'announce-end'])
  const { items } = await asked('GET', `/api/programs/${program}/members`)
  const { evidence } = await asked('GET', `/api/memberships/${items[0].kpj}/coverage?on=2026-11-21`)
  expect(evidence.map((step: { readonly step: string; readonly kind?: string }) => step.kind ?? step.step)).toEqual([
    'terms',
    'list-row',
    'bill',
    'channel-call',
    'payment-decision',
    'payment',
    'share',
  ])
  expect(evidence[1]).toMatchObject({ cohortId: cohort, programId: program, line: 2 })

  expect((await pos.reverse?.(call))?.code).toBe(pos.codes.ok)
  await hub.untilQuiet()
  expect(await bill()).toMatchObject({ status: 'open', sharesApplied: 0 })
  expect(await statuses(program)).toEqual({ unpaid: PEOPLE })
  expect((await stepsOf(program)).at(-1)).toBe('take-back')
  expect(await asked('GET', `/api/programs/${program}/bills`)).toMatchObject({ paid: 0, open: 1, takenBack: 1 })
})

test('a list that is dropped into the bucket is taken in as one that is handed over', async () => {
  const name = 'sponsor/jambi/2027/more.csv'
  const program = (
    await asked('POST', '/api/sponsors/jambi/programs', { ...PLAN, code: '2027', firstMonth: '2027-01' })
  ).id
  await asked('POST', `/api/programs/${program}/opening`)
  dropInto(hub.dataDir, name, LIST)
  const listsOf = async () => (await asked('GET', `/api/programs/${program}/cohorts`)).items
  await expect.poll(async () => (await listsOf()).length, { timeout: 20_000 }).toBe(1)
  await hub.untilQuiet()
  expect(await listsOf()).toMatchObject([
    { state: 'enrolled', rows: PEOPLE + BAD.length, accepted: PEOPLE, receivedBy: 'drop/sponsor/jambi' },
  ])
  expect(existsSync(path.join(hub.dataDir, 'dropped', name))).toBe(true)
})
