/**
 * Attacks with ids: the same call again, under another id of the message, with other facts, by another channel, for another
 * customer, and guesses. Each payer has paid once before the attacks begin; nothing is counted twice and nobody learns of
 * another's payment.
 */
import type { Terminal } from '../../support/terminals.ts'
import { CHANNELS, type ChannelName, terminalOf } from '../../support/terminals.ts'
import type { Arena, Attack, Family, Victim } from '../attack.ts'
import { lineOf } from '../attack.ts'
import { BANKS, hubBody, hubDrafts, newId, PRICE, pipeDrafts, SHOPS, snapDrafts } from '../drafts.ts'
import { type Draft, sendDraft, withHeader } from '../wire.ts'

/** A payment that was accepted, and the request as it was. */
type AcceptedPayment = {
  readonly channel: ChannelName
  readonly terminal: Terminal
  readonly id: string
  readonly payer: Victim
  readonly draft: Draft
  readonly text: string
}

const GUESSES = 20
const OK: Readonly<Record<ChannelName, string>> = {
  brilink: '200 2002500',
  bni: '200 2002500',
  alfamart: '200 00',
  indomaret: '200 00',
  pos: '200 00',
}

export const repeats: Family = {
  name: 'repeats and ids of others',
  prepare: async (arena) => {
    const victims = await arena.victims(CHANNELS.length + 1)
    const bystander = victims[CHANNELS.length]
    if (bystander === undefined) throw new Error('expected a member who has not paid')
    const paid = await Promise.all(CHANNELS.map((channel, i) => pay(arena, channel, victims[i] ?? bystander)))
    const attacks = paid.flatMap((one) => [
      ...again(arena, one),
      ...withOtherFacts(arena, one, bystander),
      ...ofOthers(one, paid, bystander),
    ])
    return { victims, attacks }
  },
}

async function pay(arena: Arena, channel: ChannelName, payer: Victim): Promise<AcceptedPayment> {
  const id = newId()
  const draft = await paymentDraft(arena, channel, { id, customer: payer.nik })
  const reply = await sendDraft(arena.base, draft)
  const line = lineOf(reply, draft.target)
  if (line !== OK[channel] || reply === 'cut') throw new Error(`expected ${channel} to accept a payment, got ${line}`)
  return { channel, terminal: terminalOf(arena.hub, channel), id, payer, draft, text: reply.text }
}

type Facts = { readonly id: string; readonly customer: string; readonly months?: number; readonly amount?: number }

async function paymentDraft(arena: Arena, channel: ChannelName, facts: Facts): Promise<Draft> {
  const { id, customer, months = 1, amount = PRICE * months } = facts
  const inquiry = { id, customer, months }
  const bankName = BANKS.find((name) => name === channel)
  if (bankName !== undefined) {
    const bank = snapDrafts(arena, bankName)
    return bank.draft('payment', bank.paymentBody(inquiry, amount))
  }
  const shopName = SHOPS.find((name) => name === channel)
  if (shopName !== undefined)
    return pipeDrafts(arena, shopName).draft('payment', hubBody.payment(arena, inquiry, amount))
  const two = String(months).padStart(2, '0')
  return hubDrafts(arena).draft('payment', {
    AgentTrxID: id,
    CustomerID: customer,
    ProductID: months === 1 ? 'BPUTK' : `BPUTK${two}`,
    PaymentPeriod: two,
    Amount: String(amount),
    Total: String(amount + 2_500),
  })
}

/** The very bytes again, and the same payment signed anew. A bank that repeats its message is answered that it is a repeat. */
function again(arena: Arena, { channel, payer, id, draft, text }: AcceptedPayment): readonly Attack[] {
  const isBank = BANKS.some((name) => name === channel)
  const judged = async (sent: Draft) => {
    const reply = await sendDraft(arena.base, sent)
    const same = reply !== 'cut' && essence(reply.text) === essence(text)
    return `${lineOf(reply, sent.target)}${same ? ' same' : ''}`
  }
  const same = [`${OK[channel]} same`]
  const renewed = () => paymentDraft(arena, channel, { id, customer: payer.nik })
  const attacks: Attack[] = [
    {
      channel,
      name: 'the same bytes again',
      expected: isBank ? ['404 4042518'] : same,
      strike: () => judged(draft),
    },
    { channel, name: 'the same payment signed anew', expected: same, strike: async () => judged(await renewed()) },
    {
      channel,
      name: 'ten times the same at once',
      expected: same,
      strike: async () => {
        const lines = await Promise.all(Array.from({ length: 10 }, async () => judged(await renewed())))
        return [...new Set(lines)].join(' / ')
      },
    },
  ]
  if (!isBank) return attacks
  const renumbered = withHeader(draft, 'X-EXTERNAL-ID', newId().replace(/\W/g, ''))
  return [
    ...attacks,
    { channel, name: 'the old signature under a new external id', expected: same, strike: () => judged(renumbered) },
  ]
}

/** Without the clock of the answer, and SNAP's words of it: what a terminal prints and books. */
function essence(text: string): string {
  const fields = text.split('|')
  if (fields.length === 17) return [...fields.slice(0, 5), ...fields.slice(6)].join('|')
  return text
}

