/**
 * `GET /api/queues` and `POST /api/queues/{name}/redrive`: what waits, and another try for dead letters.
 * Knows nothing of what the messages mean.
 */

import { recordAct } from '../http/acting.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'

/** Per call: fits the function's time; ask again for more. */
const REDRIVE_LIMIT = 500

export async function listQueues({ queues }: ConsolePorts) {
  return json(200, await Promise.all(queues.map(async ({ name, depth }) => ({ name, ...(await depth()) }))))
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
