/** A folder as a way in: what lies there is delivered once it is whole, then moved aside, and tried again when it did not go. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type DropFolder, watchDropFolder } from '../../../local/emulators/s3/drop-folder.ts'

let dataDir: string
let folder: DropFolder
let delivered: Map<string, string>
let failures: number

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'hub-drop-'))
  delivered = new Map()
  failures = 0
  const drop = async (name: string, body: Readable | Uint8Array, bytes: number) => {
    const chunks: Buffer[] = []
    for await (const chunk of Readable.from(body)) chunks.push(Buffer.from(chunk))
    if (failures-- > 0) throw new Error('no room')
    expect(Buffer.concat(chunks)).toHaveLength(bytes)
    delivered.set(name, Buffer.concat(chunks).toString())
  }
  folder = watchDropFolder(dataDir, { drop }, () => {})
})
afterEach(async () => {
  await folder.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

const put = (name: string, text: string) => {
  const file = path.join(dataDir, 'drop', name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
}
const empty = () => vi.waitUntil(async () => (await folder.waiting()) === 0, { timeout: 10_000, interval: 50 })

test('delivers files under the names of their folders, and keeps them beside', async () => {
  put('IDM_20261120.csv', 'transaction_id\n')
  put('bank/statement.xml', '<Document/>')
  expect(await folder.waiting()).toBe(2)
  await empty()
  expect(Object.fromEntries(delivered)).toEqual({
    'IDM_20261120.csv': 'transaction_id\n',
    'bank/statement.xml': '<Document/>',
  })
  expect(readFileSync(path.join(dataDir, 'dropped/bank/statement.xml'), 'utf8')).toBe('<Document/>')
})

test('leaves alone what is not finished, and tries again what did not go', async () => {
  failures = 2
  put('IDM_20261120.csv.part', 'half')
  put('POS_20261120.csv', 'whole')
  await empty()
  expect([...delivered.keys()]).toEqual(['POS_20261120.csv'])
  expect(existsSync(path.join(dataDir, 'drop/IDM_20261120.csv.part'))).toBe(true)
})
