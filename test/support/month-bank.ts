/**
 * The bank's side of the month (month-story.ts): its movements and its statements, each day in a format, wording or order of its
 * own where a kind of statement is planted. Knows what channels pay; knows nothing of how statements are read.
 */
import { addDays, type BusinessDate } from '../../shared/domain/instant.ts'
import { CHANNELS, netOf, on, rowsOf } from './month-rows.ts'
import { type BankDay, type BankRow, camt053, mt940 } from './settlement-files.ts'

const FIRST = '2026-11-01' as BusinessDate
const ACCOUNT = '0018877665501'
const OPENING = 1_000_000

const dayAt = (day: number) => addDays(FIRST, day - 1)
const moved = (day: number, reference: string, amount: number, remittance: string): BankRow => {
  return { reference, bookedOn: dayAt(day), valueOn: dayAt(day), amount, remittance }
}

/** What the bank books on a day: the credits of the day before, and what is planted. */
function bankRows(day: number): readonly BankRow[] {
  const paid = day - 1
  const ofChannels = CHANNELS.flatMap((channel) => {
    if (paid < 1 || paid > 30) return []
    const net = netOf(rowsOf(channel, paid))
    const row = (reference: string, amount: number, remittance: string) => [moved(day, reference, amount, remittance)]
    const of = `${channel.toUpperCase()} ${on(paid).replaceAll('-', '')}`
    switch (`${channel} ${paid}`) {
      // A time that looks like a tag of the format where the line breaks.
      case 'pos 9':
        return row('C9pos', net, `${`${of} SETORAN KANTOR POS BESAR PUKUL `.padEnd(59, '.')}16:26:37 WIB`)
      // Two days in one credit, and no day is named.
      case 'alfamart 14':
        return []
      case 'alfamart 15':
        return row('C15alf', net + netOf(rowsOf(channel, 14)), 'SETORAN ALFAMART')
      // The year is wrong.
      case 'bni 16':
        return row('C16bni', net, 'BNI 20251116')
      case 'brilink 20':
        return row('C20bri', net - 50, of)
      case 'bni 27':
        return []
      case 'pos 28':
        return row('C28pos', net - 100, of)
      default:
        return net === 0 ? [] : row(`C${paid}${channel.slice(0, 3)}`, net, of)
    }
  })
  const planted: Readonly<Record<number, readonly BankRow[]>> = {
    // Two equal ones without a reference, each on a page of its own.
    8: [moved(8, '', 5_000, 'SETORAN TUNAI'), moved(8, '', 5_000, 'SETORAN TUNAI')],
    14: [moved(14, 'P14', 200, 'PELUNASAN POS')],
    18: [moved(18, 'N18', 50_000, 'TRF DARI 123')],
    19: [moved(19, 'N19', 7_000, 'SETORAN TUNAI')],
    20: [moved(20, 'F20', -15_000, 'BIAYA ADM BULANAN'), moved(20, 'I20', 120.56, 'JASA GIRO')],
    21: [moved(21, 'T21', -24.11, 'PAJAK JASA GIRO')],
    26: [moved(26, 'V26', -5_550, 'TRF KE 123')],
  }
  return [...ofChannels, ...(planted[day] ?? [])]
}

/** A statement as it came. */
export type Sent = { readonly at: string; readonly name: string; readonly bytes: Buffer }

/** What the bank sends of a day, and in which form. */
function sentOf(day: number, statement: BankDay): readonly Sent[] {
  const next = addDays(statement.date as BusinessDate, 1)
  const sent = (text: string, name = `S${day}.sta`, time = '05:00', on: string = next) => {
    return { at: `${on}T${time}`, name, bytes: Buffer.from(text) }
  }
  const camt = camt053([statement])
  const mt = mt940([statement]).replace('00325', String(day).padStart(5, '0'))
  switch (day) {
    case 5:
      return [
        sent(`{1:F01BNINIDJAXXXX0000000000}{2:O9400000N}{4:\r\n${mt.replace('\r\n-\r\n', '\r\n-}{5:{CHK:0}}\r\n')}`),
      ]
    case 6:
      // Issued again, without references and with its texts broken elsewhere.
      return [
        sent(camt, 'S6.xml'),
        sent(mt.replace(/\/\/\w+/g, '').replace(/(:86:\w{3})/g, '$1\r\n'), 'S6-again.sta', '06:10'),
      ]
    case 8: {
      const [first, second] = pagesOf(statement)
      return [sent(second, 'S8-2.sta', '05:00'), sent(first, 'S8-1.sta', '05:05')]
    }
    case 9:
      return [
        sent(
          camt.replace('camt.053.001.08', 'camt.053.001.02').replace(/<Sts><Cd>(\w+)<\/Cd><\/Sts>/g, '<Sts>$1</Sts>'),
        ),
      ]
    case 10:
      return [sent(mt)]
    case 11:
      // Blanks after amounts and balances.
      return [sent(mt.replace(/,00NTRF/g, ',00 NTRF').replace(/(:6[02]F:[^\r]*)/g, '$1  '))]
    case 12:
      // Of an account in dollars first.
      return [sent(mt.replaceAll('IDR', 'USD'), 'USD.sta', '04:50'), sent(camt, 'S12.xml')]
    case 22:
      // After the one that follows it.
      return [sent(camt, 'S22.xml', '05:00', addDays(statement.date as BusinessDate, 3))]
    case 24:
      return [sent(camt, 'S24.xml'), sent(mt, 'S24.sta', '05:10')]
    default:
      return [sent(camt, `S${day}.xml`)]
  }
}

/** The last movement on a second page. */
function pagesOf(statement: BankDay): readonly [string, string] {
  const { rows, opening } = statement
  const carried = opening + rows.slice(0, -1).reduce((sum, { amount }) => sum + amount, 0)
  const first = mt940([{ ...statement, rows: rows.slice(0, -1) }])
  const second = mt940([{ ...statement, opening: carried, rows: rows.slice(-1) }])
  return [
    first.replace(':28C:00325/001', ':28C:00008/001').replace(':62F:', ':62M:'),
    second.replace(':28C:00325/001', ':28C:00008/002').replace(':60F:', ':60M:'),
  ]
}

export function bankStatements() {
  const closing = new Map<string, number>()
  const sent: Sent[] = []
  let sen = OPENING * 100
  for (let day = 1; day <= 32; day++) {
    const rows = bankRows(day)
    const statement = { account: ACCOUNT, statementId: `S${day}`, date: dayAt(day), opening: sen / 100, rows }
    sen += rows.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0)
    closing.set(dayAt(day), Math.floor(sen / 100))
    sent.push(...sentOf(day, statement))
  }
  return { sent, closing }
}
