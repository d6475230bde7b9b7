/**
 * The partners' back offices and the bank, day by day: what was collected as files that say otherwise here and there, and credits
 * that come right, short, for two days at once, or never. They know the answers that partners got; the hub's tables they do not.
 */
import type { PartnerRow } from '../../../shared/channel-port/partner.ts'
import type { BusinessDate, Instant } from '../../../shared/domain/instant.ts'
import { COLLECTION_ACCOUNTS } from '../../../shared/domain/settlement/hub-accounts.ts'
import { takeInStatement } from '../../../shared/intake/take-in-statement.ts'
import { camt053, settlementFileNames, settlementFiles } from '../../support/settlement-files.ts'
import { dayStart } from '../auditor/calendar.ts'
import { factsOfDecision } from '../auditor/decisions.ts'
import type { Ledger } from '../auditor/ledger.ts'
import type { Mistake, SentFile } from '../auditor/outside.ts'
import { fileSent, movementBooked } from '../auditor/settlement.ts'
import type { Random } from '../random.ts'
import type { SettlementSide } from './settlement-side.ts'

export type BackOffices = {
  /** The first statement of the account, with what lay on it: the hub has it before anything else happens. */
  readonly openAccount: (date: BusinessDate) => Promise<void>
  /** The file of a day and channel; once each. */
  readonly sendFile: (channel: string, date: BusinessDate) => void
  /** The statement of a day: the credits for the files of the day before, and what else happened on the account. */
  readonly sendStatement: (date: BusinessDate, yesterday: BusinessDate) => void
  /** Everything again, as they do when they are told that something has not come. */
  readonly sendAgain: () => void
}

type Setting = {
  readonly ledger: Ledger
  readonly side: SettlementSide
  readonly random: Random
  readonly channels: readonly string[]
  readonly customers: readonly string[]
  readonly isCalm: () => boolean
}

const FEE = 1_500
const FIRST_DEPOSIT = 10_000
const NOON = 12 * 3_600_000
const [ACCOUNT = ''] = COLLECTION_ACCOUNTS[0]?.value ?? []

