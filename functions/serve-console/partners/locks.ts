/**
 * `/api/partners/{channel}/locks` and `…/revoked-certificates`: an operator sees who is locked out of an endpoint, locks, unlocks, and
 * revokes a certificate's key. One person does it, because it must be done at once and moves no money; each act stands in the audit
 * chain before its write. Endpoints read what is locked every 20 seconds.
 */
import { formatUtc } from '../../../shared/domain/instant.ts'
import type { AuditAction } from '../../../shared/store/audit/audit.ts'
import { isLockPointer } from '../../../shared/store/endpoint-limits/locks.ts'
import { recordAct } from '../http/acting.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import { unknownChannel } from './channel-parameter.ts'
import { lockedTogether } from './customer-locks.ts'
import type { LockRequest, LocksQuery, RevocationRequest, UnlockRequest } from './lock-schemas.ts'

const PAGE = 100

type OfChannel = { path: { channel: string } }
/** What the calls here need of a body. */
type Act = { readonly action: AuditAction; readonly subject: string; readonly reason: string }

export async function listLocks(ports: ConsolePorts, { path, query, now }: Call<OfChannel & { query: LocksQuery }>) {
  const { channel } = path
  if (!ports.channels.includes(channel)) return unknownChannel(ports)
  const { limit = PAGE, after = null } = query
  if (after !== null && !isLockPointer(after)) {
    return problem('INVALID_INPUT', 'query parameter after: expected a `next` of this list')
  }
  const { locks, next } = await ports.locks.ofChannel(channel, limit, after)
  const items = locks.map(({ by, subject, at, until, limit: reached, reason }) => ({
    by,
    subject,
    at: formatUtc(at),
    until: until === null ? null : formatUtc(until),
    inForce: until === null || until > now,
    limit: reached,
    reason,
  }))
  return json(200, { channel, items, next })
}

export async function lockOutlet(ports: ConsolePorts, call: Call<OfChannel & { body: LockRequest }>) {
  const { by, subject, reason } = call.body
  const act = { action: 'locked', subject: `${by}#${subject}`, reason } as const
  return done(ports, call, act, (channel) => ports.locks.hold(channel, { by, subject, at: call.now, reason }))
}

/** Of a customer with its other number. */
export async function unlock(ports: ConsolePorts, call: Call<OfChannel & { body: UnlockRequest }>) {
  const { by, subject, reason } = call.body
  const act = { action: 'unlocked', subject: `${by}#${subject}`, reason } as const
  return done(ports, call, act, async (channel) => {
    const subjects = by === 'customer' ? await lockedTogether(ports, channel, [subject]) : [subject]
    for (const each of subjects) await ports.locks.unlock(channel, by, each)
  })
}

export async function revokeCertificate(ports: ConsolePorts, call: Call<OfChannel & { body: RevocationRequest }>) {
  const { publicKeySha256: subject, reason } = call.body
  const act = { action: 'revoked', subject: `key#${subject}`, reason } as const
  return done(ports, call, act, (channel) => ports.locks.hold(channel, { by: 'key', subject, at: call.now, reason }))
}

async function done(
  ports: ConsolePorts,
  call: Call<OfChannel>,
  { action, subject, reason }: Act,
  write: (channel: string) => Promise<void>,
) {
  const { channel } = call.path
  if (!ports.channels.includes(channel)) return unknownChannel(ports)
  await recordAct(ports, call, { action, subject: `endpoint#${channel}`, detail: { locked: subject, reason } })
  await write(channel)
  return json(200, { channel, at: formatUtc(call.now) })
}
