/** An XLSX file read back without the library that wrote it: an entry of the archive, and the cells of its first sheet. */
import { inflateRawSync } from 'node:zlib'

/** One entry of an archive whose sizes stand in its directory. */
export function archiveEntry(archive: Buffer, name: string): string {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06'))
  for (let at = archive.readUInt32LE(end + 16); archive.readUInt32LE(at) === 0x02014b50; ) {
    const [packed, nameLength] = [archive.readUInt32LE(at + 20), archive.readUInt16LE(at + 28)]
    const local = archive.readUInt32LE(at + 42)
    if (archive.toString('utf8', at + 46, at + 46 + nameLength) === name) {
      const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
      return inflateRawSync(archive.subarray(begin, begin + packed)).toString('utf8')
    }
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  throw new Error(`expected ${name} in the archive`)
}

/** Row by row, as text, of so many columns, at most 26; an empty cell is ''. */
export function sheetRows(archive: Buffer, columns: number): readonly (readonly string[])[] {
  const shared = [...archiveEntry(archive, 'xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, text = '']) =>
    text
      .replace(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  )
  const sheet = archiveEntry(archive, 'xl/worksheets/sheet1.xml')
  return [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = '']) => {
    const cells: string[] = Array(columns).fill('')
    for (const [, column = '', attributes = '', cell = ''] of row.matchAll(
      /<c r="([A-Z])\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs,
    )) {
      const value = /<v>(.*?)<\/v>/.exec(cell)?.[1] ?? ''
      cells[column.charCodeAt(0) - 65] = attributes.includes('t="s"') ? (shared[Number(value)] ?? '') : value
    }
    return cells
  })
}
