/**
 * `GET /api/partner-keys`, and what operators record of a partner's keys: their dates, and the steps of a rotation. The hub sees
 * when a secret was written and holds each step to it; keys themselves never pass through the console.
 *
 * Promise: each record stands in the audit chain before it is kept, and is kept only if nobody else changed the key meanwhile.
 */

import { assertNever } from '../../../shared/domain/assert-never.ts'
import { type BusinessDate, businessDateOf, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import {
  isStagedLongEnough,
  type KeyDates,
  keyState,
  PARTNER_KEY_KINDS,
  type PartnerKey,
  type PartnerKeyKind,
  stepsOf,
} from '../../../shared/domain/partner-keys.ts'
import type { Plain } from '../../../shared/store/audit/audit.ts'
import { recordAct } from '../http/acting.ts'
import { DAY_RANGE, isInDayRange } from '../http/fields.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import type { KeyDatesRequest, PartnerKeyView, RotationRequest } from './key-schemas.ts'
import { channelExpected } from './latest-payments.ts'

type KeyPath = { readonly channel: string; readonly kind: PartnerKeyKind }

const DAY_MILLIS = 86_400_000

export async function listPartnerKeys(ports: ConsolePorts, { now }: Call) {
  const recorded = await ports.partnerKeys.all()
  const items = await Promise.all(
    ports.channels.map(async (channel) => {
      const writtenAt = await ports.secretWrittenAt(channel)
      return PARTNER_KEY_KINDS.map((kind) => {
        const key = recorded.find((each) => each.channel === channel && each.kind === kind)
        return viewOf(key ?? unrecorded({ channel, kind }), writtenAt, now)
      })
    }),
  )
  return json(200, { asOf: formatUtc(now), items: items.flat() })
}

/** Since when the key in force holds, and until when it may. Not while a rotation goes on: its end says that. */
export async function recordKeyDates(ports: ConsolePorts, call: Call<{ path: KeyPath; body: KeyDatesRequest }>) {
  const { path, body, now } = call
  if (!ports.channels.includes(path.channel)) return problem('UNKNOWN_CHANNEL', channelExpected(ports))
  const dates: KeyDates = { since: body.since, endsOn: body.endsOn ?? null }
  const wrong = wrongDates(dates, now)
  if (wrong !== null) return problem('INVALID_INPUT', wrong)
  if (dates.since > businessDateOf(now))
    return problem('INVALID_INPUT', 'field since: expected today or a day before it')
  const key = await keyAt(ports, path)
  if (key.rotation !== null) {
    return problem('ACTION_DOES_NOT_FIT', 'expected no rotation of this key to be under way; finish or cancel it first')
  }
  return keep(ports, call, { ...key, inForce: dates }, { recorded: dates })
}

export async function takeRotationStep(ports: ConsolePorts, call: Call<{ path: KeyPath; body: RotationRequest }>) {
  const { path, body, now } = call
  if (!ports.channels.includes(path.channel)) return problem('UNKNOWN_CHANNEL', channelExpected(ports))
  const key = await keyAt(ports, path)
  if (body.step === 'begin') return begin(ports, call, key)
  const { rotation } = key
  if (rotation === null) return problem('ACTION_DOES_NOT_FIT', 'expected a rotation of this key to be under way')
  switch (body.step) {
    case 'cancel':
      return keep(ports, call, { ...key, rotation: null }, { step: body.step })
    case 'switched': {
      if (rotation.switchedAt !== null) return problem('ACTION_DOES_NOT_FIT', 'expected a step that is not done yet')
      if (!isStagedLongEnough(rotation, await ports.secretWrittenAt(path.channel), now)) {
        return problem('SECRET_NOT_WRITTEN', 'expected the secret to hold both keys for ten minutes before the switch')
      }
      return keep(ports, call, { ...key, rotation: { ...rotation, switchedAt: now } }, { step: body.step })
    }
    case 'finish': {
      const steps = stepsOf(rotation, await ports.secretWrittenAt(path.channel))
      if (steps.some(({ state }) => state !== 'done')) {
        return problem('SECRET_NOT_WRITTEN', 'expected the secret to be written without the old key after the switch')
      }
      return keep(ports, call, { ...key, inForce: rotation.next, rotation: null }, { step: body.step })
    }
    default:
      return assertNever(body.step)
  }
}

async function begin(ports: ConsolePorts, call: Call<{ path: KeyPath; body: RotationRequest }>, key: PartnerKey) {
  const { body, now } = call
  if (key.rotation !== null) {
    return problem('ACTION_DOES_NOT_FIT', 'expected no rotation of this key to be under way; finish or cancel it first')
  }
  if (body.since === undefined)
    return problem('INVALID_INPUT', 'field since: expected the day from which the new key is meant')
  const next: KeyDates = { since: body.since, endsOn: body.endsOn ?? null }
  const wrong = wrongDates(next, now)
  if (wrong !== null) return problem('INVALID_INPUT', wrong)
  const rotation = { next, beganAt: now, switchedAt: null }
  return keep(ports, call, { ...key, rotation }, { step: body.step, next })
}

async function keep(ports: ConsolePorts, call: Call<{ path: KeyPath }>, key: PartnerKey, detail: Plain) {
  const subject = `key#${key.channel}#${key.kind}`
  await recordAct(ports, call, { action: 'entered', subject, detail })
  const next = { ...key, version: key.version + 1 }
  if ((await ports.partnerKeys.put(next)) === 'conflict') {
    return problem('CHANGED_MEANWHILE', 'expected nobody else to change this key meanwhile; look at it again')
  }
  ports.log.info('Dates of a partner’s key were recorded', { channel: key.channel, kind: key.kind, actor: call.actor })
  return json(200, viewOf(next, await ports.secretWrittenAt(key.channel), call.now))
}

async function keyAt({ partnerKeys }: ConsolePorts, { channel, kind }: KeyPath): Promise<PartnerKey> {
  return (await partnerKeys.get(channel, kind)) ?? unrecorded({ channel, kind })
}

function unrecorded({ channel, kind }: KeyPath): PartnerKey {
  return { channel, kind, version: 0, inForce: null, rotation: null }
}

/** What is wrong with the dates; null: nothing. */
function wrongDates({ since, endsOn }: KeyDates, now: Instant): string | null {
  if (!isInDayRange(since, now)) return `field since: expected ${DAY_RANGE}`
  if (endsOn !== null && endsOn <= since) return 'field endsOn: expected a day after since, or none'
  return null
}

function viewOf(key: PartnerKey, secretWrittenAt: Instant | null, now: Instant): PartnerKeyView {
  const { channel, kind, inForce, rotation } = key
  const today = businessDateOf(now)
  return {
    channel,
    kind,
    state: keyState(inForce, today),
    inForce: inForce && {
      ...inForce,
      ageDays: Math.max(0, daysBetween(inForce.since, today)),
      endsInDays: inForce.endsOn && daysBetween(today, inForce.endsOn),
    },
    secretWrittenAt: secretWrittenAt === null ? null : formatUtc(secretWrittenAt),
    rotation: rotation && {
      since: rotation.next.since,
      endsOn: rotation.next.endsOn,
      mayFollow: isStagedLongEnough(rotation, secretWrittenAt, now),
      steps: stepsOf(rotation, secretWrittenAt).map(({ step, state, at }) => ({
        step,
        state,
        at: at === null ? null : formatUtc(at),
      })),
    },
  }
}

function daysBetween(from: BusinessDate, to: BusinessDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MILLIS)
}
