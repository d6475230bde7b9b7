/**
 * A thousand hard stories of one channel, all on the same days, with the truth beside each.
 *
 * The truth is written by the teller, who made the story up, and follows from the story alone: who is the same, who must be asked
 * about. Nothing in here looks at how the hub judges. The same seed tells the same stories.
 */
import { billCodeOf } from '../../../../shared/domain/bill-code.ts'
import { addDays, type BusinessDate, type Instant, startOfDay } from '../../../../shared/domain/instant.ts'
import type { DifferenceClass, HubEntry, KnownDecision } from '../../../../shared/domain/settlement/day.ts'
import type { SettledLine } from '../../../../shared/domain/settlement/line.ts'
import { randomOf } from '../../../support/random.ts'
import { DAY, lineOf, payment, type World } from '../../../support/settlement-world.ts'

export type Truth = {
  /** Line `<file>:<line>` -> the payment that it is. */
  readonly same: ReadonlyMap<string, string>
  /** `<class> <file>:<line>` or `<class> <payment id>`: what a person must be asked. */
  readonly questions: readonly string[]
  readonly family: ReadonlyMap<string, string>
}

export const FILES = [-1, 0, 1, 2].map((days) => addDays(DAY, days))
const AMOUNTS = [8_400, 16_800, 25_200, 33_600, 50_400, 100_800]

type LineChange = Parameters<typeof lineOf>[2]

/** What a story may do. `n` is its own: no two stories share an id or a customer. */
type Teller = {
  readonly n: number
  readonly pick: <T>(choices: readonly T[]) => T
  readonly kpj: string
  readonly otherKpj: string
  readonly nik: string
  readonly bill: string
  readonly id: (suffix?: string) => string
  /** An instant of the day in minutes, or of another of FILES. */
  readonly minute: (minute: number, days?: number) => Instant
  readonly pays: (id: string, changed?: Parameters<typeof payment>[1]) => HubEntry
  readonly decisions: (id: string, decision: KnownDecision) => void
  /** A line in the file of `days` after the day. */
  readonly writes: (days: number, entry: HubEntry, changed?: LineChange) => string
  readonly isSame: (line: string, entry: HubEntry) => void
  readonly asks: (differenceClass: DifferenceClass, about: string | HubEntry) => void
}

type Story = (tell: Teller) => void

/** The line of a payment that nobody made here. */
const stranger = (tell: Teller, id = tell.id()): HubEntry =>
  payment(id, { account: tell.kpj, amount: tell.pick(AMOUNTS), decidedAt: tell.minute(600) })
const R: LineChange = { status: 'reversed' }

/** A line that says who paid, how much and when, and no more or less of the id than `shown`. */
const onlyCandidate =
  (shown: (id: string) => string, customer: (tell: Teller) => string): Story =>
  (tell) => {
    const account = customer(tell) === tell.bill ? tell.bill : tell.kpj
    const one = tell.pays(tell.id(), { account })
    const minutes = tell.pick([-15, -3, 0, 4, 15])
    const at = (one.decidedAt + minutes * 60_000) as Instant
    tell.isSame(tell.writes(0, one, { paymentId: shown(one.paymentId), customerId: customer(tell), at }), one)
  }

/** An id that is nearly right is not right: both sides stand alone. */
const nearly =
  (spoil: (id: string) => string): Story =>
  (tell) => {
    const one = tell.pays(tell.id('a'))
    tell.asks('missing-in-file', one)
    tell.asks('missing-in-hub', tell.writes(0, one, { paymentId: spoil(one.paymentId) }))
  }

