/**
 * The queue of the cohort bench, kept where nothing is killed: hands one message at a time to a worker process, and again to a new
 * one where the worker died. Kills it with SIGKILL in the middle of a message, once in each stage of the work.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Done, Order, WorkerOptions } from './cohort-worker.ts'

export type Stage = {
  readonly name: string
  readonly seconds: number
  readonly messages: number
  /** Struck while it worked: its message came again. */
  readonly killed: number
  readonly peakMegabytes: number
}

export type CohortQueue = {
  /** Until `next` gives no more; each message is given again until a worker has answered it. */
  readonly workOff: (name: string, next: () => Promise<Order | undefined>) => Promise<Stage>
  /** What was sent to queue `cohort` meanwhile. */
  readonly sent: Done['chunks']
  readonly stop: () => void
}

/** Of the time that a message took before: where the next one is struck. */
const STRIKE_AT = 0.5

export function cohortQueue(file: string, options: WorkerOptions): CohortQueue {
  const sent: Done['chunks'][number][] = []
  let worker = workerOn(file, options)

  async function handOver(order: Order, strikeAfterMillis: number | null): Promise<Done | 'killed'> {
    if (worker.exitCode !== null || worker.signalCode !== null) worker = workerOn(file, options)
    const mine = worker
    const ending = new AbortController()
    const answered = once(mine, 'message', { signal: ending.signal }).then(([done]) => done as Done)
    const died = once(mine, 'exit', { signal: ending.signal }).then(([code, signal]): 'killed' => {
      if (signal === 'SIGKILL') return 'killed'
      throw new Error(`expected the worker to answer, it ended with ${code}`)
    })
    // Whichever of the two does not come is given up, and is nobody's failure.
    for (const waiting of [answered, died]) waiting.catch(() => {})
    mine.send({ order })
    if (strikeAfterMillis !== null) {
      const isEarlier = await Promise.race([answered.then(() => false), sleep(strikeAfterMillis, true)])
      if (isEarlier) mine.kill('SIGKILL')
    }
    const outcome = await Promise.race([answered, died])
    ending.abort()
    return outcome
  }

  async function workOff(name: string, next: () => Promise<Order | undefined>): Promise<Stage> {
    const startedAt = performance.now()
    let [messages, killed, peakMegabytes, tookMillis] = [0, 0, 0, 0]
    for (let order = await next(); order; ) {
      const givenAt = performance.now()
      // The first of a stage shows how long one takes; where there is one only, it is struck early.
      const strike = killed > 0 ? null : messages === 0 ? FIRST_STRIKE_MILLIS : tookMillis * STRIKE_AT
      const done = await handOver(order, strike)
      if (done === 'killed') {
        killed++
        continue
      }
      tookMillis = performance.now() - givenAt
      messages++
      peakMegabytes = Math.max(peakMegabytes, done.megabytes)
      sent.push(...done.chunks)
      order = await next()
    }
    return { name, messages, killed, peakMegabytes, seconds: (performance.now() - startedAt) / 1_000 }
  }

  return { workOff, sent, stop: () => worker.disconnect() }
}

/** Long enough for a worker to have begun, short enough that a thousand rows are not done. */
const FIRST_STRIKE_MILLIS = 120

function workerOn(file: string, options: WorkerOptions): ChildProcess {
  // Not this process's own flags: under what watches a parent, the channel no longer keeps a process alive.
  const worker = fork(file, [], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  worker.send({ options })
  return worker
}
