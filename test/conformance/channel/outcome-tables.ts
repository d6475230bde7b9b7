/** Reads docs/reference/payment-outcomes.md: the tables that a partner reads are the ones that the endpoints are held to. */
import { readFileSync } from 'node:fs'
import type { ProtocolName } from '../../../shared/channel-port/channel.ts'
import type { Kind } from './counter.ts'

export type OutcomeRow = {
  readonly condition: string
  /** The name of the answer or of the refusal. */
  readonly name: string
  /** '' where the reply has none. */
  readonly code: string
  readonly httpStatus: number
  /** '' where the protocol has no such field. */
  readonly statusField: string
}

const HEADINGS: Readonly<Record<ProtocolName, string>> = {
  snap: 'SNAP',
  'pipe-h2h': 'Pipe H2H',
  'hub-h2h': 'Hub H2H',
}
const text = readFileSync(new URL('../../../docs/reference/payment-outcomes.md', import.meta.url), 'utf8')

/** In the order of the document; empty where the protocol has no such call. */
export function answerRows(protocol: ProtocolName, kind: Kind): readonly OutcomeRow[] {
  return rowsUnder(protocol, `${kind[0]?.toUpperCase()}${kind.slice(1)}`)
}

export function refusalRows(protocol: ProtocolName): readonly OutcomeRow[] {
  return rowsUnder(protocol, 'Refused')
}

/** Every code that a partner of this protocol may see, `xx` replaced by each service. */
export function codesOf(protocol: ProtocolName): readonly string[] {
  const kinds = ['inquiry', 'payment', 'reversal', 'status'] as const
  const rows = [...refusalRows(protocol), ...kinds.flatMap((kind) => answerRows(protocol, kind))]
  const codes = rows.flatMap(({ code }) =>
    code.includes('xx') ? ['24', '25'].map((s) => code.replace('xx', s)) : code,
  )
  return [...new Set(codes)].filter((code) => code !== '')
}

function rowsUnder(protocol: ProtocolName, heading: string): readonly OutcomeRow[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${HEADINGS[protocol]}\n`)) ?? ''
  const part = section.split(/^### /m).find((each) => each.startsWith(`${heading}\n`)) ?? ''
  const lines = part.split('\n').filter((line) => line.startsWith('|'))
  return lines.slice(2).map(rowOf)
}

function rowOf(line: string): OutcomeRow {
  const [condition = '', name = '', code = '', httpStatus = '', statusField = ''] = line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', ''))
  return { condition, name, code: code === 'none' ? '' : code, httpStatus: Number(httpStatus), statusField }
}
