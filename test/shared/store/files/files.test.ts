/** The files bucket in memory and over S3's own protocol behave alike, so that what is proven on one holds on the other. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hubClock } from '../../../../local/clock.ts'
import { type S3, startS3 } from '../../../../local/emulators/s3/s3.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import type { RegionCode } from '../../../../shared/domain/region.ts'
import type { CohortRow } from '../../../../shared/domain/sponsors/cohort.ts'
import { type CohortId, parseCohortId } from '../../../../shared/domain/sponsors/sponsor.ts'
import { Defect, Transient } from '../../../../shared/runtime/faults.ts'
import { sealingKeys } from '../../../../shared/store/data-keys/sealing-keys.ts'
import { s3Attachments } from '../../../../shared/store/files/attachments.ts'
import { s3CohortRows } from '../../../../shared/store/files/cohort-rows.ts'
import { type DroppedFile, type FileBytes, type FileStore, s3Files } from '../../../../shared/store/files/files.ts'
import { s3ListSegments } from '../../../../shared/store/files/list-segments.ts'
import type { RowsMark } from '../../../../shared/store/sponsors/sponsors.ts'
import { at, date, KPJ } from '../../../support/facts.ts'
import { participantOf } from '../../../support/ids.ts'
import { memoryDataKeys } from '../../../support/memory-data-keys.ts'
import { memoryFiles } from '../../../support/memory-files.ts'
import { memoryCohortRows } from '../../../support/memory-sponsors.ts'
import { makeKeys } from '../../../support/sealing.ts'

const Bucket = 'hub-files'
/** What is thrown is enough. */
const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const credentials = { accessKeyId: 'k', secretAccessKey: 's' }
const folder = mkdtempSync(path.join(tmpdir(), 'hub-files-'))
const archive = memoryDataKeys()
const sealing = sealingKeys(archive, () => at('2026-11-20T10:00'))
let objects: S3
let s3: S3Client

