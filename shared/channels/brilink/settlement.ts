/**
 * BRI's settlement file `BRIVA_<yyyymmdd>.txt`: fixed widths, counted in characters, lines of type H, D and T.
 * Our assumption of a layout until the contract names one; the table of its columns is in the README beside this file.
 */

import type { SettlementLayout } from '../../channel-port/channel.ts'
import type { BusinessDate } from '../../domain/instant.ts'
import { dayOfHeader, totalsOf } from '../../protocols/settlement-file/delimited.ts'
import { compactWib, readLine, unreadable } from '../../protocols/settlement-file/fields.ts'
import { fileNames } from '../../protocols/settlement-file/file-name.ts'
import { cutter } from '../../protocols/settlement-file/fixed-width.ts'
import { type FileFormat, fileReader } from '../../protocols/settlement-file/read-file.ts'

const HEADER = /^HBRIVA(\d{8})$/
/** Type, paymentRequestId, customerNo, time, amount, fee, status. */
const cutData = cutter([1, 64, 20, 14, 15, 10, 1])
/** Type, lines, sum of amounts, sum of fees, net. */
const cutTrailer = cutter([1, 10, 18, 18, 18])

const names = {
  paymentId: 'paymentRequestId',
  customerId: 'customerNo',
  outlet: 'outlet',
  at: 'trxDateTime',
  amount: 'amount',
  adminFee: 'adminFee',
  fee: 'fee',
  status: 'status',
}

const format: FileFormat = {
  header,
  timeField: names.at,
  isTrailer: (text) => text.startsWith('T'),
  trailer: (text) => {
    const parts = cutTrailer(text)
    return parts && totalsOf(parts.slice(1), 'padded')
  },
  data: (text, line) => {
    const parts = cutData(text)
    if (parts?.[0] !== 'D') return unreadable(line, 'WRONG_LENGTH')
    const [, paymentId = '', customerId = '', at = '', amount = '', fee = '', status = ''] = parts
    const columns = {
      paymentId: unpadded(paymentId),
      customerId: unpadded(customerId),
      outlet: null,
      at: compactWib(at),
      amount,
      adminFee: null,
      fee,
      status,
    }
    return readLine(columns, line, 'padded', names)
  },
}

export const settlement: SettlementLayout = {
  ...fileNames('BRIVA', 'txt'),
  opensWith: (firstLine) => HEADER.test(firstLine),
  read: fileReader(format),
}

function header(text: string, date: BusinessDate): ReturnType<FileFormat['header']> {
  const day = HEADER.exec(text)?.[1]
  if (day === undefined) return { code: 'LAYOUT_CHANGED', detail: 'expected the header HBRIVAyyyymmdd' }
  return dayOfHeader(day, date)
}

/** Left-aligned: the blanks on the right are filling. */
function unpadded(text: string): string {
  return text.replace(/ +$/, '')
}
