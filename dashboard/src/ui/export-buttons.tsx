/** Takes the rows of any table out as CSV or as a workbook; the API records the file first, with its number of rows. */
import { useMutation } from '@tanstack/react-query'
import { Button } from 'react-aria-components'
import { useLanguage } from '../i18n/language.tsx'
import { type Cell, exportRows, FILE_FORMATS, type FileFormat, MOST_ROWS } from './download.ts'
import { FormProblem } from './state.tsx'

export function ExportButtons({
  table,
  header,
  rows,
}: {
  /** Its name: `a-z`, digits and `-`; the file is called by it and the day. */
  readonly table: string
  readonly header: readonly string[]
  /** Asked for when somebody wants the file. */
  readonly rows: () => readonly (readonly Cell[])[]
}) {
  const { t, f } = useLanguage()
  const { exports } = t.people
  const saving = useMutation({
    mutationFn: async (format: FileFormat) => {
      const all = rows()
      if (all.length > MOST_ROWS) return { tooMany: true, name: '' }
      return { tooMany: false, name: await exportRows(table, format, { header, rows: all }) }
    },
  })
  return (
    <div className="exports">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a group of inputs; these are buttons */}
      <div className="row tight" role="group" aria-label={exports.as}>
        {FILE_FORMATS.map((format) => (
          <Button
            key={format}
            className="button small"
            aria-label={`${exports.as} ${exports[format]}`}
            isDisabled={saving.isPending}
            onPress={() => saving.mutate(format)}
          >
            <svg viewBox="0 0 20 20" aria-hidden="true" className="button-icon">
              <path d="M10 3v9M6.500 9 10 12.500 13.500 9M4 16h12" />
            </svg>
            {exports[format]}
          </Button>
        ))}
      </div>
      <FormProblem problem={saving.error} />
      {saving.data !== undefined && (
        <p className="muted" role="status">
          {saving.data.tooMany ? exports.tooMany(f.number(MOST_ROWS)) : exports.done(saving.data.name)}
        </p>
      )}
    </div>
  )
}
