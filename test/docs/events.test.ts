/** docs/reference/events.md is written from the templates and the queues' schemas; `npm test -- test/docs -u` writes it anew. */
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { QUEUE_NAMES, type QueueName } from '../../infra/stages.ts'
import { AUDIT } from '../../shared/messages/audit.ts'
import { COHORT } from '../../shared/messages/cohort.ts'
import { ENROLMENT } from '../../shared/messages/enrolment.ts'
import { KEYS } from '../../shared/messages/keys.ts'
import { NOTICE } from '../../shared/messages/notice.ts'
import { RECONCILE } from '../../shared/messages/reconcile.ts'
import { SETTLEMENT } from '../../shared/messages/settlement.ts'
import { SWEEP } from '../../shared/messages/sweep.ts'
import { type CloudAssembly, cloudAssembly, ofType, policies, type Resource } from '../infra/cloud-assembly.ts'

const FILE = path.join(import.meta.dirname, '../../docs/reference/events.md')

/** Queue `import` carries S3's own event, so its body is not ours to define. */
const SCHEMAS: Readonly<Record<QueueName, z.ZodMiniType | null>> = {
  reconcile: RECONCILE.schema,
  cohort: COHORT.schema,
  enrolment: ENROLMENT.schema,
  sweep: SWEEP.schema,
  import: null,
  settlement: SETTLEMENT.schema,
  notice: NOTICE.schema,
  audit: AUDIT.schema,
  decision: AUDIT.schema,
  keys: KEYS.schema,
}

let assembly: CloudAssembly

beforeAll(async () => {
  assembly = await cloudAssembly()
}, 180_000)
afterAll(() => assembly.remove())

test('the reference of events names every queue, pipe and schedule with its messages', async () => {
  const pipes = ofType(assembly.ledger, 'AWS::Pipes::Pipe')
  const schedules = ofType(assembly.hub, 'AWS::Scheduler::Schedule')
  const parts = QUEUE_NAMES.map((queue) => queueText(queue, pipes, schedules))
  const text = [
    '# Events',
    '',
    'Every queue of work: who sends to it, who reads it, and what a message looks like. Messages carry keys only; the consumer reads what is true when it runs. All of them may come twice, late and in any order. Written from the templates and `shared/messages` by `test/docs/events.test.ts`.',
    '',
    'A message is tried five times, then it waits for 14 days on `hub-<queue>-dead` ([operations](../operations/alarms.md)). What a pipe cannot send waits on `hub-<table>-pipe-dead`.',
    '',
    parts.join('\n\n'),
    '',
    '## Pipes',
    '',
    'A pipe reads the stream of a table and puts a message into a queue for each record that passes its filter. Filters and messages: `infra/outboxes.ts`.',
    '',
    ...pipes.flatMap(pipeText),
    '## Schedules',
    '',
    'Times are WIB (Asia/Jakarta). A schedule writes its message straight into the queue.',
    '',
    ...table(['schedule', 'cron', 'queue', 'message'], schedules.map(scheduleCells)),
    '',
  ].join('\n')
  expect(pipes.length).toBeGreaterThan(2)
  expect(schedules.length).toBeGreaterThan(5)
  await expect(text).toMatchFileSnapshot(FILE)
})

function queueText(queue: QueueName, pipes: readonly Resource[], schedules: readonly Resource[]): string {
  const fromPipes = pipes.flatMap(({ properties }) =>
    queueOf(properties.Target) === queue ? [`pipe \`${properties.Name}\``] : [],
  )
  const fromSchedules = schedules.flatMap(({ properties }) =>
    queueOf(properties.Target.Arn) === queue ? [`schedule \`${properties.Name}\``] : [],
  )
  const fromBucket = queue === 'import' ? ['the files bucket, for each new object under `drop/`'] : []
  const producers = [...fromPipes, ...fromSchedules, ...fromBucket, ...functionsThatSendTo(queue)]
  return [
    `## ${queue}`,
    '',
    `- **Consumer**: ${consumersOf(queue).join(', ')}`,
    `- **Producers**: ${producers.join(', ')}`,
    '',
    ...messageText(queue),
  ].join('\n')
}

