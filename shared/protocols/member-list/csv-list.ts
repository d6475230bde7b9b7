/**
 * A list as CSV in UTF-8, record by record: memory does not grow with the file. Throws a ListFault for what is no such text.
 * Every cell is text here; a number in scientific notation is for the judge to see.
 */
import { Readable } from 'node:stream'
import { CsvError, type Info, parse } from 'csv-parse'
import type { ListCell, ListLimits } from '../../domain/sponsors/member-list.ts'
import { ListFault } from './list-fault.ts'
import type { RawRow } from './raw-row.ts'

type Parsed = { readonly record: readonly string[]; readonly info: Info }

export async function* csvRows(bytes: AsyncIterable<Uint8Array>, limits: ListLimits): AsyncGenerator<RawRow> {
  const parser = parse({
    info: true,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n'],
    max_record_size: limits.cellLength * 50,
  })
  const text = Readable.from(decoded(bytes))
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      yield { line: firstLine(record, info), cells: record.map(cellOf) }
    }
  } catch (error) {
    throw error instanceof CsvError ? new ListFault('BROKEN_CSV', { cause: error }) : error
  } finally {
    text.destroy()
  }
}

/** Bytes that are no UTF-8 are no list: a name that was guessed would be printed on a receipt. */
async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  } catch (error) {
    throw error instanceof TypeError ? new ListFault('WRONG_ENCODING') : error
  }
}

/** The parser counts lines at a record's end; quoted cells may hold line breaks. */
function firstLine(record: readonly string[], { lines }: Info): number {
  return lines - record.reduce((count, cell) => count + cell.split('\n').length - 1, 0)
}

function cellOf(text: string): ListCell {
  return { text, kind: 'text' }
}
