/**
 * A bank statement that an operator hands over waits for a second person: `POST /api/bank-statements/{sha256}/confirmation`.
 * Whoever handed it over has proposed it; approved, it stands; rejected, it is withdrawn, as if it had never come.
 *
 * Promises: the proposal and its audit entry stand before anything of the statement counts; the decision, its entry and what
 * becomes of the statement are one transaction. What rests on it meanwhile: shared/domain/settlement/unconfirmed-statement.ts.
 */
import { decide, propose } from '../../../shared/domain/two-people.ts'
import type { HandedOver } from '../../../shared/intake/take-in-statement.ts'
import { Transient } from '../../../shared/runtime/faults.ts'
import { effectOfHandingOver } from '../../../shared/store/settlements/unconfirmed.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { actorOf, judgementOf, noActor, proposalOf, recordStep, takeStep } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import type { StatementConfirmation } from './bank-schemas.ts'
import { unknownBankStatement } from './withdraw-statement.ts'

/** What is asked for: that this file, with so many movements, stands. */
type Upload = {
  readonly sha256: string
  readonly name: string
  readonly movements: number
  readonly amountRupiah: number
}

const TRIES = 5
/** In the place of a reason: nobody is asked for one. */
export const HANDED_OVER = 'handed over'

/** Asks for a second person, once for as long as it waits. */
export async function askForConfirmation(
  ports: ConsolePorts,
  by: NonNullable<ReturnType<typeof actorOf>>,
  { sha256, name, credits: movements, amountRupiah }: HandedOver,
): Promise<void> {
  const subject = uploadSubject(sha256)
  const request: Upload = { sha256, name, movements, amountRupiah }
  for (let tried = 0; tried < TRIES; tried++) {
    if (await ports.settlements.unconfirmed(sha256)) return
    const known = await ports.resolutions.approval<Upload>(subject)
    // What waited for nobody any more (the bank sent the bytes, or it was withdrawn) is over.
    const ended = known?.state === 'proposed' ? { ...known, state: 'rejected' as const } : known
    const step = propose(ended, { subject, request, reason: HANDED_OVER, ...by })
    if (step.outcome !== 'step') break
    const { version: proposal } = step.next
    const effectsOf = () => [effectOfHandingOver({ sha256, by: by.by, since: by.at, proposal })]
    if (await recordStep(ports, step.next, { effectsOf })) return
  }
  throw new Transient('UPLOAD_BUSY', 'expected nobody else to hand the same statement over now; put it in again')
}

export async function decideConfirmation(
  ports: ConsolePorts,
  call: Call<{ path: { sha256: string }; body: ApprovalRequest }>,
) {
  const { sha256 } = call.path
  const by = actorOf(call)
  const file = await ports.settlements.bankFile(sha256)
  if (!file) return unknownBankStatement()
  if (!by) return noActor()
  const waiting = await ports.settlements.unconfirmed(sha256)
  const known = await ports.resolutions.approval<Upload>(uploadSubject(sha256))
  if (known?.state === 'proposed' && !waiting) return waitsForNobody()
  const step = decide(known, { ...judgementOf(call.body), ...by })
  const taken = await takeStep(ports, step, {
    effectsOf: ({ state }) => {
      if (state === 'rejected') return [{ kind: 'statement-withdrawn', file, by: 'rejection' }]
      return waiting ? [{ kind: 'statement-confirmed', statement: waiting }] : []
    },
    message: 'A bank statement that was handed over was confirmed or rejected',
    conflict: 'expected nobody else to change the statement at the same moment; look again',
  })
  if ('kind' in taken) return taken
  return json(200, { sha256, name: file.name, ...proposalOf(taken) } satisfies StatementConfirmation)
}

export function uploadSubject(sha256: string): string {
  return `bank-upload#${sha256}`
}

function waitsForNobody() {
  const detail = 'expected a statement that waits for a second person; the bank has sent it too, or it was withdrawn'
  return problem('ACTION_DOES_NOT_FIT', detail)
}
