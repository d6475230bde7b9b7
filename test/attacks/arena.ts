/**
 * The hub under attack: its address, its clock, members to attack, and what the console says of them before and after.
 * Registers through the console with the operator's sandbox token. Knows nothing of what is sent.
 */
import { randomInt } from 'node:crypto'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { metAt, type TestHub } from '../support/hub.ts'
import { importFile, type Person, person } from '../support/people.ts'
import { CHANNELS } from '../support/terminals.ts'
import type { Arena, Victim } from './attack.ts'

/** What may not change: the membership as the console shows it, and the list of its payments. */
export type AccountState = { readonly membership: string; readonly payments: string }

/** A deployed hub has no way to say that it is at rest. */
const REST_ELSEWHERE_MILLIS = 5_000

export async function arenaAt(base: string, sandboxDir: string): Promise<Arena> {
  const met = metAt(base, path.dirname(path.resolve(sandboxDir)), undefined)
  const offset = await clockOffset(base)
  const now = () => Date.now() + offset
  const sandbox: TestHub['sandbox'] = (name) => ({
    ...met.sandbox(name),
    ...(CHANNELS.some((channel) => channel === name) ? { baseUrl: `${base}/channels/${name}` } : {}),
  })
  const hub = { ...met, now, sandbox }
  return { base: new URL(base), now, hub, victims: (count) => registered(hub, count) }
}

/** Lets what was accepted come to rest. A hub with traffic of its own may never; the console reads facts, which do not lag. */
export async function rest({ base, hub }: Arena): Promise<void> {
  if (isLoopback(base)) await fetch(`${hub.url}/__local/settle`, { method: 'POST' })
  else await sleep(REST_ELSEWHERE_MILLIS)
}

export async function standingOf({ hub }: Arena, { kpj }: Victim): Promise<AccountState> {
  const membership = await hub.api('viewer', 'GET', `/api/memberships/${kpj}`)
  const payments = await hub.api('viewer', 'GET', `/api/memberships/${kpj}/payments`)
  if (membership.status !== 200 || payments.status !== 200) {
    throw new Error(`expected the console to show a member, got ${membership.status} and ${payments.status}`)
  }
  return { membership: textOf(membership.body), payments: textOf(payments.body) }
}

/** Without the moment of asking, and without the view, which the nightly sweep may write again. */
function textOf(body: Readonly<Record<string, unknown>>): string {
  const { asOf: _asOf, view: _view, version: _version, ...lasting } = body
  return JSON.stringify(lasting)
}

export function isLoopback({ hostname }: URL): boolean {
  return /^(127(\.\d{1,3}){3}|localhost|\[::1\])$/.test(hostname)
}

/** A laptop's hub may live at another time; it says so when it comes to rest. */
async function clockOffset(base: string): Promise<number> {
  if (!isLoopback(new URL(base))) return 0
  const response = await fetch(`${base}/__local/settle`, { method: 'POST' })
  const { now } = (await response.json()) as { readonly now?: string }
  return now === undefined ? 0 : Date.parse(now) - Date.now()
}

async function registered(hub: TestHub, count: number): Promise<readonly Victim[]> {
  const people = Array.from({ length: count }, unrelatedPerson)
  const reply = await hub.api('operator', 'POST', '/api/memberships/import', importFile(people))
  if (reply.body?.accepted !== count) {
    throw new Error(`expected ${count} members to be registered, got ${reply.status} ${reply.body?.code ?? ''}`)
  }
  return people.map(({ kpj, nik }) => ({ kpj, nik }))
}

/** Nobody whom an earlier attack on the same hub registered: numbers at random, a woman of Jambi. */
function unrelatedPerson(): Person {
  const two = (least: number, most: number) => String(randomInt(least, most + 1)).padStart(2, '0')
  const serial = String(randomInt(1, 10_000)).padStart(4, '0')
  return person({
    kpj: `27${two(0, 99)}${String(randomInt(10_000_000)).padStart(7, '0')}`,
    nik: `157101${two(41, 68)}${two(1, 12)}${two(60, 99)}${serial}`,
    phone: `0812${String(randomInt(100_000_000)).padStart(8, '0')}`,
  })
}
