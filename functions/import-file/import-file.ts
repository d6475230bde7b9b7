/**
 * A file that was dropped into the bucket is taken in: a channel's settlement file by its name, a bank statement by its
 * folder (`drop/bank/`). A file that cannot be used is an outcome, reported to finance by a metric and a log line with its code;
 * it is never tried again by itself, because trying again would say the same.
 */
import type { FileRefusal } from '../../shared/domain/settlement/line.ts'
import { type IntakeOutcome, type TakeInPorts, takeIn } from '../../shared/intake/take-in-settlement-file.ts'
import {
  type StatementIntakeOutcome,
  type StatementPorts,
  takeInStatement,
} from '../../shared/intake/take-in-statement.ts'
import type { Log } from '../../shared/runtime/log.ts'
import type { Metrics } from '../../shared/runtime/metrics.ts'
import type { DroppedFile } from '../../shared/store/files/files.ts'

export type ImportPorts = Omit<TakeInPorts, 'settlements'> & {
  readonly settlements: TakeInPorts['settlements'] & StatementPorts['settlements']
  readonly log: Pick<Log, 'info' | 'error'>
  readonly metrics: Pick<Metrics, 'count'>
}

const BANK = 'bank/'

/** Throws `Transient` and `Defect`. */
export async function importFile(ports: ImportPorts, file: DroppedFile): Promise<void> {
  const from = { kind: 'dropped', file } as const
  if (file.name.startsWith(BANK)) {
    const name = file.name.slice(BANK.length)
    tellStatement(ports, await takeInStatement(ports, { from, name, by: null }))
  } else report(ports, await takeIn(ports, { from, name: file.name, by: null }))
}

function report({ log, metrics }: ImportPorts, taken: IntakeOutcome): void {
  const { outcome } = taken
  metrics.count('FilesTaken', { outcome })
  const day =
    outcome === 'refused'
      ? {}
      : { channel: taken.version.channel, day: taken.version.date, version: taken.version.version }
  if (outcome === 'held' || outcome === 'refused') {
    metrics.count('FilesRefused')
    log.error('A settlement file cannot be used', { outcome, ...day, ...whyOf(taken.refusal) })
  } else {
    const { totals, quarantinedLines } = taken.version
    log.info('A settlement file was taken in', { outcome, ...day, count: totals?.lines, refused: quarantinedLines })
  }
}

function tellStatement({ log, metrics }: ImportPorts, taken: StatementIntakeOutcome): void {
  const { outcome } = taken
  metrics.count('FilesTaken', { outcome })
  if (outcome === 'refused') {
    metrics.count('FilesRefused')
    const { code, entry } = taken.refusal
    log.error('A bank statement cannot be used', { outcome, code, line: entry })
  } else log.info('A bank statement was taken in', { outcome, count: taken.credits.length, accepted: taken.added })
}

function whyOf({ code, line }: FileRefusal) {
  return { code, line }
}
