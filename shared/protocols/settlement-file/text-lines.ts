/**
 * Bytes to lines, as they stream: strict UTF-8, one line feed after each line, nothing else.
 *
 * Promises: memory is bounded by one chunk and one line, whatever the file; a line longer than `LINE_LIMIT` is handed over
 * as too long without ever being held; a file in another encoding (UTF-16, byte order mark, carriage returns, Latin-1)
 * ends the reading with the line where it showed. Never throws for bytes. Knows nothing of columns.
 */

import { isAscii } from 'node:buffer'
import { beginsAsUtf16, type EncodingFault, REPLACEMENT } from '../text-encoding.ts'

/** Characters; the widest line of a known layout has 130. */
export const LINE_LIMIT = 4_096

/**
 * A line is what stands in `text` from `from` to before `to`: cut nowhere, because a million texts are dear. `text` is undefined
 * where the line was longer than the limit. Lines count from 1. Returning true ends the reading.
 */
export type OnLine = (text: string | undefined, line: number, from: number, to: number) => boolean

/** `lines` counts what was handed over. `line` of a wrong encoding is the line in which it showed. */
export type LinesRead =
  | { readonly kind: 'read'; readonly lines: number; readonly bytes: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'wrong-encoding'; readonly line: number; readonly detail: LineFault }

export type LineFault = EncodingFault | 'byte-order-mark' | 'carriage-return'

const BYTE_ORDER_MARK = '\ufeff'

export async function readLines(bytes: AsyncIterable<Uint8Array>, onLine: OnLine): Promise<LinesRead> {
  const decode = newDecoder()
  const state: State = { line: 0, rest: '', tooLong: false, stopped: false }
  let size = 0
  for await (const chunk of bytes) {
    if (size === 0 && beginsAsUtf16(chunk)) return wrong(1, 'utf-16')
    size += chunk.length
    const text = decode(chunk)
    const fault = text === undefined ? 'not-utf8' : faultOf(text)
    if (fault) return wrong(state.line + 1, fault)
    takeLines(state, text as string, onLine)
    if (state.stopped) return { kind: 'stopped' }
  }
  if (decode() === undefined) return wrong(state.line + 1, 'not-utf8')
  // The last line may come without its line feed; what a cut takes away, the control totals miss.
  if (state.rest !== '' || state.tooLong) handOver(state, state.rest, 0, state.rest.length, onLine)
  return state.stopped ? { kind: 'stopped' } : { kind: 'read', lines: state.line, bytes: size }
}

type State = { line: number; rest: string; tooLong: boolean; stopped: boolean }

function takeLines(state: State, chunk: string, onLine: OnLine): void {
  const text = state.rest + chunk
  let from = 0
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
    handOver(state, text, from, end, onLine)
    if (state.stopped) return
    from = end + 1
  }
  state.rest = text.slice(from)
  if (state.rest.length > LINE_LIMIT) state.tooLong = true
  if (state.tooLong) state.rest = ''
}

function handOver(state: State, text: string, from: number, to: number, onLine: OnLine): void {
  state.line++
  state.stopped = onLine(state.tooLong || to - from > LINE_LIMIT ? undefined : text, state.line, from, to)
  state.tooLong = false
}

type Decode = (chunk?: Uint8Array) => string | undefined

/** Undefined for bytes that are no UTF-8. Nothing given: the end. Nearly all files are ASCII alone, which needs no decoder. */
function newDecoder(): Decode {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let isInsideLetter = false
  return (chunk) => {
    if (chunk && !isInsideLetter && isAscii(chunk)) return latin1Of(chunk)
    try {
      // A letter has four bytes at most, so that what the decoder still holds shows in the last three.
      if (chunk) isInsideLetter = isInsideLetter ? chunk.length < 3 || endsBeyondAscii(chunk) : endsBeyondAscii(chunk)
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
    } catch {
      return undefined
    }
  }
}

function endsBeyondAscii(chunk: Uint8Array): boolean {
  return chunk.subarray(-3).some((byte) => byte > 0x7f)
}

function latin1Of({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
}

function faultOf(text: string): LineFault | undefined {
  if (text.includes(BYTE_ORDER_MARK)) return 'byte-order-mark'
  if (text.includes('\0')) return 'zero-byte'
  if (text.includes(REPLACEMENT)) return 'not-utf8'
  return text.includes('\r') ? 'carriage-return' : undefined
}

function wrong(line: number, detail: LineFault): LinesRead {
  return { kind: 'wrong-encoding', line, detail }
}
