/**
 * The partners' back offices and the bank, once a day by the hub's clock: at 06:30 WIB each partner delivers the settlement
 * file of yesterday, at 08:30 the bank its statement with the credits. They know what their terminals booked, never what the hub
 * thinks. At the first start the last three days of the demo's past are delivered at once.
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
import type { FilesDesk } from '../emulators/s3/file-uploads.ts'
import type { Books } from './collections.ts'
import { camt053, type PartnerRow, settlementFileNames, settlementFiles } from './settlement-files.ts'
import { ONE_IN, rowsOfDay } from './settlement-rows.ts'

export type OfficeOptions = {
  readonly dataDir: string
  readonly books: Pick<Books, 'ofDay'>
  readonly profiles: readonly Pick<ChannelProfile, 'name' | 'channelFee'>[]
  readonly files: Pick<FilesDesk, 'drop'>
  readonly now: () => number
  readonly say: (line: string) => void
}

export type Office = {
  /** Delivers the past of the demo, once in the life of the data folder. */
  readonly settlePast: () => Promise<void>
  /** Delivers whatever is due by now; says what went wrong, and never rejects. */
  readonly catchUp: () => Promise<void>
  /** Goes on by itself as the clock runs. */
  readonly open: () => void
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
type Done = {
  readonly from: BusinessDate
  readonly filesThrough: BusinessDate
  readonly bankThrough: BusinessDate
  readonly balance: number
}

export function backOffice(order: OfficeOptions): Office {
  const stateFile = path.join(order.dataDir, 'partners', 'delivered.json')
  let stopping = false
  let running: Promise<void> = Promise.resolve()
  let watching: Promise<void> = Promise.resolve()

  async function deliver(): Promise<void> {
    const now = instant(Math.trunc(order.now()))
    const yesterday = addDays(businessDateOf(now), -1)
    let done = read(stateFile)
    const isFirst = done === undefined
    done ??= nothingBefore(addDays(yesterday, 1 - PAST_DAYS))
    const isDue = (day: BusinessDate, at: number) => isFirst || now >= startOfDay(addDays(day, 1)) + at
    for (
      let day = nextAfter(done.filesThrough, yesterday);
      day <= yesterday && isDue(day, FILES_AT);
      day = addDays(day, 1)
    ) {
      await sendFiles(order, done, day)
      done = { ...done, filesThrough: day }
      await replaceFile(stateFile, `${JSON.stringify(done)}\n`)
    }
    for (
      let day = nextAfter(done.bankThrough, yesterday);
      day <= done.filesThrough && isDue(day, BANK_AT);
      day = addDays(day, 1)
    ) {
      const balance = await sendStatement(order, done, day)
      done = { ...done, bankThrough: day, balance }
      await replaceFile(stateFile, `${JSON.stringify(done)}\n`)
    }
  }

  const catchUp = (): Promise<void> => {
    running = running
      .then(deliver)
      .catch((error: Error) => order.say(`Partners: not all delivered, it is tried again (${error.message})`))
    return running
  }
  async function watch(): Promise<void> {
    while (!stopping) {
      await catchUp()
      await sleep(LOOK_MILLIS)
    }
  }
  return {
    settlePast: async () => {
      if (read(stateFile) === undefined) await catchUp()
    },
    catchUp,
    open: () => {
      watching = watch()
    },
    stop: async () => {
      stopping = true
      await Promise.allSettled([running, watching])
    },
  }
}

function nothingBefore(from: BusinessDate): Done {
  const before = addDays(from, -1)
  return { from, filesThrough: before, bankThrough: before, balance: 0 }
}

function nextAfter(through: BusinessDate, yesterday: BusinessDate): BusinessDate {
  const next = addDays(through, 1)
  const earliest = addDays(yesterday, 1 - MOST_DAYS)
  return next < earliest ? earliest : next
}

async function sendFiles(order: OfficeOptions, done: Done, day: BusinessDate): Promise<void> {
  let lines = 0
  for (const profile of order.profiles) {
    const rows = rowsFor(order, done, profile, day)
    const text = settlementFiles[profile.name]?.(day, rows)
    const name = settlementFileNames[profile.name]?.(day)
    if (text === undefined || name === undefined) continue
    await dropText(order, name, text)
    lines += rows.length
  }
  order.say(`Partners: settlement files of ${day} delivered (${lines} lines)`)
}

/** The money of `day` arrives on the next: one credit per partner, what its file says it owes. Returns the closing balance. */
async function sendStatement(order: OfficeOptions, done: Done, day: BusinessDate): Promise<number> {
  const bookedOn = addDays(day, 1)
  const credits = order.profiles
    .map((profile) => ({ name: profile.name, amount: netOf(rowsFor(order, done, profile, day)) }))
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
  const { balance } = done
  const text = camt053([{ account, statementId, date: bookedOn, opening: balance, rows }])
  await dropText(order, `bank/BANK_${compact(bookedOn)}.xml`, text)
  order.say(`Bank: statement of ${bookedOn} delivered (${rows.length} credits)`)
  return balance + rows.reduce((sum, { amount }) => sum + amount, 0)
}

function rowsFor(
  { books }: OfficeOptions,
  { from }: Done,
  profile: OfficeOptions['profiles'][number],
  day: BusinessDate,
): readonly PartnerRow[] {
  return rowsOfDay({ books, profile, oneIn: (of) => (of === from ? SHOWN_ONE_IN : ONE_IN) }, day)
}

function netOf(rows: readonly PartnerRow[]): number {
  return rows.reduce((sum, { amount, fee, status }) => sum + (status === 'S' ? amount - fee : fee - amount), 0)
}

async function dropText({ files }: OfficeOptions, name: string, text: string): Promise<void> {
  const bytes = Buffer.from(text)
  await files.drop(name, bytes, bytes.length)
}

function compact(day: string): string {
  return day.replaceAll('-', '')
}

function read(file: string): Done | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Done
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
