/**
 * The bank, day by day: credits for the partners' files that come right, short, for two days at once, or never; what strangers send;
 * what channels pay of charges, and what we pay of their invoices.
 */
import type { BusinessDate, Instant } from '../../../shared/domain/instant.ts'
import { COLLECTION_ACCOUNTS } from '../../../shared/domain/settlement/hub-accounts.ts'
import { takeInStatement } from '../../../shared/intake/take-in-statement.ts'
import { type BankRow, camt053 } from '../../support/settlement-files.ts'
import { dayStart } from '../auditor/calendar.ts'
import type { OutsideRecord, SentStatement } from '../auditor/outside.ts'
import type { Random } from '../random.ts'
import type { Dropbox } from './dropbox.ts'
import type { SettlementSide } from './settlement-side.ts'

export type Bank = {
  /** The first statement of the account, with what lay on it: the hub has it before anything else happens. */
  readonly openAccount: (date: BusinessDate) => Promise<void>
  /** The statement of a day: the credits for the files of the day before, and what else happened on the account. */
  readonly sendStatement: (date: BusinessDate, yesterday: BusinessDate, others: readonly Booking[]) => void
  /** By the name of its file. */
  readonly statementOf: (name: string) => SentStatement | undefined
  /** A statement that was withdrawn comes once more, byte by byte. */
  readonly returnStatement: (name: string) => void
}

export type Booking = { readonly amount: number; readonly text: string }

type Setting = {
  readonly outside: OutsideRecord
  readonly dropbox: Dropbox
  readonly side: SettlementSide
  readonly random: Random
  readonly channels: readonly string[]
  readonly isCalm: () => boolean
}

const FIRST_DEPOSIT = 10_000
const NOON = 12 * 3_600_000
const [ACCOUNT = ''] = COLLECTION_ACCOUNTS[0]?.value ?? []

export function openBank(setting: Setting): Bank {
  const { outside, dropbox, side, random, channels } = setting
  /** Money that comes with the next credit, by channel. */
  const held = new Map<string, { readonly amount: number; readonly dates: readonly string[] }>()
  const sent = new Map<string, { readonly content: string; readonly statement: SentStatement }>()
  let balance = 0

  function write(id: string, date: BusinessDate, bookings: readonly Booking[]): string {
    const rows = bookings.map(({ amount, text }, i): BankRow => {
      const reference = `BF${date.replaceAll('-', '')}${String(i + 1).padStart(4, '0')}`
      return { reference, bookedOn: date, valueOn: date, amount, remittance: text }
    })
    const content = camt053([{ account: ACCOUNT, statementId: id, date, opening: balance, rows }])
    const statement = {
      movements: new Map(rows.map(({ reference, amount }) => [reference, amount])),
      isWithdrawn: false,
    }
    outside.statements.push(statement)
    sent.set(`${id}.xml`, { content, statement })
    balance += rows.reduce((sum, { amount }) => sum + amount, 0)
    return content
  }

  /** What the bank credits for a file on the day after; what it holds back comes with the next credit. */
  function creditFor(channel: string, date: BusinessDate): Booking | undefined {
    const before = held.get(channel) ?? { amount: 0, dates: [] }
    const net = netOf(outside.files.get(`${channel} ${date}`)?.at(-1)?.rows ?? [])
    const due = { amount: before.amount + net, dates: [...before.dates, date.replaceAll('-', '')] }
    held.delete(channel)
    if (due.amount <= 0) return undefined
    const chance = setting.isCalm() ? 1 : random.unit()
    if (chance < 0.08) return undefined
    if (chance < 0.2) {
      held.set(channel, due)
      return undefined
    }
    const names = random.chance(0.85) ? ` ${due.dates.join(' ')}` : ''
    const text = `SETTLEMENT ${channel.toUpperCase()}${names}`
    return { amount: chance < 0.3 ? Math.max(1, due.amount - 1_000) : due.amount, text }
  }

  function sendStatement(date: BusinessDate, yesterday: BusinessDate, others: readonly Booking[]): void {
    const bookings = [...channels.flatMap((channel) => creditFor(channel, yesterday) ?? []), ...others]
    if (!setting.isCalm() && random.chance(0.25)) bookings.push({ amount: 75_000, text: 'TRANSFER DARI BUDI' })
    if (random.chance(0.15)) bookings.push({ amount: -6_500, text: 'BIAYA ADMINISTRASI' })
    if (bookings.length === 0) return
    const id = `BANK-${date.replaceAll('-', '')}`
    dropbox.drop(`bank/${id}.xml`, write(id, date, bookings))
  }

  async function openAccount(date: BusinessDate): Promise<void> {
    const text = write('FIRST', date, [{ amount: FIRST_DEPOSIT, text: 'SETORAN AWAL' }])
    const { files, settlements } = side.stores
    const from = { kind: 'handed-over', bytes: Buffer.from(text) } as const
    const now = () => (dayStart(date) + NOON) as Instant
    await takeInStatement({ files, settlements, now }, { from, name: 'FIRST.xml', by: 'operator-1' })
  }

  function returnStatement(name: string): void {
    const known = sent.get(name)
    if (!known) return
    known.statement.isWithdrawn = false
    dropbox.drop(`bank/${name}`, known.content)
  }

  return { openAccount, sendStatement, returnStatement, statementOf: (name) => sent.get(name)?.statement }
}

/** A reversed line takes back what the channel had passed on. */
function netOf(rows: readonly { readonly amount: number; readonly fee: number; readonly status: 'S' | 'R' }[]): number {
  return rows.reduce((sum, { amount, fee, status }) => sum + (status === 'R' ? fee - amount : amount - fee), 0)
}
