/**
 * How many items a table holds, as DynamoDB last counted them (every six hours or so, so right after an import it is too
 * small). Good enough to decide into how many segments a scan is cut; no figure for a person.
 */
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb'
import type { DynamoClient } from './client.ts'
import { reading } from './errors.ts'

/** `table`: its deployed name. Throws `Transient` when the table does not answer. */
export async function tableSize(client: DynamoClient, table: string): Promise<number> {
  const { Table } = await reading('the size of a table', () =>
    client.send(new DescribeTableCommand({ TableName: table })),
  )
  return Table?.ItemCount ?? 0
}
