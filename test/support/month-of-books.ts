/**
 * A month of five channels and the bank as a list of events, with one of each kind of difference that settlement knows planted in
 * it. Says what came when, as bytes; plays it on a settlement hub in memory, day and night. Knows nothing of the books.
 */
import { reconcileSettlement } from '../../functions/reconcile-settlement/reconcile-settlement.ts'
import { addDays, type BusinessDate } from '../../shared/domain/instant.ts'
import { kpjOf } from '../../shared/domain/kpj.ts'
import { takeInStatement } from '../../shared/intake/take-in-statement.ts'
import { counterOf, MASKED } from './endpoint.ts'
import { at, terms } from './facts.ts'
import { type BankRow, camt053, mt940, type PartnerRow, settlementFiles } from './settlement-files.ts'
import { partnerRow, type SettlementHub, settlementHub } from './settlement-hub.ts'

export const CHANNELS = ['pos', 'brilink', 'bni', 'indomaret', 'alfamart'] as const
type Channel = (typeof CHANNELS)[number]
export const MONTH = '2026-11'
export const DAYS = Array.from({ length: 30 }, (_, i) => addDays('2026-11-01' as BusinessDate, i))
const ACCOUNT = '0018877665501'
const OPENING = 1_000_000
const PRICE = 8_400
const FEE = 1_500

export type Came =
  | {
      readonly kind: 'file'
      readonly at: string
      readonly channel: Channel
      readonly date: string
      readonly bytes: Buffer
    }
  | { readonly kind: 'statement'; readonly at: string; readonly name: string; readonly bytes: Buffer }
type Paid = {
  readonly channel: Channel
  readonly id: string
  readonly at: string
  readonly kpj: string
  readonly reversed: boolean
}

/** What people do about a difference of a day: by its class, the first that is open. */
type Decided = {
  readonly at: string
  readonly channel: Channel
  readonly date: string
  readonly class: string
  readonly action: string
}

export type Story = {
  readonly paid: readonly Paid[]
  readonly came: readonly Came[]
  readonly decided: readonly Decided[]
  /** By bank day; the balance after it. */
  readonly closing: ReadonlyMap<string, number>
}

const on = (day: number) => DAYS[day - 1] as BusinessDate
const kpjAt = (channel: Channel, day: number) =>
  `1${String(CHANNELS.indexOf(channel) + 1).padStart(2, '0')}${String(day).padStart(2, '0')}000000`
const idAt = (channel: Channel, day: number) => `Tx${channel.slice(0, 3)}${String(day).padStart(2, '0')}A`

/** The rows that the partner has for a day: those of its payments, and what is planted. */
function rowsOf(channel: Channel, day: number): readonly PartnerRow[] {
  const lateOne = channel === 'pos' && day === 25
  const row = (changed: Partial<PartnerRow> = {}) =>
    partnerRow(idAt(channel, day), `${on(day)}T${lateOne ? '23:58' : '10:00'}`, {
      customer: kpjAt(channel, day),
      adminFee: channel === 'bni' || channel === 'brilink' ? 0 : 2_500,
      ...changed,
    })
  const other = (id: string, customer: string, when = `${on(day)}T11:00`) => row({ id, customer, at: at(when) })
  switch (`${channel} ${day}`) {
    case 'indomaret 3':
      return [other('Z03', kpjAt('pos', 3))].slice(1)
    case 'alfamart 4':
      return [row(), other('X04', '19999999999')]
    case 'bni 5':
      return [row(), other('X05', kpjAt('bni', 30))]
    case 'brilink 6':
      return [row({ amount: PRICE - 100 })]
    case 'pos 7':
      return [row({ fee: FEE + 200 })]
    case 'indomaret 8':
      return [row(), row()]
    case 'bni 10':
      return [row({ status: 'R' })]
    case 'brilink 11':
      return [row({ id: idAt(channel, day).toLowerCase() })]
    case 'indomaret 21':
      return [row(), other('X21', kpjAt('indomaret', 21), `${on(14)}T10:00`)]
    case 'alfamart 22':
      return [row(), other('X22', 'ABC')]
    case 'pos 25':
    case 'bni 30':
      return []
    case 'pos 26':
      return [row(), partnerRow(idAt('pos', 25), `${on(25)}T23:58`, { customer: kpjAt('pos', 25) })]
    default:
      return [row()]
  }
}

