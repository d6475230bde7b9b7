/**
 * Stories of the bank's side, one for each kind of statement and movement that it is known to send, with the truth beside each:
 * what becomes of a statement, and where its movements end. The truth is the teller's, who knows nothing of how the hub judges.
 */
import { type BankWorld, textDay } from './bank-world.ts'
import { camt053, mt940 } from './settlement-files.ts'

/** What the teller says it must be, and what it came to. */
export type Told = { readonly wanted: readonly string[]; readonly got: readonly string[] }
type BankStory = (world: BankWorld) => Promise<Told>

const sorted = (lines: readonly string[]) => [...lines].sort()
const named = (channel: string, ...dates: readonly string[]) =>
  `${channel.toUpperCase()} ${dates.map(textDay).join(' ')}`

/** One statement of one movement, whose end is this. */
const one =
  (amountOf: (world: BankWorld) => number, text: (world: BankWorld) => string, end: string): BankStory =>
  async (world) => {
    const amount = amountOf(world)
    await world.take(world.pick([camt053, mt940])([world.statement([world.row(amount, text(world))])]))
    return { wanted: [`${amount} = ${end} ${amount}`], got: await world.ends() }
  }

/** Two credits that name their days, sent in a form of its own; `outcomes` in the order of what is sent. */
const sent =
  (
    form: (world: BankWorld, plain: string, camt: string) => readonly (string | Buffer)[],
    ...outcomes: readonly string[]
  ): BankStory =>
  async (world) => {
    const { channel, day, amount, row, statement, owes, take } = world
    const nets = [amount(), amount()]
    for (const [i, net] of nets.entries()) await owes(channel, day(i), net)
    const rows = nets.map((net, i) => row(net, named(channel, day(i)), { reference: `R${i}` }))
    const got: string[] = []
    for (const content of form(world, mt940([statement(rows)]), camt053([statement(rows)])))
      got.push(await take(content))
    const ends = nets.map((net, i) => `${net} = ${channel} ${day(i)} ${net}`)
    const counts = outcomes.includes('chained')
    return { wanted: [...outcomes, ...(counts ? sorted(ends) : [])], got: [...got, ...(await world.ends())] }
  }

/** Two equal credits of nobody, on pages in this order; they count where the pages are all there. */
const paged =
  (order: readonly (0 | 1)[], ...outcomes: readonly string[]): BankStory =>
  async ({ amount, row, statement, take, ends }) => {
    const value = amount()
    const rows = [row(value, 'SETORAN TUNAI')]
    const pages = [
      mt940([statement(rows)])
        .replace('00325/001', '00325/001')
        .replace(':62F:', ':62M:'),
      mt940([statement(rows, { opening: value })])
        .replace('00325/001', '00325/002')
        .replace(':60F:', ':60M:'),
    ] as const
    const got: string[] = []
    for (const page of order) got.push(await take(pages[page]))
    const both = Array(2).fill(`${value} = unidentified ${value}`)
    return { wanted: [...outcomes, ...(order.length > 1 ? both : [])], got: [...got, ...(await ends())] }
  }

/** A credit of nobody; then what two people do about it. */
const byPeople =
  (steps: (world: BankWorld, value: number) => readonly [string, readonly object[], string][]): BankStory =>
  async (world) => {
    const value = world.amount()
    for (const number of [0, 1]) await world.owes(world.channel, world.day(number), value + 1_000 + number)
    await world.take(camt053([world.statement([world.row(value, 'TRF DARI 123', { reference: 'N1' })])]))
    let end = ''
    for (const [i, [action, parts, ends]] of steps(world, value).entries()) {
      await world.twoPeople('N1', i + 1, action, parts)
      end = ends
    }
    return { wanted: [`${value} = ${end}`], got: await world.ends() }
  }

const toDay = ({ channel, day }: BankWorld, number: number, amountRupiah: number) => {
  return { to: 'channel-day', channel, date: day(number), amountRupiah }
}

