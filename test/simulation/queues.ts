/**
 * Queues and the pipe as they are in the cloud: at least once, in any order, after any delay; a message that nobody
 * acknowledged comes back, and after five receives lies in the dead-letter queue until somebody sends it again.
 * The consumers are the real stack (shared/runtime/queue.ts) around the real use cases: consumers.ts.
 */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { call, type FunctionEnvironment, type Invocation } from './ports.ts'

export type Consumer = (event: SQSEvent, invocation: Invocation, queue: Queue) => Promise<SQSBatchResponse>

export type Queue = {
  readonly name: string
  /** Takes bodies for a sender that may fail; resolves once they are safe. */
  readonly sendFrom: (invocation: Invocation, bodies: readonly string[]) => Promise<void>
  /** From the pipe, a schedule or an operator. */
  readonly send: (body: string) => void
  /** What a consumer puts aside; safe once it resolves. */
  readonly park: (invocation: Invocation, body: string) => Promise<void>
  readonly deadLetters: readonly string[]
  /** Takes the dead letters that `isFit` accepts back into the queue. */
  readonly redrive: (isFit: (body: string) => boolean) => number
}

type QueuedMessage = { readonly id: string; readonly body: string; receives: number; gone: boolean }

const MAX_RECEIVES = 5
const BATCH = 10

/** Called for each message that is lost, because then only a sweep can heal, and for each that waits for a person. */
export type LossCounter = { readonly loses: () => void; readonly parks: () => void }

export function openQueue(
  around: FunctionEnvironment,
  name: string,
  begin: (input: string, onCrash: () => void) => Invocation,
  consume: Consumer,
  losses: LossCounter,
): Queue {
  const { timeline, random, plan } = around
  const visible: QueuedMessage[] = []
  const dead: string[] = []
  let count = 0
  const faults = () => (around.calm() ? NO_FAULTS : plan.queue)

  function accept(body: string): void {
    const { lost, twice, late, pace } = faults()
    if (random.chance(lost)) {
      around.trace(() => `${name} loses ${body}`)
      losses.loses()
      return
    }
    const letter = { id: `${name}-${++count}`, body, receives: 0, gone: false }
    show(letter, random.chance(late) ? random.between(100, 20_000) : random.between(1, pace))
    if (random.chance(twice)) show(letter, random.between(1, 2_000))
  }

  function show(letter: QueuedMessage, delay: number): void {
    timeline.after(delay, () => {
      visible.push(letter)
      timeline.after(random.between(0, 3), poll)
    })
  }

  function poll(): void {
    const batch: QueuedMessage[] = []
    const size = random.between(1, BATCH)
    while (batch.length < size && visible.length > 0) {
      const [letter] = visible.splice(random.below(visible.length), 1) as [QueuedMessage]
      if (letter.gone) continue
      letter.receives++
      if (letter.receives <= MAX_RECEIVES) batch.push(letter)
      else if (!letter.gone) {
        letter.gone = true
        dead.push(letter.body)
        losses.parks()
      }
    }
    if (visible.length > 0) timeline.after(random.between(0, 8), poll)
    if (batch.length > 0) deliver(batch)
  }

  function deliver(batch: readonly QueuedMessage[]): void {
    const comeBack = (letter: QueuedMessage) => {
      if (!letter.gone) show(letter, random.between(1_000, 60_000))
    }
    const input = batch.map(({ body, receives }) => `${receives}:${body}`).join(' ')
    const invocation = begin(input, () => batch.forEach(comeBack))
    around.trace(() => `#${invocation.id} ${name} takes ${input}`)
    consume(eventOf(batch), invocation, queue).then(
      ({ batchItemFailures }) => {
        const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))
        for (const letter of batch) {
          if (failed.has(letter.id)) comeBack(letter)
          else letter.gone = true
        }
      },
      (error) => timeline.fail(error),
    )
  }

  const queue: Queue = {
    name,
    send: accept,
    sendFrom: (invocation, bodies) =>
      call(around, invocation, 'write', `${name}.send ${bodies.length}`, async () => {
        for (const body of bodies) accept(body)
      }),
    park: (invocation, body) =>
      call(around, invocation, 'write', `${name}.park`, async () => {
        dead.push(body)
      }),
    deadLetters: dead,
    redrive: (isFit) => {
      const fit = dead.filter(isFit)
      dead.splice(0, dead.length, ...dead.filter((body) => !isFit(body)))
      fit.forEach(accept)
      return fit.length
    },
  }
  return queue
}

const NO_FAULTS = { lost: 0, twice: 0, late: 0, poison: 0, pipeLost: 0, pace: 2 }

function eventOf(batch: readonly QueuedMessage[]): SQSEvent {
  const records = batch.map(({ id, body, receives }) => ({
    messageId: id,
    body,
    attributes: { ApproximateReceiveCount: String(receives) },
  }))
  return { Records: records } as unknown as SQSEvent
}
