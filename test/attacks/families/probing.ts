/**
 * Somebody with a till of a partner, rightly signed, who tries numbers: by inquiries and by payments. The first tries are answered as
 * anybody's, then the till is locked: that one, and no other.
 */
import { randomInt } from 'node:crypto'
import type { Arena, Attack, Family } from '../attack.ts'
import { lineOf } from '../attack.ts'
import { hubBody, newId, pipeDrafts, SHOPS, type ShopName } from '../drafts.ts'
import { type Draft, sendDraft } from '../wire.ts'

/** As many as went unseen through one till in 3.5 seconds. */
const TRIES = 1_500
const AT_ONCE = 8
/** A till's limit, and what every process of a large hub may let pass before it hears of it. */
const MOST_ANSWERED = 200 + 4 * 64

export const probing: Family = {
  name: 'probing',
  prepare: async (arena) => {
    const victims = await arena.victims(1)
    const customer = victims[0]?.nik ?? ''
    return { victims, attacks: SHOPS.flatMap((channel) => ofShop(arena, channel, customer)) }
  },
}

/** Well formed, of a woman of Jambi, and of nobody that the hub knows. */
export function stranger(): string {
  const two = (least: number, most: number) => String(randomInt(least, most + 1)).padStart(2, '0')
  return `157102${two(41, 68)}${two(1, 12)}${two(60, 99)}${String(randomInt(1, 10_000)).padStart(4, '0')}`
}

function ofShop(arena: Arena, channel: ShopName, customer: string): readonly Attack[] {
  const { draft } = pipeDrafts(arena, channel)
  const answerOf = async (sent: Draft) => lineOf(await sendDraft(arena.base, sent), sent.target)
  const inquiry = (who: string, outlet: object) =>
    draft('inquiry', { ...hubBody.inquiry(arena, { id: newId(), customer: who }), outlet })
  const payment = (who: string, outlet: object) =>
    draft('payment', { ...hubBody.payment(arena, { id: newId(), customer: who }), outlet })
  const storeOfOwn = () => `P${randomInt(1_000_000_000)}`
  const tried = async (make: (store: string) => (i: number) => Draft, after: (store: string) => Draft) => {
    const store = storeOfOwn()
    const answered = await triedUntilShut(make(store), answerOf)
    const shut = answered <= MOST_ANSWERED ? 'shut in time' : `${answered} answered`
    return `${shut}, then ${await answerOf(after(store))}`
  }
  const attack = (name: string, expected: string, strike: () => Promise<string>): Attack => ({
    channel,
    name,
    expected: [expected],
    strike,
  })
  const till = (id: string, terminalId = '01') => ({ id, terminalId })
  return [
    attack('1,500 NIKs asked through one till', 'shut in time, then 429 TOO_MANY', () =>
      tried(
        (store) => () => inquiry(stranger(), till(store)),
        (store) => inquiry(customer, till(store)),
      ),
    ),
    attack('1,500 NIKs paid for through one till', 'shut in time, then 429 TOO_MANY', () =>
      tried(
        (store) => () => payment(stranger(), till(store)),
        (store) => payment(stranger(), till(store)),
      ),
    ),
    attack('control: the till beside it, meanwhile', 'shut in time, then 200 00', () =>
      tried(
        (store) => () => inquiry(stranger(), till(store)),
        (store) => inquiry(customer, till(store, '02')),
      ),
    ),
  ]
}

/** How many were answered before the first "too many"; all of them when none was. */
async function triedUntilShut(
  make: (i: number) => Draft,
  answerOf: (draft: Draft) => Promise<string>,
): Promise<number> {
  let answered = 0
  for (let i = 0; i < TRIES; i += AT_ONCE) {
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, k) => answerOf(make(i + k))))
    answered += answers.filter((line) => !line.startsWith('429')).length
    if (answers.some((line) => line.startsWith('429'))) return answered
  }
  return answered
}
