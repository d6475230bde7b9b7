/**
 * Which partitions of a table a role may touch, asserted both ways: every command that a store sends (test/shared/store/sent-commands.txt)
 * is judged by the role's statements in the synthesized template, as the local hub judges it. What a function does for its work
 * is allowed; everything else that could be written is refused.
 */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloudAssemblyOf, type FunctionPlan } from '../../local/cloud-assembly/cloud-assembly.ts'
import { readTemplates } from '../../local/cloud-assembly/template.ts'
import { callOf, permissionsFrom } from '../../local/iam/operations.ts'
import { policyOf } from '../../local/iam/policy.ts'
import { INTAKE_PARTS } from '../../shared/store/settlements/item.ts'
import { type CloudAssembly, cloudAssembly, REPOSITORY } from './cloud-assembly.ts'

type Sent = { readonly call: string; readonly operation: string; readonly body: Readonly<Record<string, unknown>> }

const STORES = ['settlements', 'resolutions', 'sponsors']

let plan: CloudAssembly
let commands: readonly Sent[]
let functions: readonly FunctionPlan[]
let needs: ReturnType<typeof permissionsFrom>

beforeAll(async () => {
  plan = await cloudAssembly()
  const assembly = cloudAssemblyOf(readTemplates(plan.synthesized.outdir, ['Ledger', 'Hub']))
  functions = assembly.functions
  needs = permissionsFrom(assembly)
  commands = sentIn(await readFile(path.join(REPOSITORY, 'test/shared/store/sent-commands.txt'), 'utf8'))
}, 120_000)

afterAll(() => plan.remove())

/** `store: call`, then one line per command. Tables are named as the template names them. */
function sentIn(reference: string): readonly Sent[] {
  const sent: Sent[] = []
  let call = ''
  for (const line of reference.split('\n')) {
    const [, operation, body] = /^ {2}(\w+)Command (\{.*\})$/.exec(line) ?? []
    if (operation === undefined) call = line
    else if (STORES.some((store) => call.startsWith(`${store}: `))) {
      const named = body?.replaceAll(/"TableName":"([\w-]+)"/g, '"TableName":"hub-$1"') ?? ''
      sent.push({ call, operation, body: JSON.parse(named) })
    }
  }
  return sent
}

const WRITES = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'TransactWriteItems'])
const READS = new Set(['GetItem', 'Query'])

/** Calls of the stores of which the role may send every command. */
function mayCall(service: string, operations: ReadonlySet<string>): readonly string[] {
  const role = functions.find(({ folder }) => folder === service)?.role
  const policy = policyOf(role?.statements ?? [])
  const allowed = (sent: Sent) =>
    needs(callOf(`DynamoDB_20120810.${sent.operation}`) as never, sent.body).permissions?.every(
      (permission) => policy(permission) === 'allowed',
    )
  const asked = commands.filter(({ operation }) => operations.has(operation))
  const calls = [...new Set(asked.map(({ call }) => call))]
  return calls.filter((call) => asked.filter((each) => each.call === call).every(allowed))
}

