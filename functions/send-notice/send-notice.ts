/**
 * "Look whether this member has a notice to get": finds what is due, reserves it, reads the facts, and sends it once.
 *
 * ```
 * view, contact read -> reserved -> facts read -> provider called -> sent | failed | unknown
 *                          |           |-> not due any more: given up      |-> provider busy: released, the message comes again
 *                          |<- whoever dies after this leaves a reservation that nobody else sends
 * ```
 * Level-triggered: duplicates, a second sweep and the pipe's own message are this one path. Producers: the memberships' pipe
 * (what follows from a change) and functions/sweep-memberships (what a day brings).
 */
import { businessDateOf, type Instant } from '../../shared/domain/instant.ts'
import type { Kpj } from '../../shared/domain/kpj.ts'
import { isDaytime, noticesDue } from '../../shared/domain/notice.ts'
import { channelsToTry, NO_PREFERENCES } from '../../shared/domain/notice-preferences.ts'
import type { NoticeDue } from '../../shared/domain/notice-stage.ts'
import { zoneOf } from '../../shared/domain/region.ts'
import { addressFor } from '../../shared/notices/address.ts'
import type { Notifier } from '../../shared/notices/notifier.ts'
import { Throttled } from '../../shared/runtime/faults.ts'
import type { Contact } from '../../shared/store/contacts/contacts.ts'
import { type Notice, type NoticeReservation, stateAt } from '../../shared/store/notices/notices.ts'
import type { DeliveryWay, NoticeOutcome, NoticePorts } from './ports.ts'
import { sendReserved } from './send-reserved.ts'

/** Right for any member, any number of times. Throws `Transient` where the same may work later; nothing was sent then. */
export async function sendNotice(ports: NoticePorts, kpj: Kpj): Promise<NoticeOutcome> {
  const view = await ports.memberships.get(kpj)
  if (!view) return { outcome: 'not-a-membership' }
  const now = ports.now()
  const due = noticesDue(view, now, ports.noticeRules)[0]
  if (!due) return { outcome: 'nothing-due' }
  if (!isDaytime(now, zoneOf(view.regionCode), ports.noticeRules)) return { outcome: 'not-daytime', due }

  const known = (await ports.notices.ofMember(kpj)).find(
    ({ stage, month }) => stage === due.stage && month === due.month,
  )
  if (known?.state === 'reserved') return reservedByAnother(ports, known, due, now)
  if (known && known.state !== 'obsolete' && known.state !== 'unreachable') return { outcome: 'already', due }

  const reservation = { kpj, ...due, attempt: ports.newAttempt(), reservedAt: now }
  const contact = await ports.contacts.get(kpj)
  const deliveryWays = waysTo(contact, ports.notifiers, now)
  const [first] = deliveryWays
  if (!contact || !first) return unreachable(ports, reservation, contact, known)
  if ((ports.cooling.get(first.notifier.channel) ?? 0) > now) {
    throw new Throttled(`expected ${first.notifier.channel} to take messages, it said "too often" a moment ago`)
  }
  const reserved = await ports.notices.reserve(reservation)
  if (reserved === 'notified-today') return { outcome: 'notified-today', due }
  if (reserved === 'taken') return { outcome: 'already', due }
  return sendReserved(ports, reservation, contact, deliveryWays)
}

/** How often a reservation was left behind is worth knowing; the notice itself is not sent again. */
async function reservedByAnother(
  ports: NoticePorts,
  known: Notice,
  due: NoticeDue,
  now: Instant,
): Promise<NoticeOutcome> {
  if (stateAt(known, now) === 'reserved') return { outcome: 'already', due }
  await ports.notices.finish(known, { state: 'unknown', channel: null, messageId: null, code: 'RESERVATION_LEFT' }, now)
  return { outcome: 'unknown', due, channel: null }
}

function waysTo(contact: Contact | undefined, notifiers: readonly Notifier[], now: Instant): readonly DeliveryWay[] {
  if (!contact) return []
  return channelsToTry(contact.preferences ?? NO_PREFERENCES, businessDateOf(now)).flatMap((channel) => {
    const notifier = notifiers.find((each) => each.channel === channel)
    const address = addressFor(channel, contact)
    return notifier && address !== null ? [{ notifier, address }] : []
  })
}

async function unreachable(
  ports: NoticePorts,
  reservation: NoticeReservation,
  contact: Contact | undefined,
  known: Notice | undefined,
): Promise<NoticeOutcome> {
  const outcome = contact?.preferences?.optedOut ? 'opted-out' : 'no-way-to-reach'
  const code = outcome === 'opted-out' ? 'OPTED_OUT' : 'NO_WAY'
  if (known?.state !== 'unreachable' || known.code !== code) await ports.notices.noteUnreachable(reservation, code)
  const { stage, month } = reservation
  return { outcome, due: { stage, month } }
}
