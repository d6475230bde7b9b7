/** Measuring processes of `npm run bench:settlement`: each has its own memory, answers one order after another, and ends with us. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** With a small young generation: measured is what the columns need, not what the collector has not come to yet. */
export async function aloneIn<T>(file: string, order: object): Promise<T> {
  const child = started(file, ['--max-semi-space-size=8'])
  try {
    return await replyOf<T>(child, order)
  } finally {
    child.disconnect()
  }
}

export function started(file: string, execArgv: string[] = []): ChildProcess {
  const path = fileURLToPath(new URL(file, import.meta.url))
  return fork(path, [], { execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
}

export async function replyOf<T>(child: ChildProcess, order: object): Promise<T> {
  child.send(order)
  const answered = new AbortController()
  const ended = once(child, 'exit', answered).then(([code]) => {
    throw new Error(`expected a measuring process to answer, it ended with ${code}`)
  })
  const message = once(child, 'message', answered)
  try {
    return (await Promise.race([message, ended]))[0] as T
  } finally {
    answered.abort()
    await Promise.allSettled([message, ended])
  }
}
