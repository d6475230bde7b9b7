/** Faults at the endpoint and in the stores behind it. Each replaces a few words: mutant.ts. */
import type { Mutant } from './mutant.ts'

const ENDPOINT = 'functions/answer-channel/answer-channel.ts'
const PAY = 'functions/answer-channel/pay.ts'
const REPLAY = 'functions/answer-channel/replay.ts'
const REVERSE = 'functions/answer-channel/reverse.ts'
const MEMORY = 'test/support/memory-store.ts'

export const ENDPOINT_MUTANTS: readonly Mutant[] = [
  {
    name: 'decision-without-condition',
    fault: 'the decision is put without its condition',
    replace: [
      [
        MEMORY,
        'const existing = database.decisions.get(key)',
        'const existing = undefined as PaymentDecision | undefined',
      ],
    ],
  },
  {
    name: 'resolve-on-repeat',
    fault: 'a repeat resolves the customer again',
    replace: [
      [
        PAY,
        'if (known) return replayed(endpoint, known, payment)',
        `if (known) {
          const again = await resolve(endpoint, payment.customerId, payment.expects)
          const { hubReference, decidedAt } = known
          if (!again) return { answer: { outcome: 'refused', code: 'unknown-customer', hubReference, decidedAt }, repeat: true }
          return replayed(endpoint, again.kind === 'member' ? { ...known, account: again.kpj } : known, payment)
        }`,
      ],
    ],
  },
  {
    name: 'recompute-refusal',
    fault: 'a repeat of a refused payment is decided again',
    replace: [
      [PAY, 'if (known) return replayed', "if (known && known.decision.kind !== 'refused') return replayed"],
      [
        PAY,
        "if (put.outcome === 'exists') return",
        "if (put.outcome === 'exists' && put.existing.decision.kind === 'refused') return { answer: await settle(endpoint, decision, payable), repeat: false }\n  if (put.outcome === 'exists') return",
      ],
    ],
  },
  {
    name: 'count-duplicate',
    fault: 'a repeat puts a fact of its own',
    replace: [
      [
        REPLAY,
        'if (!payment) {',
        'if (payment) await endpoint.facts.put({ ...payment, id: [...payment.id, "again"] })\n      if (!payment) {',
      ],
    ],
  },
  {
    name: 'name-of-decision',
    fault: 'a repeat prints the name that held when it was decided, not the one that was printed',
    from: 1_500,
    replace: [
      [
        REPLAY,
        'printedName(contact, decision.outcome.nameFrom)',
        "contact?.maskedNames.findLast(({ from }) => from <= decision.decidedAt)?.name ?? ''",
      ],
    ],
  },
  {
    name: 'loser-decides',
    fault: 'who loses the decision answers what it had decided itself',
    replace: [
      [
        PAY,
        "if (put.outcome === 'exists') return replayed(endpoint, put.existing, payment)",
        "if (put.outcome === 'exists') return { answer: await settle(endpoint, decision, payable), repeat: false }",
      ],
    ],
  },
  {
    name: 'answer-before-fact',
    fault: 'success is answered before the fact is there',
    replace: [[PAY, 'await putFact(endpoint, decision)', 'putFact(endpoint, decision).catch(() => {})']],
  },
  {
    name: 'no-heal-on-repeat',
    fault: 'a repeat does not put the fact that a crash left out',
    replace: [[REPLAY, 'if (!payment) {', 'if (Number.isNaN(decidedAt)) {']],
  },
  {
    name: 'healed-at-another-time',
    fault: 'a healed fact is decided when it is healed',
    replace: [
      [REPLAY, 'id: [paymentId], decidedAt, recordedAt }', 'id: [paymentId], decidedAt: recordedAt, recordedAt }'],
    ],
  },
  {
    name: 'facts-not-compared',
    fault: 'a repeat is compared by its customer only',
    replace: [
      [REPLAY, 'if (decision.factsDigest) return', 'if (decision.factsDigest && !decision.customerDigest) return'],
    ],
  },
  {
    name: 'failed-after-decision',
    fault: '"our fault" is answered after an attempted decision',
    replace: [
      [ENDPOINT, 'context.decisionAttempted || (await mayBeDecided(endpoint, message))', 'Number.isNaN(message)'],
    ],
  },
  {
    name: 'failed-after-earlier-decision',
    fault: '"our fault" is answered although an earlier message had decided',
    replace: [
      [ENDPOINT, 'context.decisionAttempted || (await mayBeDecided(endpoint, message))', 'context.decisionAttempted'],
    ],
  },
  {
    name: 'lost-answer-is-success',
    fault: 'a write without an answer is taken for done',
    replace: [
      ['functions/answer-channel/retried.ts', 'return write()\n  }\n}', "return { outcome: 'put' } as T\n  }\n}"],
    ],
  },
  {
    name: 'external-id-unbound',
    fault: 'an external id of the day is not compared',
    replace: [
      [
        ENDPOINT,
        "return put.outcome === 'exists' ? put.existing : undefined",
        'return put.outcome === undefined ? put : undefined',
      ],
    ],
  },
  {
    name: 'reversal-without-decision',
    fault: 'a reversal of an unknown payment decisions nothing',
    replace: [
      [
        REVERSE,
        'const put = await retried(() => endpoint.decisions.put(first))',
        "const put = { outcome: 'put' } as Awaited<ReturnType<EndpointPorts['payment-decisions']['put']>>",
      ],
    ],
  },
  {
    name: 'reversal-without-payment',
    fault: 'a reversal does not put the payment’s fact first',
    replace: [[REVERSE, 'if (!facts.payment) {', 'if (Number.isNaN(decision)) {']],
  },
  {
    name: 'reversal-any-time',
    fault: 'a reversal is taken after 00:15 of the next day',
    replace: [
      [REVERSE, 'if (decidedAt > lastReversalAt(decision)) {', 'if (decidedAt > lastReversalAt(decision) * 2) {'],
    ],
  },
  {
    name: 'reversal-of-anybody',
    fault: 'a reversal is not compared with the payment’s customer',
    replace: [
      [
        REVERSE,
        "  if (!endpoint.digests.sameCustomer(decision.customerDigest, reversal.customerId))\n    return { answer: { outcome: 'conflict' }, repeat: false }\n  if (!isAccepted",
        '  if (!isAccepted',
      ],
    ],
  },
  {
    name: 'bill-paid-twice',
    fault: 'a bill is paid without the condition on paid-by',
    replace: [[MEMORY, "if (bill.paidBy !== null) return { outcome: 'already-paid' } as const", '']],
  },
  {
    name: 'bill-stays-paid',
    fault: 'a bill’s reversal does not clear paid-by',
    replace: [[MEMORY, "if (outcome === 'put' && bill?.paidBy === paidBy)", 'if (bill && Number.isNaN(bill))']],
  },
]
