/**
 * `GET /api/partners/{channel}/payments`: the last payments and reversals of a channel's business day, newest first, with our
 * reference of each. Refusals leave no fact: one is found by its payment id (partner-payment.ts).
 */
import { keyOf } from '../../../shared/domain/fact.ts'
import { businessDateOf, formatUtc, instant } from '../../../shared/domain/instant.ts'
import type { DayEntry } from '../../../shared/store/facts/facts.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { LatestQuery } from './schemas.ts'

const DEFAULT_LIMIT = 50
const KINDS = ['payment', 'reversal', 'late-reversal'] as const
type ShownKind = (typeof KINDS)[number]

export async function listLatestPayments(
  ports: ConsolePorts,
  { path, query, now }: Call<{ path: { channel: string }; query: LatestQuery }>,
) {
  const { channel } = path
  if (!ports.channels.includes(channel)) return problem('UNKNOWN_CHANNEL', channelExpected(ports))
  const { day = businessDateOf(now), limit = DEFAULT_LIMIT } = query
  const entries = await ports.latestFacts.ofDay(channel, day, limit)
  const shown = entries.flatMap((entry) => {
    const kind = KINDS.find((each) => each === entry.kind)
    return kind === undefined ? [] : [{ kind, entry }]
  })
  return json(200, { channel, day, items: await Promise.all(shown.map((each) => described(ports, each))) })
}

export function channelExpected({ channels }: Pick<ConsolePorts, 'channels'>): string {
  return `expected one of ${channels.join(', ')}`
}

async function described(
  { facts }: Pick<ConsolePorts, 'facts'>,
  { kind, entry }: { readonly kind: ShownKind; readonly entry: DayEntry },
) {
  const fact = kind === 'payment' ? await facts.get(entry.account, entry.fact) : undefined
  const isSame = fact?.kind === 'payment' && keyOf(fact) === entry.fact
  return {
    kind,
    paymentId: entry.id.at(-1) ?? '',
    hubReference: isSame ? fact.hubReference : null,
    decidedAt: formatUtc(instant(entry.decidedAt)),
    account: entry.account,
    amountRupiah: entry.amount,
    adminFeeRupiah: entry.adminFee,
    outlet: entry.outlet,
  }
}
