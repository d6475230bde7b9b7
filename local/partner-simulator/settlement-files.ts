/**
 * The partners' and the bank's side: writes the five settlement layouts, camt.053 and MT940 from plain rows. Shares no code
 * with the readers (own money, own times, own totals), so that both being wrong in the same way takes two mistakes.
 */

/** A row as a partner's back office has it. Money in whole rupiah, `at` in milliseconds UTC. */
export type PartnerRow = {
  readonly id: string
  readonly customer: string
  readonly outlet: string
  readonly at: number
  readonly amount: number
  readonly adminFee: number
  readonly fee: number
  readonly status: 'S' | 'R'
}

/** `date` is `2026-11-20`. The rows' order is the file's. */
export type FileWriter = (date: string, rows: readonly PartnerRow[]) => string

const WIB = 7 * 60 * 60 * 1_000

export const settlementFileNames: Readonly<Record<string, (date: string) => string>> = {
  indomaret: (date) => `IDM_${compact(date)}.csv`,
  pos: (date) => `POS_${compact(date)}.csv`,
  alfamart: (date) => `ALFA_${compact(date)}.txt`,
  brilink: (date) => `BRIVA_${compact(date)}.txt`,
  bni: (date) => `BNI_${compact(date)}.csv`,
}

export const settlementFiles: Readonly<Record<string, FileWriter>> = {
  indomaret: (_date, rows) => {
    const { lines, amount, fee, net } = totals(rows)
    return [
      'transaction_id,customer_id,outlet_id,transacted_at,amount,admin_fee,channel_fee,status',
      ...rows.map((row) =>
        [row.id, row.customer, row.outlet, iso(row.at), row.amount, row.adminFee, row.fee, row.status].join(','),
      ),
      `#TRAILER,${lines},${amount},${fee},${net}`,
      '',
    ].join('\n')
  },
  pos: (_date, rows) => {
    const { lines, amount, fee, net } = totals(rows)
    return [
      'id_transaksi;id_pelanggan;kantor_pos;waktu;nominal;biaya_admin;biaya_kanal;status',
      ...rows.map((row) =>
        [row.id, row.customer, row.outlet, iso(row.at), row.amount, row.adminFee, row.fee, row.status].join(';'),
      ),
      `#TOTAL;${lines};${amount};${fee};${net}`,
      '',
    ].join('\n')
  },
  alfamart: (date, rows) => {
    const { lines, amount, fee, net } = totals(rows)
    return [
      `H|ALFAMART|${compact(date)}`,
      ...rows.map((row) =>
        [
          'D',
          row.id,
          row.outlet,
          row.customer,
          digits(row.at),
          '01',
          row.amount,
          row.adminFee,
          row.fee,
          row.status,
        ].join('|'),
      ),
      `T|${lines}|${amount}|${fee}|${net}`,
      '',
    ].join('\n')
  },
  brilink: (date, rows) => {
    const { lines, amount, fee, net } = totals(rows)
    return [
      `HBRIVA${compact(date)}`,
      ...rows.map(
        (row) =>
          `D${row.id.padEnd(64)}${row.customer.padEnd(20)}${digits(row.at)}${zeros(row.amount, 15)}${zeros(row.fee, 10)}${row.status}`,
      ),
      `T${zeros(lines, 10)}${zeros(amount, 18)}${zeros(fee, 18)}${zeros(net, 18)}`,
      '',
    ].join('\n')
  },
  bni: (_date, rows) => {
    const { lines, amount, fee, net } = totals(rows)
    const cents = (money: number) => `${money}.00`
    return [
      'TRX_DATE,TRX_TIME,PAYMENT_REQUEST_ID,CUSTOMER_NO,AMOUNT,FEE,STATUS',
      ...rows.map((row) => {
        const [day, time] = iso(row.at).split('T')
        return [day, time, row.id, row.customer, cents(row.amount), cents(row.fee), row.status]
          .map((field) => `"${String(field).replaceAll('"', '""')}"`)
          .join(',')
      }),
      `TOTAL,${lines},,,${cents(amount)},${cents(fee)},${cents(net)}`,
      '',
    ].join('\n')
  },
}

/** A movement on the hub's account as the bank has it: `amount` is what it adds, negative for a debit. */
export type BankRow = {
  readonly reference: string
  readonly bookedOn: string
  readonly valueOn: string
  readonly amount: number
  readonly remittance: string
  /** A reversal of an earlier movement: of a credit when the amount is negative. */
  readonly reversal?: boolean
  /** Not booked yet. Only camt.053 has such entries, and they are in no balance. */
  readonly pending?: boolean
}

