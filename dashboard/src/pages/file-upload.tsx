/**
 * A file into the hub: chosen or dropped, looked at, sent with its progress; then what became of it, or why it was refused and at
 * which line. Used for settlement files and bank statements.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, DropZone, type FileDropItem, FileTrigger } from 'react-aria-components'
import { ApiProblem, type Schemas } from '../api/client.ts'
import { upload } from '../api/upload.ts'
import { useFinance } from '../i18n/finance.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { Section } from '../ui/page.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { problemText } from '../ui/state.tsx'

type Taken = Partial<Schemas['FileTaken'] & Omit<Schemas['StatementTaken'], 'outcome'>> & { readonly outcome: string }

const PREVIEW_LINES = 6
const PREVIEW_BYTES = 4_096
const LIMIT_BYTES = 6 * 1024 * 1024

export function SettlementFileUpload({ channel, date }: { readonly channel: string; readonly date: string }) {
  const { t } = useLanguage()
  return (
    <Section title={t.settlement.upload} lead={t.settlement.uploadLead}>
      <FileUpload pathOf={() => `/api/settlements/${channel}/${date}/file`} />
    </Section>
  )
}

export function BankStatementUpload() {
  const { t } = useLanguage()
  return (
    <Section title={t.settlement.uploadBank} lead={t.settlement.uploadBankLead}>
      <FileUpload pathOf={({ name }) => `/api/bank-statements/${encodeURIComponent(name)}`} />
    </Section>
  )
}

function FileUpload({ pathOf }: { readonly pathOf: (file: File) => string }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const [file, setFile] = useState<File>()
  const [preview, setPreview] = useState('')
  const [share, setShare] = useState(0)
  const answers = useQueryClient()
  const sending = useMutation({
    mutationFn: (chosen: File) => {
      if (chosen.size > LIMIT_BYTES) throw new ApiProblem('TOO_LARGE', 413, '')
      return upload<Taken>(pathOf(chosen), chosen, setShare)
    },
    onSuccess: () => {
      setFile(undefined)
      return answers.invalidateQueries()
    },
  })
  const choose = async (chosen: File | undefined) => {
    if (chosen === undefined) return
    sending.reset()
    setShare(0)
    setFile(chosen)
    const text = await chosen.slice(0, PREVIEW_BYTES).text()
    setPreview(text.split(/\r?\n/).slice(0, PREVIEW_LINES).join('\n'))
  }
  return (
    <>
      <DropZone
        className="drop"
        onDrop={async ({ items }) => {
          const dropped = items.find((item): item is FileDropItem => item.kind === 'file')
          await choose(await dropped?.getFile())
        }}
      >
        {file === undefined ? (
          <p className="muted">{t.settlement.drop}</p>
        ) : (
          <>
            <p>
              <b>{file.name}</b> <span className="muted">{f.counted(file.size, b.units.bytes)}</span>
            </p>
            {preview !== '' && (
              <ScrollRegion label={t.settlement.preview} className="preview">
                <pre className="mono">{preview}</pre>
              </ScrollRegion>
            )}
          </>
        )}
        <div className="row">
          <FileTrigger onSelect={(files) => void choose(files?.[0])}>
            <Button className="button">{t.settlement.choose}</Button>
          </FileTrigger>
          {file !== undefined && (
            <Button className="button primary" isDisabled={sending.isPending} onPress={() => sending.mutate(file)}>
              {t.settlement.send}
            </Button>
          )}
        </div>
        {sending.isPending && <Progress share={share} />}
      </DropZone>
      {sending.isSuccess && <TakenNotice taken={sending.data} />}
      {sending.isError && <Refusal problem={sending.error} />}
    </>
  )
}

function Progress({ share }: { readonly share: number }) {
  const { t, f } = useLanguage()
  const text = share < 1 ? t.settlement.sending(f.percent(share * 10_000)) : t.settlement.reading
  return (
    <div className="progress">
      <div
        className="progress-line"
        role="progressbar"
        aria-label={text}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div className="progress-done" style={{ width: `${share * 100}%` }} />
      </div>
      <span className="muted">{text}</span>
    </div>
  )
}

function TakenNotice({ taken }: { readonly taken: Taken }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const { outcome, lines, amountRupiah, quarantinedLines = 0, change, gap } = taken
  return (
    <div className="notice good" role="status">
      <span>
        <b>{worded(t.settlement.taken, outcome)}</b>
        {lines !== undefined &&
          amountRupiah !== undefined &&
          ` · ${t.settlement.takenLines(f.counted(lines, b.units.lines), f.money(amountRupiah))}`}
        {quarantinedLines > 0 && ` · ${t.settlement.quarantined(f.counted(quarantinedLines, b.units.lines))}`}
        {change &&
          ` · ${t.settlement.changes(f.number(change.added), f.number(change.removed), f.number(change.changed))}`}
        {gap && ` · ${gap}`}
      </span>
    </div>
  )
}

function Refusal({ problem }: { readonly problem: Error }) {
  const { t, f } = useLanguage()
  const line = problem instanceof ApiProblem ? problem.line : null
  const detail = problem instanceof ApiProblem && problem.status === 422 ? problem.detail : ''
  return (
    <div className="notice bad" role="alert">
      <b>
        {t.settlement.refused}
        {line !== null && `, ${t.settlement.refusedAtLine(f.number(line))}`}
      </b>
      <span>{problemText(t.problems, problem)}</span>
      {detail !== '' && (
        <>
          <span className="mono" lang="en">
            {detail}
          </span>
          <span>{t.settlement.refusedKept}</span>
        </>
      )}
    </div>
  )
}
