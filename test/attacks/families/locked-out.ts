/**
 * A member whom an operator has locked out of a channel, because somebody asks after him: no protocol gives the one who goes on anything
 * more, by whatever number, as a payment, or after a reversal that came first; and he learns the same of a number that is nobody's.
 */
import type { Arena, Attack, Family, Victim } from '../attack.ts'
import { lineOf } from '../attack.ts'
import { compactWib, hubBody, hubDrafts, newId, pipeDrafts, snapDrafts } from '../drafts.ts'
import { type Draft, sendDraft } from '../wire.ts'
import { stranger } from './probing.ts'

const SECOND = 1_000
/** Endpoints read their locks every 20 seconds; a machine under load is slower. */
const PATIENCE = 120 * SECOND

type Asked = 'inquiry' | 'payment'
type Counter = {
  readonly channel: string
  readonly shut: string
  readonly open: string
  readonly draft: (asked: Asked, customer: string) => Promise<Draft>
}

export const lockedOut: Family = {
  name: 'locked out',
  prepare: async (arena) => {
    const victims = await arena.victims(2)
    const [locked, beside] = victims as readonly [Victim, Victim]
    const nobody = stranger()
    const counters = countersOf(arena)
    for (const { channel } of counters) for (const each of [locked.kpj, nobody]) await lock(arena, channel, each)
    return { victims, attacks: counters.flatMap((counter) => ofCounter(arena, counter, { locked, beside, nobody })) }
  },
}

async function lock(arena: Arena, channel: string, customerId: string): Promise<void> {
  const body = { customerId, hours: 1, reason: 'asked after by somebody' }
  const { status, text } = await arena.hub.api('operator', 'POST', `/api/partners/${channel}/customer-locks`, body)
  if (status !== 200) throw new Error(`expected a lock at ${channel} to be taken, got ${status}: ${text}`)
}

function countersOf(arena: Arena): readonly Counter[] {
  const shop = pipeDrafts(arena, 'indomaret')
  const bank = snapDrafts(arena, 'bni')
  const retailer = hubDrafts(arena)
  return [
    {
      channel: 'indomaret',
      shut: '429 TOO_MANY / 429 TOO_MANY',
      open: '200 00',
      draft: async (asked, customer) => shop.draft(asked, hubBody[asked](arena, { id: newId(), customer })),
    },
    {
      channel: 'bni',
      shut: '429 4292400 / 429 4292500',
      open: '200 2002400',
      draft: (asked, customer) =>
        bank.draft(
          asked,
          bank[asked === 'inquiry' ? 'inquiryBody' : 'paymentBody']({ id: newId(), customer, months: 1 }),
        ),
    },
    {
      channel: 'alfamart',
      shut: '429 / 429',
      open: '200 00',
      draft: async (asked, customer) => retailer.draft(asked, { AgentTrxID: newId(), CustomerID: customer }),
    },
  ]
}

type People = { readonly locked: Victim; readonly beside: Victim; readonly nobody: string }

function ofCounter(arena: Arena, counter: Counter, { locked, beside, nobody }: People): readonly Attack[] {
  const { channel, shut, open } = counter
  const answerOf = async (sent: Draft) => lineOf(await sendDraft(arena.base, sent), sent.target)
  const ask = async (asked: Asked, customer: string) => answerOf(await counter.draft(asked, customer))
  const attack = (name: string, expected: string, strike: () => Promise<string>): Attack => ({
    channel,
    name,
    expected: [expected],
    strike: async () => {
      await untilShut(() => ask('inquiry', locked.kpj))
      return strike()
    },
  })
  const asked = (name: string, customer: string) =>
    attack(`${name}, asked for and paid for`, shut, async () =>
      [await ask('inquiry', customer), await ask('payment', customer)].join(' / '),
    )
  return [
    asked('a locked member by KPJ', locked.kpj),
    asked('a locked member by NIK, where the KPJ was locked', locked.nik),
    asked('a locked number that is nobody’s', nobody),
    ...(channel === 'alfamart' ? [attack(...reversedFirst(arena, locked.nik, answerOf))] : []),
    attack('control: the member beside', open, () => ask('inquiry', beside.nik)),
  ]
}

/** Signed a second later, the payment is none that the reversal took back: it is a new one. */
function reversedFirst(arena: Arena, customer: string, answerOf: (sent: Draft) => Promise<string>) {
  const play = async () => {
    const { draft } = hubDrafts(arena)
    const at = (seconds: number) => compactWib(arena.now() + seconds * SECOND)
    const fields = { AgentTrxID: newId(), CustomerID: customer }
    const first = await answerOf(draft('reversal', { ...fields, DateTimeRequest: at(-60) }))
    return `${first} / ${await answerOf(draft('payment', { ...fields, DateTimeRequest: at(0) }))}`
  }
  return ['a reversal of nothing, then the payment of a locked member signed after it', '200 92 / 429', play] as const
}

async function untilShut(ask: () => Promise<string>): Promise<void> {
  const until = Date.now() + PATIENCE
  while (!(await ask()).startsWith('429')) {
    if (Date.now() > until) throw new Error(`expected the lock to hold within ${PATIENCE / SECOND} seconds`)
    await new Promise((resolve) => setTimeout(resolve, SECOND))
  }
}
