/** A step of two people as the console takes it: by a person, recorded once, and shown alike. */
import { expect, test } from 'vitest'
import {
  actorOf,
  judgementBy,
  judgementOf,
  NOT_STATED,
  proposalBy,
  proposalOf,
  takeStep,
} from '../../../../functions/serve-console/http/two-person-step.ts'
import { type Approval, decide, propose } from '../../../../shared/domain/two-people.ts'
import { readAuditEntry } from '../../../../shared/store/audit/item.ts'
import { callerOf } from '../../../support/caller.ts'
import { at } from '../../../support/facts.ts'
import { memorySettlements } from '../../../support/memory-settlements.ts'

type Wish = { readonly what: string; readonly unsaid?: string }
const NOW = at('2026-11-20T10:00')
const SUBJECT = 'wish#1'
const SAID = { message: 'A wish was recorded', fields: { channel: 'bni' }, conflict: 'look again' } as const

function people() {
  const settlements = memorySettlements()
  const logged: unknown[] = []
  const log = { info: (message: string, fields?: object) => void logged.push({ message, ...fields }) }
  const ports = { resolutions: settlements.resolutions, log } as never
  const by = (actor: string) => {
    const person = actorOf(callerOf(actor, NOW))
    if (!person) throw new Error('expected a caller with a name')
    return person
  }
  const wish = (known: Approval<Wish> | undefined, actor = 'ani') =>
    propose(known, {
      subject: SUBJECT,
      request: { what: 'more', unsaid: undefined } as never,
      reason: 'why',
      ...by(actor),
    })
  return { settlements, logged, ports, by, wish }
}

test('nobody takes one without a name', () => {
  expect(actorOf(callerOf(null, NOW))).toBeUndefined()
  expect(judgementOf({ decision: 'reject' })).toEqual({ decision: 'reject', remark: NOT_STATED })
})

test('is recorded with what it was judged on, once, and its log line names the end of the chain', async () => {
  const { settlements, logged, ports, by, wish } = people()
  const proposed = await takeStep<Wish>(ports, wish(undefined), { ...SAID, evidence: { open: 3 } })
  if ('kind' in proposed) throw new Error('expected a proposal')
  expect(await takeStep<Wish>(ports, wish(proposed), SAID)).toEqual(proposed)
  const approved = await takeStep<Wish>(
    ports,
    decide(proposed, { decision: 'approve', remark: 'seen', ...by('budi') }),
    SAID,
  )
  if ('kind' in approved) throw new Error('expected an approval')
  expect(proposalOf(approved)).toEqual({
    state: 'approved',
    reason: 'why',
    proposedBy: 'ani',
    proposedAt: '2026-11-20T03:00:00.000Z',
    decidedBy: 'budi',
    decidedAt: '2026-11-20T03:00:00.000Z',
    remark: 'seen',
  })
  const entries = settlements.chain.map((item) => readAuditEntry(item))
  expect(entries).toMatchObject([
    {
      action: 'proposed',
      actor: 'ani',
      subject: SUBJECT,
      detail: { request: { what: 'more' }, reason: 'why', open: 3 },
    },
    { action: 'approved', actor: 'budi', subject: SUBJECT, detail: { remark: 'seen' } },
  ])
  expect(logged).toMatchObject([
    { message: SAID.message, action: 'proposed', actor: 'ani', channel: 'bni', sequence: 1, hash: entries[0]?.hash },
    { message: SAID.message, action: 'approved', actor: 'budi', sequence: 2 },
  ])
})

test('that somebody else was faster with, or that may not be taken, writes nothing and says so', async () => {
  const { settlements, ports, by, wish } = people()
  const step = wish(undefined)
  await takeStep<Wish>(ports, step, SAID)
  expect(await takeStep<Wish>(ports, step, SAID)).toMatchObject({ code: 'CHANGED_MEANWHILE', detail: 'look again' })
  const known = await settlements.resolutions.approval<Wish>(SUBJECT)
  const own = decide(known, { decision: 'approve', remark: 'seen', ...by('ani') })
  expect(await takeStep<Wish>(ports, own, SAID)).toMatchObject({ code: 'OWN_PROPOSAL' })
  expect(settlements.chain).toHaveLength(1)
})

test('is asked for and judged by whoever calls, and by nobody without a name', async () => {
  const { ports } = people()
  const asked = { subject: SUBJECT, request: { what: 'more' }, reason: 'why' }
  const refused = { outcome: 'refused', code: 'NOT_ALLOWED', detail: expect.stringMatching(/^expected a token/) }
  const approval = { body: { decision: 'approve' } } as const
  expect(await proposalBy<Wish>(ports, callerOf(null, NOW), asked)).toEqual(refused)
  expect(await judgementBy<Wish>(ports, { ...callerOf(null, NOW), ...approval }, SUBJECT)).toEqual(refused)

  await takeStep<Wish>(ports, await proposalBy<Wish>(ports, callerOf('ani', NOW), asked), SAID)
  const own = await judgementBy<Wish>(ports, { ...callerOf('ani', NOW), ...approval }, SUBJECT)
  expect(own).toMatchObject({ outcome: 'refused', code: 'OWN_PROPOSAL' })
  const other = await judgementBy<Wish>(ports, { ...callerOf('budi', NOW), ...approval }, SUBJECT)
  expect(other).toMatchObject({ outcome: 'step', next: { state: 'approved', proposedBy: 'ani', decidedBy: 'budi' } })
})
