/**
 * The permissions of a role, gathered from every place the template puts them: policies of its own, attached policies, and
 * policies of queues and keys that name it.
 *
 * AWS's managed policies are left out: those a function carries give log writing only, which needs no proxy here.
 */
import { type Json, list, type Resource, record, type Templates } from './template.ts'

export type Statement = {
  readonly effect: 'Allow' | 'Deny'
  readonly actions: readonly string[]
  readonly notActions: readonly string[]
  readonly resources: readonly string[]
  readonly notResources: readonly string[]
  readonly condition: { readonly [operator: string]: Json }
}

export function statementsOf(templates: Templates, role: Resource): readonly Statement[] {
  const roleName = templates.refOf(role)
  const inline = list(templates.value(role, 'Policies')).map((policy) => record(policy).PolicyDocument)
  const attached = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy']
    .flatMap((type) => templates.ofType(type))
    .filter((policy) =>
      [...list(templates.value(policy, 'Roles')), ...list(templates.value(policy, 'RoleName'))].includes(roleName),
    )
    .map((policy) => templates.value(policy, 'PolicyDocument'))
  const own = [...inline, ...attached].flatMap((document) => list(record(document).Statement)).map((s) => statement(s))
  return [...own, ...granted(templates, role)]
}

function statement(value: Json, resources?: readonly string[]): Statement {
  const given = record(value)
  const texts = (name: string) => list(given[name]).map(String)
  return {
    effect: given.Effect === 'Deny' ? 'Deny' : 'Allow',
    actions: texts('Action'),
    notActions: texts('NotAction'),
    resources: resources ?? texts('Resource'),
    notResources: texts('NotResource'),
    condition: record(given.Condition),
  }
}

/** Resource policies that name this role as principal: enough by themselves within one account. */
function granted(templates: Templates, role: Resource): readonly Statement[] {
  const arn = templates.arnOf(role)
  const names = (policy: Json) => list(record(record(policy).Principal).AWS).includes(arn)
  const onKeys = templates.ofType('AWS::KMS::Key').flatMap((key) =>
    list(record(templates.value(key, 'KeyPolicy')).Statement)
      .filter(names)
      .map((s) => statement(s, [templates.arnOf(key)])),
  )
  const onQueues = templates.ofType('AWS::SQS::QueuePolicy').flatMap((policy) =>
    list(record(templates.value(policy, 'PolicyDocument')).Statement)
      .filter(names)
      .map((s) => statement(s)),
  )
  return [...onKeys, ...onQueues]
}
