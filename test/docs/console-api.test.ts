/**
 * docs/reference/console-api.md says what each call of the console takes and answers, with every bound: what a program that calls it
 * relies on. `npm test -- test/docs -u` writes it anew; a bound or a field that changes is seen in review.
 */
import path from 'node:path'
import { expect, test } from 'vitest'
import { openApiOf } from '../../functions/serve-console/http/openapi.ts'
import { ROUTES, SUBJECTS } from '../../functions/serve-console/routes.ts'

const FILE = path.join(import.meta.dirname, '../../docs/reference/console-api.md')

type Schema = {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly [keyword: string]: unknown
}

/** Words for people are not repeated here. */
const SAID_ELSEWHERE = new Set(['description', 'title', '$ref', 'properties', 'required', 'items', 'anyOf', 'oneOf'])

function boundsOf(schema: Schema): string {
  const { $ref, items, anyOf, oneOf } = schema
  const own = Object.entries(schema)
    .filter(([keyword]) => !SAID_ELSEWHERE.has(keyword))
    .map(([keyword, value]) => (keyword === 'type' ? String(value) : `${keyword} ${JSON.stringify(value)}`))
  const choices = (anyOf ?? oneOf ?? []).map(boundsOf).join(' or ')
  const parts = [$ref?.split('/').at(-1), ...own, choices, items && `of ${boundsOf(items)}`]
  return parts.filter((part) => part !== undefined && part !== '').join(', ')
}

/** One line for each field, at any depth; a field that may be left out has a question mark. */
function fieldsOf(schema: Schema, prefix = ''): readonly string[] {
  const inside = [...(schema.anyOf ?? schema.oneOf ?? []), ...(schema.items ? [schema.items] : [])]
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const mark = schema.required?.includes(name) ? '' : '?'
    return [`- \`${prefix}${name}${mark}\` ${boundsOf(field)}`, ...fieldsOf(field, `${prefix}${name}.`)]
  })
  return [...own, ...inside.flatMap((each) => fieldsOf(each, prefix))]
}

function contentOf(content: Readonly<Record<string, { readonly schema?: unknown }>>): string {
  return Object.entries(content)
    .map(([type, { schema }]) => `${type} ${boundsOf((schema ?? {}) as Schema)}`.trim())
    .join('; ')
}

test('the reference of the console names every call, field and bound', async () => {
  const { paths, components } = openApiOf(SUBJECTS)
  const calls = Object.entries(paths).flatMap(([route, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody, responses, ...operation }]) => {
      const answers = Object.entries(responses).map(([status, response]) => {
        const { content = {}, 'x-problem-codes': codes } = response as never as {
          content?: Parameters<typeof contentOf>[0]
          'x-problem-codes'?: readonly string[]
        }
        return `- ${status}: ${codes ? codes.join(', ') : contentOf(content)}`
      })
      return [
        `## ${method.toUpperCase()} ${route}`,
        '',
        `\`${operation.operationId}\`, ${operation['x-permission']}.`,
        '',
        ...parameters.map(
          (each) => `- ${each.in} \`${each.name}${each.required ? '' : '?'}\` ${boundsOf(each.schema as Schema)}`,
        ),
        ...(requestBody
          ? [`- body${requestBody.required ? '' : '?'}: ${contentOf(requestBody.content as never)}`]
          : []),
        ...answers,
        '',
      ].join('\n')
    }),
  )
  const shapes = Object.entries(components.schemas as Readonly<Record<string, Schema>>).map(([name, schema]) =>
    [`## ${name}`, '', boundsOf(schema), '', ...fieldsOf(schema), ''].join('\n'),
  )
  const text = [
    '# Console API',
    '',
    'What each call takes and answers, field by field, with its bounds. What they mean is said in `/api/openapi.json`; who may make which call, in [console roles](console-roles.md). Written from the routes by `test/docs/console-api.test.ts`.',
    '',
    ...calls,
    ...shapes,
  ].join('\n')
  expect(calls.length).toBeGreaterThan(50)
  await expect(text).toMatchFileSnapshot(FILE)
})

test('whatever the document says in words, it says', () => {
  const wordless: string[] = []
  const walk = (value: unknown, where: string): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, each] of Object.entries(value)) {
      const isWords = typeof each === 'string' && /^(description|summary|title)$/.test(name)
      if (isWords && !/^[\p{L}\d`"…]/u.test(each)) wordless.push(`${where}.${name}`)
      walk(each, `${where}.${name}`)
    }
  }
  walk(openApiOf(SUBJECTS), '')
  expect(wordless).toEqual([])
})

/** What no field takes, or few do. */
const STRANGE = [null, true, -1, 1e99, 0.5, '', '\u0007', 'x'.repeat(20_000), [], [[]], Array(10_000).fill(''), {}]

test('whatever a call refuses in a field, it says what it expected', () => {
  const silent = ROUTES.flatMap((route) =>
    [route.query, route.body?.schema].flatMap((schema) => {
      if (!schema) return []
      const names = Object.keys(((schema as { def?: { shape?: object } }).def?.shape ?? {}) as object)
      return names.flatMap((name) =>
        STRANGE.flatMap((value) => {
          const issues = schema.safeParse({ [name]: value }).error?.issues ?? []
          const own = issues.filter(({ path: [first] }) => first === name)
          return own
            .filter(({ message }) => !/^(expected|Invalid)/.test(message))
            .map(() => `${route.operationId} ${name}`)
        }),
      )
    }),
  )
  expect([...new Set(silent)]).toEqual([])
})
