/**
 * The environment, read once by a handler. Everything wrong with it is reported at once and by name, so that one deployment
 * corrects it all; values are never quoted, because some are secrets.
 */
import * as z from 'zod/mini'
import { Defect } from './faults.ts'

/** Throws a Defect `ENVIRONMENT` that names every variable that is missing or not as the schema wants it. */
export function readEnv<T extends z.ZodMiniType>(
  schema: T,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): z.output<T> {
  const result = z.safeParse(schema, environment)
  if (result.success) return result.data
  const names = [...new Set(result.error.issues.map((issue) => String(issue.path[0] ?? '(environment)')))].sort()
  const problems = names.map((name) => `${name} (${environment[name] === undefined ? 'missing' : 'invalid'})`)
  throw new Defect(
    'ENVIRONMENT',
    `expected the function's environment to be complete; set ${problems.join(', ')} in its template`,
  )
}