const STORIES: Readonly<Record<string, Story>> = {
  'cut id, customer by KPJ': onlyCandidate(
    (id) => id.slice(0, 12),
    ({ kpj }) => kpj,
  ),
  'cut id, customer by NIK': onlyCandidate(
    (id) => id.slice(0, -1),
    ({ nik }) => nik,
  ),
  'cut id, bill code': onlyCandidate(
    (id) => id.slice(0, 14),
    ({ bill }) => bill,
  ),
  'missing id, customer by KPJ': onlyCandidate(
    () => '',
    ({ kpj }) => kpj,
  ),
  'missing id, customer by NIK': onlyCandidate(
    () => '',
    ({ nik }) => nik,
  ),
  'missing id, bill code': onlyCandidate(
    () => '',
    ({ bill }) => bill,
  ),
  'missing id, twins of the same minute and outlet': (tell) => {
    const twins = [tell.pays(tell.id('a')), tell.pays(tell.id('b'))]
    for (const twin of twins) tell.asks('ambiguous', twin)
    for (const twin of twins) tell.asks('ambiguous', tell.writes(0, twin, { paymentId: '' }))
  },
  'twins, one with its id, one without': (tell) => {
    const [a, b] = [tell.pays(tell.id('a')), tell.pays(tell.id('b'))]
    tell.isSame(tell.writes(0, a), a)
    tell.isSame(tell.writes(0, b, { paymentId: '' }), b)
  },
  'twins of two customers without ids': (tell) => {
    const a = tell.pays(tell.id('a'))
    const b = tell.pays(tell.id('b'), { account: tell.otherKpj })
    tell.isSame(tell.writes(0, b, { paymentId: '' }), b)
    tell.isSame(tell.writes(0, a, { paymentId: '' }), a)
  },
  'ids cut to the same letters, one customer': (tell) => {
    const twins = [tell.pays(tell.id('a')), tell.pays(tell.id('b'))]
    for (const twin of twins) tell.asks('ambiguous', twin)
    for (const twin of twins) tell.asks('ambiguous', tell.writes(0, twin, { paymentId: tell.id() }))
  },
  'ids cut to the same letters, two customers': (tell) => {
    const a = tell.pays(tell.id('a'))
    const b = tell.pays(tell.id('b'), { account: tell.otherKpj })
    for (const one of [a, b]) tell.isSame(tell.writes(0, one, { paymentId: tell.id() }), one)
  },
  "a cut id that is another's whole id": (tell) => {
    const short = tell.pays(tell.id())
    const long = tell.pays(tell.id('7'), { account: tell.otherKpj })
    tell.asks('ambiguous', short)
    tell.asks('ambiguous', long)
    tell.asks('ambiguous', tell.writes(0, long, { paymentId: short.paymentId }))
  },
  'id reused for another member': (tell) => {
    const first = tell.pays(tell.id())
    tell.isSame(tell.writes(0, first), first)
    tell.asks('duplicate-in-file', tell.writes(0, first, { customerId: tell.otherKpj }))
  },
  'id of one member, number of another': (tell) => {
    const one = tell.pays(tell.id())
    tell.asks('ambiguous', one)
    tell.asks('ambiguous', tell.writes(0, one, { customerId: tell.otherKpj }))
  },
  "id of one member, another person's NIK": (tell) => {
    const one = tell.pays(tell.id(), { account: tell.otherKpj })
    tell.asks('ambiguous', one)
    tell.asks('ambiguous', tell.writes(0, one, { customerId: tell.nik }))
  },
  'id and the own NIK': (tell) => {
    const one = tell.pays(tell.id())
    tell.isSame(tell.writes(0, one, { customerId: tell.nik }), one)
  },
  "id reused for another person's NIK": (tell) => {
    const first = tell.pays(tell.id(), { account: tell.otherKpj })
    tell.isSame(tell.writes(0, first), first)
    tell.asks('duplicate-in-file', tell.writes(0, first, { customerId: tell.nik }))
  },
  'two days late, in the file of the day after next': (tell) => {
    const one = tell.pays(tell.id())
    tell.isSame(tell.writes(2, one), one)
  },
  'two days late, and reversed there': (tell) => {
    const one = tell.pays(tell.id(), { state: 'reversed' })
    for (const change of [{}, R]) tell.isSame(tell.writes(2, one, change), one)
  },
  'missing id just before midnight': (tell) => {
    // Whether it is this payment or one of the next day, the line does not say.
    const one = tell.pays(tell.id(), { decidedAt: tell.minute(1_435) })
    tell.asks('ambiguous', one)
    tell.asks('ambiguous', tell.writes(0, one, { paymentId: '' }))
  },
  'in the next file after midnight': (tell) => {
    const one = tell.pays(tell.id(), { decidedAt: tell.minute(tell.pick([1_380, 1_420, 1_439])) })
    tell.isSame(tell.writes(1, one), one)
  },
  'in the file of the day before': (tell) => {
    const one = tell.pays(tell.id(), { decidedAt: tell.minute(tell.pick([0, 3, 60])) })
    tell.isSame(tell.writes(-1, one), one)
  },
  "the day before's payment carried in": (tell) => {
    const one = tell.pays(tell.id(), { decidedAt: tell.minute(1_439, -1) })
    tell.isSame(tell.writes(0, one), one)
  },
  'carried in with another amount': (tell) => {
    const one = tell.pays(tell.id(), { decidedAt: tell.minute(1_439, -1) })
    const line = tell.writes(0, one, { amount: one.amount + 2_500 })
    tell.isSame(line, one)
    tell.asks('amount-difference', line)
  },
  'near midnight and in no file': (tell) =>
    tell.asks('missing-in-file', tell.pays(tell.id(), { decidedAt: tell.minute(1_430) })),
  'reversed line before its settled one': (tell) => {
    const one = tell.pays(tell.id(), { state: 'reversed' })
    for (const change of [R, {}]) tell.isSame(tell.writes(0, one, change), one)
  },
  'reversed twice': (tell) => {
    const one = tell.pays(tell.id(), { state: 'reversed' })
    tell.isSame(tell.writes(0, one), one)
    tell.isSame(tell.writes(0, one, R), one)
    tell.asks('missing-in-file', tell.writes(0, one, R))
  },
  'settled, reversed, settled': (tell) => {
    const one = tell.pays(tell.id())
    for (const change of [{}, R, {}]) tell.isSame(tell.writes(0, one, change), one)
  },
  'settled, reversed, settled over three files': (tell) => {
    const one = tell.pays(tell.id())
    for (const [days, change] of [
      [0, {}],
      [1, R],
      [2, {}],
    ] as const)
      tell.isSame(tell.writes(days, one, change), one)
  },
  'in three files': (tell) => {
    const one = tell.pays(tell.id())
    tell.isSame(tell.writes(0, one), one)
    tell.asks('duplicate-across-files', tell.writes(1, one))
    tell.asks('duplicate-across-files', tell.writes(2, one))
  },
  'unknown and in three files': (tell) => {
    const one = stranger(tell)
    tell.asks('missing-in-hub', tell.writes(0, one))
    tell.asks('duplicate-across-files', tell.writes(1, one))
    tell.asks('duplicate-across-files', tell.writes(2, one))
  },
  'reversed here after their cut': (tell) => {
    const one = tell.pays(tell.id(), { state: 'reversed', decidedAt: tell.minute(1_439) })
    tell.isSame(tell.writes(0, one), one)
    tell.isSame(tell.writes(1, one, R), one)
  },
  'reversed here, settled there for good': (tell) => {
    const one = tell.pays(tell.id(), { state: 'reversed' })
    const line = tell.writes(0, one)
    tell.isSame(line, one)
    tell.asks('reversed-here-settled-there', line)
  },
  'reversed before it came, settled there': (tell) => {
    const one = stranger(tell)
    tell.decisions(one.paymentId, { kind: 'reversed-first' })
    tell.asks('reversed-here-settled-there', tell.writes(0, one))
  },
  'settled here, reversed there the next day': (tell) => {
    const one = tell.pays(tell.id())
    tell.isSame(tell.writes(0, one), one)
    const line = tell.writes(1, one, R)
    tell.isSame(line, one)
    tell.asks('settled-here-reversed-there', line)
  },
  'refused here, settled there': (tell) => {
    const one = stranger(tell)
    tell.decisions(one.paymentId, { kind: 'refused', code: tell.pick(['wrong-amount', 'unknown-customer']) })
    tell.asks('missing-in-hub', tell.writes(0, one))
  },
  'fee of the old schedule': (tell) => {
    const one = tell.pays(tell.id())
    const line = tell.writes(0, one, { fee: 1_000 })
    tell.isSame(line, one)
    tell.asks('fee-difference', line)
  },
  'amount with the admin fee in it': (tell) => {
    const one = tell.pays(tell.id())
    const line = tell.writes(0, one, { amount: one.amount + 2_500 })
    tell.isSame(line, one)
    tell.asks('amount-difference', line)
  },
  'missing id and the admin fee in the amount': (tell) => {
    const one = tell.pays(tell.id())
    tell.asks('missing-in-file', one)
    tell.asks('missing-in-hub', tell.writes(0, one, { paymentId: '', amount: one.amount + 2_500 }))
  },
  'missing id, another customer': (tell) => {
    const one = tell.pays(tell.id())
    tell.asks('missing-in-file', one)
    tell.asks('missing-in-hub', tell.writes(0, one, { paymentId: '', customerId: tell.otherKpj }))
  },
  'missing id, sixteen minutes apart': (tell) => {
    const one = tell.pays(tell.id())
    tell.asks('missing-in-file', one)
    tell.asks('missing-in-hub', tell.writes(0, one, { paymentId: '', at: (one.decidedAt + 16 * 60_000) as Instant }))
  },
  'id in the other case': nearly((id) => id.toLowerCase()),
  'id without leading zeros': nearly((id) => id.replace(/-0+/, '-')),
  'id with a blank': nearly((id) => ` ${id}`),
  'id with a look-alike letter': nearly((id) => id.replace('T', 'Т')),
  'id percent-encoded': nearly((id) => encodeURIComponent(id).replaceAll('-', '%2D')),
  'id cut to seven letters': (tell) => {
    const one = tell.pays(`${String(1_000_000 + tell.n)}-AND-MORE`)
    tell.asks('missing-in-file', one)
    tell.asks('missing-in-hub', tell.writes(0, one, { paymentId: one.paymentId.slice(0, 7) }))
  },
}

