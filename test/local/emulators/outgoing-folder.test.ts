/** What partners fetch lies in a folder of its own on a laptop. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openObjectStore } from '../../../local/emulators/s3/object-store.ts'
import { showOutgoing } from '../../../local/emulators/s3/outgoing-folder.ts'

let hub = ''
beforeAll(async () => {
  hub = await mkdtemp(path.join(tmpdir(), 'outgoing-'))
})
afterAll(() => rm(hub, { recursive: true, force: true }))

test('an answer is a file there, the newest of its name; no other object is, and none leaves the folder', async () => {
  const folder = path.join(hub, 'files')
  const store = openObjectStore({
    folder,
    now: () => 0,
    notificationsOf: (_made, object) => {
      showOutgoing(folder, object)
      return []
    },
  })
  const put = async (key: string, text: string) => {
    const written = await store.write(Readable.from([Buffer.from(text)]))
    const about = { contentType: 'text/csv', metadata: {} }
    const made = { made: 'ObjectCreated:Put', onlyNew: false } as const
    store.keep({ bucket: 'files', key }, about, { ...written, etag: written.md5 }, made)
  }
  await put('outgoing/bni/BNI_20261120-answer-0001.csv', 'first')
  await put('outgoing/bni/BNI_20261120-answer-0001.csv', 'second')
  await put('kept/abc', 'kept')
  await put('outgoing/bni/..', 'up')
  expect(await readFile(path.join(hub, 'outgoing/bni/BNI_20261120-answer-0001.csv'), 'utf8')).toBe('second')
  expect(existsSync(path.join(hub, 'kept'))).toBe(false)
  store.close()
})
