/**
 * Alfamart's settlement file `ALFA_<yyyymmdd>.txt`: lines of type H, D and T, separated by pipes, in the words of its calls.
 * Our assumption of a layout until the contract names one; the table of its columns is in the README beside this file.
 */

import type { SettlementLayout } from '../../channel-port/channel.ts'
import type { BusinessDate } from '../../domain/instant.ts'
import { plainFields } from '../../protocols/settlement-file/cut-line.ts'
import { dayOfHeader, delimitedFormat } from '../../protocols/settlement-file/delimited.ts'
import { fileNames } from '../../protocols/settlement-file/file-name.ts'
import { type FileFormat, fileReader } from '../../protocols/settlement-file/read-file.ts'

const NAME = 'ALFAMART'

const format = delimitedFormat({
  cut: plainFields('|'),
  header: { check: header },
  fields: 10,
  mark: 'D',
  money: 'whole',
  names: {
    paymentId: 'AgentTrxID',
    customerId: 'CustomerID',
    outlet: 'AgentStoreID',
    at: 'DateTime',
    amount: 'Amount',
    adminFee: 'AdminFee',
    fee: 'ChannelFee',
    status: 'Status',
  },
  places: {
    paymentId: 1,
    customerId: 3,
    outlet: 2,
    at: { compact: 4 },
    amount: 6,
    adminFee: 7,
    fee: 8,
    status: 9,
  },
  trailer: { tag: 'T', fields: 5, at: [1, 2, 3, 4] },
})

export const settlement: SettlementLayout = {
  ...fileNames('ALFA', 'txt'),
  opensWith: (firstLine) => firstLine.startsWith(`H|${NAME}|`),
  read: fileReader(format),
}

/** `H|ALFAMART|20261120`. Another name after `H|` is another retailer's file in the same words. */
function header(text: string, date: BusinessDate): ReturnType<FileFormat['header']> {
  const [type, name, day = '', ...more] = text.split('|')
  if (type !== 'H' || more.length > 0 || !/^\d{8}$/.test(day)) {
    return { code: 'LAYOUT_CHANGED', detail: `expected the header H|${NAME}|yyyymmdd` }
  }
  if (name !== NAME) return { code: 'WRONG_CHANNEL', detail: `expected the header to name ${NAME}` }
  return dayOfHeader(day, date)
}
