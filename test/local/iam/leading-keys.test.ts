/** What a call says of the partitions that it touches, and how a policy judges it. */
import { describe, expect, test } from 'vitest'
import type { Statement } from '../../../local/cloud-assembly/roles.ts'
import { callOf, permissionsFrom } from '../../../local/iam/operations.ts'
import { policyOf } from '../../../local/iam/policy.ts'
import { aPlan } from '../an-assembly.ts'

const plan = aPlan()
const [table] = plan.tables
const HASH = table?.keys.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? ''
const TableName = table?.name ?? ''
const RESOURCE = table?.arn ?? ''
const item = (key: string) => ({ [HASH]: { S: key } })
const needs = (operation: string, body: object) =>
  permissionsFrom(plan)(callOf(`DynamoDB_20120810.${operation}`) as never, body as never).permissions?.filter(
    ({ action }) => action.startsWith('dynamodb:'),
  )
const keysOf = (operation: string, body: object) => needs(operation, body)?.map(({ leadingKeys }) => leadingKeys)

describe('the leading keys of', () => {
  test.each<[string, string, object, readonly (readonly string[] | undefined)[]]>([
    ['an item that is put', 'PutItem', { TableName, Item: { ...item('a#1'), other: { S: 'x' } } }, [['a#1']]],
    ['an item that is read', 'GetItem', { TableName, Key: item('a#1') }, [['a#1']]],
    ['an item that is changed', 'UpdateItem', { TableName, Key: item('a#1') }, [['a#1']]],
    ['an item that is deleted', 'DeleteItem', { TableName, Key: item('a#1') }, [['a#1']]],
    [
      'a query',
      'Query',
      {
        TableName,
        KeyConditionExpression: `${HASH} = :p AND x BETWEEN :a AND :b`,
        ExpressionAttributeValues: { ':p': { S: 'a#1' }, ':a': { S: 'b' }, ':b': { S: 'c' } },
      },
      [['a#1']],
    ],
    [
      'a query by a name that stands for the key, at whatever place',
      'Query',
      {
        TableName,
        KeyConditionExpression: 'x > :a AND #p = :p',
        ExpressionAttributeNames: { '#p': HASH },
        ExpressionAttributeValues: { ':p': { S: 'a#1' }, ':a': { S: 'b' } },
      },
      [['a#1']],
    ],
    ['a query that names no partition', 'Query', { TableName, KeyConditionExpression: 'x = :p' }, [undefined]],
    ['a scan', 'Scan', { TableName }, [undefined]],
    ['a put without its key', 'PutItem', { TableName, Item: { other: { S: 'x' } } }, [undefined]],
    ['a put into a table that nobody knows', 'PutItem', { TableName: 'other', Item: item('a') }, [undefined]],
    [
      'what is read at once',
      'BatchGetItem',
      { RequestItems: { [TableName]: { Keys: [item('a'), item('b')] } } },
      [['a', 'b']],
    ],
    [
      'what is written at once',
      'BatchWriteItem',
      {
        RequestItems: { [TableName]: [{ PutRequest: { Item: item('a') } }, { DeleteRequest: { Key: item('b') } }] },
      },
      [['a', 'b']],
    ],
    [
      'a transaction, item by item',
      'TransactWriteItems',
      {
        TransactItems: [
          { Put: { TableName, Item: item('a') } },
          { Update: { TableName, Key: item('b') } },
          { Delete: { TableName, Key: item('c') } },
          { ConditionCheck: { TableName, Key: item('d') } },
        ],
      },
      [['a'], ['b'], ['c'], ['d']],
    ],
    ['a reading transaction', 'TransactGetItems', { TransactItems: [{ Get: { TableName, Key: item('a') } }] }, [['a']]],
  ])('%s', (_, operation, body, expected) => expect(keysOf(operation, body)).toEqual(expected))
})

describe('a condition on leading keys', () => {
  const statement = (condition: Statement['condition'], effect: Statement['effect'] = 'Allow'): Statement => ({
    effect,
    actions: ['dynamodb:PutItem', 'dynamodb:BatchWriteItem', 'dynamodb:Scan'],
    notActions: [],
    resources: [RESOURCE],
    notResources: [],
    condition,
  })
  const like = (operator: string, ...patterns: string[]) => ({ [operator]: { 'dynamodb:LeadingKeys': patterns } })
  const judged = (statements: readonly Statement[], leadingKeys?: readonly string[], action = 'PutItem') =>
    policyOf(statements)({
      action: `dynamodb:${action}`,
      resource: RESOURCE,
      ...(leadingKeys === undefined ? {} : { leadingKeys }),
    })
  const INTAKE = [statement(like('ForAllValues:StringLike', 'files#*', 'bank-files'))]

  test.each<[readonly string[] | undefined, string]>([
    [['files#bni#2026-11-20'], 'allowed'],
    [['bank-files'], 'allowed'],
    [['bank-files-of-others'], 'no-allow'],
    [['day#bni#2026-11-20'], 'no-allow'],
    [['files#a', 'day#b'], 'no-allow'],
    [[], 'no-allow'],
    [undefined, 'no-allow'],
  ])('every one of %j must fit: %s', (keys, expected) => {
    expect(judged(INTAKE, keys)).toBe(expected)
    expect(judged(INTAKE, keys, 'BatchWriteItem')).toBe(expected)
  })

  test('a scan, which names no partition, is not allowed by it', () =>
    expect(judged(INTAKE, undefined, 'Scan')).toBe('no-allow'))

  test('one is enough for `ForAnyValue`, and what is denied stays denied', () => {
    const any = statement(like('ForAnyValue:StringLike', 'day#*'), 'Deny')
    const all = statement({})
    expect(judged([all, any], ['files#a', 'day#b'])).toBe('denied')
    expect(judged([all, any], ['files#a'])).toBe('allowed')
    // Nobody knows what it touches.
    expect(judged([all, any], undefined)).toBe('denied')
  })

  test('an operator for one value does not fit several, and the other way round: neither allows', () => {
    expect(judged([statement(like('StringLike', 'files#*'))], ['files#a'])).toBe('no-allow')
    const tls = { 'ForAllValues:StringEquals': { 'aws:SecureTransport': ['true'] } }
    expect(judged([statement(tls)], ['files#a'])).toBe('no-allow')
  })

  test('one answer is not remembered for another item', () => {
    const policy = policyOf(INTAKE)
    const put = (key: string) => policy({ action: 'dynamodb:PutItem', resource: RESOURCE, leadingKeys: [key] })
    expect([put('files#a'), put('day#a'), put('files#b')]).toEqual(['allowed', 'no-allow', 'allowed'])
  })
})