/** So many cases tell each story once. */
export const STORY_COUNT = Object.keys(STORIES).length

export function hardCases(count: number, seed: number): { readonly world: World; readonly truth: Truth } {
  const random = randomOf(seed)
  const payments: HubEntry[] = []
  const decisions = new Map<string, KnownDecision>()
  const accounts = new Map<string, string>()
  const files = new Map<BusinessDate, SettledLine[]>(FILES.map((date) => [date, []]))
  const same = new Map<string, string>()
  const questions: string[] = []
  const family = new Map<string, string>()
  const names = Object.keys(STORIES)
  for (let n = 0; n < count; n++) {
    const name = names[n % names.length] as string
    const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T
    const common = { amount: pick(AMOUNTS), minute: 120 + Math.floor(random() * 1_100) }
    const kpj = String(20_000_000_000 + n)
    const nik = `157101${String(1 + (n % 28)).padStart(2, '0')}0${1 + (n % 9)}80${String(1 + n).padStart(4, '0')}`
    accounts.set(nik, kpj)
    const minute = (minutes: number, days = 0) => (startOfDay(addDays(DAY, days)) + minutes * 60_000) as Instant
    const remember = (about: string) => family.set(about, name)
    const lineKeys: string[] = []
    ;(STORIES[name] as Story)({
      n,
      pick,
      kpj,
      otherKpj: String(30_000_000_000 + n),
      nik,
      bill: billCodeOf(n),
      id: (suffix = '') => `TRX-${String(n).padStart(6, '0')}-X${n % 7}${suffix === '' ? '' : `${suffix}Q`}`,
      minute,
      pays: (id, changed = {}) => {
        const one = payment(id, { account: kpj, amount: common.amount, decidedAt: minute(common.minute), ...changed })
        payments.push(one)
        remember(one.paymentId)
        return one
      },
      decisions: (id, decision) => decisions.set(id, decision),
      writes: (days, entry, changed) => {
        const date = addDays(DAY, days)
        const file = files.get(date) as SettledLine[]
        file.push(lineOf(entry, file.length + 2, changed))
        const key = `${date}:${file.length + 1}`
        lineKeys.push(key)
        remember(key)
        return key
      },
      isSame: (line, entry) => same.set(line, entry.paymentId),
      asks: (differenceClass, about) =>
        questions.push(`${differenceClass} ${typeof about === 'string' ? about : about.paymentId}`),
    })
  }
  return {
    world: { payments, decisions, accounts, files: Object.fromEntries(files) },
    truth: { same, questions, family },
  }
}
