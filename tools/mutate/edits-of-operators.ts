/** Changes of operators: boundaries, negations, arithmetic, and operands left out. */
import {
  type BinaryExpression,
  type Node,
  type PostfixUnaryExpression,
  type PrefixUnaryExpression,
  SyntaxKind,
} from 'typescript/unstable/ast'
import type { Edit } from './mutant.ts'

const OTHERS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '+=': ['-='],
  '-=': ['+='],
  '&&': ['||'],
  '||': ['&&'],
}

/** One of the two operands alone. */
const EITHER = new Set(['&&', '||', '??'])

export function editsOfBinary({ left, operatorToken, right }: BinaryExpression): Edit[] {
  const operator = operatorToken.getText()
  const others = (OTHERS[operator] ?? []).map((replacement) => ({
    operator: 'operator',
    start: operatorToken.getStart(),
    end: operatorToken.end,
    replacement,
  }))
  if (!EITHER.has(operator)) return others
  return [
    ...others,
    { operator: 'operand', start: left.end, end: right.end, replacement: '' },
    { operator: 'operand', start: left.getStart(), end: right.getStart(), replacement: '' },
  ]
}

/** Always, and never. A negation is killed by whatever kills either of them. */
export function editsOfCondition(condition: Node): Edit[] {
  const start = condition.getStart()
  const { end } = condition
  return ['true', 'false'].map((replacement) => ({ operator: 'condition', start, end, replacement }))
}

export function editsOfUnary(node: PrefixUnaryExpression | PostfixUnaryExpression): Edit[] {
  const text = node.getText()
  const at = { operator: 'operator', start: node.getStart(), end: node.end }
  switch (node.operator) {
    case SyntaxKind.ExclamationToken:
    case SyntaxKind.MinusToken:
      return [{ ...at, replacement: node.operand.getText() }]
    case SyntaxKind.PlusPlusToken:
      return [{ ...at, replacement: text.replace('++', '--') }]
    case SyntaxKind.MinusMinusToken:
      return [{ ...at, replacement: text.replace('--', '++') }]
    default:
      return []
  }
}
