/** What the calls about a case as a piece of work take and answer: owner, comments, attachments. */
import * as z from 'zod/mini'
import { holdsPersonalNumber } from '../../../shared/domain/personal-numbers.ts'
import { ATTACHMENT_KINDS } from '../../../shared/domain/settlement/attachment.ts'
import { choiceField, reasonField } from '../http/fields.ts'
import { at, count, described, named, shape, text } from '../http/schema.ts'

const COMMENT_LIMIT = 1_000
/** Of one case. */
export const COMMENTS_LIMIT = 200

/** A subject as tokens have it: an id of the pool, or a name of our own; never the number of a person. */
const SUBJECT = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?!.*\d{9})[A-Za-z][A-Za-z0-9._-]{4,63})$/
const SUBJECT_EXPECTED = 'expected the subject of a person, as tokens and histories name it'
const subjectField = (description: string) =>
  described(description, z.string(SUBJECT_EXPECTED).check(z.regex(SUBJECT, SUBJECT_EXPECTED)))

export const ownerRequest = named(
  'OwnerRequest',
  'Who looks after the case',
  z.strictObject({
    action: choiceField('take: you do from now on; release: you do no longer', ['take', 'release']),
  }),
)
export type OwnerRequest = z.output<typeof ownerRequest>

export const assignmentRequest = named(
  'AssignmentRequest',
  'Whose case it is from now on',
  z.strictObject({ owner: z.nullable(subjectField('null: nobody’s')) }),
)
export type AssignmentRequest = z.output<typeof assignmentRequest>

export const commentRequest = named(
  'CommentRequest',
  'A remark on a case; it stays as it is',
  z.strictObject({ text: reasonField(COMMENT_LIMIT) }),
)
export type CommentRequest = z.output<typeof commentRequest>

export const commentSchema = shape('CaseComment', 'What a person wrote about a case', () =>
  z.strictObject({ by: text('The author’s subject'), at: at('When'), text: text('As given') }),
)
export const commentsSchema = shape('CaseComments', 'All of a case, the oldest first', () =>
  z.strictObject({ items: z.array(commentSchema()) }),
)

const NAME = /^(?!.*\d{9})[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
const NAME_EXPECTED =
  'expected a name of up to 100 letters, digits, dots, dashes and underscores without the number of a person'
export const attachmentQuery = z.strictObject({
  name: described(
    `What to call it; its ending says what it is: ${ATTACHMENT_KINDS.join(', ')}`,
    z.string(NAME_EXPECTED).check(
      z.regex(NAME, NAME_EXPECTED),
      z.refine((name) => !holdsPersonalNumber(name), NAME_EXPECTED),
    ),
  ),
})
export type AttachmentQuery = z.output<typeof attachmentQuery>

export const attachmentSchema = shape('CaseAttachment', 'A file that a person attached to a case', () =>
  z.strictObject({
    name: text('As given'),
    type: z.enum(ATTACHMENT_KINDS),
    bytes: count(),
    sha256: text('Of the bytes, hexadecimal; names it in its path'),
    by: text('Who attached it'),
    at: at('When'),
  }),
)
export const attachmentsSchema = shape('CaseAttachments', 'All of a case, the oldest first', () =>
  z.strictObject({ items: z.array(attachmentSchema()) }),
)
