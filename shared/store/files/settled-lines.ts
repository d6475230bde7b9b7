/**
 * The lines behind a statement's figures, in the files bucket under `settled/<channel>/<date>/<place>/`: matched pairs in hash
 * buckets, so that one payment's line is found with one read; every other row in pages of its own.
 *
 * Promise: `place` is a digest of all of them, so an object is never replaced by another content, a repeat writes the same,
 * and two runs at once cannot mix. No customer id is kept. Producer: functions/reconcile-settlement. Consumers:
 * functions/serve-console (rows opened, evidence of a payment).
 */
import { createHash } from 'node:crypto'
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { stableHash } from '../../domain/hash.ts'
import type { BusinessDate, Instant } from '../../domain/instant.ts'
import { instant } from '../../domain/instant.ts'
import { rupiah } from '../../domain/money.ts'
import type { DayResult, MatchedLine, MatchMethod, NoteKind, Item as RowItem } from '../../domain/settlement/day.ts'
import { Defect } from '../../runtime/faults.ts'
import { inParallel } from '../../runtime/in-parallel.ts'
import { reading, writing } from '../dynamo/errors.ts'
import type { KeptFile, KeptLine, LinesPlace } from '../settlements/records.ts'

export type SettledLineStore = {
  /** Right any number of times: the same lines, the same objects. */
  readonly put: (channel: string, date: BusinessDate, packed: PackedLines) => Promise<void>
  /** The matched line of a payment; undefined when the day's file has none. */
  readonly matchedOf: (
    channel: string,
    date: BusinessDate,
    place: LinesPlace,
    paymentId: string,
  ) => Promise<MatchedLine | undefined>
  /** The same for many payments: each bucket is read once. By payment id. */
  readonly matchedOfMany: (
    channel: string,
    date: BusinessDate,
    place: LinesPlace,
    paymentIds: readonly string[],
  ) => Promise<ReadonlyMap<string, MatchedLine>>
  /** Lines of one file that other days ask for (store/settlements/kept-lines.ts). Right any number of times. */
  readonly putKept: (file: KeptFile, lines: readonly KeptLine[]) => Promise<void>
  readonly keptOf: (file: KeptFile, paymentIds: ReadonlySet<string>) => Promise<readonly KeptLine[]>
  /** One bucket of matched lines, from 0. */
  readonly bucket: (
    channel: string,
    date: BusinessDate,
    place: LinesPlace,
    bucket: number,
  ) => Promise<readonly MatchedLine[]>
  /** One page of a row that is no match, or of a difference's list (`listOf`), from 0. */
  readonly page: (
    channel: string,
    date: BusinessDate,
    place: LinesPlace,
    label: string,
    page: number,
  ) => Promise<readonly RowItem[]>
}

export type LinesOfDay = Pick<DayResult, 'items' | 'listed' | 'notes' | 'matched' | 'counts'>

const BUCKET_LINES = 2_000
const PAGE_ITEMS = 1_000
const MATCHED = 'matched'
/** Objects on the way at a time. */
const CONCURRENCY = 8

export type PackedLines = {
  readonly place: LinesPlace
  readonly objects: readonly { readonly name: string; readonly body: string }[]
}

/** What is to be kept of a day, and where: the same for any order in which its payments came. Nothing is written. */
export function packLines(result: LinesOfDay): PackedLines {
  const buckets = Math.max(1, Math.ceil(result.counts.matched / BUCKET_LINES))
  const objects: { name: string; body: string }[] = bucketsOf(result, buckets).map((lines, i) => ({
    name: `${MATCHED}-${padded(i)}`,
    body: lines.sort().join('\n'),
  }))
  const pages: Record<string, number> = {}
  const lists = [
    ...byLabel(result.items),
    ...result.listed.map(({ id, items }) => [listOf(id), items] as const),
    ...result.notes.map(({ kind, items }) => [noteOf(kind), items] as const),
  ]
  for (const [label, items] of lists) {
    pages[label] = Math.ceil(items.length / PAGE_ITEMS)
    for (let page = 0; page * PAGE_ITEMS < items.length; page++) {
      const body = JSON.stringify(items.slice(page * PAGE_ITEMS, (page + 1) * PAGE_ITEMS))
      objects.push({ name: `${label}-${padded(page)}`, body })
    }
  }
  const hash = createHash('sha256')
  for (const { name, body } of objects) hash.update(`${name}\n${body}\n`)
  return { place: { place: hash.digest('hex').slice(0, 32), buckets, pages }, objects }
}

export function s3SettledLines(client: S3Client, bucket: string): SettledLineStore {
  const put = (key: string, body: string) =>
    writing('the lines of a statement', () =>
      client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: 'text/plain' })),
    )
  const get = (key: string) =>
    reading('the lines of a statement', async () => {
      const { Body: body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
      return (await body?.transformToString()) ?? ''
    })
  return settledLinesIn({ put: async (key, body) => void (await put(key, body)), get })
}

