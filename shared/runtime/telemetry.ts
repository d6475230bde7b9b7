/** The clock, the log and the metrics of one function, from the two names that every function is given. Built once per process. */
import { systemClock } from './clock.ts'
import { createLog } from './log.ts'
import { createMetrics, writeLine } from './metrics.ts'

export type Named = { readonly POWERTOOLS_SERVICE_NAME: string; readonly POWERTOOLS_METRICS_NAMESPACE: string }

export function telemetryOf({ POWERTOOLS_SERVICE_NAME: service, POWERTOOLS_METRICS_NAMESPACE: namespace }: Named) {
  const clock = systemClock()
  return {
    clock,
    log: createLog({ service, write: writeLine }),
    metrics: createMetrics({ namespace, service, write: writeLine, clock }),
  }
}
