/**
 * A request exactly as it is written, over a socket: fetch would tidy away what an attack is made of (two headers of one name,
 * dot segments, a body that is shorter than it says). Reads every answer that comes back on the connection.
 *
 * Promises an end: after the time limit an attack without an answer is `cut`. Talks to the one base that it was given.
 */
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'

/** One request before it is written. `target` is what stands in the request line. */
export type Draft = {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

/** `answers` counts the responses on the connection: a smuggled request would make a second one. */
export type WireReply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly answers: number
}

export type Pace = {
  /** Sent piece by piece with this pause between. */
  readonly pieces?: number
  readonly pauseMillis?: number
  readonly limitMillis?: number
}

const LIMIT_MILLIS = 15_000
const STATUS_LINE = /HTTP\/1\.[01] (\d{3})/g

/** Writes host, length and `connection: close` when the draft has none of its own. */
export function writeDraft(base: URL, draft: Draft): Buffer {
  const named = new Set(draft.headers.map(([name]) => name.toLowerCase()))
  const own: (readonly [string, string])[] = []
  if (!named.has('host')) own.push(['Host', base.host])
  const hasLength = named.has('content-length') || named.has('transfer-encoding')
  if (!hasLength && (draft.body.length > 0 || draft.method === 'POST')) {
    own.push(['Content-Length', String(draft.body.length)])
  }
  if (!named.has('connection')) own.push(['Connection', 'close'])
  const lines = [...own, ...draft.headers].map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `${draft.method} ${draft.target} HTTP/1.1\r\n${lines.join('')}\r\n`
  // Header text is bytes: a character above 255 is written as UTF-8, as a careless client would.
  const isLatin = [...head].every((character) => (character.codePointAt(0) ?? 0) < 256)
  return Buffer.concat([Buffer.from(head, isLatin ? 'latin1' : 'utf8'), draft.body])
}

export async function sendDraft(base: URL, draft: Draft, pace: Pace = {}): Promise<WireReply | 'cut'> {
  return sendBytes(base, writeDraft(base, draft), pace)
}

export async function sendBytes(base: URL, bytes: Uint8Array, pace: Pace = {}): Promise<WireReply | 'cut'> {
  const socket = await opened(base)
  const chunks: Buffer[] = []
  const over = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.once('end', resolve)
    socket.once('close', resolve)
    // A server that refuses while we still write may reset the connection: what it said before counts.
    socket.on('error', () => resolve())
    setTimeout(resolve, pace.limitMillis ?? LIMIT_MILLIS).unref()
  })
  await Promise.race([written(socket, bytes, pace), over])
  await over
  socket.destroy()
  return readAnswers(Buffer.concat(chunks))
}

async function written(socket: Socket, bytes: Uint8Array, { pieces = 1, pauseMillis = 0 }: Pace): Promise<void> {
  const size = Math.ceil(bytes.length / pieces)
  for (let at = 0; at < bytes.length && !socket.destroyed; at += size) {
    socket.write(bytes.subarray(at, at + size))
    if (pauseMillis > 0) await sleep(pauseMillis)
  }
}

function opened(base: URL): Promise<Socket> {
  const secure = base.protocol === 'https:'
  const at = { host: base.hostname.replace(/^\[|\]$/g, ''), port: Number(base.port || (secure ? 443 : 80)) }
  return new Promise((resolve, reject) => {
    const socket: Socket = secure
      ? connectTls({ ...at, servername: at.host }, () => resolve(socket))
      : connect(at, () => resolve(socket))
    socket.once('error', reject)
  })
}

function readAnswers(bytes: Buffer): WireReply | 'cut' {
  const all = bytes.toString('utf8')
  const [head = '', ...rest] = all.split('\r\n\r\n')
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1]
  if (status === undefined) return 'cut'
  const headers: Record<string, string> = {}
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  const answers = all.match(STATUS_LINE)?.length ?? 0
  const after = rest.join('\r\n\r\n')
  const text = headers['transfer-encoding'] === 'chunked' ? unchunked(after) : after
  return { status: Number(status), headers, text, answers }
}

function unchunked(text: string): string {
  let rest = text
  let whole = ''
  for (;;) {
    const size = Number.parseInt(rest, 16)
    const start = rest.indexOf('\r\n') + 2
    if (!(size > 0) || start < 2) return whole
    whole += rest.slice(start, start + size)
    rest = rest.slice(start + size + 2)
  }
}

// ---- changes to a draft ----

export function withHeader(draft: Draft, name: string, value: string): Draft {
  return withHeaders(draft, [name, value])
}

/** The header comes as the values given, one line each; none: it is left out. */
export function withHeaders(draft: Draft, ...lines: readonly (readonly [string, string])[]): Draft {
  const names = new Set(lines.map(([name]) => name.toLowerCase()))
  return { ...draft, headers: [...draft.headers.filter(([name]) => !names.has(name.toLowerCase())), ...lines] }
}

export function withoutHeader(draft: Draft, name: string): Draft {
  return { ...draft, headers: draft.headers.filter(([own]) => own.toLowerCase() !== name.toLowerCase()) }
}

export function headerOf(draft: Draft, name: string): string {
  return draft.headers.find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1] ?? ''
}

export function withBody(draft: Draft, body: string | Uint8Array): Draft {
  return { ...draft, body: Buffer.from(body) }
}
