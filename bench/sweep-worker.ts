/**
 * The process in which the bench sweeps, apart from the loader, so that its memory is the sweep's own: the real use case on
 * the real adapters, its queue a list, one message at a time as one invocation has it. What it would send is counted.
 */

import type { ScanCommand } from '@aws-sdk/client-dynamodb'
import { noticeHint, type SweepPorts, sweepMemberships } from '../functions/sweep-memberships/sweep-memberships.ts'
import { NOTICE_RULES } from '../shared/domain/notice.ts'
import { RULES } from '../shared/domain/rules.ts'
import type { SweepTask } from '../shared/messages/sweep.ts'
import { createDynamoClient, type DynamoClient } from '../shared/store/dynamo/client.ts'
import { tableSize } from '../shared/store/dynamo/table-size.ts'
import { dynamoFactPages } from '../shared/store/facts/pages.ts'
import { dynamoMemberships } from '../shared/store/memberships/dynamodb.ts'
import { dynamoRollingCounts } from '../shared/store/rolling-counts/dynamodb.ts'
import { dynamoStatistics } from '../shared/store/statistics/dynamodb.ts'
import type { SweepResult } from '../shared/store/statistics/statistics.ts'
import type { Tables } from '../shared/store/tables.ts'
import { NIGHT } from './sweep-plan.ts'

export type SweepOptions = { readonly endpoint: string; readonly tables: Tables }
export type SweepMeasured = {
  readonly result: SweepResult
  readonly seconds: number
  readonly peakMegabytes: number
  /** At a quarter of the parts and at the end. */
  readonly earlyMegabytes: number
  readonly lateMegabytes: number
  readonly readUnits: number
  readonly messages: number
}

// A listener that stays keeps the process alive until who asked hangs up.
process.on('message', (order: SweepOptions) => {
  measured(order).then(
    // Who asked hangs up when the answer is there: an exit could overtake it.
    (answer) => process.send?.(answer),
    (error: Error) => {
      console.error(error)
      process.exit(1)
    },
  )
})

async function measured({ endpoint, tables }: SweepOptions): Promise<readonly SweepMeasured[]> {
  const client = createDynamoClient({ endpoint })
  let readUnits = 0
  const scans = countingScans(client, (units) => {
    readUnits += units
  })
  const tasks: SweepTask[] = []
  const ports: SweepPorts = {
    facts: dynamoFactPages(client, tables),
    memberships: dynamoMemberships(scans, tables),
    statistics: dynamoStatistics(client, tables),
    counts: dynamoRollingCounts(client, tables),
    sources: [],
    rules: RULES,
    recordedOn: async function* () {},
    tableSize: (table) => tableSize(client, tables[table]),
    noticeHint: (now) => noticeHint(now, NOTICE_RULES),
    sendTasks: async (sent) => void tasks.push(...sent),
    sendAccounts: async () => {},
    sendNotices: async () => {},
    programsEnding: async () => [],
    sendProgramNotices: async () => {},
    followPrograms: async () => {},
    now: () => NIGHT,
  }
  const sweeps: SweepMeasured[] = []
  for (const first of [{ task: 'nightly' }, { task: 'notices', zone: 'WIB' }] as const) {
    readUnits = 0
    sweeps.push({ ...(await one(ports, tasks, first)), readUnits })
  }
  client.destroy()
  return sweeps
}

type Sent = { readonly ConsumedCapacity?: { readonly CapacityUnits?: number } }

/** The client, asking what each of its calls consumed. */
function countingScans(client: DynamoClient, count: (units: number) => void): DynamoClient {
  const send = async (command: { readonly input: object }) => {
    Object.assign(command.input, { ReturnConsumedCapacity: 'TOTAL' })
    const answer = (await client.send(command as ScanCommand)) as Sent
    count(answer.ConsumedCapacity?.CapacityUnits ?? 0)
    return answer
  }
  return { send } as unknown as DynamoClient
}

async function one(ports: SweepPorts, tasks: SweepTask[], first: SweepTask): Promise<Omit<SweepMeasured, 'readUnits'>> {
  const memory: number[] = []
  const sample = setInterval(() => memory.push(megabytes()), 100)
  const startedAt = performance.now()
  let messages = 0
  let result: SweepResult | undefined
  tasks.push(first)
  for (let task = tasks.shift(); task; task = tasks.shift()) {
    const swept = await sweepMemberships(ports, task)
    messages++
    memory.push(megabytes())
    if (swept.outcome === 'part-done' && swept.finished) result = swept.finished.result
  }
  const seconds = (performance.now() - startedAt) / 1_000
  clearInterval(sample)
  if (!result) throw new Error('expected the run to come to its end, it did not')
  const early = memory.slice(0, Math.max(1, memory.length >> 2))
  const late = memory.slice(-Math.max(1, memory.length >> 2))
  return {
    result,
    seconds,
    messages,
    peakMegabytes: Math.max(...memory),
    earlyMegabytes: Math.max(...early),
    lateMegabytes: Math.max(...late),
  }
}

function megabytes(): number {
  return process.memoryUsage.rss() / 2 ** 20
}
