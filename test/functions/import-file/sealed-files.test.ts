/**
 * Files as senders send them: each in a folder of its own, and where a channel's profile says so encrypted for us and signed by
 * the channel. What is not exactly that is refused by one code, kept as it came, and never read.
 */
import { createHash } from 'node:crypto'
import {
  type Config,
  createMessage,
  encrypt,
  enums,
  generateKey,
  readKey,
  readPrivateKey,
  readSignature,
  sign,
} from 'openpgp'
import { beforeAll, describe, expect, test } from 'vitest'
import { keysOf, prepareFileKeys } from '../../../functions/import-file/file-keys.ts'
import { importFile } from '../../../functions/import-file/import-file.ts'
import { openEnvelope } from '../../../functions/import-file/open-envelope.ts'
import { settlementChannels } from '../../../shared/channels/settlement-registry.ts'
import type { BusinessDate, Instant } from '../../../shared/domain/instant.ts'
import { Defect } from '../../../shared/runtime/faults.ts'
import { memoryFiles } from '../../support/memory-files.ts'
import { memorySettlements } from '../../support/memory-settlements.ts'
import { memorySponsors } from '../../support/memory-sponsors.ts'
import { settlementFiles } from '../../support/settlement-files.ts'

const NOW = Date.UTC(2026, 10, 21, 0) as Instant
const DAY = '2026-11-20' as BusinessDate
const NAME = 'pos/POS_20261120.csv.pgp'
const good = (settlementFiles.pos as (typeof settlementFiles)[string])(DAY, [
  {
    id: 'POS-1',
    customer: '3578011203850001',
    outlet: '60000',
    at: Date.UTC(2026, 10, 20, 5),
    amount: 16_800,
    adminFee: 2_500,
    fee: 1_500,
    status: 'S',
  },
])

type Pair = { readonly secret: string; readonly open: string }
let ours: Pair
let oursNext: Pair
let theirs: Pair
let theirsNext: Pair
let stranger: Pair

async function pair(name: string): Promise<Pair> {
  const date = new Date(NOW - 86_400_000)
  const { privateKey, publicKey } = await generateKey({ userIDs: [{ name }], format: 'armored', date })
  return { secret: privateKey, open: publicKey }
}

beforeAll(async () => {
  const made = await Promise.all(['hub', 'hub next', 'pos', 'pos next', 'stranger'].map(pair))
  ;[ours, oursNext, theirs, theirsNext, stranger] = made as [Pair, Pair, Pair, Pair, Pair]
})

type Sealing = {
  readonly for?: Pair
  readonly by?: Pair | null
  readonly config?: Partial<Config>
  readonly date?: Date
}

async function seal(content: Uint8Array, sealing: Sealing = {}): Promise<Uint8Array> {
  const { for: reader = ours, by = theirs, config = {}, date = new Date(NOW) } = sealing
  return (await encrypt({
    message: await createMessage({ binary: content }),
    encryptionKeys: await readKey({ armoredKey: reader.open }),
    ...(by ? { signingKeys: await readPrivateKey({ armoredKey: by.secret }) } : {}),
    format: 'binary',
    date,
    config,
  })) as Uint8Array
}

const keys = () => ({ own: [ours.secret, oursNext.secret], signers: [theirs.open, theirsNext.open] })

function hub() {
  const files = memoryFiles()
  const settlements = memorySettlements()
  const told: { readonly outcome?: unknown; readonly code?: unknown }[] = []
  const note = (_message: string, fields?: object) => void told.push({ ...fields })
  const sealed = [{ from: '2026-01-01', value: 'pgp' as const, source: 'test' }]
  const ports = {
    files,
    settlements,
    sponsors: memorySponsors(),
    channels: settlementChannels.map(({ profile, settlement }) => ({
      settlement,
      profile: profile.name === 'pos' ? { ...profile, fileProtection: sealed } : profile,
    })),
    now: () => NOW,
    fileKeys: async (channel: string) =>
      keysOf(prepareFileKeys(JSON.stringify({ own: keys().own, signers: { pos: keys().signers } })), channel),
    log: { info: note, error: note },
    metrics: { count: () => {} },
  }
  const drop = async (name: string, content: string | Uint8Array, version: string | null = null) => {
    files.drop(name, content)
    await importFile(ports, { name, version })
    return told.at(-1)
  }
  const versions = (channel = 'pos') => settlements.fileVersions(channel, DAY)
  return { drop, files, versions }
}

const digest = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

describe('a file that is encrypted and signed', () => {
  test('is taken in by its content, and both are kept', async () => {
    const { drop, files, versions } = hub()
    const sealed = await seal(Buffer.from(good))
    expect(await drop(NAME, sealed)).toMatchObject({ outcome: 'accepted', channel: 'pos', count: 1 })
    const signedBy = (await readKey({ armoredKey: theirs.open })).getFingerprint()
    expect(await versions()).toMatchObject([
      {
        name: 'POS_20261120.csv',
        sha256: digest(good),
        sealed: { sha256: digest(sealed), bytes: sealed.length, signedBy },
      },
    ])
    expect([...files.everKept()].sort()).toEqual([digest(good), digest(sealed)].sort())
    expect(await drop(NAME, await seal(Buffer.from(good)))).toMatchObject({ outcome: 'unchanged' })
  })

  test.each([
    ['our current key and theirs', () => ({})],
    ['our next key', () => ({ for: oursNext })],
    ['their next key', () => ({ by: theirsNext })],
    ['both next keys', () => ({ for: oursNext, by: theirsNext })],
    ['compression', () => ({ config: { preferredCompressionAlgorithm: enums.compression.zip } })],
  ])('is opened with %s', async (_, sealing) => {
    const { drop } = hub()
    expect(await drop(NAME, await seal(Buffer.from(good), sealing()))).toMatchObject({ outcome: 'accepted' })
  })

  test('may be armored', async () => {
    const armored = (await encrypt({
      message: await createMessage({ binary: Buffer.from(good) }),
      encryptionKeys: await readKey({ armoredKey: ours.open }),
      signingKeys: await readPrivateKey({ armoredKey: theirs.secret }),
      date: new Date(NOW),
    })) as string
    expect(await hub().drop('pos/POS_20261120.csv.asc', armored)).toMatchObject({ outcome: 'accepted' })
  })
})

