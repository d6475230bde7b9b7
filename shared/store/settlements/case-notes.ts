/**
 * Comments and attachments of a difference, in table `settlements`: what people wrote and which files they added.
 *
 * Promise: each is put once, together with its entry in the audit chain (resolutions.ts), and never changed; the same again is
 * what is there already, so a call may be repeated. The bytes of an attachment lie in the files bucket
 * (store/files/attachments.ts). Keys: item.ts.
 */
import type { Instant } from '../../domain/instant.ts'
import type { AttachmentKind } from '../../domain/settlement/attachment.ts'
import type { EntryTable } from './entries.ts'
import { casePart } from './item.ts'

export type CaseComment = {
  readonly kind: 'comment'
  readonly differenceId: string
  /** Of author and text: the same text by the same person is the same comment. */
  readonly digest: string
  readonly by: string
  readonly at: Instant
  readonly text: string
}

export type CaseAttachment = {
  readonly kind: 'attachment'
  readonly differenceId: string
  /** Of the bytes: the same file is attached once. */
  readonly sha256: string
  readonly name: string
  readonly type: AttachmentKind
  readonly bytes: number
  readonly by: string
  readonly at: Instant
}

export type CaseNote = CaseComment | CaseAttachment

export type CaseNoteStore = {
  /** Oldest first. */
  readonly comments: (differenceId: string) => Promise<readonly CaseComment[]>
  readonly attachments: (differenceId: string) => Promise<readonly CaseAttachment[]>
}

export function caseNotesIn<C>(table: EntryTable<C>): CaseNoteStore {
  const all = async <T extends CaseNote>(differenceId: string, prefix: string) =>
    (await table.range<T>(casePart(differenceId), { prefix })).toSorted((a, b) => a.at - b.at)
  return {
    comments: (differenceId) => all<CaseComment>(differenceId, 'comment#'),
    attachments: (differenceId) => all<CaseAttachment>(differenceId, 'attachment#'),
  }
}

export function noteKey(note: CaseNote): readonly [part: string, entry: string] {
  const about = note.kind === 'comment' ? note.digest : note.sha256
  return [casePart(note.differenceId), `${note.kind}#${about}`]
}
