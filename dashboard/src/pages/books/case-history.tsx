/** What happened to a case, in the reader's words: the API's notes are codes, amounts and what people wrote. */
import type { Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import type { FinanceTexts } from '../../i18n/finance-en.ts'
import type { Format } from '../../i18n/format.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { Section } from '../../ui/page.tsx'
import { PersonName } from './person.tsx'
import { PlainTable } from './plain-table.tsx'
import { statedReason } from './stated-reason.ts'

type Difference = Schemas['Difference']
type Step = Difference['history'][number]

export function CaseHistory({ history }: { readonly history: Difference['history'] }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  return (
    <Section title={t.difference.history}>
      <ul className="history">
        {history.map((step) => {
          const note = noteOf(step, t.words.actions, b, f)
          return (
            <li key={`${step.at} ${step.what}`}>
              <span>
                <b>{worded(t.words.happenings, step.what)}</b> ·{' '}
                {step.by === null ? t.difference.hub : <PersonName subject={step.by} />}
              </span>
              {note !== '' && <span className="quote">{note}</span>}
              <span className="muted">{f.instant(step.at)}</span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

export function CaseParts({ difference }: { readonly difference: Difference }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const { parts, openRupiah } = difference
  if (parts.length === 0) return null
  return (
    <Section title={b.case.parts} lead={b.case.partsLead}>
      <PlainTable
        label={b.case.parts}
        rows={parts}
        keyOf={({ at, action }) => `${at} ${action}`}
        columns={[
          { header: t.difference.action, cell: ({ action }) => worded(t.words.actions, action), isName: true },
          { header: t.overview.amount, cell: ({ amountRupiah }) => f.money(amountRupiah), align: 'end' },
          { header: b.two.proposedBy, cell: ({ proposedBy }) => <PersonName subject={proposedBy} /> },
          { header: b.two.decidedBy, cell: ({ approvedBy }) => <PersonName subject={approvedBy} /> },
          { header: t.settlement.at, cell: ({ at }) => f.instant(at) },
        ]}
        foot={[b.case.open, f.money(openRupiah), '', '', '']}
      />
    </Section>
  )
}

const PROPOSED = /^([a-z-]+)(?: of (-?\d+))?: (.*)$/s
const APPLIED = /^([a-z-]+)(?:: ([a-z-]+))?(?:: (-?\d+))?$/

/** As functions/serve-console and functions/reconcile-settlement write them into the history. */
export function noteOf(
  { what, note }: Pick<Step, 'what' | 'note'>,
  actions: Readonly<Record<string, string>>,
  texts: Pick<FinanceTexts, 'words' | 'two'>,
  { money }: Pick<Format, 'money'>,
): string {
  const { words } = texts
  if (what === 'proposed') {
    const [, action = '', part, why = ''] = PROPOSED.exec(note) ?? []
    if (actions[action] === undefined) return note
    return `${actions[action]}${part === undefined ? '' : `, ${money(Number(part))}`}: ${why}`
  }
  if (what === 'applied') {
    const [, action = '', effect, part] = APPLIED.exec(note) ?? []
    if (actions[action] === undefined) return note
    const done = effect === undefined ? '' : `: ${worded(words.reasons, effect)}`
    return `${actions[action]}${done}${part === undefined ? '' : `, ${money(Number(part))}`}`
  }
  return worded(words.reasons, statedReason(note, texts))
}
