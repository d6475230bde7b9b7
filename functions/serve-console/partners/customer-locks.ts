/**
 * `/api/partners/{channel}/customer-locks` and `…/customer-unlocks`: an operator locks a customer out of one channel's inquiries and new
 * payments, under each number that the membership pays by. Bills, repeats, status, reversals and the other channels go on.
 *
 * Whoever is locked can't pay there and may lapse, so a lock has an end, a day away at most, and stands in the membership's answer and in
 * the channel's list. The number comes in a body and is kept nowhere: locks and the audit chain hold its keyed digest.
 */

import { classifyCustomerId } from '../../../shared/domain/customer-id.ts'
import { LONGEST_CUSTOMER_LOCK_HOURS } from '../../../shared/domain/customer-lock.ts'
import { inForce } from '../../../shared/domain/effective-dated.ts'
import { businessDateOf, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import type { Kpj } from '../../../shared/domain/kpj.ts'
import { recordAct } from '../http/acting.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { unknownChannel } from './channel-parameter.ts'
import type { CustomerLockRequest, CustomerUnlockRequest } from './lock-schemas.ts'

const HOUR_MILLIS = 60 * 60_000
export const CUSTOMER_EXPECTED = 'field customerId: expected a KPJ of 11 digits or a NIK of 16, written without signs'

type OfChannel = { path: { channel: string } }

export async function lockCustomer(ports: ConsolePorts, call: Call<OfChannel & { body: CustomerLockRequest }>) {
  const { now, path, body } = call
  const { channel } = path
  if (!ports.channels.includes(channel)) return unknownChannel(ports)
  const most = inForce('customer lock', LONGEST_CUSTOMER_LOCK_HOURS, businessDateOf(now))
  if (body.hours > most) return problem('INVALID_INPUT', `field hours: expected 1 to ${most}`)
  const subjects = await subjectsOf(ports, body.customerId, now)
  if (subjects.length === 0) return problem('INVALID_INPUT', CUSTOMER_EXPECTED)
  const until = (now + body.hours * HOUR_MILLIS) as Instant
  await record(ports, call, 'locked', subjects, { until: formatUtc(until) })
  for (const subject of subjects) {
    const lockedWith = subjects.find((each) => each !== subject) ?? null
    await ports.locks.hold(channel, { by: 'customer', subject, at: now, until, reason: body.reason, lockedWith })
  }
  return json(200, { channel, at: formatUtc(now), until: formatUtc(until) })
}

export async function unlockCustomer(ports: ConsolePorts, call: Call<OfChannel & { body: CustomerUnlockRequest }>) {
  const { now, path, body } = call
  const { channel } = path
  if (!ports.channels.includes(channel)) return unknownChannel(ports)
  const named = await subjectsOf(ports, body.customerId, now)
  if (named.length === 0) return problem('INVALID_INPUT', CUSTOMER_EXPECTED)
  const subjects = await lockedTogether(ports, channel, named)
  await record(ports, call, 'unlocked', subjects, {})
  for (const subject of subjects) await ports.locks.unlock(channel, 'customer', subject)
  return json(200, { channel, at: formatUtc(now) })
}

/** These and what was locked by the same acts: a number may have got another membership since. */
export async function lockedTogether({ locks }: ConsolePorts, channel: string, subjects: readonly string[]) {
  const held = await locks.ofCustomers([channel], subjects)
  return [...new Set([...subjects, ...held.flatMap(({ lockedWith }) => lockedWith ?? [])])]
}

/** Where this membership is locked now: a channel once, however many numbers of it are. */
export async function locksOfMember({ locks, channels, customerSubjectOf }: ConsolePorts, kpj: Kpj, now: Instant) {
  const held = await locks.ofCustomers(channels, [customerSubjectOf(kpj)])
  return held
    .filter(({ until }) => until === null || until > now)
    .map(({ channel, at, until, reason }) => ({
      channel,
      at: formatUtc(at),
      until: until && formatUtc(until),
      reason: reason ?? '',
    }))
    .sort((one, other) => (one.channel < other.channel ? -1 : 1))
}

/** The KPJ first, then the NIK where it pays for this very membership; none for what is neither. */
async function subjectsOf(ports: ConsolePorts, customerId: string, now: Instant): Promise<readonly string[]> {
  const { contacts, decisions, participantOf, customerSubjectOf } = ports
  const id = classifyCustomerId(customerId, businessDateOf(now))
  if (id.kind === 'nik') {
    const kpj = await decisions.selfPaidMembership(participantOf(id.nik))
    return [...(kpj === undefined ? [] : [kpj]), id.nik].map(customerSubjectOf)
  }
  if (id.kind !== 'kpj') return []
  const nik = (await contacts.get(id.kpj))?.nik ?? ''
  const paysForIt = nik !== '' && (await decisions.selfPaidMembership(participantOf(nik))) === id.kpj
  return (paysForIt ? [id.kpj, nik] : [id.kpj]).map(customerSubjectOf)
}

async function record(
  ports: ConsolePorts,
  call: Call<OfChannel & { body: { readonly reason: string } }>,
  action: 'locked' | 'unlocked',
  subjects: readonly string[],
  detail: Readonly<Record<string, string>>,
) {
  const locked = subjects.map((subject) => `customer#${subject}`)
  const { path, body } = call
  await recordAct(ports, call, {
    action,
    subject: `endpoint#${path.channel}`,
    detail: { locked, reason: body.reason, ...detail },
  })
}
