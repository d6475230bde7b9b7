/**
 * Indomaret's settlement file `IDM_<yyyymmdd>.csv`: comma separated, trailer `#TRAILER`. Our assumption of a layout until
 * the contract names one; the table of its columns is in the README beside this file.
 */

import type { SettlementLayout } from '../../channel-port/channel.ts'
import { plainFields } from '../../protocols/settlement-file/cut-line.ts'
import { delimitedFormat } from '../../protocols/settlement-file/delimited.ts'
import { fileNames } from '../../protocols/settlement-file/file-name.ts'
import { fileReader } from '../../protocols/settlement-file/read-file.ts'

const HEADER = 'transaction_id,customer_id,outlet_id,transacted_at,amount,admin_fee,channel_fee,status'

const format = delimitedFormat({
  cut: plainFields(','),
  header: { text: HEADER },
  fields: 8,
  money: 'whole',
  names: {
    paymentId: 'transaction_id',
    customerId: 'customer_id',
    outlet: 'outlet_id',
    at: 'transacted_at',
    amount: 'amount',
    adminFee: 'admin_fee',
    fee: 'channel_fee',
    status: 'status',
  },
  places: {
    paymentId: 0,
    customerId: 1,
    outlet: 2,
    at: { iso: 3 },
    amount: 4,
    adminFee: 5,
    fee: 6,
    status: 7,
  },
  trailer: { tag: '#TRAILER', fields: 5, at: [1, 2, 3, 4] },
})

export const settlement: SettlementLayout = {
  ...fileNames('IDM', 'csv'),
  opensWith: (firstLine) => firstLine === HEADER,
  read: fileReader(format),
}
