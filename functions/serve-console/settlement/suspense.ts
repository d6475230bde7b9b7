/**
 * `GET /api/suspense` and `GET /api/ageing/suspense`: the money that finance put into suspense and that is still there, with its
 * age and why. What is still there is folded from the facts of its account at the moment of reading.
 * Money that came for a closed membership was put there by nobody: it is shown with the membership's payments.
 */
import { isSuspenseAccount } from '../../../shared/domain/account.ts'
import { businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import { positionsOf } from '../../../shared/domain/journal-positions.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { type AgedAmount, agedByChannel, ageInDays } from '../../../shared/domain/settlement/ageing.ts'
import { isSuspensePointer, type SuspendedMoney } from '../../../shared/store/settlements/suspense.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { type Bucket, isInBucket } from './ageing-schemas.ts'
import type { SuspenseItem, SuspenseQuery } from './suspense-schemas.ts'

const DEFAULT_LIMIT = 50
/** Accounts read at a time for the ages. */
const PAGE = 100

export async function listSuspense(ports: ConsolePorts, { query, now }: Call<{ query: SuspenseQuery }>) {
  const { limit = DEFAULT_LIMIT, after, ...bucket } = query
  const pointer = after === undefined ? null : Buffer.from(after, 'base64url').toString('utf8')
  if (pointer !== null && !isSuspensePointer(pointer)) {
    return problem('INVALID_INPUT', 'query parameter after: expected a `next` of this list')
  }
  const { items, next } = await pageOf(ports, pointer, limit, now, bucket)
  return json(200, { items, next: next === null ? null : Buffer.from(next).toString('base64url') })
}

export async function ageSuspense(ports: ConsolePorts, { now }: Call) {
  const waiting: AgedAmount[] = []
  for (let after: string | null = null, isMore = true; isMore; ) {
    const page: Page = await pageOf(ports, after, PAGE, now)
    for (const { channel, since, amount } of page.waiting) waiting.push({ channel, since, amount })
    after = page.next
    isMore = after !== null
  }
  const today = businessDateOf(now)
  return json(200, { asOf: today, channels: agedByChannel(waiting, today) })
}

type Page = {
  readonly items: readonly SuspenseItem[]
  readonly waiting: readonly AgedAmount[]
  readonly next: string | null
}

/** A page is shorter where money has left suspense since, or is of another channel or age than asked for. */
async function pageOf(
  ports: ConsolePorts,
  after: string | null,
  limit: number,
  now: Instant,
  bucket: Bucket = {},
): Promise<Page> {
  const noted = await ports.settlements.suspense(after, limit)
  const still = (await Promise.all(noted.map(({ money }) => findStill(ports, money)))).flatMap((one) => one ?? [])
  const today = businessDateOf(now)
  const found = still.filter(({ channel, money }) => isInBucket({ channel, since: money.since }, bucket, today))
  return {
    items: found.map((one) => describe(one, now)),
    waiting: found.map(({ money, channel, amount }) => ({ channel, since: money.since, amount })),
    next: noted.length < limit ? null : (noted.at(-1)?.pointer ?? null),
  }
}

type Still = NonNullable<Awaited<ReturnType<typeof findStill>>>

/** Undefined: its fact was never put, it went back to the channel, or it lies elsewhere now. */
async function findStill({ facts, rules }: ConsolePorts, money: SuspendedMoney) {
  const own = await facts.ofAccount(money.account)
  const position = positionsOf(money.account, own, rules).get(money.fact)
  const amount = rupiah(position?.places.get('suspense') ?? 0)
  if (!position || amount === 0) return undefined
  const suspension = own.find((fact) => fact.kind === 'suspension' && fact.moves === money.fact)
  return { money, amount, channel: position.channel, differenceId: suspension?.id[0] ?? null }
}

function describe({ money, amount, channel, differenceId }: Still, now: Instant): SuspenseItem {
  const { account, fact, since } = money
  return {
    account,
    factKey: fact,
    channel,
    amountRupiah: amount,
    since,
    ageDays: ageInDays(since, businessDateOf(now)),
    why: isSuspenseAccount(account) ? 'unknown-payer' : 'suspended',
    differenceId,
  }
}
