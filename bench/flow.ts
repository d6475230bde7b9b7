/**
 * `npm run bench:flow [-- --seconds 60]`: money through the whole local hub, all five channels mixed, an inquiry before each
 * payment. First a closed loop of 32 partners, which finds the throughput; then an open loop at half of it, which finds the
 * waiting times. Hub and partners are processes of their own on this machine.
 *
 * Throughput and times are reported, never judged. What is judged: each acknowledged payment is in the day index of the facts
 * exactly once, with its amount and account; exits 1 otherwise.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { consoleCalls } from '../local/demo/console-calls.ts'
import { operatorTokens } from '../local/demo/partners.ts'
import { inventedPerson, inventedWork, type MemberRow } from '../local/demo/people.ts'
import { seededRandom } from '../local/demo/random.ts'
import { channels } from '../shared/channels/registry.ts'
import { addDays, type BusinessDate, businessDateOf, instant } from '../shared/domain/instant.ts'
import { dynamoFacts } from '../shared/store/facts.ts'
import { hubClient } from './flow-client.ts'
import type { HubPlace } from './flow-hub.ts'
import type { Acknowledged, Order, Play, Played } from './flow-load.ts'
import { judge, median, percentile, round, tableText } from './report.ts'

const PARTNERS = 32
/** Not divisible by the number of channels: each member meets all of them. */
const MEMBERS = 3_001
/** Rows per import call, so that each ends within the gateway's patience. */
const ROWS = 250

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } })
const seconds = Number(values.seconds)
if (!(seconds > 0)) throw new RangeError(`expected --seconds to be a number above 0, got ${values.seconds}`)

const dataDir = mkdtempSync(join(tmpdir(), 'hub-flow-'))
const hub = started('flow-hub.ts', { HUB_DATA_DIR: dataDir })
try {
  const firstDay = today()
  const place = await told<HubPlace>(hub)
  const customers = await importMembers(place)
  const load = started('flow-load.ts', {})
  await asked(load, { place, dataDir, customers } satisfies Order)
  const closed = await asked<Played>(load, { loop: 'closed', partners: PARTNERS, seconds } satisfies Play)
  await settled()
  const perSecond = Math.max(1, closed.acknowledged.length / closed.seconds / 2)
  const open = await asked<Played>(load, { loop: 'open', perSecond, seconds } satisfies Play)
  load.disconnect()
  await settled()
  print(closed, open, perSecond)
  const kept = await factsSince(place, firstDay)
  judge(reconciled([...closed.acknowledged, ...open.acknowledged], kept))
} finally {
  if (hub.connected) hub.send('stop')
  await once(hub, 'exit')
  rmSync(dataDir, { recursive: true, force: true })
}

async function importMembers({ url }: HubPlace): Promise<Order['customers']> {
  const calls = consoleCalls(url, await operatorTokens(dataDir))
  const rows = Array.from({ length: MEMBERS }, (_, i) => memberRow(i + 1))
  for (let at = 0; at < rows.length; at += ROWS) {
    const { refused } = await calls.importRows(rows.slice(at, at + ROWS))
    if (refused.length > 0) throw new Error(`expected every member to be imported, ${refused.length} were refused`)
    console.log(`  ${Math.min(at + ROWS, MEMBERS)} of ${MEMBERS} memberships imported`)
  }
  await settled()
  return rows.map(({ kpj, nik }) => ({ kpj, nik }))
}

function memberRow(serial: number): MemberRow {
  const random = seededRandom(`bench ${serial}`)
  return {
    ...inventedPerson(random, serial),
    ...inventedWork(random),
    kpj: `7${String(serial).padStart(10, '0')}`,
    funding: 'self',
    registeredOn: addDays(today(), -60),
  }
}

async function settled(): Promise<void> {
  const left = await asked<readonly string[]>(hub, 'settle')
  if (left.length > 0) throw new Error(`expected the hub to come to rest, left: ${left.join(', ')}`)
}

function print(closed: Played, open: Played, perSecond: number): void {
  console.log(
    `\n${availableParallelism()} cores for hub and partners; ${channels.length} channels, ${MEMBERS} memberships\n`,
  )
  const rate = ({ acknowledged, seconds: took }: Played) => round(acknowledged.length / took, 1)
  const times = (millis: readonly number[]) => [round(median(millis), 1), round(percentile(millis, 0.99), 1)]
  const row = (name: string, played: Played) => [
    name,
    played.acknowledged.length,
    rate(played),
    ...times(played.inquiryMillis),
    ...times(played.paymentMillis),
    ...times(played.activeMillis),
  ]
  const head = ['loop', 'payments', 'per s', 'inquiry ms p50', 'p99', 'payment ms p50', 'p99', 'active ms p50', 'p99']
  const rows = [row(`closed, ${PARTNERS} partners`, closed), row(`open, ${round(perSecond, 1)}/s`, open)]
  console.log(`${tableText(head, rows)}\n`)
  console.log('`active`: from the answer until the view in the table says so, of every tenth payment.')
  for (const [what, count] of Object.entries({ ...closed.others, ...open.others }))
    console.log(`not accepted at first: ${what}, ${count} times`)
}

/** Every payment in the day index since the bench began, by channel and id: how often, and for what. */
async function factsSince(place: HubPlace, first: BusinessDate): Promise<ReadonlyMap<string, readonly Acknowledged[]>> {
  const client = hubClient(place)
  const facts = dynamoFacts(client, place)
  const kept = new Map<string, Acknowledged[]>()
  for (const day of new Set([first, today()])) {
    for (const { profile } of channels) {
      for await (const { kind, fact, account, amount } of facts.byDay(profile.name, day)) {
        if (kind !== 'payment') continue
        const id = decodeURIComponent(fact.split('#')[2] as string)
        const key = `${profile.name} ${id}`
        kept.set(key, [...(kept.get(key) ?? []), { channel: profile.name, id, kpj: account, amount }])
      }
    }
  }
  client.destroy()
  return kept
}

function reconciled(acknowledged: readonly Acknowledged[], kept: ReadonlyMap<string, readonly Acknowledged[]>) {
  const found = acknowledged.map((each) => ({ each, facts: kept.get(`${each.channel} ${each.id}`) ?? [] }))
  const other = found.filter(({ each, facts }) =>
    facts.some(({ kpj, amount }) => kpj !== each.kpj || amount !== each.amount),
  )
  const doubled = [...kept.values()].filter((facts) => facts.length > 1)
  console.log(`\n${acknowledged.length} payments acknowledged, ${kept.size} in the facts`)
  return [
    { what: 'acknowledged payments lost', value: found.filter(({ facts }) => facts.length === 0).length, limit: 0 },
    { what: 'payments doubled', value: doubled.length, limit: 0 },
    { what: 'payments with another account or amount', value: other.length, limit: 0 },
  ]
}

function today(): BusinessDate {
  return businessDateOf(instant(Date.now()))
}

function started(file: string, environment: Readonly<Record<string, string>>): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    execArgv: [],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

function asked<T>(child: ChildProcess, message: object | string): Promise<T> {
  child.send(message)
  return told<T>(child)
}

async function told<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`expected a process of the bench to answer, it ended with ${code}`)
  })
  const [message] = await Promise.race([once(child, 'message'), ended])
  return message as T
}
