/**
 * ISO 20022 camt.053, versions 001.02 and 001.08, the bank's end-of-day statement: entries, batches, returned credits, balances.
 *
 * Promises: the version is one of these two (another one is another layout); each element is looked up once; an entry that is not booked is left out and counted; a
 * batch whose transactions name their amounts becomes one movement each, if they add up to the entry. CdtDbtInd says what an
 * entry did to the account, also where RvslInd marks it as a reversal.
 */
import { type BusinessDate, businessDateOf, parseBusinessDate, parseInstant } from '../../domain/instant.ts'
import { readPlainXml, type XmlElement } from './plain-xml.ts'
import { senOf } from './sen.ts'
import {
  type Balance,
  type Found,
  isForeign,
  LONGEST_NAME,
  type Movement,
  refusedBank,
  type StatementFound,
} from './statement.ts'

const NAMESPACES = ['02', '08'].map((version) => `urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}`)
const INTERMEDIATE = 'INTM'
/** Of a balance: opening (or the closing before), closing, and those between the pages of one day. */
const OPENING = ['OPBD', 'PRCD', 'ITBD']
const CLOSING = ['CLBD', 'ITBD']
const NOT_BOOKED = ['PDNG', 'INFO', 'FUTR']

export function readCamt053(text: string): Found {
  const xml = readPlainXml(text)
  if (xml.kind === 'not-plain') return refusedBank('XML_NOT_PLAIN', xml.detail)
  if (xml.kind === 'broken') return refusedBank('LAYOUT_CHANGED', 'expected well-formed XML')
  const [document, ...more] = xml.root.all('Document')
  if (!document || more.length > 0 || !NAMESPACES.some((name) => xml.namespaces.includes(name))) {
    return refusedBank('LAYOUT_CHANGED', `expected one Document of ${NAMESPACES.join(' or ')}`)
  }
  const statements: StatementFound[] = []
  for (const statement of document.all('BkToCstmrStmt').flatMap((message) => message.all('Stmt'))) {
    const found = statementOf(statement)
    if ('kind' in found) return found
    statements.push(found)
  }
  return { kind: 'found', statements }
}

function statementOf(statement: XmlElement): StatementFound | ReturnType<typeof refusedBank> {
  const entries = statement.all('Ntry')
  const balances = statement.all('Bal')
  const booked = entries.filter((entry) => !NOT_BOOKED.includes(statusOf(entry)))
  const named = statement.at('Acct', 'Ccy')
  const currencies = [...(named === '' ? [] : [named]), ...[...balances, ...booked].flatMap(currenciesOf)]
  const id = statement.at('Id').slice(0, LONGEST_NAME)
  const movements: Movement[] = []
  for (const [i, entry] of isForeign(currencies) ? [] : entries.entries()) {
    if (NOT_BOOKED.includes(statusOf(entry))) continue
    const found = movementsOf(entry, id)
    if (typeof found === 'string') return refusedBank('BAD_ENTRY', found, i + 1)
    for (const movement of found) movements.push(movement)
  }
  const lastPage = statement.at('StmtPgntn', 'LastPgInd')
  return {
    id,
    account: statement.at('Acct', 'Id', 'Othr', 'Id') || statement.at('Acct', 'Id', 'IBAN'),
    number: numberIn(statement.at('ElctrncSeqNb')) ?? numberIn(statement.at('LglSeqNb')),
    page: numberIn(statement.at('StmtPgntn', 'PgNb')),
    isLastPage: lastPage === '' ? null : lastPage === 'true' || lastPage === '1',
    currencies,
    opening: balanceOf(balances, OPENING),
    closing: balanceOf([...balances].reverse(), CLOSING),
    movements,
    pending: entries.length - booked.length,
  }
}

function numberIn(text: string): number | null {
  return /^\d{1,10}$/.test(text) ? Number(text) : null
}

function statusOf(entry: XmlElement): string {
  return entry.at('Sts', 'Cd') || entry.at('Sts')
}

