/** Evidence: what an auditor opens is what was signed, and nobody else reads or changes it. */
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instant } from '../../../../shared/domain/instant.ts'
import { Defect, Transient } from '../../../../shared/runtime/faults.ts'
import {
  canonicalRequest,
  evidenceStore,
  openEvidence,
  prepareEvidenceKeys,
  type SignedRequest,
  streamSink,
} from '../../../../shared/store/evidence/evidence.ts'
import { memoryStore } from '../../../support/memory-store.ts'
import { DECIDED } from '../../../support/stored.ts'

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64')
const KEYS = prepareEvidenceKeys(JSON.stringify({ current: 2, keys: { 1: key(1), 2: key(2) } }))
const digest = (bytes: Uint8Array) => Uint8Array.of(1, ...createHmac('sha256', 'k').update(bytes).digest())

const REQUEST: SignedRequest = {
  channel: 'bni',
  operation: '/v1.0/transfer-va/payment',
  rawQuery: 'a=1&b=%20',
  headers: { 'x-signature': 'c2ln', authorization: 'Bearer token', absent: undefined },
  body: Buffer.from('{"customerNo":"1571010101900001"}\n\n'),
  receivedAt: DECIDED,
}

function stream(fault?: object) {
  const lines: string[] = []
  const putRecord = async (_: string, data: Uint8Array) => {
    if (fault) throw Object.assign(new Error('secret words'), fault)
    lines.push(Buffer.from(data).toString())
  }
  return { lines, store: evidenceStore({ sink: streamSink({ putRecord }, 'evidence'), keys: KEYS, digest }) }
}

async function keptLine(request = REQUEST): Promise<string> {
  const { lines, store } = stream()
  await store.keep(request)
  return (lines[0] ?? '').trimEnd()
}

describe('a request that is kept', () => {
  test('is one line that shows channel, instant and key version, and no word of the request', async () => {
    const { lines, store } = stream()
    await store.keep(REQUEST)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^[^\n]+\n$/)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ v: 1, k: 2, channel: 'bni', at: DECIDED })
    for (const secret of ['1571010101900001', 'token', 'transfer-va']) expect(lines[0]).not.toContain(secret)
  })

  test('opens as it was received, byte for byte, whatever it was', async () => {
    const anyRequest = fc.record({
      body: fc.uint8Array({ maxLength: 200 }),
      rawQuery: fc.string({ unit: 'grapheme' }),
      headers: fc.dictionary(fc.stringMatching(/^[a-z-]{1,12}$/), fc.string({ unit: 'grapheme' }), {
        noNullPrototype: true,
      }),
    })
    await fc.assert(
      fc.asyncProperty(anyRequest, async (changed) => {
        const request = { ...REQUEST, ...changed }
        expect(openEvidence(await keptLine(request), KEYS)).toEqual(request)
      }),
      { numRuns: 50 },
    )
  })

  test('is digested with the stream’s key over its canonical bytes, and headers in any order give the same', async () => {
    const turned = { ...REQUEST, headers: Object.fromEntries(Object.entries(REQUEST.headers).reverse()) }
    const first = await stream().store.keep(REQUEST)
    expect(first).toEqual(digest(canonicalRequest(REQUEST)))
    expect(await stream().store.keep(turned)).toEqual(first)
    expect(await stream().store.keep({ ...REQUEST, body: Buffer.from('{}') })).not.toEqual(first)
  })

  test('is written with a fresh nonce each time', async () => {
    expect(JSON.parse(await keptLine()).iv).not.toBe(JSON.parse(await keptLine()).iv)
  })

  test('stays readable after the key was changed', async () => {
    const line = await keptLine()
    const later = prepareEvidenceKeys(JSON.stringify({ current: 3, keys: { 2: key(2), 3: key(3) } }))
    expect(openEvidence(line, later).operation).toBe(REQUEST.operation)
  })

  test('is sealed under the key of its WIB day; where that is missing under the newest, which is said', async () => {
    const at = (text: string) => instant(Date.parse(text))
    const days = prepareEvidenceKeys(
      JSON.stringify({ current: 1, keys: { 1: key(1) }, days: { '2026-11-20': key(2), '2026-11-21': key(3) } }),
    )
    const others: string[] = []
    const lines: string[] = []
    const sink = { put: async ({ line }: { readonly line: string }) => void lines.push(line) }
    const store = evidenceStore({ sink, keys: days, digest, onOtherDay: () => others.push('other') })
    const instants = [
      '2026-11-20T16:59:59.999Z',
      '2026-11-20T17:00:00Z',
      '2026-12-24T03:00:00Z',
      '2026-01-01T03:00:00Z',
    ]
    for (const text of instants) await store.keep({ ...REQUEST, receivedAt: at(text) })
    const names = lines.map((line) => JSON.parse(line))
    expect(names.map(({ v, k }) => [v, k])).toEqual([
      [2, '2026-11-20'],
      [2, '2026-11-21'],
      [2, '2026-11-21'],
      [2, '2026-11-21'],
    ])
    expect(others).toHaveLength(2)
    for (const line of lines) expect(openEvidence(line, days).operation).toBe(REQUEST.operation)
    const moved = JSON.stringify({ ...names[0], k: '2026-11-21' })
    expect(() => openEvidence(moved, days)).toThrow(expect.objectContaining({ code: 'EVIDENCE_UNREADABLE' }))
  })

  test('of before days had keys opens beside them, under its number', async () => {
    const line = await keptLine()
    const later = prepareEvidenceKeys(
      JSON.stringify({ current: 2, keys: { 2: key(2) }, days: { '2026-11-20': key(5) } }),
    )
    expect(openEvidence(line, later).operation).toBe(REQUEST.operation)
  })

  test('in memory is kept as well, with a digest of the same size', async () => {
    const store = memoryStore()
    expect(await store.evidence.keep(REQUEST)).toHaveLength(33)
    expect(store.everything().evidence.map((request) => request.receivedAt)).toEqual([DECIDED])
  })
})

