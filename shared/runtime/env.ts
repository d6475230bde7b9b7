/**
 * The environment, read once by a handler. Everything wrong with it is reported at once and by name, so that one deployment
 * corrects it all; values are never quoted, because some are secrets.
 */
import * as z from 'zod/mini'
import { Defect } from './faults.ts'
import type { Caller } from './signed-call.ts'

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

/** Variables that would change where the SDK sends a call, and that nothing here heeds. */
const UNHEEDED = ['AWS_USE_FIPS_ENDPOINT', 'AWS_USE_DUALSTACK_ENDPOINT', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']

/**
 * Where DynamoDB is and who calls it, as Lambda says it to every function. Credentials come from here and from nowhere else, so
 * that code on a laptop never picks up somebody's ~/.aws; they do not change while a process lives. Throws a Defect.
 */
export function dynamoCaller(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Pick<Caller, 'region' | 'credentials' | 'endpoint'> {
  const unheeded = UNHEEDED.find((name) => environment[name] === 'true')
  if (unheeded !== undefined)
    throw new Defect('ENVIRONMENT', `expected ${unheeded} not to be set, because calls would not heed it; take it out`)
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = environment
  if (!accessKeyId || !secretAccessKey) {
    throw new Defect(
      'CREDENTIALS',
      'expected AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, as Lambda sets them; set both',
    )
  }
  return {
    region: environment.AWS_REGION ?? '',
    endpoint: environment.AWS_ENDPOINT_URL_DYNAMODB || environment.AWS_ENDPOINT_URL,
    credentials: { accessKeyId, secretAccessKey, ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}) },
  }
}
