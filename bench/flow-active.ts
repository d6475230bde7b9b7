/**
 * How long it takes until the view of a membership says `active`, for bench/flow-load.ts. Read from the table itself: the console's
 * own work would be measured with it otherwise. Whoever waits is looked after in one call for all of them, so that many waiting
 * ones are no load that keeps them waiting.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Kpj, kpjOf } from '../shared/domain/kpj.ts'
import { joinedGets } from '../shared/store/dynamo/joined-gets.ts'
import { dynamoMemberships } from '../shared/store/memberships/dynamodb.ts'
import { hubClient } from './flow-client.ts'
import type { HubAddresses } from './flow-hub.ts'

const POLL_MILLIS = 20
const PATIENCE_MILLIS = 30_000

type Waiting = {
  readonly kpj: Kpj
  /** The last month that was paid. */
  readonly month: string
  readonly since: number
  readonly resolve: (millis: number) => void
}

export type ActiveWatch = {
  /** Milliseconds from `since` until the view says `active` and reaches the month; Infinity when patience ends. */
  readonly untilActive: (kpj: string, month: string, since: number) => Promise<number>
}

export function activeWatch(place: HubAddresses): ActiveWatch {
  const memberships = dynamoMemberships(joinedGets(hubClient(place)), place)
  const waiting = new Set<Waiting>()
  let looking = false

  async function lookOn(): Promise<void> {
    looking = true
    for (; waiting.size > 0; await sleep(POLL_MILLIS)) await Promise.all([...waiting].map(look))
    looking = false
  }

  async function look(each: Waiting): Promise<void> {
    const view = await memberships.get(each.kpj)
    const waited = performance.now() - each.since
    const isActive = view?.status === 'active' && view.paidThrough !== null && view.paidThrough >= each.month
    if (!isActive && waited <= PATIENCE_MILLIS) return
    waiting.delete(each)
    each.resolve(isActive ? waited : Number.POSITIVE_INFINITY)
  }

  return {
    untilActive: (kpj, month, since) =>
      new Promise((resolve, reject) => {
        waiting.add({ kpj: kpjOf(kpj), month, since, resolve })
        if (!looking) lookOn().catch(reject)
      }),
  }
}
