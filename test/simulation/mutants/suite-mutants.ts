/**
 * Faults in what the simulation does not run: the real tables' conditions and the partners' signatures. Caught by the
 * conformance suite and by the protocols' own tests, run once more with the fault in: vitest.config.ts beside this file.
 */
import type { Mutant } from './mutant.ts'

const DECISIONS = 'shared/store/payment-decisions/dynamodb.ts'
const EXITS = ['test/functions/reconcile-settlement/suspense-exits']
const VOUCH = 'shared/ledger/vouch.ts'
const INSIDERS = ['test/functions/audit-ledger/insiders.test.ts']
const CONFORMANCE = ['test/conformance/store.test.ts']

export const SUITE_MUTANTS: readonly Mutant[] = [
  {
    name: 'vouch-borrowed-approval',
    fault: 'an approval to take one payment back lets finance take back another one',
    suite: INSIDERS,
    replace: [
      [
        VOUCH,
        'isApprovedAs(entries, { ...collectedAs(moved), action:',
        "isApprovedAs(entries, { channel: fact.id[0] ?? '', paymentId: fact.id[1] ?? '', action:",
      ],
      [VOUCH, 'if (!isDeepStrictEqual(fact.id, takenBackId(moved)))', 'if (fact.id.length < 2)'],
    ],
  },
  {
    name: 'vouch-posting-anywhere',
    fault: 'one approval of a posting vouches for as many as somebody likes',
    suite: INSIDERS,
    replace: [
      [
        VOUCH,
        'more.length === 0 && account === suspenseAccount(channel, paymentId)',
        'account !== null && more !== null',
      ],
    ],
  },
  {
    name: 'vouch-refund-anywhere',
    fault: 'the approval of one member’s refund vouches for a refund of another member of the bill',
    suite: INSIDERS,
    replace: [
      [
        'shared/ledger/vouch-exit.ts',
        'isOfMember && (fact.account !== from || fact.refunds !== money)',
        'isOfMember && fact.refunds === undefined',
      ],
    ],
  },
  {
    name: 'cover-trusts-its-holder',
    fault:
      'an answer about cover is final where the fact that holds the month is genuine, whatever else was put past the hub',
    suite: ['test/functions/serve-console/coverage/vouched-cover.test.ts'],
    replace: [
      [
        'functions/serve-console/coverage/coverage-answer.ts',
        "known.filter((fact) => fact.kind !== 'share' || keyOf(fact) === heldBy)",
        'known.filter((fact) => keyOf(fact) === heldBy)',
      ],
    ],
  },
  {
    name: 'archive-lacks-window',
    fault: 'a key of evidence that only the endpoints have is dropped with their window',
    suite: ['test/functions/keep-data-keys/keep-data-keys.test.ts'],
    replace: [['functions/keep-data-keys/keep-data-keys.ts', 'daysIn(await window.read())', 'daysIn(undefined)']],
  },
  {
    name: 'audit-stops-at-broken-item',
    fault: 'one item that nobody can read keeps the audit from the rest of its day',
    suite: ['test/functions/audit-ledger/audit-ledger.test.ts'],
    replace: [['functions/audit-ledger/audit-account.ts', 'isBrokenItem(error) ? error.code :', '']],
  },
  {
    // In the simulation too few exits lose their record: of ten thousand histories none did, once others were drawn.
    name: 'exit-forgotten',
    fault: 'an approved way out of suspense whose stream record was lost is never taken',
    suite: ['test/functions/reconcile-settlement/lost-and-behind.test.ts'],
    replace: [['functions/reconcile-settlement/nightly.ts', '[...(await ports.settlements.waitingExits())]', '[]']],
  },
  {
    name: 'older-version-booked',
    fault: 'of two versions of one millisecond the journal takes the older',
    suite: ['test/functions/reconcile-settlement/lost-and-behind.test.ts'],
    replace: [
      [
        'shared/store/journal/journal-day.ts',
        'version.recordedAt > latest.recordedAt',
        'version.recordedAt >= latest.recordedAt',
      ],
    ],
  },
  {
    name: 'snap-signature-length',
    fault: 'SNAP signatures are compared without their length',
    suite: ['test/shared/protocols/snap', 'test/shared/channels'],
    replace: [
      [
        'shared/protocols/snap/signature.ts',
        'left.length === right.length && timingSafeEqual(left, right)',
        'timingSafeEqual(left.subarray(0, right.length), right.subarray(0, left.length))',
      ],
    ],
  },
  {
    name: 'pipe-signature-length',
    fault: 'pipe signatures are compared without their length',
    suite: ['test/shared/protocols/pipe-h2h', 'test/shared/channels'],
    replace: [
      [
        'shared/protocols/pipe-h2h/signature.ts',
        "timingSafeEqual(createHash('sha256').update(expected).digest(), createHash('sha256').update(actual).digest())",
        'expected.slice(0, actual.length) === actual.slice(0, expected.length)',
      ],
    ],
  },
  {
    name: 'hub-signature-length',
    fault: 'hub H2H signatures are compared without their length',
    suite: ['test/shared/protocols/hub-h2h', 'test/shared/channels'],
    replace: [
      [
        'shared/protocols/hub-h2h/signature.ts',
        "bytes.length === SIGNATURE_BYTES && bytes.toString('base64') === text",
        'bytes.length > 0',
      ],
      [
        'shared/protocols/hub-h2h/signature.ts',
        'timingSafeEqual(expected, candidate)',
        'timingSafeEqual(expected.subarray(0, candidate.length), candidate.subarray(0, expected.length))',
      ],
    ],
  },
  {
    name: 'table-decision-condition',
    fault: 'the decision is put into its table without its condition',
    suite: CONFORMANCE,
    replace: [
      [
        DECISIONS,
        "const absent = 'attribute_not_exists(decision)'",
        "const absent = 'attribute_not_exists(decision) OR attribute_exists(decision)'",
      ],
    ],
  },
  {
    name: 'table-paid-by-condition',
    fault: 'paid-by is set in its table without its condition',
    suite: CONFORMANCE,
    replace: [[DECISIONS, 'attribute_exists(billCode) AND attribute_not_exists(paidBy)', 'attribute_exists(billCode)']],
  },
  {
    name: 'table-external-id-condition',
    fault: 'an external id is put into its table without its condition',
    suite: CONFORMANCE,
    replace: [
      [
        DECISIONS,
        "'attribute_not_exists(decision) OR #until < :now'",
        "'attribute_not_exists(decision) OR #until < :now OR #until >= :now'",
      ],
    ],
  },
  {
    name: 'table-reversed-first-stays',
    fault: 'a reversal that came first gives way to no payment in its table',
    suite: CONFORMANCE,
    replace: [[DECISIONS, '#signed <= :signed', '#signed < :signed']],
  },
  {
    name: 'table-external-id-of-any-request',
    fault: 'an external id in its table goes to the payment of another request',
    suite: CONFORMANCE,
    replace: [
      [
        DECISIONS,
        '#service = :service AND #request = :request AND',
        '#service = :service AND #request <> :missing AND',
      ],
      [DECISIONS, "':request': text(requestId)", "':missing': text('')"],
    ],
  },
  {
    name: 'table-view-version',
    fault: 'the view is written to its table without its version',
    suite: CONFORMANCE,
    replace: [['shared/store/memberships/dynamodb.ts', "'version = :read'", "'version = :read OR version <> :read'"]],
  },
  {
    name: 'table-fact-condition',
    fault: 'a fact in its table may be overwritten',
    suite: CONFORMANCE,
    replace: [
      [
        'shared/store/facts/dynamodb.ts',
        "const command = { TableName: table.name, Item: factItem(fact), ConditionExpression: 'attribute_not_exists(account)' }",
        'const command = { TableName: table.name, Item: factItem(fact) }',
      ],
    ],
  },
  {
    name: 'table-bill-stays-paid',
    fault: 'a bill’s reversal does not clear paid-by in its table',
    suite: CONFORMANCE,
    replace: [['shared/store/facts/dynamodb.ts', "'REMOVE paidBy'", "'REMOVE paidBefore'"]],
  },
  {
    name: 'share-of-suspended',
    fault: 'a bill’s payment is moved to suspense and its shares live on',
    suite: ['test/functions/apply-bill-payment'],
    replace: [
      [
        'functions/apply-bill-payment/apply-bill-payment.ts',
        "fact.kind === 'reversal' || fact.kind === 'suspension'",
        "fact.kind === 'reversal' || (fact.kind === 'suspension' && fact.amount < 0)",
      ],
    ],
  },
  {
    name: 'release-not-followed',
    fault: 'a reversal of released money is put on the account that it has left',
    suite: EXITS,
    replace: [['functions/reconcile-settlement/find-posted.ts', "exit?.action !== 'release' ||", 'exit !== null ||']],
  },
  {
    name: 'line-misses-posting',
    fault: 'a channel’s reversal line does not find the posting: its days foot while the money is in suspense',
    suite: EXITS,
    replace: [
      [
        'functions/reconcile-settlement/look-up.ts',
        "money?.fact.kind === 'posting' ? money : undefined",
        'money && undefined',
      ],
    ],
  },
  {
    name: 'reverse-beside-release',
    fault: 'a reversal that meets a release takes back what has gone, and the member keeps the money',
    suite: EXITS,
    replace: [
      [
        'functions/reconcile-settlement/apply-resolution.ts',
        'putTogether([fact], [release])',
        'putTogether([fact], [])',
      ],
    ],
  },
  {
    name: 'release-beside-reversal',
    fault: 'a release that meets its channel’s reversal gives a member what has gone back',
    suite: EXITS,
    replace: [
      [
        'functions/reconcile-settlement/apply-exit.ts',
        'putTogether([reversal, posting], others)',
        'putTogether([reversal, posting], others.slice(9))',
      ],
    ],
  },
  {
    name: 'refund-left-with-share',
    fault: 'what was refunded of a bill still pays a member’s month',
    suite: EXITS,
    replace: [['shared/domain/allocation.ts', 'const left = rupiah(amount - refunded)', 'const left = rupiah(amount)']],
  },
  {
    name: 'refund-not-owed',
    fault: 'a day of settlement does not show that a part of a bill is owed to its channel',
    suite: EXITS,
    replace: [
      ['functions/reconcile-settlement/load-day.ts', 'rupiah(entry.amount - refunded)', 'rupiah(entry.amount)'],
    ],
  },
]
