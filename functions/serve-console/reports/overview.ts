/**
 * `GET /api/overview`: how many memberships stand where, and what came in today. A picture for people, never a basis for a
 * decision. A small table is counted on the spot (eventually consistent); for a large one the census of the night's run is
 * shown, and `countedAt` says when it was counted. What came in today is always read from the day index.
 */
import { type BusinessDate, businessDateOf, formatUtc } from '../../../shared/domain/instant.ts'
import { PROVINCES } from '../../../shared/domain/region.ts'
import { byStatus, everybodyIn, provincesOf, totalOfCounts } from '../../../shared/domain/statistics.ts'
import { json } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { membershipsNow } from './memberships-now.ts'

export async function showOverview(ports: ConsolePorts, { now }: Call) {
  const today = businessDateOf(now)
  const [census, payments] = await Promise.all([
    membershipsNow(ports, now),
    Promise.all(ports.channels.map((channel) => paymentsOf(ports, channel, today))),
  ])
  const everybody = everybodyIn(census)
  return json(200, {
    asOf: formatUtc(now),
    memberships: {
      countedAt: formatUtc(census.countedAt),
      complete: census.complete,
      total: totalOfCounts(everybody),
      creditRupiah: census.creditRupiah,
      byStatus: byStatus(everybody),
      byFunding: Object.fromEntries([...census.funding].map(([funding, counts]) => [funding, totalOfCounts(counts)])),
      byProvince: [...provincesOf(census)]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([code, counts]) => ({
          code,
          name: PROVINCES.get(code)?.name ?? 'Unknown',
          total: totalOfCounts(counts),
          byStatus: byStatus(counts),
        })),
    },
    paymentsToday: { day: today, channels: payments },
  })
}

async function paymentsOf({ facts }: ConsolePorts, channel: string, day: BusinessDate) {
  const sums = { channel, count: 0, amountRupiah: 0, adminFeeRupiah: 0, reversedCount: 0, reversedRupiah: 0 }
  for await (const entry of facts.byDay(channel, day)) {
    if (entry.kind === 'payment') {
      sums.count++
      sums.amountRupiah += entry.amount
      sums.adminFeeRupiah += entry.adminFee
    }
    // A bill's reversal counts once: its members' shares are reversed under longer ids.
    if (entry.kind === 'reversal' && entry.id.length === 1) {
      sums.reversedCount++
      sums.reversedRupiah += entry.amount
    }
  }
  return sums
}
