/** Columns of plain tables that show and save the same figure: on the page in the reader's words, in a file as it is. */
import { useMemo } from 'react'
import { useLanguage } from '../../i18n/language.tsx'
import type { PlainColumn } from './plain-table.tsx'

type Of<Row, Value> = (header: string, value: (row: Row) => Value) => PlainColumn<Row>

export type Columns<Row> = {
  readonly number: Of<Row, number>
  readonly money: Of<Row, number>
  readonly day: Of<Row, string | null>
  readonly month: Of<Row, string | null>
  readonly instant: Of<Row, string | null>
}

export function useColumns<Row>(): Columns<Row> {
  const { f } = useLanguage()
  return useMemo(() => {
    const figure =
      (shown: (value: number) => string): Of<Row, number> =>
      (header, value) => ({ header, value, cell: (row) => shown(value(row)), align: 'end' })
    const date =
      (shown: (text: string) => string): Of<Row, string | null> =>
      (header, value) => ({
        header,
        value,
        cell: (row) => {
          const text = value(row)
          return text === null ? '–' : shown(text)
        },
      })
    return {
      number: figure(f.number),
      money: figure(f.money),
      day: date(f.day),
      month: date(f.month),
      instant: date(f.instant),
    }
  }, [f])
}
