/** Least privilege at home: what a call needs, and whether a role has it. */
import { describe, expect, test } from 'vitest'
import type { Statement } from '../../../local/cloud-assembly/roles.ts'
import { callOf, permissionsFrom, secretPermissions } from '../../../local/iam/operations.ts'
import { matches, policyOf } from '../../../local/iam/policy.ts'
import { assertPermitted } from '../../../local/iam/wiring.ts'
import { aPlan } from '../an-assembly.ts'

const plan = aPlan()
const FACTS = 'arn:aws:dynamodb:ap-southeast-3:000000000000:table/hub-facts'
const QUEUE = 'arn:aws:sqs:ap-southeast-3:000000000000:hub-reconcile'
const KEY = 'arn:aws:kms:ap-southeast-3:000000000000:key/Ledger-Key'

describe('what a call needs', () => {
  test.each<[string, object, readonly string[] | null]>([
    ['DynamoDB_20120810.PutItem', { TableName: 'hub-facts' }, [`dynamodb:PutItem ${FACTS}`, `kms:Decrypt ${KEY}`]],
    [
      'DynamoDB_20120810.Query',
      { TableName: 'hub-facts', IndexName: 'byDay' },
      [`dynamodb:Query ${FACTS}/index/byDay`, `kms:Decrypt ${KEY}`],
    ],
    ['DynamoDB_20120810.GetItem', { TableName: FACTS }, [`dynamodb:GetItem ${FACTS}`, `kms:Decrypt ${KEY}`]],
    [
      'DynamoDB_20120810.BatchGetItem',
      { RequestItems: { 'hub-facts': {} } },
      [`dynamodb:BatchGetItem ${FACTS}`, `kms:Decrypt ${KEY}`],
    ],
    [
      'DynamoDB_20120810.TransactWriteItems',
      { TransactItems: [{ ConditionCheck: { TableName: 'hub-facts' } }, { Update: { TableName: 'hub-facts' } }] },
      [
        `dynamodb:ConditionCheckItem ${FACTS}`,
        `kms:Decrypt ${KEY}`,
        `dynamodb:UpdateItem ${FACTS}`,
        `kms:Decrypt ${KEY}`,
      ],
    ],
    [
      'secretsmanager.ListSecretVersionIds',
      { SecretId: 'arn:of:a:secret' },
      ['secretsmanager:ListSecretVersionIds arn:of:a:secret'],
    ],
    [
      'secretsmanager.GetSecretValue',
      { SecretId: 'arn:of:a:secret' },
      ['secretsmanager:GetSecretValue arn:of:a:secret'],
    ],
    ['GraniteServiceVersion20100801.GetMetricData', {}, ['cloudwatch:GetMetricData *']],
    ['DynamoDB_20120810.DeleteTable', { TableName: 'hub-facts' }, null],
    ['DynamoDB_20120810.ExecuteStatement', { Statement: 'x' }, null],
    ['DynamoDB_20120810.constructor', { TableName: 'hub-facts' }, null],
    [
      'AmazonSQS.SendMessageBatch',
      { QueueUrl: 'http://127.0.0.1:1/0/hub-reconcile' },
      [`sqs:SendMessage ${QUEUE}`, `kms:GenerateDataKey ${KEY}`, `kms:Decrypt ${KEY}`],
    ],
    ['AmazonSQS.ReceiveMessage', { QueueUrl: 'hub-reconcile' }, [`sqs:ReceiveMessage ${QUEUE}`, `kms:Decrypt ${KEY}`]],
    ['AmazonSQS.DeleteMessage', { QueueUrl: 'hub-reconcile' }, [`sqs:DeleteMessage ${QUEUE}`]],
    ['AmazonSQS.PurgeQueue', { QueueUrl: 'hub-reconcile' }, null],
    [
      'Firehose_20150804.PutRecord',
      { DeliveryStreamName: 'hub-evidence' },
      ['firehose:PutRecord arn:aws:firehose:ap-southeast-3:000000000000:deliverystream/hub-evidence'],
    ],
    ['TrentService.Sign', { KeyId: KEY }, [`kms:Sign ${KEY}`]],
    ['TrentService.GetPublicKey', { KeyId: KEY }, [`kms:GetPublicKey ${KEY}`]],
    ['Firehose_20150804.DeleteDeliveryStream', { DeliveryStreamName: 'hub-evidence' }, null],
  ])('%s %o', (target, body, expected) => {
    const call = callOf(target)
    const { permissions } = permissionsFrom(plan)(call as never, body as never)
    expect(permissions?.map(({ action, resource }) => `${action} ${resource}`) ?? null).toEqual(expected)
  })

  test('a service that the proxy does not know is no call at all', () => {
    const unknown = [
      'TrentService.Decrypt',
      'TrentService.ScheduleKeyDeletion',
      'secretsmanager.DeleteSecret',
      'GraniteServiceVersion20100801.PutMetricData',
      '',
    ]
    expect(unknown.map(callOf)).toEqual(unknown.map(() => null))
  })

  test('a secret needs its key too', () => {
    const [{ name, keyArn }] = plan.secrets as never as [{ name: string; keyArn: string | null }]
    const uses = (operation: string) =>
      permissionsFrom(plan)(callOf(`secretsmanager.${operation}`) as never, { SecretId: name }).permissions?.flatMap(
        ({ action, resource }) => (resource === keyArn ? [action] : []),
      )
    expect([uses('GetSecretValue'), uses('PutSecretValue'), uses('ListSecretVersionIds')]).toEqual([
      ['kms:Decrypt'],
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      [],
    ])
    expect(secretPermissions(plan.secrets[0] as never).map(({ action }) => action)).toEqual([
      'secretsmanager:GetSecretValue',
      'kms:Decrypt',
    ])
  })
})

