/**
 * BRI's settlement file `BRIVA_<yyyymmdd>.txt`: fixed widths, counted in characters, lines of type H, D and T.
 * Our assumption of a layout until the contract names one; the table of its columns is in the README beside this file.
 */

import type { SettlementLayout } from '../../channel-port/channel.ts'
import type { BusinessDate } from '../../domain/instant.ts'
import { fieldOf, fieldsOf, fixedWidths, newCut } from '../../protocols/settlement-file/cut-line.ts'
import { dayOfHeader, totalsOf } from '../../protocols/settlement-file/delimited.ts'
import { type LineFormat, readLine, unreadable } from '../../protocols/settlement-file/fields.ts'
import { fileNames } from '../../protocols/settlement-file/file-name.ts'
import { type FileFormat, fileReader } from '../../protocols/settlement-file/read-file.ts'

const HEADER = /^HBRIVA(\d{8})$/
/** Type, paymentRequestId, customerNo, time, amount, fee, status. Ids stand on the left, filled with blanks. */
const cutData = fixedWidths([1, 64, 20, 14, 15, 10, 1], [1, 2])
/** Type, lines, sum of amounts, sum of fees, net. */
const cutTrailer = fixedWidths([1, 10, 18, 18, 18])

const data: LineFormat = {
  money: 'padded',
  names: {
    paymentId: 'paymentRequestId',
    customerId: 'customerNo',
    outlet: 'outlet',
    at: 'trxDateTime',
    amount: 'amount',
    adminFee: 'adminFee',
    fee: 'fee',
    status: 'status',
  },
  places: {
    paymentId: 1,
    customerId: 2,
    outlet: null,
    at: { compact: 3 },
    amount: 4,
    adminFee: null,
    fee: 5,
    status: 6,
  },
}
const line = newCut()

const format: FileFormat = {
  header,
  timeField: data.names.at,
  isTrailer: (text, from) => text.startsWith('T', from),
  trailer: (text) => {
    const parts = fieldsOf(cutTrailer, text)
    return parts && totalsOf(parts.slice(1), 'padded')
  },
  data: (text, from, to, number) => {
    const isData = cutData(line, text, from, to) && fieldOf(line, 0) === 'D'
    return isData ? readLine(line, number, data) : unreadable(number, 'WRONG_LENGTH')
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
