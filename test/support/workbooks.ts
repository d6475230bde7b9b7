/** Workbooks as a sponsor's office would save them, written by a library that is not the one under test. */
import writeXlsxFile, { type SheetData } from 'write-excel-file/node'

export type Cells = readonly (readonly unknown[])[]

/** A cell that is an object is given to the library as it is: `{ value, type, format }`. Everything else is text. */
export async function workbookOf(rows: Cells, ...otherSheets: readonly Cells[]): Promise<Uint8Array> {
  const sheets = [rows, ...otherSheets].map((cells, i) => ({
    sheet: `Sheet${i + 1}`,
    data: cells.map(rowOf) as SheetData,
  }))
  return (await writeXlsxFile(sheets).toBuffer()) as Uint8Array
}

function rowOf(cells: readonly unknown[]) {
  return cells.map((cell) => {
    if (typeof cell === 'object') return cell
    return { value: String(cell), type: String }
  })
}

export async function* inPieces(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
