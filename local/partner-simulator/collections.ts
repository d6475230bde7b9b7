/**
 * What a partner knows that it collected: a line per accepted payment and per reversal, in `.hub/partners/<channel>/<date>.jsonl`
 * under the partner's own date. Written by its terminals when the hub's answer has arrived; the settlement file is made from it.
 *
 * Promises that a line is on disk when `note` returns, and counts once however often it was written. Never reads the hub.
 */
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type BusinessDate, businessDateOf, instant } from '../../shared/domain/instant.ts'

export type CollectedLine = {
  readonly id: string
  readonly customer: string
  readonly outlet: string
  /** The terminal's time, milliseconds UTC. */
  readonly at: number
  readonly amount: number
  readonly adminFee: number
  readonly status: 'S' | 'R'
}

export type Collections = {
  readonly record: (channel: string, line: CollectedLine) => void
  /** In the order of the terminals' time. */
  readonly ofDay: (channel: string, day: BusinessDate) => readonly CollectedLine[]
}

export function partnerCollections(dataDir: string): Collections {
  const folder = path.join(dataDir, 'partners')
  const made = new Set<string>()
  const fileOf = (channel: string, day: string) => path.join(folder, channel, `${day}.jsonl`)
  return {
    record: (channel, line) => {
      if (!made.has(channel)) mkdirSync(path.join(folder, channel), { recursive: true, mode: 0o700 })
      made.add(channel)
      const day = businessDateOf(instant(line.at))
      appendFileSync(fileOf(channel, day), `${JSON.stringify(line)}\n`, { mode: 0o600 })
    },
    ofDay: (channel, day) => {
      const lines = linesOf(fileOf(channel, day))
      const once = new Map(lines.map((line) => [`${line.status} ${line.id}`, line]))
      return [...once.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    },
  }
}

/** Empty for a day without payments; a last line that a kill cut short is left out. */
function linesOf(file: string): readonly CollectedLine[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as CollectedLine)
}
