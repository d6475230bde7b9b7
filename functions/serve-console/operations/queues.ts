/**
 * `GET /api/queues`, `GET …/{name}/dead-letters` and `POST …/{name}/redrive`: what waits, why some were put aside, and another try
 * for them. Knows nothing of what the messages mean, and shows nothing of what they hold.
 */

import { formatUtc } from '../../../shared/domain/instant.ts'
import { recordAct } from '../http/acting.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'

/** Enough to see what is wrong; whoever puts them back asks again. */
const SHOWN = 50
/** Per call: fits the function's time; ask again for more. */
const REDRIVE_LIMIT = 500

export async function listQueues({ queues }: ConsolePorts) {
  return json(200, await Promise.all(queues.map(async ({ name, depth }) => ({ name, ...(await depth()) }))))
}

export async function listDeadLetters({ queues }: ConsolePorts, { path }: Call<{ path: { name: string } }>) {
  const queue = queues.find(({ name }) => name === path.name)
  if (!queue) return problem('UNKNOWN_QUEUE', `expected one of ${queues.map(({ name }) => name).join(', ')}`)
  const letters = await queue.deadLetters(SHOWN)
  return json(200, { items: letters.map(({ sentAt, ...letter }) => ({ ...letter, sentAt: formatUtc(sentAt) })) })
}

export async function redriveQueue(ports: ConsolePorts, call: Call<{ path: { name: string } }>) {
  const { queues, log } = ports
  const { path, actor } = call
  const queue = queues.find(({ name }) => name === path.name)
  if (!queue) return problem('UNKNOWN_QUEUE', `expected one of ${queues.map(({ name }) => name).join(', ')}`)
  await recordAct(ports, call, { action: 'redriven', subject: `queue#${queue.name}`, detail: { most: REDRIVE_LIMIT } })
  const moved = await queue.redrive(REDRIVE_LIMIT)
  log.info('A dead-letter queue was redriven', { queue: queue.name, count: moved, actor })
  return json(200, { moved })
}
