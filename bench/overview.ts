/**
 * `npm run bench:overview`: how long `GET /api/overview` takes on the local hub (console function, its role, embedded tables
 * and queues) with the counters of 10 million memberships and 300,000 payments a day; 7 runs, median and longest. Also which
 * reads it makes, counted at the client: none of them a scan.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { showOverview } from '../functions/serve-console/reports/overview.ts'
import { startHub } from '../local/hub.ts'
import { instant } from '../shared/domain/instant.ts'
import { RULES } from '../shared/domain/rules.ts'
import { createDynamoClient, type DynamoClient } from '../shared/store/dynamo/client.ts'
import { dynamoMemberships } from '../shared/store/memberships/dynamodb.ts'
import { dynamoRollingCounts } from '../shared/store/rolling-counts/dynamodb.ts'
import { dynamoSettlements } from '../shared/store/settlements/dynamodb.ts'
import { dynamoStatistics } from '../shared/store/statistics/dynamodb.ts'
import { TABLES, type Tables } from '../shared/store/tables.ts'
import { useTestIdentity } from '../test/support/dynoxide.ts'
import { CHANNELS, MEMBERSHIPS, PAYMENTS_A_DAY, writeCensus, writeCounters, writeOpenWork } from './overview-data.ts'
import { judge, median, round } from './report.ts'

const RUNS = 7
const LIMIT_MILLIS = 150

useTestIdentity()
const dataDir = mkdtempSync(path.join(tmpdir(), 'hub-overview-'))
const hub = await startHub({ port: 0, dataDir, isolates: 'interleaved', say: () => {} })
const client = createDynamoClient({ endpoint: hub.dynamoEndpoint })
try {
  const tables = Object.fromEntries(TABLES.map((table) => [table, `hub-${table}`])) as unknown as Tables
  const now = instant(hub.clock.now())
  for (const write of [writeCounters, writeCensus, writeOpenWork]) await write({ client, tables }, now)
  const { millis, answer } = await asked(hub.url)
  console.log(`${answer.memberships.total} of ${MEMBERSHIPS} memberships by rounding, ${PAYMENTS_A_DAY} payments a day`)
  console.log(`GET /api/overview, ms: ${millis.map((each) => round(each, 0)).join(' ')}`)
  const reads = await readsOf(tables, now)
  console.log(
    `reads: ${[...reads].map(([name, count]) => `${count} ${name}`).join(', ')}, and the depths of all queues`,
  )
  judge([
    { what: 'overview, median of 7 (ms)', value: round(median(millis), 0), limit: LIMIT_MILLIS },
    { what: 'overview, longest of 7 (ms)', value: round(Math.max(...millis), 0), limit: 2 * LIMIT_MILLIS },
    { what: 'scans', value: reads.get('Scan') ?? 0, limit: 0 },
  ])
} finally {
  client.destroy()
  await hub.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

async function asked(url: string) {
  const { viewer } = JSON.parse(readFileSync(path.join(dataDir, 'sandbox', 'operators.json'), 'utf8'))
  const millis: number[] = []
  let answer: { readonly memberships: { readonly total: number } } | undefined
  // The first two start the function and its connections.
  for (let run = -2; run < RUNS; run++) {
    const began = performance.now()
    const response = await fetch(`${url}/api/overview`, { headers: { authorization: `Bearer ${viewer}` } })
    answer = (await response.json()) as typeof answer
    if (run >= 0) millis.push(performance.now() - began)
    if (response.status !== 200) throw new Error(`expected 200, got ${response.status}`)
  }
  if (answer === undefined) throw new Error('expected an answer')
  return { millis, answer }
}

/** The same use case on a client that counts. The queues are asked by another client, twice each. */
async function readsOf(tables: Tables, now: ReturnType<typeof instant>): Promise<ReadonlyMap<string, number>> {
  const reads = new Map<string, number>()
  const send = (command: { readonly constructor: { readonly name: string } }) => {
    const name = command.constructor.name.replace(/Command$/, '')
    reads.set(name, (reads.get(name) ?? 0) + 1)
    return client.send(command as never)
  }
  const counting = { send } as unknown as DynamoClient
  const ports = {
    counts: dynamoRollingCounts(counting, tables),
    statistics: dynamoStatistics(counting, tables),
    memberships: dynamoMemberships(counting, tables),
    settlements: dynamoSettlements(counting, tables),
    channels: CHANNELS,
    queues: [],
    rules: RULES,
  }
  await showOverview(
    ports as unknown as Parameters<typeof showOverview>[0],
    { now } as Parameters<typeof showOverview>[1],
  )
  return reads
}
