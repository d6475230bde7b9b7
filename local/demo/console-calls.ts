/**
 * The console API as the demo and traffic call it: with an operator's token, over HTTP, like everybody else.
 * Throws an Error that names call and status; an answer's text is never repeated, it may hold a row.
 */
import type { View } from '../../functions/serve-console/http/schema.ts'
import type { importResult } from '../../functions/serve-console/memberships/schemas.ts'
import type { MemberRow } from './people.ts'

export type ImportResult = View<typeof importResult>

/** `path` as the console has it. */
type PostAsOperator = (
  path: string,
  body: object,
) => Promise<{ readonly steps?: readonly string[]; readonly state?: string }>

export type ConsoleCalls = {
  readonly importRows: (rows: readonly MemberRow[]) => Promise<ImportResult>
  /** As two people do it. */
  readonly closeMembership: (kpj: string, closing: { readonly reason: string; readonly on: string }) => Promise<unknown>
  /** Any call with a JSON body, as the operator. */
  readonly post: PostAsOperator
  readonly get: (path: string) => Promise<unknown>
  /** A sponsor's list, as CSV. */
  readonly handOver: (path: string, list: string) => Promise<unknown>
  /** Answers the code by which the bill can be paid. */
  readonly issueBill: (bill: {
    readonly kpj: string
    readonly months: number
    readonly validUntil: string
  }) => Promise<string>
}

const HEADER = 'kpj,nik,name,region_code,sector,funding,programs,income,phone,registered_on'
const PATIENCE_MILLIS = 30_000

/** `tokens` by role, as `.hub/sandbox/operators.json` has them. */
export function consoleCalls(hub: string, tokens: Readonly<Record<string, string>>): ConsoleCalls {
  const ask = async (role: string, path: string, sent: RequestInit): Promise<unknown> => {
    const headers = { ...sent.headers, authorization: `Bearer ${tokens[role]}` }
    const signal = AbortSignal.timeout(PATIENCE_MILLIS)
    const reply = await fetch(new URL(path, hub), { ...sent, headers, signal })
    if (reply.ok) return reply.json()
    await reply.body?.cancel()
    const call = `${sent.method} ${path.replace(/\d{11}/, '{kpj}')}`
    throw new Error(`expected ${call} to be answered 2xx for the ${role}, got ${reply.status}; see the hub's logs`)
  }
  const post = (role: string, path: string, type: string, body: string) =>
    ask(role, path, { method: 'POST', headers: { 'content-type': type }, body })
  const json = (role: string, path: string, body: object) => post(role, path, 'application/json', JSON.stringify(body))
  return {
    importRows: async (rows) =>
      (await post('operator', '/api/memberships/import', 'text/csv', importFile(rows))) as ImportResult,
    post: async (path, body) => (await json('operator', path, body)) as Awaited<ReturnType<PostAsOperator>>,
    get: (path) => ask('operator', path, { method: 'GET' }),
    handOver: (path, list) => post('operator', path, 'text/csv', list),
    closeMembership: async (kpj, closing) => {
      await json('admin', `/api/memberships/${kpj}/closure`, closing)
      return json('approver', `/api/memberships/${kpj}/closure/approval`, { decision: 'approve' })
    },
    issueBill: async (bill) => ((await json('operator', '/api/bills', bill)) as { billCode: string }).billCode,
  }
}

/** The rows as the file that an operator would upload. Invented names and numbers need no quotes. */
export function importFile(rows: readonly MemberRow[]): string {
  return [HEADER, ...rows.map(lineOf)].join('\n')
}

function lineOf(row: MemberRow): string {
  const { kpj, nik, name, regionCode, sector, funding, programs, income, phone, registeredOn } = row
  return [kpj, nik, name, regionCode, sector, funding, programs, income, phone, registeredOn].join(',')
}
