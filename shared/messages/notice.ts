/**
 * Queue `notice`: look whether this member, or the sponsor of this program, has a notice to get. Which one is found from the facts
 * or from the program, so the message does not name it.
 * Producers: the memberships pipe (infra/outboxes.ts) and functions/sweep-memberships. Consumer: functions/send-notice.
 */
import * as z from 'zod/mini'
import { parseKpj } from '../domain/kpj.ts'
import { parseProgramId } from '../domain/sponsors/sponsor.ts'
import { parsedText } from './fields.ts'
import { type MessageOf, queueSchema } from './queue-schema.ts'

export const NOTICE = queueSchema(
  z
    .object({ kpj: z.optional(parsedText(parseKpj)), program: z.optional(parsedText(parseProgramId)) })
    .check(z.refine(({ kpj, program }) => (kpj === undefined) !== (program === undefined), 'expected one of the two')),
)
export type NoticeMessage = MessageOf<typeof NOTICE>