beforeAll(async () => {
  await makeKeys(archive)
  const plan = { name: Bucket, arn: `arn:aws:s3:::${Bucket}`, keyArn: null, notifications: [] }
  const queues = { endpoint: 'http://127.0.0.1:1', urlOf: (arn: string) => arn }
  objects = await startS3(folder, [plan], queues, hubClock().memory)
  s3 = new S3Client({ endpoint: objects.endpoint, region: 'ap-southeast-3', credentials, logger, forcePathStyle: true })
})
afterAll(async () => {
  s3.destroy()
  await objects.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Kit = { readonly files: FileStore; readonly drop: (name: string, content: string) => Promise<DroppedFile> }

const KITS: Readonly<Record<string, () => Kit>> = {
  'in memory': () => {
    const files = memoryFiles()
    return {
      files,
      drop: async (name, content) => {
        files.drop(name, content)
        return { name, version: null }
      },
    }
  },
  'over S3': () => ({
    files: s3Files(s3, Bucket, sealing),
    drop: async (name, content) => {
      const put = new PutObjectCommand({ Bucket, Key: `drop/${name}`, Body: Buffer.from(content) })
      return { name, version: (await s3.send(put)).VersionId ?? null }
    },
  }),
}

const digestOf = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')

async function textOf(bytes: FileBytes | undefined): Promise<string | undefined> {
  if (!bytes) return undefined
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe.each(Object.keys(KITS))('the files bucket %s', (kit) => {
  let files: FileStore
  let drop: Kit['drop']
  // Not before the server is up.
  beforeAll(() => {
    ;({ files, drop } = (KITS[kit] as () => Kit)())
  })

  test('gives a dropped file, and keeps it under its digest, once or twice', async () => {
    const dropped = await drop('IDM_20261120.csv', 'one')
    expect(await textOf(await files.dropped(dropped))).toBe('one')
    await files.keepDropped(digestOf('one'), dropped)
    await files.keepDropped(digestOf('one'), dropped)
    expect(await textOf(await files.kept(digestOf('one')))).toBe('one')
  })

  test('keeps what is handed over, and what was kept never changes', async () => {
    const bytes = Buffer.from([0, 255, 10, 13])
    await files.keep(digestOf(bytes), bytes)
    await files.keep(digestOf(bytes), bytes)
    const chunks: Uint8Array[] = []
    for await (const chunk of await files.kept(digestOf(bytes))) chunks.push(chunk)
    expect(Buffer.concat(chunks)).toEqual(bytes)
  })

  test('has names with blanks and brackets', async () => {
    const dropped = await drop('bank/Mutasi 21-11 (a)+b.xml', 'two')
    expect(await textOf(await files.dropped(dropped))).toBe('two')
    await files.keepDropped(digestOf('two'), dropped)
    expect(await textOf(await files.kept(digestOf('two')))).toBe('two')
  })

  test('has an empty file', async () => {
    const dropped = await drop('POS_20261120.csv', '')
    expect(await textOf(await files.dropped(dropped))).toBe('')
    await files.keepDropped(digestOf(''), dropped)
    expect(await textOf(await files.kept(digestOf('')))).toBe('')
  })

  test('says so when a dropped file is gone, and that a kept one never may be', async () => {
    expect(await files.dropped({ name: 'nothing.csv', version: null })).toBeUndefined()
    await expect(files.kept(digestOf('never'))).rejects.toMatchObject({ code: 'FILE_NOT_KEPT' })
  })
})

describe('over S3', () => {
  test('a file that is overwritten a moment later is read and kept as it was announced', async () => {
    const { files, drop } = (KITS['over S3'] as () => Kit)()
    const first = await drop('BNI_20261120.csv', 'first')
    const second = await drop('BNI_20261120.csv', 'second')
    expect(first.version).not.toBe(second.version)
    expect(await textOf(await files.dropped(first))).toBe('first')
    await files.keepDropped(digestOf('first'), first)
    expect(await textOf(await files.kept(digestOf('first')))).toBe('first')
    expect(await textOf(await files.dropped(second))).toBe('second')
  })

  test.each([
    [412, 'PreconditionFailed', undefined],
    [409, 'ConditionalRequestConflict', Transient],
    [503, 'SlowDown', Transient],
    [403, 'AccessDenied', Defect],
  ])('keeping a file that S3 answers with %i %s', async (status, code, fault) => {
    const refusing: Server = createServer((request, response) => {
      request.resume()
      response.writeHead(status, { 'content-type': 'application/xml' })
      response.end(`<Error><Code>${code}</Code><Message>x</Message></Error>`)
    })
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(refusing.address() as { port: number }).port}`
    const client = new S3Client({ endpoint, region: 'x', credentials, logger, forcePathStyle: true, maxAttempts: 1 })
    const kept = s3Files(client, Bucket, sealing).keep(digestOf('x'), Buffer.from('x'))
    if (fault) await expect(kept).rejects.toThrow(fault)
    else expect(await kept).toBeUndefined()
    client.destroy()
    refusing.close()
  })

  test('a connection that ends in the middle of a file is tried again later, and is no defect of the file', async () => {
    const cutting: Server = createServer((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('half')
      setTimeout(() => response.destroy(), 20)
    })
    await new Promise<void>((resolve) => cutting.listen(0, '127.0.0.1', resolve))
    const { port } = cutting.address() as { port: number }
    const endpoint = `http://127.0.0.1:${port}`
    const client = new S3Client({ endpoint, region: 'x', credentials, logger, forcePathStyle: true, maxAttempts: 1 })
    const bytes = await s3Files(client, Bucket, sealing).kept(digestOf('x'))
    await expect(textOf(bytes)).rejects.toThrow(Transient)
    client.destroy()
    cutting.close()
  })
})

describe('what lies in the bucket', () => {
  const NIK = '3578011203850001'
  const bytesAt = async (Key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
    return Buffer.from((await Body?.transformToByteArray()) ?? [])
  }
  const cohort = parseCohortId('jambi.2027.b2') as CohortId

  test('is sealed under the key of its purpose, and holds nobody’s number', async () => {
    const files = s3Files(s3, Bucket, sealing)
    const segments = s3ListSegments(s3, Bucket, sealing)
    const attachments = s3Attachments(s3, Bucket, sealing)
    const plain = Buffer.from(`a line with ${NIK}`)
    await files.keep(digestOf(plain), plain)
    const refused = { line: 2, refusal: 'BAD_NIK', cells: [NIK] } as const
    await segments.put(cohort, 1, [refused])
    await segments.putFlagged(cohort, [2, 3])
    await attachments.put('d1', digestOf(plain), plain)
    const places = [
      ['kept', `kept/${digestOf(plain)}`],
      ['lists', `lists/${cohort}/0001`],
      ['lists', `lists/${cohort}/flagged`],
      ['attachments', `attachments/d1/${digestOf(plain)}`],
    ] as const
    for (const [purpose, key] of places) {
      const lies = await bytesAt(key)
      expect(lies.toString('latin1')).toMatch(new RegExp(`^hub-sealed .*"purpose":"${purpose}","day":"2026-11-20"`))
      expect(lies.includes(NIK)).toBe(false)
    }
    expect(await segments.get(cohort, 1)).toEqual([refused])
    expect(await segments.get(cohort, 2)).toBeUndefined()
    expect(await segments.flagged(cohort)).toEqual([2, 3])
    expect(Buffer.from(await attachments.get('d1', digestOf(plain)))).toEqual(plain)
  })

  test('from before days had keys is read as it is', async () => {
    const content = 'kept in plain'
    await s3.send(new PutObjectCommand({ Bucket, Key: `kept/${digestOf(content)}`, Body: content }))
    expect(await textOf(await s3Files(s3, Bucket, sealing).kept(digestOf(content)))).toBe(content)
  })

  test('of a dropped file of some megabytes is sealed in passing, and a copy of it is the same file', async () => {
    const { files, drop } = (KITS['over S3'] as () => Kit)()
    const content = `${NIK};8400\n`.repeat(200_000)
    const dropped = await drop('POS_20261122.csv', content)
    await files.keepDropped(digestOf(content), dropped)
    await files.keepDropped(digestOf(content), dropped)
    expect((await bytesAt(`kept/${digestOf(content)}`)).includes(NIK)).toBe(false)
    expect(await textOf(await files.kept(digestOf(content)))).toBe(content)
  })

  test('never is half a file: a dropped one that is gone, or breaks off, is not kept', async () => {
    const { files } = (KITS['over S3'] as () => Kit)()
    const gone = files.keepDropped(digestOf('gone'), { name: 'gone.csv', version: null })
    await expect(gone).rejects.toMatchObject({ code: 'DROPPED_FILE_GONE' })
    let puts = 0
    const cutting: Server = createServer((request, response) => {
      request.resume()
      if (request.method === 'PUT') request.once('end', () => puts++)
      response.writeHead(200, { 'content-length': '1000000' })
      response.write(Buffer.alloc(200_000))
      if (request.method === 'GET') setTimeout(() => response.destroy(), 20)
    })
    await new Promise<void>((resolve) => cutting.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(cutting.address() as { port: number }).port}`
    const client = new S3Client({ endpoint, region: 'x', credentials, logger, forcePathStyle: true, maxAttempts: 1 })
    const broken = s3Files(client, Bucket, sealing).keepDropped(digestOf('x'), { name: 'x.csv', version: null })
    await expect(broken).rejects.toThrow(Transient)
    expect(puts).toBe(0)
    client.destroy()
    cutting.closeAllConnections()
    cutting.close()
  })

  test('ends with its key: the file is there and opens no more, one of another day does', async () => {
    const later = sealingKeys(archive, () => at('2026-11-21T10:00'))
    await archive.make({ purpose: 'kept', day: date('2026-11-21'), key: Buffer.alloc(32, 5) }, at('2026-11-21T00:01'))
    await s3Files(s3, Bucket, later).keep(digestOf('of the 21st'), Buffer.from('of the 21st'))
    const files = s3Files(s3, Bucket, sealing)
    await files.keep(digestOf('of the 20th'), Buffer.from('of the 20th'))
    await archive.destroy({ purpose: 'kept', day: date('2026-11-21') }, at('2036-11-22T00:01'))
    const read = files.kept(digestOf('of the 21st')).then(textOf)
    await expect(read).rejects.toMatchObject({ code: 'DATA_KEY_DESTROYED', constructor: Defect })
    expect(await textOf(await files.kept(digestOf('of the 20th')))).toBe('of the 20th')
  })

  test('cannot be put while there is no key at all, and that may pass', async () => {
    const none = sealingKeys(memoryDataKeys(), () => at('2026-11-20T10:00'))
    const kept = s3Files(s3, Bucket, none).keep(digestOf('y'), Buffer.from('y'))
    await expect(kept).rejects.toMatchObject({ code: 'DATA_KEY_MISSING', constructor: Transient })
  })
})

describe('rows of a list', () => {
  test.each(['in memory', 'over S3'])(
    '%s come back as they were put, chunk by chunk, and a chunk is put over what was read and nothing else',
    async (kit) => {
      const store = kit === 'in memory' ? memoryCohortRows() : s3CohortRows(s3, Bucket, sealing)
      const id = parseCohortId('jambi.2027.a1') as CohortId
      const row: CohortRow = {
        line: 2,
        participant: participantOf('x'.repeat(22)),
        kpj: KPJ,
        regionCode: '15.71.01.1001' as RegionCode,
        sector: 'farming',
        income: rupiah(1_500_000),
        state: 'enrolled',
        refusal: null,
        flagged: true,
      }
      const refused: CohortRow = {
        ...row,
        line: 3,
        participant: null,
        kpj: null,
        regionCode: null,
        sector: null,
        income: null,
        state: 'refused',
        refusal: 'BAD_NIK',
        flagged: false,
      }
      expect(await store.markedRows(id, 1)).toBeUndefined()
      expect(await store.putRows(id, 1, [row], 'mark of nothing' as RowsMark)).toBe('conflict')
      expect(await store.putRows(id, 1, [row], null)).toBe('put')
      expect(await store.putRows(id, 1, [row], null)).toBe('put')
      expect(await store.putRows(id, 1, [refused], null)).toBe('conflict')
      const first = await store.markedRows(id, 1)
      expect(first?.rows).toEqual([row])
      const { mark = null } = first ?? {}
      for (let again = 0; again < 2; again++) expect(await store.putRows(id, 1, [row, refused], mark)).toBe('put')
      expect(await store.putRows(id, 1, [refused, row], mark)).toBe('conflict')
      expect(await store.putRows(id, 2, [refused], null)).toBe('put')
      expect(await store.rows(id, 1)).toEqual([row, refused])
      expect(await store.rows(id, 2)).toEqual([refused])
      expect(await store.rows(id, 3)).toBeUndefined()
    },
  )
})
