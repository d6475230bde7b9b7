/**
 * Bank statements that one person handed over and nobody has confirmed, in table `settlements`: a list of its own, so that whoever
 * takes a statement in, in whatever order, cannot lose who has to look at it. Keys: item.ts.
 *
 * Promise: a statement is in the list before anything of it counts, put with the proposal and its audit entry in one transaction;
 * it leaves with another person's decision, with its withdrawal, or with the same bytes from the bank.
 */
import type { Instant } from '../../domain/instant.ts'
import type { UnconfirmedStatement } from '../../domain/settlement/unconfirmed-statement.ts'
import type { ApprovalEffect } from './approval-effect.ts'
import type { EntryTable } from './entries.ts'
import { changeOfInput } from './inputs.ts'
import { BANK_CONFIRMATIONS, bankConfirmationEntry, UNCONFIRMED } from './item.ts'

export type UnconfirmedStore = {
  readonly unconfirmed: (sha256: string) => Promise<UnconfirmedStatement | undefined>
  /** All of them, by digest: a handful at most. */
  readonly allUnconfirmed: () => Promise<readonly UnconfirmedStatement[]>
  /** The bank itself has sent the same bytes. Idempotent. */
  readonly confirmByBank: (statement: UnconfirmedStatement, at: Instant) => Promise<void>
}

export function unconfirmedIn<C>(table: EntryTable<C>): UnconfirmedStore {
  return {
    unconfirmed: (sha256) => table.get<UnconfirmedStatement>(UNCONFIRMED, sha256),
    allUnconfirmed: () => table.range<UnconfirmedStatement>(UNCONFIRMED, {}),
    confirmByBank: async (statement, at) => {
      // A conflict: a person, or another drop of the same bytes, was faster.
      await table.transact(changesOfConfirmation(table, statement, at))
    },
  }
}

/** Beside the proposal that asks for the second person. */
export function effectOfHandingOver(statement: UnconfirmedStatement): ApprovalEffect {
  return { kind: 'entry', part: UNCONFIRMED, entry: statement.sha256, value: statement }
}

/** The writes that confirm it; the entry wakes functions/reconcile-settlement, which sends what waited for it. */
export function changesOfConfirmation<C>(
  table: EntryTable<C>,
  statement: UnconfirmedStatement,
  at: Instant,
): readonly C[] {
  const { sha256, proposal } = statement
  const entry = bankConfirmationEntry(sha256, proposal)
  return [
    table.removing(UNCONFIRMED, sha256, statement),
    table.puttingOnce(BANK_CONFIRMATIONS, entry, { sha256 }),
    changeOfInput(table, at, BANK_CONFIRMATIONS, entry),
  ]
}
