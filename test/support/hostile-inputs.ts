/**
 * Inputs made to keep a reader busy, of any size, for every reader of bytes or text that comes from outside. Each is a good input
 * with one place of it repeated or filled, because that is where a pattern, a normalisation or a lookup goes wrong.
 * Used by test/conformance/readers.test.ts and bench/readers.ts.
 */
import { readCsvLayout } from '../../functions/serve-console/http/csv-layout.ts'
import { IMPORT_COLUMNS, readImportRow } from '../../functions/serve-console/memberships/import-row.ts'
import type { EndpointRequest } from '../../shared/channel-port/channel.ts'
import { channels } from '../../shared/channels/registry.ts'
import { settlementChannels } from '../../shared/channels/settlement-registry.ts'
import type { BusinessDate } from '../../shared/domain/instant.ts'
import { maskName } from '../../shared/domain/masked-name.ts'
import { readRemittance } from '../../shared/domain/settlement/remittance.ts'
import { readBankStatement } from '../../shared/protocols/bank-statement/read-statement.ts'
import { pinOf } from '../../shared/protocols/client-certificate.ts'
import { parseStrictJson } from '../../shared/protocols/strict-json.ts'
import { NOW } from '../conformance/channel/answers.ts'
import { counterOf, requestOf } from '../conformance/channel/counter.ts'
import { camt053, mt940, settlementFiles } from './settlement-files.ts'
import { readThrough } from './settlement-reading.ts'

export type HostileInput = {
  readonly reader: string
  readonly shape: string
  /** Text of about `size` characters. */
  readonly make: (size: number) => string
  readonly read: (text: string) => unknown
}

const DATE = '2026-11-20'
const ACCOUNT = '0018877665501'
const TODAY = DATE as BusinessDate
/** What patterns, normalisations and parsers stumble over when it comes without end. */
const FILLINGS: Readonly<Record<string, string>> = {
  digits: '1',
  letters: 'A',
  blanks: ' ',
  tabs: '\t',
  'line feeds': '\n',
  'carriage returns': '\r',
  slashes: '/',
  'slashes and line separators': '//\u2028',
  quotes: '"',
  commas: ',',
  colons: ':',
  ampersands: '&',
  'angle brackets': '<',
  'one mark': '\u0301',
  'marks out of order': '\u0301\u0323',
  'letters that grow': '\u0390\ufb03',
  'words and blanks': 'ab ',
  dates: '20261120 ',
  escapes: '\\"',
  percents: '%41',
  'equal signs': 'a=&',
}

/** At the end of each filling: no line feed, and yet an end of line to a pattern, so that it has to go back and try again. */
const BREAKER = '\u2028'

/** A good text, and the parts of it that are filled one after the other. */
type Sample = {
  readonly reader: string
  readonly good: string
  readonly slots: readonly string[]
  readonly read: HostileInput['read']
}

const row = {
  id: 'TRX-1',
  customer: '12345678901',
  outlet: 'T1',
  at: Date.UTC(2026, 10, 20, 5),
  amount: 8_400,
  adminFee: 2_500,
  fee: 1_500,
  status: 'S' as const,
}
const bankDay = {
  account: ACCOUNT,
  statementId: 'STMT-1',
  date: DATE,
  opening: 5,
  rows: [{ reference: 'BNK1', bookedOn: DATE, valueOn: DATE, amount: 15_300, remittance: 'INDOMARET REMITTANCE' }],
}
const statement = (text: string) => readBankStatement(Buffer.from(text), [ACCOUNT])
const IMPORT = [
  'kpj,nik,name,region_code,sector,funding,programs,income,phone,registered_on',
  '12345678901,3578011203850001,Budi Santoso,35.78.01.1001,farming,self,JKK+JKM,1000000,081234567890,2026-11-20',
  '',
].join('\n')

function importFile(text: string): unknown {
  const layout = readCsvLayout(Buffer.from(text), IMPORT_COLUMNS)
  return layout.outcome === 'read' ? layout.rows.map(({ fields }) => readImportRow(fields, TODAY)) : layout
}

const samples: readonly Sample[] = [
  {
    reader: 'strict JSON',
    good: '{"a":["text",1,{"b":true}]}',
    slots: ['text', '"text"', '1', '{"b":true}', 'a'],
    read: (text) => parseStrictJson(Buffer.from(text)),
  },
  {
    reader: 'camt.053',
    good: camt053([bankDay]),
    slots: ['INDOMARET REMITTANCE', 'BNK1', '15300.00', 'STMT-1', ACCOUNT, ' encoding="UTF-8"', 'camt.053.001.08'],
    read: statement,
  },
  {
    reader: 'MT940',
    good: mt940([bankDay]),
    slots: ['INDOMARET REMITTANCE', 'BNK1', '15300,00', 'STMT-1', ACCOUNT, 'NTRF', 'IDR'],
    read: statement,
  },
  {
    reader: 'import CSV',
    good: IMPORT,
    slots: ['Budi Santoso', '081234567890', '12345678901', '35.78.01.1001', '1000000', 'kpj'],
    read: importFile,
  },
  { reader: 'masked name', good: 'NAME', slots: ['NAME'], read: maskName },
  {
    reader: 'remittance',
    good: 'INDOMARET 20261120',
    slots: ['INDOMARET', ' ', '20261120'],
    read: (text) => readRemittance(text, ['indomaret', 'pos']),
  },
  {
    reader: 'client certificate',
    good: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
    slots: ['MIIB', '-----END CERTIFICATE-----'],
    read: pinOf,
  },
  ...settlementChannels.map((channel) => ({
    reader: `settlement ${channel.profile.name}`,
    good: settlementFiles[channel.profile.name]?.(DATE, [row]) ?? '',
    slots: ['TRX-1', '12345678901', '8400', 'S\n'],
    read: (text: string) => readThrough(channel, DATE, text),
  })),
  ...(await Promise.all(channels.map(endpointSample))),
]

