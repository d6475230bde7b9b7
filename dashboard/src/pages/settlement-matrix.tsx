/** Two weeks of settlement at a glance, and further back by the day. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { CALM } from '../api/answers.ts'
import { answerOf, api } from '../api/client.ts'
import { useFinance } from '../i18n/finance.ts'
import { dayBefore, jakartaDay } from '../i18n/format.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useMay } from '../sign-in/use-session.ts'
import { TextInput } from '../ui/fields.tsx'
import { Badge, Page, Section } from '../ui/page.tsx'
import { Answered } from '../ui/state.tsx'
import { toneOf } from '../ui/tones.ts'
import { BankStatementUpload } from './file-upload.tsx'
import { Matrix } from './matrix.tsx'

const VERDICTS = ['reconciled', 'reconciled-with-pending', 'differences', 'incomplete'] as const
const DAYS_SHOWN = 10

export function SettlementPage() {
  const { t } = useLanguage()
  const b = useFinance()
  const search = useSearch({ from: '/settlement' })
  const navigate = useNavigate()
  const to = search.to ?? jakartaDay(Date.now())
  const from = dayBefore(to, DAYS_SHOWN - 1)
  const matrix = useQuery({
    queryKey: ['settlements', from, to],
    queryFn: () => answerOf(api.GET('/api/settlements', { params: { query: { from, to } } })),
    refetchInterval: CALM,
    placeholderData: keepPreviousData,
  })
  const mayOperate = useMay('operate')
  return (
    <Page
      title={t.settlement.title}
      lead={
        <>
          {t.settlement.lead} <Link to="/arrivals">{b.arrivals.link}</Link>
        </>
      }
      actions={
        <TextInput
          label={t.form.to}
          type="date"
          value={to}
          onChange={(value) => void navigate({ to: '/settlement', search: { to: value || undefined } })}
        />
      }
    >
      <Section
        title={t.settlement.matrix}
        actions={
          <div className="legend">
            {VERDICTS.map((verdict) => (
              <Badge key={verdict} tone={toneOf(verdict)}>
                {worded(t.words.verdicts, verdict)}
              </Badge>
            ))}
          </div>
        }
      >
        <Answered query={matrix} rows={6}>
          {({ items }) => <Matrix items={items} label={t.settlement.matrix} />}
        </Answered>
      </Section>
      {mayOperate && <BankStatementUpload />}
    </Page>
  )
}
