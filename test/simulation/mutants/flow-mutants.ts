/** Faults between the functions: outbox, queues, shares of bills, the day index, the sweep. Each replaces a few words: mutant.ts. */
import type { Mutant } from './mutant.ts'

const PORTS = 'test/simulation/ports.ts'
const COHORT = 'functions/apply-bill-payment/apply-bill-payment.ts'
const QUEUE = 'shared/runtime/queue.ts'

export const FLOW_MUTANTS: readonly Mutant[] = [
  {
    name: 'send-before-commit',
    fault: 'the message goes out before the fact is there',
    replace: [
      [
        PORTS,
        'factPut(ledger, invocation, fact, timeline.now())\n    outbox(fact)',
        'factPut(ledger, invocation, fact, timeline.now())',
      ],
      [PORTS, 'put: (fact) =>\n', 'put: (fact) => (outbox(fact), undefined) ??\n'],
      [
        PORTS,
        'putReversingBill: (fact, billCode, paidBy) =>\n',
        'putReversingBill: (fact, billCode, paidBy) => (outbox(fact), undefined) ??\n',
      ],
    ],
  },
  {
    name: 'failure-acknowledged',
    fault: 'a message that failed is acknowledged',
    replace: [[QUEUE, 'for (const record of group.records) failed.add(record.messageId)', '']],
  },
  {
    name: 'poison-dropped',
    fault: 'an unreadable message is dropped',
    replace: [[QUEUE, 'await options.park(record, why)', '']],
  },
  {
    name: 'bill-and-shares',
    fault: 'a day counts a bill and its shares',
    replace: [
      [
        'shared/store/facts/day-index.ts',
        "    case 'posting':",
        "    case 'share':\n      return { businessDate: new Date(fact.decidedAt + 25_200_000).toISOString().slice(0, 10) as BusinessDate, amount: fact.amount, adminFee: ZERO, outlet: '' }\n    case 'posting':",
      ],
    ],
  },
  {
    name: 'share-not-reversed',
    fault: 'a bill’s reversal leaves its shares',
    replace: [[COHORT, 'endings: endingsOf(facts, payment)', 'endings: endingsOf(facts, payment).slice(9)']],
  },
  {
    name: 'share-decided-late',
    fault: 'a share is decided when it is put',
    replace: [[COHORT, 'decidedAt: payment.decidedAt,', 'decidedAt: Math.max(now, payment.decidedAt) as Instant,']],
  },
  {
    name: 'first-member-only',
    fault: 'only the first member of a bill gets its share',
    replace: [[COHORT, 'members?.slice(i, i + AT_ONCE)', 'members?.slice(i, i + 1)']],
  },
  {
    name: 'sweep-of-today',
    fault: 'the nightly sweep looks at its own day only',
    replace: [['functions/sweep-memberships/sweep-memberships.ts', 'const RECENT_DAYS = 3', 'const RECENT_DAYS = 1']],
  },
  {
    name: 'weekly-of-views',
    fault: 'the weekly run looks at those accounts only that have a view',
    replace: [
      [
        'functions/sweep-memberships/sweep-segment.ts',
        'const { accounts, next } = await ports.facts.accountsPage(task.segment, task.segments, from)',
        'const { views, next } = await ports.memberships.scanPage(task.segment, task.segments, from)\n    const accounts = views.map(({ kpj }) => kpj)',
      ],
    ],
  },
  {
    name: 'weekly-forgets-bills',
    fault: 'the weekly run looks at no bill',
    replace: [
      [
        'functions/reconcile-membership/reconcile-membership.ts',
        'if (isBillCode(account)) return',
        "if (isBillCode(account) && message.cause !== 'weekly') return",
      ],
    ],
  },
  {
    name: 'repair-of-shares-only',
    fault: 'a repair of a bill takes no share back',
    replace: [
      [
        COHORT,
        'due.filter(({ fact }) => !there.has(keyOf(fact)))',
        "due.filter(({ fact }) => fact.kind === 'share' && !there.has(keyOf(fact)))",
      ],
    ],
  },
  {
    name: 'repair-every-time',
    fault: 'a repair counts what is on its way as lost',
    suite: ['test/functions/reconcile-membership'],
    replace: [
      [
        'functions/reconcile-membership/reconcile-membership.ts',
        'recordedAt < now - LOST_AFTER_MILLIS',
        'recordedAt <= now',
      ],
    ],
  },
  {
    name: 'day-of-one-part',
    fault: 'the repair of a day ends with its first part',
    suite: ['test/functions/sweep-memberships'],
    replace: [
      [
        'functions/sweep-memberships/requeue-day.ts',
        'await ports.sendTasks([{ ...task, part: part + 1, from: from ?? undefined }])',
        '',
      ],
    ],
  },
  {
    name: 'loss-goes-unseen',
    fault: 'a view that a lost message left behind is mended and nobody hears of it',
    suite: ['test/functions/reconcile-membership'],
    replace: [
      [
        'functions/reconcile-membership/reconcile-membership.ts',
        "hasOldNews(before?.factCount ?? 0, facts, after.asOf)) return 'message-lost'",
        'hasOldNews(before?.factCount ?? 0, facts, after.asOf)) return undefined',
      ],
    ],
  },
  {
    name: 'recorded-not-swept',
    fault: 'the night does not look at what finance recorded for older days',
    suite: ['test/functions/sweep-memberships'],
    replace: [['functions/sweep-memberships/sweep-memberships.ts', "    { task: 'recorded', day } as const,\n", '']],
  },
  {
    name: 'repair-stops-at-bill',
    fault: 'a repair of a bill does not reach its members',
    replace: [[COHORT, 'if (cause && members) await', 'if (cause && !members) await']],
  },
]
