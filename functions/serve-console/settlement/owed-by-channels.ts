/**
 * `GET /api/receivables`, `GET /api/channel-charges` and their ageing: what channels owe by the open items of their days, and what
 * resolutions charged to them and is not paid.
 *
 * Promise: a class of the ageing is the sum of the lines that its list shows with the same channel and age. A day is known from
 * its first statement on, the morning after it.
 */
import { type BusinessDate, businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import { joinKey, splitKey } from '../../../shared/domain/key-text.ts'
import type { Rupiah } from '../../../shared/domain/money.ts'
import { type AgedChannel, agedByChannel, ageInDays } from '../../../shared/domain/settlement/ageing.ts'
import { openCharges } from '../../../shared/domain/settlement/payoff.ts'
import { addressOf } from '../../../shared/store/settlements/item.ts'
import type { OwedDay } from '../../../shared/store/settlements/owed.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { type ChargeToChannel, isInBucket, NO_CHANNEL, type OwedQuery, type Receivable } from './ageing-schemas.ts'

const DEFAULT_LIMIT = 50

/** `key` orders lines of one day; with day and channel it names the line for the next page. */
type Line<T> = {
  readonly channel: string
  readonly since: BusinessDate
  readonly amount: Rupiah
  readonly key: string
  readonly shown: T
}
type LinesOf<T> = (ports: ConsolePorts, channel: string, today: BusinessDate) => Promise<readonly Line<T>[]>

export async function listReceivables(ports: ConsolePorts, call: Call<{ query: OwedQuery }>) {
  return listOwed(ports, call, receivablesOf)
}

export async function ageReceivables(ports: ConsolePorts, { now }: Call) {
  return ageOwed(ports, now, receivablesOf)
}

export async function listChannelCharges(ports: ConsolePorts, call: Call<{ query: OwedQuery }>) {
  return listOwed(ports, call, chargesOf)
}

export async function ageChannelCharges(ports: ConsolePorts, { now }: Call) {
  return ageOwed(ports, now, chargesOf)
}

async function listOwed<T>(ports: ConsolePorts, { query, now }: Call<{ query: OwedQuery }>, linesOf: LinesOf<T>) {
  const { limit = DEFAULT_LIMIT, after, ...bucket } = query
  const { channel } = bucket
  if (channel !== undefined && channel !== NO_CHANNEL && !ports.channels.includes(channel)) {
    return problem('INVALID_INPUT', `query parameter channel: expected one of ${ports.channels.join(', ')}`)
  }
  const start = after === undefined ? '' : Buffer.from(after, 'base64url').toString('utf8')
  if (after !== undefined && splitKey(start)?.length !== 3) {
    return problem('INVALID_INPUT', 'query parameter after: expected a `next` of this list')
  }
  const today = businessDateOf(now)
  const wanted = (await owedLines(ports, today, linesOf, channel)).filter((line) => isInBucket(line, bucket, today))
  const rest = wanted.filter((line) => placeOf(line) > start)
  const page = rest.slice(0, limit)
  const last = rest.length > limit ? page.at(-1) : undefined
  return json(200, {
    items: page.map(({ shown }) => shown),
    next: last ? Buffer.from(placeOf(last)).toString('base64url') : null,
  })
}

/** What channels owe, by channel and age. */
export async function agedReceivables(ports: ConsolePorts, now: Instant): Promise<readonly AgedChannel[]> {
  const today = businessDateOf(now)
  return agedByChannel(await owedLines(ports, today, receivablesOf), today)
}

async function ageOwed<T>(ports: ConsolePorts, now: Instant, linesOf: LinesOf<T>) {
  const today = businessDateOf(now)
  return json(200, { asOf: today, channels: agedByChannel(await owedLines(ports, today, linesOf), today) })
}

/** Of one channel, or of all; the oldest first. */
async function owedLines<T>(
  ports: ConsolePorts,
  today: BusinessDate,
  linesOf: LinesOf<T>,
  channel?: string,
): Promise<readonly Line<T>[]> {
  const { channels } = ports
  const asked = channel === undefined ? channels : channels.filter((name) => name === channel)
  const lines = (await Promise.all(asked.map((name) => linesOf(ports, name, today)))).flat()
  return lines.sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))
}

function placeOf({ since, channel, key }: Line<unknown>): string {
  return joinKey([since, channel, key])
}

async function receivablesOf({ settlements }: ConsolePorts, channel: string, today: BusinessDate) {
  return (await settlements.owedDays(channel)).flatMap((day) => receivablesOfDay(day, today))
}

function receivablesOfDay({ channel, date, openItems }: OwedDay, today: BusinessDate): readonly Line<Receivable>[] {
  return openItems.map(({ label, amountRupiah, count }) => {
    const shown = { channel, date, label, amountRupiah, count, ageDays: ageInDays(date, today) }
    return { channel, since: date, amount: amountRupiah, key: label, shown }
  })
}

async function chargesOf(
  { settlements }: ConsolePorts,
  channel: string,
  today: BusinessDate,
): Promise<readonly Line<ChargeToChannel>[]> {
  const [days, payoffs] = await Promise.all([settlements.owedDays(channel), settlements.payoffs(channel)])
  const charges = openCharges(
    days.flatMap((day) => day.charges),
    payoffs,
  )
  return charges.map(({ part, ...charge }) => {
    const { differenceId, chargedOn } = charge
    const date = addressOf(differenceId)?.date ?? chargedOn
    const shown = { channel, date, ...charge, ageDays: ageInDays(chargedOn, today) }
    const key = `${differenceId} ${String(part).padStart(6, '0')}`
    return { channel, since: chargedOn, amount: charge.amountRupiah, key, shown }
  })
}