describe('who takes files in', () => {
  test('writes what came in, and nothing else that any store can write', () => {
    expect(mayCall('import-file', WRITES)).toEqual([
      'settlements: putFileVersion',
      // Both are versions of a file; this function calls it for none.
      'settlements: replaceFile',
      'settlements: putBankFile',
      'settlements: askForChaining',
      'settlements: noteDrop',
      'settlements: putLink first',
      'settlements: putLink',
      'settlements: putCredit',
      // By the same bytes from the bank.
      'settlements: confirmByBank',
      'sponsors: putCohort',
      'sponsors: putConfirmed',
    ])
  })

  test('reads what it compares with', () => {
    expect(mayCall('import-file', READS)).toEqual(
      expect.arrayContaining([
        'settlements: fileVersions',
        'settlements: drops',
        'settlements: bankFile',
        'settlements: bankFiles',
        'settlements: bankWithdrawals',
        'settlements: bankChain',
        'settlements: credit',
        'sponsors: program',
        'sponsors: cohort',
        'sponsors: cohortsOf',
      ]),
    )
  })

  test('writes no item of any other part, whatever it is called, alone or in a transaction with its own', () => {
    const role = functions.find(({ folder }) => folder === 'import-file')?.role
    const policy = policyOf(role?.statements ?? [])
    const item = (part: string) => ({ part: { S: part }, entry: { S: 'x' } })
    const may = (operation: string, body: object) =>
      needs(callOf(`DynamoDB_20120810.${operation}`) as never, body as never).permissions?.every(
        (permission) => policy(permission) === 'allowed',
      )
    const put = (part: string) => ({ TableName: 'hub-settlements', Item: item(part) })
    const own = INTAKE_PARTS.map((part) => part.replace('*', 'x'))
    expect(own.map((part) => may('PutItem', put(part)))).toEqual(own.map(() => true))
    const foreign = [
      ...['day#bni#2026-11-20', 'placements#2026-11-20', 'approval#x', 'waiting-approvals', 'sign-offs#bni', 'audit'],
      ...['month-closings', 'bank-withdrawals', 'unidentified', 'suspense', 'inputs#2026-11-20', 'recorded#2026-11-20'],
      ...['bank-files#x', 'xfiles#bni', 'Files#bni', 'bulk#x', 'write-offs#x', 'exits-waiting', 'fee-invoices#bni', ''],
    ]
    for (const part of foreign) {
      expect([part, may('PutItem', put(part))]).toEqual([part, false])
      const both = { TransactItems: [{ Put: put('files#bni#2026-11-20') }, { Put: put(part) }] }
      expect([part, may('TransactWriteItems', both)]).toEqual([part, false])
    }
    for (const part of own) {
      expect(may('DeleteItem', { TableName: 'hub-settlements', Key: item(part) })).toBe(false)
      expect(may('UpdateItem', { TableName: 'hub-settlements', Key: item(part) })).toBe(false)
    }
    expect(may('PutItem', { TableName: 'hub-settlements' })).toBe(false)
    expect(may('Scan', { TableName: 'hub-settlements' })).toBe(false)
    expect(
      may('BatchWriteItem', { RequestItems: { 'hub-settlements': [{ PutRequest: { Item: item('files#x') } }] } }),
    ).toBe(false)
  })
})

describe('others may write into tables of finance and sponsors', () => {
  test.each<[string, readonly string[]]>([
    ['reconcile-membership', ['settlements: noteAccount', 'settlements: noteSuspense']],
    ['sweep-memberships', []],
    ['send-notice', ['sponsors: putProgramNotice', 'sponsors: putProgram']],
    [
      'enrol-cohort',
      [
        'sponsors: putProgramNotice',
        'sponsors: putProgram',
        'sponsors: putCohort',
        'sponsors: putCohort with a step of its program',
        'sponsors: putConfirmed',
        'sponsors: putBilling',
      ],
    ],
    ['apply-bill-payment', []],
    ['audit-ledger', []],
    ['answer-channel', []],
  ])('%s: %j', (service, expected) => expect(mayCall(service, WRITES)).toEqual(expected))

  test('the nightly sweep reads of both what it asks for and no more', () => {
    expect(mayCall('sweep-memberships', READS)).toEqual(['settlements: recordedOn', 'sponsors: programsEnding'])
  })

  test('the console and the reconciliation do their whole work', () => {
    const all = [...new Set(commands.filter(({ operation }) => WRITES.has(operation)).map(({ call }) => call))]
    const ofFinance = all.filter((call) => call.startsWith('settlements: '))
    expect(mayCall('reconcile-settlement', WRITES)).toEqual(expect.arrayContaining(ofFinance))
    expect(mayCall('serve-console', WRITES)).toEqual(all)
  })
})
