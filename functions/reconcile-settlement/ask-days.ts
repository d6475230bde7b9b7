/** Asks this function itself to look at channel-days, each by a message of its own. */
import type { BusinessDate } from '../../shared/domain/instant.ts'
import type { SettlementPorts } from './ports.ts'

export async function askDays(
  { sendDays }: Pick<SettlementPorts, 'sendDays'>,
  days: readonly { readonly channel: string; readonly date: BusinessDate }[],
): Promise<void> {
  if (days.length === 0) return
  await sendDays(days.map(({ channel, date }) => ({ task: 'day', channel, date })))
}
