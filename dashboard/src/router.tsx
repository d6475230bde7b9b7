/**
 * The addresses of the dashboard. Filters are part of the address, so that a link keeps them and the back button undoes them;
 * a filter that cannot be read is left out. Each page is loaded when it is first opened. No NIK and no name is ever in one.
 */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { Shell } from './shell/shell.tsx'
import { current } from './sign-in/session.ts'
import { BrokenPage, MissingPage } from './ui/state.tsx'

type Raw = Readonly<Record<string, unknown>>

const DAY = /^\d{4}-\d{2}-\d{2}$/
const text = (search: Raw, name: string) => {
  const value = search[name]
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined
}
const day = (search: Raw, name: string) => {
  const value = text(search, name)
  return value !== undefined && DAY.test(value) ? value : undefined
}

const root = createRootRoute({ component: Shell, notFoundComponent: MissingPage, errorComponent: BrokenPage })

const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  // Whoever may not read has no overview: people of a sponsor begin with what is theirs.
  beforeLoad: () => {
    const session = current()
    if (session.state === 'signed-in' && !session.person.permissions.has('read')) throw redirect({ to: '/sponsors' })
  },
  component: lazyRouteComponent(() => import('./pages/overview.tsx'), 'OverviewPage'),
})
const settlement = createRoute({
  getParentRoute: () => root,
  path: '/settlement',
  validateSearch: (search: Raw): { to?: string | undefined } => ({ to: day(search, 'to') }),
  component: lazyRouteComponent(() => import('./pages/settlement-matrix.tsx'), 'SettlementPage'),
})
const statement = createRoute({
  getParentRoute: () => root,
  path: '/settlement/$channel/$date',
  validateSearch: (search: Raw): { row?: string | undefined } => ({ row: text(search, 'row') }),
  component: lazyRouteComponent(() => import('./pages/statement.tsx'), 'StatementPage'),
})
const differences = createRoute({
  getParentRoute: () => root,
  path: '/differences',
  validateSearch: (
    search: Raw,
  ): {
    state?: string | undefined
    channel?: string | undefined
    class?: string | undefined
    owner?: string | undefined
    olderThan?: string | undefined
  } => ({
    state: text(search, 'state'),
    channel: text(search, 'channel'),
    class: text(search, 'class'),
    owner: text(search, 'owner'),
    olderThan: text(search, 'olderThan'),
  }),
  component: lazyRouteComponent(() => import('./pages/differences.tsx'), 'DifferencesPage'),
})
const difference = createRoute({
  getParentRoute: () => root,
  path: '/differences/$id',
  component: lazyRouteComponent(() => import('./pages/difference.tsx'), 'DifferencePage'),
})
const bank = createRoute({
  getParentRoute: () => root,
  path: '/bank',
  validateSearch: (
    search: Raw,
  ): { to?: string | undefined; state?: string | undefined; channel?: string | undefined } => ({
    to: day(search, 'to'),
    state: text(search, 'state'),
    channel: text(search, 'channel'),
  }),
  component: lazyRouteComponent(() => import('./pages/bank.tsx'), 'BankPage'),
})
const suspense = createRoute({
  getParentRoute: () => root,
  path: '/suspense',
  validateSearch: (
    search: Raw,
  ): { channel?: string | undefined; age?: string | undefined; item?: string | undefined } => ({
    channel: text(search, 'channel'),
    age: text(search, 'age'),
    item: text(search, 'item'),
  }),
  component: lazyRouteComponent(() => import('./pages/suspense.tsx'), 'SuspensePage'),
})
const journal = createRoute({
  getParentRoute: () => root,
  path: '/journal',
  validateSearch: (search: Raw): { date?: string | undefined } => ({ date: day(search, 'date') }),
  component: lazyRouteComponent(() => import('./pages/journal.tsx'), 'JournalPage'),
})
const days = createRoute({
  getParentRoute: () => root,
  path: '/days',
  validateSearch: (search: Raw): { date?: string | undefined; of?: string | undefined } => ({
    date: day(search, 'date'),
    of: text(search, 'of'),
  }),
  component: lazyRouteComponent(() => import('./pages/books/days.tsx'), 'DaysPage'),
})
const months = createRoute({
  getParentRoute: () => root,
  path: '/months',
  component: lazyRouteComponent(() => import('./pages/books/months.tsx'), 'MonthsPage'),
})
const month = createRoute({
  getParentRoute: () => root,
  path: '/months/$month',
  component: lazyRouteComponent(() => import('./pages/books/month.tsx'), 'MonthPage'),
})
const trialBalance = createRoute({
  getParentRoute: () => root,
  path: '/trial-balance',
  validateSearch: (search: Raw): { asOf?: string | undefined } => ({ asOf: day(search, 'asOf') }),
  component: lazyRouteComponent(() => import('./pages/books/trial-balance.tsx'), 'TrialBalancePage'),
})
const receivable = createRoute({
  getParentRoute: () => root,
  path: '/receivables/$channel',
  validateSearch: (search: Raw): { asOf?: string | undefined } => ({ asOf: day(search, 'asOf') }),
  component: lazyRouteComponent(() => import('./pages/books/receivable.tsx'), 'ReceivablePage'),
})
const owed = createRoute({
  getParentRoute: () => root,
  path: '/owed',
  validateSearch: (
    search: Raw,
  ): { what?: string | undefined; channel?: string | undefined; age?: string | undefined } => ({
    what: text(search, 'what'),
    channel: text(search, 'channel'),
    age: text(search, 'age'),
  }),
  component: lazyRouteComponent(() => import('./pages/books/owed.tsx'), 'OwedPage'),
})
const movement = createRoute({
  getParentRoute: () => root,
  path: '/bank/$bookedOn/$movement',
  component: lazyRouteComponent(() => import('./pages/books/movement.tsx'), 'MovementPage'),
})
const bankStatement = createRoute({
  getParentRoute: () => root,
  path: '/bank-statements/$sha256',
  component: lazyRouteComponent(() => import('./pages/books/bank-statement.tsx'), 'BankStatementPage'),
})
const arrivals = createRoute({
  getParentRoute: () => root,
  path: '/arrivals',
  validateSearch: (search: Raw): { to?: string | undefined; state?: string | undefined } => ({
    to: day(search, 'to'),
    state: text(search, 'state'),
  }),
  component: lazyRouteComponent(() => import('./pages/books/arrivals.tsx'), 'ArrivalsPage'),
})
const fees = createRoute({
  getParentRoute: () => root,
  path: '/fees',
  validateSearch: (search: Raw): { month?: string | undefined } => ({ month: text(search, 'month') }),
  component: lazyRouteComponent(() => import('./pages/books/fees.tsx'), 'FeesPage'),
})
const feeMonth = createRoute({
  getParentRoute: () => root,
  path: '/fees/$channel/$month',
  component: lazyRouteComponent(() => import('./pages/books/fee-month.tsx'), 'FeeMonthPage'),
})
const approvals = createRoute({
  getParentRoute: () => root,
  path: '/approvals',
  component: lazyRouteComponent(() => import('./pages/books/approvals.tsx'), 'ApprovalsPage'),
})
const participants = createRoute({
  getParentRoute: () => root,
  path: '/participants',
  component: lazyRouteComponent(() => import('./pages/participants.tsx'), 'ParticipantsPage'),
})
const membership = createRoute({
  getParentRoute: () => root,
  path: '/participants/$kpj',
  component: lazyRouteComponent(() => import('./pages/membership.tsx'), 'MembershipPage'),
})
const cover = createRoute({
  getParentRoute: () => root,
  path: '/participants/$kpj/cover',
  validateSearch: (search: Raw): { on?: string | undefined; knownAt?: string | undefined } => ({
    on: text(search, 'on'),
    knownAt: text(search, 'knownAt'),
  }),
  component: lazyRouteComponent(() => import('./pages/cover-answer.tsx'), 'CoverPage'),
})
const coverage = createRoute({
  getParentRoute: () => root,
  path: '/coverage',
  validateSearch: (
    search: Raw,
  ): {
    by?: string | undefined
    date?: string | undefined
    measure?: string | undefined
    province?: string | undefined
  } => ({
    by: text(search, 'by'),
    date: day(search, 'date'),
    measure: text(search, 'measure'),
    province: text(search, 'province'),
  }),
  component: lazyRouteComponent(() => import('./pages/coverage.tsx'), 'CoveragePage'),
})
const lapses = createRoute({
  getParentRoute: () => root,
  path: '/lapses',
  validateSearch: (search: Raw): { days?: string | undefined; by?: string | undefined } => ({
    days: text(search, 'days'),
    by: text(search, 'by'),
  }),
  component: lazyRouteComponent(() => import('./pages/lapses.tsx'), 'LapsesPage'),
})
const reads = createRoute({
  getParentRoute: () => root,
  path: '/reads',
  // An actor is the subject of an operator's token, an account a KPJ.
  validateSearch: (
    search: Raw,
  ): {
    actor?: string | undefined
    kpj?: string | undefined
    from?: string | undefined
    to?: string | undefined
  } => ({
    actor: text(search, 'actor'),
    kpj: text(search, 'kpj'),
    from: day(search, 'from'),
    to: day(search, 'to'),
  }),
  component: lazyRouteComponent(() => import('./pages/reads.tsx'), 'ReadsPage'),
})
const agents = createRoute({
  getParentRoute: () => root,
  path: '/agents',
  component: lazyRouteComponent(() => import('./pages/agents.tsx'), 'AgentsPage'),
})
const agent = createRoute({
  getParentRoute: () => root,
  path: '/agents/$agent',
  validateSearch: (search: Raw): { from?: string | undefined; to?: string | undefined } => ({
    from: text(search, 'from'),
    to: text(search, 'to'),
  }),
  component: lazyRouteComponent(() => import('./pages/agent.tsx'), 'AgentPage'),
})
const rules = createRoute({
  getParentRoute: () => root,
  path: '/rules',
  component: lazyRouteComponent(() => import('./pages/rules.tsx'), 'RulesPage'),
})
const operations = createRoute({
  getParentRoute: () => root,
  path: '/operations',
  component: lazyRouteComponent(() => import('./pages/operations.tsx'), 'OperationsPage'),
})
const audits = createRoute({
  getParentRoute: () => root,
  path: '/audits',
  validateSearch: (search: Raw): { to?: string | undefined } => ({ to: day(search, 'to') }),
  component: lazyRouteComponent(() => import('./pages/audits.tsx'), 'AuditsPage'),
})

