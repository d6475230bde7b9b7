/**
 * Follows a table's stream on a laptop and hands its records over in their order, again and again until they are taken. Its
 * position is on disk only after that, so a kill repeats records and loses none. Pipes and stream mappings read with it.
 */
import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type _Record,
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams'
import { type Json, REGION } from '../cloud-assembly/template.ts'
import { HUB_CREDENTIALS } from '../emulators/dynamodb/dynamodb.ts'
import type { WritesOfTable } from './table-writes.ts'

export type StreamReaderOptions = {
  /** Names the reader in what it says, and its position on disk. */
  readonly name: string
  readonly streamArn: string
  readonly endpoint: string
  readonly dataDir: string
  readonly writes: WritesOfTable
  /** How long records gather after some were taken, unless somebody waits for them; not at all when not given. */
  readonly windowMillis?: number
  /** Takes records that are there, at least one; what it throws brings them again. */
  readonly take: (records: readonly _Record[]) => Promise<void>
}

export type StreamReader = {
  readonly name: string
  /** Resolves when everything that was in the stream at the call has been taken. */
  readonly caughtUp: () => Promise<void>
  readonly isStopping: () => boolean
  readonly stop: () => Promise<void>
}

/** How long a reader waits for a write before it looks by itself: who writes past the proxy is found out about so late. */
const IDLE_MILLIS = 1_000
const READ_LIMIT = 1_000
export const RETRY_MILLIS = 200

export function followStream(options: StreamReaderOptions): StreamReader {
  const { name, take, streamArn, writes } = options
  const place = { endpoint: options.endpoint, region: REGION, credentials: HUB_CREDENTIALS }
  const streams = new DynamoDBStreamsClient({ ...place, cacheMiddleware: true })
  const positionFile = path.join(options.dataDir, 'pipes', `${name}.json`)
  let position = readPosition(positionFile)
  let stopping = false
  let endWindow = () => {}
  let listeners: (() => void)[] = []

  async function run(): Promise<void> {
    await mkdir(path.dirname(positionFile), { recursive: true })
    let iterator = await iteratorAt()
    while (!stopping) {
      try {
        const called = listeners
        const before = writes.count()
        const { Records = [], NextShardIterator } = await streams.send(
          new GetRecordsCommand({ ShardIterator: iterator, Limit: READ_LIMIT }),
        )
        if (Records.length > 0) await passOn(Records)
        else {
          listeners = listeners.filter((listener) => !called.includes(listener))
          for (const listener of called) listener()
        }
        iterator = NextShardIterator ?? (await iteratorAt())
        if (Records.length === READ_LIMIT || listeners.length > 0 || stopping) continue
        if (Records.length > 0) await gathered(options.windowMillis ?? 0)
        // What was written before the read is in it, and what was written since has been counted.
        await writes.changed(before, IDLE_MILLIS)
      } catch (error) {
        if (stopping) return
        console.warn(`Stream of ${name}: ${(error as Error).message}; reading again from its last position`)
        await sleep(RETRY_MILLIS)
        iterator = await iteratorAt().catch(() => iterator)
      }
    }
  }

  /** Resolves when the window is over, or when somebody cannot wait for that. */
  async function gathered(millis: number): Promise<void> {
    if (millis === 0) return
    const over = new AbortController()
    endWindow = () => over.abort()
    await sleep(millis, undefined, { signal: over.signal }).catch(() => {})
  }

  async function iteratorAt(): Promise<string> {
    const description = await streams.send(new DescribeStreamCommand({ StreamArn: streamArn }))
    const ShardId = description.StreamDescription?.Shards?.at(-1)?.ShardId
    const from = position
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: position }
      : { ShardIteratorType: 'TRIM_HORIZON' as const }
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn: streamArn, ShardId, ...from }),
    )
    return ShardIterator as string
  }

  async function passOn(records: readonly _Record[]): Promise<void> {
    await take(records)
    position = records.at(-1)?.dynamodb?.SequenceNumber ?? position
    const unfinished = `${positionFile}.tmp`
    await writeFile(unfinished, JSON.stringify({ sequence: position }))
    await rename(unfinished, positionFile)
  }

  function wake(): void {
    writes.note()
    endWindow()
  }

  const running = run().catch((error: Error) => console.error(`Stream of ${name} ended: ${error.message}`))
  return {
    name,
    caughtUp: () =>
      new Promise((resolve) => {
        if (stopping) return resolve()
        // A new list: the read that is on its way now may have looked before what the caller waits for.
        listeners = [...listeners, resolve]
        wake()
      }),
    isStopping: () => stopping,
    stop: async () => {
      stopping = true
      wake()
      for (const listener of listeners) listener()
      await running
      streams.destroy()
    },
  }
}

/** Where the last run stopped; undefined, and so everything once more, when there is no telling: consumers bear repeats. */
function readPosition(file: string): string | undefined {
  try {
    const { sequence } = JSON.parse(readFileSync(file, 'utf8')) as { readonly sequence?: unknown }
    return typeof sequence === 'string' ? sequence : undefined
  } catch {
    return undefined
  }
}

/** Bytes in base64, as the event has them. */
export function asJson(record: _Record): Json {
  const text = JSON.stringify(record, (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
  )
  return JSON.parse(text) as Json
}
