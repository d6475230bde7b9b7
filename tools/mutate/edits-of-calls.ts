/** Changes of calls: a method that leaves out, orders or cuts is skipped, and a method becomes its counterpart. */
import type { CallExpression } from 'typescript/unstable/ast'
import { isPropertyAccessExpression } from 'typescript/unstable/ast/is'
import type { Edit } from './mutant.ts'

const SKIPPED = new Set([
  'filter',
  'sort',
  'toSorted',
  'reverse',
  'toReversed',
  'slice',
  'trim',
  'trimEnd',
  'trimStart',
  'toLowerCase',
  'toUpperCase',
  'normalize',
  'padStart',
  'padEnd',
  'concat',
])

const COUNTERPARTS: Readonly<Record<string, string>> = {
  some: 'every',
  every: 'some',
  find: 'findLast',
  findLast: 'find',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  min: 'max',
  max: 'min',
  floor: 'ceil',
  ceil: 'floor',
  round: 'floor',
}

export function editsOfCall({ expression, end }: CallExpression): Edit[] {
  if (!isPropertyAccessExpression(expression)) return []
  const name = expression.name.getText()
  const counterpart = Object.hasOwn(COUNTERPARTS, name) ? COUNTERPARTS[name] : undefined
  if (counterpart !== undefined) {
    const start = expression.name.getStart()
    return [{ operator: 'method', start, end: expression.name.end, replacement: counterpart }]
  }
  if (!SKIPPED.has(name)) return []
  return [{ operator: 'method', start: expression.expression.end, end, replacement: '' }]
}
