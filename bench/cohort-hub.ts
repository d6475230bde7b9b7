/**
 * The console for the cohort bench, on the tables and the bucket that its worker has: a sponsor with an open program, a list handed
 * over, its budget, its bills, its report. What it is asked is answered by the real routes.
 */
import { type ConsoleRequest, serveConsole } from '../functions/serve-console/serve-console.ts'
import { instant } from '../shared/domain/instant.ts'
import { prepareDigestKeys } from '../shared/runtime/digests.ts'
import type { DynamoClient } from '../shared/store/dynamo/client.ts'
import type { FileStore } from '../shared/store/files/files.ts'
import type { ListSegments } from '../shared/store/files/list-segments.ts'
import { participantHash } from '../shared/store/participant-hash.ts'
import { dynamoSponsors } from '../shared/store/sponsors/dynamodb.ts'
import type { CohortRowStore } from '../shared/store/sponsors/sponsors.ts'
import type { Tables } from '../shared/store/tables.ts'
import { consoleOn } from '../test/functions/serve-console/console.ts'
import { storesOn } from './local-endpoint.ts'

export type CohortHub = ReturnType<typeof cohortHub>
type Bucket = { readonly files: FileStore; readonly segments: ListSegments; readonly rows: CohortRowStore }

export const SPONSOR = 'jambi'

export function cohortHub(client: DynamoClient, tables: Tables, bucket: Bucket, digestSecret: string) {
  const keys = prepareDigestKeys(digestSecret)
  const participantOf = (nik: string) => participantHash(keys, nik)
  const now = () => instant(Date.now())
  const sponsors = { ...dynamoSponsors(client, tables), ...bucket.rows }
  const stores = { ...storesOn(client, tables), sponsors }
  // What no call of this bench asks for stays in memory.
  const { files, segments } = bucket
  const ports = { ...consoleOn().ports, ...stores, files, segments, participantOf, now }
  let requests = 0

  async function ask(method: ConsoleRequest['method'], path: string, body: Uint8Array | object = {}) {
    const [rawPath = '', rawQuery = ''] = path.split('?')
    const isFile = body instanceof Uint8Array
    const reply = await serveConsole(ports, {
      method,
      rawPath,
      rawQuery,
      headers: { 'content-type': isFile ? 'text/csv' : 'application/json' },
      body: isFile ? body : method === 'GET' ? new Uint8Array() : Buffer.from(JSON.stringify(body)),
      claims: { sub: 'operator-1', 'cognito:groups': '[operator]' },
      sourceIp: '203.0.113.7',
      requestId: `request-${++requests}`,
    })
    if (reply.status >= 300)
      throw new Error(`expected ${method} ${path} to be done, got ${reply.status}: ${reply.body}`)
    return JSON.parse(reply.body)
  }

  return { stores, bucket, participantOf, now, ask }
}

/** A program for this month, open for lists, with money enough for so many people; its id. */
export async function openProgram({ ask, now }: CohortHub, people: number): Promise<string> {
  await ask('POST', '/api/sponsors', { id: SPONSOR, kind: 'province', name: 'Provinsi Jambi', regionCode: '15' })
  const { id } = await ask('POST', `/api/sponsors/${SPONSOR}/programs`, {
    code: 'bench',
    name: 'Pekerja rentan',
    funding: 'apbd',
    budget: { per: 'total', amountRupiah: people * MORE_THAN_A_MONTH },
    firstMonth: new Date(now() + WIB_MILLIS).toISOString().slice(0, 7),
    months: 1,
    sector: 'farming',
    programs: 'JKK+JKM',
    incomeRupiah: 1_000_000,
    priority: 'stop',
  })
  await ask('POST', `/api/programs/${id}/opening`)
  return id
}

const MORE_THAN_A_MONTH = 20_000
const WIB_MILLIS = 7 * 3_600_000
