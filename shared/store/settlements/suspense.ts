/**
 * Money in suspense, in table `settlements`: the list of what was put there, since which business day, and the exits that two
 * people approved.
 *
 * Promise: an entry is put before the fact that puts the money into suspense, and never taken away; so no such money is missing
 * from the list. Whether it is still there is said by the facts of its account alone. An exit is put once, with its approval
 * (resolutions.ts), and wakes functions/reconcile-settlement; it waits in a list until it was applied, so that a night finds the
 * one whose stream record was lost. Keys: item.ts.
 */
import { createHash } from 'node:crypto'
import type { Account } from '../../domain/account.ts'
import type { FactKey } from '../../domain/fact.ts'
import type { BusinessDate } from '../../domain/instant.ts'
import type { ExitName, SuspenseExit } from '../../domain/suspense-exit.ts'
import type { ApprovalEffect } from './approval-effect.ts'
import type { EntryTable } from './entries.ts'
import { dayPart, EXITS_WAITING, exitEntry, SUSPENSE } from './item.ts'

export type SuspendedMoney = {
  readonly account: Account
  /** The payment, share or posting. */
  readonly fact: FactKey
  /** The business day of the money. */
  readonly since: BusinessDate
}

export type SuspenseStore = {
  /** Idempotent. */
  readonly noteSuspense: (money: SuspendedMoney) => Promise<void>
  /** Oldest business day first; `after` is a pointer of this list. */
  readonly suspense: (
    after: string | null,
    limit: number,
  ) => Promise<readonly { readonly pointer: string; readonly money: SuspendedMoney }[]>
  readonly suspended: (pointer: string) => Promise<SuspendedMoney | undefined>
  /** `date`: the business day of the money. */
  readonly exit: (name: ExitName, date: BusinessDate) => Promise<SuspenseExit | undefined>
  readonly exitAt: (part: string, entry: string) => Promise<SuspenseExit | undefined>
  /** Where approved exits lie that nobody has applied yet. */
  readonly waitingExits: () => Promise<readonly ExitAddress[]>
  /** Idempotent: it waits no longer. */
  readonly endWait: (exit: SuspenseExit) => Promise<void>
}

export type ExitAddress = { readonly part: string; readonly entry: string }

export function suspenseIn<C>(table: EntryTable<C>): SuspenseStore {
  return {
    noteSuspense: (money) => table.put(SUSPENSE, pointerOf(money), money),
    suspense: async (after, limit) => {
      const pointers = await table.entries(SUSPENSE, after, limit)
      const found = await Promise.all(
        pointers.map(async (pointer) => ({ pointer, money: await table.get<SuspendedMoney>(SUSPENSE, pointer) })),
      )
      return found.flatMap(({ pointer, money }) => (money ? [{ pointer, money }] : []))
    },
    suspended: (pointer) => table.get<SuspendedMoney>(SUSPENSE, pointer),
    exit: (name, date) => table.get<SuspenseExit>(dayPart(name.channel, date), exitEntry(name)),
    exitAt: (part, entry) => table.get<SuspenseExit>(part, entry),
    waitingExits: () => table.range<ExitAddress>(EXITS_WAITING, {}),
    endWait: async (exit) => {
      await table.transact([table.deleting(EXITS_WAITING, waitingEntry(exit))])
    },
  }
}

/** Where an approved exit lies: under the day of settlement that it changes. */
export function exitAddress(exit: SuspenseExit): ExitAddress {
  return { part: dayPart(exit.channel, exit.businessDate), entry: exitEntry(exit) }
}

/** For the transaction of its approval: the exit, and that it waits. */
export function effectsOfExit(exit: SuspenseExit): readonly ApprovalEffect[] {
  const address = exitAddress(exit)
  return [
    { kind: 'entry', ...address, value: exit },
    { kind: 'entry', part: EXITS_WAITING, entry: waitingEntry(exit), value: address },
  ]
}

function waitingEntry(exit: SuspenseExit): string {
  return `${exit.channel}#${exit.businessDate}#${exitEntry(exit)}`
}

/** A digest, because account and key together may be longer than a sort key. */
export function pointerOf({ account, fact, since }: SuspendedMoney): string {
  return `${since}#${createHash('sha256').update(`${account} ${fact}`).digest('base64url')}`
}

export function isSuspensePointer(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}#[\w-]{43}$/.test(text)
}
