/**
 * Reads synthesized CloudFormation templates and resolves their references the way a deployment would.
 *
 * Promises that every value asked for is resolved or refused by the name of its resource; two stacks see each other's exports.
 * Knows intrinsic functions and how resources are called; what a resource means is in cloud-assembly.ts.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'

export const REGION = 'ap-southeast-3'
export const ACCOUNT = '000000000000'
/** Queue addresses in resolved values start with this; the hub puts its own proxy in its place. */
export const QUEUE_ORIGIN = `https://sqs.${REGION}.amazonaws.com`

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
export type Properties = { readonly [name: string]: Json }

export type Resource = {
  readonly stack: string
  readonly id: string
  readonly type: string
  readonly properties: Properties
  readonly metadata: Properties
}

type Template = {
  readonly stack: string
  readonly folder: string
  readonly resources: ReadonlyMap<string, Resource>
  readonly parameters: Properties
  readonly mappings: Properties
  readonly conditions: Properties
  readonly outputs: Properties
}

export type Templates = {
  readonly folder: string
  readonly ofType: (type: string) => readonly Resource[]
  /** The resource's property, resolved; undefined when it is absent. */
  readonly value: (resource: Resource, name: string) => Json | undefined
  readonly resolve: (resource: Resource, value: Json) => Json
  readonly arnOf: (resource: Resource) => string
  readonly refOf: (resource: Resource) => string
  /** The resource that an ARN, as resolved here, names. */
  readonly byArn: (arn: string) => Resource | undefined
}

export function readTemplates(folder: string, stacks: readonly string[]): Templates {
  return templatesOf(
    folder,
    stacks.map((stack) => {
      const file = path.join(folder, `${stack}.template.json`)
      try {
        return templateOf(folder, stack, JSON.parse(readFileSync(file, 'utf8')))
      } catch (error) {
        throw new Error(
          `expected a synthesized template in ${file}: ${(error as Error).message}; run \`npm run synth\``,
        )
      }
    }),
  )
}

export function templateOf(folder: string, stack: string, parsed: Json): Template {
  const template = record(parsed)
  const resources = new Map<string, Resource>()
  for (const [id, entry] of Object.entries(record(template.Resources))) {
    const { Type, Properties, Metadata } = record(entry)
    if (typeof Type !== 'string') throw new Error(`expected resource ${id} of ${stack} to have a Type`)
    resources.set(id, { stack, id, type: Type, properties: record(Properties), metadata: record(Metadata) })
  }
  return {
    stack,
    folder,
    resources,
    parameters: record(template.Parameters),
    mappings: record(template.Mappings),
    conditions: record(template.Conditions),
    outputs: record(template.Outputs),
  }
}

export function templatesOf(folder: string, templates: readonly Template[]): Templates {
  const byStack = new Map(templates.map((template) => [template.stack, template]))
  const all = templates.flatMap((template) => [...template.resources.values()])
  const templateFor = (stack: string) => byStack.get(stack) as Template
  const exports = new Map<string, { readonly template: Template; readonly value: Json }>()
  const resolver = (template: Template): ((value: Json, owner: string) => Json) => {
    const resolve = (value: Json, owner: string): Json => resolveValue(value, { template, owner, resolve, exports })
    return resolve
  }
  for (const template of templates) {
    for (const [name, output] of Object.entries(template.outputs)) {
      const { Export, Value } = record(output)
      if (Export === undefined || Value === undefined) continue
      exports.set(String(resolver(template)(record(Export).Name as Json, name)), { template, value: Value })
    }
  }
  const arns = new Map(all.map((resource) => [arnOf(resource), resource]))
  return {
    folder,
    ofType: (type) => all.filter((resource) => resource.type === type),
    value: (resource, name) => {
      const value = resource.properties[name]
      return value === undefined ? undefined : resolver(templateFor(resource.stack))(value, resource.id)
    },
    resolve: (resource, value) => resolver(templateFor(resource.stack))(value, resource.id),
    arnOf,
    refOf,
    byArn: (arn) => arns.get(arn),
  }
}

type ResolveContext = {
  readonly template: Template
  readonly owner: string
  readonly resolve: (value: Json, owner: string) => Json
  readonly exports: ReadonlyMap<string, { readonly template: Template; readonly value: Json }>
}

const ABSENT = { Ref: 'AWS::NoValue' }