export type BankDay = {
  readonly account: string
  readonly statementId: string
  readonly date: string
  readonly opening: number
  readonly rows: readonly BankRow[]
}

export function camt053(days: readonly BankDay[]): string {
  const statements = days.map(({ account, statementId, date, opening, rows }) => {
    const closing = opening + rows.reduce((sum, row) => sum + (row.pending ? 0 : row.amount), 0)
    const entries = rows.map((row) =>
      [
        '<Ntry>',
        `<NtryRef>${row.reference}</NtryRef>`,
        `<Amt Ccy="IDR">${Math.abs(row.amount)}.00</Amt>`,
        `<CdtDbtInd>${row.amount < 0 ? 'DBIT' : 'CRDT'}</CdtDbtInd>`,
        row.reversal ? '<RvslInd>true</RvslInd>' : '',
        `<Sts><Cd>${row.pending ? 'PDNG' : 'BOOK'}</Cd></Sts>`,
        `<BookgDt><Dt>${row.bookedOn}</Dt></BookgDt><ValDt><Dt>${row.valueOn}</Dt></ValDt>`,
        `<AcctSvcrRef>${row.reference}</AcctSvcrRef>`,
        '<BkTxCd><Prtry><Cd>NTRF</Cd></Prtry></BkTxCd>',
        `<NtryDtls><TxDtls><RmtInf><Ustrd>${xml(row.remittance)}</Ustrd></RmtInf></TxDtls></NtryDtls>`,
        '</Ntry>',
      ].join(''),
    )
    return [
      `<Stmt><Id>${statementId}</Id><CreDtTm>${date}T23:59:00+07:00</CreDtTm>`,
      `<Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>IDR</Ccy></Acct>`,
      balance('OPBD', opening, date),
      balance('CLBD', closing, date),
      ...entries,
      '</Stmt>',
    ].join('\n')
  })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>',
    `<GrpHdr><MsgId>${days[0]?.statementId ?? 'NONE'}</MsgId><CreDtTm>2026-11-21T05:00:00+07:00</CreDtTm></GrpHdr>`,
    ...statements,
    '</BkToCstmrStmt></Document>',
    '',
  ].join('\n')
}

/** Lines of 65 characters at most after `:86:`, as the format has it; the break falls wherever it falls. */
export function mt940(days: readonly BankDay[]): string {
  return days
    .map(({ account, statementId, date, opening, rows }) => {
      const closing = opening + rows.reduce((sum, row) => sum + row.amount, 0)
      const movements = rows.flatMap((row) => {
        const mark = row.reversal ? (row.amount < 0 ? 'RC' : 'RD') : row.amount < 0 ? 'D' : 'C'
        const booked = row.bookedOn.slice(5).replace('-', '')
        return [
          `:61:${yymmdd(row.valueOn)}${booked}${mark}${comma(Math.abs(row.amount))}NTRFNONREF//${row.reference}`,
          ...`:86:${row.remittance}`.match(/.{1,65}/g)!,
        ]
      })
      return [
        `:20:${statementId}`,
        `:25:${account}`,
        ':28C:00325/001',
        `:60F:${opening < 0 ? 'D' : 'C'}${yymmdd(date)}IDR${comma(Math.abs(opening))}`,
        ...movements,
        `:62F:${closing < 0 ? 'D' : 'C'}${yymmdd(date)}IDR${comma(Math.abs(closing))}`,
        '-',
        '',
      ].join('\r\n')
    })
    .join('')
}

function balance(code: string, amount: number, date: string): string {
  const sign = amount < 0 ? 'DBIT' : 'CRDT'
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="IDR">${Math.abs(amount)}.00</Amt><CdtDbtInd>${sign}</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`
}

function totals(rows: readonly PartnerRow[]) {
  let amount = 0
  let fee = 0
  for (const row of rows) {
    amount += row.status === 'R' ? -row.amount : row.amount
    fee += row.status === 'R' ? -row.fee : row.fee
  }
  return { lines: rows.length, amount, fee, net: amount - fee }
}

function iso(at: number): string {
  return new Date(at + WIB).toISOString().slice(0, 19)
}

function digits(at: number): string {
  return iso(at).replace(/\D/g, '')
}

function compact(date: string): string {
  return date.replaceAll('-', '')
}

function yymmdd(date: string): string {
  return compact(date).slice(2)
}

function comma(amount: number): string {
  return `${amount},00`
}

/** A negative sum has its sign in the first place. */
function zeros(value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0')
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
