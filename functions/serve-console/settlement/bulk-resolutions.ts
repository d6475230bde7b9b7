/**
 * `POST /api/difference-proposals` and `POST /api/difference-approvals`: one person proposes the same action on many cases at
 * once, another one approves or rejects what is proposed on many.
 *
 * Promises: each case is decided as its own call would decide it, whole or not at all, with its own entry in the audit chain and
 * its own outcome in the answer; a call that is repeated with its key gets the first answer, also after it was cut off in the
 * middle; what the write-offs of one call give up together counts as one resolution: what is above its limit waits for an
 * administrator, case by case.
 */
import { createHash } from 'node:crypto'
import type { Instant } from '../../../shared/domain/instant.ts'
import { type Rupiah, rupiah, ZERO } from '../../../shared/domain/money.ts'
import { givenUp } from '../../../shared/domain/settlement/parts.ts'
import { shownState } from '../../../shared/domain/settlement/resolution.ts'
import type { BulkOutcome } from '../../../shared/store/settlements/bulk-answers.ts'
import type { DifferenceCase } from '../../../shared/store/settlements/records.ts'
import type { ProblemCode } from '../http/problems.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { noActor } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import { decideOn } from './approve-resolution.ts'
import type { BulkApproval, BulkProposal } from './bulk-schemas.ts'
import type { CaseCall, CaseOutcome } from './case-step.ts'
import { waitsFor } from './differences.ts'
import { proposeOn } from './resolve-difference.ts'

type Bulk = { readonly key: string; readonly ids: readonly string[] }
type OnOne = (by: CaseCall) => Promise<CaseOutcome<ProblemCode>>

export async function proposeOnMany(ports: ConsolePorts, call: Call<{ body: BulkProposal }>) {
  const { key, ids, ...body } = call.body
  return onMany(ports, call, { key, ids }, (by) => proposeOn(ports, by, body))
}

export async function decideOnMany(ports: ConsolePorts, call: Call<{ body: BulkApproval }>) {
  const { key, ids, ...body } = call.body
  return onMany(ports, call, { key, ids }, (by) => decideOn(ports, by, body))
}

/** What the step has written off without an administrator. */
function writtenOff({ state, finding, parts = [], proposal }: DifferenceCase): Rupiah {
  const isApproved = state === 'approved' || state === 'resolved'
  if (!isApproved || proposal?.action !== 'write-off' || proposal.referral) return ZERO
  return givenUp(finding, parts, proposal.amount ?? null)
}

async function onMany(
  ports: ConsolePorts,
  { actor, person, mayAdminister, now, body }: Call<{ body: Bulk }>,
  { key, ids }: Bulk,
  onOne: OnOne,
) {
  if (actor === null) return noActor()
  const request = createHash('sha256').update(JSON.stringify(body)).digest('hex')
  const answered = await ports.settlements.bulkAnswer(actor, key)
  if (answered) return answered.request === request ? json(200, shown(key, answered.items)) : keyReused()
  const items: BulkOutcome[] = []
  let writtenOffBefore = ZERO
  for (const id of ids) {
    const outcome = await onOne({ id, actor, person, mayAdminister, now, bulkKey: key, writtenOffBefore })
    if (outcome.outcome === 'done') writtenOffBefore = rupiah(writtenOffBefore + writtenOff(outcome.case))
    items.push(outcomeOf(id, outcome, now))
  }
  const kept = await ports.settlements.putBulkAnswer(actor, key, { request, items })
  return kept.request === request ? json(200, shown(key, kept.items)) : keyReused()
}

function outcomeOf(id: string, outcome: CaseOutcome<ProblemCode>, now: Instant): BulkOutcome {
  if (outcome.outcome === 'refused') {
    return { id, outcome: 'refused', state: null, waitsFor: null, code: outcome.code, detail: outcome.detail }
  }
  const { state, firstSeenAt } = outcome.case
  const stands = { state: shownState(state, firstSeenAt, now), waitsFor: waitsFor(outcome.case) }
  return { id, outcome: 'accepted', ...stands, code: null, detail: null }
}

function shown(key: string, items: readonly BulkOutcome[]) {
  const accepted = items.filter(({ outcome }) => outcome === 'accepted').length
  // Answers of before it was kept do not say whom a case waits for.
  const named = items.map((item) => ({ ...item, waitsFor: item.waitsFor ?? null }))
  return { key, accepted, refused: items.length - accepted, items: named }
}

function keyReused() {
  return problem('KEY_REUSED', 'expected a key that no other call of yours has had; take a new one')
}
