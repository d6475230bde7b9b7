/** Faults at the endpoint and in the stores behind it. Each replaces a few words: mutant.ts. */
import type { Mutant } from './mutant.ts'

const ENDPOINT = 'functions/answer-channel/answer-channel.ts'
const CAPTURED = 'functions/answer-channel/captured-inquiry.ts'
const EXTERNAL_ID = 'functions/answer-channel/external-id.ts'
const DECIDE = 'shared/ledger/decide.ts'
const FACTS = 'shared/ledger/payment-facts.ts'
const DECISIONS = 'shared/store/payment-decisions/dynamodb.ts'
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
        'if (known && holdsFor(known, payment.partnerAt)) return replayed(endpoint, known, payment)',
        `if (known && holdsFor(known, payment.partnerAt)) {
          const again = await resolvePayer(endpoint, payment.customerId, payment.expects)
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
      [
        PAY,
        'if (known && holdsFor(known, payment.partnerAt)) return replayed',
        "if (known && holdsFor(known, payment.partnerAt) && known.outcome.kind !== 'refused') return replayed",
      ],
      [
        PAY,
        "if (outcome === 'exists') return",
        "if (outcome === 'exists' && decision.outcome.kind === 'refused') return { answer: await replayDecision(endpoint, draft), repeat: false }\n  if (outcome === 'exists') return",
      ],
    ],
  },
  {
    name: 'count-duplicate',
    fault: 'a repeat puts a fact of its own',
    replace: [
      [
        REPLAY,
        'await heal(endpoint, accepted, facts)',
        'if (facts.payment) await endpoint.facts.put({ ...facts.payment, id: [...facts.payment.id, "again"] })\n      await heal(endpoint, accepted, facts)',
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
        'printedName(contact, nameFrom)',
        "contact?.maskedNames.findLast(({ from }) => from <= decision.decidedAt)?.name ?? ''",
      ],
    ],
  },
  {
    name: 'loser-decides',
    fault: 'who finds another decision standing answers what it had decided itself',
    replace: [
      [
        PAY,
        "if (outcome === 'exists') return replayed(endpoint, decision, payment)",
        "if (outcome === 'exists') return { answer: isAccepted(draft) ? acceptedAnswer(draft, payable?.contact) : await replayDecision(endpoint, draft), repeat: false }",
      ],
    ],
  },
  {
    name: 'answer-before-fact',
    fault: 'success is answered before the fact is there',
    replace: [
      [
        DECIDE,
        'await putPaymentFact(ports, decided.decision)',
        'putPaymentFact(ports, decided.decision).catch(() => {})',
      ],
    ],
  },
  {
    name: 'no-heal-on-repeat',
    fault: 'a repeat does not put the fact that a crash left out',
    replace: [
      [
        REPLAY,
        'await heal(endpoint, accepted, facts)',
        'if (Number.isNaN(decidedAt)) await heal(endpoint, accepted, facts)',
      ],
    ],
  },
  {
    name: 'healed-at-another-time',
    fault: 'a healed fact is decided when it is healed',
    replace: [
      [FACTS, 'id: [paymentId], decidedAt, recordedAt,', 'id: [paymentId], decidedAt: recordedAt, recordedAt,'],
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
    replace: [['shared/runtime/retry.ts', 'return write()\n  }\n}', "return { outcome: 'put' } as T\n  }\n}"]],
  },
  {
    name: 'external-id-unbound',
    fault: 'an external id of the day is not compared',
    replace: [
      [
        EXTERNAL_ID,
        'isSameCall(put.existing, item) && digests.sameFacts(put.existing.factsDigest, payment)',
        "put.outcome === 'exists'",
      ],
    ],
  },
  {
    name: 'reversal-without-decision',
    fault: 'a reversal of an unknown payment decides nothing',
    replace: [
      [
        REVERSE,
        'const { outcome, decision } = await putDecision(endpoint, first, (reversal.partnerAt - 1) as Instant)',
        "const { outcome, decision } = { outcome: 'decided' as 'decided' | 'exists', decision: first }",
      ],
    ],
  },
  {
    name: 'reversal-without-payment',
    fault: 'a reversal does not put the payment’s fact first',
    replace: [
      [
        REVERSE,
        'await heal(endpoint, decision, facts)',
        'if (Number.isNaN(decision)) await heal(endpoint, decision, facts)',
      ],
    ],
  },
  {
    name: 'reversal-any-time',
    fault: 'a reversal is taken after 00:15 of the next day',
    replace: [
      [REVERSE, 'return decidedAt > lastReversalAt(decision) ?', 'return decidedAt > lastReversalAt(decision) * 2 ?'],
    ],
  },
  {
    name: 'reversal-of-anybody',
    fault: 'a reversal is not compared with the payment’s customer',
    replace: [
      [
        REVERSE,
        'if (!endpoint.digests.sameCustomer(decision.customerDigest, reversal.customerId)) return CONFLICT',
        '',
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
  {
    name: 'inquiry-reverses',
    fault: 'a reversal signed in the same moment as its payment, or before it, is taken',
    replace: [
      [
        REVERSE,
        'reversal.partnerAt <= decision.outcome.terms.partnerAt',
        'reversal.partnerAt < decision.outcome.terms.partnerAt - 60_000',
      ],
    ],
  },
  {
    name: 'inquiry-unmarked',
    fault: 'an inquiry under a decided id leaves no mark',
    replace: [[CAPTURED, 'await retryUnknownOutcome(() => decisions.putInquiryMark(mark))', 'void mark']],
  },
  {
    name: 'mark-ignored',
    fault: 'a reversal may carry the signature of an inquiry',
    replace: [
      [REVERSE, 'if (isInquiry && !isSameReversal', 'if (isInquiry && Number.isNaN(decision) && !isSameReversal'],
    ],
  },
  {
    name: 'reversed-first-holds-for-all',
    fault: 'a captured inquiry, sent as a reversal first, keeps out the payment signed after it',
    replace: [
      [
        DECISIONS,
        "return outcome.kind !== 'reversed-first' || outcome.signedAt === null || signedAt < outcome.signedAt",
        'return !Number.isNaN(signedAt) && outcome !== undefined',
      ],
    ],
  },
  {
    name: 'reversed-first-holds-for-none',
    fault: 'a reversal that came first does not keep out a payment signed before it',
    replace: [[DECISIONS, 'signedAt < outcome.signedAt', 'signedAt < outcome.signedAt - 600_000']],
  },
  {
    name: 'kept-out-not-for-good',
    fault: 'a payment that was told that it is reversed is taken when its terminal signs it anew',
    replace: [
      [
        REPLAY,
        "outcome.kind === 'reversed-first' && outcome.signedAt !== null\n",
        "outcome.kind === 'reversed-first' && Number.isNaN(outcome.signedAt)\n",
      ],
    ],
  },
  {
    name: 'next-external-id',
    fault: 'a captured inquiry under the bank’s next external id keeps out its payment',
    replace: [[EXTERNAL_ID, ', { givesWay: INQUIRY_SERVICE }', '']],
  },
  {
    name: 'external-id-gives-way',
    fault: 'an external id goes to any later call',
    replace: [[MEMORY, 'existing?.requestId === item.requestId &&', 'existing !== undefined &&']],
  },
]
