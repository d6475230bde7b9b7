/**
 * `npm run bench:planted`: a large day of a channel with every kind of hard story planted in it, and how many of each are told right:
 * the lines that are a payment matched with it, the others asked about under the right class, nothing made up. The truth is
 * written by the teller of the stories (test/shared/domain/settlement/hard-cases.ts), who knows nothing of how the hub judges.
 * Then the same for the bank's side (planted-bank.ts). Exits 1 where one is wrong.
 */
import { addDays, type Instant, startOfDay } from '../shared/domain/instant.ts'
import { FILES, hardCases } from '../test/shared/domain/settlement/hard-cases.ts'
import { DAY, lineOf, payment, settle, type World } from '../test/support/settlement-world.ts'
import { tellBankStories } from './planted-bank.ts'
import { judge, tableText } from './report.ts'

/** A hundred of each kind: more lines with another fee than that are one case (shared/domain/settlement/rules.ts). */
const STORIES = 4_700
const PLAIN_LINES = 100_000
const SEED = 20_261_121
const PLAIN = 'PLAIN-'
/** Of each kind of the bank's side. */
const BANK_STORIES = 50

const { world, truth } = hardCases(STORIES, SEED)
const whole = withPlainLines(world)
const days = FILES.map((date) => ({ date, ...settle(whole, date) }))
const asked = days.flatMap(({ date, statement }) =>
  statement.differences.map(({ class: of, lines, paymentId }) =>
    lines.length > 0 ? `${of} ${date}:${lines.join(',')}` : `${of} ${paymentId}`,
  ),
)
const matched = new Map<string, string>(
  days.flatMap(({ date, result }) =>
    [...result.matched()].map((one) => [`${date}:${one.line}`, one.paymentId] as const),
  ),
)

/** What is to be said of a kind: a line is this payment, or people are asked under this class. */
type StoryTally = { planted: number; right: number; wrong: number }
const kinds = new Map<string, StoryTally>()
const classes = new Map<string, StoryTally>()
const kindOf = (about: string) => truth.family.get(about.slice(about.indexOf(' ') + 1)) ?? 'a plain line'
const found = new Set(asked)
const wanted = new Set(truth.questions)
for (const about of wanted) {
  count(kinds, kindOf(about), found.has(about))
  count(classes, about.slice(0, about.indexOf(' ')), found.has(about))
}
for (const about of found) if (!wanted.has(about)) madeUp(about)
for (const [line, paymentId] of truth.same) {
  count(kinds, truth.family.get(line) ?? '', matched.get(line) === paymentId)
  count(classes, 'matched', matched.get(line) === paymentId)
}
for (const [line, paymentId] of matched) {
  if (line.startsWith(`${DAY}:`) && paymentId.startsWith(PLAIN)) count(classes, 'plain, matched', true)
  else if (truth.same.get(line) !== paymentId) tallyOf(kinds, truth.family.get(line) ?? 'a plain line').wrong++
}

const lines = FILES.reduce((sum, date) => sum + (whole.files[date]?.length ?? 0), 0)
console.log(
  `A day of ${whole.payments?.length} payments and files of ${lines} lines, ${STORIES} stories of ${kinds.size} kinds\n`,
)
print('kind', kinds)
print('class', classes)
const bank = await tellBankStories(BANK_STORIES, SEED)
console.log(`The bank's side: ${bank.length} kinds, ${BANK_STORIES} stories of each\n`)
const bankRows = bank.map(({ kind, planted, right }) => [kind, planted, right])
console.log(`${tableText(['kind', 'planted', 'right'], bankRows)}\n`)
const all = [...kinds.values()]
const plainMatched = classes.get('plain, matched')?.right ?? 0
judge([
  { what: 'planted and not told right', value: all.reduce((sum, one) => sum + one.planted - one.right, 0), limit: 0 },
  {
    what: 'planted at the bank and not told right',
    value: bank.reduce((sum, one) => sum + one.planted - one.right, 0),
    limit: 0,
  },
  { what: 'made up or matched wrongly', value: all.reduce((sum, one) => sum + one.wrong, 0), limit: 0 },
  { what: 'plain lines that were not matched', value: PLAIN_LINES - plainMatched, limit: 0 },
  {
    what: 'rupiah unexplained',
    value: days.reduce((sum, { statement }) => sum + Math.abs(statement.unexplainedRupiah), 0),
    limit: 0,
  },
])

function count(list: Map<string, StoryTally>, name: string, isRight: boolean): void {
  const one = tallyOf(list, name)
  one.planted++
  if (isRight) one.right++
}

function madeUp(about: string): void {
  tallyOf(kinds, kindOf(about)).wrong++
  tallyOf(classes, about.slice(0, about.indexOf(' '))).wrong++
}

function tallyOf(list: Map<string, StoryTally>, name: string): StoryTally {
  const one = list.get(name) ?? { planted: 0, right: 0, wrong: 0 }
  list.set(name, one)
  return one
}

function print(what: string, list: ReadonlyMap<string, StoryTally>): void {
  const rows = [...list].map(([name, { planted, right, wrong }]) => [name, planted, right, wrong])
  console.log(`${tableText([what, 'planted', 'right', 'made up'], rows)}\n`)
}

/** Payments that agree with their lines in everything, among the stories. */
function withPlainLines(stories: World): World {
  const from = startOfDay(DAY) + 3 * 3_600_000
  const plain = Array.from({ length: PLAIN_LINES }, (_, i) =>
    payment(`${PLAIN}${String(i).padStart(7, '0')}`, {
      account: String(40_000_000_000 + i),
      decidedAt: (from + (i % 60_000) * 1_000) as Instant,
    }),
  )
  const own = stories.files[DAY] ?? []
  const file = [...own, ...plain.map((one, i) => lineOf(one, own.length + 2 + i))]
  const now = (startOfDay(addDays(DAY, 3)) + 9.5 * 3_600_000) as Instant
  return {
    ...stories,
    now,
    payments: [...(stories.payments ?? []), ...plain],
    files: { ...stories.files, [DAY]: file },
  }
}
