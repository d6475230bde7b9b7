/**
 * The rows of a sponsor's list as the hub has judged and enrolled them, in the files bucket under `lists/<cohort>/rows/<chunk>`, 1,000 to
 * an object. No name and no NIK: what the list said of people is beside it (list-segments.ts).
 *
 * In the bucket and not in table `sponsors`, where a chunk of 100 KB was 100 write units, twice: a fifth of a unit for each member of
 * every list. Strongly consistent either way, and a chunk is always written and read whole.
 * Producer: functions/enrol-cohort. Consumers: that one and functions/serve-console.
 */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { CohortRow } from '../../domain/sponsors/cohort.ts'
import type { CohortId } from '../../domain/sponsors/sponsor.ts'
import { reading, writing } from '../dynamo/errors.ts'
import type { CohortRowStore } from '../sponsors/sponsors.ts'

export function s3CohortRows(client: S3Client, bucket: string): CohortRowStore {
  return {
    putRows: async (id, chunk, rows) => {
      const object = { Bucket: bucket, Key: rowsKey(id, chunk), ContentType: 'application/json' }
      const put = new PutObjectCommand({ ...object, Body: packRows(rows) })
      await writing('rows of a list', () => client.send(put))
    },
    rows: (id, chunk) =>
      reading('rows of a list', async () => {
        try {
          const object = { Bucket: bucket, Key: rowsKey(id, chunk) }
          const { Body: body } = await client.send(new GetObjectCommand(object))
          return body && unpackRows(await body.transformToString('utf8'))
        } catch (error) {
          if ((error as { readonly name?: string }).name === 'NoSuchKey') return undefined
          throw error
        }
      }),
  }
}

function rowsKey(cohort: CohortId, chunk: number): string {
  return `lists/${cohort}/rows/${String(chunk).padStart(4, '0')}`
}

export function packRows(rows: readonly CohortRow[]): string {
  return JSON.stringify(rows.map(packed))
}

export function unpackRows(text: string): readonly CohortRow[] {
  return (JSON.parse(text) as readonly PackedRow[]).map(unpacked)
}

/** A row as a list of its values: half the size of one with names. */
type PackedRow = readonly [
  CohortRow['line'],
  CohortRow['participant'],
  CohortRow['kpj'],
  CohortRow['regionCode'],
  CohortRow['sector'],
  CohortRow['income'],
  CohortRow['state'],
  CohortRow['refusal'],
  0 | 1,
]

function packed(row: CohortRow): PackedRow {
  const { line, participant, kpj, regionCode, sector, income, state, refusal, flagged } = row
  return [line, participant, kpj, regionCode, sector, income, state, refusal, flagged ? 1 : 0]
}

function unpacked(row: PackedRow): CohortRow {
  const [line, participant, kpj, regionCode, sector, income, state, refusal, flagged] = row
  return { line, participant, kpj, regionCode, sector, income, state, refusal, flagged: flagged === 1 }
}
