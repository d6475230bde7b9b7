/** The answers of the API that the pages share: when one is old, when a call is repeated, and when it is not. */
import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './client.ts'

const FRESH_MILLIS = 5_000
const MOST_REPEATS = 2

export const answers = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: FRESH_MILLIS,
      retry: (failures, error) => failures < MOST_REPEATS && isWorthRepeating(error),
      retryDelay: (failures) => 400 * 2 ** failures,
      networkMode: 'always',
    },
    // What writes is repeated by the person, who sees what became of it.
    mutations: { retry: false, networkMode: 'always' },
  },
})

/** How often a page that is looked at asks again, in milliseconds. */
export const LIVE = 5_000
export const CALM = 30_000

function isWorthRepeating(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status >= 500 || error.status === 429)
}
