/**
 * A file into the hub: chosen or dropped, looked at, sent with its progress; then what became of it, or why it was refused and at
 * which line. Used for settlement files and bank statements.
 */
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ApiProblem, type Schemas } from '../api/client.ts'
import { upload } from '../api/upload.ts'
import { useFinance } from '../i18n/finance.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { FileDrop } from '../ui/file-drop.tsx'
import { Section } from '../ui/page.tsx'
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
  const { f } = useLanguage()
  const b = useFinance()
  const answers = useQueryClient()
  return (
    <FileDrop<Taken>
      send={async (file, onProgress) => {
        if (file.size > LIMIT_BYTES) throw new ApiProblem('TOO_LARGE', 413, '')
        const taken = await upload<Taken>('PUT', pathOf(file), file, onProgress)
        await answers.invalidateQueries()
        return taken
      }}
      sizeOf={(bytes) => f.counted(bytes, b.units.bytes)}
      previewOf={firstLinesOf}
      taken={(taken) => <TakenNotice taken={taken} />}
      refused={(problem) => <Refusal problem={problem} />}
    />
  )
}

async function firstLinesOf(file: File): Promise<string> {
  const text = await file.slice(0, PREVIEW_BYTES).text()
  return text.split(/\r?\n/).slice(0, PREVIEW_LINES).join('\n')
}

function TakenNotice({ taken }: { readonly taken: Taken }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const { outcome, lines, amountRupiah, quarantinedLines = 0, change, gap, sha256 } = taken
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
      {taken.added !== undefined && sha256 !== undefined && outcome !== 'unchanged' && (
        <span>
          {b.bank.takenNext}{' '}
          <Link to="/bank-statements/$sha256" params={{ sha256 }}>
            {b.bank.file}
          </Link>
        </span>
      )}
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
