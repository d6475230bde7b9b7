/** The settlement files that the sandboxes' back offices write, letter by letter: traffic and demos are only as true as these. */
import { expect, test } from 'vitest'
import type { PartnerRow, Sandbox } from '../../../shared/channel-port/partner.ts'
import { sandbox as alfamart } from '../../../shared/channels/alfamart/sandbox.ts'
import { sandbox as bni } from '../../../shared/channels/bni/sandbox.ts'
import { sandbox as brilink } from '../../../shared/channels/brilink/sandbox.ts'
import { sandbox as indomaret } from '../../../shared/channels/indomaret/sandbox.ts'
import { sandbox as pos } from '../../../shared/channels/pos/sandbox.ts'

/** 14:03:21 in Jakarta on that day; a payment of the first minutes of the day is still the day before in UTC. */
const ROWS: readonly PartnerRow[] = [
  row('TRX-1', Date.UTC(2026, 10, 20, 7, 3, 21), 16_800, 'S'),
  row('TRX-2', Date.UTC(2026, 10, 19, 17, 0, 5), 100_800, 'S'),
  row('TRX-1', Date.UTC(2026, 10, 20, 7, 4, 0), 16_800, 'R'),
]

function row(id: string, at: number, amount: number, status: 'S' | 'R'): PartnerRow {
  return { id, customer: '12345678901', outlet: 'T001', at, amount, adminFee: 2_500, fee: 1_500, status }
}

test.each<[string, Sandbox, string, readonly string[]]>([
  [
    'alfamart',
    alfamart,
    'ALFA_20261120.txt',
    [
      'H|ALFAMART|20261120',
      'D|TRX-1|T001|12345678901|20261120140321|01|16800|2500|1500|S',
      'D|TRX-2|T001|12345678901|20261120000005|01|100800|2500|1500|S',
      'D|TRX-1|T001|12345678901|20261120140400|01|16800|2500|1500|R',
      'T|3|100800|1500|99300',
    ],
  ],
  [
    'bni',
    bni,
    'BNI_20261120.csv',
    [
      'TRX_DATE,TRX_TIME,PAYMENT_REQUEST_ID,CUSTOMER_NO,AMOUNT,FEE,STATUS',
      '"2026-11-20","14:03:21","TRX-1","12345678901","16800.00","1500.00","S"',
      '"2026-11-20","00:00:05","TRX-2","12345678901","100800.00","1500.00","S"',
      '"2026-11-20","14:04:00","TRX-1","12345678901","16800.00","1500.00","R"',
      'TOTAL,3,,,100800.00,1500.00,99300.00',
    ],
  ],
  [
    'brilink',
    brilink,
    'BRIVA_20261120.txt',
    [
      'HBRIVA20261120',
      `D${'TRX-1'.padEnd(64)}${'12345678901'.padEnd(20)}202611201403210000000000168000000001500S`,
      `D${'TRX-2'.padEnd(64)}${'12345678901'.padEnd(20)}202611200000050000000001008000000001500S`,
      `D${'TRX-1'.padEnd(64)}${'12345678901'.padEnd(20)}202611201404000000000000168000000001500R`,
      'T0000000003000000000000100800000000000000001500000000000000099300',
    ],
  ],
  [
    'indomaret',
    indomaret,
    'IDM_20261120.csv',
    [
      'transaction_id,customer_id,outlet_id,transacted_at,amount,admin_fee,channel_fee,status',
      'TRX-1,12345678901,T001,2026-11-20T14:03:21,16800,2500,1500,S',
      'TRX-2,12345678901,T001,2026-11-20T00:00:05,100800,2500,1500,S',
      'TRX-1,12345678901,T001,2026-11-20T14:04:00,16800,2500,1500,R',
      '#TRAILER,3,100800,1500,99300',
    ],
  ],
  [
    'pos',
    pos,
    'POS_20261120.csv',
    [
      'id_transaksi;id_pelanggan;kantor_pos;waktu;nominal;biaya_admin;biaya_kanal;status',
      'TRX-1;12345678901;T001;2026-11-20T14:03:21;16800;2500;1500;S',
      'TRX-2;12345678901;T001;2026-11-20T00:00:05;100800;2500;1500;S',
      'TRX-1;12345678901;T001;2026-11-20T14:04:00;16800;2500;1500;R',
      '#TOTAL;3;100800;1500;99300',
    ],
  ],
])('%s', (_, { settlement }, name, lines) => {
  expect(settlement.fileName('2026-11-20')).toBe(name)
  expect(settlement.write('2026-11-20', ROWS)).toBe([...lines, ''].join('\n'))
})

test('a day on which more was taken back than settled has negative sums, in fixed columns too', () => {
  const taken = ROWS.slice(2)
  const lastLine = ({ settlement }: Sandbox) => settlement.write('2026-11-20', taken).split('\n').at(-2)
  expect(lastLine(pos)).toBe('#TOTAL;1;-16800;-1500;-15300')
  expect(lastLine(brilink)).toBe('T0000000001-00000000000016800-00000000000001500-00000000000015300')
})

test('a quote within a field is doubled where fields stand in quotes', () => {
  const quoted = [{ ...(ROWS[0] as PartnerRow), id: 'A"B' }]
  expect(bni.settlement.write('2026-11-20', quoted)).toContain('"A""B"')
})
