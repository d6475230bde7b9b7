/**
 * A file on its way in: dropped into the bucket or handed over by an operator. Whichever it is, its raw bytes are kept
 * under their digest before anybody looks into them, and what is looked into afterwards are the kept bytes.
 */
import { createHash } from 'node:crypto'
import type { FileVersion } from '../domain/settlement/file-version.ts'
import { Defect } from '../runtime/faults.ts'
import type { DroppedFile, FileStore } from '../store/files/files.ts'
import type { SettlementStore } from '../store/settlements/settlements.ts'

export type Incoming = {
  readonly from:
    | { readonly kind: 'dropped'; readonly file: DroppedFile }
    | { readonly kind: 'handed-over'; readonly bytes: Uint8Array }
    /** The content of an encrypted file; both are kept. */
    | {
        readonly kind: 'opened'
        readonly file: DroppedFile
        readonly bytes: Uint8Array
        readonly sealed: NonNullable<FileVersion['sealed']>
      }
  /** Without folders; '' where the sender gave none. */
  readonly name: string
  /** The operator's subject; null for a dropped file. */
  readonly by: string | null
  /** Whose folder it lay in; undefined where it came another way. */
  readonly sender?: string
}

export type KeptFile = { readonly sha256: string; readonly bytes: number }

/** S3's version of a dropped object: the same one again is a message that came twice. */
export function droppedAs({ from }: Incoming): { readonly dropped?: string } {
  return from.kind !== 'handed-over' && from.file.version !== null ? { dropped: from.file.version } : {}
}

/**
 * Whether this very drop was looked at before: its message came again, however late and whatever happened to the bytes meanwhile.
 * `named`: the drops that the versions of these bytes name. What was handed over is always new.
 */
export async function isKnownDrop(
  { drops }: Pick<SettlementStore, 'drops'>,
  incoming: Incoming,
  sha256: string,
  named: readonly (string | undefined)[],
): Promise<boolean> {
  const { dropped } = droppedAs(incoming)
  if (dropped === undefined) return false
  return named.includes(dropped) || (await drops(sha256)).includes(dropped)
}

export function sealedAs({ from }: Incoming): Pick<FileVersion, 'sealed'> {
  return from.kind === 'opened' ? { sealed: from.sealed } : {}
}

/** Right any number of times. Throws a Defect `DROPPED_FILE_GONE` when the dropped file is no longer there. */
export async function keepRaw(files: FileStore, { from }: Incoming): Promise<KeptFile> {
  if (from.kind !== 'dropped') {
    const sha256 = createHash('sha256').update(from.bytes).digest('hex')
    await files.keep(sha256, from.bytes)
    return { sha256, bytes: from.bytes.length }
  }
  const content = await files.dropped(from.file)
  if (!content)
    throw new Defect('DROPPED_FILE_GONE', 'expected a dropped file to be where its message says, it is gone')
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of content) {
    hash.update(chunk)
    bytes += chunk.length
  }
  const sha256 = hash.digest('hex')
  await files.keepDropped(sha256, from.file)
  return { sha256, bytes }
}
