/**
 * Decides whether a role may do one thing to one resource, as AWS decides it: a deny wins, then an allow, else no.
 *
 * Conditions that only AWS can judge fail closed: such an allow does not allow, such a deny denies. `ForAllValues` of nothing is
 * such a one, too: AWS would call it true. Answers are remembered, because a role asks for the same few things for ever; those
 * that depend on the item are not.
 */
import type { Statement } from '../cloud-assembly/roles.ts'
import { list, record } from '../cloud-assembly/template.ts'

export type Permission = {
  readonly action: string
  readonly resource: string
  /** The AWS service on whose behalf a key is used. */
  readonly via?: string
  /** `dynamodb:LeadingKeys`: the partition keys of the items that are touched. Undefined where a call does not say. */
  readonly leadingKeys?: readonly string[]
}
/** As IAM names the two ways of being refused: no statement allows it, or one denies it. */
export type Evaluation = 'allowed' | 'no-allow' | 'denied'
export type Policy = (permission: Permission) => Evaluation

const LEADING_KEYS = 'dynamodb:LeadingKeys'

export function policyOf(statements: readonly Statement[]): Policy {
  const known = new Map<string, Evaluation>()
  const asksForItems = statements.some(({ condition }) => JSON.stringify(condition).includes(LEADING_KEYS))
  return (permission) => {
    if (asksForItems && permission.leadingKeys !== undefined) return evaluate(statements, permission)
    const key = `${permission.action} ${permission.resource} ${permission.via ?? ''}`
    const before = known.get(key)
    if (before !== undefined) return before
    const result = evaluate(statements, permission)
    known.set(key, result)
    return result
  }
}

function evaluate(statements: readonly Statement[], permission: Permission): Evaluation {
  const applying = statements.filter((s) => covers(s, permission))
  if (applying.some((s) => s.effect === 'Deny' && conditionHolds(s, permission) !== 'no')) return 'denied'
  return applying.some((s) => s.effect === 'Allow' && conditionHolds(s, permission) === 'yes') ? 'allowed' : 'no-allow'
}

function covers(statement: Statement, { action, resource }: Permission): boolean {
  const named =
    statement.notActions.length > 0
      ? !statement.notActions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()))
      : statement.actions.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()))
  if (!named) return false
  if (statement.notResources.length > 0) return !statement.notResources.some((pattern) => matches(pattern, resource))
  return statement.resources.some((pattern) => matches(pattern, resource))
}

/** `*` is any text, `?` one character; everything else is itself. */
export function matches(pattern: string, text: string): boolean {
  if (!pattern.includes('*') && !pattern.includes('?')) return pattern === text
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(text)
}

function conditionHolds(statement: Statement, permission: Permission): 'yes' | 'no' | 'unknown' {
  for (const [operator, tests] of Object.entries(statement.condition)) {
    for (const [key, expected] of Object.entries(record(tests))) {
      const actual = contextOf(key, permission)
      if (actual === undefined) return 'unknown'
      const holds = comparison(operator, actual, list(expected).map(String))
      if (holds !== 'yes') return holds
    }
  }
  return 'yes'
}

function contextOf(key: string, permission: Permission): string | readonly string[] | undefined {
  if (key === 'aws:SecureTransport') return 'true'
  if (key === 'kms:ViaService') return permission.via
  if (key === LEADING_KEYS) return permission.leadingKeys
  return undefined
}

/** Keys of several values are compared by the operators made for them, and by no other. */
function comparison(operator: string, actual: string | readonly string[], values: readonly string[]) {
  const [, set, plain = operator] = /^(ForAllValues|ForAnyValue):(\w+)$/.exec(operator) ?? []
  if (typeof actual === 'string') return set === undefined ? yesOrNo(compares(plain, actual, values)) : 'unknown'
  if (set === undefined || actual.length === 0) return 'unknown'
  const holds = (each: string) => compares(plain, each, values)
  return yesOrNo(set === 'ForAllValues' ? actual.every(holds) : actual.some(holds))
}

function yesOrNo(holds: boolean): 'yes' | 'no' {
  return holds ? 'yes' : 'no'
}

function compares(operator: string, actual: string, values: readonly string[]): boolean {
  if (operator === 'StringEquals' || operator === 'Bool') return values.includes(actual)
  if (operator === 'StringLike') return values.some((value) => matches(value, actual))
  if (operator === 'StringNotEquals') return !values.includes(actual)
  return false
}
