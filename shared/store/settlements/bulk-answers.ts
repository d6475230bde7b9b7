/**
 * What was answered to a call that decided about many cases, in table `settlements`, by the person and the key of the call.
 *
 * Promise: put once, so a repeated call gets the first answer whatever has become of the cases since. Keys: item.ts.
 */
import type { ShownState } from '../../domain/settlement/resolution.ts'
import type { Awaited } from '../../domain/two-people.ts'
import type { EntryTable } from './entries.ts'
import { bulkPart } from './item.ts'

export type BulkOutcome = {
  readonly id: string
  readonly outcome: 'accepted' | 'refused'
  readonly state: ShownState | null
  /** Whom its proposal waits for; absent in answers of before it was kept. */
  readonly waitsFor?: Awaited | null
  readonly code: string | null
  readonly detail: string | null
}

/** `request`: a digest of what was asked. */
export type BulkAnswer = { readonly request: string; readonly items: readonly BulkOutcome[] }

export type BulkAnswerStore = {
  readonly bulkAnswer: (actor: string, key: string) => Promise<BulkAnswer | undefined>
  /** The answer that is kept: this one, or the one that somebody else put first. */
  readonly putBulkAnswer: (actor: string, key: string, answer: BulkAnswer) => Promise<BulkAnswer>
}

export function bulkAnswersIn<C>(table: EntryTable<C>): BulkAnswerStore {
  const bulkAnswer = (actor: string, key: string) => table.get<BulkAnswer>(bulkPart(actor), key)
  return {
    bulkAnswer,
    putBulkAnswer: async (actor, key, answer) => {
      const put = await table.putOnce(bulkPart(actor), key, answer)
      return put === 'other' ? ((await bulkAnswer(actor, key)) ?? answer) : answer
    },
  }
}
