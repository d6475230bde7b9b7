/**
 * The archive that a workbook is: its names, and the content of one entry at a time, unpacked as it is read. Throws a ListFault for
 * an archive that is damaged, encrypted, or larger than the limits: by what it says of itself before a byte is unpacked, and by what
 * comes out of it, because an archive can lie.
 */
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import type { ListLimits } from '../../domain/sponsors/member-list.ts'
import { ListFault } from './list-fault.ts'

export type Archive = {
  readonly names: readonly string[]
  /** Of a name that is there. */
  readonly open: (name: string) => AsyncIterable<Uint8Array>
}

export async function openArchive(bytes: Uint8Array, limits: ListLimits): Promise<Archive> {
  const zip = await orBroken(() =>
    fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true }),
  )
  if (zip.entryCount > limits.entries) throw new ListFault('LIST_TOO_LARGE')
  const entries = await orBroken(() => entriesOf(zip))
  const unpacked = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  if (unpacked > limits.unpackedBytes) throw new ListFault('LIST_TOO_LARGE')
  const byName = new Map(entries.map((entry) => [entry.fileName, entry]))
  return {
    names: [...byName.keys()],
    open: (name) => contentOf(zip, byName.get(name), limits.unpackedBytes),
  }
}

function entriesOf(zip: ZipFile): Promise<readonly Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = []
    zip.on('entry', (entry: Entry) => {
      entries.push(entry)
      zip.readEntry()
    })
    zip.on('end', () => resolve(entries))
    zip.on('error', reject)
    zip.readEntry()
  })
}

async function* contentOf(zip: ZipFile, entry: Entry | undefined, limit: number): AsyncGenerator<Uint8Array> {
  if (!entry?.canDecodeFileData() || entry.isEncrypted()) throw new ListFault('BROKEN_WORKBOOK')
  const content = await orBroken(() => zip.openReadStreamPromise(entry))
  let size = 0
  try {
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > limit) throw new ListFault('LIST_TOO_LARGE')
      yield chunk
    }
  } catch (error) {
    throw error instanceof ListFault ? error : new ListFault('BROKEN_WORKBOOK', { cause: error })
  } finally {
    content.destroy()
  }
}

/** The library throws for every archive that is none: the bytes are the sender's, so that is an outcome. */
async function orBroken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    throw new ListFault('BROKEN_WORKBOOK', { cause })
  }
}
