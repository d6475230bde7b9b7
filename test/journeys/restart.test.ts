/**
 * The hub is stopped and started, and killed under load three times. Whatever it said yes to is still there and reads as it
 * was said; what it did not get to say can be asked again. Nothing that it started outlives it.
 */
import { randomInt } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type HubOnTrial, hubOnTrial } from '../support/hub.ts'
import { type Person, person, register } from '../support/people.ts'
import { CHANNELS, tillOf } from '../support/tills.ts'

const CLOCK = '2026-11-20T10:00:00+07:00'

/** Processes that name the hub's folder: its tables' engine does, on its command line. */
function processesOf(dataDir: string): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir)
      } catch {
        return false
      }
    })
}

/** The one field of a reply that echoes the time of the request: DateTimeRequest of the pipe protocol. */
const asSaid = (text: string) => text.replace(/\|\d{14}\|/, '|when|')

test('stopped and started again, it answers every repeat as it first did, and its keys and tokens are good', async () => {
  const before = await hubOnTrial({ clock: CLOCK })
  const farmers = CHANNELS.map(() => person())
  await register(before, ...farmers)
  const calls = CHANNELS.map((channel, i) => ({
    channel,
    call: { id: `stay-${channel}`, customer: farmers[i]?.nik ?? '', amount: 8_400 },
  }))
  const said = new Map<string, string>()
  for (const { channel, call } of calls) said.set(channel, asSaid((await tillOf(before, channel).pay(call)).text))
  await before.settle()
  const shown = await memberships(before, farmers)
  const tokens = before.sandbox('operators')
  const began = performance.now()
  await before.end()
  expect(performance.now() - began).toBeLessThan(10_000)
  expect(processesOf(before.dataDir)).toEqual([])

  const after = await hubOnTrial({ clock: '2026-11-20T11:00:00+07:00', dataDir: before.dataDir })
  try {
    expect(after.sandbox('operators')).toEqual(tokens)
    expect(after.sandbox('bni').baseUrl).toBe(`${after.url}/channels/bni`)
    for (const { channel, call } of calls) {
      expect(asSaid((await tillOf(after, channel).pay(call)).text)).toBe(said.get(channel))
    }
    await after.settle()
    expect(await memberships(after, farmers)).toEqual(shown)
  } finally {
    await after.stop()
  }
}, 120_000)

test('killed three times under load, it has lost nothing that it said yes to, and counted nothing twice', async () => {
  const yes = new Map<
    Person,
    { readonly channel: 'pos' | 'bni' | 'alfamart'; readonly id: string; readonly text: string }
  >()
  const open: { readonly farmer: Person; readonly channel: 'pos' | 'bni' | 'alfamart'; readonly id: string }[] = []
  let dataDir: string | undefined
  for (let round = 0; round < 3; round++) {
    const hub: HubOnTrial = await hubOnTrial(dataDir === undefined ? { clock: CLOCK } : { clock: CLOCK, dataDir })
    dataDir = hub.dataDir
    const farmers = Array.from({ length: 90 }, () => person())
    await register(hub, ...farmers)
    const queue = [...farmers]
    let killed = false
    const tills = (['pos', 'bni', 'alfamart'] as const).map((channel) => tillOf(hub, channel))
    const lanes = Array.from({ length: 9 }, async (_, lane) => {
      const till = tills[lane % 3] as (typeof tills)[number]
      const channel = till.channel as 'pos' | 'bni' | 'alfamart'
      for (let farmer = queue.pop(); farmer && !killed; farmer = queue.pop()) {
        const id = `load-${farmer.kpj}`
        try {
          const reply = await till.pay({ id, customer: farmer.nik, amount: 8_400 })
          if (reply.code === till.codes.ok) yes.set(farmer, { channel, id, text: asSaid(reply.text) })
          else open.push({ farmer, channel, id })
        } catch {
          open.push({ farmer, channel, id })
        }
      }
    })
    const enough = yes.size + randomInt(5, 60)
    while (yes.size < enough && queue.length > 0) await sleep(1)
    await hub.end('SIGKILL')
    killed = true
    await Promise.all(lanes)
    await expect.poll(() => processesOf(hub.dataDir), { timeout: 5_000 }).toEqual([])
  }

  const hub = await hubOnTrial({ clock: CLOCK, dataDir: dataDir ?? '' })
  try {
    expect(yes.size).toBeGreaterThanOrEqual(15)
    for (const [farmer, { channel, id, text }] of yes) {
      const reply = await tillOf(hub, channel).pay({ id, customer: farmer.nik, amount: 8_400 })
      expect(asSaid(reply.text)).toBe(text)
    }
    for (const { farmer, channel, id } of open) {
      const till = tillOf(hub, channel)
      expect((await till.pay({ id, customer: farmer.nik, amount: 8_400 })).code).toBe(till.codes.ok)
    }
    await hub.settle()
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
    expect(counts.reduce((sum: number, count: number) => sum + count, 0)).toBe(paid.length)
    const { body: queues } = await hub.api('viewer', 'GET', '/api/queues')
    for (const queue of queues) expect(queue).toMatchObject({ visible: 0, inFlight: 0, deadLetters: 0 })
  } finally {
    await hub.stop()
    rmSync(hub.dataDir, { recursive: true, force: true })
  }
}, 180_000)

/** As the console shows them, without the moment of looking. */
async function memberships(hub: HubOnTrial, people: readonly Person[]): Promise<readonly unknown[]> {
  const shown = people.map(async ({ kpj }) => {
    const { asOf, view, version, ...rest } = (await hub.api('support', 'GET', `/api/memberships/${kpj}`)).body
    expect([asOf, version]).toEqual([expect.any(String), expect.any(Number)])
    return { ...rest, viewStatus: view.status, viewPaidThrough: view.paidThrough }
  })
  return Promise.all(shown)
}
