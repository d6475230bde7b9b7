/** Faults at the door and in the stores behind it. Each replaces a few words: mutant.ts. */
import type { Mutant } from './mutant.ts'

const DOOR = 'functions/answer-channel/answer-channel.ts'
const PAY = 'functions/answer-channel/pay.ts'
const REPLAY = 'functions/answer-channel/replay.ts'
const REVERSE = 'functions/answer-channel/reverse.ts'
const MEMORY = 'test/support/memory-store.ts'

export const DOOR_MUTANTS: readonly Mutant[] = [
  {
    name: 'claim-without-condition',
    fault: 'the claim is put without its condition',
    replace: [[MEMORY, 'const existing = database.claims.get(key)', 'const existing = undefined as Claim | undefined']],
  },
  {
    name: 'resolve-on-repeat',
    fault: 'a repeat resolves the customer again',
    replace: [
      [
        PAY,
        'if (known) return replayed(door, known, payment)',
        `if (known) {
          const again = await resolve(door, payment.customerId, payment.expects)
          const { hubReference, decidedAt } = known
          if (!again) return { answer: { outcome: 'refused', code: 'unknown-customer', hubReference, decidedAt }, repeat: true }
          return replayed(door, again.kind === 'member' ? { ...known, account: again.kpj } : known, payment)
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
        "if (put.outcome === 'exists' && put.existing.decision.kind === 'refused') return { answer: await settle(door, claim, payable), repeat: false }\n  if (put.outcome === 'exists') return",
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
        'if (payment) await door.facts.put({ ...payment, id: [...payment.id, "again"] })\n      if (!payment) {',
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
        'printedName(contact, claim.decision.nameFrom)',
        "contact?.maskedNames.findLast(({ from }) => from <= claim.decidedAt)?.name ?? ''",
      ],
    ],
  },
  {
    name: 'loser-decides',
    fault: 'who loses the claim answers what it had decided itself',
    replace: [
      [
        PAY,
        "if (put.outcome === 'exists') return replayed(door, put.existing, payment)",
        "if (put.outcome === 'exists') return { answer: await settle(door, claim, payable), repeat: false }",
      ],
    ],
  },
  {
    name: 'answer-before-fact',
    fault: 'success is answered before the fact is there',
    replace: [[PAY, 'await putFact(door, claim)', 'putFact(door, claim).catch(() => {})']],
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
    replace: [[REPLAY, 'if (claim.factsDigest) return', 'if (claim.factsDigest && !claim.customerDigest) return']],
  },
  {
    name: 'failed-after-claim',
    fault: '"our fault" is answered after an attempted claim',
    replace: [[DOOR, 'passage.claimAttempted || (await mayBeClaimed(door, message))', 'Number.isNaN(message)']],
  },
  {
    name: 'failed-after-earlier-claim',
    fault: '"our fault" is answered although an earlier message had claimed',
    replace: [[DOOR, 'passage.claimAttempted || (await mayBeClaimed(door, message))', 'passage.claimAttempted']],
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
        DOOR,
        "return put.outcome === 'exists' ? put.existing : undefined",
        'return put.outcome === undefined ? put : undefined',
      ],
    ],
  },
  {
    name: 'reversal-without-claim',
    fault: 'a reversal of an unknown payment claims nothing',
    replace: [
      [
        REVERSE,
        'const put = await retried(() => door.claims.put(first))',
        "const put = { outcome: 'put' } as Awaited<ReturnType<Door['claims']['put']>>",
      ],
    ],
  },
  {
    name: 'reversal-without-payment',
    fault: 'a reversal does not put the payment’s fact first',
    replace: [[REVERSE, 'if (!facts.payment) {', 'if (Number.isNaN(claim)) {']],
  },
  {
    name: 'reversal-any-time',
    fault: 'a reversal is taken after 00:15 of the next day',
    replace: [[REVERSE, 'if (decidedAt > lastReversalAt(claim)) {', 'if (decidedAt > lastReversalAt(claim) * 2) {']],
  },
  {
    name: 'reversal-of-anybody',
    fault: 'a reversal is not compared with the payment’s customer',
    replace: [
      [
        REVERSE,
        "  if (!door.digests.sameCustomer(claim.customerDigest, reversal.customerId))\n    return { answer: { outcome: 'conflict' }, repeat: false }\n  if (!isAccepted",
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
