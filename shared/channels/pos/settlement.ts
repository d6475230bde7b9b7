/**
 * Pos Indonesia's settlement file `POS_<yyyymmdd>.csv`: separated by semicolons, trailer `#TOTAL`. Our assumption of a
 * layout until the contract names one; the table of its columns is in the README beside this file.
 */

import type { SettlementLayout } from '../../channel-port/channel.ts'
import { plainFields } from '../../protocols/settlement-file/cut-line.ts'
import { delimitedFormat } from '../../protocols/settlement-file/delimited.ts'
import { fileNames } from '../../protocols/settlement-file/file-name.ts'
import { fileReader } from '../../protocols/settlement-file/read-file.ts'

const HEADER = 'id_transaksi;id_pelanggan;kantor_pos;waktu;nominal;biaya_admin;biaya_kanal;status'

const format = delimitedFormat({
  cut: plainFields(';'),
  header: { text: HEADER },
  fields: 8,
  money: 'whole',
  names: {
    paymentId: 'id_transaksi',
    customerId: 'id_pelanggan',
    outlet: 'kantor_pos',
    at: 'waktu',
    amount: 'nominal',
    adminFee: 'biaya_admin',
    fee: 'biaya_kanal',
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
  trailer: { tag: '#TOTAL', fields: 5, at: [1, 2, 3, 4] },
})

export const settlement: SettlementLayout = {
  ...fileNames('POS', 'csv'),
  opensWith: (firstLine) => firstLine === HEADER,
  read: fileReader(format),
}
