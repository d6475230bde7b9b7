/** The cloud assembly read from templates: references resolved, parts in the hub's words, what cannot run refused by name. */
import { describe, expect, test } from 'vitest'
import { cloudAssemblyOf } from '../../../local/cloud-assembly/cloud-assembly.ts'
import type { Json } from '../../../local/cloud-assembly/template.ts'
import { aPlan, HUB, LEDGER, templatesFrom } from '../an-assembly.ts'

const HERE = 'ap-southeast-3:000000000000'

describe('reading values', () => {
  test.each<[string, Json, Json]>([
    ['a plain value is itself', 42, 42],
    [
      'Ref of a queue is its address',
      { Ref: 'Reconcile' },
      'https://sqs.ap-southeast-3.amazonaws.com/000000000000/hub-reconcile',
    ],
    ['Ref of a table is its name', { Ref: 'Facts' }, 'hub-facts'],
    ['GetAtt of a table is its ARN', { 'Fn::GetAtt': ['Facts', 'Arn'] }, `arn:aws:dynamodb:${HERE}:table/hub-facts`],
    ['GetAtt may be one text', { 'Fn::GetAtt': 'Dead.QueueName' }, 'hub-reconcile-dead'],
    ['Join resolves its parts', { 'Fn::Join': ['/', ['a', { Ref: 'AWS::Region' }]] }, 'a/ap-southeast-3'],
    [
      'Sub knows references, attributes and own names',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: that is how CloudFormation writes it
      { 'Fn::Sub': ['${Facts} ${Dead.Arn} ${own} ${!kept}', { own: 'x' }] },
      `hub-facts arn:aws:sqs:${HERE}:hub-reconcile-dead x \${kept}`,
    ],
    ['Select and Split', { 'Fn::Select': ['1', { 'Fn::Split': ['-', 'a-b-c'] }] }, 'b'],
    ['what has no value is left out', [1, { Ref: 'AWS::NoValue' }, 2], [1, 2]],
    ['nested', { a: [{ b: { Ref: 'Facts' } }] }, { a: [{ b: 'hub-facts' }] }],
  ])('%s', (_, value, expected) => {
    const templates = templatesFrom()
    const [resource] = templates.ofType('AWS::KMS::Key')
    expect(templates.resolve(resource as never, value)).toEqual(expected)
  })

  test('a reference to nothing is refused with both names', () => {
    const templates = templatesFrom()
    const [resource] = templates.ofType('AWS::KMS::Key')
    expect(() => templates.resolve(resource as never, { Ref: 'Nowhere' })).toThrow('Key of Ledger refers to Nowhere')
    expect(() => templates.resolve(resource as never, { 'Fn::ImportValue': 'No:Export' })).toThrow('imports No:Export')
    expect(() => templates.resolve(resource as never, { 'Fn::Transform': {} })).toThrow('Fn::Transform')
  })

  test('conditions choose between two values', () => {
    const ledger = {
      ...LEDGER,
      Conditions: { InJakarta: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'ap-southeast-3'] } },
    }
    const templates = templatesFrom(ledger as Json)
    const [resource] = templates.ofType('AWS::KMS::Key')
    expect(templates.resolve(resource as never, { 'Fn::If': ['InJakarta', 'near', 'far'] })).toBe('near')
  })
})

describe('the plan', () => {
  test('a function knows its bundle, its environment across stacks, and the folder it came from', () => {
    expect(aPlan().functions).toMatchObject([
      {
        name: 'hub-answer-channel-bni',
        folder: 'answer-channel',
        channel: 'bni',
        file: '/assembly/asset.endpoint/index.js',
        timeoutMillis: 10_000,
        environment: {
          FACTS_TABLE: 'hub-facts',
          QUEUE_URL: 'https://sqs.ap-southeast-3.amazonaws.com/000000000000/hub-reconcile',
        },
      },
    ])
  })

  test('a table knows its customer key, its stream and its indexes', () => {
    const [table] = aPlan().tables
    expect(table).toMatchObject({ name: 'hub-facts', streamView: 'KEYS_ONLY', indexes: [{ name: 'byDay' }] })
    expect(table?.keyArn).toBe(`arn:aws:kms:${HERE}:key/Ledger-Key`)
  })

  test('a queue that another one parks in is a dead-letter queue', () => {
    expect(aPlan().queues.map(({ name, isDeadLetter }) => [name, isDeadLetter])).toEqual([
      ['hub-reconcile-dead', true],
      ['hub-reconcile', false],
    ])
  })

  test('a route takes its own throttle before the common one', () => {
    expect(aPlan().routes).toMatchObject([
      { routeKey: 'ANY /channels/bni/{proxy+}', ratePerSecond: 1500, burst: 20, signedIn: false },
    ])
  })

  test('a function without a role of the template is refused by name', () => {
    const { Role: _, ...rest } = HUB.Resources.EndpointPorts.Properties
    const hub = { Resources: { ...HUB.Resources, EndpointPorts: { ...HUB.Resources.EndpointPorts, Properties: rest } } }
    expect(() => cloudAssemblyOf(templatesFrom(LEDGER as Json, hub as Json))).toThrow(
      'expected EndpointPorts of Hub to have a role',
    )
  })
})
