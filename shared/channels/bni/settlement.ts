/**
 * BNI's settlement file `BNI_<yyyymmdd>.csv`: fields that may stand between quotes, money with two decimals, trailer `TOTAL`.
 * Our assumption of a layout until the contract names one; the table of its columns is in the README beside this file.
 */

import type { SettlementLayout } from '../../channel-port/channel.ts'
import { fieldsOf, quotedFields } from '../../protocols/settlement-file/cut-line.ts'
import { delimitedFormat } from '../../protocols/settlement-file/delimited.ts'
import { fileNames } from '../../protocols/settlement-file/file-name.ts'
import { fileReader } from '../../protocols/settlement-file/read-file.ts'

const HEADER = 'TRX_DATE,TRX_TIME,PAYMENT_REQUEST_ID,CUSTOMER_NO,AMOUNT,FEE,STATUS'
const cut = quotedFields(',')

const format = delimitedFormat({
  cut,
  header: { text: HEADER },
  fields: 7,
  money: 'cents',
  names: {
    paymentId: 'PAYMENT_REQUEST_ID',
    customerId: 'CUSTOMER_NO',
    outlet: 'OUTLET',
    at: 'TRX_TIME',
    amount: 'AMOUNT',
    adminFee: 'ADMIN_FEE',
    fee: 'FEE',
    status: 'STATUS',
  },
  places: {
    paymentId: 2,
    customerId: 3,
    outlet: null,
    at: { date: 0, time: 1 },
    amount: 4,
    adminFee: null,
    fee: 5,
    status: 6,
  },
  trailer: { tag: 'TOTAL', fields: 7, at: [1, 4, 5, 6] },
})

export const settlement: SettlementLayout = {
  ...fileNames('BNI', 'csv'),
  opensWith: (firstLine) => fieldsOf(cut, firstLine)?.join(',') === HEADER,
  read: fileReader(format),
}