function resolveValue(value: Json, context: ResolveContext): Json {
  if (Array.isArray(value))
    return value.filter((item) => !isAbsent(item)).map((item) => context.resolve(item, context.owner))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value)
  const [first] = entries
  if (entries.length === 1 && first !== undefined && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
    return intrinsic(first[0], first[1] as Json, context)
  }
  return Object.fromEntries(
    entries
      .filter(([, item]) => !isAbsent(item as Json))
      .map(([name, item]) => [name, context.resolve(item as Json, context.owner)]),
  )
}

function isAbsent(value: Json): boolean {
  return JSON.stringify(value) === JSON.stringify(ABSENT)
}

function intrinsic(name: string, given: Json, context: ResolveContext): Json {
  const resolved = () => context.resolve(given, context.owner)
  switch (name) {
    case 'Ref':
      return reference(String(given), context)
    case 'Fn::GetAtt': {
      const [id, ...attribute] = Array.isArray(given) ? given.map(String) : String(given).split('.')
      return attributeOf(resourceOf(String(id), context), attribute.join('.'), context)
    }
    case 'Fn::Join': {
      const [separator, parts] = resolved() as readonly [string, readonly Json[]]
      return parts.map(String).join(separator)
    }
    case 'Fn::Sub':
      return substitute(given, context)
    case 'Fn::Select': {
      const [index, list] = resolved() as readonly [Json, readonly Json[]]
      return list[Number(index)] ?? ''
    }
    case 'Fn::Split': {
      const [separator, text] = resolved() as readonly [string, string]
      return text.split(separator)
    }
    case 'Fn::ImportValue':
      return imported(String(resolved()), context)
    case 'Fn::FindInMap': {
      const [map, top, second] = (resolved() as readonly Json[]).map(String)
      return record(record(context.template.mappings[map as string])[top as string])[second as string] ?? ''
    }
    case 'Fn::If': {
      const [condition, yes, no] = given as readonly [string, Json, Json]
      return context.resolve(
        conditionHolds(context.template.conditions[condition] ?? false, context) ? yes : no,
        context.owner,
      )
    }
    case 'Fn::GetAZs':
      return ['a', 'b', 'c'].map((zone) => `${REGION}${zone}`)
    case 'Fn::Base64':
      return Buffer.from(String(resolved())).toString('base64')
    default:
      throw new Error(`${context.owner} of ${context.template.stack} uses ${name}, which the local hub cannot resolve`)
  }
}

function reference(name: string, context: ResolveContext): Json {
  const pseudo: Readonly<Record<string, Json>> = {
    'AWS::Region': REGION,
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': context.template.stack,
    'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${context.template.stack}/local`,
  }
  if (name in pseudo) return pseudo[name] as Json
  const parameter = context.template.parameters[name]
  if (parameter !== undefined) return record(parameter).Default ?? ''
  return refOf(resourceOf(name, context))
}

function resourceOf(id: string, context: ResolveContext): Resource {
  const resource = context.template.resources.get(id)
  if (resource === undefined)
    throw new Error(`${context.owner} of ${context.template.stack} refers to ${id}, which is not in the template`)
  return resource
}

function attributeOf(resource: Resource, attribute: string, context: ResolveContext): Json {
  if (attribute === 'Arn' || attribute === 'TableArn') return arnOf(resource)
  if (attribute === 'StreamArn') return `${arnOf(resource)}/stream/local`
  if (attribute === 'QueueName' || attribute === 'Name' || attribute === 'RoleName') return nameOf(resource)
  if (attribute === 'QueueUrl') return refOf(resource)
  if (attribute.endsWith('Id')) return `${resource.id}-${attribute}`
  // Attributes that only AWS can give (a domain's target, a user pool's address) are never used to run anything here.
  return `${context.template.stack}.${resource.id}.${attribute}`
}

