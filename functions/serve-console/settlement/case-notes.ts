/**
 * `/api/differences/{id}/comments` and `…/attachments`: what people write about a case and which files they add to it.
 *
 * Promises: both only grow, each with its author, its time and its entry in the audit chain; the same again by the same person
 * changes nothing. An attachment's kind follows from its name and its first bytes, and it leaves as bytes to be saved, whatever
 * it is. Refuses the number of a person in a text or a name; what is in a file is for whoever attaches it.
 */
import { createHash } from 'node:crypto'
import { formatUtc } from '../../../shared/domain/instant.ts'
import {
  ATTACHMENT_BYTES,
  ATTACHMENT_KINDS,
  ATTACHMENTS_LIMIT,
  attachmentKindOf,
} from '../../../shared/domain/settlement/attachment.ts'
import type { Plain } from '../../../shared/store/audit/audit.ts'
import type { CaseAttachment, CaseComment, CaseNote } from '../../../shared/store/settlements/case-notes.ts'
import { download, json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { noActor } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import { type AttachmentQuery, COMMENTS_LIMIT, type CommentRequest } from './case-schemas.ts'
import { unknownDifference } from './differences.ts'

type Target = { path: { id: string } }

export async function listComments(ports: ConsolePorts, { path }: Call<Target>) {
  if (!(await ports.settlements.difference(path.id))) return unknownDifference()
  return json(200, { items: (await ports.settlements.comments(path.id)).map(describeComment) })
}

export async function addComment(ports: ConsolePorts, call: Call<Target & { body: CommentRequest }>) {
  const { actor, now, path, body } = call
  if (actor === null) return noActor()
  if (!(await ports.settlements.difference(path.id))) return unknownDifference()
  const { text } = body
  const digest = createHash('sha256')
    .update(JSON.stringify([actor, text]))
    .digest('hex')
  const known = await ports.settlements.comments(path.id)
  const same = known.find((each) => each.digest === digest)
  if (same) return json(200, describeComment(same))
  if (known.length >= COMMENTS_LIMIT) return tooMany(`comments, ${COMMENTS_LIMIT} at most`)
  const comment: CaseComment = { kind: 'comment', differenceId: path.id, digest, by: actor, at: now, text }
  return json(200, describeComment(await keep(ports, comment, 'commented', { text })))
}

export async function listAttachments(ports: ConsolePorts, { path }: Call<Target>) {
  if (!(await ports.settlements.difference(path.id))) return unknownDifference()
  return json(200, { items: (await ports.settlements.attachments(path.id)).map(describeAttachment) })
}

/** The bytes first: what the list names can be fetched. */
export async function addAttachment(
  ports: ConsolePorts,
  call: Call<Target & { query: AttachmentQuery; body: Uint8Array }>,
) {
  const { actor, now, path, query, body } = call
  if (actor === null) return noActor()
  if (!(await ports.settlements.difference(path.id))) return unknownDifference()
  const { name } = query
  if (body.byteLength > ATTACHMENT_BYTES) return problem('TOO_LARGE', 'expected at most 4 MB; attach a smaller file')
  const type = attachmentKindOf(name, body)
  if (!type) {
    return problem('INVALID_INPUT', `expected a file that is what its name ends in: ${ATTACHMENT_KINDS.join(', ')}`)
  }
  const sha256 = createHash('sha256').update(body).digest('hex')
  const known = await ports.settlements.attachments(path.id)
  const same = known.find((each) => each.sha256 === sha256)
  if (same) return json(200, describeAttachment(same))
  if (known.length >= ATTACHMENTS_LIMIT) return tooMany(`attachments, ${ATTACHMENTS_LIMIT} at most`)
  await ports.attachments.put(path.id, sha256, body)
  const attachment: CaseAttachment = {
    kind: 'attachment',
    differenceId: path.id,
    sha256,
    name,
    type,
    bytes: body.byteLength,
    by: actor,
    at: now,
  }
  const detail = { name, type, bytes: body.byteLength, sha256 }
  return json(200, describeAttachment(await keep(ports, attachment, 'attached', detail)))
}

export async function fetchAttachment(ports: ConsolePorts, { path }: Call<{ path: { id: string; sha256: string } }>) {
  const { id, sha256 } = path
  if (!(await ports.settlements.difference(id))) return unknownDifference()
  const found = (await ports.settlements.attachments(id)).find((each) => each.sha256 === sha256)
  if (!found) return problem('UNKNOWN_ATTACHMENT', UNKNOWN_ATTACHMENT)
  return download(found.name, await ports.attachments.get(id, sha256))
}

export const UNKNOWN_ATTACHMENT = 'expected the digest of an attachment, as the list of the case names it'

/** The note as it is kept: somebody may have sent the same at the same moment. */
async function keep<N extends CaseNote>(
  ports: ConsolePorts,
  note: N,
  action: 'commented' | 'attached',
  detail: Readonly<Record<string, Plain>>,
): Promise<N> {
  const { by: actor, at, differenceId: subject } = note
  const kept = await ports.resolutions.keepNote(note, { at, actor, action, subject, detail })
  if (kept.outcome === 'there') return kept.note
  const { sequence, hash } = kept.entry
  ports.log.info('A note on a case was recorded', { action, actor, sequence, hash })
  return note
}

function describeComment({ by, at, text }: CaseComment) {
  return { by, at: formatUtc(at), text }
}

function describeAttachment({ name, type, bytes, sha256, by, at }: CaseAttachment) {
  return { name, type, bytes, sha256, by, at: formatUtc(at) }
}

function tooMany(what: string) {
  return problem('TOO_MANY', `expected a case with room for more ${what}`)
}
