/**
 * What each channel has in its files of a month (month-story.ts): the lines of its payments, and what is planted, one kind of
 * difference on a day of its own. Knows nothing of when a file comes, and of the bank.
 */
import { addDays, type BusinessDate } from '../../shared/domain/instant.ts'
import { at } from './facts.ts'
import { type PartnerRow, settlementFiles } from './settlement-files.ts'
import { partnerRow } from './settlement-hub.ts'

export const CHANNELS = ['pos', 'brilink', 'bni', 'indomaret', 'alfamart'] as const
export type Channel = (typeof CHANNELS)[number]
export const DAYS = Array.from({ length: 30 }, (_, i) => addDays('2026-11-01' as BusinessDate, i))
const PRICE = 8_400
const FEE = 1_500
/** Has paid nothing yet: the money of a payer whom nobody knew is theirs. */
export const FOUND_PAYER = '10600000000'
/** Of the farmer that every hub of the tests has, who pays nothing in this month. */
const NIK_OF_ANOTHER = '3578011203850001'

export const on = (day: number) => DAYS[day - 1] as BusinessDate
export const kpjAt = (channel: Channel, day: number) =>
  `1${String(CHANNELS.indexOf(channel) + 1).padStart(2, '0')}${String(day).padStart(2, '0')}000000`
export const idAt = (channel: Channel, day: number) => `Tx${channel.slice(0, 3)}${String(day).padStart(2, '0')}A`
export const ACCOUNTS = [
  ...CHANNELS.flatMap((channel) => DAYS.map((_, i) => kpjAt(channel, i + 1))),
  FOUND_PAYER,
] as const

/** Two are just before midnight: one is in the next day's file, one has a line without an id. */
export const LATE_TIMES: Readonly<Record<string, string>> = { 'pos 25': '23:58', 'indomaret 5': '23:55' }

/** The line that the partner writes for a payment, as it should be but for the changes. */
function rowAt(channel: Channel, day: number, changed: Partial<PartnerRow> = {}): PartnerRow {
  return partnerRow(idAt(channel, day), `${on(day)}T${LATE_TIMES[`${channel} ${day}`] ?? '10:00'}`, {
    customer: kpjAt(channel, day),
    adminFee: channel === 'bni' || channel === 'brilink' ? 0 : 2_500,
    ...changed,
  })
}

/** The rows that the partner has for a day: those of its payments, and what is planted. */
export function rowsOf(channel: Channel, day: number): readonly PartnerRow[] {
  const row = (changed: Partial<PartnerRow> = {}) => rowAt(channel, day, changed)
  const other = (id: string, customer: string, when = `${on(day)}T11:00`) => row({ id, customer, at: at(when) })
  switch (`${channel} ${day}`) {
    case 'indomaret 3':
      return []
    case 'alfamart 4':
      return [row(), other('X04', '19999999999')]
    case 'bni 5':
      return [row(), other('X05', kpjAt('bni', 30))]
    case 'indomaret 5':
      return [row({ id: '' })]
    case 'alfamart 5':
      return [row({ customer: NIK_OF_ANOTHER })]
    case 'brilink 6':
      return [row({ amount: PRICE - 100 })]
    case 'bni 6':
      return [row({ amount: PRICE + 100 })]
    case 'indomaret 6':
      return [row(), other('U06', '19999999998')]
    case 'pos 7':
      return [row({ fee: FEE + 200 })]
    case 'indomaret 7':
      return [row(), other('U07', '19999999997')]
    case 'alfamart 7':
      return [row({ customer: 'ABC' })]
    case 'indomaret 8':
      return [row(), row()]
    case 'indomaret 9':
      return []
    case 'pos 9':
      return [row({ adminFee: 9_999, outlet: 'SHOP2', at: at(`${on(9)}T15:00`) })]
    case 'bni 10':
      return [row({ status: 'R' })]
    case 'indomaret 10':
      return [row(), rowAt('indomaret', 9, { id: '' })]
    case 'alfamart 10':
      return [row({ fee: FEE - 200 })]
    case 'brilink 11':
      return [row({ id: idAt(channel, day).toLowerCase() })]
    case 'alfamart 11':
      return [row({ amount: PRICE - 400 })]
    case 'brilink 13':
      return []
    case 'bni 14':
      return [row(), rowAt('bni', 13)]
    case 'brilink 15':
      return [row(), rowAt('brilink', 13)]
    case 'indomaret 21':
      return [row(), other('X21', kpjAt('indomaret', 21), `${on(14)}T10:00`)]
    case 'alfamart 22':
      return [row(), other('X22', 'ABC')]
    case 'indomaret 24':
      return [row({ customer: kpjAt('indomaret', 25) })]
    case 'pos 25':
    case 'bni 30':
      return []
    case 'pos 26':
      return [row(), rowAt('pos', 25)]
    default:
      return [row()]
  }
}

export const netOf = (rows: readonly PartnerRow[]) =>
  rows.reduce((sum, { amount, fee, status }) => sum + (status === 'R' ? -1 : 1) * (amount - fee), 0)

export function fileOf(channel: Channel, day: number): Buffer {
  return Buffer.from(settlementFiles[channel]?.(on(day), rowsOf(channel, day)) ?? '')
}
