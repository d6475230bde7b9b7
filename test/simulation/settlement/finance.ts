/**
 * Two people of finance at the console: one proposes what is to be done about each open difference, the other one approves it or
 * not; now and then one tries both. Each step is an invocation that may crash, and is sent again until it was answered.
 */
import { approveResolution, proposeResolution } from '../../../functions/serve-console/settlement/resolve-difference.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { actionsFor } from '../../../shared/domain/settlement/resolution.ts'
import type { DifferenceCase } from '../../../shared/store/settlements/records.ts'
import { demand } from '../auditor/ledger.ts'
import type { Random } from '../random.ts'
import type { Timeline } from '../timeline.ts'
import type { World } from '../world.ts'
import type { SettlementSide } from './settlement-side.ts'
import { callerOf } from '../../support/caller.ts'

type Desk = {
  readonly world: World
  readonly side: SettlementSide
  readonly timeline: Timeline
  readonly random: Random
}

const [OPERATOR, APPROVER] = ['operator-1', 'approver-1']

/** Works through what is open now; returns how much that was. */
export async function decideOpenCases(desk: Desk): Promise<number> {
  const open = await openCases(desk)
  for (const each of open) await decide(desk, each)
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

async function decide(desk: Desk, { id, finding, state }: DifferenceCase): Promise<void> {
  if (state === 'approved') return
  const { world, timeline, random } = desk
  const { ledger } = world
  const action = random.pick(actionsFor(finding).filter((each) => each !== 'match'))
  const call = <B>(actor: string, body: B) => ({
    ...callerOf(actor, timeline.now() as Instant),
    path: { id },
    body,
  })
  const reason = 'as agreed with the partner'
  const proposed = await world.act(`proposes ${action} for ${id}`, (ports) =>
    proposeResolution(ports, call(OPERATOR, { action, reason })),
  )
  if (proposed.kind !== 'json' && state !== 'proposed') return
  await timeline.sleep(random.pick([100, 60_000, 3_600_000]))
  if (random.chance(0.1)) {
    const own = await world.act(`approves the own proposal for ${id}`, (ports) =>
      approveResolution(ports, call(OPERATOR, { decision: 'approve' as const })),
    )
    demand(ledger, 'nobody approves an own proposal', own.kind !== 'json', () => id)
  }
  const decision = random.chance(0.1) ? 'reject' : 'approve'
  const judged = await world.act(`${decision}s ${id}`, (ports) =>
    approveResolution(ports, call(APPROVER, { decision, reason: 'seen' })),
  )
  if (judged.kind !== 'json' || decision === 'reject') return
  ledger.outside.approved.push({ id, action, proposedBy: OPERATOR, by: APPROVER })
}
