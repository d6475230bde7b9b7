/**
 * What lies in the tables once a list was enrolled, billed and paid through kills: read whole and counted, member by member, by keys and
 * attributes as the tables have them. Knows the list by the numbers that its rows were given.
 */
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb'
import { type FactKey, factKindOf } from '../shared/domain/fact.ts'
import { dynamoMemberships } from '../shared/store/memberships/dynamodb.ts'
import type { Tables } from '../shared/store/tables.ts'
import { TEST_CREDENTIALS } from '../test/support/dynoxide.ts'

export type Counted = {
  /** Members of the list without first terms, contact, share or a view that is active. */
  readonly lost: number
  /** Memberships that no row of the list has, and second terms or shares of one that has. */
  readonly doubled: number
  readonly active: number
  readonly shareRupiah: number
}

export async function countMembers(endpoint: string, tables: Tables, members: ReadonlySet<string>): Promise<Counted> {
  const client = new DynamoDBClient({ endpoint, region: 'ap-southeast-3', credentials: TEST_CREDENTIALS })
  const terms = new Map<string, number>()
  const shares = new Map<string, number>()
  let shareRupiah = 0
  for await (const { Items: items } of paginateScan({ client }, { TableName: tables.facts })) {
    for (const item of items ?? []) {
      const account = item.account?.S ?? ''
      const kind = factKindOf((item.fact?.S ?? '') as FactKey)
      if (kind === 'terms') terms.set(account, (terms.get(account) ?? 0) + 1)
      if (kind !== 'share') continue
      shares.set(account, (shares.get(account) ?? 0) + 1)
      shareRupiah += Number(item.a?.N ?? Number.NaN)
    }
  }
  const contacts = new Set<string>()
  for await (const { Items: items } of paginateScan(
    { client },
    { TableName: tables.contacts, ProjectionExpression: 'kpj' },
  )) {
    for (const item of items ?? []) contacts.add(item.kpj?.S ?? '')
  }
  const active = new Set<string>()
  for await (const view of dynamoMemberships(client, tables).scan(0, 1)) {
    if (view.status === 'active') active.add(view.kpj)
  }
  client.destroy()
  const isWhole = (kpj: string) => terms.has(kpj) && contacts.has(kpj) && shares.has(kpj) && active.has(kpj)
  const known = new Set([...terms.keys(), ...shares.keys(), ...contacts, ...active])
  const unlisted = [...known].filter((kpj) => !members.has(kpj)).length
  const twice = [terms, shares].reduce(
    (sum, counts) => sum + [...counts.values()].filter((count) => count > 1).length,
    0,
  )
  return {
    lost: [...members].filter((kpj) => !isWhole(kpj)).length,
    doubled: unlisted + twice,
    active: active.size,
    shareRupiah,
  }
}
