/** A file's raw bytes, however it came: under their digest first, and which drop they were. */
import { describe, expect, test } from 'vitest'
import { droppedAs, type Incoming, keepRaw, sealedAs } from '../../../shared/intake/received-file.ts'
import { memoryFiles } from '../../support/memory-files.ts'
import { sha256 } from '../../support/settlement-world.ts'

const TEXT = 'x'.repeat(5_000)
const BYTES = Buffer.from(TEXT)
const file = { name: 'pos/POS.csv', version: 'v7' }
const sealed = { sha256: 's', bytes: 9, signedBy: 'key' }
const incoming = (from: Incoming['from']): Incoming => ({ from, name: 'POS.csv', by: null })
const DROPPED = incoming({ kind: 'dropped', file })
const OPENED = incoming({ kind: 'opened', file, bytes: BYTES, sealed })
const HANDED_OVER = incoming({ kind: 'handed-over', bytes: BYTES })

describe('its bytes', () => {
  test.each([
    ['dropped', DROPPED],
    ['opened', OPENED],
    ['handed over', HANDED_OVER],
  ])('are kept under their digest, with their size: %s', async (_, given) => {
    const files = memoryFiles()
    files.drop(file.name, BYTES, 'v7')
    expect(await keepRaw(files, given)).toEqual({ sha256: sha256(TEXT), bytes: 5_000 })
    expect(files.everKept()).toEqual([sha256(TEXT)])
  })

  test('that are gone are a defect, and nothing is kept', async () => {
    const files = memoryFiles()
    await expect(keepRaw(files, DROPPED)).rejects.toMatchObject({ name: 'Defect', code: 'DROPPED_FILE_GONE' })
    expect(files.everKept()).toEqual([])
  })
})

test('the version of a drop is known by what was dropped or opened, where the bucket has one', () => {
  expect([droppedAs(DROPPED), droppedAs(OPENED), droppedAs(HANDED_OVER)]).toEqual([
    { dropped: 'v7' },
    { dropped: 'v7' },
    {},
  ])
  expect(droppedAs(incoming({ kind: 'dropped', file: { ...file, version: null } }))).toEqual({})
})

test('only what was opened says in what it came', () => {
  expect([sealedAs(OPENED), sealedAs(DROPPED), sealedAs(HANDED_OVER)]).toEqual([{ sealed }, {}, {}])
})
