/**
 * The bank's side as a story tells it: what channels owe for their days, statements as they come, what two people do. Says where
 * every movement ended, in one line each. Knows nothing of how a statement is read or a credit is placed.
 */
import { createHash } from 'node:crypto'
import { reconcileSettlement } from '../../functions/reconcile-settlement/reconcile-settlement.ts'
import { addDays, type BusinessDate } from '../../shared/domain/instant.ts'
import type { Place } from '../../shared/domain/settlement/placement.ts'
import { takeInStatement } from '../../shared/intake/take-in-statement.ts'
import { type BankDay, type BankRow, settlementFiles } from './settlement-files.ts'
import { partnerRow, type SettlementHub, settlementHub } from './settlement-hub.ts'

export const CHANNELS = ['pos', 'brilink', 'bni', 'indomaret', 'alfamart'] as const
const FIRST = '2026-11-10' as BusinessDate
export const BOOKED = '2026-11-18' as BusinessDate
const FEE = 1_500

export type BankWorld = {
  readonly hub: SettlementHub
  readonly channel: string
  readonly other: string
  readonly pick: <T>(choices: readonly T[]) => T
  /** Whole thousands and something: no two of a story are alike. */
  readonly amount: () => number
  /** Days that a channel may have been paid for, from 0. */
  readonly day: (number: number) => BusinessDate
  /** The channel's file of the day says that it owes this much, after fees. */
  readonly owes: (channel: string, date: BusinessDate, net: number) => Promise<void>
  readonly row: (amount: number, remittance: string, changed?: Partial<BankRow>) => BankRow
  readonly statement: (rows: readonly BankRow[], changed?: Partial<BankDay>) => BankDay
  /** What became of it, with the code of a refusal. */
  readonly take: (content: string | Buffer) => Promise<string>
  readonly night: (when: string) => Promise<void>
  /** A step about a movement that two people take. */
  readonly twoPeople: (movement: string, onVersion: number, action: string, parts: readonly object[]) => Promise<void>
  readonly withdraw: (content: string) => Promise<void>
  /** `<amount> = <place> <amount> + …` for each movement, in the order of the text. */
  readonly ends: () => Promise<readonly string[]>
}

export const textDay = (date: string) => date.replaceAll('-', '')

export async function bankWorld(random: () => number): Promise<BankWorld> {
  const hub = await settlementHub()
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T
  const channel = pick(CHANNELS)
  const other = pick(CHANNELS.filter((one) => one !== channel))
  let last = 10_000
  const amount = () => {
    last += 1_000 + Math.floor(random() * 40_000)
    return last
  }

  async function owes(of: string, date: BusinessDate, net: number): Promise<void> {
    const adminFee = of === 'bni' || of === 'brilink' ? 0 : 2_500
    const row = partnerRow(`L${textDay(date)}`, `${date}T10:00`, { amount: net + FEE, fee: FEE, adminFee })
    await hub.take(of, date, settlementFiles[of]?.(date, [row]) ?? '')
    await hub.drain()
  }

  async function take(content: string | Buffer): Promise<string> {
    const incoming = { from: { kind: 'handed-over', bytes: Buffer.from(content) }, name: 'bank', by: null } as const
    const { files, settlements } = hub
    const taken = await takeInStatement({ files, settlements, now: () => hub.clock.now }, incoming)
    await hub.drain()
    if (taken.outcome === 'refused') return `refused ${taken.refusal.code}`
    if (taken.outcome === 'unchanged') return taken.outcome
    // As it stands when all is worked off: what comes back is put into the chain by the reconciliation.
    return (await settlements.bankFile(taken.file.sha256))?.state ?? 'gone'
  }

  async function both(path: string, approval: string, body: object): Promise<void> {
    const reason = 'as the bank says'
    const proposed = await hub.call('operator', 'POST', path, { ...body, reason })
    const approved = await hub.call('approver', 'POST', approval, { decision: 'approve' })
    if (proposed.status !== 200 || approved.status !== 200) throw new Error(`expected two people to agree on ${path}`)
    await hub.drain()
  }

  async function ends(): Promise<readonly string[]> {
    const days = Array.from({ length: 12 }, (_, i) => addDays(BOOKED, i - 4))
    const movements = (await Promise.all(days.map((date) => hub.settlements.movementsBooked(date)))).flat()
    return movements
      .map(({ movement, placement }) => `${movement.amount} = ${(placement?.places ?? []).map(wordsOf).join(' + ')}`)
      .sort()
  }

  return {
    hub,
    channel,
    other,
    pick,
    amount,
    day: (number) => addDays(FIRST, number),
    owes,
    row: (value, remittance, changed = {}) => {
      return { reference: '', bookedOn: BOOKED, valueOn: BOOKED, amount: value, remittance, ...changed }
    },
    statement: (rows, changed = {}) => {
      return { account: '0018877665501', statementId: 'S1', date: BOOKED, opening: 0, rows, ...changed }
    },
    take,
    night: async (when) => {
      hub.setClock(when)
      await reconcileSettlement(hub.ports, { task: 'nightly' })
      await hub.drain()
    },
    twoPeople: (movement, onVersion, action, parts) => {
      const path = `/api/bank-movements/${BOOKED}/${movement}`
      return both(`${path}/proposal`, `${path}/approval`, { action, onVersion, parts })
    },
    withdraw: (content) => {
      const path = `/api/bank-statements/${createHash('sha256').update(content).digest('hex')}/withdrawal`
      return both(path, `${path}/approval`, {})
    },
    ends,
  }
}

function wordsOf(place: Place): string {
  return place.kind === 'channel-day'
    ? `${place.channel} ${place.date} ${place.amount}`
    : `${place.kind} ${place.amount}`
}