const netOf = (rows: readonly PartnerRow[]) =>
  rows.reduce((sum, { amount, fee, status }) => sum + (status === 'R' ? -1 : 1) * (amount - fee), 0)

/** What the bank books on a day: the credits of the day before, and what is planted. */
function bankRows(day: number): readonly BankRow[] {
  const bookedOn = addDays('2026-11-01' as BusinessDate, day - 1)
  const row = (reference: string, amount: number, remittance: string): BankRow => {
    return { reference, bookedOn, valueOn: bookedOn, amount, remittance }
  }
  const paid = day - 1
  const ofChannels = CHANNELS.flatMap((channel) => {
    if (paid < 1 || paid > 30) return []
    const net = netOf(rowsOf(channel, paid))
    const of = `${channel.toUpperCase()} ${on(paid).replaceAll('-', '')}`
    const key = `${channel} ${paid}`
    // Two days in one credit, and no day is named.
    if (key === 'alfamart 14') return []
    if (key === 'alfamart 15') return [row('C15alf', net + netOf(rowsOf(channel, 14)), 'SETORAN ALFAMART')]
    if (key === 'bni 16') return [row('C16bni', net, 'BNI 20251116')]
    if (key === 'pos 28') return [row('C28pos', net - 100, of)]
    if (key === 'bni 27') return []
    return net === 0 ? [] : [row(`C${paid}${channel.slice(0, 3)}`, net, of)]
  })
  const planted: Readonly<Record<number, readonly BankRow[]>> = {
    18: [row('N18', 50_000, 'TRF DARI 123')],
    19: [row('N19', 7_000, 'SETORAN TUNAI')],
    20: [row('F20', -15_000, 'BIAYA ADM BULANAN'), row('I20', 120, 'JASA GIRO')],
  }
  return [...ofChannels, ...(planted[day] ?? [])]
}

export function tellMonth(): Story {
  const paid = DAYS.flatMap((date, i) =>
    CHANNELS.flatMap((channel): readonly Paid[] => {
      const day = i + 1
      // Its line in the file of the 5th comes first: the member pays this month there.
      if (channel === 'bni' && day === 30) return []
      const time = channel === 'pos' && day === 25 ? '23:58' : '10:00'
      const reversed = channel === 'alfamart' && day === 9
      return [{ channel, id: idAt(channel, day), at: `${date}T${time}`, kpj: kpjAt(channel, day), reversed }]
    }),
  )
  const files = DAYS.flatMap((date, i) => CHANNELS.flatMap((channel) => filesOf(channel, i + 1, date)))
  const { statements, closing } = statementsOf()
  const came = [...files, ...statements].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return { paid, came, closing, decided: DECIDED }
}

export function fileOf(channel: Channel, day: number): Buffer {
  return Buffer.from(settlementFiles[channel]?.(on(day), rowsOf(channel, day)) ?? '')
}

function filesOf(channel: Channel, day: number, date: BusinessDate): readonly Came[] {
  const morning = `${addDays(date, 1)}T06:30`
  const bytes = fileOf(channel, day)
  const file = { kind: 'file', at: morning, channel, date, bytes } as const
  // Never in this month.
  if (channel === 'bni' && day === 27) return []
  if (channel !== 'pos' || day !== 12) return [file]
  // In Latin-1 first, which is refused.
  return [{ ...file, at: `${addDays(date, 1)}T06:20`, bytes: Buffer.concat([bytes, Buffer.from([0xe9])]) }, file]
}

function statementsOf() {
  const closing = new Map<string, number>()
  const statements: Came[] = []
  let opening = OPENING
  for (let day = 1; day <= 32; day++) {
    const date = addDays('2026-11-01' as BusinessDate, day - 1)
    const rows = bankRows(day)
    const statement = { account: ACCOUNT, statementId: `S${day}`, date, opening, rows }
    opening += rows.reduce((sum, { amount }) => sum + amount, 0)
    closing.set(date, opening)
    // The statement of the 22nd comes after the one that follows it.
    const came = `${addDays(date, day === 22 ? 3 : 1)}T05:00`
    statements.push({ kind: 'statement', at: came, name: `S${day}.xml`, bytes: Buffer.from(camt053([statement])) })
    if (day !== 24) continue
    const again = Buffer.from(mt940([statement]))
    statements.push({ kind: 'statement', at: `${addDays(date, 1)}T05:10`, name: 'S24.sta', bytes: again })
  }
  return { statements, closing }
}

