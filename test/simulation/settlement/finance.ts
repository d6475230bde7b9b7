/**
 * What finance does about open differences each morning: one by one, a part of an amount, or many at once; any action that the
 * console offers for each.
 */
import { approveResolution } from '../../../functions/serve-console/settlement/approve-resolution.ts'
import { decideOnMany, proposeOnMany } from '../../../functions/serve-console/settlement/bulk-resolutions.ts'
import { proposeResolution } from '../../../functions/serve-console/settlement/resolve-difference.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { actionsForRest, isDivisible, openAmountOf } from '../../../shared/domain/settlement/parts.ts'
import type { Action } from '../../../shared/domain/settlement/resolution.ts'
import type { DifferenceCase } from '../../../shared/store/settlements/records.ts'
import { APPROVER, byTwoPeople, callerAt, type Desk, OPERATOR } from './desk.ts'

const REASON = 'as agreed with the partner'

/** Works through what is open now; returns how much that was. */
export async function decideOpenCases(desk: Desk): Promise<number> {
  const open = await openCases(desk)
  const together = open.length > 1 && desk.random.chance(0.3) ? open.slice(0, desk.random.between(2, open.length)) : []
  if (together.length > 0) await decideTogether(desk, together)
  for (const each of open) if (!together.includes(each)) await decide(desk, each)
  return open.length
}

async function openCases({ side, world }: Desk): Promise<readonly DifferenceCase[]> {
  const { settlements } = side.stores
  const cases: DifferenceCase[] = []
  for (const channel of world.around.plan.channels) {
    for (const { id } of await settlements.pointers('open', channel, null, 100)) {
      const found = await settlements.difference(id)
      if (found && found.state !== 'resolved') cases.push(found)
    }
  }
  return cases
}

async function decide(desk: Desk, known: DifferenceCase): Promise<void> {
  const { id, finding, state, parts = [] } = known
  if (state === 'approved') return
  const { random, side } = desk
  const candidates = finding.evidence.candidates ?? []
  const action = random.pick(actionsForRest(finding, parts).filter((each) => each !== 'match' || candidates.length > 0))
  const open = openAmountOf(finding, parts)
  const isPart = isDivisible(finding, action) && Math.abs(open) > 1 && random.chance(0.3)
  const body = {
    action,
    reason: REASON,
    ...(action === 'match' && { paymentId: random.pick(candidates) }),
    ...(isPart && { amountRupiah: rupiah(Math.trunc(open / 2)) }),
  }
  let proposed: Action = action
  const isApproved = await byTwoPeople(desk, {
    what: `${action} for ${id}`,
    isProposed: state === 'proposed',
    propose: (ports, by) => proposeResolution(ports, { ...by, path: { id }, body }),
    decide: async (ports, call) => {
      // What is approved is what waits, which may be of an earlier morning.
      proposed = (await side.stores.settlements.difference(id))?.proposal?.action ?? proposed
      return approveResolution(ports, { ...call, path: { id } })
    },
  })
  if (isApproved) await noteApproved(desk, known, proposed)
}

/** One action on several cases; each is answered for itself. */
async function decideTogether(desk: Desk, cases: readonly DifferenceCase[]): Promise<void> {
  const { world, random, timeline } = desk
  const ids = cases.map(({ id }) => id)
  const key = (step: string) => `${step}-${timeline.steps()}`
  const action = random.pick(['accept', 'charge-channel', 'write-off'] as const)
  const proposal = { key: key('propose-many'), ids, action, reason: REASON }
  await world.act(`proposes ${action} for ${ids.length} together`, (ports) =>
    proposeOnMany(ports, { ...callerAt(desk, OPERATOR), body: proposal }),
  )
  await timeline.sleep(random.pick([100, 60_000]))
  const waiting = new Map<string, Action>()
  for (const id of ids) {
    const known = await desk.side.stores.settlements.difference(id)
    if (known?.proposal) waiting.set(id, known.proposal.action)
  }
  const approval = { key: key('decide-many'), ids, decision: 'approve' as const, reason: 'seen together' }
  const judged = await world.act(`approves ${ids.length} together`, (ports) =>
    decideOnMany(ports, { ...callerAt(desk, APPROVER), body: approval }),
  )
  if (judged.kind !== 'json' || !('items' in judged.body)) return
  for (const { id, outcome, waitsFor } of judged.body.items) {
    const known = cases.find((each) => each.id === id)
    const proposed = waiting.get(id)
    // What waits for an administrator is decided with the open cases of another morning.
    if (outcome === 'accepted' && waitsFor === null && known && proposed) await noteApproved(desk, known, proposed)
  }
}

async function noteApproved(
  { world, side }: Desk,
  { id, channel, date, finding }: DifferenceCase,
  action: Action,
): Promise<void> {
  const { outside } = world.ledger
  outside.approved.push({ id, action, proposedBy: OPERATOR, by: APPROVER })
  if (action !== 'accept' || finding.class !== 'corrected-file') return
  const versions = await side.stores.settlements.fileVersions(channel, date)
  const sha256 = versions.find(({ version }) => version === finding.evidence.fileVersion)?.sha256
  if (sha256 !== undefined) outside.fileSteps.push({ channel, date, sha256, what: 'replaced' })
}
