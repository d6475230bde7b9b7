/**
 * A sponsor's list once it was read, in segments of 1,000 rows, in the files bucket under `lists/<cohort>/<segment>`: what the steps
 * after reading work from, one segment at a time, so that a killed import goes on. It holds what the list says of people, sealed under
 * the key of the day (sealed-bytes.ts).
 *
 * Promise: named by cohort and place, and the same list makes the same segments, so a segment put again changes nothing.
 * Producer and consumer: functions/enrol-cohort; consumer: functions/serve-console (refused rows, as the list had them).
 */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import type { ListedPerson } from '../../domain/sponsors/judge-row.ts'
import type { RowRefusalCode } from '../../domain/sponsors/row-refusals.ts'
import type { CohortId } from '../../domain/sponsors/sponsor.ts'
import type { SealingKeys } from '../data-keys/sealing-keys.ts'
import { reading, writing } from '../dynamo/errors.ts'
import type { FileBytes } from './files.ts'
import { openWhole, sealWhole } from './sealed-bytes.ts'

/** A row by itself: a person, or why not. `cells`: what a refused row said, so that its sender finds it again. */
export type SegmentRow =
  | { readonly line: number; readonly person: ListedPerson }
  | { readonly line: number; readonly refusal: RowRefusalCode; readonly cells: readonly string[] }

/** Segments count from 1. `flagged`: lines of the whole list that are one NIK under several names. */
export type ListSegments = {
  readonly put: (cohort: CohortId, segment: number, rows: readonly SegmentRow[]) => Promise<void>
  /** Undefined past the last. */
  readonly get: (cohort: CohortId, segment: number) => Promise<readonly SegmentRow[] | undefined>
  readonly putFlagged: (cohort: CohortId, lines: readonly number[]) => Promise<void>
  readonly flagged: (cohort: CohortId) => Promise<readonly number[]>
}

export function s3ListSegments(client: S3Client, bucket: string, keys: SealingKeys): ListSegments {
  const put = async (key: string, content: unknown) => {
    const body = sealWhole(await keys.current('lists'), Buffer.from(JSON.stringify(content)))
    const object = { Bucket: bucket, Key: key, Body: body, ContentType: 'application/octet-stream' }
    await writing('a segment of a list', () => client.send(new PutObjectCommand(object)))
  }
  const get = (key: string) =>
    reading('a segment of a list', async () => {
      try {
        const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
        return body && JSON.parse((await openWhole(body as FileBytes, keys)).toString('utf8'))
      } catch (error) {
        if ((error as { readonly name?: string }).name === 'NoSuchKey') return undefined
        throw error
      }
    })
  return {
    put: (cohort, segment, rows) => put(segmentKey(cohort, segment), rows),
    get: (cohort, segment) => get(segmentKey(cohort, segment)),
    putFlagged: (cohort, lines) => put(flaggedKey(cohort), lines),
    flagged: async (cohort) => (await get(flaggedKey(cohort))) ?? [],
  }
}

function segmentKey(cohort: CohortId, segment: number): string {
  return `lists/${cohort}/${String(segment).padStart(4, '0')}`
}

function flaggedKey(cohort: CohortId): string {
  return `lists/${cohort}/flagged`
}
