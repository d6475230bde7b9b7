/** docs/reference/console-roles.md is written from the routes and the table of roles; `npm test -- test/docs -u` writes it anew. */
import path from 'node:path'
import { expect, test } from 'vitest'
import { mayDo, ROLES, seesUnmasked } from '../../functions/serve-console/http/permissions.ts'
import { ROUTES, SUBJECTS } from '../../functions/serve-console/routes.ts'

const FILE = path.join(import.meta.dirname, '../../docs/reference/console-roles.md')

test('the reference of roles names every call with who may make it', async () => {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const head = [row(['call', ...ROLES]), row(['---', ...ROLES.map(() => '---')])]
  const parts = SUBJECTS.map(({ name, description, routes }) =>
    [
      `## ${name}`,
      '',
      `${description}.`,
      '',
      ...head,
      ...routes.map(({ method, path: route, permission }) =>
        row([
          `\`${method} ${route}\``,
          ...ROLES.map((role) => (permission === 'public' || mayDo([role], permission) ? 'yes' : '')),
        ]),
      ),
    ].join('\n'),
  )
  const text = [
    '# Console roles',
    '',
    'Who may make which call. Roles come from the token; a person may have several. A proposal and its approval always take two different people. Written from the routes by `test/docs/console-roles.test.ts`.',
    '',
    `Names, NIKs and phone numbers in full: ${ROLES.filter((role) => seesUnmasked([role])).join(', ')}. Everybody else sees them masked.`,
    '',
    parts.join('\n\n'),
    '',
  ].join('\n')
  expect(ROUTES.length).toBeGreaterThan(20)
  await expect(text).toMatchFileSnapshot(FILE)
})