describe('a line that was changed is refused', () => {
  const flipped = (text: string) => {
    const bytes = Buffer.from(text, 'base64')
    bytes[0] = (bytes[0] ?? 0) ^ 1
    return bytes.toString('base64')
  }
  const rows: readonly [string, (line: Readonly<Record<'data' | 'tag' | 'iv', string>>) => object][] = [
    ['in its data', ({ data }) => ({ data: flipped(data) })],
    ['in its tag', ({ tag }) => ({ tag: flipped(tag) })],
    ['by a tag cut short', ({ tag }) => ({ tag: Buffer.from(tag, 'base64').subarray(0, 4).toString('base64') })],
    ['in its nonce', ({ iv }) => ({ iv: flipped(iv) })],
    ['in its channel', () => ({ channel: 'indomaret' })],
    ['in its instant', () => ({ at: DECIDED + 1 })],
    ['to another key', () => ({ k: 1 })],
    ['to a key that is not there', () => ({ k: 9 })],
    ['to another format', () => ({ v: 2 })],
  ]
  test.each(rows)('%s', async (_, change) => {
    const line = JSON.parse(await keptLine())
    const changed = JSON.stringify({ ...line, ...change(line) })
    expect(() => openEvidence(changed, KEYS)).toThrow(expect.objectContaining({ code: 'EVIDENCE_UNREADABLE' }))
  })

  test('to no line at all', () => {
    expect(() => openEvidence('{', KEYS)).toThrow(Defect)
  })
})

describe('a stream that does not take the record', () => {
  const rows: readonly [string, object, new (...args: never[]) => Error][] = [
    ['is busy', { name: 'ServiceUnavailableException', $metadata: { httpStatusCode: 503 } }, Transient],
    ['throttles', { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }, Transient],
    ['is out of reach', { name: 'TimeoutError' }, Transient],
    ['does not allow it', { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } }, Defect],
    ['is not there', { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 400 } }, Defect],
  ]
  test.each(rows)('because it %s', async (_, fault, kind) => {
    const error = await stream(fault)
      .store.keep(REQUEST)
      .then(() => undefined)
      .catch((thrown: Error) => thrown)
    expect(error?.constructor).toBe(kind)
    expect(error?.message).not.toContain('secret words')
  })
})

describe('a secret of evidence keys that cannot be used', () => {
  const rows: readonly [string, string, string][] = [
    ['is no JSON', `{"current":1,"keys":{"1":"${key(7)}"}`, 'a JSON object'],
    ['has no keys', '{"current":1}', '"keys"'],
    ['has a short key', '{"current":1,"keys":{"1":"c2hvcnQ="}}', '32 bytes'],
    ['has a key under no number', `{"current":1,"keys":{"one":"${key(7)}"}}`, 'under a number'],
    ['has a key under no day', `{"days":{"today":"${key(7)}"}}`, 'under a day'],
    ['has days that are none', '{"days":7}', '"days"'],
    ['names a current key that is not there', `{"current":2,"keys":{"1":"${key(7)}"}}`, '"current"'],
  ]
  test.each(rows)('%s', (_, secret, named) => {
    expect(() => prepareEvidenceKeys(secret)).toThrow(TypeError)
    expect(() => prepareEvidenceKeys(secret)).toThrow(named)
    expect(() => prepareEvidenceKeys(secret)).not.toThrow(key(7))
  })
})
