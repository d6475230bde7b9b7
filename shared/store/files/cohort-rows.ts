/**
 * The rows of a sponsor's list as the hub has judged and enrolled them, in the files bucket under `lists/<cohort>/rows/<chunk>`, 1,000 to
 * an object. No name and no NIK: what the list said of people is beside it (list-segments.ts). Sealed as that is.
 *
 * In the bucket and not in table `sponsors`, where a chunk of 100 KB was 100 write units, twice: a fifth of a unit for each member of
 * every list. Strongly consistent either way, and a chunk is always written and read whole. It is written over what was read and
 * nothing else (`If-Match`): an old step that goes on late must not undo what a later one wrote.
 * Producer: functions/enrol-cohort. Consumers: that one and functions/serve-console.
 */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { CohortRow } from '../../domain/sponsors/cohort.ts'
import type { CohortId } from '../../domain/sponsors/sponsor.ts'
import type { SealingKeys } from '../data-keys/sealing-keys.ts'
import { reading, writing } from '../dynamo/errors.ts'
import type { CohortRowStore, RowsMark } from '../sponsors/sponsors.ts'
import type { FileBytes } from './files.ts'
import { openWhole, sealWhole } from './sealed-bytes.ts'

export function s3CohortRows(client: S3Client, bucket: string, keys: SealingKeys): CohortRowStore {
  const standing = (id: CohortId, chunk: number) =>
    reading('rows of a list', async () => {
      try {
        const { Body: body, ETag } = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key: rowsKey(id, chunk) }),
        )
        if (body === undefined) return undefined
        const text = (await openWhole(body as FileBytes, keys)).toString('utf8')
        return { text, mark: (ETag ?? '') as RowsMark }
      } catch (error) {
        if ((error as ServiceError).name === 'NoSuchKey') return undefined
        throw error
      }
    })
  return {
    putRows: async (id, chunk, rows, over) => {
      const text = packRows(rows)
      const body = sealWhole(await keys.current('lists'), Buffer.from(text))
      const object = { Bucket: bucket, Key: rowsKey(id, chunk), ContentType: 'application/octet-stream', Body: body }
      const condition = over === null ? { IfNoneMatch: '*' } : { IfMatch: over }
      const put = async () => {
        try {
          await client.send(new PutObjectCommand({ ...object, ...condition }))
          return 'put'
        } catch (error) {
          if (isOtherwise(error)) return 'conflict'
          throw error
        }
      }
      const written = await writing('rows of a list', put)
      if (written.outcome === 'written' && written.result === 'put') return 'put'
      // An answer may have been lost, and then what lies there is ours.
      return (await standing(id, chunk))?.text === text ? 'put' : 'conflict'
    },
    rows: async (id, chunk) => {
      const found = await standing(id, chunk)
      return found && unpackRows(found.text)
    },
    markedRows: async (id, chunk) => {
      const found = await standing(id, chunk)
      return found && { rows: unpackRows(found.text), mark: found.mark }
    },
  }
}

type ServiceError = { readonly name?: string; readonly $metadata?: { readonly httpStatusCode?: number } }

/** Something else is there than was demanded, nothing is there, or somebody puts it at this moment. */
function isOtherwise(error: unknown): boolean {
  const status = (error as ServiceError).$metadata?.httpStatusCode
  return status === 412 || status === 409 || status === 404
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