function substitute(given: Json, context: ResolveContext): string {
  const [text, own] = Array.isArray(given) ? [String(given[0]), record(given[1])] : [String(given), {} as Properties]
  return text.replace(/\$\{([^}]+)\}/g, (_whole, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`
    const mine = own[name]
    if (mine !== undefined) return String(context.resolve(mine, context.owner))
    return String(intrinsic(name.includes('.') ? 'Fn::GetAtt' : 'Ref', name, context))
  })
}

function imported(name: string, context: ResolveContext): Json {
  const found = context.exports.get(name)
  if (found === undefined)
    throw new Error(`${context.owner} of ${context.template.stack} imports ${name}, which no stack exports`)
  const { template, value } = found
  const resolve = (inner: Json, owner: string): Json =>
    resolveValue(inner, { template, owner, resolve, exports: context.exports })
  return resolve(value, name)
}

function conditionHolds(condition: Json, context: ResolveContext): boolean {
  if (typeof condition === 'boolean') return condition
  const [name, given] = Object.entries(record(condition))[0] ?? ['', null]
  const list = Array.isArray(given) ? (given as readonly Json[]) : []
  const inner = (item: Json): boolean => conditionHolds(item, context)
  if (name === 'Condition') return inner(context.template.conditions[String(given)] ?? false)
  if (name === 'Fn::And') return list.every(inner)
  if (name === 'Fn::Or') return list.some(inner)
  if (name === 'Fn::Not') return !inner(list[0] ?? false)
  if (name === 'Fn::Equals')
    return (
      String(context.resolve(list[0] ?? '', context.owner)) === String(context.resolve(list[1] ?? '', context.owner))
    )
  throw new Error(`${context.template.stack} has a condition with ${name}, which the local hub cannot decide`)
}

const NAME_PROPERTY: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::Pipes::Pipe': 'Name',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::KMS::Alias': 'AliasName',
}

/** The name that the resource goes by: its own if the template fixes one, else stack and logical id. */
export function nameOf(resource: Resource): string {
  const given = resource.properties[NAME_PROPERTY[resource.type] ?? '']
  if (typeof given === 'string') return given
  return resource.type === 'AWS::S3::Bucket' ? bucketName(resource) : `${resource.stack}-${resource.id}`
}

/** AWS makes one up that fits the rules for buckets; here it is the way to the bucket in the code: `ledger-files`. */
function bucketName({ stack, id, metadata }: Resource): string {
  const way = String(metadata['aws:cdk:path'] ?? `${stack}/${id}`)
  return way
    .replace(/(\/Bucket)?\/Resource$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
}

function refOf(resource: Resource): string {
  switch (resource.type) {
    case 'AWS::SQS::Queue':
      return `${QUEUE_ORIGIN}/${ACCOUNT}/${nameOf(resource)}`
    case 'AWS::SecretsManager::Secret':
    case 'AWS::SNS::Topic':
    case 'AWS::IAM::ManagedPolicy':
    case 'AWS::Lambda::Version':
      return arnOf(resource)
    default:
      return NAME_PROPERTY[resource.type] === undefined ? resource.id : nameOf(resource)
  }
}

function arnOf(resource: Resource): string {
  const name = nameOf(resource)
  const here = `${REGION}:${ACCOUNT}`
  switch (resource.type) {
    case 'AWS::DynamoDB::Table':
    case 'AWS::DynamoDB::GlobalTable':
      return `arn:aws:dynamodb:${here}:table/${name}`
    case 'AWS::SQS::Queue':
      return `arn:aws:sqs:${here}:${name}`
    case 'AWS::Lambda::Function':
      return `arn:aws:lambda:${here}:function:${name}`
    case 'AWS::IAM::Role':
      return `arn:aws:iam::${ACCOUNT}:role/${name}`
    case 'AWS::SecretsManager::Secret':
      return `arn:aws:secretsmanager:${here}:secret:${name}-LocalH`
    case 'AWS::KinesisFirehose::DeliveryStream':
      return `arn:aws:firehose:${here}:deliverystream/${name}`
    case 'AWS::KMS::Key':
      return `arn:aws:kms:${here}:key/${resource.stack}-${resource.id}`
    case 'AWS::S3::Bucket':
      return `arn:aws:s3:::${name}`
    default:
      return `arn:aws:local:${here}:${resource.type.replaceAll('::', '/')}/${name}`
  }
}

/** The ARN of the customer key that a property names; null for AWS's own keys, which ask no permission of the caller. */
export function keyArnOf(templates: Templates, value: Json | undefined): string | null {
  if (typeof value !== 'string' || value.startsWith('alias/aws/')) return null
  const key = templates
    .ofType('AWS::KMS::Key')
    .find((r) => value === templates.arnOf(r) || value === r.id || value.endsWith(r.id))
  return key === undefined ? value : templates.arnOf(key)
}

/** An object, or an empty one in its place: templates leave out what is empty. */
export function record(value: Json | undefined): Properties {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Properties) : {}
}

/** A list, whatever came: one thing is a list of one, nothing an empty one. */
export function list(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value as Json]
}
