/**
 * The changes that a mutation run may make to one file, found in its syntax tree.
 *
 * Types are never touched, for they do not run; neither is text for people (messages of errors, descriptions), whose words
 * no test should repeat. Which changes the compiler would refuse is not known here: compiler.ts.
 */
import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast'
import {
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isExpressionStatement,
  isIfStatement,
  isNewExpression,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isRegularExpressionLiteral,
  isReturnStatement,
  isStringLiteral,
  isTemplateExpression,
  isTypeNode,
} from 'typescript/unstable/ast/is'
import { editsOfCall } from './edits-of-calls.ts'
import { editsOfBinary, editsOfCondition, editsOfUnary } from './edits-of-operators.ts'
import type { Edit } from './mutant.ts'

const NOT_RUN = new Set([
  SyntaxKind.ImportDeclaration,
  SyntaxKind.ExportDeclaration,
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.TypeAliasDeclaration,
])

/** Properties and calls whose text is for people only. */
const FOR_PEOPLE = new Set(['description', 'summary', 'source', 'feels', 'describe', 'meta', 'assertNever'])

export function editsOf(source: SourceFile): Edit[] {
  const edits: Edit[] = []
  const visit = (node: Node): void => {
    if (NOT_RUN.has(node.kind) || isTypeNode(node) || isForPeople(node)) return
    edits.push(
      ...editsOfNode(node, source).filter(
        ({ start, end, replacement }) => source.text.slice(start, end) !== replacement,
      ),
    )
    node.forEachChild(visit)
  }
  visit(source)
  return edits
}

function isForPeople(node: Node): boolean {
  if (isNewExpression(node)) return /(Error|Defect|Transient)$/.test(node.expression.getText())
  if (isPropertyAssignment(node)) return FOR_PEOPLE.has(node.name.getText())
  if (!isCallExpression(node)) return false
  return FOR_PEOPLE.has(node.expression.getText())
}

function editsOfNode(node: Node, source: SourceFile): Edit[] {
  if (isBinaryExpression(node)) return editsOfBinary(node)
  if (isPrefixUnaryExpression(node) || isPostfixUnaryExpression(node)) return editsOfUnary(node)
  if (isIfStatement(node)) return editsOfCondition(node.expression)
  if (isConditionalExpression(node)) return editsOfCondition(node.condition)
  if (isCallExpression(node)) return editsOfCall(node)
  if (isArrayLiteralExpression(node) || isObjectLiteralExpression(node)) return editsOfMembers(node, source)
  if (isExpressionStatement(node)) return isForPeople(node.expression) ? [] : [over(node, 'statement', ';')]
  if (isReturnStatement(node)) {
    return node.expression && !isForPeople(node.expression) ? [over(node.expression, 'return', 'undefined')] : []
  }
  if (isPropertyAccessExpression(node) && node.questionDotToken)
    return [over(node.questionDotToken, 'optional chain', '.')]
  return editsOfLiteral(node)
}

function editsOfLiteral(node: Node): Edit[] {
  if (node.kind === SyntaxKind.TrueKeyword) return [over(node, 'boolean', 'false')]
  if (node.kind === SyntaxKind.FalseKeyword) return [over(node, 'boolean', 'true')]
  if (isNumericLiteral(node)) return [over(node, 'number', anotherNumber(node.getText()))]
  if (isTemplateExpression(node)) return [over(node, 'string', '``')]
  if (isRegularExpressionLiteral(node)) return editsOfPattern(node)
  if (!isStringLiteral(node) || isName(node) || isLogLine(node)) return []
  return [over(node, 'string', node.text === '' ? "'mutated'" : "''")]
}

/** The name of a property is what a type says; without it the compiler complains. */
function isName(node: Node): boolean {
  return isPropertyAssignment(node.parent) && node.parent.name === node
}

/** What a log line says; its fields are mutated. */
function isLogLine(node: Node): boolean {
  const { parent } = node
  if (!isCallExpression(parent) || !isPropertyAccessExpression(parent.expression)) return false
  return parent.arguments[0] === node && /^(debug|info|warn|error)$/.test(parent.expression.name.getText())
}

/** Small numbers are counted on; large ones are limits, of which one more would say nothing. */
function anotherNumber(text: string): string {
  const value = Number(text.replaceAll('_', ''))
  if (value === 1) return '0'
  return String(Math.abs(value) <= 100 ? value + 1 : value * 2)
}

/** Without the anchor at its start, and without the one at its end. */
function editsOfPattern(node: Node): Edit[] {
  const text = node.getText()
  const unanchored = [text.replace(/^\/\^/, '/'), text.replace(/\$(\/[a-z]*)$/, '$1')]
  return unanchored.filter((each) => each !== text).map((each) => over(node, 'pattern', each))
}

/** Each member left out, with its comma. A spread counts as a member. */
function editsOfMembers(node: Node, source: SourceFile): Edit[] {
  const members: Node[] = []
  node.forEachChild((member) => {
    members.push(member)
  })
  return members.map((member) => {
    const comma = /^\s*,/.exec(source.text.slice(member.end))?.[0].length ?? 0
    return { operator: 'member', start: member.getStart(), end: member.end + comma, replacement: '' }
  })
}

export function over(node: Node, operator: string, replacement: string): Edit {
  return { operator, start: node.getStart(), end: node.end, replacement }
}
