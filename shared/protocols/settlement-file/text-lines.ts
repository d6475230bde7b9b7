/**
 * Bytes to lines, as they stream: strict UTF-8, one line feed after each line, nothing else.
 *
 * Promises: memory is bounded by one chunk and one line, whatever the file; a line longer than `LINE_LIMIT` is handed over
 * as too long without ever being kept; a file in another encoding (UTF-16, byte order mark, carriage returns, Latin-1)
 * ends the reading with the line where it showed. Never throws for bytes. Knows nothing of columns.
 */

import { beginsAsUtf16, type EncodingFault, REPLACEMENT } from '../text-encoding.ts'

/** Characters; the widest line of a known layout has 130. */
export const LINE_LIMIT = 4_096

/** `text` is undefined where the line was longer than the limit. Lines count from 1. Returning true ends the reading. */
export type OnLine = (text: string | undefined, line: number) => boolean

/** `lines` counts what was handed over. `line` of a wrong encoding is the line in which it showed. */
export type LinesRead =
  | { readonly kind: 'read'; readonly lines: number; readonly bytes: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'wrong-encoding'; readonly line: number; readonly detail: LineFault }

export type LineFault = EncodingFault | 'byte-order-mark' | 'carriage-return'

const BYTE_ORDER_MARK = '\ufeff'

export async function readLines(bytes: AsyncIterable<Uint8Array>, onLine: OnLine): Promise<LinesRead> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  const state = { line: 0, rest: '', tooLong: false, stopped: false }
  let size = 0
  for await (const chunk of bytes) {
    if (size === 0 && beginsAsUtf16(chunk)) return wrong(1, 'utf-16')
    size += chunk.length
    const text = decoded(decoder, chunk)
    const fault = text === undefined ? 'not-utf8' : faultOf(text)
    if (fault) return wrong(state.line + 1, fault)
    takeLines(state, text as string, onLine)
    if (state.stopped) return { kind: 'stopped' }
  }
  if (decoded(decoder) === undefined) return wrong(state.line + 1, 'not-utf8')
  // The last line may come without its line feed; what a cut takes away, the control totals miss.
  if (state.rest !== '' || state.tooLong) handOver(state, state.rest, onLine)
  return state.stopped ? { kind: 'stopped' } : { kind: 'read', lines: state.line, bytes: size }
}

type State = { line: number; rest: string; tooLong: boolean; stopped: boolean }

function takeLines(state: State, text: string, onLine: OnLine): void {
  let from = 0
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
    handOver(state, state.rest + text.slice(from, end), onLine)
    if (state.stopped) return
    state.rest = ''
    from = end + 1
  }
  const rest = text.length - from
  if (state.rest.length + rest > LINE_LIMIT) {
    state.tooLong = true
    state.rest = ''
  } else if (!state.tooLong) state.rest += text.slice(from)
}

function handOver(state: State, text: string, onLine: OnLine): void {
  state.line++
  state.stopped = onLine(state.tooLong || text.length > LINE_LIMIT ? undefined : text, state.line)
  state.tooLong = false
}

function decoded(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string | undefined {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
  } catch {
    return undefined
  }
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
