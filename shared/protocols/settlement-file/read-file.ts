/**
 * Reads a settlement file of any layout: header, data lines, control totals on the last line.
 *
 * Promises: a file is read whole or refused whole with a named code; one bad line is put aside and the rest stands; nothing
 * of a refused file may be used, though its lines may have been handed to the sink on the way. Never throws for bytes.
 * The trailer's sums are compared with what was read; where the money of a line that was put aside cannot be read, the
 * rest of that sum is the quarantined lines' and is for a person to explain. Knows no channel: `FileFormat` does.
 */
import type { FileReading, LineSink, SettlementLayout } from '../../channel-port/channel.ts'
import type { BusinessDate } from '../../domain/instant.ts'
import type { FileRefusal, FileTotals, QuarantinedLine } from '../../domain/settlement/line.ts'
import { ENCODING_FAULTS } from '../text-encoding.ts'
import { newSums } from './control-totals.ts'
import { type DayWindow, newDayWindow } from './day-window.ts'
import { type LineReading, unreadable } from './fields.ts'
import { type LineFault, type OnLine, readLines } from './text-lines.ts'

/** What a layout knows of its own lines. */
export type FileFormat = {
  /** The first line. Undefined: it is this layout's header of that day. */
  readonly header: (text: string, date: BusinessDate) => Omit<FileRefusal, 'line'> | undefined
  /** Whether the line from `from` to before `to` says that it is the trailer. */
  readonly isTrailer: (text: string, from: number, to: number) => boolean
  /** Undefined when it is no trailer of this layout. */
  readonly trailer: (text: string) => FileTotals | undefined
  readonly data: (text: string, from: number, to: number, line: number) => LineReading
  /** What the layout calls the column of a line's time. */
  readonly timeField: string
}

/** A bigger file than this is no day of any channel: about three million lines. */
const SIZE_LIMIT_BYTES = 512 * 1024 * 1024

const ENCODINGS: Readonly<Record<LineFault, string>> = {
  ...ENCODING_FAULTS,
  'not-utf8':
    'expected UTF-8, got bytes that are none, or U+FFFD where such bytes were; send the file as application/octet-stream, in UTF-8',
  'byte-order-mark': 'expected plain UTF-8, got a byte order mark',
  'carriage-return': 'expected a line feed alone, got a carriage return',
}

export function fileReader(format: FileFormat): SettlementLayout['read'] {
  return async (bytes, date, sink, cutOffHour) => {
    const file = openFile(format, newDayWindow(date, cutOffHour), date, sink)
    const read = await readLines(limited(bytes), file.take)
    if (read.kind === 'wrong-encoding') {
      return refused({ code: 'WRONG_ENCODING', line: read.line, detail: ENCODINGS[read.detail] })
    }
    if (read.kind === 'read' && read.bytes > SIZE_LIMIT_BYTES) {
      return refused({ code: 'TOO_LARGE', line: null, detail: `expected at most ${SIZE_LIMIT_BYTES} bytes` })
    }
    return file.close()
  }
}

/** Ends a little above the limit instead of reading on. */
async function* limited(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    yield chunk
    if (size > SIZE_LIMIT_BYTES) return
  }
}

function openFile(
  format: FileFormat,
  window: DayWindow,
  date: BusinessDate,
  sink: LineSink,
): { take: OnLine; close: () => FileReading } {
  const sums = newSums()
  let refusal: FileRefusal | undefined
  let trailer: string | undefined
  let lines = 0
  let quarantined = 0

  function aside(line: QuarantinedLine): void {
    quarantined++
    sink.quarantine(line)
  }

  function place(reading: LineReading): void {
    sums.add(reading.line)
    if (reading.kind === 'bad') {
      window.takes(reading.at, reading.line.status)
      aside(reading.line)
    } else if (window.takes(reading.line.at, reading.line.status)) sink.add(reading.line)
    else {
      const { line, paymentId, amount, fee, status } = reading.line
      const common = { line, code: 'WRONG_DAY', field: format.timeField, amount, fee, status } as const
      aside(paymentId === '' ? common : { ...common, paymentId })
    }
  }

  /** Only the last line can be the trailer: whatever follows one is refused. */
  function take(text: string | undefined, line: number, from: number, to: number): boolean {
    lines = line
    if (line === 1) refusal = headerRefusal(format, text?.slice(from, to), date)
    else if (trailer !== undefined) {
      refusal = { code: 'DATA_AFTER_TRAILER', line, detail: 'expected nothing after the control totals' }
    } else if (text === undefined) place(unreadable(line, 'LINE_TOO_LONG'))
    else if (format.isTrailer(text, from, to)) trailer = text.slice(from, to)
    else place(format.data(text, from, to, line))
    return refusal !== undefined
  }

  function close(): FileReading {
    if (refusal) return refused(refusal)
    if (lines === 0) return refused({ code: 'EMPTY', line: null, detail: 'expected a header, got an empty file' })
    if (trailer === undefined) {
      return refused({ code: 'TRUNCATED', line: lines, detail: 'expected the control totals on the last line' })
    }
    const totals = format.trailer(trailer)
    if (!totals) {
      return refused({ code: 'TRUNCATED', line: lines, detail: 'expected control totals that can be read' })
    }
    const wrong = sums.against(totals)
    if (wrong) return refused({ code: 'TOTALS_DO_NOT_FOOT', line: lines, detail: wrong })
    const elsewhere = window.isAnotherDay()
    if (elsewhere) return refused({ code: 'WRONG_DAY', line: null, detail: elsewhere })
    return { kind: 'read', totals, quarantined }
  }

  return { take, close }
}

function headerRefusal(format: FileFormat, text: string | undefined, date: BusinessDate): FileRefusal | undefined {
  if (text === undefined) {
    return { code: 'LAYOUT_CHANGED', line: 1, detail: 'expected the header, got a line that is too long for one' }
  }
  const problem = format.header(text, date)
  return problem && { ...problem, line: 1 }
}

function refused(refusal: FileRefusal): FileReading {
  return { kind: 'refused', refusal }
}
