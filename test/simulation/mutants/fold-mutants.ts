/** Faults of the fold, the quote and the tariff: what months and money become. Each replaces a few words: mutant.ts. */
import type { Mutant } from './mutant.ts'

const ALLOCATION = 'shared/domain/allocation.ts'
const RECONCILE = 'functions/reconcile-membership/reconcile-membership.ts'

export const FOLD_MUTANTS: readonly Mutant[] = [
  {
    name: 'view-without-version',
    fault: 'the view is written without its version',
    replace: [
      [
        'test/support/memory-store.ts',
        'if ((existing?.version ?? 0) !== view.version - 1) return',
        'if (Number.isNaN(view.version)) return',
      ],
    ],
  },
  {
    name: 'facts-before-view',
    fault: 'the facts are read before the view',
    replace: [
      [
        RECONCILE,
        'const before = await ports.memberships.get(account)\n    const facts = await ports.facts.ofAccount(account)',
        'const facts = await ports.facts.ofAccount(account)\n    const before = await ports.memberships.get(account)',
      ],
    ],
  },
  {
    name: 'conflict-acknowledged',
    fault: 'a version conflict is acknowledged',
    replace: [
      [
        RECONCILE,
        'if ((await ports.memberships.put(view)) === ',
        "if ((await ports.memberships.put(view)) === 'conflict') return { outcome: 'unchanged', facts }\n    if (view.kpj && 'put' === ",
      ],
    ],
  },
  {
    name: 'fold-goes-back',
    fault: 'a fold may be earlier than the view before it',
    replace: [[RECONCILE, 'Math.max(clock, before?.asOf ?? 0) as Instant', 'clock']],
  },
  {
    name: 'index-for-the-fold',
    fault: 'the fold reads an index that lags',
    replace: [
      [
        'test/simulation/ports.ts',
        'facts.ofAccount(account),',
        'facts.ofAccount(account).then((all) => all.filter((fact) => timeline.now() - fact.recordedAt > 1_000 || fact.kind === "terms")),',
      ],
    ],
  },
  {
    name: 'repriced-months',
    fault: 'a paid month is priced again by the terms in force today',
    replace: [
      [
        ALLOCATION,
        'for (const money of live) takeQuotedMonths(money, paid)',
        'for (const money of live) takeQuotedMonths(money, paid, undefined, terms, rules)',
      ],
      [
        ALLOCATION,
        'function takeQuotedMonths(money: LiveMoney, paid: Map<Month, PaidMonth>, most?: number): void',
        'function takeQuotedMonths(money: LiveMoney, paid: Map<Month, PaidMonth>, most?: number, terms?: readonly TermsFact[], rules?: Rules): void',
      ],
      [
        ALLOCATION,
        'for (const { month, price } of monthsOf(fact.months)) {',
        'for (const { month, price: quoted } of monthsOf(fact.months)) {\n    const today = terms?.at(-1)?.terms\n    const price = today && rules ? priceOf(rules.tariff, month, today) : quoted',
      ],
    ],
  },
  {
    name: 'months-shift',
    fault: 'after a reversal the months of other payments move',
    replace: [
      [
        ALLOCATION,
        'for (const money of live) takeQuotedMonths',
        'if (reversed.size > 0) for (const money of live) Object.assign(money, { fact: { ...money.fact, months: [] } })\n  for (const money of live) takeQuotedMonths',
      ],
    ],
  },
  {
    name: 'reversal-forgotten',
    fault: 'the fold forgets reversals',
    replace: [
      [
        ALLOCATION,
        "(fact.kind === 'reversal' ? [fact.reverses] : [])",
        "(fact.kind === 'suspension' ? [] as string[] : [])",
      ],
    ],
  },
  {
    name: 'suspension-forgotten',
    fault: 'the fold forgets money that finance moved to suspense',
    replace: [
      [ALLOCATION, "(fact.kind === 'suspension' ? [fact.moves] : [])", "(fact.kind === 'terms' ? [] as string[] : [])"],
    ],
  },
  {
    name: 'closed-money-counts',
    fault: 'money decided while a membership is closed takes months',
    replace: [[ALLOCATION, ' || inSuspense(closures, fact) ?', ' || Number.isNaN(inSuspense(closures, fact)) ?']],
  },
  {
    name: 'credit-drawn-twice',
    fault: 'a month keeps a payment whose credit is gone',
    replace: [
      [
        ALLOCATION,
        'giveUpMonths(money, fold.paid, amount + before)',
        'giveUpMonths(money, fold.paid, amount + before + 1_000_000)',
      ],
    ],
  },
  {
    name: 'rest-dropped',
    fault: 'what is left over is not kept as credit',
    replace: [[ALLOCATION, 'return rupiah(credit + left)', 'return credit']],
  },
  {
    name: 'order-of-arrival',
    fault: 'facts count in the order in which they were put',
    replace: [[ALLOCATION, '[...facts].sort(byDecision)', '[...facts]']],
  },
  {
    name: 'cover-backwards',
    fault: 'a month paid late is covered from its first day',
    replace: [
      [
        'shared/domain/coverage.ts',
        'Math.max(completed, startOfMonth(held.month)) as Instant',
        'startOfMonth(held.month) as Instant',
      ],
    ],
  },
  {
    name: 'tariff-of-today',
    fault: 'a month is priced by the day on which it is paid',
    replace: [
      [
        'shared/domain/quote.ts',
        'months.push({ month, price: priceOf(known.tariff, month, terms) })',
        'months.push({ month, price: priceOf(known.tariff, monthOf(now), terms) })',
      ],
    ],
  },
  {
    name: 'credit-not-quoted',
    fault: 'credit does not lower the next quote',
    replace: [
      ['shared/domain/quote.ts', "payer === 'member' ? rupiah(Math.min(sum, allocation.credit)) : ZERO", 'ZERO'],
    ],
  },
  {
    name: 'grace-of-two',
    fault: 'a membership lapses a month early',
    replace: [['shared/domain/rules.ts', "from: '1970-01',\n      value: 3", "from: '1970-01',\n      value: 2"]],
  },
]
