/**
 * Attacks with signed calls that somebody captured, in a part that the signature does not cover: the pipe protocol does not sign
 * the operation, SNAP does not sign the external id. Each has a payment of its own, which stays as it is: each attack says what
 * became of the captured call, and what the genuine one after it was answered.
 */
import type { Arena, Attack, Family } from '../attack.ts'
import { lineOf } from '../attack.ts'
import { BANKS, type BankName, compactWib, type HubDrafts, hubDrafts, newId, PRICE, snapDrafts } from '../drafts.ts'
import { type Draft, sendDraft, withHeader } from '../wire.ts'

const SECOND = 1_000

export const captured: Family = {
  name: 'captured inquiries',
  prepare: async (arena) => {
    const pipeRows = [takenBefore, takenInTheSameSecond, takenAfter, ahead, repeatedReversal]
    const victims = await arena.victims(pipeRows.length + BANKS.length)
    const customerOf = (i: number) => victims[i]?.nik ?? ''
    const attacks = [
      ...pipeRows.map((row, i) => row(arena, customerOf(i))),
      ...BANKS.map((channel, i) => nextExternalId(arena, channel, customerOf(pipeRows.length + i))),
    ]
    // Each pays in the course of its attack, so nothing of theirs is compared afterwards: the last answers say what stands.
    return { victims: [], attacks }
  },
}

type Signed = ReturnType<typeof signedCalls>

/** Calls about one id, each signed at its own second: seconds from now. */
function signedCalls(arena: Arena, customer: string) {
  const { draft }: HubDrafts = hubDrafts(arena)
  const fields = { AgentTrxID: newId(), CustomerID: customer }
  const now = arena.now()
  const at = (seconds: number) => ({ ...fields, DateTimeRequest: compactWib(now + seconds * SECOND) })
  const reply = async (sent: Draft) => lineOf(await sendDraft(arena.base, sent), sent.target)
  return {
    inquiry: (seconds: number) => draft('inquiry', at(seconds)),
    payment: (seconds: number) => draft('payment', at(seconds)),
    reversal: (seconds: number) => draft('reversal', at(seconds)),
    said: reply,
  }
}

/** The same bytes on the other path: the operation is not signed. */
function asReversal(inquiry: Draft): Draft {
  return { ...inquiry, target: inquiry.target.replace('/inquiry?', '/reversal?') }
}

function row(
  name: string,
  expected: string,
  arena: Arena,
  customer: string,
  play: (signed: Signed) => Promise<readonly string[]>,
): Attack {
  const strike = async () => (await play(signedCalls(arena, customer))).join(' / ')
  return { channel: 'alfamart', name, expected: [expected], strike }
}

function takenBefore(arena: Arena, customer: string): Attack {
  const name = 'an inquiry of a minute before its payment, sent as a reversal, then the payment again'
  return row(name, '200 00 / 200 97 / 200 00', arena, customer, async ({ inquiry, payment, said: reply }) => {
    const [request, paid] = [inquiry(-60), payment(0)]
    return [await reply(paid), await reply(asReversal(request)), await reply(paid)]
  })
}

function takenInTheSameSecond(arena: Arena, customer: string): Attack {
  const name = 'an inquiry of the very second of its payment, sent as a reversal'
  return row(name, '200 00 / 200 97 / 200 00', arena, customer, async ({ inquiry, payment, said: reply }) => {
    const [request, paid] = [inquiry(-30), payment(-30)]
    return [await reply(paid), await reply(asReversal(request)), await reply(paid)]
  })
}

function takenAfter(arena: Arena, customer: string): Attack {
  const name = 'an inquiry of a minute after its payment, sent as a reversal'
  return row(name, '200 00 / 200 00 / 200 97 / 200 00', arena, customer, async ({ inquiry, payment, said: reply }) => {
    const [request, paid] = [inquiry(0), payment(-60)]
    return [await reply(paid), await reply(request), await reply(asReversal(request)), await reply(paid)]
  })
}

function ahead(arena: Arena, customer: string): Attack {
  const name = 'an inquiry sent as a reversal before its payment, which is taken all the same'
  return row(name, '200 92 / 200 00 / 200 97', arena, customer, async ({ inquiry, payment, said: reply }) => {
    const [request, paid] = [inquiry(-60), payment(0)]
    return [await reply(asReversal(request)), await reply(paid), await reply(asReversal(request))]
  })
}

function repeatedReversal(arena: Arena, customer: string): Attack {
  const name = 'control: a reversal, its own bytes as an inquiry, and the reversal again'
  return row(name, '200 00 / 200 00 / 200 00 / 200 00', arena, customer, async ({ payment, reversal, said: reply }) => {
    const taken = reversal(0)
    const asInquiry = { ...taken, target: taken.target.replace('/reversal?', '/inquiry?') }
    return [await reply(payment(-60)), await reply(taken), await reply(asInquiry), await reply(taken)]
  })
}

/** SNAP: the bank will use `next` for its payment; an attacker sends the captured inquiry under it first. */
function nextExternalId(arena: Arena, channel: BankName, customer: string): Attack {
  const bank = snapDrafts(arena, channel)
  const strike = async () => {
    const request = { id: newId(), customer, months: 1 }
    const [first, next] = [newId(), newId()].map((id) => id.replace(/\W/g, '')) as [string, string]
    const reply = async (sent: Draft) => lineOf(await sendDraft(arena.base, sent), sent.target)
    const inquiry = withHeader(await bank.draft('inquiry', bank.inquiryBody(request)), 'X-EXTERNAL-ID', first)
    const answers = [await reply(inquiry), await reply(withHeader(inquiry, 'X-EXTERNAL-ID', next))]
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const payment = withHeader(await bank.draft('payment', bank.paymentBody(request, PRICE)), 'X-EXTERNAL-ID', next)
    return [...answers, await reply(payment), await reply(payment)].join(' / ')
  }
  const name = 'an inquiry under the next external id, then the payment under that id, twice'
  return { channel, name, expected: ['200 2002400 / 200 2002400 / 200 2002500 / 404 4042518'], strike }
}
