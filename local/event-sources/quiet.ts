/**
 * Whether all work is done: no stream record unsent, no notification pending, no message visible or in flight, no function running.
 * A message on a dead-letter queue counts as done.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { QueuePlan } from '../cloud-assembly/cloud-assembly.ts'
import type { QueueCount, Queues } from '../emulators/sqs/sqs.ts'
import type { HostedFunction } from '../lambda-runtime/functions.ts'
import type { Pipe } from './pipe.ts'

export type QuietOptions = {
  readonly pipes: readonly Pipe[]
  readonly queues: readonly QueuePlan[]
  readonly counts: Queues['counts']
  readonly functions: readonly HostedFunction[]
  /** Notifications of new objects that their queue has not taken yet. */
  readonly pendingNotifications: () => Promise<number>
}

/** After a move of the clock a month of nights may be caught up with, each in many messages. */
export const CLOCK_PATIENCE_MILLIS = 600_000
const PATIENCE_MILLIS = 60_000
/** A pipe reads many times in this; one that cannot say it is done has something left. */
const PIPE_MILLIS = 2_000

/** The names of what is left when patience ends, a minute if not stated; empty when all is quiet. */
export async function untilQuiet(options: QuietOptions, patienceMillis = PATIENCE_MILLIS): Promise<readonly string[]> {
  const until = performance.now() + patienceMillis
  for (let quiet = 0; ; ) {
    const rest = await restOf(options)
    quiet = rest.length === 0 ? quiet + 1 : 0
    // Twice in a row: between two looks a message may be on its way from a stream to a queue.
    if (quiet === 2) return []
    if (performance.now() > until) return rest
    if (rest.length > 0) await sleep(20)
  }
}

async function restOf({
  pipes,
  queues,
  counts,
  functions,
  pendingNotifications,
}: QuietOptions): Promise<readonly string[]> {
  const running = functions.filter((each) => each.busy() > 0)
  // Asked first, because it costs nothing: while a function works, streams and queues need no question.
  if (running.length > 0) return running.map((each) => `function ${each.plan.name}: ${each.busy()} running`)
  const [behind, objects] = await Promise.all([
    Promise.all(pipes.map((pipe) => isBehind(pipe))),
    pendingNotifications(),
  ])
  const counted = await counts()
  const working = queues
    .filter(({ isDeadLetter }) => !isDeadLetter)
    .map(({ name }) => ({ name, ...countedAs(counted, name) }))
  return [
    ...pipes.filter((_, i) => behind[i]).map(({ name }) => `pipe ${name}: records not yet sent on`),
    ...(objects > 0 ? [`files: ${objects} notifications not yet sent`] : []),
    ...working.filter(({ waiting }) => waiting > 0).map(({ name, waiting }) => `queue ${name}: ${waiting} waiting`),
    ...working
      .filter(({ inFlight }) => inFlight > 0)
      .map(({ name, inFlight }) => `queue ${name}: ${inFlight} in flight`),
    ...functions.filter((each) => each.busy() > 0).map((each) => `function ${each.plan.name}: ${each.busy()} running`),
  ]
}

function countedAs(counted: Awaited<ReturnType<Queues['counts']>>, name: string): QueueCount {
  const count = counted[name]
  if (count === undefined) throw new Error(`expected queue ${name} to be counted`)
  return count
}

async function isBehind(pipe: Pipe): Promise<boolean> {
  const giveUp = new AbortController()
  const late = sleep(PIPE_MILLIS, true, { signal: giveUp.signal }).catch(() => false)
  const behind = await Promise.race([pipe.caughtUp().then(() => false), late])
  giveUp.abort()
  return behind
}
