/** A channel's sandbox partner in front of the channel's own endpoint: what the one signs the other reads, and back. */
import type {
  Answer,
  Channel,
  EndpointRequest,
  Message,
  PreparedEndpoint,
  Reading,
} from '../../../shared/channel-port/channel.ts'
import type { HttpCall, Partner, PartnerPayment, Sandbox, SandboxFile } from '../../../shared/channel-port/partner.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { NOW } from './answers.ts'

export type Kind = Message['kind']
export const KINDS: readonly Kind[] = ['inquiry', 'payment', 'reversal', 'status']

/** Nothing listens there: whatever reached the network would fail. */
const BASE = 'http://127.0.0.1:1'

export type Keys = Awaited<ReturnType<Sandbox['makeKeys']>>

const ownKeys = new Map<Sandbox, Promise<Keys>>()

/** Made once per channel: a bank's key pair takes a while. */
function ownKeysOf(sandbox: Sandbox): Promise<Keys> {
  const known = ownKeys.get(sandbox) ?? sandbox.makeKeys()
  ownKeys.set(sandbox, known)
  return known
}

export type CounterOptions = {
  readonly channel: Channel
  readonly sandbox: Sandbox
  /** The partner's keys; the same ones each time when left out. */
  readonly keys?: Keys
  /** The secret that the hub has; the partner's own keys when left out. */
  readonly secret?: { readonly current: object; readonly next: object | null }
  /** What the hub answers to every message. */
  readonly answer?: Answer
}

export type Counter = {
  readonly partner: Partner
  readonly endpoint: PreparedEndpoint
  readonly file: SandboxFile
  /** What each call was read as, in order; access tokens are left out. */
  readonly readings: Reading[]
  /** Every call that was sent, access tokens included. */
  readonly calls: HttpCall[]
  /** The messages that came through, in order. */
  readonly messages: Message[]
  /** Milliseconds that the partner's clock is ahead of the hub's. */
  readonly clock: { ahead: number }
  readonly read: (call: HttpCall) => Promise<Reading>
}

export async function counterOf(options: CounterOptions): Promise<Counter> {
  const { channel, sandbox, answer = { outcome: 'fault' } } = options
  const { name, protocol } = channel.profile
  const keys = options.keys ?? (await ownKeysOf(sandbox))
  const endpoint = channel.prepare(JSON.stringify(options.secret ?? { current: keys.hub, next: null }))
  const file: SandboxFile = { channel: name, protocol, baseUrl: `${BASE}/channels/${name}`, ...keys.partner }
  const readings: Reading[] = []
  const messages: Message[] = []
  const calls: HttpCall[] = []
  const clock = { ahead: 0 }
  const read = async (call: HttpCall) => endpoint.read(requestOf(channel, call), NOW)
  const partner = sandbox.partner(
    file,
    async (call) => {
      calls.push(call)
      const reading = await read(call)
      if (reading.kind === 'response') {
        if (reading.refusal !== null) readings.push(reading)
        return reading.response
      }
      readings.push(reading)
      messages.push(reading.message)
      return reading.write(answer, NOW)
    },
    () => (NOW + clock.ahead) as Instant,
  )
  return { partner, endpoint, file, calls, readings, messages, clock, read }
}

export function requestOf(channel: Channel, call: HttpCall): EndpointRequest {
  const url = new URL(call.url)
  return {
    method: call.method,
    operation: url.pathname.slice(`/channels/${channel.profile.name}`.length),
    rawQuery: url.search.slice(1),
    headers: Object.fromEntries(Object.entries(call.headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.from(call.body ?? ''),
    sourceIp: '127.0.0.1',
  }
}

/** The kinds of message that this partner can send. */
export function kindsOf(partner: Partner): readonly Kind[] {
  return KINDS.filter((kind) => (kind === 'reversal' ? partner.reverse : kind === 'status' ? partner.status : true))
}

export async function ask(partner: Partner, kind: Kind, call: PartnerPayment) {
  switch (kind) {
    case 'inquiry':
      return partner.inquire(call)
    case 'payment':
      return partner.pay(call)
    case 'reversal':
      return partner.reverse?.({ ...call, reason: 'cancelled at the till' })
    case 'status':
      return partner.status?.(call)
  }
}

/** What a reading that is no message was refused for; '' for a message. */
export function refusalOf(reading: Reading | undefined): string {
  return reading?.kind === 'response' ? (reading.refusal ?? '') : ''
}