function withOtherFacts(
  arena: Arena,
  { channel, id, payer, draft }: AcceptedPayment,
  bystander: Victim,
): readonly Attack[] {
  const isBank = BANKS.some((name) => name === channel)
  const conflict = isBank ? '409 4092500' : '200 94'
  const sent = (name: string, facts: Facts, spoil = (one: Draft) => one): Attack => ({
    channel,
    name,
    expected: [conflict],
    strike: async () => {
      const changed = spoil(await paymentDraft(arena, channel, facts))
      return lineOf(await sendDraft(arena.base, changed), changed.target)
    },
  })
  const external = draft.headers.find(([name]) => name === 'X-EXTERNAL-ID')?.[1] ?? ''
  return [
    sent('a known id with another amount', { id, customer: payer.nik, amount: PRICE + 1 }),
    sent('a known id with other months', { id, customer: payer.nik, months: 3 }),
    sent('a known id for another customer', { id, customer: bystander.nik }),
    sent("a known id for the same member's other number", { id, customer: payer.kpj }),
    sent('a known id for a customer of nobody', { id, customer: '27999999999' }),
    ...(isBank
      ? [
          sent('a known external id with another payment', { id: newId(), customer: bystander.nik }, (one) =>
            withHeader(one, 'X-EXTERNAL-ID', external),
          ),
        ]
      : []),
  ]
}

/** Reversals and questions about payments that are not one's own, and about nothing. */
function ofOthers(
  { channel, terminal, id, payer }: AcceptedPayment,
  all: readonly AcceptedPayment[],
  bystander: Victim,
): readonly Attack[] {
  const { reverse, status } = terminal
  const attack = (name: string, expected: string, strike: () => Promise<string>): Attack => {
    return { channel, name, expected: [expected], strike }
  }
  const coded = async (response: Promise<{ readonly status: number; readonly code: string }>) => {
    const { status: http, code } = await response
    return `${http} ${code}`
  }
  // Asked before it is reversed: a reversal that comes first would itself be an answer to the question.
  const askedAndReversed = async (own: string, customer: string) => {
    if (status !== null) await expectUnknown(status({ id: own, customer }))
    return reverse === null ? '' : coded(reverse({ id: own, customer }))
  }
  const attacks: Attack[] = []
  if (reverse !== null) {
    const others = all.filter((other) => other.channel !== channel)
    attacks.push(
      ...others.map((other) =>
        attack(`a question about a payment of ${other.channel}, and its reversal`, '200 92', () =>
          askedAndReversed(other.id, other.payer.nik),
        ),
      ),
      attack("a reversal of another customer's payment", '200 94', () =>
        coded(reverse({ id, customer: bystander.nik })),
      ),
      attack('a reversal of nothing', '200 92', () => coded(reverse({ id: newId(), customer: payer.nik }))),
    )
  }
  if (status !== null) {
    attacks.push(
      attack("a question about another customer's payment", '200 94', () =>
        coded(status({ id, customer: bystander.nik })),
      ),
      attack(`${GUESSES} guessed ids`, '200 92', async () => {
        const guesses = Array.from({ length: GUESSES }, () => coded(status({ id: newId(), customer: payer.nik })))
        return [...new Set(await Promise.all(guesses))].join(' / ')
      }),
    )
  }
  return attacks
}

async function expectUnknown(response: Promise<{ readonly code: string }>): Promise<void> {
  const { code } = await response
  if (code !== '92') throw new Error(`expected the payment to be unknown here, got ${code}`)
}

/** What is refused before the decision binds nothing: its id is as unknown afterwards as before. */
export const bindsNothing: Family = {
  name: 'refusals that bind nothing',
  prepare: async (arena) => {
    const victims = await arena.victims(1)
    const customer = victims[0]?.nik ?? ''
    const attacks = SHOPS.flatMap((channel) => {
      const terminal = terminalOf(arena.hub, channel)
      const { draft } = pipeDrafts(arena, channel)
      const row = (name: string, first: string, spoil: (payment: Draft) => Draft): Attack => ({
        channel,
        name: `${name}, then a question about its id`,
        expected: [`${first} / 92`],
        strike: async () => {
          const id = newId()
          const sent = spoil(draft('payment', hubBody.payment(arena, { id, customer })))
          const refused = lineOf(await sendDraft(arena.base, sent), sent.target)
          return `${refused} / ${(await terminal.status?.({ id, customer }))?.code}`
        },
      })
      const resigned = (payment: Draft, change: (text: string) => string) =>
        draft('payment', change(Buffer.from(payment.body).toString()))
      return [
        row('a forged payment', '401 SIGNATURE_WRONG', (one) => withHeader(one, 'webhook-id', 'msg_other')),
        row('a payment of another type', '415 WRONG_CONTENT_TYPE', (one) =>
          withHeader(one, 'content-type', 'text/plain'),
        ),
        row('a payment that is no JSON', '400 NOT_JSON', (one) => resigned(one, (text) => `${text}}`)),
        row('a payment of four months', '400 MALFORMED months', (one) =>
          resigned(one, (text) => text.replace('"months":1', '"months":4')),
        ),
        row('a payment that is too large', '413 TOO_LARGE', (one) => resigned(one, (text) => text.padEnd(65_537, ' '))),
      ]
    })
    return { victims, attacks }
  },
}
