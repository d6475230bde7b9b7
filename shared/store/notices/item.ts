/**
 * How notices lie in their table: one item per notice, and one per day on which a member gets a notice. Keys and life of an
 * item are explained in notices.ts. Promise: what is read is what was written, or a Defect that names the attribute.
 */
import { type BusinessDate, businessDateOf, DAY_MILLIS, type Instant, instant } from '../../domain/instant.ts'
import { parseKpj } from '../../domain/kpj.ts'
import { NOTICE_CHANNELS } from '../../domain/notice-preferences.ts'
import { type Item, oneOf, orAbsent, readerOf, text, whole } from '../attributes/item.ts'
import { packNoticeDue, unpackNoticeDue } from '../attributes/notice-due.ts'
import { NOTICE_STATES, type Notice, type NoticeKey, type NoticeReservation } from './notices.ts'

/** From the reservation on. */
export const NOTICE_KEPT_MILLIS = 2 * 365 * DAY_MILLIS
const DAY_KEPT_MILLIS = 7 * DAY_MILLIS

export function noticeItem(notice: Notice): Item {
  return {
    ...noticeKeyOf(notice),
    state: text(notice.state),
    attempt: text(notice.attempt),
    reservedAt: whole(notice.reservedAt),
    changedAt: whole(notice.changedAt),
    ...orAbsent('channel', notice.channel, text),
    ...orAbsent('messageId', notice.messageId, text),
    ...orAbsent('code', notice.code, text),
    expires: expiry(notice.reservedAt, NOTICE_KEPT_MILLIS),
  }
}

export function readNotice(item: Item): Notice {
  const read = readerOf('notices', item)
  return {
    kpj: read.parsed('kpj', parseKpj),
    ...read.parsed('notice', unpackNoticeDue),
    state: read.parsed('state', oneOf(NOTICE_STATES)),
    attempt: read.text('attempt'),
    reservedAt: read.counted('reservedAt', instant),
    changedAt: read.counted('changedAt', instant),
    channel: read.optional('channel', (name) => read.parsed(name, oneOf(NOTICE_CHANNELS))),
    messageId: read.optional('messageId', read.text),
    code: read.optional('code', read.text),
  }
}

export function dayItem(reservation: NoticeReservation): Item {
  return {
    kpj: text(reservation.kpj),
    notice: text(dayKeyOf(reservation)),
    dueNotice: text(packNoticeDue(reservation)),
    expires: expiry(reservation.reservedAt, DAY_KEPT_MILLIS),
  }
}

export function noticeKeyOf(notice: NoticeKey): Item {
  return { kpj: text(notice.kpj), notice: text(packNoticeDue(notice)) }
}

export function dayKeyOf({ reservedAt }: NoticeReservation): string {
  return `day#${businessDateOf(reservedAt) satisfies BusinessDate}`
}

function expiry(from: Instant, kept: number) {
  return whole(Math.ceil((from + kept) / 1_000))
}
