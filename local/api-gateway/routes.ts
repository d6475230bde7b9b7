/** Routes of HTTP APIs as the gateway chooses them: the most specific path wins, then a named method before ANY. */
import type { RoutePlan } from '../cloud-assembly/cloud-assembly.ts'

export type Matched = {
  readonly route: RoutePlan
  readonly pathParameters: Readonly<Record<string, string>> | undefined
}
export type Router = (method: string, path: string) => Matched | undefined

export function routerOf(plans: readonly RoutePlan[]): Router {
  const routes = plans.map((route) => ({ route, ...patternOf(route.path) })).sort((a, b) => a.weight - b.weight)
  return (method, path) => {
    for (const named of [true, false]) {
      for (const { route, pattern, names } of routes) {
        if (named ? route.method !== method : route.method !== 'ANY') continue
        const match = pattern.exec(path)
        if (!match) continue
        const entries = names.map((name, i) => [name, match[i + 1] as string] as const)
        return { route, pathParameters: names.length > 0 ? Object.fromEntries(entries) : undefined }
      }
    }
    return undefined
  }
}

function patternOf(path: string): {
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly weight: number
} {
  const names: string[] = []
  let weight = 0
  const source = path.split('/').map((part) => {
    const parameter = /^\{(\w+)(\+?)\}$/.exec(part)
    if (!parameter) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    names.push(parameter[1] as string)
    weight += parameter[2] ? 100 : 1
    return parameter[2] ? '(.+)' : '([^/]+)'
  })
  return { pattern: new RegExp(`^${source.join('/')}$`), names, weight }
}
