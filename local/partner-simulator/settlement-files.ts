/**
 * The partners' and the bank's side of settlement: each channel's own writer (its `sandbox.ts`), and camt.053 and MT940 from plain
 * rows. Shares no code with the readers, so that both being wrong in the same way takes two mistakes.
 */
import type { PartnerRow, Sandbox } from '../../shared/channel-port/partner.ts'
import { settlementChannels } from '../../shared/channels/settlement-registry.ts'

export type { PartnerRow } from '../../shared/channel-port/partner.ts'

/** `date` is `2026-11-20`. The rows' order is the file's. */
export type FileWriter = (date: string, rows: readonly PartnerRow[]) => string

const writers = await Promise.all(
  settlementChannels.map(async ({ profile }) => {
    const module = `../../shared/channels/${profile.name}/sandbox.ts`
    const { sandbox } = (await import(module)) as { readonly sandbox: Sandbox }
    return [profile.name, sandbox.settlement] as const
  }),
)

export const settlementFileNames: Readonly<Record<string, (date: string) => string>> = Object.fromEntries(
  writers.map(([name, { fileName }]) => [name, fileName]),
)

export const settlementFiles: Readonly<Record<string, FileWriter>> = Object.fromEntries(
  writers.map(([name, { write }]) => [name, write]),
)

/** A movement on the hub's account as the bank has it: `amount` is what it adds, in rupiah with at most two decimals, negative for a debit. */
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
        `<Amt Ccy="IDR">${decimals(row.amount)}</Amt>`,
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
        const marker = row.reversal ? (row.amount < 0 ? 'RC' : 'RD') : row.amount < 0 ? 'D' : 'C'
        const booked = row.bookedOn.slice(5).replace('-', '')
        return [
          `:61:${yymmdd(row.valueOn)}${booked}${marker}${comma(Math.abs(row.amount))}NTRFNONREF//${row.reference}`,
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
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="IDR">${decimals(amount)}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Dt><Dt>${date}</Dt></Dt></Bal>`
}

function compact(date: string): string {
  return date.replaceAll('-', '')
}

function yymmdd(date: string): string {
  return compact(date).slice(2)
}

function comma(amount: number): string {
  return decimals(amount).replace('.', ',')
}

/** Without its sign, which each format writes in a field of its own. */
function decimals(amount: number): string {
  return Math.abs(amount).toFixed(2)
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
