/**
 * Three members, one in each of the country's zones, pay for a month and then forget. Each hears what is due, once, by day on
 * their own clock, though the sweeps run twice and the hub is killed in the middle of one; then they pay, and hear that cover is
 * back. What would have gone out is in the notice log.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LoggedNotice } from '../../local/emulators/notices/notice-log.ts'
import { type HubOnTrial, hubOnTrial, logLinesOf } from '../support/hub.ts'
import { type Person, person, register } from '../support/people.ts'
import { terminalOf } from '../support/terminals.ts'

/** Each move of the clock wakes every schedule of the hub, and each night that passes is a day of its journal. */
const LONG = 180_000
const dataDir = mkdtempSync(path.join(tmpdir(), 'hub-journey-'))
/** Papua is two hours ahead of Jakarta, Bali one. */
const members = {
  WIT: person({ region_code: '94.01' }),
  WITA: person({ region_code: '51.71' }),
  WIB: person({ region_code: '31.71' }),
} as const
/** Lives in Jakarta as well, and does not want to be written to. */
const silent = person({ region_code: '31.71' })
const everybody = Object.values(members)
type Zone = keyof typeof members

let hub: HubOnTrial

beforeAll(async () => {
  hub = await hubOnTrial({ clock: '2026-10-29T10:00:00+07:00', dataDir })
  await register(hub, ...everybody, silent)
}, LONG)
afterAll(async () => {
  await hub?.end()
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

/** What went out to a member, as `stage-words at WIB hour`. */
function logged(person: Person): readonly LoggedNotice[] {
  const file = path.join(dataDir, 'notices.jsonl')
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => JSON.parse(line) as LoggedNotice).filter(({ to }) => to === `+62${person.phone.slice(1)}`)
}

const wib = (instant: string) => new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(0, 16)

/** Stages, states and, in WIB, when; oldest first. */
async function noticesOf({ kpj }: Person): Promise<readonly string[]> {
  const { body } = await hub.api('support', 'GET', `/api/notices?kpj=${kpj}`)
  return body.items
    .toSorted((a: { at: string }, b: { at: string }) => (a.at < b.at ? -1 : 1))
    .map((each: { month: string; stage: string; state: string }) => `${each.month} ${each.stage} ${each.state}`)
}

/** A morning passes in all three zones, and then, the clock set back, once more. */
async function morningTwice(day: string): Promise<void> {
  for (const hour of ['06', '07', '08']) await hub.moveTo(`${day}T${hour}:05:30+07:00`)
  await hub.moveTo(`${day}T06:00:00+07:00`)
  await hub.moveTo(`${day}T08:06:00+07:00`)
}

async function pay(id: string, amount: number, people: readonly Person[]): Promise<void> {
  for (const [i, { nik }] of people.entries()) {
    expect((await terminalOf(hub, 'pos').pay({ id: `${id}-${i}`, customer: nik, amount })).code).toBe('00')
  }
  await hub.untilQuiet()
}

test(
  'a first payment is no news, and who has paid is left alone',
  async () => {
    await pay('oct', 8_400, [...everybody, silent])
    const preferences = `/api/memberships/${silent.kpj}/contact-preferences`
    const answered = await hub.api('support', 'PUT', preferences, { optedOut: true })
    expect(answered.body).toMatchObject({ optedOut: true, hasPhone: true })
    await morningTwice('2026-10-30')
    for (const member of everybody) expect(await noticesOf(member)).toEqual([])
  },
  LONG,
)

test(
  'a week before the contribution is due each is told at eight in the morning of their own clock',
  async () => {
    // The night before, when the month has turned and the sweep of the night has been through.
    await hub.moveTo('2026-11-09T00:30:00+07:00')
    for (const member of everybody) expect(await noticesOf(member)).toEqual([])
    await morningTwice('2026-11-09')
    const times: Readonly<Record<Zone, string>> = {
      WIT: '2026-11-09T06:05',
      WITA: '2026-11-09T07:05',
      WIB: '2026-11-09T08:05',
    }
    for (const [zone, member] of Object.entries(members)) {
      expect(await noticesOf(member)).toEqual(['2026-11 before-due sent'])
      expect(logged(member).map(({ at, channel }) => [wib(at), channel])).toEqual([[times[zone as Zone], 'sms']])
      expect(logged(member)[0]?.text).toContain('iuran November 2026 untuk NIK 1571**********')
      expect(logged(member)[0]?.text).toContain('sebesar Rp8.400 jatuh tempo 16 November 2026.')
    }
  },
  LONG,
)

test(
  'who opted out is not written to; who changes their mind is, in their language',
  async () => {
    const preferences = `/api/memberships/${silent.kpj}/contact-preferences`
    expect(await noticesOf(silent)).toEqual(['2026-11 before-due unreachable'])
    expect((await hub.api('support', 'PUT', preferences, { optedOut: false, language: 'en' })).status).toBe(200)
    await hub.moveTo('2026-11-10T08:05:30+07:00')
    expect(await noticesOf(silent)).toEqual(['2026-11 before-due sent'])
    expect(logged(silent).map(({ text }) => text.slice(0, 60))).toEqual([
      'BPJS Ketenagakerjaan: the contribution for November 2026, NI',
    ])
  },
  LONG,
)

test(
  'on the due date, though the provider is busy at first',
  async () => {
    await fault({ kind: 'throttle', target: 'sms-voice', count: 2 })
    await morningTwice('2026-11-16')
    await hub.moveTo('2026-11-17T06:00:00+07:00')
    expect((await fault({ kind: 'none' })).struck.throttle).toBe(2)
    await morningTwice('2026-11-17')
    for (const member of everybody) {
      expect(await noticesOf(member)).toEqual(['2026-11 before-due sent', '2026-11 due sent'])
      expect(logged(member)).toHaveLength(2)
    }
  },
  LONG,
)

test(
  'in grace, though the hub is killed in the middle of the sweep',
  async () => {
    await hub.moveTo('2026-11-20T08:00:00+07:00')
    const moved = fetch(`${hub.url}/__local/clock`, {
      method: 'POST',
      body: JSON.stringify({ now: '2026-11-20T08:05:30+07:00' }),
    }).catch(() => {})
    await sleep(150)
    await hub.end('SIGKILL')
    await moved
    hub = await hubOnTrial({ clock: '2026-11-21T05:00:00+07:00', dataDir })
    await morningTwice('2026-11-21')
    for (const member of everybody) {
      const [, , grace, ...more] = await noticesOf(member)
      // What was being sent when the power went may have gone out; it is not sent again either way.
      expect(['2026-11 grace sent', '2026-11 grace unknown']).toContain(grace)
      expect(more).toEqual([])
      const sent = logged(member).filter(({ text }) => text.includes('tidak terlindungi sejak 1 November 2026'))
      expect(sent.length).toBeLessThanOrEqual(1)
      if (grace?.endsWith('sent')) expect(sent).toHaveLength(1)
    }
  },
  LONG,
)

test(
  'nothing in the two months between, whenever a sweep comes by',
  async () => {
    const before = await Promise.all(everybody.map(noticesOf))
    for (const day of ['12-01', '12-11', '12-21', '12-31']) await hub.moveTo(`2026-${day}T12:00:00+07:00`)
    for (const day of ['01-10', '01-20']) await hub.moveTo(`2027-${day}T12:00:00+07:00`)
    expect(await Promise.all(everybody.map(noticesOf))).toEqual(before)
  },
  2 * LONG,
)

test(
  'in the last week, when they lapse, and when a payment brings their cover back',
  async () => {
    await morningTwice('2027-01-25')
    await morningTwice('2027-02-01')
    await hub.moveTo('2027-02-10T09:00:00+07:00')
    await pay('feb', 16_800, everybody)
    await hub.moveTo('2027-02-10T09:05:00+07:00')
    await morningTwice('2027-02-11')
    for (const member of everybody) {
      expect((await noticesOf(member)).slice(3)).toEqual([
        '2026-11 last-week sent',
        '2027-02 lapsed sent',
        '2027-02 active-again sent',
      ])
      const last = logged(member).slice(-3)
      expect(last.map(({ text }) => text.slice(0, 100))).toEqual([
        expect.stringContaining('akan nonaktif'),
        expect.stringContaining('nonaktif sejak'),
        expect.stringContaining('aktif kembali'),
      ])
      expect(last[0]?.text).toContain('November 2026 - Januari 2027, Rp33.600')
      expect(wib(last[2]?.at ?? '').slice(0, 10)).toBe('2027-02-10')
    }
  },
  LONG,
)

test(
  'no log line holds a number, and no message was sent to nobody',
  async () => {
    const lines = logLinesOf(dataDir).join('\n')
    for (const { phone, nik } of everybody) {
      expect(lines).not.toContain(phone.slice(1))
      expect(lines).not.toContain(nik)
    }
    const queues = (await hub.api('viewer', 'GET', '/api/queues')).body
    expect(queues.find(({ name }: { name: string }) => name === 'notice')).toMatchObject({ deadLetters: 0 })
  },
  LONG,
)

async function fault(body: object): Promise<{ readonly struck: Readonly<Record<string, number>> }> {
  const reply = await fetch(`${hub.url}/__local/fault`, { method: 'POST', body: JSON.stringify(body) })
  expect(reply.status).toBe(200)
  return reply.json() as Promise<{ readonly struck: Readonly<Record<string, number>> }>
}
