/** Faults of settlement and the journal. Each replaces a few words: mutant.ts. Only seeds with settlement in them are tried. */
import type { Mutant } from './mutant.ts'

const BOOKS = 'shared/store/journal/journal-day.ts'
const OPEN_ITEMS = 'shared/domain/settlement/open-items.ts'
const NIGHTLY = 'functions/reconcile-settlement/nightly.ts'
const APPLY = 'functions/reconcile-settlement/apply-resolution.ts'
const EXIT = 'functions/reconcile-settlement/apply-exit.ts'
const STORE = 'shared/store/settlements/settlements.ts'
const RESOLVE = 'functions/serve-console/settlement/approve-resolution.ts'

export const SETTLEMENT_MUTANTS: readonly Mutant[] = [
  settling('resolution-forgotten', 'an approved resolution whose stream record was lost is never carried out', [
    [NIGHTLY, 'await ports.sendDays(await leftBehind(ports))', ''],
  ]),
  settling('own-approval', 'one person may approve the own proposal', [
    [RESOLVE, 'if (proposal.by === actor || isOwn)', "if (proposal.by === '' && isOwn)"],
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
      'if (!standing || standing.lastAt <= entry.decidedAt) hub.reverse(paymentId)',
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
    340,
  ),
  settling('resolution-applied-twice', 'a resolution whose message comes twice is applied twice', [
    [APPLY, "return state === 'approved' && version === differenceVersion", 'return version >= differenceVersion'],
  ]),
  settling('posted-twice', 'money of a line becomes a payment, and lies in suspense as well', [
    [
      'functions/reconcile-settlement/post-unrecorded-payment.ts',
      '  return postDecided(ports, resolution, line, decision)',
      '  await suspense(ports, resolution, line)\n  return postDecided(ports, resolution, line, decision)',
    ],
  ]),
  settling('refund-keeps-suspense', 'money that was refunded stays in suspense', [
    [EXIT, 'await putReversalFact(ports.facts, reversal, {', 'void Object.assign({}, {'],
  ]),
  settling('release-to-another', 'money is released to another account than two people said', [
    [EXIT, 'account: exit.to,', 'account: money.account as typeof exit.to,'],
  ]),
  settling('placed-twice', 'a movement that is moved stays on the day on which it was', [
    [
      'shared/store/settlements/bank-movements.ts',
      '    ...gone.map(({ channel, date }) => table.deleting(keys.dayPart(channel, date), keys.paidEntry(bookedOn, id))),\n',
      '',
    ],
  ]),
  settling('people-not-heeded', 'rules place anew what people have placed', [
    [
      'functions/reconcile-settlement/place-movements.ts',
      "...young.filter(({ placement }) => placement?.by !== 'resolution'),",
      '...young,',
    ],
  ]),
  settling('withdrawn-file-counts', 'a settlement file that was withdrawn still counts', [
    [STORE, "const withdrawn: FileVersion = { ...file, state: 'withdrawn' }", 'const withdrawn: FileVersion = file'],
  ]),
  settling('corrected-file-ignored', 'a corrected file that was accepted does not take the place of the first', [
    [APPLY, 'await ports.settlements.replaceFile(accepted, corrected)', "'put'"],
  ]),
  settling('withdrawn-statement-counts', 'the movements of a bank statement that was withdrawn stay in the books', [
    [
      'shared/intake/rechain-statements.ts',
      'const withdrawn = await withdrawnOf(ports, files)\n  if (withdrawn.length === 0) return 0',
      'const withdrawn = await withdrawnOf(ports, files)\n  if (withdrawn.length >= 0) return 0',
    ],
  ]),
  settling('receivable-sign', 'what differs from the file is owed the wrong way round', [
    [OPEN_ITEMS, '-amountIn(sums, label) - movedFrom(resolved)', 'amountIn(sums, label) - movedFrom(resolved)'],
  ]),
  settling('invoice-not-booked', 'the journal leaves fee invoices out', [
    [BOOKS, 'for (const { channel, month } of fees) await addFeesOf(ports, sums, channel, month, span)', ''],
  ]),
  settling('closed-day-overwritten', 'a closed day of the journal is written again', [
    ['test/support/memory-journal.ts', "if (days.has(closed.day)) return 'exists'", ''],
    [
      'functions/reconcile-settlement/journal.ts',
      "if (await ports.journal.get(day)) return { outcome: 'closed-before' }",
      '',
    ],
  ]),
]

function settling(name: string, fault: string, replace: Mutant['replace'], from?: number): Mutant {
  return { name, fault, replace, isOfSettlement: true, ...(from !== undefined && { from }) }
}
