/** Event patterns, as far as filters of pipes and mappings use them: exact values, prefix, exists, anything-but, nested. */
import { type Json, list, record } from '../cloud-assembly/template.ts'

/** Whether `event` passes `pattern`. An operator that is unknown here throws, so that no filter is quietly wrong. */
export function passes(pattern: Json, event: Json | undefined): boolean {
  return Object.entries(record(pattern)).every(([name, expected]) => {
    const actual = record(event)[name]
    return Array.isArray(expected) ? expected.some((test) => matchesOne(test, actual)) : passes(expected, actual)
  })
}

function matchesOne(test: Json, actual: Json | undefined): boolean {
  if (typeof test !== 'object' || test === null || Array.isArray(test)) return actual === test
  const [operator, operand] = Object.entries(record(test))[0] ?? []
  if (operator === 'exists') return (actual !== undefined) === operand
  if (operator === 'prefix') return typeof actual === 'string' && actual.startsWith(String(operand))
  if (operator !== 'anything-but')
    throw new Error(`expected a filter operator that the local hub knows, got "${operator}"`)
  if (actual === undefined) return false
  const { prefix } = record(operand)
  if (prefix !== undefined)
    return !(typeof actual === 'string' && list(prefix).some((each) => actual.startsWith(String(each))))
  return !list(operand).includes(actual)
}
