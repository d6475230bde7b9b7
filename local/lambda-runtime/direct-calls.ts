/**
 * HTTP to the emulator beside the hub and to nobody else: POSTs over kept connections, one call at a time on each, answers
 * of stated length. Node's own client does far more than that, and most of a local payment's time went there.
 *
 * Promises that a connection on which anything odd came is never used again. Knows nothing of AWS.
 */
import { connect, type Socket } from 'node:net'

export type DirectReply = {
  readonly statusCode: number
  readonly statusMessage: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}
export type Taker = {
  readonly took: (reply: DirectReply) => void
  /** The call may have had its effect. */
  readonly failed: (error: Error) => void
}

/** One kept connection, for one caller at a time. */
export type Line = {
  readonly socket: Socket
  /** Once per taking; the line is free again when the answer is whole. */
  readonly post: (message: string, taker: Taker) => void
  /** Gives it back unused. */
  readonly release: () => void
  /** Whatever is under way on it ends, and nobody hears of it. */
  readonly cut: () => void
}
export type DirectCalls = { readonly take: () => Line }

export function directCalls({ hostname, port }: URL): DirectCalls {
  const idle: Line[] = []

  function open(): Line {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    let taker: Taker | undefined
    let chunks: Buffer[] = []
    let missing = 0
    let head: Omit<DirectReply, 'body'> | undefined

    const fail = (error: Error): void => {
      const place = idle.indexOf(line)
      if (place >= 0) idle.splice(place, 1)
      socket.destroy()
      const left = taker
      taker = undefined
      left?.failed(error)
    }

    /** What is odd about it; undefined for an answer, or a part of one. */
    const heard = (chunk: Buffer): string | undefined => {
      if (taker === undefined) return 'expected nothing to be said unasked'
      chunks.push(chunk)
      missing -= chunk.length
      if (head === undefined) {
        const text = Buffer.concat(chunks)
        const end = text.indexOf('\r\n\r\n')
        if (end < 0) return undefined
        head = headOf(text.toString('latin1', 0, end))
        const length = Number(head?.headers['content-length'] ?? Number.NaN)
        if (head === undefined || !Number.isInteger(length)) return 'expected an answer of stated length'
        const body = text.subarray(end + 4)
        chunks = [body]
        missing = length - body.length
      }
      if (missing > 0) return undefined
      if (missing < 0) return 'expected one answer, got more'
      const whose = taker
      taker = undefined
      idle.push(line)
      whose.took({ ...head, body: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks) })
      return undefined
    }

    const line: Line = {
      socket,
      post: (message, whose) => {
        if (socket.destroyed) {
          process.nextTick(whose.failed, hungUp())
          return
        }
        taker = whose
        chunks = []
        missing = 0
        head = undefined
        socket.write(message)
      },
      release: () => void idle.push(line),
      cut: () => {
        taker = undefined
        socket.destroy()
      },
    }
    socket.on('data', (chunk: Buffer) => {
      const odd = heard(chunk)
      if (odd !== undefined) fail(new Error(odd))
    })
    socket.on('error', fail)
    socket.on('close', () => fail(hungUp()))
    return line
  }

  return { take: () => idle.pop() ?? open() }
}

/** As Node's client says it. */
function hungUp(): Error {
  return Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
}

/** Undefined for what is no HTTP/1.1 answer. */
function headOf(text: string): Omit<DirectReply, 'body'> | undefined {
  const [first = '', ...lines] = text.split('\r\n')
  const status = /^HTTP\/1\.1 (\d{3}) ?(.*)$/.exec(first)
  if (status === null) return undefined
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  return { statusCode: Number(status[1]), statusMessage: status[2] ?? '', headers }
}
