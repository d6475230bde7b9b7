/**
 * One partner's terminal as a scenario uses it: asks, understands, and repeats what was not answered as a partner must.
 * Promises a meaning for every call and never throws; a network that is down is `no-answer`.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { ProtocolName } from '../../shared/channel-port/channel.ts'
import type {
  HttpCall,
  Partner,
  PartnerAnswer,
  PartnerInquiry,
  PartnerPayment,
  PartnerReversal,
  Send,
} from '../../shared/channel-port/partner.ts'
import { isTurnedAway, type Meaning, meaningOf } from './answers.ts'

export type TerminalAnswer = { readonly meaning: Meaning; readonly answer: PartnerAnswer }

export type Terminal = {
  readonly channel: string
  readonly protocol: ProtocolName
  readonly inquire: (call: PartnerInquiry) => Promise<TerminalAnswer>
  readonly pay: (call: PartnerPayment) => Promise<TerminalAnswer>
  readonly reverse: ((call: PartnerReversal) => Promise<TerminalAnswer>) | null
  readonly status: ((call: { readonly id: string; readonly customerId: string }) => Promise<TerminalAnswer>) | null
  /** Signs the payment, spoils the signature and sends it: `unauthorised` is the only good answer. */
  readonly forge: (call: PartnerPayment) => Promise<TerminalAnswer>
}

/** A terminal repeats a call this long after each time that nothing came back. */
const PAUSES_MILLIS = [200, 600, 1_500]
const NOTHING: PartnerAnswer = {
  status: 0,
  code: '',
  accepted: false,
  amountRupiah: null,
  adminFeeRupiah: null,
  months: [],
  hubReference: null,
  body: '',
}

export function terminalOf(channel: string, protocol: ProtocolName, partner: Partner, send: Send): Terminal {
  const repeating = (ask: () => Promise<PartnerAnswer>) => untilAnswered(protocol, ask)
  const { reverse, status } = partner
  return {
    channel,
    protocol,
    inquire: (call) => repeating(() => partner.inquire(call)),
    pay: (call) => repeating(() => partner.pay(call)),
    reverse: reverse && ((call) => repeating(() => reverse(call))),
    status: status && ((call) => repeating(() => status(call))),
    forge: (call) => repeating(() => sendForged(protocol, partner, send, call)),
  }
}

async function untilAnswered(protocol: ProtocolName, ask: () => Promise<PartnerAnswer>): Promise<TerminalAnswer> {
  let answered = await tryOnce(protocol, ask)
  for (const millis of PAUSES_MILLIS) {
    if (answered.meaning !== 'no-answer') return answered
    await pause(millis)
    answered = await tryOnce(protocol, ask)
  }
  return answered
}

async function tryOnce(protocol: ProtocolName, ask: () => Promise<PartnerAnswer>): Promise<TerminalAnswer> {
  try {
    const answer = await ask()
    return { answer, meaning: meaningOf(protocol, answer) }
  } catch {
    return { answer: NOTHING, meaning: 'no-answer' }
  }
}

async function sendForged(
  protocol: ProtocolName,
  partner: Partner,
  send: Send,
  call: PartnerPayment,
): Promise<PartnerAnswer> {
  const reply = await send(withSpoiledSignature(await partner.sign('payment', call)))
  return { ...NOTHING, status: isTurnedAway(protocol, reply) ? 401 : reply.status === 200 ? 400 : reply.status }
}

/** One character of the signature is another one; everything else is as the partner signed it. */
export function withSpoiledSignature(call: HttpCall): HttpCall {
  const headers = Object.entries(call.headers).map(([name, value]) => [
    name,
    /signature$/i.test(name) ? spoiled(value) : value,
  ])
  const url = call.url.replace(/(?<=[?&]Signature=)[^&]+/, spoiled)
  return { ...call, url, headers: Object.fromEntries(headers) }
}

function spoiled(signature: string): string {
  const place = signature.length >> 1
  return `${signature.slice(0, place)}${signature[place] === 'a' ? 'b' : 'a'}${signature.slice(place + 1)}`
}
