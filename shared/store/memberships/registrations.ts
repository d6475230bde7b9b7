/**
 * Many new memberships in one transaction over `payment-decisions` (NIK items), `facts` (first terms) and `contacts`: what makes an import
 * of 10,000 rows one call. Promises all or nothing, and nothing where anything of it was there before.
 * It costs two write units per item instead of one, once in a membership's life. Does not say which of them was there: the
 * caller goes on one by one. Producer: functions/serve-console (import).
 */
import { type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import type { TermsFact } from '../../domain/fact.ts'
import { Throttled } from '../../runtime/faults.ts'
import type { Contact } from '../contacts/contacts.ts'
import { contactItem } from '../contacts/item.ts'
import type { DynamoClient } from '../dynamo/client.ts'
import { writing } from '../dynamo/errors.ts'
import { factItem } from '../facts/item.ts'
import { selfPaidItem } from '../payment-decisions/item.ts'
import type { Tables } from '../tables.ts'

/** A new membership: its first terms, and its contact. A self-paid one takes its participant's NIK. */
export type NewMembership = { readonly fact: TermsFact; readonly contact: Contact }

/** A transaction takes 100 items; a newcomer is at most three. */
export const NEWCOMERS_AT_ONCE = 25

export type RegistrationStore = {
  /**
   * At most `NEWCOMERS_AT_ONCE`, no KPJ twice, no NIK twice. `not-put`: nothing was written by this call, because something
   * of it was there already (perhaps by an earlier try) or others were writing it. May throw `UnknownOutcome`.
   */
  readonly putAll: (newcomers: readonly NewMembership[]) => Promise<'put' | 'not-put'>
}

export function dynamoRegistrations(
  client: DynamoClient,
  tables: Pick<Tables, 'payment-decisions' | 'facts' | 'contacts'>,
): RegistrationStore {
  return {
    putAll: async (newcomers) => {
      const items = newcomers.flatMap((newcomer) => itemsOf(newcomer, tables))
      if (items.length === 0) return 'put'
      try {
        const written = await writing('new memberships', () =>
          client.send(new TransactWriteItemsCommand({ TransactItems: items })),
        )
        return written.outcome === 'written' ? 'put' : 'not-put'
      } catch (error) {
        // One by one there are no transactions to conflict with, and each write is tried again on its own.
        if (error instanceof Throttled) return 'not-put'
        throw error
      }
    },
  }
}

function itemsOf(
  { fact, contact }: NewMembership,
  tables: Pick<Tables, 'payment-decisions' | 'facts' | 'contacts'>,
): readonly TransactWriteItem[] {
  const nik = selfPaidItem(fact.participant, contact.kpj)
  const take = {
    Put: { TableName: tables['payment-decisions'], Item: nik, ConditionExpression: 'attribute_not_exists(decision)' },
  }
  return [
    ...(fact.terms.funding === 'self' ? [take] : []),
    { Put: { TableName: tables.facts, Item: factItem(fact), ConditionExpression: 'attribute_not_exists(account)' } },
    {
      Put: { TableName: tables.contacts, Item: contactItem(contact), ConditionExpression: 'attribute_not_exists(kpj)' },
    },
  ]
}
