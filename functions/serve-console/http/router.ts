/**
 * Which route is meant by a method and a path. Promises that a path is known or not whatever its method, so that a wrong
 * method is answered with those that are offered. Refuses to know what routes do.
 */
import type { Route } from './route.ts'

export type Routed =
  | { readonly outcome: 'route'; readonly route: Route; readonly segments: Readonly<Record<string, string>> }
  | { readonly outcome: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly outcome: 'unknown-path' }

export function routeTo(routes: readonly Route[], method: string, rawPath: string): Routed {
  const matches = routes.flatMap((route) => {
    const segments = match(route.path, rawPath)
    return segments ? [{ route, segments }] : []
  })
  if (matches.length === 0) return { outcome: 'unknown-path' }
  const found = matches.find(({ route }) => route.method === method)
  return found
    ? { outcome: 'route', ...found }
    : { outcome: 'wrong-method', allowed: matches.map(({ route }) => route.method) }
}

/** The parameters of a path that fits the pattern, or undefined. A parameter is one segment, never empty. */
function match(pattern: string, rawPath: string): Readonly<Record<string, string>> | undefined {
  const expected = pattern.split('/')
  const actual = rawPath.split('/')
  if (expected.length !== actual.length) return undefined
  const parameters: Record<string, string> = {}
  for (const [index, part] of expected.entries()) {
    const segment = actual[index] as string
    if (!part.startsWith('{')) {
      if (part !== segment) return undefined
    } else if (segment === '') return undefined
    else parameters[part.slice(1, -1)] = segment
  }
  return parameters
}
