/**
 * The audit of settlement once all is quiet: each day's bridge, what each channel owes, where each movement of the bank is, from
 * what partners and the bank said (outside.ts) and from the ledger's facts. Books: books.ts. People: two-people.ts. Types only.
 */
import type { PlacedMovement } from '../../../shared/store/settlements/bank-movements.ts'
import type { Statement } from '../../../shared/store/settlements/records.ts'
import { booksAgree } from './books.ts'
import { decisionKey, demand, factsOf, type Ledger } from './ledger.ts'
import { movementsThatCount, type SentFile, standingFiles } from './outside.ts'
import { channelsOf, isForPeople, type Money, openItemsOf, type SettledBooks, sumOf } from './settled-books.ts'
import { decisionsAreDone, exitsAreDone, placementsStand } from './two-people.ts'

export function settlementAgrees(ledger: Ledger, books: SettledBooks): void {
  const standing = standingMoney(ledger)
  onceEach(ledger, standing)
  for (const statement of books.statements) statementAgrees(ledger, statement, standing)
  bankAgrees(ledger, books)
  receivablesAgree(ledger, books, standing)
  booksAgree(ledger, books, standing)
  decisionsAreDone(ledger, books)
  placementsStand(ledger, books)
  exitsAreDone(ledger)
  mistakesAreFound(ledger, books)
}

/** What a channel collected and nobody took back. */
function standingMoney(ledger: Ledger): readonly Money[] {
  return [...ledger.accounts].flatMap(([account, facts]) => {
    const reversed = new Set(facts.flatMap(({ fact }) => (fact.kind === 'reversal' ? [fact.reverses as string] : [])))
    return factsOf(ledger, account).flatMap(({ key, fact }): readonly Money[] => {
      if (reversed.has(key)) return []
      if (fact.kind === 'payment') return [{ fact, channel: fact.source, paymentId: fact.id[0] ?? '' }]
      return fact.kind === 'posting' ? [{ fact, channel: fact.id[0] ?? '', paymentId: fact.id[1] ?? '' }] : []
    })
  })
}

function onceEach(ledger: Ledger, standing: readonly Money[]): void {
  const seen = new Set<string>()
  for (const { channel, paymentId } of standing) {
    const key = decisionKey(channel, paymentId)
    demand(ledger, 'nothing is posted twice', !seen.has(key), () => key)
    seen.add(key)
  }
}

function statementAgrees(ledger: Ledger, statement: Statement, standing: readonly Money[]): void {
  const { channel, date, bridge } = statement
  const where = `${channel} ${date} v${statement.version}`
  const own = standing.filter((money) => money.channel === channel && money.fact.businessDate === date)
  const hub = sumOf(own.map(({ fact }) => fact.amount))
  const row = (label: string) => sumOf(bridge.filter((each) => each.label === label).map((each) => each.amountRupiah))
  const stands = row('hub-payments') + row('hub-reversed')
  demand(ledger, 'a day has the payments that stand', stands === hub, () => `${where}: ${stands}, expected ${hub}`)
  const file = fileOf(ledger, statement, where)
  if (!file) return
  const amount = sumOf(file.rows.map((each) => (each.status === 'R' ? -each.amount : each.amount)))
  const fees = sumOf(file.rows.map((each) => (each.status === 'R' ? -each.fee : each.fee)))
  const isFiles = statement.fileRupiah === amount && statement.channelFeesRupiah === fees
  demand(
    ledger,
    'a day says what its file says',
    isFiles,
    () => `${where}: ${statement.fileRupiah}, expected ${amount}`,
  )
  const end = bridge.findIndex(({ label }) => label === 'file-total')
  const toTheFile = sumOf(bridge.slice(0, end).map((each) => each.amountRupiah))
  const toTheBank = row('file-net') + row('bank-awaited') + row('bank-difference')
  const foots =
    end > 0 &&
    toTheFile === amount &&
    statement.unexplainedRupiah === 0 &&
    row('file-net') === amount - fees &&
    toTheBank === row('bank-credit')
  demand(ledger, 'a day’s bridge foots', foots, () => `${where}: ${JSON.stringify(bridge)}`)
}

