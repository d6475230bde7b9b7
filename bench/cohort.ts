/**
 * `npm run bench:cohort [-- --rows 100000]`: a sponsor's list of that many people on the embedded DynamoDB and S3: handed over, read,
 * judged, enrolled, billed, paid through a bank's endpoint, shared out, until everybody is active. The worker is bundled as functions
 * are, and killed with SIGKILL in the middle of each stage; its messages come again.
 *
 * Rows a second are reported, never judged. Judged: nobody is lost or doubled, the shares add up to the bill, the worker stays below
 * 300 MB, and what a member costs in write units.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startS3 } from '../local/emulators/s3/s3.ts'
import { type BillCode, parseBillCode } from '../shared/domain/bill-code.ts'
import type { CohortId } from '../shared/domain/sponsors/sponsor.ts'
import type { CohortMessage } from '../shared/messages/cohort.ts'
import type { ReconcileMessage } from '../shared/messages/reconcile.ts'
import { systemClock } from '../shared/runtime/clock.ts'
import { dynamoDataKeys } from '../shared/store/data-keys/dynamodb.ts'
import { sealingKeys } from '../shared/store/data-keys/sealing-keys.ts'
import { createDynamoClient } from '../shared/store/dynamo/client.ts'
import { s3CohortRows } from '../shared/store/files/cohort-rows.ts'
import { s3Files } from '../shared/store/files/files.ts'
import { s3ListSegments } from '../shared/store/files/list-segments.ts'
import { createS3Client } from '../shared/store/files/s3-client.ts'
import { listOf, villagesOf } from '../test/articles/invented-people.ts'
import { createTables, startDatabase, useTestIdentity } from '../test/support/dynoxide.ts'
import { makeKeys } from '../test/support/sealing.ts'
import { built } from './built.ts'
import { countMembers } from './cohort-check.ts'
import { type CohortHub, cohortHub, openProgram, SPONSOR } from './cohort-hub.ts'
import { type CohortQueue, cohortQueue, type Stage } from './cohort-queue.ts'
import { countMemberUnits, MEMBER_WRITES, payBill } from './cohort-units.ts'
import type { Order } from './cohort-worker.ts'
import { judge, round, tableText } from './report.ts'

/** What one member may cost in write units; and what the list or the bill itself may add to each. */
const UNITS = { enrol: 4, cover: 3 } as const
const SHARED_UNITS = 0.1
const UNIT_PEOPLE = 1_000
const VILLAGE_PEOPLE = 50
/** A regency has codes for 1,980 villages here. */
const REGENCIES = ['15.71', '15.72']
const LOOK_AT_ONCE = 1_000
const BUCKET = 'bench-files'
const DAY_MILLIS = 86_400_000

const { values } = parseArgs({ options: { rows: { type: 'string', default: '100000' } } })
const rows = Number(values.rows)
if (!Number.isInteger(rows) || rows < 1)
  throw new RangeError(`expected --rows to be a whole number from 1, got ${values.rows}`)

useTestIdentity()
const folder = mkdtempSync(join(tmpdir(), 'hub-bench-cohort-'))
// In memory: a laptop's disk would be what is measured, one flush for every write.
const database = await startDatabase({ inMemory: true })
const bucketPlan = { name: BUCKET, arn: `arn:aws:s3:::${BUCKET}`, keyArn: null, notifications: [] }
const s3 = await startS3(folder, [bucketPlan], { endpoint: '', urlOf: () => '' }, new SharedArrayBuffer(8))
try {
  await bench()
} finally {
  await Promise.all([database.stop(), s3.stop()])
  rmSync(folder, { recursive: true, force: true })
}

async function bench(): Promise<void> {
  const units = await countMemberUnits(database.endpoint, await createTables(database.endpoint), UNIT_PEOPLE)
  console.log(`write units of ${UNIT_PEOPLE} members counted; now ${rows} of them`)
  const tables = await createTables(database.endpoint)
  // The worker builds its clients as handlers do, from the environment.
  process.env.AWS_ENDPOINT_URL_DYNAMODB = database.endpoint
  process.env.AWS_ENDPOINT_URL_S3 = s3.endpoint
  const client = createDynamoClient()
  const s3Client = createS3Client()
  const fileKeys = dynamoDataKeys(client, tables['file-data-keys'])
  await makeKeys(fileKeys)
  const sealing = sealingKeys(fileKeys, systemClock())
  const bucket = {
    files: s3Files(s3Client, BUCKET, sealing),
    segments: s3ListSegments(s3Client, BUCKET, sealing),
    rows: s3CohortRows(s3Client, BUCKET, sealing),
  }
  const digestSecret = JSON.stringify({ current: 1, keys: { 1: randomBytes(32).toString('base64') } })
  const hub = cohortHub(client, tables, bucket, digestSecret)
  const { file } = await built('cohort-worker', 'bench/cohort-worker.ts')
  const queue = cohortQueue(file, { tables, bucket: BUCKET, digestSecret })
  const { stages, members, paidRupiah } = await play(hub, queue)
  queue.stop()
  const counted = await countMembers(database.endpoint, tables, members)
  client.destroy()
  s3Client.destroy()

  print(stages)
  const head = ['write units of a member, to', ...MEMBER_WRITES, 'together']
  const lines = units.map(({ stage, writes, total }) => [
    stage,
    ...MEMBER_WRITES.map((what) => round(writes[what] ?? 0, 3)),
    round(total, 2),
  ])
  console.log(`${tableText(head, lines)}\n`)
  judge([
    { what: 'members lost', value: counted.lost + Math.abs(rows - members.size), limit: 0 },
    { what: 'members or shares doubled', value: counted.doubled, limit: 0 },
    { what: 'members who are not active', value: rows - counted.active, limit: 0 },
    { what: 'rupiah between the bill and its shares', value: Math.abs(paidRupiah - counted.shareRupiah), limit: 0 },
    { what: 'stages in which nothing was killed', value: stages.filter(({ killed }) => killed === 0).length, limit: 0 },
    { what: 'peak memory of the worker, MB', value: peakOf(stages), limit: 300 },
    ...units.flatMap(({ stage, own, total }) => [
      { what: `write units of a member, to ${stage}`, value: round(own, 2), limit: UNITS[stage] },
      { what: `what list and bill add to each, to ${stage}`, value: round(total - own, 3), limit: SHARED_UNITS },
    ]),
  ])
}