describe('a file of such a channel that is anything else is refused, kept as it came and not read', () => {
  const changed = async () => {
    const sealed = Uint8Array.from(await seal(Buffer.from(good)))
    sealed[sealed.length - 40] = (sealed[sealed.length - 40] as number) ^ 1
    return sealed
  }
  const signedOnly = async () =>
    (await sign({
      message: await createMessage({ binary: Buffer.from(good) }),
      signingKeys: await readPrivateKey({ armoredKey: theirs.secret }),
      format: 'binary',
      date: new Date(NOW),
    })) as Uint8Array
  const signatureOfAnother = async () =>
    (await encrypt({
      message: await createMessage({ binary: Buffer.from(good.replace('POS-1', 'POS-2')) }),
      encryptionKeys: await readKey({ armoredKey: ours.open }),
      signature: await readSignature({
        armoredSignature: (await sign({
          message: await createMessage({ binary: Buffer.from(good) }),
          signingKeys: await readPrivateKey({ armoredKey: theirs.secret }),
          detached: true,
          date: new Date(NOW),
        })) as string,
      }),
      format: 'binary',
      date: new Date(NOW),
    })) as Uint8Array
  test.each<[string, string, string, () => Promise<Uint8Array>]>([
    ['WRONG_SIGNATURE', 'with the signature of another file', NAME, signatureOfAnother],
    ['NOT_ENCRYPTED', 'plain', 'pos/POS_20261120.csv', async () => Buffer.from(good)],
    ['NOT_ENCRYPTED', 'signed alone', NAME, signedOnly],
    ['BROKEN_ENVELOPE', 'plain under the name of an encrypted one', NAME, async () => Buffer.from(good)],
    ['BROKEN_ENVELOPE', 'cut off', NAME, async () => (await seal(Buffer.from(good))).subarray(0, 300)],
    ['BROKEN_ENVELOPE', 'changed on the way', NAME, changed],
    ['UNKNOWN_KEY', 'encrypted for somebody else', NAME, () => seal(Buffer.from(good), { for: stranger })],
    ['NOT_SIGNED', 'not signed', NAME, () => seal(Buffer.from(good), { by: null })],
    ['UNKNOWN_SIGNER', 'signed by a stranger', NAME, () => seal(Buffer.from(good), { by: stranger })],
    [
      'WRONG_SIGNATURE',
      'signed at a time that has not come',
      NAME,
      () => seal(Buffer.from(good), { date: new Date(NOW + 30 * 86_400_000) }),
    ],
    ['WRONG_SENDER', 'in the folder of another sender', 'bni/POS_20261120.csv.pgp', () => seal(Buffer.from(good))],
  ])('%s: %s', async (code, _, name, content) => {
    const { drop, files, versions } = hub()
    const bytes = await content()
    expect(await drop(name, bytes)).toMatchObject({ outcome: 'refused', code })
    expect(files.everKept()).toEqual([digest(bytes)])
    expect(await versions()).toEqual([])
  })

  test('TOO_LARGE: what unpacks to more than a day can be, in bounded memory', async () => {
    const config = { preferredCompressionAlgorithm: enums.compression.zlib }
    const bomb = await seal(new Uint8Array(300 * 1024 * 1024), { config, by: null })
    expect(bomb.length).toBeLessThan(1024 * 1024)
    global.gc?.()
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    const watching = setInterval(() => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    }, 1)
    const opened = await openEnvelope(bomb, keys(), NOW, 8 * 1024 * 1024)
    clearInterval(watching)
    expect(opened).toMatchObject({ kind: 'refused', code: 'TOO_LARGE' })
    expect(most).toBeLessThan(96 * 1024 * 1024)
  }, 60_000)

  test('a channel whose keys nobody has put in is a defect: the message waits', async () => {
    expect(() => keysOf(prepareFileKeys('{"own":[],"signers":{}}'), 'pos')).toThrow(Defect)
    for (const text of ['', '{}', '{"own":["x"],"signers":{}}', `{"own":[],"signers":{"pos":[1]}}`]) {
      expect(() => prepareFileKeys(text)).toThrow(/^expected the file keys to be/)
    }
  })
})

describe('a folder', () => {
  const plain = (settlementFiles.bni as (typeof settlementFiles)[string])(DAY, [])

  test.each([
    ['bni/BNI_20261120.csv', 'accepted'],
    ['BNI_20261120.csv', 'accepted'],
    ['pos/BNI_20261120.csv', 'WRONG_SENDER'],
    ['/BNI_20261120.csv', 'WRONG_SENDER'],
    ['nobody/BNI_20261120.csv', 'WRONG_SENDER'],
    ['bni/old/BNI_20261120.csv', 'UNKNOWN_NAME'],
    ['bank/BNI_20261120.csv', 'UNKNOWN_FORMAT'],
  ])('%s: %s', async (name, expected) => {
    const { drop, versions } = hub()
    const told = await drop(name, plain)
    expect(told?.code ?? told?.outcome).toBe(expected)
    expect(await versions('bni')).toHaveLength(expected === 'accepted' ? 1 : 0)
  })
})
