/** A cloud assembly small enough to read: one table with a stream, one queue, one stream, one secret, one function. For tests. */
import { type CloudAssembly, cloudAssemblyOf } from '../../local/cloud-assembly/cloud-assembly.ts'
import { type Json, templateOf, templatesOf } from '../../local/cloud-assembly/template.ts'

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] })

export const LEDGER = {
  Resources: {
    Key: { Type: 'AWS::KMS::Key', Properties: {} },
    Facts: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: {
        TableName: 'hub-facts',
        KeySchema: [{ AttributeName: 'account', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'account', AttributeType: 'S' }],
        GlobalSecondaryIndexes: [{ IndexName: 'byDay', KeySchema: [], Projection: { ProjectionType: 'KEYS_ONLY' } }],
        StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
        Replicas: [{ Region: { Ref: 'AWS::Region' }, SSESpecification: { KMSMasterKeyId: arn('Key') } }],
      },
    },
    Dead: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'hub-reconcile-dead' } },
    Reconcile: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        QueueName: 'hub-reconcile',
        VisibilityTimeout: 180,
        KmsMasterKeyId: arn('Key'),
        RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 5 },
      },
    },
    Evidence: { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: { DeliveryStreamName: 'hub-evidence' } },
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'hub/bni', KmsKeyId: arn('Key') } },
  },
  Outputs: {
    FactsName: { Value: { Ref: 'Facts' }, Export: { Name: 'Ledger:FactsName' } },
    FactsArn: { Value: arn('Facts'), Export: { Name: 'Ledger:FactsArn' } },
    QueueUrl: { Value: { Ref: 'Reconcile' }, Export: { Name: 'Ledger:QueueUrl' } },
    QueueArn: { Value: arn('Reconcile'), Export: { Name: 'Ledger:QueueArn' } },
    KeyArn: { Value: arn('Key'), Export: { Name: 'Ledger:KeyArn' } },
    SecretArn: { Value: { Ref: 'Secret' }, Export: { Name: 'Ledger:SecretArn' } },
    EvidenceArn: { Value: arn('Evidence'), Export: { Name: 'Ledger:EvidenceArn' } },
  },
}

const from = (name: string) => ({ 'Fn::ImportValue': `Ledger:${name}` })
const allow = (actions: Json, resource: Json) => ({ Effect: 'Allow', Action: actions, Resource: resource })

export const HUB = {
  Resources: {
    EndpointRole: { Type: 'AWS::IAM::Role', Properties: {} },
    EndpointPolicy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        Roles: [{ Ref: 'EndpointRole' }],
        PolicyDocument: {
          Statement: [
            allow(['dynamodb:PutItem', 'dynamodb:Query'], from('FactsArn')),
            allow('sqs:SendMessage', from('QueueArn')),
            allow('kms:Decrypt', from('KeyArn')),
            allow('firehose:PutRecord', from('EvidenceArn')),
            allow('secretsmanager:GetSecretValue', from('SecretArn')),
          ],
        },
      },
    },
    EndpointPorts: {
      Type: 'AWS::Lambda::Function',
      Metadata: { 'aws:asset:path': 'asset.endpoint' },
      Properties: {
        FunctionName: 'hub-answer-channel-bni',
        Handler: 'index.handler',
        Timeout: 10,
        Role: arn('EndpointRole'),
        Environment: {
          Variables: {
            CHANNEL: 'bni',
            POWERTOOLS_SERVICE_NAME: 'answer-channel',
            FACTS_TABLE: from('FactsName'),
            QUEUE_URL: from('QueueUrl'),
          },
        },
      },
    },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: { ApiId: { Ref: 'Partners' }, IntegrationUri: arn('EndpointPorts') },
    },
    Partners: { Type: 'AWS::ApiGatewayV2::Api', Properties: {} },
    Stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: { Ref: 'Partners' },
        DefaultRouteSettings: { ThrottlingRateLimit: 10, ThrottlingBurstLimit: 20 },
        RouteSettings: { 'ANY /channels/bni/{proxy+}': { ThrottlingRateLimit: 1500 } },
      },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: { Ref: 'Partners' },
        RouteKey: 'ANY /channels/bni/{proxy+}',
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
      },
    },
  },
}

export function templatesFrom(ledger: Json = LEDGER as Json, hub: Json = HUB as Json) {
  return templatesOf('/assembly', [templateOf('/assembly', 'Ledger', ledger), templateOf('/assembly', 'Hub', hub)])
}

export function aPlan(): CloudAssembly {
  return cloudAssemblyOf(templatesFrom())
}
