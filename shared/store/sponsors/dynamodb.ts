/** Table `sponsors` in DynamoDB: parts and entries with a JSON content, as table `settlements`. The port is sponsors.ts. */
import type { DynamoClient } from '../dynamo/client.ts'
import { entryTable } from '../settlements/dynamodb.ts'
import type { Tables } from '../tables.ts'
import { type SponsorStore, sponsorsIn } from './sponsors.ts'

export function dynamoSponsors(client: DynamoClient, tables: Pick<Tables, 'sponsors'>): SponsorStore {
  return sponsorsIn(entryTable(client, tables.sponsors))
}
