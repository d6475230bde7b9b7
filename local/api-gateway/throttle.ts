/** The gateway's throttle per route: a bucket of `burst` that fills with `ratePerSecond`. A laptop never goes below 1,000/s. */
import type { RoutePlan } from '../cloud-assembly/cloud-assembly.ts'

const LEAST_PER_SECOND = 1_000

export function throttles(clock: () => number = () => performance.now()): (route: RoutePlan) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return (route) => {
    if (route.ratePerSecond === null) return true
    const rate = Math.max(LEAST_PER_SECOND, route.ratePerSecond)
    const burst = Math.max(rate, route.burst ?? rate)
    const key = `${route.apiId} ${route.routeKey}`
    const now = clock()
    const bucket = buckets.get(key) ?? { tokens: burst, at: now }
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1_000) * rate)
    const admitted = tokens >= 1
    buckets.set(key, { tokens: admitted ? tokens - 1 : tokens, at: now })
    return admitted
  }
}
