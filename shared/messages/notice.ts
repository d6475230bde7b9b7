/**
 * Queue `notice`: look whether this member has a notice to get. Which one is found from the facts, so the message does not name it.
 * Producers: the memberships pipe (infra/outboxes.ts) and functions/sweep-memberships. Consumer: functions/send-notice.
 */
import * as z from 'zod/mini'
import { parseKpj } from '../domain/kpj.ts'
import { parsedText } from './fields.ts'
import { type MessageOf, queueSchema } from './queue-schema.ts'

export const NOTICE = queueSchema(z.object({ kpj: parsedText(parseKpj) }))
export type NoticeMessage = MessageOf<typeof NOTICE>