/** What is wrong, as a text, where the entry cannot be read. */
function movementsOf(entry: XmlElement, statementId: string): readonly Movement[] | string {
  if (statusOf(entry) !== 'BOOK') return 'expected an entry that is booked or pending'
  const amountSen = signedAmount(entry)
  if (amountSen === undefined) return 'expected an amount, and whether it is a credit or a debit'
  const bookedOn = dateOf(entry, 'BookgDt')
  if (bookedOn === undefined) return 'expected a booking date'
  const valueOn = entry.all('ValDt').length > 0 ? dateOf(entry, 'ValDt') : bookedOn
  if (valueOn === undefined) return 'expected a value date that is a date'
  const common = { bookedOn, valueOn, code: codeOf(entry) }
  const details = entry.all('NtryDtls').flatMap((each) => each.all('TxDtls'))
  const reference = referenceOf(entry, statementId)
  const extra = [entry.at('AddtlNtryInf')]
  const parts = details.map((detail) => signedAmount(detail, entry))
  if (details.length < 2 || parts.some((part) => part === undefined)) {
    return [{ ...common, amountSen, reference, remittance: joined([...details.flatMap(wordsOf), ...extra]) }]
  }
  const sum = parts.reduce<number>((total, part) => total + (part ?? 0), 0)
  if (sum !== amountSen) return 'expected the transactions of a batch to add up to its entry'
  return details.map((detail, i) => ({
    ...common,
    amountSen: parts[i] as number,
    reference: ownReference(detail.at('Refs', 'AcctSvcrRef')) || (reference && `${reference}/${i + 1}`),
    remittance: joined([...wordsOf(detail), ...extra]),
  }))
}

/** The servicer's reference is unique at the bank; an entry's number only within its statement. */
function referenceOf(entry: XmlElement, statementId: string): string {
  const servicer = ownReference(entry.at('AcctSvcrRef'))
  const number = ownReference(entry.at('NtryRef'))
  return servicer || (number && `${statementId}/${number}`)
}

function ownReference(text: string): string {
  return text === 'NOTPROVIDED' || text === 'NONREF' ? '' : text
}

/** `direction`: where the sign stands when the element itself has none. */
function signedAmount(element: XmlElement, direction = element): number | undefined {
  const text = element.at('Amt') || element.at('AmtDtls', 'TxAmt', 'Amt')
  const sen = text.includes(',') ? undefined : senOf(text)
  const sign = signOf(element) ?? signOf(direction)
  return sen === undefined || sign === undefined ? undefined : sen * sign
}

function signOf(element: XmlElement): 1 | -1 | undefined {
  const mark = element.at('CdtDbtInd')
  return mark === 'CRDT' ? 1 : mark === 'DBIT' ? -1 : undefined
}

/** The bank's own type of movement: of the domain's family, or its own list. */
function codeOf(entry: XmlElement): string {
  const code = entry.at('BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd') || entry.at('BkTxCd', 'Prtry', 'Cd')
  return code.slice(0, LONGEST_NAME)
}

function balanceOf(balances: readonly XmlElement[], codes: readonly string[]): Balance | null {
  for (const code of codes) {
    const found = balances.find((balance) => balance.at('Tp', 'CdOrPrtry', 'Cd') === code)
    if (!found) continue
    const sen = signedAmount(found)
    const isIntermediate = code === 'ITBD' || found.at('Tp', 'SubTp', 'Cd') === INTERMEDIATE
    return sen === undefined ? null : { sen, on: parseBusinessDate(found.at('Dt', 'Dt')) ?? null, isIntermediate }
  }
  return null
}

function currenciesOf(element: XmlElement): readonly string[] {
  return element.all('Amt').map((amount) => amount.attribute('Ccy') ?? '')
}

function dateOf(entry: XmlElement, name: 'BookgDt' | 'ValDt'): BusinessDate | undefined {
  const date = entry.at(name, 'Dt')
  if (date) return parseBusinessDate(date)
  const at = parseInstant(entry.at(name, 'DtTm'))
  return at === undefined ? undefined : businessDateOf(at)
}

function wordsOf(detail: XmlElement): readonly string[] {
  const remittance = detail.all('RmtInf')
  const structured = remittance.flatMap((info) => info.all('Strd'))
  return [
    ...remittance.flatMap((info) => info.all('Ustrd').map(({ text }) => text)),
    ...structured.flatMap((info) => [info.at('CdtrRefInf', 'Ref'), ...info.all('AddtlRmtInf').map(({ text }) => text)]),
    detail.at('AddtlTxInf'),
  ]
}

function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n')
}
