/**
 * How many memberships the table holds, as DynamoDB last counted them (every six hours or so, so right after an import it is
 * too small). Good enough to decide into how many segments a scan is cut; no figure for a person.
 */
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb'
import type { DynamoClient } from '../dynamo/client.ts'
import { reading } from '../dynamo/errors.ts'
import type { Tables } from '../tables.ts'

/** Throws `Transient` when the table does not answer. */
export async function membershipTableSize(
  client: DynamoClient,
  { memberships }: Pick<Tables, 'memberships'>,
): Promise<number> {
  const { Table } = await reading('the size of the memberships table', () =>
    client.send(new DescribeTableCommand({ TableName: memberships })),
  )
  return Table?.ItemCount ?? 0
}
