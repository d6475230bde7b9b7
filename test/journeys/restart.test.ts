/**
 * The hub is stopped and started, and killed under load three times. Whatever it said yes to is still there and reads as it
 * was said; what it did not get to say can be asked again. Nothing that it started outlives it.
 */
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { type Person, person, register } from '../support/people.ts'
import { processesOf } from '../support/processes.ts'
import { CHANNELS, terminalOf } from '../support/terminals.ts'

const CLOCK = '2026-11-20T10:00:00+07:00'

/** The one field of a reply that echoes the time of the request: DateTimeRequest of the pipe protocol. */
const asSaid = (text: string) => text.replace(/\|\d{14}\|/, '|when|')

type Yes = { readonly channel: LoadedChannel; readonly id: string; readonly text: string }
type LoadedChannel = 'pos' | 'bni' | 'alfamart'

/** What the partners remember: whom the hub said yes to, in which words, and who never heard. */
const yes = new Map<Person, Yes>()
const open: { readonly farmer: Person; readonly channel: LoadedChannel; readonly id: string }[] = []
const farmers = CHANNELS.map(() => person())
const calls = CHANNELS.map((channel, i) => ({
  channel,
  call: { id: `stay-${channel}`, customer: farmers[i]?.nik ?? '', amount: 8_400 },
}))
let dataDir: string

beforeAll(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'hub-journey-'))
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }))

/** It is gone, with all that it started. */
async function isGone(): Promise<void> {
  await expect.poll(() => processesOf(dataDir), { timeout: 10_000 }).toEqual([])
}

test('stopped and started again, it answers every repeat as it first did, and its keys and tokens are good', async () => {
  const before = await hubOnTrial({ clock: CLOCK, dataDir, by: 'npm' })
  await register(before, ...farmers)
  const answered = new Map<string, string>()
  for (const { channel, call } of calls)
    answered.set(channel, asSaid((await terminalOf(before, channel).pay(call)).text))
  await before.untilQuiet()
  const shown = await memberships(before, farmers)
  const tokens = before.sandbox('operators')
  await before.end()
  await isGone()

  const after = await hubOnTrial({ clock: '2026-11-20T11:00:00+07:00', dataDir })
  expect(after.sandbox('operators')).toEqual(tokens)
  expect(after.sandbox('bni').baseUrl).toBe(`${after.url}/channels/bni`)
  for (const { channel, call } of calls) {
    expect(asSaid((await terminalOf(after, channel).pay(call)).text)).toBe(answered.get(channel))
  }
  await after.untilQuiet()
  expect(await memberships(after, farmers)).toEqual(shown)
  await after.end('SIGINT')
  await isGone()
}, 120_000)

test.each(['its own process', 'npm alone', 'its own process again'])(
  'killed under load, by way of %s, it ends with all that it started',
  async (way) => {
    const hub = await hubOnTrial({ clock: CLOCK, dataDir, ...(way === 'npm alone' ? { by: 'npm' } : {}) })
    const queue = Array.from({ length: 60 }, () => person())
    await register(hub, ...queue)
    const enough = yes.size + randomInt(5, 40)
    const lanes = (['pos', 'bni', 'alfamart', 'pos', 'bni', 'alfamart'] as const).map(async (channel) => {
      const terminal = terminalOf(hub, channel)
      for (let farmer = queue.pop(); farmer; farmer = queue.pop()) {
        const id = `load-${farmer.kpj}`
        const reply = await terminal.pay({ id, customer: farmer.nik, amount: 8_400 }).catch(() => undefined)
        if (reply?.code === terminal.codes.ok) yes.set(farmer, { channel, id, text: asSaid(reply.text) })
        else open.push({ farmer, channel, id })
      }
    })
    while (yes.size < enough && queue.length > 0) await sleep(1)
    await hub.end('SIGKILL')
    queue.length = 0
    await Promise.all(lanes)
    await isGone()
  },
  60_000,
)

test('killed three times, it has lost nothing that it said yes to, and counted nothing twice', async () => {
  const hub = await hubOnTrial({ clock: CLOCK, dataDir })
  try {
    expect(yes.size).toBeGreaterThanOrEqual(15)
    for (const [farmer, { channel, id, text }] of yes) {
      const reply = await terminalOf(hub, channel).pay({ id, customer: farmer.nik, amount: 8_400 })
      expect(asSaid(reply.text)).toBe(text)
    }
    for (const { farmer, channel, id } of open) {
      const terminal = terminalOf(hub, channel)
      expect((await terminal.pay({ id, customer: farmer.nik, amount: 8_400 })).code).toBe(terminal.codes.ok)
    }
    await hub.untilQuiet()
    const paid = [...yes.keys(), ...open.map(({ farmer }) => farmer)]
    for (const farmer of paid) {
      const { body } = await hub.api('viewer', 'GET', `/api/memberships/${farmer.kpj}`)
      expect(body).toMatchObject({
        status: 'active',
        paidThrough: '2026-11',
        view: { status: 'active', paidThrough: '2026-11' },
      })
    }
    const { body: overview } = await hub.api('viewer', 'GET', '/api/overview')
    const counts = overview.paymentsToday.channels.map(({ count }: { count: number }) => count)
    const counted = counts.reduce((sum: number, count: number) => sum + count, 0)
    expect(counted).toBe(paid.length + calls.length)
    const { body: queues } = await hub.api('viewer', 'GET', '/api/queues')
    for (const queue of queues) expect(queue).toMatchObject({ visible: 0, inFlight: 0, deadLetters: 0 })
  } finally {
    await hub.end()
  }
}, 120_000)

/** As the console shows them, without the moment of looking. */
async function memberships(hub: HubOnTrial, people: readonly Person[]): Promise<readonly unknown[]> {
  const shown = people.map(async ({ kpj }) => {
    const { asOf, view, version, ...rest } = (await hub.api('support', 'GET', `/api/memberships/${kpj}`)).body
    expect([asOf, version]).toEqual([expect.any(String), expect.any(Number)])
    return { ...rest, viewStatus: view.status, viewPaidThrough: view.paidThrough }
  })
  return Promise.all(shown)
}
