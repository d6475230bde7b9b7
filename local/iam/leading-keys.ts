/**
 * The partition keys of the items that a call to DynamoDB touches: what AWS gives a policy as `dynamodb:LeadingKeys`. Read from the
 * request alone; undefined where it does not say them, as in a scan, so that a condition on them fails.
 */
import type { TablePlan } from '../cloud-assembly/cloud-assembly.ts'

export type Body = { readonly [name: string]: unknown }
type Attributes = { readonly [name: string]: unknown }
type KeyedTable = Pick<TablePlan, 'keys' | 'indexes'>

/** Of one item, or of a query: a call for one table, or one write or read of a transaction. */
export function leadingKeysOf(table: KeyedTable | undefined, body: Body): readonly string[] | undefined {
  const name = partitionKey(table, body.IndexName)
  if (name === undefined) return undefined
  const item = (body.Item ?? body.Key) as Attributes | undefined
  return item === undefined ? queriedKey(name, body) : keysIn([item], name)
}

/** Of what a batch reads or writes in one table. */
export function leadingKeysOfBatch(table: KeyedTable | undefined, request: unknown): readonly string[] | undefined {
  const name = partitionKey(table, undefined)
  if (name === undefined) return undefined
  const items = Array.isArray(request)
    ? request.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key)
    : (request as { readonly Keys?: readonly Attributes[] } | undefined)?.Keys
  return items && keysIn(items, name)
}

function partitionKey(table: KeyedTable | undefined, index: unknown): string | undefined {
  const keys = index === undefined ? table?.keys : table?.indexes.find(({ name }) => name === index)?.keys
  return keys?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName
}

function keysIn(items: readonly (Attributes | undefined)[], name: string): readonly string[] | undefined {
  const keys = items.map((item) => textIn(item?.[name]))
  return keys.every((key) => key !== undefined) ? keys : undefined
}

/** `part = :part AND …`: a query names its partition by equality, at the place of the key or of a name that stands for it. */
function queriedKey(name: string, { KeyConditionExpression, ...body }: Body): readonly string[] | undefined {
  const names = (body.ExpressionAttributeNames ?? {}) as Readonly<Record<string, string>>
  const values = (body.ExpressionAttributeValues ?? {}) as Attributes
  for (const [, given = '', value = ''] of String(KeyConditionExpression ?? '').matchAll(/([#\w]+)\s*=\s*(:\w+)/g)) {
    if ((names[given] ?? given) === name) return keysIn([{ [name]: values[value] }], name)
  }
  return undefined
}

/** `{ S: 'text' }`; numbers and bytes are compared by their text. */
function textIn(attribute: unknown): string | undefined {
  const [value] = typeof attribute === 'object' && attribute !== null ? Object.values(attribute) : []
  return typeof value === 'string' ? value : undefined
}
