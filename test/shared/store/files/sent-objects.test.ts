/**
 * Every call of the stores that lie in buckets, whole, against a written reference (sent-objects.txt): command, key, condition, type;
 * and what each makes of an answer that is no success. `vitest run <this> --update` writes the reference anew.
 */
import type { S3Client } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { rupiah } from '../../../../shared/domain/money.ts'
import type { CohortId } from '../../../../shared/domain/sponsors/sponsor.ts'
import { bucketAnchorNames, bucketAnchors } from '../../../../shared/store/audit/anchor-bucket.ts'
import { s3Attachments } from '../../../../shared/store/files/attachments.ts'
import { s3CohortRows } from '../../../../shared/store/files/cohort-rows.ts'
import { s3Files } from '../../../../shared/store/files/files.ts'
import { s3ListSegments } from '../../../../shared/store/files/list-segments.ts'
import { s3SettledLines } from '../../../../shared/store/files/settled-lines.ts'
import type { RowsMark } from '../../../../shared/store/sponsors/sponsors.ts'
import { at, date } from '../../../support/facts.ts'
import { NIK_SEGMENT, packedDay, ROW } from './bucket-contents.ts'

type Answer = { readonly status: number; readonly name: string } | { readonly body: string }
type Command = { readonly input: object }

/** Answers every call with the same; keeps what was sent. */
function bucketThat(answer: Answer) {
  const sent: string[] = []
  const client = {
    send: async (command: Command) => {
      const body = (_: string, value: unknown) => (value instanceof Uint8Array ? `<${value.length} bytes>` : value)
      // What the SDK turns into bytes in its own way is shown as text.
      sent.push(`${command.constructor.name} ${JSON.stringify(bytesShown(command.input), body)}`)
      if (!('body' in answer))
        throw Object.assign(new Error('refused'), { name: answer.name, $metadata: { httpStatusCode: answer.status } })
      const Body = Object.assign(streamOf(answer.body), {
        transformToString: async () => answer.body,
        transformToByteArray: async () => Buffer.from(answer.body),
      })
      const Versions = [{ Key: 'anchors/one' }, {}, { Key: 'anchors/two' }]
      const isFirst = sent.length === 1
      const next = { IsTruncated: isFirst, NextKeyMarker: 'anchors/two', NextVersionIdMarker: 'v2' }
      return { Body, ETag: '"mark"', Versions, ...next }
    },
  } as unknown as S3Client
  return { client, sent }
}

function bytesShown(input: object): object {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      value instanceof Uint8Array ? `<${value.length} bytes>` : value,
    ]),
  )
}

async function* streamOf(text: string) {
  yield Buffer.from(text)
}

async function textOf(bytes: AsyncIterable<Uint8Array> | undefined) {
  if (!bytes) return undefined
  let text = ''
  for await (const part of bytes) text += Buffer.from(part)
  return text
}

async function namesOf(names: AsyncIterable<string>) {
  const all: string[] = []
  for await (const name of names) all.push(name)
  return all
}

const COHORT = 'jambi.2027.a1' as CohortId
const DAY = date('2026-11-20')
const BYTES = Buffer.from('abc')
const ANCHOR = { sequence: 7, hash: 'a'.repeat(64), signature: 'b'.repeat(96) }
const KEPT = { channel: 'bni', group: 'x', fileDate: DAY, sha256: 'c'.repeat(64), buckets: 2 } as never

