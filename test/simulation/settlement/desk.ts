/**
 * Two people of finance at the console: one proposes, the other one approves or not; now and then the first tries to do both. Each
 * step is an invocation that may crash, and is sent again until it was answered.
 */
import type { Caller } from '../../../functions/serve-console/http/caller.ts'
import type { ConsolePorts } from '../../../functions/serve-console/ports.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { callerOf } from '../../support/caller.ts'
import { demand } from '../auditor/ledger.ts'
import type { Random } from '../random.ts'
import type { Timeline } from '../timeline.ts'
import type { World } from '../world.ts'
import type { SettlementSide } from './settlement-side.ts'

export type Desk = {
  readonly world: World
  readonly side: SettlementSide
  readonly timeline: Timeline
  readonly random: Random
}

export const [OPERATOR, APPROVER, ADMIN] = ['operator-1', 'approver-1', 'admin-1'] as const

type Reply = { readonly kind: string; readonly body?: unknown }
type Verdict = { readonly decision: 'approve' | 'reject'; readonly reason: string }
export type Matter = {
  /** Begins with a verb of the console: `write-off for …`. */
  readonly what: string
  readonly propose: (ports: ConsolePorts, by: Caller) => Promise<Reply>
  readonly decide: (ports: ConsolePorts, call: Caller & { readonly body: Verdict }) => Promise<Reply>
  /** A proposal waits since an earlier day. */
  readonly isProposed?: boolean
}

export function callerAt({ timeline }: Pick<Desk, 'timeline'>, actor: string): Caller {
  return callerOf(actor, timeline.now() as Instant)
}

/** Whether two people agreed on it, and an administrator where it is above what two may decide. */
export async function byTwoPeople(desk: Desk, { what, propose, decide, isProposed }: Matter): Promise<boolean> {
  const { world, timeline, random } = desk
  const proposed = await world.act(`proposes ${what}`, (ports) => propose(ports, callerAt(desk, OPERATOR)))
  if (proposed.kind !== 'json' && !isProposed) return false
  await timeline.sleep(random.pick([100, 60_000, 3_600_000]))
  if (random.chance(0.1)) {
    const own = await world.act(`approves alone ${what}`, (ports) =>
      decide(ports, { ...callerAt(desk, OPERATOR), body: { decision: 'approve', reason: 'seen' } }),
    )
    demand(world.ledger, 'nobody approves an own proposal', own.kind !== 'json', () => what)
  }
  const decision = random.chance(0.1) ? 'reject' : 'approve'
  const judged = await world.act(`${decision}s ${what}`, (ports) =>
    decide(ports, { ...callerAt(desk, APPROVER), body: { decision, reason: 'seen' } }),
  )
  if (judged.kind !== 'json' || decision === 'reject') return false
  if (!waitsForAdmin(judged)) return true
  const admin = { ...callerAt(desk, ADMIN), mayAdminister: true }
  const said = await world.act(`approves as the third ${what}`, (ports) =>
    decide(ports, { ...admin, body: { decision: 'approve', reason: 'seen' } }),
  )
  return said.kind === 'json'
}

function waitsForAdmin({ body }: Reply): boolean {
  return typeof body === 'object' && body !== null && 'waitsFor' in body && body.waitsFor === 'admin'
}
