/**
 * `POST /api/difference-proposals` and `POST /api/difference-approvals`: one person proposes the same action on many cases at
 * once, another one approves or rejects what is proposed on many.
 *
 * Promises: each case is decided as its own call would decide it, whole or not at all, with its own entry in the audit chain and
 * its own outcome in the answer; a call that is repeated with its key gets the first answer, also after it was cut off in the
 * middle; what all write-offs of one call give up together stays within what one resolution may give up.
 */
import { createHash } from 'node:crypto'
import type { Instant } from '../../../shared/domain/instant.ts'
import { formatRupiah, type Rupiah, rupiah, ZERO } from '../../../shared/domain/money.ts'
import { givenUp } from '../../../shared/domain/settlement/parts.ts'
import { isWithinWriteOffLimit, shownState } from '../../../shared/domain/settlement/resolution.ts'
import type { BulkOutcome } from '../../../shared/store/settlements/bulk-answers.ts'
import type { DifferenceCase } from '../../../shared/store/settlements/records.ts'
import type { ProblemCode } from '../http/problems.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { noActor } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import type { BulkApproval, BulkProposal } from './bulk-schemas.ts'
import { type CaseCall, type CaseOutcome, refused } from './case-step.ts'
import { decideOn, proposeOn } from './resolve-difference.ts'

type Bulk = { readonly key: string; readonly ids: readonly string[] }
type OnOne = (by: CaseCall) => Promise<CaseOutcome<ProblemCode>>
/** What a case's step gives up; 0 where it gives up nothing. */
type GivesUp = (known: DifferenceCase) => Rupiah

export async function proposeOnMany(ports: ConsolePorts, call: Call<{ body: BulkProposal }>) {
  const { key, ids, ...body } = call.body
  const givesUp: GivesUp = ({ finding, parts = [] }) =>
    body.action === 'write-off' ? givenUp(finding, parts, null) : ZERO
  return onMany(ports, call, { key, ids }, givesUp, (by) => proposeOn(ports, by, body))
}

export async function decideOnMany(ports: ConsolePorts, call: Call<{ body: BulkApproval }>) {
  const { key, ids, ...body } = call.body
  const givesUp: GivesUp = ({ finding, parts = [], proposal }) =>
    body.decision === 'approve' && proposal?.action === 'write-off'
      ? givenUp(finding, parts, proposal.amount ?? null)
      : ZERO
  return onMany(ports, call, { key, ids }, givesUp, (by) => decideOn(ports, by, body))
}

async function onMany(
  ports: ConsolePorts,
  { actor, person, now, body }: Call<{ body: Bulk }>,
  { key, ids }: Bulk,
  givesUp: GivesUp,
  onOne: OnOne,
) {
  if (actor === null) return noActor()
  const request = createHash('sha256').update(JSON.stringify(body)).digest('hex')
  const answered = await ports.settlements.bulkAnswer(actor, key)
  if (answered) return answered.request === request ? json(200, shown(key, answered.items)) : keyReused()
  const items: BulkOutcome[] = []
  let given = ZERO
  for (const id of ids) {
    const known = await ports.settlements.difference(id)
    const all = rupiah(given + (known ? givesUp(known) : 0))
    const outcome = isWithinWriteOffLimit(all, now)
      ? await onOne({ id, actor, person, now, bulkKey: key })
      : refused(
          'WRITE_OFF_LIMIT',
          `expected write-offs of one call within the limit of one, with this it is ${formatRupiah(all)}`,
        )
    if (outcome.outcome === 'done') given = all
    items.push(outcomeOf(id, outcome, now))
  }
  const kept = await ports.settlements.putBulkAnswer(actor, key, { request, items })
  return kept.request === request ? json(200, shown(key, kept.items)) : keyReused()
}

function outcomeOf(id: string, outcome: CaseOutcome<ProblemCode>, now: Instant): BulkOutcome {
  if (outcome.outcome === 'refused') {
    return { id, outcome: 'refused', state: null, code: outcome.code, detail: outcome.detail }
  }
  const { state, firstSeenAt } = outcome.case
  return { id, outcome: 'accepted', state: shownState(state, firstSeenAt, now), code: null, detail: null }
}

function shown(key: string, items: readonly BulkOutcome[]) {
  const accepted = items.filter(({ outcome }) => outcome === 'accepted').length
  return { key, accepted, refused: items.length - accepted, items }
}

function keyReused() {
  return problem('KEY_REUSED', 'expected a key that no other call of yours has had; take a new one')
}
