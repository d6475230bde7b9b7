/**
 * Queue `import`: what S3 says of new objects under `drop/`. Keys come encoded as in a form (`+` is a blank); a test message
 * that S3 sends once, when the notification is made, names no object. Producer: the files bucket (infra/constructs/files-bucket.ts);
 * consumer: functions/import-file.
 */
import * as z from 'zod/mini'
import type { ReadMessage } from '../runtime/queue.ts'
import { jsonMessages } from '../runtime/queue-message.ts'
import type { DroppedFile } from '../store/files/files.ts'

const FOLDER = 'drop/'

const read = jsonMessages(
  z.union([
    z.object({
      Records: z.array(
        z.object({ s3: z.object({ object: z.object({ key: z.string(), versionId: z.optional(z.string()) }) }) }),
      ),
    }),
    z.object({ Event: z.literal('s3:TestEvent') }),
  ]),
)

export function readImport(body: string): ReadMessage<readonly DroppedFile[]> {
  const event = read(body)
  if (event.kind === 'refused') return event
  if ('Event' in event.message) return { kind: 'message', message: [] }
  const files = event.message.Records.map(({ s3: { object } }) => ({
    name: decodeURIComponent(object.key.replaceAll('+', ' ')),
    version: object.versionId ?? null,
  }))
  if (files.some(({ name }) => !name.startsWith(FOLDER))) {
    return { kind: 'refused', reason: 'expected objects under drop/, got one from another folder' }
  }
  return { kind: 'message', message: files.map((file) => ({ ...file, name: file.name.slice(FOLDER.length) })) }
}
