/** dashboard/src/api/schema.d.ts is written from the routes of the console; `npm test -- test/dashboard -u` writes it anew. */
import path from 'node:path'
import { expect, test } from 'vitest'
import { apiTypes } from '../../dashboard/tools/api-types.ts'
import { openApiOf } from '../../functions/serve-console/http/openapi.ts'
import { SUBJECTS } from '../../functions/serve-console/routes.ts'

const FILE = path.join(import.meta.dirname, '../../dashboard/src/api/schema.d.ts')

test('the dashboard’s types are those of the API', async () => {
  const text = await apiTypes(openApiOf(SUBJECTS))
  expect(text).toContain('readMembership')
  await expect(text).toMatchFileSnapshot(FILE)
})
