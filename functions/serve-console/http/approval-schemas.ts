/** What a step of two people takes and shows, whatever it is about: two-person-step.ts makes it. */
import * as z from 'zod/mini'
import { reasonField } from './fields.ts'
import { at, named, text } from './schema.ts'

const REASON_LIMIT = 200

export const approvalRequest = named(
  'ApprovalRequest',
  'Whether the proposal is approved',
  z.strictObject({
    decision: z.enum(['approve', 'reject'], 'expected approve or reject'),
    reason: z.optional(reasonField(REASON_LIMIT)),
  }),
)
export type ApprovalRequest = z.output<typeof approvalRequest>

/** Where a proposal stands, whose it is and why: beside what is asked for. */
export const proposalFields = () => ({
  state: z.enum(['proposed', 'approved', 'rejected']),
  reason: text('As given'),
  proposedBy: text('The operator’s subject'),
  proposedAt: at('When'),
  decidedBy: z.nullable(text('The approver’s subject')),
  decidedAt: z.nullable(at('When')),
  remark: z.nullable(text('The approver’s reason, as given')),
})
