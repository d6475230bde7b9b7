/**
 * Queue `keys`: make the data keys of the next days, destroy those whose time is over. It names no day and no key, so nobody can ask
 * for an early destruction. Producer: the schedule (infra/constructs/data-key-keeper.ts). Consumer: functions/keep-data-keys.
 */
import * as z from 'zod/mini'
import { queueSchema } from './queue-schema.ts'

export const KEYS = queueSchema(z.object({ task: z.literal('nightly') }))
