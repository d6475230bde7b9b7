/** `npm run verify-audit` as a person runs it: what it prints, and how it ends. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDynamoClient } from '../../shared/store/dynamo/client.ts'
import { dynamoSettlements } from '../../shared/store/settlements/dynamodb.ts'
import { dynamoResolutions } from '../../shared/store/settlements/resolutions.ts'
import type { Tables } from '../../shared/store/tables.ts'
import { createTables, startDatabase, type TestDatabase, useTestIdentity } from '../support/dynoxide.ts'
import { caseOf, MORNING } from '../support/settled.ts'

let database: TestDatabase
let tables: Tables
let client: ReturnType<typeof createDynamoClient>
beforeAll(async () => {
  useTestIdentity()
  database = await startDatabase()
  tables = await createTables(database.endpoint)
  client = createDynamoClient({ endpoint: database.endpoint })
})
afterAll(async () => {
  client.destroy()
  await database.stop()
})

function verify(environment: Readonly<Record<string, string>>) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/verify-audit.ts'], {
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  })
  return { status, printed: `${stdout}${stderr}`.trim() }
}

const verifyTables = () =>
  verify({
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    AUDIT_TABLE: tables.audit,
    SETTLEMENTS_TABLE: tables.settlements,
  })

const whole = (entries: number) =>
  `audit chain whole: ${entries} entries\nnot held against anchors: there is no key of them here`

const keyOf = (sequence: number) => ({ chain: { S: 'decisions' }, sequence: { N: String(sequence) } })

test('it says that the chain is whole, then which entry was changed, then that the end is cut off', async () => {
  expect(verifyTables()).toEqual({ status: 0, printed: whole(0) })
  const resolutions = dynamoResolutions(client, tables)
  await dynamoSettlements(client, tables).putDifference(caseOf())
  for (let version = 2; version <= 4; version++) {
    const record = { at: MORNING, actor: `person-${version}`, action: 'proposed', subject: 'x', detail: null } as const
    await resolutions.take({ case: caseOf({ version, state: 'proposed' }), record, resolution: null })
  }
  expect(verifyTables()).toEqual({ status: 0, printed: whole(3) })

  const change = (actor: string) =>
    client.send(
      new UpdateItemCommand({
        TableName: tables.audit,
        Key: keyOf(2),
        UpdateExpression: 'SET actor = :actor',
        ExpressionAttributeValues: { ':actor': { S: actor } },
      }),
    )
  await change('somebody else')
  expect(verifyTables()).toEqual({ status: 1, printed: 'audit chain broken at entry 2: CHANGED' })
  await change('person-3')
  expect(verifyTables().status).toBe(0)

  await client.send(new DeleteItemCommand({ TableName: tables.audit, Key: keyOf(3) }))
  expect(verifyTables()).toEqual({ status: 1, printed: 'audit chain broken at entry 3: CUT_OFF' })
  const record = { at: MORNING, actor: 'late', action: 'approved', subject: 'x', detail: null } as const
  const step = { case: caseOf({ version: 5, state: 'approved' }), record, resolution: null }
  await expect(resolutions.take(step)).rejects.toMatchObject({ code: 'AUDIT_CUT_OFF' })
}, 60_000)

test('where no hub has run, and where the tables cannot be read, it says so and ends with 2', () => {
  const empty = mkdtempSync(path.join(tmpdir(), 'hub-none-'))
  try {
    expect(verify({ HUB_DATA_DIR: empty })).toMatchObject({ status: 2, printed: expect.stringContaining('npm start') })
  } finally {
    rmSync(empty, { recursive: true })
  }
  const nowhere = { AWS_ENDPOINT_URL_DYNAMODB: database.endpoint, AUDIT_TABLE: 'none', SETTLEMENTS_TABLE: 'none' }
  expect(verify(nowhere)).toMatchObject({ status: 2, printed: expect.stringContaining('could not be read') })
}, 60_000)
