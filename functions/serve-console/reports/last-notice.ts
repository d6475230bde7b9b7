/**
 * The notice that a membership got last, and its fate: whether who is about to lapse was told. Bounded reads side by side, one
 * query a membership, because notices are kept by member and counted nowhere.
 */
import type { Instant } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { inParallel } from '../../../shared/runtime/in-parallel.ts'
import { type Notice, stateAt } from '../../../shared/store/notices/notices.ts'
import type { ConsolePorts } from '../ports.ts'

const CONCURRENCY = 16

export type LastNotice = Pick<Notice, 'month' | 'stage' | 'state'>

/** By KPJ; who got none is left out. */
export async function lastNotices(
  { notices }: Pick<ConsolePorts, 'notices'>,
  kpjs: readonly Kpj[],
  now: Instant,
): Promise<ReadonlyMap<string, LastNotice>> {
  const found = new Map<string, LastNotice>()
  const looks = kpjs.map((kpj) => async () => {
    const [last] = [...(await notices.ofMember(kpj))].sort((a, b) => b.changedAt - a.changedAt)
    if (last) found.set(kpj, { month: last.month, stage: last.stage, state: stateAt(last, now) })
  })
  await inParallel(looks, CONCURRENCY)
  return found
}
