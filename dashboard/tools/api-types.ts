/**
 * The types of the console API as the dashboard sees it, from the API's own OpenAPI document. `apiTypes` is the text of
 * src/api/schema.d.ts; test/dashboard/api-types.test.ts holds the file to it and writes it anew with `-u`.
 */
import openapiTypescript, { astToString, type OpenAPI3 } from 'openapi-typescript'

const HEADING =
  '/** Made from the console API’s OpenAPI document: `npm test -- test/dashboard -u` writes it anew. Not for hands. */\n'

export async function apiTypes(document: object): Promise<string> {
  return HEADING + astToString(await openapiTypescript(document as OpenAPI3, { alphabetize: true }))
}