describe('whether a role may', () => {
  const allow: Statement = {
    effect: 'Allow',
    actions: ['dynamodb:Get*'],
    notActions: [],
    resources: [FACTS],
    notResources: [],
    condition: {},
  }
  const request = { action: 'dynamodb:GetItem', resource: FACTS }
  test.each<[string, readonly Statement[], string]>([
    ['nothing is allowed by itself', [], 'no-allow'],
    ['an allow allows', [allow], 'allowed'],
    ['another resource is not meant', [{ ...allow, resources: [`${FACTS}/index/byDay`] }], 'no-allow'],
    ['another action is not meant', [{ ...allow, actions: ['dynamodb:PutItem'] }], 'no-allow'],
    ['actions are compared without case', [{ ...allow, actions: ['DYNAMODB:getitem'] }], 'allowed'],
    ['all but some actions', [{ ...allow, actions: [], notActions: ['dynamodb:PutItem'] }], 'allowed'],
    ['all but some resources', [{ ...allow, resources: [], notResources: [FACTS] }], 'no-allow'],
    ['a deny wins', [allow, { ...allow, effect: 'Deny' }], 'denied'],
    [
      'an allow under a condition that nobody here can policy does not allow',
      [{ ...allow, condition: { StringEquals: { 'aws:PrincipalTag/x': 'y' } } }],
      'no-allow',
    ],
    [
      'a deny under such a condition denies',
      [allow, { ...allow, effect: 'Deny', condition: { StringEquals: { 'aws:PrincipalTag/x': 'y' } } }],
      'denied',
    ],
    [
      'a deny of calls without TLS is about other calls',
      [allow, { ...allow, effect: 'Deny', condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      'allowed',
    ],
  ])('%s', (_, statements, expected) => {
    const policy = policyOf(statements)
    expect([policy(request), policy(request)]).toEqual([expected, expected])
  })

  test('the service on whose behalf a key is used can be a condition', () => {
    const policy = policyOf([
      {
        ...allow,
        actions: ['kms:Decrypt'],
        resources: [KEY],
        condition: { StringLike: { 'kms:ViaService': 'sqs.*' } },
      },
    ])
    expect(policy({ action: 'kms:Decrypt', resource: KEY, via: 'sqs.ap-southeast-3.amazonaws.com' })).toBe('allowed')
    expect(policy({ action: 'kms:Decrypt', resource: KEY, via: 'dynamodb.ap-southeast-3.amazonaws.com' })).toBe(
      'no-allow',
    )
    expect(policy({ action: 'kms:Decrypt', resource: KEY })).toBe('no-allow')
  })

  test.each([
    ['*', 'anything', true],
    ['a.c', 'abc', false],
    ['a?c', 'abc', true],
    ['arn:aws:sqs:*:hub-*', 'arn:aws:sqs:r:1:hub-x', true],
    ['hub-(x)', 'hub-(x)', true],
  ])('pattern %s on %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected)
  })
})

describe('what moves by itself', () => {
  const [role] = plan.functions.map((each) => each.role)
  const schedule = { name: 'nightly', expression: 'rate(1 day)', timeZone: 'UTC', input: '{}', role: role as never }

  test('stands when the role allows it', () => {
    const [, reconcile] = plan.queues
    const onlyDecrypt = { ...plan, schedules: [{ ...schedule, targetArn: plan.functions[0]?.arn as string }] }
    expect(() => assertPermitted(onlyDecrypt)).toThrow('schedule nightly needs lambda:InvokeFunction')
    expect(() =>
      assertPermitted({ ...plan, schedules: [{ ...schedule, targetArn: reconcile?.arn as string }] }),
    ).toThrow('kms:GenerateDataKey')
    expect(() => assertPermitted(plan)).not.toThrow()
  })

  test('a mapping whose function may not receive is refused with the name of the right', () => {
    const mapping = {
      queueArn: QUEUE,
      functionArn: plan.functions[0]?.arn as string,
      batchSize: 10,
      maximumConcurrency: 2,
      reportsItemFailures: true,
    }
    expect(() => assertPermitted({ ...plan, mappings: [mapping] })).toThrow(
      /function hub-answer-channel-bni needs sqs:ReceiveMessage/,
    )
  })
})
