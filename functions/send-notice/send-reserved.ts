/**
 * What happens under a reservation: the facts are read, and then the ways to the member are tried until one took the message or may
 * have. Promise: the reservation is let go only while it is certain that nothing went out; after that it ends, for ever.
 */
import { assertNever } from '../../shared/domain/assert-never.ts'
import type { Instant } from '../../shared/domain/instant.ts'
import { noticeDecision } from '../../shared/domain/notice-decision.ts'
import { NO_PREFERENCES } from '../../shared/domain/notice-preferences.ts'
import type { NoticeDue } from '../../shared/domain/notice-stage.ts'
import type { Delivery } from '../../shared/notices/notifier.ts'
import { type RenderedNotice, renderNotice } from '../../shared/notices/render.ts'
import { Throttled, Transient } from '../../shared/runtime/faults.ts'
import type { Contact } from '../../shared/store/contacts/contacts.ts'
import type { NoticeReservation } from '../../shared/store/notices/notices.ts'
import type { DeliveryWay, NoticeOutcome, NoticePorts } from './ports.ts'

/** How long a channel that said "too often" is left alone by this process. */
const COOLING_MILLIS = 2_000

type PreparedNotice = { readonly outcome: 'ready'; readonly notice: RenderedNotice } | NoticeOutcome

export async function sendReserved(
  ports: NoticePorts,
  reservation: NoticeReservation,
  contact: Contact,
  deliveryWays: readonly DeliveryWay[],
): Promise<NoticeOutcome> {
  const prepared = await lettingGo(ports, reservation, () => prepare(ports, reservation, contact))
  if (prepared.outcome !== 'ready') return prepared
  const due = dueOf(reservation)
  let code = 'NO_WAY'
  for (const { notifier, address } of deliveryWays) {
    const { channel } = notifier
    const delivery = await lettingGo(ports, reservation, async () =>
      orLater(ports, channel, await notifier.send(address, prepared.notice)),
    )
    switch (delivery.outcome) {
      case 'sent':
        await ports.notices.finish(
          reservation,
          { state: 'sent', channel, messageId: delivery.messageId, code: null },
          ports.now(),
        )
        return { outcome: 'sent', due, channel }
      case 'unknown':
        await ports.notices.finish(
          reservation,
          { state: 'unknown', channel, messageId: null, code: delivery.code },
          ports.now(),
        )
        return { outcome: 'unknown', due, channel }
      case 'refused':
        code = delivery.code
        break
      default:
        assertNever(delivery)
    }
  }
  await ports.notices.finish(reservation, { state: 'failed', channel: null, messageId: null, code }, ports.now())
  return { outcome: 'failed', due }
}

/** The facts decide, read after the reservation: what was paid meanwhile is not asked for. */
async function prepare(ports: NoticePorts, reservation: NoticeReservation, contact: Contact): Promise<PreparedNotice> {
  const facts = await ports.facts.ofAccount(reservation.kpj)
  const due = dueOf(reservation)
  const now: Instant = ports.now()
  const decision = noticeDecision(facts, due, now, ports.rules, ports.noticeRules)
  switch (decision.outcome) {
    case 'obsolete':
      await ports.notices.giveUp(reservation, now)
      return { outcome: 'obsolete', due }
    case 'not-daytime':
      await ports.notices.release(reservation)
      return { outcome: 'not-daytime', due }
    case 'send': {
      const { language } = contact.preferences ?? NO_PREFERENCES
      return { outcome: 'ready', notice: renderNotice(decision.content, contact.nik, language) }
    }
    default:
      return assertNever(decision)
  }
}

/** What is thrown in here was thrown before anything went out: the reservation is let go, so that the message may come again. */
async function lettingGo<T>(ports: NoticePorts, reservation: NoticeReservation, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (fault) {
    // A reservation that cannot be let go counts as unknown after a while: not sending is the safe side.
    await ports.notices.release(reservation).catch(() => {})
    throw fault
  }
}

/** A provider that is busy or away stops the whole attempt: another channel would only hide it, and costs more. */
function orLater(
  ports: NoticePorts,
  channel: DeliveryWay['notifier']['channel'],
  delivery: Delivery,
): Exclude<Delivery, { outcome: 'later' }> {
  if (delivery.outcome !== 'later') return delivery
  ports.cooling.set(channel, (ports.now() + COOLING_MILLIS) as Instant)
  if (delivery.code === 'NOT_CONNECTED') {
    throw new Transient('PROVIDER_AWAY', `expected ${channel} to be reachable, no connection was made`)
  }
  throw new Throttled(`expected ${channel} to take a message, it said ${delivery.code}`)
}

function dueOf({ stage, month }: NoticeReservation): NoticeDue {
  return { stage, month }
}
