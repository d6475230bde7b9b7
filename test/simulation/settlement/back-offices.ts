/**
 * The partners' back offices, day by day: what was collected as files that say otherwise here and there, corrected by a second
 * version now and then. They know the answers that partners got; the hub's tables they do not.
 */
import { createHash } from 'node:crypto'
import type { PartnerRow } from '../../../shared/channel-port/partner.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { settlementFileNames, settlementFiles } from '../../support/settlement-files.ts'
import { dayStart } from '../auditor/calendar.ts'
import { factsOfDecision } from '../auditor/decisions.ts'
import { decisionKey, type Ledger } from '../auditor/ledger.ts'
import { fileSent, type Mistake, type SentFile } from '../auditor/outside.ts'
import type { Random } from '../random.ts'
import type { Dropbox } from './dropbox.ts'

export type BackOffices = {
  /** The file of a day and channel; once each. */
  readonly sendFile: (channel: string, date: BusinessDate) => void
  /** The files of a day as they should have been, here and there. */
  readonly correct: (channel: string, date: BusinessDate) => void
  /** A file that was withdrawn comes once more, byte by byte. */
  readonly returnFile: (channel: string, date: BusinessDate, sha256: string) => void
}

type Setting = {
  readonly ledger: Ledger
  readonly dropbox: Dropbox
  readonly random: Random
  readonly customers: readonly string[]
  readonly isCalm: () => boolean
}

const FEE = 1_500
const NOON = 12 * 3_600_000

export function openBackOffices(setting: Setting): BackOffices {
  const { ledger, dropbox, random } = setting
  const { outside } = ledger
  /** Lines that come with the next file, by channel. */
  const lateRows = new Map<string, readonly PartnerRow[]>()
  /** What a corrected file of the day would say. */
  const rightRows = new Map<string, readonly PartnerRow[]>()
  let ids = 0

  function send(channel: string, date: BusinessDate, rows: readonly PartnerRow[], mistakes: SentFile['mistakes']) {
    const content = settlementFiles[channel]?.(date, rows) ?? ''
    const sha256 = createHash('sha256').update(content).digest('hex')
    const before = outside.files.get(`${channel} ${date}`) ?? []
    if (before.some((file) => file.sha256 === sha256)) return
    fileSent(outside, ({ id }) => decisionKey(channel, id), { channel, date, sha256, rows, mistakes })
    dropbox.drop(settlementFileNames[channel]?.(date) ?? '', content)
  }

  function sendFile(channel: string, date: BusinessDate): void {
    const mistakes: { mistake: Mistake; paymentId: string }[] = []
    const late: PartnerRow[] = []
    const right = collectedOn(ledger, channel, date)
    const own = right.flatMap((row): readonly PartnerRow[] => {
      const mistake = setting.isCalm() ? undefined : mistakeIn(random)
      if (mistake) mistakes.push({ mistake, paymentId: row.id })
      if (mistake === 'late') late.push(row)
      if (mistake === 'left-out' || mistake === 'late') return []
      if (mistake === 'wrong-amount') return [{ ...row, amount: row.amount + random.pick([-1_000, 500]) }]
      if (mistake === 'reversed') return [{ ...row, status: 'R' }]
      return mistake === 'twice' ? [row, row] : [row]
    })
    const before = lateRows.get(channel) ?? []
    // A file that is mostly of another day is refused whole: then what is late comes with a later one, or never.
    const isMostlyOwn = own.length > before.length
    const rows = isMostlyOwn ? [...before, ...own] : own.slice()
    lateRows.set(channel, isMostlyOwn ? late : [...before, ...late])
    if (!setting.isCalm() && random.chance(0.1)) {
      const unknown = unknownLine(setting, date, ++ids)
      rows.push(unknown)
      mistakes.push({ mistake: 'unknown', paymentId: unknown.id })
    }
    const isLate = (row: PartnerRow) => late.includes(row)
    rightRows.set(`${channel} ${date}`, [...(isMostlyOwn ? before : []), ...right.filter((row) => !isLate(row))])
    if (rows.length > 0) send(channel, date, rows, mistakes)
  }

  function correct(channel: string, date: BusinessDate): void {
    const rows = rightRows.get(`${channel} ${date}`) ?? []
    if (rows.length > 0 && outside.files.has(`${channel} ${date}`)) send(channel, date, rows, [])
  }

  function returnFile(channel: string, date: BusinessDate, sha256: string): void {
    const rows = outside.files.get(`${channel} ${date}`)?.find((file) => file.sha256 === sha256)?.rows ?? []
    outside.fileSteps.push({ channel, date, sha256, what: 'returned' })
    dropbox.drop(settlementFileNames[channel]?.(date) ?? '', settlementFiles[channel]?.(date, rows) ?? '')
  }

  return { sendFile, correct, returnFile }
}

const BLANK = { outlet: 'SHOP1', adminFee: 2_500, fee: FEE, status: 'S' } as const

function unknownLine({ random, customers }: Setting, date: BusinessDate, number: number): PartnerRow {
  const customer = random.pick([...customers, '90000000000'])
  return { ...BLANK, id: `U${number}`, customer, at: dayStart(date) + NOON, amount: random.pick([8_400, 16_800]) }
}

function mistakeIn(random: Random): Mistake | undefined {
  return random.chance(0.25)
    ? random.pick(['left-out', 'wrong-amount', 'twice', 'late', 'reversed'] as const)
    : undefined
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