function messageText(queue: QueueName): readonly string[] {
  const schema = SCHEMAS[queue]
  if (schema === null)
    return ["S3's event notification: `Records[].s3.object.key` and `versionId`. Read by `shared/messages/import.ts`."]
  const { anyOf, oneOf, ...one } = jsonSchemaOf(schema)
  const shapes = anyOf ?? oneOf ?? [one]
  return [
    `\`shared/messages/${queue}.ts\`; a \`?\` marks a field that may be absent.`,
    '',
    ...shapes.map((shape) => `- \`${shapeText(shape)}\``),
  ]
}

type JsonSchema = {
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
}

/** As written by a producer. A moment is checked by code, not by a schema: a whole number. */
function jsonSchemaOf(schema: z.ZodMiniType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'custom') jsonSchema.type = 'integer'
    },
  }) as JsonSchema
}

function shapeText({ properties = {}, required = [] }: JsonSchema): string {
  const fields = Object.entries(properties).map(
    ([name, schema]) => `${name}${required.includes(name) ? '' : '?'}: ${typeText(schema)}`,
  )
  return `{ ${fields.join(', ')} }`
}

function typeText(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ')
  const either = schema.anyOf ?? schema.oneOf
  if (either) return either.map(typeText).join(' or ')
  if (Array.isArray(schema.type)) return schema.type.join(' or ')
  if (schema.type === undefined) throw new Error(`expected a field with a type, got ${JSON.stringify(schema)}`)
  return String(schema.type)
}

function pipeText({ properties }: Resource): readonly string[] {
  const [filter] = properties.SourceParameters.FilterCriteria.Filters
  return [
    `### ${properties.Name}`,
    '',
    `To queue \`${queueOf(properties.Target)}\`: \`${properties.TargetParameters.InputTemplate}\``,
    '',
    '```json',
    JSON.stringify(JSON.parse(filter.Pattern), null, 2),
    '```',
    '',
  ]
}

function scheduleCells({ properties }: Resource): readonly string[] {
  const { Name, ScheduleExpression, Target } = properties
  return [Name, `\`${ScheduleExpression}\``, `\`${queueOf(Target.Arn)}\``, `\`${Target.Input}\``]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [row(head), row(head.map(() => '---')), ...rows.map(row)]
}

function consumersOf(queue: QueueName): readonly string[] {
  const mappings = ofType(assembly.hub, 'AWS::Lambda::EventSourceMapping')
  return mappings.flatMap(({ properties }) =>
    queueOf(properties.EventSourceArn) === queue ? [functionText(String(properties.FunctionName.Ref))] : [],
  )
}

function functionsThatSendTo(queue: QueueName): readonly string[] {
  const roles = policies(assembly.hub).flatMap(({ roles, statements }) =>
    statements.some(({ Action, Resource }) => {
      const targets = Array.isArray(Resource) ? Resource : [Resource]
      return [Action].flat().includes('sqs:SendMessage') && targets.some((target) => queueOf(target) === queue)
    })
      ? roles
      : [],
  )
  const functions = ofType(assembly.hub, 'AWS::Lambda::Function')
  return functions.flatMap(({ id, properties }) =>
    roles.includes(properties.Role?.['Fn::GetAtt']?.[0]) ? [senderText(id, queue)] : [],
  )
}

/** The console may send to every queue, because redrive moves dead letters back. */
function senderText(id: string, queue: QueueName): string {
  const name = functionText(id)
  if (!name.includes('serve-console')) return name
  return `${name} (${queue === 'sweep' ? 'repair, and dead letters moved back' : 'dead letters moved back'})`
}

function functionText(id: string): string {
  const found = ofType(assembly.hub, 'AWS::Lambda::Function').find((each) => each.id === id)
  return `\`functions/${String(found?.properties.FunctionName).replace(/^hub-/, '')}\``
}

/** The queue that an ARN in a template means; undefined for a dead-letter queue or anything else. */
function queueOf(arn: unknown): QueueName | undefined {
  const [, name] =
    /"?([A-Z][a-z]+)Queue[0-9A-F]{8}/.exec(JSON.stringify(arn).replace('ExportsOutputFnGetAtt', '')) ?? []
  return QUEUE_NAMES.find((queue) => queue === name?.toLowerCase())
}
