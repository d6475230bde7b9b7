/**
 * One figure for a whole day of settlement, in a process of its own so that its memory is its own: a channel's file lies in a
 * folder; it is taken in (kept, digested, read, a version put), and the day is reconciled by the function's own use case: hub day
 * read, file read, joined, looked up, classified, lines packed and put, cases, statement and the answer to the channel written.
 *
 * Files and packed lines lie on disk; entries of the table settlements in memory; the hub's day is told entry by entry, as the
 * index of a business day gives it. Not in the figure: what DynamoDB and S3 need to answer. Knows the right answer.
 */
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { open, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { reconcileSettlement } from '../functions/reconcile-settlement/reconcile-settlement.ts'
import { settlementChannelNamed } from '../shared/channels/settlement-registry.ts'
import { parseAccount } from '../shared/domain/account.ts'
import { factKey } from '../shared/domain/fact.ts'
import { formatWib, type Instant, startOfDay } from '../shared/domain/instant.ts'
import { ZERO } from '../shared/domain/money.ts'
import { takeIn } from '../shared/intake/take-in-settlement-file.ts'
import { settlementDigests } from '../shared/ledger/payment-digests.ts'
import type { DayEntry } from '../shared/store/facts/facts.ts'
import type { FileStore } from '../shared/store/files/files.ts'
import { openedBytes, sealedBytes, sealWhole } from '../shared/store/files/sealed-bytes.ts'
import { settledLinesIn } from '../shared/store/files/settled-lines.ts'
import type { DifferenceCase } from '../shared/store/settlements/records.ts'
import { memorySettlements } from '../test/support/memory-settlements.ts'
import { memorySealing } from '../test/support/sealing.ts'
import { DATE, fileLines, hubEntries } from './settlement-data.ts'

const CHANNEL = 'indomaret'
const HEADER = 'transaction_id,customer_id,outlet_id,transacted_at,amount,admin_fee,channel_fee,status'
const CHUNK = 1 << 20
const SECRET = JSON.stringify({ current: 1, keys: { 1: Buffer.alloc(32, 7).toString('base64') } })

export type EndToEndRun = {
  readonly lines: number
  readonly intakeSeconds: number
  readonly reconcileSeconds: number
  readonly cpuSeconds: number
  readonly peakMegabytes: number
  readonly unexplained: number
  /** Cases of each class. */
  readonly classes: Readonly<Record<string, number>>
}

process.on('message', async ({ size }: { readonly size: number }) => process.send?.(await run(size)))

async function run(size: number): Promise<EndToEndRun> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-settlement-'))
  try {
    return await settled(folder, size)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function settled(folder: string, size: number): Promise<EndToEndRun> {
  const channel = settlementChannelNamed(CHANNEL)
  const name = channel.settlement.fileName(DATE)
  const lines = await writeFileOf(join(folder, name), size)
  const ports = portsOn(folder, size)
  const cpu = process.cpuUsage()
  const start = performance.now()
  const from = { kind: 'dropped', file: { name, version: null } } as const
  const taken = await takeIn(ports, { name, by: null, from })
  if (taken.outcome !== 'accepted') throw new Error(`expected the file to be accepted, it was ${taken.outcome}`)
  const takenAt = performance.now()
  const done = await reconcileSettlement(ports, { task: 'day', channel: CHANNEL, date: DATE })
  const doneAt = performance.now()
  const { user, system } = process.cpuUsage(cpu)
  if (done.outcome !== 'written') throw new Error(`expected a statement to be written, the day was ${done.outcome}`)
  const statement = await ports.settlements.statement(CHANNEL, DATE)
  return {
    lines,
    intakeSeconds: (takenAt - start) / 1_000,
    reconcileSeconds: (doneAt - takenAt) / 1_000,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1_024,
    unexplained: statement?.unexplainedRupiah ?? Number.NaN,
    classes: countedBy(await ports.settlements.differencesOf(CHANNEL, DATE)),
  }
}

function countedBy(cases: readonly DifferenceCase[]): Readonly<Record<string, number>> {
  const classes: Record<string, number> = {}
  for (const { finding } of cases)
    classes[finding.class] = (classes[finding.class] ?? 0) + (finding.evidence.count ?? 1)
  return classes
}

function portsOn(folder: string, size: number) {
  const settlements = memorySettlements()
  const nothing = () => {
    throw new Error('expected a day of known ids to ask for nothing else')
  }
  const now = () => (startOfDay(DATE) + 3 * 86_400_000) as Instant
  const lines = settledLinesIn({
    put: (key, body) => writeFile(join(folder, key.replaceAll('/', '_')), body),
    get: (key) => readFile(join(folder, key.replaceAll('/', '_')), 'utf8'),
  })
  const ports = {
    settlements,
    files: filesIn(folder),
    lines,
    facts: { byDay: (source: string) => (source === CHANNEL ? dayEntries(size) : noEntries()) },
    decisions: { getMany: async () => [] },
    channels: [settlementChannelNamed(CHANNEL)],
    digests: settlementDigests(SECRET),
    sendDays: nothing,
    sendMails: async () => {},
    now,
    metrics: { count: () => {} },
    log: { info: () => {}, warn: () => {} },
  }
  return ports as unknown as Parameters<typeof reconcileSettlement>[0] & { readonly files: FileStore }
}

/** As the bucket: a file is kept sealed, read in pieces, and never whole in memory. */
function filesIn(folder: string): FileStore {
  mkdirSync(join(folder, 'outgoing'))
  const sealing = memorySealing()
  const read = async (name: string) => createReadStream(join(folder, name), { highWaterMark: 65_536 })
  return {
    dropped: ({ name }) => read(name),
    keepDropped: async (sha256, { name }) => {
      const plain = join(folder, name)
      const { bytes } = sealedBytes(await sealing.current('kept'), await read(name), (await stat(plain)).size)
      await pipeline(bytes(), createWriteStream(join(folder, sha256)))
    },
    keep: async (sha256, bytes) => writeFile(join(folder, sha256), sealWhole(await sealing.current('kept'), bytes)),
    kept: async (sha256) => openedBytes(await read(sha256), sealing),
    putOutgoing: async (_, name, bytes) => {
      await writeFile(join(folder, 'outgoing', `${name}.part`), bytes)
      await rename(join(folder, 'outgoing', `${name}.part`), join(folder, 'outgoing', name))
    },
    outgoing: (_, name) => read(join('outgoing', name)),
  }
}

/** What the index of the day holds: every payment, and after it what took it back. */
async function* dayEntries(size: number): AsyncGenerator<DayEntry> {
  for (const { paymentId, account: text, amount, outlet, decidedAt, state } of hubEntries(size)) {
    const account = parseAccount(text)
    if (account === undefined) throw new Error('expected invented accounts to be accounts')
    const entry = { account, source: CHANNEL, id: [paymentId], amount, adminFee: ZERO, outlet, decidedAt }
    yield { ...entry, kind: 'payment', fact: factKey('payment', CHANNEL, [paymentId]) }
    if (state === 'reversed') yield { ...entry, kind: 'reversal', fact: factKey('reversal', CHANNEL, [paymentId]) }
  }
}

async function* noEntries(): AsyncGenerator<DayEntry> {}

/** As the channel writes it. How many lines it has. */
async function writeFileOf(path: string, size: number): Promise<number> {
  const file = await open(path, 'w')
  let [text, count, amount, fee] = [`${HEADER}\n`, 0, 0, 0]
  for (const line of fileLines(size)) {
    const at = formatWib(line.at).slice(0, 19)
    const sign = line.status === 'settled' ? 1 : -1
    const status = line.status === 'settled' ? 'S' : 'R'
    text += `${line.paymentId},${line.customerId},${line.outlet},${at},${line.amount},${line.adminFee},${line.fee},${status}\n`
    count++
    amount += sign * line.amount
    fee += sign * line.fee
    if (text.length < CHUNK) continue
    await file.write(text)
    text = ''
  }
  await file.write(`${text}#TRAILER,${count},${amount},${fee},${amount - fee}\n`)
  await file.close()
  return count
}
