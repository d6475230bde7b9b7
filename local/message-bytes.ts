/**
 * The bytes of an HTTP message, a request or an answer, by its events: an async iterator over the stream of a small message costs
 * more than all the rest of its handling. Rejects when the message breaks off.
 */
import type { IncomingMessage } from 'node:http'

export async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  await read(message, (chunk) => void chunks.push(chunk))
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
}

/** More than `most` bytes are read to their end, so that the sender reads the answer, and not kept. */
export async function bytesWithin(message: IncomingMessage, most: number): Promise<Buffer | 'too-large'> {
  const chunks: Buffer[] = []
  let bytes = 0
  await read(message, (chunk) => {
    bytes += chunk.length
    if (bytes <= most) chunks.push(chunk)
    else chunks.length = 0
  })
  return bytes > most ? 'too-large' : Buffer.concat(chunks)
}

function read(message: IncomingMessage, take: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    message.on('data', take)
    message.once('end', resolve)
    message.once('error', reject)
    message.once('close', () => {
      if (!message.complete) reject(new Error('expected a whole message, the connection ended'))
    })
  })
}