export const BANK_STORIES: Readonly<Record<string, BankStory>> = {
  'names its day': sent((_, plain) => [plain], 'chained'),
  'names two days': async ({ channel, day, amount, owes, row, statement, take, ends }) => {
    const [first, second] = [amount(), amount()]
    await owes(channel, day(0), first)
    await owes(channel, day(1), second)
    await take(camt053([statement([row(first + second, named(channel, day(0), day(1)))])]))
    const end = `${first + second} = ${channel} ${day(0)} ${first} + ${channel} ${day(1)} ${second}`
    return { wanted: [end], got: await ends() }
  },
  'two days in one credit without a day, seen again 60 days later': async (world) => {
    const { channel, day, amount, owes, row, statement, take, night, ends } = world
    const [first, second] = [amount(), amount()]
    await owes(channel, day(0), first)
    await owes(channel, day(1), second)
    await take(mt940([statement([row(first + second, `SETORAN ${channel.toUpperCase()}`)])]))
    const end = `${first + second} = ${channel} ${day(0)} ${first} + ${channel} ${day(1)} ${second}`
    const before = await ends()
    await night('2027-01-20T00:40')
    return { wanted: [end, end], got: [...before, ...(await ends())] }
  },
  'two ways to sum up to it': async ({ channel, day, amount, owes, row, statement, take, ends }) => {
    const net = amount()
    for (const number of [0, 1]) await owes(channel, day(number), net)
    await take(camt053([statement([row(net, `SETORAN ${channel.toUpperCase()}`)])]))
    return { wanted: [`${net} = unidentified ${net}`], got: await ends() }
  },
  'the wrong year in its text': async ({ channel, day, amount, owes, row, statement, take, ends }) => {
    const net = amount()
    await owes(channel, day(0), net)
    await take(mt940([statement([row(net, named(channel, day(0)).replace('2026', '2025'))])]))
    return { wanted: [`${net} = unidentified ${net}`], got: await ends() }
  },
  'a day that the channel never had': one(
    (w) => w.amount(),
    (w) => named(w.channel, '2026-08-01'),
    'unidentified',
  ),
  'no channel in its text': one(
    (w) => w.amount(),
    () => 'TRF DARI 123',
    'unidentified',
  ),
  'a debit that nobody explains': one(
    (w) => -w.amount(),
    () => 'TRF KE 123',
    'unidentified',
  ),
  'a charge of the bank': one(
    (w) => -w.amount(),
    () => 'BIAYA ADM BULANAN',
    'bank-charges',
  ),
  interest: one(
    (w) => w.amount(),
    () => 'JASA GIRO',
    'interest',
  ),
  'tax on interest': one(
    (w) => -w.amount(),
    () => 'PPH BUNGA',
    'interest',
  ),
  'taken back by the bank itself': async ({ amount, row, statement, take, ends }) => {
    const value = amount()
    const back = row(-value, 'SALAH KIRIM', { reference: 'R1', reversal: true })
    await take(mt940([statement([row(value, 'SALAH KIRIM', { reference: 'R1' }), back])]))
    return { wanted: sorted([`${value} = returned ${value}`, `${-value} = returned ${-value}`]), got: await ends() }
  },
  'placed by two people': byPeople((w, value) => [
    ['place', [toDay(w, 0, value)], `${w.channel} ${w.day(0)} ${value}`],
  ]),
  'placed in part': byPeople((w, value) => [
    ['place', [toDay(w, 0, 700)], `${w.channel} ${w.day(0)} 700 + unidentified ${value - 700}`],
  ]),
  'moved by two people': byPeople((w, value) => [
    ['place', [toDay(w, 0, value)], ''],
    ['move', [toDay(w, 1, value)], `${w.channel} ${w.day(1)} ${value}`],
  ]),
  'sent back by two people': byPeople((_, value) => [
    ['return', [{ to: 'returned', amountRupiah: value }], `returned ${value}`],
  ]),
  'a statement that comes again': sent((_, plain) => [plain, plain], 'chained', 'unchanged'),
  'issued again without references': sent((_, plain) => [plain, plain.replace(/\/\/\w+/g, '')], 'chained', 'repeated'),
  'issued again in other lines': sent(
    (_, plain) => [plain, plain.replace(/\/\/\w+/g, '').replace(/(:86:\w{2})/g, '$1\r\n')],
    'chained',
    'repeated',
  ),
  'MT940 beside camt.053': sent(
    (w, plain, camt) =>
      w.pick([
        [plain, camt],
        [camt, plain],
      ]),
    'chained',
    'repeated',
  ),
  'two equal credits in one statement': async ({ amount, row, statement, take, ends, pick }) => {
    const value = amount()
    await take(pick([camt053, mt940])([statement(Array(2).fill(row(value, 'SETORAN TUNAI')))]))
    return { wanted: Array(2).fill(`${value} = unidentified ${value}`), got: await ends() }
  },
  'two equal credits on two pages': paged([0, 1], 'incomplete', 'chained'),
  'pages in the other order': paged([1, 0], 'incomplete', 'chained'),
  'a first page without the last': paged([0], 'incomplete'),
  'a last page without the first': paged([1], 'incomplete'),
  'a gap in the balances, and what lies between': async ({ amount, row, statement, take, ends, pick }) => {
    const values = [amount(), amount(), amount()] as const
    const form = pick([camt053, mt940])
    const openings = [0, values[0], values[0] + values[1]]
    const texts = values.map((value, i) => {
      const day = { opening: openings[i] ?? 0, statementId: `S${i}` }
      return form([statement([row(value, 'TRF')], day)]).replace('00325', `0032${i}`)
    }) as [string, string, string]
    const got = [await take(texts[0]), await take(texts[2]), ...(await ends()), await take(texts[1])]
    const all = values.map((value) => `${value} = unidentified ${value}`)
    const wanted = ['chained', 'incomplete', all[0] ?? '', 'chained', ...sorted(all)]
    return { wanted, got: [...got, ...(await ends())] }
  },
  'a number that is skipped': async ({ amount, row, statement, take, ends }) => {
    const [first, second] = [amount(), amount()]
    const next = mt940([statement([row(second, 'TRF')], { opening: first })]).replace('00325', '00327')
    const got = [await take(mt940([statement([row(first, 'TRF')])])), await take(next)]
    return { wanted: ['chained', 'incomplete', `${first} = unidentified ${first}`], got: [...got, ...(await ends())] }
  },
  'one with more than the last': async ({ amount, row, statement, take, ends }) => {
    const [first, second] = [amount(), amount()]
    const rows = [row(first, 'TRF'), row(second, 'TRF')]
    const got = [await take(camt053([statement(rows.slice(0, 1))])), await take(camt053([statement(rows)]))]
    const all = [first, second].map((value) => `${value} = unidentified ${value}`)
    return { wanted: ['chained', 'chained', ...sorted(all)], got: [...got, ...(await ends())] }
  },
  'withdrawn, and sent again': async ({ amount, row, statement, take, withdraw, ends }) => {
    const value = amount()
    const text = camt053([statement([row(value, 'TRF')])])
    const got = [await take(text)]
    await withdraw(text)
    got.push(...(await ends()), await take(text))
    return { wanted: ['chained', 'chained', `${value} = unidentified ${value}`], got: [...got, ...(await ends())] }
  },
  'sen of interest': async ({ hub, amount, pick, row, statement, take, ends }) => {
    const value = amount()
    const sen = pick([1, 7, 49, 50, 99])
    await take(pick([camt053, mt940])([statement([row(value + sen / 100, 'BUNGA')])]))
    const closing = (await hub.settlements.bankChain('0018877665501', 1)).map((link) => `closes ${link.closingSen}`)
    return {
      wanted: [`closes ${value * 100 + sen}`, `${value} = interest ${value}`],
      got: [...closing, ...(await ends())],
    }
  },
  'a time that looks like a tag': sent(
    (_, plain) => [plain.replace(/(:86:[^\r]*)/, '$1 PUKUL 16\r\n:26:37 WIB')],
    'chained',
  ),
  'blanks after codes and amounts': sent(
    (_, plain) => [plain.replace(/,00NTRF/g, ',00 NTRF').replace(/(:6[02]F:[^\r]*)/g, '$1  ')],
    'chained',
  ),
  "SWIFT's blocks": sent(
    (_, plain) => [
      `{1:F01BNINIDJAXXXX0000000000}{2:O9400000N}{4:\r\n${plain.replace('\r\n-\r\n', '\r\n-}{5:{CHK:0}}\r\n')}`,
    ],
    'chained',
  ),
  'a block that does not end': sent(
    (_, plain) => [`{1:F01BNINIDJAXXXX0000000000}{4:\r\n${plain.replace('\r\n-\r\n', '\r\n')}`],
    'refused LAYOUT_CHANGED',
  ),
  'camt.053.001.02': sent(
    (_, _plain, camt) => [
      camt.replace('camt.053.001.08', 'camt.053.001.02').replace(/<Sts><Cd>(\w+)<\/Cd><\/Sts>/g, '<Sts>$1</Sts>'),
    ],
    'chained',
  ),
  'another currency': sent(
    (w, plain, camt) => [w.pick([plain, camt]).replaceAll('IDR', 'USD')],
    'refused WRONG_CURRENCY',
  ),
  'another account': sent(
    (w, plain, camt) => [w.pick([plain, camt]).replaceAll('0018877665501', '0018877665502')],
    'refused WRONG_ACCOUNT',
  ),
  'a balance that does not foot': sent(
    (_, plain) => [plain.replace(/(:62F:C\d{6}IDR)(\d)/, (_all, head, digit) => `${head}${(Number(digit) % 9) + 1}`)],
    'refused BALANCE_DOES_NOT_FOOT',
  ),
  'UTF-16': sent(
    (w, plain, camt) => [Buffer.from(`\uFEFF${w.pick([plain, camt])}`, 'utf16le')],
    'refused WRONG_ENCODING',
  ),
}
