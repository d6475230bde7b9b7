/**
 * `GET /api/suspense` and `GET /api/ageing/suspense`: the money in suspense that is still there, with its age and why, and the
 * money that waits for the payer of its bill. What is still there is folded from the facts of its account at the moment of reading.
 */
import { businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import { type AgedAmount, agedByChannel, ageInDays } from '../../../shared/domain/settlement/ageing.ts'
import { exitSubject } from '../../../shared/domain/suspense-exit.ts'
import { isSuspensePointer } from '../../../shared/store/settlements/suspense.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { type Bucket, isInBucket } from './ageing-schemas.ts'
import { describeStep, type ExitRequest } from './leave-suspense.ts'
import { type ListedMoney, listedMoney } from './suspended-money.ts'
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
  const listed = (await Promise.all(noted.map(({ money }) => listedMoney(ports, money)))).flatMap((one) => one ?? [])
  const today = businessDateOf(now)
  const found = listed.filter(
    ({ amount, name, since }) => amount > 0 && isInBucket({ channel: name.channel, since }, bucket, today),
  )
  return {
    items: await Promise.all(found.map((one) => describe(ports, one, now))),
    waiting: found.map(({ name, since, amount }) => ({ channel: name.channel, since, amount })),
    next: noted.length < limit ? null : (noted.at(-1)?.pointer ?? null),
  }
}

async function describe(ports: ConsolePorts, listed: ListedMoney, now: Instant): Promise<SuspenseItem> {
  const { id, money, name, amount, since, why, differenceId, actions } = listed
  const approval = await ports.resolutions.approval<ExitRequest>(exitSubject(name))
  return {
    id,
    account: money.account,
    factKey: money.fact,
    channel: name.channel,
    paymentId: name.paymentId,
    amountRupiah: amount,
    since,
    ageDays: ageInDays(since, businessDateOf(now)),
    why,
    differenceId,
    actions: [...actions],
    proposal: approval ? describeStep(id, approval) : null,
  }
}