/** Of no channel in particular: the first one, whose page has the choice. */
const partnerCalls = createRoute({
  getParentRoute: () => root,
  path: '/partners',
  beforeLoad: () => {
    throw redirect({ to: '/partners/$channel', params: { channel: 'pos' }, search: {} })
  },
})
const partners = createRoute({
  getParentRoute: () => root,
  path: '/partners/$channel',
  validateSearch: (search: Raw): { payment?: string | undefined; date?: string | undefined } => ({
    payment: text(search, 'payment'),
    date: day(search, 'date'),
  }),
  component: lazyRouteComponent(() => import('./pages/partner.tsx'), 'PartnerPage'),
})
const locks = createRoute({
  getParentRoute: () => root,
  path: '/partners/$channel/locks',
  component: lazyRouteComponent(() => import('./pages/locks.tsx'), 'LocksPage'),
})

const sponsors = createRoute({
  getParentRoute: () => root,
  path: '/sponsors',
  component: lazyRouteComponent(() => import('./pages/sponsors/sponsors.tsx'), 'SponsorsPage'),
})
const sponsor = createRoute({
  getParentRoute: () => root,
  path: '/sponsors/$sponsor',
  component: lazyRouteComponent(() => import('./pages/sponsors/sponsor.tsx'), 'SponsorPage'),
})
const program = createRoute({
  getParentRoute: () => root,
  path: '/sponsors/$sponsor/$program',
  component: lazyRouteComponent(() => import('./pages/sponsors/program.tsx'), 'ProgramPage'),
})
const programBudget = createRoute({
  getParentRoute: () => root,
  path: '/sponsors/$sponsor/$program/budget',
  component: lazyRouteComponent(() => import('./pages/sponsors/budget.tsx'), 'BudgetPage'),
})
const programReport = createRoute({
  getParentRoute: () => root,
  path: '/sponsors/$sponsor/$program/report',
  component: lazyRouteComponent(() => import('./pages/sponsors/report.tsx'), 'ReportPage'),
})
const list = createRoute({
  getParentRoute: () => root,
  path: '/sponsors/$sponsor/$program/lists/$list',
  component: lazyRouteComponent(() => import('./pages/sponsors/list.tsx'), 'ListPage'),
})

export const router = createRouter({
  routeTree: root.addChildren([
    overview,
    settlement,
    statement,
    differences,
    difference,
    bank,
    suspense,
    journal,
    days,
    months,
    month,
    trialBalance,
    receivable,
    owed,
    movement,
    bankStatement,
    arrivals,
    fees,
    feeMonth,
    approvals,
    participants,
    membership,
    cover,
    coverage,
    lapses,
    agents,
    agent,
    rules,
    reads,
    operations,
    audits,
    partnerCalls,
    partners,
    locks,
    sponsors,
    sponsor,
    program,
    programBudget,
    programReport,
    list,
  ]),
  defaultPreload: 'intent',
  // A page that breaks does so inside the frame: the way to all others stays.
  defaultErrorComponent: BrokenPage,
  // Filters are written as they are, not as JSON: 2026-11-20 and 0 stay readable.
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const entries = Object.entries(search).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    )
    const written = new URLSearchParams(entries).toString()
    return written === '' ? '' : `?${written}`
  },
  scrollRestoration: false,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
