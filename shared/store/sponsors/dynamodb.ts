/** Table `sponsors` in DynamoDB: parts and entries with a JSON content, as table `settlements`. The port is sponsors.ts, without rows of lists. */
import type { DynamoClient } from '../dynamo/client.ts'
import { entryTable } from '../settlements/dynamodb.ts'
import type { Tables } from '../tables.ts'
import { type SponsorRecords, sponsorsIn } from './sponsors.ts'

export function dynamoSponsors(client: DynamoClient, tables: Pick<Tables, 'sponsors'>): SponsorRecords {
  return sponsorsIn(entryTable(client, tables.sponsors))
}