/** Over anything that keeps texts under keys: the twin in test/support is this over a map. */
export function settledLinesIn(objects: {
  readonly put: (key: string, body: string) => Promise<void>
  readonly get: (key: string) => Promise<string>
}): SettledLineStore {
  const bucket = async (channel: string, date: BusinessDate, place: LinesPlace, number: number) =>
    linesIn(await objects.get(keyOf(channel, date, place, `${MATCHED}-${padded(number)}`)))
  return {
    put: (channel, date, { place, objects: packed }) =>
      inParallel(
        packed.map(
          ({ name, body }) =>
            () =>
              objects.put(keyOf(channel, date, place, name), body),
        ),
        CONCURRENCY,
      ),
    bucket,
    matchedOf: async (channel, date, place, paymentId) =>
      (await bucket(channel, date, place, stableHash(paymentId) % place.buckets)).find(
        (line) => line.paymentId === paymentId && line.status === 'settled',
      ),
    matchedOfMany: async (channel, date, place, paymentIds) => {
      const found = new Map<string, MatchedLine>()
      const byBucket = Map.groupBy(paymentIds, (paymentId) => stableHash(paymentId) % place.buckets)
      await inParallel(
        [...byBucket].map(([number, ids]) => async () => {
          const needed = new Set(ids)
          for (const line of await bucket(channel, date, place, number)) {
            if (line.status === 'settled' && needed.has(line.paymentId)) found.set(line.paymentId, line)
          }
        }),
        CONCURRENCY,
      )
      return found
    },
    putKept: async (file, lines) => {
      const buckets = Map.groupBy(lines, ({ paymentId }) => stableHash(paymentId) % file.buckets)
      await inParallel(
        Array.from({ length: file.buckets }, (_, number) => () => {
          const body = (buckets.get(number) ?? []).map((line) => JSON.stringify(line)).join('\n')
          return objects.put(keptKeyOf(file, number), body)
        }),
        CONCURRENCY,
      )
    },
    keptOf: async (file, paymentIds) => {
      const found: KeptLine[] = []
      const numbers = new Set([...paymentIds].map((paymentId) => stableHash(paymentId) % file.buckets))
      await inParallel(
        [...numbers].map((number) => async () => {
          const body = await objects.get(keptKeyOf(file, number))
          const lines = body === '' ? [] : body.split('\n').map((text) => JSON.parse(text) as KeptLine)
          for (const line of lines) if (paymentIds.has(line.paymentId)) found.push(line)
        }),
        CONCURRENCY,
      )
      return found
    },
    page: async (channel, date, place, label, page) =>
      JSON.parse(await objects.get(keyOf(channel, date, place, `${label}-${padded(page)}`))) as readonly RowItem[],
  }
}

/** Under which label the lines of a difference lie that stands for many. */
export function listOf(differenceId: string): string {
  return `difference-${differenceId.slice(-12)}`
}

/** Under which label the lines of a note lie. */
export function noteOf(kind: NoteKind): string {
  return `note-${kind}`
}

function bucketsOf(result: LinesOfDay, count: number): readonly string[][] {
  const buckets: string[][] = Array.from({ length: count }, () => [])
  for (const line of result.matched()) buckets[stableHash(line.paymentId) % count]?.push(packed(line))
  return buckets
}

function byLabel(items: readonly RowItem[]): ReadonlyMap<string, readonly RowItem[]> {
  const labels = new Map<string, RowItem[]>()
  for (const item of items) {
    const sameLabel = labels.get(item.label)
    if (sameLabel) sameLabel.push(item)
    else labels.set(item.label, [item])
  }
  return labels
}

/** Payment id, line, amount, fee, time, status, how: tabs between. */
function packed({ paymentId, line, amount, fee, at, status, how }: MatchedLine): string {
  return [encodeURIComponent(paymentId), line, amount, fee, at, status === 'settled' ? 'S' : 'R', how].join('\t')
}

function linesIn(body: string): readonly MatchedLine[] {
  return body === '' ? [] : body.split('\n').map(unpacked)
}

function unpacked(text: string): MatchedLine {
  const [paymentId = '', line, amount, fee, at, status, how] = text.split('\t')
  if (how === undefined || (status !== 'S' && status !== 'R')) {
    throw new Defect('BROKEN_OBJECT', 'expected a matched line of seven fields in the files bucket, got another')
  }
  return {
    paymentId: decodeURIComponent(paymentId),
    line: Number(line),
    amount: rupiah(Number(amount)),
    fee: rupiah(Number(fee)),
    at: instant(Number(at)) satisfies Instant,
    status: status === 'S' ? 'settled' : 'reversed',
    how: how as MatchMethod,
  }
}

function keyOf(channel: string, date: BusinessDate, { place }: LinesPlace, name: string): string {
  return `settled/${channel}/${date}/${place}/${name}`
}

function keptKeyOf({ channel, group, fileDate, sha256, buckets }: KeptFile, number: number): string {
  return `settled/${channel}/${fileDate}/kept-${group}-${sha256.slice(0, 32)}-${buckets}/${padded(number)}`
}

function padded(number: number): string {
  return String(number).padStart(4, '0')
}
