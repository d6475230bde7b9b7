/** The pages of a trial of rules added up, and the sum as text for a terminal. Knows no hub. */

type NowAndTried = { readonly now: number; readonly tried: number }
type Standing = {
  readonly status: string
  readonly paidThrough: string | null
  readonly creditRupiah: number
  readonly nextRupiah: number
}

/** What `POST /api/rules/try` answers. */
export type RuleSimulationPage = {
  readonly asOf: string
  readonly checked: number
  readonly changed: number
  readonly changedIn: Readonly<Record<string, number>>
  readonly credit: NowAndTried
  readonly nextPayments: NowAndTried
  readonly statuses: readonly { readonly from: string; readonly to: string; readonly count: number }[]
  readonly notices: readonly ({ readonly stage: string } & NowAndTried)[]
  readonly rows: readonly {
    readonly kpj: string
    readonly changed: readonly string[]
    readonly now: Standing
    readonly tried: Standing
  }[]
  readonly next: string | null
}

export type RuleSimulationSum = Omit<RuleSimulationPage, 'next'>

const ROWS_SHOWN = 20

export function added(sum: RuleSimulationSum | undefined, page: RuleSimulationPage): RuleSimulationSum {
  if (!sum) return page
  const both = (a: NowAndTried, b: NowAndTried) => ({ now: a.now + b.now, tried: a.tried + b.tried })
  return {
    asOf: sum.asOf,
    checked: sum.checked + page.checked,
    changed: sum.changed + page.changed,
    changedIn: Object.fromEntries(
      Object.entries(sum.changedIn).map(([aspect, count]) => [aspect, count + (page.changedIn[aspect] ?? 0)]),
    ),
    credit: both(sum.credit, page.credit),
    nextPayments: both(sum.nextPayments, page.nextPayments),
    statuses: merged(
      [...sum.statuses, ...page.statuses],
      ({ from, to }) => `${from} ${to}`,
      (a, b) => ({
        ...a,
        count: a.count + b.count,
      }),
    ),
    notices: merged(
      [...sum.notices, ...page.notices],
      ({ stage }) => stage,
      (a, b) => ({ ...a, ...both(a, b) }),
    ),
    rows: [...sum.rows, ...page.rows].slice(0, ROWS_SHOWN),
  }
}

export function printed(sum: RuleSimulationSum): string {
  const { checked, changed, changedIn, credit, nextPayments, statuses, notices, rows } = sum
  const aspects = Object.entries(changedIn).map(([aspect, count]) => `${count} in ${aspect}`)
  return [
    `As of ${sum.asOf}: ${checked} memberships, ${changed} would change: ${aspects.join(', ')}.`,
    `Credit: ${rupiahs(credit)}. First payable months: ${rupiahs(nextPayments)}.`,
    ...statuses.map(({ from, to, count }) => `  ${count} would be ${to} instead of ${from}`),
    'Notices of the next 31 days, if nothing is paid meanwhile:',
    ...notices.map(({ stage, now, tried }) => `  ${stage}: ${now} now, ${tried} tried`),
    ...(rows.length === 0 ? [] : ['The first memberships that would change:']),
    ...rows
      .slice(0, ROWS_SHOWN)
      .map((row) => `  ${row.kpj}: ${described(row.now)} -> ${described(row.tried)} (${row.changed.join(', ')})`),
  ].join('\n')
}

function described({ status, paidThrough, creditRupiah, nextRupiah }: Standing): string {
  return `${status}, paid through ${paidThrough ?? 'never'}, credit ${creditRupiah}, next ${nextRupiah}`
}

function rupiahs({ now, tried }: NowAndTried): string {
  const difference = tried - now
  return `Rp${now} now, Rp${tried} tried (${difference >= 0 ? '+' : ''}${difference})`
}

function merged<T>(list: readonly T[], keyOf: (entry: T) => string, add: (a: T, b: T) => T): readonly T[] {
  const found = new Map<string, T>()
  for (const entry of list) {
    const known = found.get(keyOf(entry))
    found.set(keyOf(entry), known === undefined ? entry : add(known, entry))
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
}