/** What is repeated whole rather than filled: elements, fields, lines. */
const repeated: readonly HostileInput[] = [
  repeat('strict JSON', 'items', '[', '1,', '1]', (text) => parseStrictJson(Buffer.from(text))),
  repeat('strict JSON', 'depth', '', '[', '', (text) => parseStrictJson(Buffer.from(text))),
  { reader: 'strict JSON', shape: 'many keys', make: manyKeys, read: (text) => parseStrictJson(Buffer.from(text)) },
  ...['<Ntry>', '<Bal>', '<Stmt>', '<Acct>', '<TxDtls>', '<RmtInf>'].map((tag) => repeatElement(tag)),
  { reader: 'camt.053', shape: 'ids and entries', make: idsAndEntries, read: statement },
  repeat('camt.053', 'CDATA without end', '<a>', '<![CDATA[', '', statement),
  repeat('camt.053', 'comments without end', '<a>', '<!--', '', statement),
  repeat('camt.053', 'namespaces', '<a', ' xmlns="x"', '/>', statement),
  repeat('camt.053', 'attributes', '<a', ' b="c"', '/>', statement),
  repeat('camt.053', 'open tags', '', '<a>', '', statement),
  repeat('camt.053', 'text between tags', '<a>', 'x<b/>', '</a>', statement),
  ...[
    ':61:2611201120C1,00NTRFNONREF//B\r\n:86:X\r\n',
    ':86:X\r\n',
    ':20:A\r\n',
    '{4:\r\n',
    '-}\r\n',
    'T16\r\n:26:37\r\n',
  ].map((line) =>
    repeat(
      'MT940',
      `lines ${JSON.stringify(line.slice(0, 12))}`,
      mt940([bankDay]).split(':62F:')[0] ?? '',
      line,
      '',
      statement,
    ),
  ),
  repeat('import CSV', 'rows', IMPORT, `${IMPORT.split('\n')[1]}\n`, '', importFile),
  repeat('import CSV', 'open quotes', IMPORT, '"', '', importFile),
  repeat('import CSV', 'quoted line breaks', `${IMPORT}"`, '\n', '"', importFile),
]

export const HOSTILE_INPUTS: readonly HostileInput[] = [...samples.flatMap(filledSlots), ...repeated]

function filledSlots({ reader, good, slots, read }: Sample): readonly HostileInput[] {
  return slots.flatMap((slot) =>
    Object.entries(FILLINGS).map(([name, filling]) => ({
      reader,
      shape: `${name} in ${JSON.stringify(slot.slice(0, 20))}`,
      make: (size: number) => good.replace(slot, () => filling.repeat(Math.ceil(size / filling.length)) + BREAKER),
      read,
    })),
  )
}

function repeat(
  reader: string,
  shape: string,
  head: string,
  unit: string,
  tail: string,
  read: HostileInput['read'],
): HostileInput {
  return { reader, shape, make: (size) => head + unit.repeat(Math.ceil(size / unit.length)) + tail, read }
}

/** An element of a good statement, again and again where it stands. */
function repeatElement(tag: string): HostileInput {
  const good = camt053([bankDay])
  const end = `</${tag.slice(1)}`
  const element = good.slice(good.indexOf(tag), good.indexOf(end) + end.length)
  return {
    reader: 'camt.053',
    shape: `elements ${tag}`,
    make: (size) => good.replace(element, () => element.repeat(Math.ceil(size / element.length))),
    read: statement,
  }
}

function idsAndEntries(size: number): string {
  const good = camt053([bankDay])
  const entry = good.slice(good.indexOf('<Ntry>'), good.indexOf('</Ntry>') + 7)
  return good
    .replace('<Id>STMT-1</Id>', () => '<Id>A</Id>'.repeat(size / 20))
    .replace(entry, () => entry.repeat(Math.ceil(size / 2 / entry.length)))
}

function manyKeys(size: number): string {
  return `{${Array.from({ length: Math.ceil(size / 10) }, (_, i) => `"k${i}":1`).join(',')}}`
}

/** A partner's signed call with its body or query filled: refused for its size, its signature or its fields. */
async function endpointSample(channel: (typeof channels)[number]): Promise<Sample> {
  const { sandbox } = await import(`../../shared/channels/${channel.profile.name}/sandbox.ts`)
  const { partner, endpoint } = await counterOf({ channel, sandbox })
  const call = {
    id: 'TRX-1',
    customerId: '12345678901',
    months: 1,
    amountRupiah: 8_400,
    adminFeeRupiah: 2_500,
    outlet: 'T1',
  }
  const signed = requestOf(channel, await partner.sign('payment', call))
  const isQuery = signed.rawQuery !== ''
  const good = isQuery ? signed.rawQuery : Buffer.from(signed.body).toString()
  const read = (text: string) => {
    const request: EndpointRequest = isQuery ? { ...signed, rawQuery: text } : { ...signed, body: Buffer.from(text) }
    return endpoint.read(request, NOW)
  }
  return { reader: `endpoint ${channel.profile.name}`, good, slots: ['TRX-1', '12345678901', '8400'], read }
}
