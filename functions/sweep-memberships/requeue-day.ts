/**
 * The repair: every account that a business day touched is looked at again, so that a message that was lost anywhere between
 * the stream and the fold costs a night and not a cover. Also how a pipe's dead letters are mended. A task that fails
 * half-way is done again from its beginning; looking twice is harmless.
 */
import type { BusinessDate } from '../../shared/domain/instant.ts'
import type { SweepOutcome, SweepPorts } from './ports.ts'

/** Accounts held at a time: memory stays flat however large a day was. */
const PAGE_ACCOUNTS = 500

/** Each account at most once a page. */
export async function requeueDay(
  ports: Pick<SweepPorts, 'facts' | 'sendAccounts'>,
  source: string,
  day: BusinessDate,
): Promise<SweepOutcome> {
  let page = new Set<string>()
  let accounts = 0
  for await (const entry of ports.facts.byDay(source, day)) {
    page.add(entry.account)
    if (page.size < PAGE_ACCOUNTS) continue
    await ports.sendAccounts([...page], 'repair')
    accounts += page.size
    page = new Set()
  }
  if (page.size > 0) await ports.sendAccounts([...page], 'repair')
  return { outcome: 'requeued', accounts: accounts + page.size }
}
