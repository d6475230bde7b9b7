/**
 * The partners' back offices and the bank, once a day by the hub's clock: at 06:30 WIB each partner delivers the settlement
 * file of yesterday, at 08:30 the bank its statement with the credits. They know what their terminals collected and
 * nothing of the hub's records. At the first start the last three days of the demo's past are delivered at once.
 *
 * Promises that each day is delivered at least once and is the same each time. Called by local/main.ts.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChannelProfile } from '../../shared/channel-port/channel.ts'
import { inForce } from '../../shared/domain/effective-dated.ts'
import { addDays, type BusinessDate, businessDateOf, instant, startOfDay } from '../../shared/domain/instant.ts'
import { COLLECTION_ACCOUNTS } from '../../shared/domain/settlement/hub-accounts.ts'
import { replaceFile } from '../demo/loaded-marker.ts'
import type { FileUploads } from '../emulators/s3/file-uploads.ts'
import type { Collections } from './collections.ts'
import { camt053, type PartnerRow, settlementFileNames, settlementFiles } from './settlement-files.ts'
import { ONE_IN, rowsOfDay } from './settlement-rows.ts'

export type BackOfficeOptions = {
  readonly dataDir: string
  readonly collections: Pick<Collections, 'ofDay'>
  readonly profiles: readonly Pick<ChannelProfile, 'name' | 'channelFee'>[]
  readonly files: Pick<FileUploads, 'drop'>
  readonly now: () => number
  readonly say: (line: string) => void
}

export type BackOffice = {
  /** Delivers the past of the demo, once in the life of the data folder. */
  readonly deliverPast: () => Promise<void>
  /** Delivers whatever is due by now; says what went wrong, and never rejects. */
  readonly catchUp: () => Promise<void>
  /** Goes on by itself as the clock runs. */
  readonly start: () => void
  readonly stop: () => Promise<void>
}

const HOUR = 3_600_000
const FILES_AT = 6.5 * HOUR
const BANK_AT = 8.5 * HOUR
/** Of the demo's past; the first of them shows what mistakes look like. */
const PAST_DAYS = 3
const SHOWN_ONE_IN = 20
/** Whoever moves the clock by months does not get a file for each day. */
const MOST_DAYS = 10
const LOOK_MILLIS = 1_000

/** What was delivered, through which day, and where the account stood then. */
type Delivered = {
  readonly from: BusinessDate
  readonly filesThrough: BusinessDate
  readonly bankThrough: BusinessDate
  readonly balance: number
}

export function startBackOffice(options: BackOfficeOptions): BackOffice {
  const stateFile = path.join(options.dataDir, 'partners', 'delivered.json')
  let stopping = false
  let running: Promise<void> = Promise.resolve()
  let watching: Promise<void> = Promise.resolve()

  async function deliver(): Promise<void> {
    const now = instant(Math.trunc(options.now()))
    const yesterday = addDays(businessDateOf(now), -1)
    let delivered = read(stateFile)
    const isFirst = delivered === undefined
    delivered ??= nothingBefore(addDays(yesterday, 1 - PAST_DAYS))
    const isDue = (day: BusinessDate, at: number) => isFirst || now >= startOfDay(addDays(day, 1)) + at
    for (
      let day = nextAfter(delivered.filesThrough, yesterday);
      day <= yesterday && isDue(day, FILES_AT);
      day = addDays(day, 1)
    ) {
      await sendFiles(options, delivered, day)
      delivered = { ...delivered, filesThrough: day }
      await replaceFile(stateFile, `${JSON.stringify(delivered)}\n`)
    }
    for (
      let day = nextAfter(delivered.bankThrough, yesterday);
      day <= delivered.filesThrough && isDue(day, BANK_AT);
      day = addDays(day, 1)
    ) {
      const balance = await sendStatement(options, delivered, day)
      delivered = { ...delivered, bankThrough: day, balance }
      await replaceFile(stateFile, `${JSON.stringify(delivered)}\n`)
    }
  }

  const catchUp = (): Promise<void> => {
    running = running
      .then(deliver)
      .catch((error: Error) => options.say(`Partners: not all delivered, it is tried again (${error.message})`))
    return running
  }
  async function run(): Promise<void> {
    while (!stopping) {
      await catchUp()
      await sleep(LOOK_MILLIS)
    }
  }
  return {
    deliverPast: async () => {
      if (read(stateFile) === undefined) await catchUp()
    },
    catchUp,
    start: () => {
      watching = run()
    },
    stop: async () => {
      stopping = true
      await Promise.allSettled([running, watching])
    },
  }
}

function nothingBefore(from: BusinessDate): Delivered {
  const before = addDays(from, -1)
  return { from, filesThrough: before, bankThrough: before, balance: 0 }
}

function nextAfter(through: BusinessDate, yesterday: BusinessDate): BusinessDate {
  const next = addDays(through, 1)
  const earliest = addDays(yesterday, 1 - MOST_DAYS)
  return next < earliest ? earliest : next
}

async function sendFiles(options: BackOfficeOptions, delivered: Delivered, day: BusinessDate): Promise<void> {
  let lines = 0
  for (const profile of options.profiles) {
    const rows = rowsFor(options, delivered, profile, day)
    const text = settlementFiles[profile.name]?.(day, rows)
    const name = settlementFileNames[profile.name]?.(day)
    if (text === undefined || name === undefined) continue
    await dropText(options, name, text)
    lines += rows.length
  }
  options.say(`Partners: settlement files of ${day} delivered (${lines} lines)`)
}

/** The money of `day` arrives on the next: one credit per partner, what its file says it owes. Returns the closing balance. */
async function sendStatement(options: BackOfficeOptions, delivered: Delivered, day: BusinessDate): Promise<number> {
  const bookedOn = addDays(day, 1)
  const credits = options.profiles
    .map((profile) => ({ name: profile.name, amount: netOf(rowsFor(options, delivered, profile, day)) }))
    .filter(({ amount }) => amount > 0)
  const [account = ''] = inForce('collection accounts', COLLECTION_ACCOUNTS, bookedOn)
  const rows = credits.map(({ name, amount }, i) => ({
    reference: `BF${compact(bookedOn)}${String(i + 1).padStart(4, '0')}`,
    bookedOn,
    valueOn: bookedOn,
    amount,
    remittance: `SETTLEMENT ${name.toUpperCase()} ${compact(day)}`,
  }))
  const statementId = `BANK-${compact(bookedOn)}`
  const { balance } = delivered
  const text = camt053([{ account, statementId, date: bookedOn, opening: balance, rows }])
  await dropText(options, `bank/BANK_${compact(bookedOn)}.xml`, text)
  options.say(`Bank: statement of ${bookedOn} delivered (${rows.length} credits)`)
  return balance + rows.reduce((sum, { amount }) => sum + amount, 0)
}

function rowsFor(
  { collections }: BackOfficeOptions,
  { from }: Delivered,
  profile: BackOfficeOptions['profiles'][number],
  day: BusinessDate,
): readonly PartnerRow[] {
  return rowsOfDay({ collections, profile, oneIn: (channel) => (channel === from ? SHOWN_ONE_IN : ONE_IN) }, day)
}

function netOf(rows: readonly PartnerRow[]): number {
  return rows.reduce((sum, { amount, fee, status }) => sum + (status === 'S' ? amount - fee : fee - amount), 0)
}

async function dropText({ files }: BackOfficeOptions, name: string, text: string): Promise<void> {
  const bytes = Buffer.from(text)
  await files.drop(name, bytes, bytes.length)
}

function compact(day: string): string {
  return day.replaceAll('-', '')
}

function read(file: string): Delivered | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Delivered
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
