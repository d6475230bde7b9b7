/** What finance does about money in suspense: released to a membership, or refunded to the channel that collected it. */
import { approveExit, proposeExit } from '../../../functions/serve-console/settlement/leave-suspense.ts'
import { listSuspense } from '../../../functions/serve-console/settlement/suspense.ts'
import type { SuspenseItem } from '../../../functions/serve-console/settlement/suspense-schemas.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { byTwoPeople, callerAt, type Desk, OPERATOR } from './desk.ts'

export async function emptySuspense(desk: Desk, kpjs: readonly Kpj[]): Promise<void> {
  const { world, random } = desk
  const listed = await world.act('lists suspense', (ports) =>
    listSuspense(ports, { ...callerAt(desk, OPERATOR), query: {} }),
  )
  if (listed.kind !== 'json' || !('items' in listed.body)) return
  for (const item of listed.body.items) if (random.chance(0.6)) await letOut(desk, item, random.pick(kpjs))
}

async function letOut(desk: Desk, item: SuspenseItem, kpj: Kpj): Promise<void> {
  const { id, channel, paymentId, account, factKey, amountRupiah: amount } = item
  // What a share did not need goes back in parts, which the auditor's own fold does not know.
  if (item.why === 'bill-return' || item.proposal?.state === 'approved') return
  const action = desk.random.pick(item.actions)
  const to = action === 'release' ? kpj : null
  const body = { action, reason: 'found out whose it is', ...(to !== null && { kpj: to }) }
  const isApproved = await byTwoPeople(desk, {
    what: `${action} of suspense ${channel} ${paymentId}`,
    propose: (ports, by) => proposeExit(ports, { ...by, path: { id }, body }),
    decide: (ports, call) => approveExit(ports, { ...call, path: { id } }),
  })
  if (isApproved)
    desk.world.ledger.outside.exits.push({ action, channel, paymentId, account, fact: factKey, to, amount })
}
