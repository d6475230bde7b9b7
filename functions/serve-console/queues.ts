/**
 * `GET /api/queues` and `POST /api/queues/{name}/redrive`: what waits, and another try for what was parked.
 * Knows nothing of what the messages mean.
 */
import type { Call, ConsoleParts } from './parts.ts'
import { json, problem, type Reply } from './reply.ts'

/** Per call: fits the function's time; ask again for more. */
const REDRIVE_LIMIT = 500

export async function listQueues({ queues }: ConsoleParts): Promise<Reply> {
  return json(200, await Promise.all(queues.map(async ({ name, depth }) => ({ name, ...(await depth()) }))))
}

export async function redriveQueue({ queues, log }: ConsoleParts, { path, actor }: Call): Promise<Reply> {
  const desk = queues.find(({ name }) => name === path.name)
  if (!desk) return problem('UNKNOWN_QUEUE', `expected one of ${queues.map(({ name }) => name).join(', ')}`)
  const moved = await desk.redrive(REDRIVE_LIMIT)
  log.info('A dead-letter queue was redriven', { queue: desk.name, count: moved, actor })
  return json(200, { moved })
}
