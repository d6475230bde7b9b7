/**
 * Whether what moves by itself may do so: a pipe reads its stream and sends with its own role, a mapping receives, or reads a
 * stream, with the role of its function, a schedule sends with its own. In AWS a missing right shows as silence; here the hub does not start.
 */
import type { CloudAssembly, RolePlan } from '../cloud-assembly/cloud-assembly.ts'
import { type Body, permissionsFrom } from './operations.ts'
import { type Permission, policyOf } from './policy.ts'

const STREAM_ACTIONS = ['DescribeStream', 'GetRecords', 'GetShardIterator']
const POLLER_OPERATIONS = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']

/** Throws an Error that names who lacks what. */
export function assertPermitted(plan: CloudAssembly): void {
  const missing = wiringOf(plan).flatMap(({ who, role, permissions }) => {
    const policy = policyOf(role.statements)
    return permissions
      .filter((permission) => policy(permission) !== 'allowed')
      .map(
        ({ action, resource }) => `${who} needs ${action} on ${resource}, which its role ${role.name} does not allow`,
      )
  })
  if (missing.length > 0) throw new Error(`${missing.join('; ')}; grant it in infra/ and start again`)
}

type Wire = { readonly who: string; readonly role: RolePlan; readonly permissions: readonly Permission[] }

function wiringOf(plan: CloudAssembly): readonly Wire[] {
  const needs = permissionsFrom(plan)
  const onQueue = (operation: string, arn: string): readonly Permission[] => {
    const body: Body = { QueueUrl: arn.split(':').at(-1) }
    return needs({ service: 'sqs', operation }, body).permissions ?? []
  }
  const pipes = plan.pipes.map(({ name, role, tableArn, targetArn, deadLetterArn }) => ({
    who: `pipe ${name}`,
    role,
    permissions: [
      ...STREAM_ACTIONS.map((action) => ({ action: `dynamodb:${action}`, resource: `${tableArn}/stream/local` })),
      ...[targetArn, deadLetterArn].flatMap((arn) => (arn === null ? [] : onQueue('SendMessage', arn))),
    ],
  }))
  const mappings = plan.mappings.flatMap(({ functionArn, queueArn }) => {
    const target = plan.functions.find(({ arn }) => arn === functionArn)
    if (target === undefined) return []
    const permissions = POLLER_OPERATIONS.flatMap((operation) => onQueue(operation, queueArn))
    return [{ who: `function ${target.name}`, role: target.role, permissions }]
  })
  const streamMappings = plan.streamMappings.flatMap(({ functionArn, tableArn }) => {
    const target = plan.functions.find(({ arn }) => arn === functionArn)
    if (target === undefined) return []
    const permissions = STREAM_ACTIONS.map((action) => ({
      action: `dynamodb:${action}`,
      resource: `${tableArn}/stream/local`,
    }))
    return [{ who: `function ${target.name}`, role: target.role, permissions }]
  })
  const schedules = plan.schedules.flatMap(({ name, role, targetArn }) => {
    if (role === null) return []
    const isQueue = targetArn.startsWith('arn:aws:sqs:')
    const permissions = isQueue
      ? onQueue('SendMessage', targetArn)
      : [{ action: 'lambda:InvokeFunction', resource: targetArn }]
    return [{ who: `schedule ${name}`, role, permissions }]
  })
  return [...pipes, ...mappings, ...streamMappings, ...schedules]
}
