/**
 * What both ways of bench/flow.ts need: the hub and the partners as processes of their own, members to pay for, and the
 * reconciliation of what partners were answered with the day index of the facts.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { consoleCalls } from '../local/demo/console-calls.ts'
import { operatorTokens } from '../local/demo/partners.ts'
import { inventedPerson, inventedWork, type MemberRow } from '../local/demo/people.ts'
import { seededRandom } from '../local/demo/random.ts'
import { channels } from '../shared/channels/registry.ts'
import { addDays, type BusinessDate, businessDateOf, instant } from '../shared/domain/instant.ts'
import { kpjOf } from '../shared/domain/kpj.ts'
import { rupiah } from '../shared/domain/money.ts'
import { dynamoFacts } from '../shared/store/facts/dynamodb.ts'
import { hubClient } from './flow-client.ts'
import type { HubAddresses } from './flow-hub.ts'
import type { Acknowledged, Order } from './flow-load.ts'
import type { Limit } from './report.ts'

/** Rows per import call, so that each ends within the gateway's patience. */
const ROWS = 250

export type Bench = {
  readonly place: HubAddresses
  readonly dataDir: string
  readonly hub: ChildProcess
  readonly load: ChildProcess
}

/** Registers that many people, and answers by what they can be paid for. */
export async function importMembers(
  { url }: HubAddresses,
  dataDir: string,
  count: number,
): Promise<Order['customers']> {
  const calls = consoleCalls(url, await operatorTokens(dataDir))
  const rows = Array.from({ length: count }, (_, i) => memberRow(i + 1))
  for (let at = 0; at < rows.length; at += ROWS) {
    const { refused } = await calls.importRows(rows.slice(at, at + ROWS))
    if (refused.length > 0) throw new Error(`expected every member to be imported, ${refused.length} were refused`)
    console.log(`  ${Math.min(at + ROWS, count)} of ${count} memberships imported`)
  }
  return rows.map(({ kpj, nik, sector, funding, programs, income }) => ({
    kpj,
    nik,
    terms: { sector, funding, programs, income: rupiah(income) },
  }))
}

function memberRow(serial: number): MemberRow {
  const random = seededRandom(`bench ${serial}`)
  return {
    ...inventedPerson(random, serial),
    ...inventedWork(random),
    kpj: kpjOf(`7${String(serial).padStart(10, '0')}`),
    funding: 'self',
    registeredOn: addDays(today(), -60),
  }
}

export async function untilQuiet(hub: ChildProcess): Promise<void> {
  const left = await answerOf<readonly string[]>(hub, 'until-quiet')
  if (left.length > 0) throw new Error(`expected the hub to come to rest, left: ${left.join(', ')}`)
}

/** Every payment in the day index since the bench began, by channel and id: how often, and for what. */
export async function factsSince(
  place: HubAddresses,
  first: BusinessDate,
): Promise<ReadonlyMap<string, readonly Acknowledged[]>> {
  const client = hubClient(place)
  const facts = dynamoFacts(client, place)
  const kept = new Map<string, Acknowledged[]>()
  for (const day of new Set([first, today()])) {
    for (const { profile } of channels) {
      for await (const { kind, id: factId, account, amount } of facts.byDay(profile.name, day)) {
        if (kind !== 'payment') continue
        const [id = ''] = factId
        const key = `${profile.name} ${id}`
        kept.set(key, [...(kept.get(key) ?? []), { channel: profile.name, id, kpj: account, amount }])
      }
    }
  }
  client.destroy()
  return kept
}

/** Prints how many there are on both sides. */
export function reconciled(
  acknowledged: readonly Acknowledged[],
  kept: ReadonlyMap<string, readonly Acknowledged[]>,
): readonly Limit[] {
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

export function today(): BusinessDate {
  return businessDateOf(instant(Date.now()))
}

export function started(file: string, environment: Readonly<Record<string, string>>): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    execArgv: [],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

export function answerOf<T>(child: ChildProcess, message: object | string): Promise<T> {
  child.send(message)
  return nextMessage<T>(child)
}

export async function nextMessage<T>(child: ChildProcess): Promise<T> {
  const over = new AbortController()
  const ended = once(child, 'exit', over).then(([code]) => {
    throw new Error(`expected a process of the bench to answer, it ended with ${code}`)
  })
  // When it has answered, nobody waits for its end any more.
  ended.catch(() => {})
  try {
    const [message] = await Promise.race([once(child, 'message', over), ended])
    return message as T
  } finally {
    over.abort()
  }
}