/** The version that counts, by what was sent and what two people said of it; a withdrawn one counts no longer. */
function fileOf(ledger: Ledger, statement: Statement, where: string): SentFile | undefined {
  const { channel, date, file } = statement
  const standing = standingFiles(ledger.outside, channel, date)
  const counts = standing.find((each) => (each?.sha256 ?? null) === (file?.sha256 ?? null))
  const expected = standing.map((each) => each?.sha256.slice(0, 8) ?? 'none').join(' or ')
  demand(
    ledger,
    'a day has the file that counts',
    counts !== undefined,
    () => `${where}: ${file?.sha256.slice(0, 8) ?? 'none'}, expected ${expected}`,
  )
  return counts ?? undefined
}

/** Every movement that the bank booked has one place, and the days read just these. */
function bankAgrees(ledger: Ledger, books: SettledBooks): void {
  const { movements, statements } = books
  const expected = movementsThatCount(ledger.outside)
  // A debit is known under its reference and what it was.
  const known = new Map<string, number>(
    movements.map(({ movement: { id, amount } }) => [id.replace(/~.*/, ''), amount]),
  )
  const isBanks = known.size === expected.size && [...expected].every(([id, amount]) => known.get(id) === amount)
  demand(
    ledger,
    'the bank’s movements are those of its statements',
    isBanks,
    () => `${[...known]}, not ${[...expected]}`,
  )
  for (const { movement, placement } of movements) {
    const placed = sumOf((placement?.places ?? []).map((place) => place.amount))
    demand(
      ledger,
      'a movement of the bank has one place',
      placed === movement.amount || isForPeople(books, { movement, placement }),
      () => `${movement.id}: ${placed} of ${movement.amount}`,
    )
  }
  for (const { channel, date, bankRupiah } of statements) {
    const placed = placedOn(movements, channel, date)
    demand(
      ledger,
      'a day reads what was placed on it',
      bankRupiah === placed,
      () => `${channel} ${date}: ${bankRupiah}, expected ${placed}`,
    )
  }
}

function placedOn(movements: readonly PlacedMovement[], channel: string, date?: string): number {
  const places = movements.flatMap(({ placement }) => placement?.places ?? [])
  return sumOf(
    places.map((place) =>
      place.kind === 'channel-day' && place.channel === channel && (date ?? place.date) === place.date
        ? place.amount
        : 0,
    ),
  )
}

/** receivable = standing payments - fees of the files - bank - written off - charged = open items */
function receivablesAgree(ledger: Ledger, books: SettledBooks, standing: readonly Money[]): void {
  for (const channel of channelsOf(books)) {
    const own = books.statements.filter((statement) => statement.channel === channel)
    const collected = sumOf(standing.filter((money) => money.channel === channel).map(({ fact }) => fact.amount))
    const fees = sumOf(own.map((statement) => statement.channelFeesRupiah))
    const moved = sumOf(own.map(movedFromReceivable))
    const expected = collected - fees - placedOn(books.movements, channel) - moved
    const open = openItemsOf(own)
    demand(
      ledger,
      'what a channel owes is its open items',
      open === expected,
      () => `${channel}: ${open}, expected ${expected}`,
    )
  }
}

function movedFromReceivable({ writtenOffRupiah, chargedRupiah, feesMoved }: Statement): number {
  return writtenOffRupiah - feesMoved.writtenOffRupiah + (chargedRupiah - feesMoved.chargedRupiah)
}

/** What the file that counts says otherwise than the hub is a case, on its day or on the day that has the line. */
function mistakesAreFound(ledger: Ledger, { cases, statements }: SettledBooks): void {
  for (const statement of statements) {
    const { channel, date } = statement
    const sent = ledger.outside.files.get(`${channel} ${date}`) ?? []
    const file = sent.find(({ sha256 }) => sha256 === statement.file?.sha256)
    for (const { mistake, paymentId } of file?.mistakes ?? []) {
      if (mistake === 'late') continue
      const isFound = cases.some(
        (each) =>
          each.channel === channel &&
          (each.finding.paymentId === paymentId || JSON.stringify(each.finding.evidence).includes(paymentId)),
      )
      demand(ledger, 'what a file says otherwise is found', isFound, () => `${channel} ${paymentId}: ${mistake}`)
    }
  }
}
