/**
 * `GET /api/partners`: how each channel's calls went in the last 24 hours, and its last recorded payment. Counts come from the
 * metrics (operations/figures.ts), the payment from the end of its business day's index.
 */
import {
  addDays,
  type BusinessDate,
  businessDateOf,
  formatUtc,
  type Instant,
  instant,
} from '../../../shared/domain/instant.ts'
import { json } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { spanOf } from '../operations/functions.ts'
import type { ConsolePorts } from '../ports.ts'

type Ports = Pick<ConsolePorts, 'channels' | 'figures' | 'latestFacts'>

export async function listPartners(ports: Ports, { now }: Pick<Call, 'now'>) {
  const [found, lastPayments] = await Promise.all([
    ports.figures(now),
    Promise.all(ports.channels.map((channel) => lastPaymentOf(ports, channel, now))),
  ])
  const items = ports.channels.map((channel, i) => {
    const own = found?.partners.find((each) => each.channel === channel)
    const lastPayment = lastPayments[i]
    return {
      channel,
      lastPaymentAt: lastPayment === undefined ? null : formatUtc(lastPayment),
      figures: own === undefined ? null : figuresView(own),
    }
  })
  return json(200, { asOf: formatUtc(now), measured: spanOf(found), items })
}

type Figures = NonNullable<Awaited<ReturnType<Ports['figures']>>>['partners'][number]

function figuresView({ channel: _channel, ...figures }: Figures) {
  return figures
}

/** Of today, or else of yesterday: an outlet that is closed at night is not silent. */
async function lastPaymentOf({ latestFacts }: Ports, channel: string, now: Instant): Promise<Instant | undefined> {
  const today = businessDateOf(now)
  return (await lastOfDay(latestFacts, channel, today)) ?? lastOfDay(latestFacts, channel, addDays(today, -1))
}

async function lastOfDay(
  latestFacts: Ports['latestFacts'],
  channel: string,
  day: BusinessDate,
): Promise<Instant | undefined> {
  const [last] = await latestFacts.ofDay(channel, day, 1)
  return last && instant(last.decidedAt)
}