type Played = { readonly stages: readonly Stage[]; readonly members: ReadonlySet<string>; readonly paidRupiah: number }

async function play(hub: CohortHub, queue: CohortQueue): Promise<Played> {
  const program = await openProgram(hub, rows)
  const list = Buffer.from(listOf(villagesOf(REGENCIES, Math.ceil(rows / VILLAGE_PEOPLE), rows)))
  const { cohortId: cohort } = await hub.ask('POST', `/api/sponsors/${SPONSOR}/cohorts?program=${program}`, list)
  const stages: Stage[] = []
  const workOff = async (name: string, next: () => Promise<Order | undefined>) => {
    const stage = await queue.workOff(name, next)
    console.log(`${name}: ${round(stage.seconds, 1)} s`)
    stages.push(stage)
  }
  for (const task of ['read', 'judge', 'enrol'] as const) await workOff(task, stepsOf(hub, cohort, task))
  const members = await membersOf(hub, cohort)
  await workOff('fold: unpaid', looksAt([...members]))

  const validUntil = new Date(hub.now() + 20 * DAY_MILLIS).toISOString().slice(0, 10)
  const { bills } = await hub.ask('POST', `/api/cohorts/${cohort}/bill`, { validUntil })
  await workOff('bill', stepsOf(hub, cohort, 'bill'))
  const { billCode } = bills[0]
  const paidRupiah = await payBill(hub, billCode)
  // The bill's own fact is looked at first, and sends a message for each chunk of its members.
  const look = inTurn([{ task: 'look', accounts: [parseBillCode(billCode) as BillCode] }])
  let given = 0
  await workOff('share out', async () => (await look()) ?? sharing(queue.sent[given++]))
  await workOff('fold: active', looksAt([...members]))
  return { stages, members, paidRupiah }
}

/** Message after message, for as long as the list's record says that this is to be done. */
function stepsOf(hub: CohortHub, cohort: CohortId, task: string): () => Promise<Order | undefined> {
  return async () => {
    const standing = await hub.stores.sponsors.cohort(cohort)
    return standing?.work?.task === task ? { task: 'step', cohort } : undefined
  }
}

function looksAt(accounts: readonly string[]): () => Promise<Order | undefined> {
  const orders: Order[] = []
  for (let i = 0; i < accounts.length; i += LOOK_AT_ONCE) {
    orders.push({ task: 'look', accounts: accounts.slice(i, i + LOOK_AT_ONCE) as ReconcileMessage['account'][] })
  }
  return inTurn(orders)
}

function sharing(message: CohortMessage | undefined): Order | undefined {
  return message && { task: 'share', message }
}

function inTurn(orders: readonly Order[]): () => Promise<Order | undefined> {
  let given = 0
  return async () => orders[given++]
}

/** The numbers that the rows were given. */
async function membersOf({ stores }: CohortHub, cohort: CohortId): Promise<ReadonlySet<string>> {
  const members = new Set<string>()
  for (let chunk = 1; ; chunk++) {
    const read = await stores.sponsors.rows(cohort, chunk)
    if (!read) return members
    for (const { kpj } of read) if (kpj !== null) members.add(kpj)
  }
}

function print(stages: readonly Stage[]): void {
  const head = ['stage', 'rows', 'seconds', 'rows/s', 'messages', 'killed', 'peak MB']
  const lines = stages.map(({ name, seconds, messages, killed, peakMegabytes }) => [
    name,
    rows,
    round(seconds, 1),
    round(rows / seconds, 0),
    messages,
    killed,
    round(peakMegabytes, 0),
  ])
  console.log(`\n${tableText(head, lines)}\n`)
}

function peakOf(stages: readonly Stage[]): number {
  return round(Math.max(...stages.map(({ peakMegabytes }) => peakMegabytes)), 0)
}
