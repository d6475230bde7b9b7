/** What a task of queue `settlement` came to, as the log line says it. */
import type { BusinessDate } from '../../shared/domain/instant.ts'

export type TaskOutcome = {
  readonly outcome: string
  readonly channel?: string
  readonly day?: BusinessDate
  readonly state?: string
  readonly action?: string
  readonly version?: number
  readonly count?: number
}
