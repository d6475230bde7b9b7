/** Faults of whose money it is, of rules that change, of credit in the night and of closings. Each replaces a few words: mutant.ts. */
import type { Mutant } from './mutant.ts'

const ALLOCATION = 'shared/domain/allocation.ts'
const CREDIT = 'shared/domain/credit.ts'
const DOMAIN = ['test/shared/domain/money-properties.test.ts', 'test/shared/domain/payers-apart.test.ts']

export const PAYER_MUTANTS: readonly Mutant[] = [
  {
    name: 'rules-of-today',
    fault: 'left-over money goes by rules that were recorded after it was decided',
    replace: [[ALLOCATION, 'const known = rulesKnownAt(rules, fact.decidedAt)', 'const known = rules']],
  },
  {
    name: 'quote-by-rules-to-come',
    fault: 'a quote goes by rules that are not recorded yet',
    replace: [
      [
        'shared/domain/quote.ts',
        "return refused('not-payable')\n  const known = rulesKnownAt(rules, now)",
        "return refused('not-payable')\n  const known = rulesKnownAt(rules, Number.MAX_SAFE_INTEGER as Instant)",
      ],
    ],
  },
  {
    name: 'sponsors-credit',
    fault: 'what a share does not need becomes credit of the member',
    replace: [
      [
        ALLOCATION,
        "if (money.fact.kind === 'share') returnRest(money, paid)",
        'if (money.order < 0) returnRest(money, paid)',
      ],
    ],
  },
  {
    name: 'credit-pays-sponsors-month',
    fault: 'left-over money of a member pays a month of a sponsor',
    replace: [[ALLOCATION, "owing?.terms.funding !== 'self'", 'owing === undefined']],
  },
  {
    name: 'credit-left-overnight',
    fault: 'the night leaves credit that covers a month',
    replace: [
      [
        'functions/reconcile-membership/reconcile-membership.ts',
        "if (message.cause !== 'credit' || ",
        "if (message.cause !== 'credit' || ports.rules || ",
      ],
    ],
  },
  {
    name: 'credit-not-looked-at',
    fault: 'the night’s run does not look for credit',
    replace: [[CREDIT, "if (credit <= 0 || status === 'active'", "if (credit >= 0 || status === 'active'"]],
  },
  {
    name: 'credit-ahead',
    fault: 'the night pays months ahead with credit',
    suite: DOMAIN,
    replace: [[CREDIT, 'if (month > monthOf(now) || ', 'if (']],
  },
  {
    name: 'credit-covers-backwards',
    fault: 'a month that credit pays is covered from its first day',
    replace: [
      [
        'functions/reconcile-membership/allocate-credit.ts',
        "const stamp = { account, source: 'hub', id, decidedAt, recordedAt: decidedAt }",
        "const stamp = { account, source: 'hub', id, decidedAt: (decidedAt - 2_000_000_000) as Instant, recordedAt: decidedAt }",
      ],
    ],
  },
  {
    name: 'left-over-covers-backwards',
    fault: 'left-over money that a reversal moved covers from its own decision',
    suite: DOMAIN,
    replace: [
      ['shared/domain/coverage.ts', 'if (!held.usesCredit && !held.isLeftOver) return', 'if (!held.usesCredit) return'],
    ],
  },
  {
    name: 'left-over-jumps',
    fault: 'later money decides which month earlier left-over money pays',
    suite: DOMAIN,
    replace: [[ALLOCATION, '.filter((month) => month.order <= order)', '.filter((month) => month.order >= 0)']],
  },
  {
    name: 'free-months-for-ever',
    fault: 'left-over money takes months that cost nothing without end',
    suite: DOMAIN,
    replace: [[ALLOCATION, '(total === 0 && month > freeUntil)', '(total < 0 && month > freeUntil)']],
  },
  {
    name: 'quote-of-nothing',
    fault: 'a channel is asked to collect Rp0',
    suite: DOMAIN,
    replace: [['shared/domain/quote.ts', "if (sum === creditDrawn) return refused('nothing-due')", '']],
  },
  {
    name: 'runs-without-jkk',
    fault: 'months of different JKK are one run',
    suite: DOMAIN,
    replace: [['shared/domain/quote.ts', 'a.jkk === b.jkk && ', '']],
  },
  {
    name: 'savings-at-minimum',
    fault: 'old-age savings never exceed their minimum',
    suite: ['test/shared/domain/tariff.test.ts'],
    replace: [
      [
        'shared/domain/tariff.ts',
        'Math.max(minimumRupiah, partOf(nominal, basisPoints))',
        'Math.min(minimumRupiah, partOf(nominal, basisPoints))',
      ],
    ],
  },
  {
    name: 'closing-at-once',
    fault: 'a closing for a future day stops payments today',
    replace: [
      [
        'shared/domain/closures.ts',
        'const closesAt = Math.max(startOfDay(closing.on), closing.decidedAt) as Instant',
        'const closesAt = closing.decidedAt',
      ],
    ],
  },
  {
    name: 'sold-after-closing',
    fault: 'a month is sold that a decided closing leaves without cover',
    suite: ['test/functions/answer-channel/refusals.test.ts'],
    replace: [
      ['shared/domain/quote.ts', ' || isAfterClosing(allocation, month, now)) return refused', ') return refused'],
    ],
  },
]