export function openBackOffices(setting: Setting): BackOffices {
  const { ledger, side, random, channels } = setting
  const { outside } = ledger
  /** Lines that come with the next file, and money that comes with the next credit, by channel. */
  const lateRows = new Map<string, readonly PartnerRow[]>()
  const held = new Map<string, { readonly amount: number; readonly dates: readonly string[] }>()
  const sent = new Map<string, string>()
  let ids = 0

  function drop(name: string, content: string): void {
    sent.set(name, content)
    side.drop(name, content)
    if (random.chance(0.1)) side.drop(name, content)
  }

  function sendFile(channel: string, date: BusinessDate): void {
    const mistakes: { mistake: Mistake; paymentId: string }[] = []
    const late: PartnerRow[] = []
    const note = (mistake: Mistake, { id }: PartnerRow) => mistakes.push({ mistake, paymentId: id })
    const own = collectedOn(ledger, channel, date).flatMap((row): readonly PartnerRow[] => {
      const mistake = setting.isCalm() ? undefined : mistakeIn(random)
      if (mistake) note(mistake, row)
      if (mistake === 'late') late.push(row)
      if (mistake === 'left-out' || mistake === 'late') return []
      if (mistake === 'wrong-amount') return [{ ...row, amount: row.amount + random.pick([-1_000, 500]) }]
      return mistake === 'twice' ? [row, row] : [row]
    })
    const before = lateRows.get(channel) ?? []
    // A file that is mostly of another day is refused whole: then what is late comes with a later one, or never.
    const isMostlyOwn = own.length > before.length
    const rows = isMostlyOwn ? [...before, ...own] : own.slice()
    lateRows.set(channel, isMostlyOwn ? late : [...before, ...late])
    if (!setting.isCalm() && random.chance(0.1)) {
      const customer = random.pick([...setting.customers, '90000000000'])
      const unknown = {
        ...BLANK,
        id: `U${++ids}`,
        customer,
        at: dayStart(date) + NOON,
        amount: random.pick([8_400, 16_800]),
      }
      rows.push(unknown)
      note('unknown', unknown)
    }
    if (rows.length === 0) return
    const file: SentFile = { channel, date, rows, mistakes }
    fileSent(outside, file)
    drop(settlementFileNames[channel]?.(date) ?? '', settlementFiles[channel]?.(date, rows) ?? '')
  }

  /** What the bank credits for a file on the day after; what it holds back comes with the next credit. */
  function creditFor(
    channel: string,
    date: BusinessDate,
  ): { readonly amount: number; readonly text: string } | undefined {
    const before = held.get(channel) ?? { amount: 0, dates: [] }
    const net = netOf(outside.files.get(`${channel} ${date}`)?.rows ?? [])
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

  function sendStatement(date: BusinessDate, yesterday: BusinessDate): void {
    const opening = outside.balance
    const credits = channels.flatMap((channel) => creditFor(channel, yesterday) ?? [])
    if (!setting.isCalm() && random.chance(0.15)) credits.push({ amount: 75_000, text: 'TRANSFER DARI BUDI' })
    if (random.chance(0.15)) credits.push({ amount: -6_500, text: 'BIAYA ADMINISTRASI' })
    const rows = credits.map(({ amount, text }, i) => {
      const reference = `BF${date.replaceAll('-', '')}${String(i + 1).padStart(4, '0')}`
      movementBooked(outside, reference, amount)
      return { reference, bookedOn: date, valueOn: date, amount, remittance: text }
    })
    if (rows.length === 0) return
    const statementId = `BANK-${date.replaceAll('-', '')}`
    drop(`bank/${statementId}.xml`, camt053([{ account: ACCOUNT, statementId, date, opening, rows }]))
  }

  async function openAccount(date: BusinessDate): Promise<void> {
    const reference = `BF${date.replaceAll('-', '')}0001`
    movementBooked(outside, reference, FIRST_DEPOSIT)
    const row = { reference, bookedOn: date, valueOn: date, amount: FIRST_DEPOSIT, remittance: 'SETORAN AWAL' }
    const text = camt053([{ account: ACCOUNT, statementId: 'BANK-FIRST', date, opening: 0, rows: [row] }])
    const { files, settlements } = side.stores
    const from = { kind: 'handed-over', bytes: Buffer.from(text) } as const
    const now = () => (dayStart(date) + NOON) as Instant
    await takeInStatement({ files, settlements, now }, { from, name: 'FIRST.xml', by: 'operator-1' })
  }

  const sendAgain = () => {
    for (const [name, content] of sent) side.drop(name, content)
  }
  return { openAccount, sendFile, sendStatement, sendAgain }
}

const BLANK = { outlet: 'SHOP1', adminFee: 2_500, fee: FEE, status: 'S' } as const

function mistakeIn(random: Random): Mistake | undefined {
  return random.chance(0.25) ? random.pick(['left-out', 'wrong-amount', 'twice', 'late'] as const) : undefined
}

/** What the partner holds for collected: accepted, and not taken back by itself. */
function collectedOn(ledger: Ledger, channel: string, date: BusinessDate): readonly PartnerRow[] {
  return [...ledger.decisions.values()].flatMap((record): readonly PartnerRow[] => {
    const { decision, origin } = record
    if (decision.channel !== channel || decision.outcome.kind !== 'accepted' || origin.kind !== 'payment') return []
    const { businessDate, amount, adminFee, outlet } = decision.outcome.terms
    // What finance has posted from a file is a line of that file, and no payment of the day.
    const isPosted = ledger.outside.lines.has(`${channel}#${decision.paymentId}`) && decision.paymentId.startsWith('U')
    if (businessDate !== date || isPosted || factsOfDecision(ledger, record).reversal) return []
    const { paymentId: id, customerId: customer } = origin
    // A back office books a payment when it was answered, however long it had been asking.
    return [{ id, customer, outlet, at: decision.decidedAt, amount, adminFee: adminFee ?? 0, fee: FEE, status: 'S' }]
  })
}

function netOf(rows: readonly PartnerRow[]): number {
  return rows.reduce((sum, { amount, fee }) => sum + amount - fee, 0)
}
