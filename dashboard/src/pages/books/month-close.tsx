/** The checks before the close of a month, what of them is accepted by name, and the two halves of the close. */
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { answerOf, api, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useMay } from '../../sign-in/use-session.ts'
import { Section } from '../../ui/page.tsx'
import { PlainTable } from './plain-table.tsx'
import { ProposalCard, ProposalForm } from './two-people.tsx'

type Period = Schemas['Period']
type Check = Period['open'][number]
type Code = Check['code']
type Item = Check['items'][number]

/** Nobody accepts it: it is confirmed, or it goes. */
const UNCONFIRMED: Code = 'STATEMENT_UNCONFIRMED'

export function MonthClose({ period }: { readonly period: Period }) {
  const { f } = useLanguage()
  const b = useFinance()
  const mayOperate = useMay('operate')
  const [accepted, setAccepted] = useState<ReadonlySet<Code>>(new Set())
  const { month, state, open, proposal } = period
  const isOpen = state === 'open'
  const isWaiting = proposal?.state === 'proposed'
  const mayChoose = isOpen && !isWaiting && mayOperate
  const params = { path: { month } }
  const mustWait = open.some(({ code }) => code === UNCONFIRMED)
  const isComplete = open.every(({ code }) => accepted.has(code))
  return (
    <Section title={b.months.checks} lead={b.months.checksLead}>
      {open.length === 0 ? (
        <p className="notice good">{b.months.allClear}</p>
      ) : (
        <ul className="checks">
          {open.map((check) => (
            <OpenCheck
              key={check.code}
              check={check}
              box={
                mayChoose &&
                check.code !== UNCONFIRMED && (
                  <label className="check">
                    <input
                      type="checkbox"
                      checked={accepted.has(check.code)}
                      onChange={(event) => setAccepted(changed(accepted, check.code, event.target.checked))}
                    />
                    {b.months.accept}
                  </label>
                )
              }
            />
          ))}
        </ul>
      )}
      {isOpen && proposal !== null && proposal.state !== 'approved' && (
        <ProposalCard
          proposal={proposal}
          what={<ProposedClose proposal={proposal} />}
          question={b.months.approveQuestion(f.month(month))}
          moves={<Effect period={period} accepted={new Set(proposal.accept)} />}
          decide={(body) => answerOf(api.POST('/api/periods/{month}/close/approval', { params, body }))}
        />
      )}
      {isOpen && !isWaiting && (
        <ProposalForm
          action={b.months.close}
          question={b.months.question(f.month(month))}
          moves={<Effect period={period} accepted={accepted} />}
          isReady={isComplete}
          send={(reason) =>
            answerOf(api.POST('/api/periods/{month}/close', { params, body: { accept: [...accepted], reason } }))
          }
        >
          {!isComplete && <p className="notice">{mustWait ? b.days.unconfirmed : b.months.mustAccept}</p>}
        </ProposalForm>
      )}
    </Section>
  )
}

function OpenCheck({ check, box }: { readonly check: Check; readonly box: ReactNode }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const { code, count, amountRupiah, items } = check
  return (
    <li>
      <span className="row">
        <b>{worded(b.words.checks, code)}</b>
        {box}
      </span>
      <span className="muted">
        {f.counted(count, b.units.items)} · {f.money(amountRupiah)}
      </span>
      <details className="more-of">
        <summary>{b.months.items}</summary>
        <PlainTable
          label={worded(b.words.checks, code)}
          rows={items}
          keyOf={({ channel, date, id }) => `${channel} ${date} ${id}`}
          columns={[
            { header: t.overview.channel, cell: (item) => <ItemLink code={code} item={item} />, isName: true },
            { header: b.days.day, cell: ({ date }) => (date === null ? '–' : f.day(date)) },
            { header: b.days.amount, cell: (item) => f.money(item.amountRupiah), align: 'end' },
          ]}
        />
        {items.length < count && <p className="muted">{b.months.firstOf(f.number(items.length))}</p>}
      </details>
    </li>
  )
}

/** To where it can be put right. */
function ItemLink({ code, item: { channel, date, id } }: { readonly code: Code; readonly item: Item }) {
  const { t } = useLanguage()
  const b = useFinance()
  const name =
    channel === null ? t.suspense.noChannel : channel === 'bank' ? b.days.bank : worded(t.words.channels, channel)
  if (code === 'OPEN_DIFFERENCES' && id !== null) {
    return (
      <Link to="/differences/$id" params={{ id }}>
        {name} <span className="mono">{id}</span>
      </Link>
    )
  }
  if (code === UNCONFIRMED && id !== null) {
    return (
      <Link to="/bank-statements/$sha256" params={{ sha256: id }}>
        {name}
      </Link>
    )
  }
  if (code === 'SUSPENSE') return <Link to="/suspense">{name}</Link>
  if (code === 'UNIDENTIFIED_RECEIPTS' && id !== null && date !== null) {
    return (
      <Link to="/bank/$bookedOn/$movement" params={{ bookedOn: date, movement: encodeURIComponent(id) }}>
        {name} <span className="mono">{id}</span>
      </Link>
    )
  }
  if (channel !== null && date !== null) {
    return (
      <Link to="/days" search={{ date, of: channel }}>
        {name}
      </Link>
    )
  }
  return name
}

function ProposedClose({ proposal }: { readonly proposal: NonNullable<Period['proposal']> }) {
  const { f } = useLanguage()
  const b = useFinance()
  return (
    <>
      <b>
        {b.months.journalThrough} {f.day(proposal.journalThrough)}
      </b>
      {proposal.accept.length > 0 && (
        <>
          <p className="muted">{b.months.acceptedOpen}:</p>
          <ul>
            {proposal.accept.map((code) => (
              <li key={code}>· {worded(b.words.checks, code)}</li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Effect({ period, accepted }: { readonly period: Period; readonly accepted: ReadonlySet<Code> }) {
  const { f } = useLanguage()
  const b = useFinance()
  const carried = period.open.filter(({ code }) => accepted.has(code))
  return (
    <>
      <p>{b.months.effect(f.counted(period.entries, b.units.entries), f.day(period.journalThrough))}</p>
      {carried.length > 0 && (
        <ul>
          {carried.map(({ code, count, amountRupiah }) => (
            <li key={code}>
              · {worded(b.words.checks, code)}: {f.number(count)}, {f.money(amountRupiah)}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function changed(accepted: ReadonlySet<Code>, code: Code, isAccepted: boolean): ReadonlySet<Code> {
  const next = new Set(accepted)
  if (isAccepted) next.add(code)
  else next.delete(code)
  return next
}
