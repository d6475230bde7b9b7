/**
 * What traffic counted, and `.hub/logs/traffic.jsonl`: answers that were not the expected ones, and a sum every minute.
 * Promises channel, scenario, step, meaning and code, and nothing of a customer; a flood of lines stops by itself.
 */
import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'

export type TrafficCounts = { readonly scenarios: number; readonly answers: number; readonly unexpected: number }

/** Codes are words of the contract; whatever else came in their place is not written down. */
export type Unexpected = {
  readonly channel: string
  readonly scenario: string
  readonly step: string
  readonly outcome: string
  readonly code: string
  readonly status: number
}

export type TrafficLog = {
  readonly countScenario: () => void
  readonly countAnswer: () => void
  readonly unexpected: (what: Unexpected) => void
  /** Something of traffic's own went wrong; `name` is an error's class, its text may quote anything. */
  readonly note: (name: string) => void
  readonly sum: () => void
  readonly counts: () => TrafficCounts
}

const MOST_LINES = 2_000
const CODE = /^\w{0,8}$/

export function trafficLog(path: string, seed: string, now: () => number): TrafficLog {
  const counts = { scenarios: 0, answers: 0, unexpected: 0 }
  let lines = 0
  let written: Promise<unknown> = mkdir(dirname(path), { recursive: true })
  const write = (line: object): void => {
    if (lines++ >= MOST_LINES) return
    const text = `${JSON.stringify({ at: new Date(now()).toISOString(), ...line })}\n`
    // A full disk must not end traffic, and traffic must not end the hub.
    written = written.then(() => appendFile(path, text)).catch(() => {})
  }
  write({ kind: 'start', seed })
  return {
    countScenario: () => void counts.scenarios++,
    countAnswer: () => void counts.answers++,
    unexpected: ({ channel, scenario, step, outcome, code, status }) => {
      counts.unexpected++
      write({ kind: scenario, channel, step, outcome, code: CODE.test(code) ? code : '?', status })
    },
    note: (name) => write({ kind: 'note', outcome: name }),
    sum: () => write({ kind: 'sum', ...counts }),
    counts: () => ({ ...counts }),
  }
}
