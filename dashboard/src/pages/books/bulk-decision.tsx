/**
 * A decision about many differences at once: their cases are read first, so that it is said what fits, what moves and how much, and
 * what another person must decide. Each difference has its own outcome; what is refused stays as it is and says why.
 */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { ApiProblem, type Schemas } from '../../api/client.ts'
import { useFinance } from '../../i18n/finance.ts'
import { useLanguage, worded } from '../../i18n/language.tsx'
import { useMay, usePerson } from '../../sign-in/use-session.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { Choice, TextInput } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { Answered, FormProblem, problemText } from '../../ui/state.tsx'
import {
  type BulkStep,
  type Choices,
  casesOf,
  choicesIn,
  idsOf,
  type Moved,
  newKey,
  takeBulkStep,
} from './bulk-choices.ts'
import { PlainTable } from './plain-table.tsx'

type Asked = { readonly step: BulkStep; readonly key: string }

export function BulkDecision({
  chosen,
  clear,
}: {
  readonly chosen: readonly Schemas['ListedDifference'][]
  readonly clear: () => void
}) {
  const { f } = useLanguage()
  const b = useFinance()
  const me = usePerson()?.subject ?? ''
  const versions = chosen.map(({ id, version }) => `${id} ${version}`)
  // The last cases stay while they are read anew, and with them what became of the step.
  const cases = useQuery({
    queryKey: ['cases', versions],
    queryFn: () => casesOf(chosen.map(({ id }) => id)),
    placeholderData: keepPreviousData,
  })
  const openRupiah = chosen.reduce((sum, each) => sum + each.openRupiah, 0)
  return (
    <Section
      title={b.bulk.chosen}
      lead={`${f.counted(chosen.length, b.units.differences)} · ${b.bulk.openInAll}: ${f.money(openRupiah)}`}
      actions={
        <Button className="button small" onPress={clear}>
          {b.bulk.clear}
        </Button>
      }
    >
      <Answered query={cases}>{(known) => <BulkSteps choices={choicesIn(known, me)} />}</Answered>
    </Section>
  )
}

function BulkSteps({ choices: { fitting, waiting, own } }: { readonly choices: Choices }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const mayApprove = useMay('approve')
  const answers = useQueryClient()
  const [reason, setReason] = useState('')
  const [picked, setPicked] = useState('')
  const [asked, setAsked] = useState<Asked>()
  const deciding = useMutation({
    mutationFn: ({ step, key }: Asked) => takeBulkStep(step, reason, key),
    onSettled: () => {
      setAsked(undefined)
      return answers.invalidateQueries()
    },
  })
  const ask = (step: BulkStep) => setAsked({ step, key: newKey() })
  const action = fitting.find((each) => each.action === picked) ?? fitting[0]
  return (
    <>
      {action === undefined && waiting.length === 0 && own === 0 && <p className="muted">{b.bulk.nothingFits}</p>}
      <div className="form">
        {action !== undefined && (
          <Choice
            label={t.difference.action}
            value={action.action}
            options={fitting.map(({ action: each, ids }) => [
              each,
              `${worded(t.words.actions, each)} (${f.counted(ids.length, b.units.differences)})`,
            ])}
            onChange={setPicked}
          />
        )}
        <TextInput
          label={b.two.reason}
          value={reason}
          onChange={setReason}
          hint={b.two.reasonHint}
          maxLength={200}
          required={action !== undefined}
        />
        {action !== undefined && (
          <div className="row">
            <Button
              className="button primary"
              isDisabled={reason.trim() === '' || deciding.isPending}
              onPress={() => ask({ kind: 'propose', moved: action })}
            >
              {b.bulk.proposeMany}
            </Button>
          </div>
        )}
      </div>
      {own > 0 && <p className="notice">{b.bulk.ownOnes(f.counted(own, b.units.differences))}</p>}
      {waiting.length > 0 && (
        <>
          <p>{b.bulk.waitingOnes}</p>
          <MovedTable moved={waiting} label={b.bulk.waitingOnes} />
          {mayApprove && (
            <div className="row">
              <Button className="button primary" onPress={() => ask({ kind: 'approve', moved: waiting })}>
                {b.bulk.approveMany}
              </Button>
              <Button className="button" onPress={() => ask({ kind: 'reject', moved: waiting })}>
                {b.bulk.rejectMany}
              </Button>
            </div>
          )}
        </>
      )}
      <FormProblem problem={deciding.error} />
      {deciding.data !== undefined && <Outcome answers={deciding.data} />}
      {asked !== undefined && (
        <Question
          step={asked.step}
          isPending={deciding.isPending}
          onConfirm={() => deciding.mutate(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  )
}

function Question({
  step,
  ...answer
}: {
  readonly step: BulkStep
  readonly isPending: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
}) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const many = f.counted(idsOf(step).length, b.units.differences)
  const { title, action, lead } = {
    propose: {
      title: step.kind === 'propose' ? b.bulk.confirmPropose(worded(t.words.actions, step.moved.action), many) : '',
      action: b.two.propose,
      lead: b.two.asks,
    },
    approve: { title: b.bulk.confirmApprove(many), action: b.bulk.approveMany, lead: b.two.final },
    reject: { title: b.bulk.confirmReject(many), action: b.bulk.rejectMany, lead: b.two.rejectLead },
  }[step.kind]
  return (
    <Confirm title={title} action={action} {...answer}>
      <MovedTable moved={step.kind === 'propose' ? [step.moved] : step.moved} label={b.bulk.amount} />
      <p className="muted">
        {lead} {b.two.stays}
      </p>
    </Confirm>
  )
}

function MovedTable({ moved, label }: { readonly moved: readonly Moved[]; readonly label: string }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  return (
    <PlainTable
      label={label}
      rows={moved}
      keyOf={({ action }) => action}
      columns={[
        { header: b.bulk.action, cell: ({ action }) => worded(t.words.actions, action), isName: true },
        { header: b.bulk.count, cell: ({ ids }) => f.number(ids.length), align: 'end' },
        { header: b.bulk.amount, cell: ({ amountRupiah }) => f.money(amountRupiah), align: 'end' },
      ]}
    />
  )
}

function Outcome({ answers }: { readonly answers: readonly Schemas['BulkAnswer'][] }) {
  const { t, f } = useLanguage()
  const b = useFinance()
  const accepted = answers.reduce((sum, each) => sum + each.accepted, 0)
  const forAdmin = answers.flatMap(({ items }) => items.filter(({ waitsFor }) => waitsFor === 'admin'))
  const refused = answers.flatMap(({ items }) => items.filter(({ outcome }) => outcome === 'refused'))
  return (
    <>
      <p className={refused.length === 0 ? 'notice good' : 'notice warning'} role="status">
        {b.bulk.done(f.number(accepted), f.number(refused.length))}
      </p>
      {forAdmin.length > 0 && <p className="notice">{b.bulk.forAdmin(f.number(forAdmin.length))}</p>}
      {refused.length > 0 && (
        <PlainTable
          label={b.bulk.refusedOnes}
          rows={refused}
          keyOf={({ id }) => id}
          columns={[
            {
              header: t.difference.title,
              cell: ({ id }) => (
                <Link to="/differences/$id" params={{ id }} className="mono">
                  {id}
                </Link>
              ),
              isName: true,
            },
            {
              header: b.bulk.refusedOnes,
              cell: ({ code, detail }) => problemText(t.problems, new ApiProblem(code ?? '', 409, detail ?? '')),
              wrap: true,
            },
          ]}
        />
      )}
    </>
  )
}
