/**
 * What partners, the bank and people said, as they said it: settlement files, movements on the account, what two people approved.
 * The auditor holds the hub's settlement against this, and against the ledger. Types only.
 */
import type { Payment } from '../../../shared/channel-port/channel.ts'
import type { PartnerRow } from '../../../shared/channel-port/partner.ts'
import type { BusinessDate, Instant } from '../../../shared/domain/instant.ts'
import type { Rupiah } from '../../../shared/domain/money.ts'

/** A way in which a file says otherwise than the hub. */
export type Mistake = 'left-out' | 'wrong-amount' | 'twice' | 'late' | 'unknown' | 'reversed'

/** One version of a day's file. */
export type SentFile = {
  readonly channel: string
  readonly date: BusinessDate
  readonly sha256: string
  readonly rows: readonly PartnerRow[]
  readonly mistakes: readonly { readonly mistake: Mistake; readonly paymentId: string }[]
}

/** What became of a version: two people put it in the place of another, or took it back; its bytes were sent anew. */
export type FileStep = {
  readonly channel: string
  readonly date: string
  readonly sha256: string
  readonly what: 'replaced' | 'withdrawn' | 'returned'
}

export type Approved = {
  readonly id: string
  readonly action: string
  readonly proposedBy: string
  readonly by: string
}

/** A way out of suspense on which two people agreed. */
export type ApprovedExit = {
  readonly action: string
  readonly channel: string
  readonly paymentId: string
  /** Where the money lay, and the fact that had brought it. */
  readonly account: string
  readonly fact: string
  readonly to: string | null
  readonly amount: number
}

/** A bank statement. `isWithdrawn`: it and all that follow it do not count. */
export type SentStatement = {
  readonly movements: ReadonlyMap<string, number>
  isWithdrawn: boolean
}

/** Where two people placed a movement: parts in words, `<kind> <channel> <day or item>`, and their amounts. */
export type ApprovedPlacement = ReadonlyMap<string, number>

export type EnteredInvoice = { readonly channel: string; readonly number: string; readonly payable: number }

export type OutsideRecord = {
  /** Versions in the order in which they were sent, by channel and day. */
  readonly files: Map<string, SentFile[]>
  readonly fileSteps: FileStep[]
  /** By decision key: what finance may post. A corrected file may have another amount. */
  readonly lines: Map<string, PartnerRow[]>
  /** In the order of the account. */
  readonly statements: SentStatement[]
  /** Resolutions that two people have taken, by difference. */
  readonly approved: Approved[]
  readonly exits: ApprovedExit[]
  /** The last one of each movement. */
  readonly placed: Map<string, ApprovedPlacement>
  readonly invoices: EnteredInvoice[]
}

export function openOutside(): OutsideRecord {
  return {
    files: new Map(),
    fileSteps: [],
    lines: new Map(),
    statements: [],
    approved: [],
    exits: [],
    placed: new Map(),
    invoices: [],
  }
}

export function fileSent({ files, lines }: OutsideRecord, keyOf: (row: PartnerRow) => string, file: SentFile): void {
  const day = `${file.channel} ${file.date}`
  files.set(day, [...(files.get(day) ?? []), file])
  for (const row of file.rows) lines.set(keyOf(row), [...(lines.get(keyOf(row)) ?? []), row])
}

/**
 * The versions that may be the file of the day; null: none is. Which of several arrives first is for the queues, until two people
 * have said so.
 */
export function standingFiles({ files, fileSteps }: OutsideRecord, channel: string, date: string) {
  const sent = files.get(`${channel} ${date}`) ?? []
  const last = fileSteps.findLast((step) => step.channel === channel && step.date === date)
  if (!last) return sent.length === 0 ? [null] : sent
  const others = sent.filter(({ sha256 }) => sha256 !== last.sha256)
  const own = sent.filter(({ sha256 }) => sha256 === last.sha256)
  if (last.what === 'replaced') return own
  return last.what === 'withdrawn' ? [null, ...others] : [...own, ...others]
}

/** What lies on the account by the statements that count, by reference. */
export function movementsThatCount({ statements }: OutsideRecord): ReadonlyMap<string, number> {
  const gone = statements.findIndex(({ isWithdrawn }) => isWithdrawn)
  const standing = gone < 0 ? statements : statements.slice(0, gone)
  return new Map(standing.flatMap(({ movements }) => [...movements]))
}

/** The payment that a line stands for, as its partner would have sent it. */
export function paymentOnLine({ id, customer, amount, adminFee, outlet, at }: PartnerRow): Payment {
  const money = { amount: amount as Rupiah, adminFee: adminFee as Rupiah }
  return {
    kind: 'payment',
    paymentId: id,
    customerId: customer,
    product: '',
    months: null,
    ...money,
    outlet,
    partnerAt: at as Instant,
  }
}
