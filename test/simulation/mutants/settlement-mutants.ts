/** Faults of settlement, the journal and notices. Each replaces a few words: mutant.ts. Only seeds with settlement in them are tried. */
import type { Mutant } from './mutant.ts'

const BOOKS = 'shared/store/journal/journal-day.ts'
const OPEN_ITEMS = 'shared/domain/settlement/open-items.ts'
const QUEUE = 'functions/reconcile-settlement/reconcile-settlement.ts'
const RESOLVE = 'functions/serve-console/settlement/resolve-difference.ts'

export const SETTLEMENT_MUTANTS: readonly Mutant[] = [
  settling(
    'resolution-forgotten',
    'an approved resolution whose stream record was lost is never carried out',
    [[QUEUE, 'await ports.sendDays(await leftBehind(ports))', '']],
    2_850,
  ),
  settling('own-approval', 'one person may approve the own proposal', [
    [RESOLVE, 'if (proposal.by === actor) return', "if (proposal.by === '') return"],
  ]),
  settling('charged-stays-open', 'what a channel is charged stays an open item as well', [
    [
      OPEN_ITEMS,
      "return from === 'receivable' ? sum + amount : sum",
      "return from === 'receivable' ? sum : sum + amount",
    ],
  ]),
  settling('bank-rest-upside-down', 'what the bank credited less is shown as more', [
    [
      'shared/domain/settlement/statement.ts',
      'const rest = file ? credited - file.totals.net : 0',
      'const rest = file ? file.totals.net - credited : 0',
    ],
  ]),
  settling('finance-reversal-unseen', 'a day does not see what finance took back', [
    [
      'functions/reconcile-settlement/load-day.ts',
      'if (!standing || standing.decidedAt <= entry.decidedAt) hub.reverse(paymentId)',
      '',
    ],
  ]),
  settling('bank-booked-again', 'the journal books a movement with each version of its placement', [
    [
      BOOKS,
      'addPlacement(sums, placedAt(versions, span.from), placedAt(versions, span.to), bookedOn)',
      'addPlacement(sums, [], placedAt(versions, span.to), bookedOn)',
    ],
  ]),
  settling('statement-not-booked', 'the journal leaves the statements out', [
    [BOOKS, 'for (const { channel, date } of statements) await addStatementOf(ports, sums, channel, date, span)', ''],
  ]),
  settling(
    'placed-short',
    'a part of a movement that pays several days has no place',
    [
      [
        'functions/reconcile-settlement/place-movements.ts',
        "const next: Placement = { id, bookedOn, version, recordedAt, by: 'rules', places: found }",
        "const next: Placement = { id, bookedOn, version, recordedAt, by: 'rules', places: found.slice(0, 1) }",
      ],
    ],
    550,
  ),
]

function settling(name: string, fault: string, replace: Mutant['replace'], from?: number): Mutant {
  return { name, fault, replace, isOfSettlement: true, ...(from !== undefined && { from }) }
}