const CALLS: Readonly<Record<string, (client: S3Client) => Promise<unknown>>> = {
  'files.dropped': async (client) =>
    textOf(await s3Files(client, 'hub').dropped({ name: 'bni/a b.csv', version: 'v1' })),
  'files.dropped, no version': async (client) =>
    textOf(await s3Files(client, 'hub').dropped({ name: 'bni/a.csv', version: null })),
  'files.keepDropped': (client) => s3Files(client, 'hub').keepDropped('sha', { name: 'bni/a b+c.csv', version: 'v 1' }),
  'files.keepDropped, no version': (client) => s3Files(client, 'hub').keepDropped('sha', { name: 'a', version: null }),
  'files.keep': (client) => s3Files(client, 'hub').keep('sha', BYTES),
  'files.kept': async (client) => textOf(await s3Files(client, 'hub').kept('sha')),
  'files.putOutgoing': (client) => s3Files(client, 'hub').putOutgoing('bni', 'answer.csv', BYTES),
  'files.outgoing': async (client) => textOf(await s3Files(client, 'hub').outgoing('bni', 'answer.csv')),
  'attachments.put': (client) => s3Attachments(client, 'hub').put('bni-1', 'sha', BYTES),
  'attachments.get': async (client) => Buffer.from(await s3Attachments(client, 'hub').get('bni-1', 'sha')).toString(),
  'rows.putRows, the first': (client) => s3CohortRows(client, 'hub').putRows(COHORT, 3, [ROW], null),
  'rows.putRows, over others': (client) => s3CohortRows(client, 'hub').putRows(COHORT, 3, [ROW], 'm' as RowsMark),
  'rows.rows': (client) => s3CohortRows(client, 'hub').rows(COHORT, 3),
  'rows.markedRows': (client) => s3CohortRows(client, 'hub').markedRows(COHORT, 12),
  'segments.put': (client) => s3ListSegments(client, 'hub').put(COHORT, 3, [NIK_SEGMENT]),
  'segments.get': (client) => s3ListSegments(client, 'hub').get(COHORT, 3),
  'segments.putFlagged': (client) => s3ListSegments(client, 'hub').putFlagged(COHORT, [2, 7]),
  'segments.flagged': (client) => s3ListSegments(client, 'hub').flagged(COHORT),
  'lines.put': (client) => s3SettledLines(client, 'hub').put('bni', DAY, packedDay()),
  'lines.bucket': (client) => s3SettledLines(client, 'hub').bucket('bni', DAY, packedDay().place, 3),
  'lines.page': (client) => s3SettledLines(client, 'hub').page('bni', DAY, packedDay().place, 'pending', 2),
  'lines.putKept': (client) =>
    s3SettledLines(client, 'hub').putKept(KEPT, [{ paymentId: 'T1', amount: rupiah(8_400) } as never]),
  'lines.keptOf': (client) => s3SettledLines(client, 'hub').keptOf(KEPT, new Set(['T1'])),
  'anchors.put': (client) => bucketAnchors(client, 'evidence').put(ANCHOR, at('2026-11-20T10:00')),
  'anchors.names': (client) => namesOf(bucketAnchorNames(client, 'evidence').names()),
}

const ANSWERS: readonly Answer[] = [
  { body: '' },
  { body: '[]' },
  { status: 404, name: 'NoSuchKey' },
  { status: 404, name: 'NoSuchBucket' },
  { status: 409, name: 'ConditionalRequestConflict' },
  { status: 412, name: 'PreconditionFailed' },
  { status: 403, name: 'AccessDenied' },
  { status: 503, name: 'SlowDown' },
]

test('what is sent to buckets, and what comes of each answer', async () => {
  const told = await Promise.all(
    Object.entries(CALLS).map(async ([name, call]) => {
      const lines = [`# ${name}`]
      const [first] = await Promise.all(
        ANSWERS.map(async (answer) => {
          const { client, sent } = bucketThat(answer)
          const came = await call(client).then(
            (value) => JSON.stringify(value),
            (error: Error & { readonly code?: string }) => `${error.name} ${error.code ?? ''} ${error.message}`,
          )
          const asked = 'body' in answer ? `"${answer.body}"` : `${answer.status} ${answer.name}`
          return { sent, line: `${asked}: ${came}, ${sent.length} calls` }
        }),
      ).then((all) => {
        lines.push(...all.map(({ line }) => line))
        return all
      })
      return [...new Set(first?.sent), ...lines.slice(1)].reduce((text, line) => `${text}\n${line}`, lines[0] ?? '')
    }),
  )
  await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot('sent-objects.txt')
})
