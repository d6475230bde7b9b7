/**
 * The audit of settlement once all is quiet: each day's bridge, what each channel owes, the bank's balance, the journal, and what two
 * people decided, from what partners and the bank said (outside.ts) and from the ledger's facts. Types only.
 */
import type { PaymentFact, PostingFact } from '../../../shared/domain/fact.ts'
import type { ClosedDay } from '../../../shared/store/journal/journal.ts'
import type { PlacedMovement } from '../../../shared/store/settlements/bank-movements.ts'
import type { DifferenceCase, Statement } from '../../../shared/store/settlements/records.ts'
import { decisionKey, demand, factsOf, type Ledger } from './ledger.ts'
import type { OutsideRecord, SentFile } from './outside.ts'

export type SettledBooks = {
  /** The last version of each day. */
  readonly statements: readonly Statement[]
  readonly movements: readonly PlacedMovement[]
  readonly cases: readonly DifferenceCase[]
  /** In order. */
  readonly closed: readonly ClosedDay[]
}

type Money = { readonly fact: PaymentFact | PostingFact; readonly channel: string; readonly paymentId: string }

export function fileSent(outside: OutsideRecord, file: SentFile): void {
  outside.files.set(`${file.channel} ${file.date}`, file)
  for (const row of file.rows) outside.lines.set(decisionKey(file.channel, row.id), row)
}

export function movementBooked(outside: OutsideRecord, id: string, amount: number): void {
  outside.movements.set(id, amount)
  outside.balance += amount
}

export function settlementAgrees(ledger: Ledger, books: SettledBooks): void {
  const standing = standingMoney(ledger)
  onceEach(ledger, standing)
  for (const statement of books.statements) statementAgrees(ledger, statement, standing)
  bankAgrees(ledger, books)
  receivablesAgree(ledger, books, standing)
  journalAgrees(ledger, books, standing)
  decisionsAreDone(ledger, books)
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
  const file = ledger.outside.files.get(`${channel} ${date}`)
  demand(ledger, 'a day has its file', (statement.file !== null) === (file !== undefined), () => where)
  if (!file) return
  const amount = sumOf(file.rows.map((row) => row.amount))
  const fees = sumOf(file.rows.map((row) => row.fee))
  const isFiles = statement.fileRupiah === amount && statement.channelFeesRupiah === fees
  demand(
    ledger,
    'a day says what its file says',
    isFiles,
    () => `${where}: ${statement.fileRupiah}, expected ${amount}`,
  )
  const end = bridge.findIndex(({ label }) => label === 'file-total')
  const toTheFile = sumOf(bridge.slice(0, end).map((row) => row.amountRupiah))
  const toTheBank = row('file-net') + row('bank-awaited') + row('bank-difference')
  const foots =
    end > 0 &&
    toTheFile === amount &&
    statement.unexplainedRupiah === 0 &&
    row('file-net') === amount - fees &&
    toTheBank === row('bank-credit')
  demand(ledger, 'a day’s bridge foots', foots, () => `${where}: ${JSON.stringify(bridge)}`)
}

/** Every movement that the bank booked has one place, and the days read just these. */
function bankAgrees(ledger: Ledger, { movements, statements }: SettledBooks): void {
  const { outside } = ledger
  // A debit is known under its reference and what it was.
  const known = new Map<string, number>(
    movements.map(({ movement: { id, amount } }) => [id.replace(/~.*/, ''), amount]),
  )
  const isBanks =
    known.size === outside.movements.size && [...outside.movements].every(([id, amount]) => known.get(id) === amount)
  demand(
    ledger,
    'the bank’s movements are those of its statements',
    isBanks,
    () => `${[...known]}, not ${[...outside.movements]}`,
  )
  for (const { movement, placement } of movements) {
    const placed = sumOf((placement?.places ?? []).map((place) => place.amount))
    demand(
      ledger,
      'a movement of the bank has one place',
      placed === movement.amount,
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

function openItemsOf(statements: readonly Statement[]): number {
  return sumOf(statements.flatMap(({ openItems }) => openItems.map((item) => item.amountRupiah)))
}

/** Each closed day balances, and after the last one the books are what the ledger, the days and the bank are. */
function journalAgrees(ledger: Ledger, books: SettledBooks, standing: readonly Money[]): void {
  const { closed, statements } = books
  for (const { day, entries } of closed) {
    const trial = sumOf(entries.map(({ debit, credit }) => debit - credit))
    demand(ledger, 'debits equal credits', trial === 0, () => `${day}: ${trial}`)
  }
  const last = closed.at(-1)
  demand(ledger, 'the journal closes its days', last !== undefined, () => 'no day was closed')
  const balanceOf = (...accounts: readonly string[]) =>
    sumOf((last?.balances ?? []).filter(({ account }) => accounts.includes(account)).map(({ balance }) => balance))
  const bank = balanceOf('bank')
  const { balance } = ledger.outside
  demand(ledger, 'the books’ bank is the closing balance', bank === balance, () => `${bank}, expected ${balance}`)
  for (const channel of channelsOf(books)) {
    const own = last?.balances.filter((line) => line.account === 'receivable' && line.channel === channel) ?? []
    const [booked, open] = [
      sumOf(own.map((line) => line.balance)),
      openItemsOf(statements.filter((one) => one.channel === channel)),
    ]
    demand(
      ledger,
      'the books’ receivable is the open items',
      booked === open,
      () => `${channel}: ${booked}, expected ${open}`,
    )
  }
  const places = -balanceOf('contribution', 'credit', 'suspense', 'bill-clearing')
  const money = sumOf(standing.map(({ fact }) => fact.amount))
  demand(ledger, 'every rupiah is in one place of the books', places === money, () => `${places}, expected ${money}`)
}

/** By two people, once, and carried out. */
function decisionsAreDone(ledger: Ledger, { cases }: SettledBooks): void {
  for (const { id, proposedBy, by } of ledger.outside.approved) {
    const state = cases.find((each) => each.id === id)?.state
    demand(
      ledger,
      'what two people approved is carried out',
      state === 'resolved' && proposedBy !== by,
      () => `${id} is ${state}`,
    )
  }
  for (const { id, history } of cases) {
    const applied = history.filter(({ what }) => what === 'applied').length
    demand(ledger, 'a resolution is carried out once', applied <= 1, () => `${id}: ${applied} times`)
  }
}

/** What a file says otherwise than the hub is a case, on its day or on the day that has the line. */
function mistakesAreFound(ledger: Ledger, { cases }: SettledBooks): void {
  for (const { channel, mistakes } of ledger.outside.files.values()) {
    for (const { mistake, paymentId } of mistakes) {
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

function channelsOf({ statements }: SettledBooks): readonly string[] {
  return [...new Set(statements.map(({ channel }) => channel))]
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0)
}