const DECIDED: readonly Decided[] = [
  { at: `${on(7)}T11:00`, channel: 'indomaret', date: on(3), class: 'missing-in-file', action: 'write-off' },
  { at: `${on(7)}T11:00`, channel: 'alfamart', date: on(4), class: 'missing-in-hub', action: 'post' },
  { at: `${on(7)}T11:00`, channel: 'bni', date: on(5), class: 'missing-in-hub', action: 'post' },
  { at: `${on(10)}T11:00`, channel: 'pos', date: on(7), class: 'fee-difference', action: 'charge-channel' },
  { at: `${on(10)}T11:00`, channel: 'indomaret', date: on(8), class: 'duplicate-in-file', action: 'charge-channel' },
]

export const accounts = CHANNELS.flatMap((channel) => DAYS.map((_, i) => kpjAt(channel, i + 1)))

/** An empty hub whose members are registered. */
export async function emptyHub(): Promise<SettlementHub> {
  const hub = await settlementHub()
  for (const text of accounts) {
    const kpj = kpjOf(text)
    await hub.store.facts.put({ ...terms('2026-01'), account: kpj })
    const maskedNames = [{ from: at('2026-01-01T08:00'), name: MASKED }]
    await hub.store.contacts.put({
      kpj,
      nik: '3578011203850001',
      name: 'BUDI SANTOSO',
      phone: '',
      email: '',
      maskedNames,
    })
  }
  return hub
}

/** Plays the days up to and including one, each with its night; `from` is the first. */
export async function play(hub: SettlementHub, told: Story, from: BusinessDate, to: BusinessDate): Promise<void> {
  for (let day = from; day <= to; day = addDays(day, 1)) {
    for (const came of told.came.filter((one) => one.at.startsWith(day))) await receive(hub, came)
    for (const paid of told.paid.filter((one) => one.at.startsWith(day))) await pay(hub, paid)
    for (const decided of told.decided.filter((one) => one.at.startsWith(day))) await decide(hub, decided)
    hub.setClock(`${addDays(day, 1)}T00:40`)
    await reconcileSettlement(hub.ports, { task: 'nightly' })
    await hub.drain()
    if (day >= '2026-11-07') await hub.closeJournal(day)
  }
}

export async function receive(hub: SettlementHub, came: Came): Promise<void> {
  hub.setClock(came.at)
  if (came.kind === 'file') await hub.take(came.channel, came.date, came.bytes)
  else {
    const ports = { files: hub.files, settlements: hub.settlements, now: () => hub.clock.now }
    const incoming = { from: { kind: 'handed-over', bytes: came.bytes }, name: came.name, by: null } as const
    await takeInStatement(ports, incoming)
  }
  await hub.drain()
}

async function pay(hub: SettlementHub, { channel, id, at: when, kpj, reversed }: Paid): Promise<void> {
  hub.setClock(when)
  const { outcome } = await counterOf(hub, channel).pay({ paymentId: id, customerId: kpj })
  if (outcome !== 'accepted') throw new Error(`expected ${id} to be accepted, got ${outcome}`)
  if (reversed) await counterOf(hub, channel).reverse({ paymentId: id, customerId: kpj })
}

async function decide(hub: SettlementHub, { at: when, channel, date, class: of, action }: Decided): Promise<void> {
  hub.setClock(when)
  const open = (await hub.cases(channel, date)).filter(({ state, finding }) => state === 'open' && finding.class === of)
  const [first] = open
  if (!first) throw new Error(`expected an open ${of} of ${channel} ${date}`)
  const { status, body } = await hub.decide(first.id, action)
  if (status !== 200) throw new Error(`expected ${action} of ${of} on ${date}, got ${body.code}: ${body.detail}`)
}
