/** Table `notices` in memory: the twin of shared/store/notices/notices.ts, held to it by test/conformance/notices.test.ts. */
import { businessDateOf } from '../../shared/domain/instant.ts'
import type { Notice, NoticeReservation, NoticeStore } from '../../shared/store/notices/notices.ts'

export type MemoryNotices = NoticeStore & { readonly all: () => readonly Notice[] }

export function memoryNotices(): MemoryNotices {
  const notices = new Map<string, Notice>()
  const days = new Map<string, string>()
  const keyOf = ({ kpj, month, stage }: Pick<Notice, 'kpj' | 'month' | 'stage'>) => `${kpj}#${month}#${stage}`
  const dayOf = (reservation: NoticeReservation) => `${reservation.kpj}#${businessDateOf(reservation.reservedAt)}`
  const nothing = { channel: null, messageId: null, code: null }
  const isFree = (reservation: NoticeReservation) =>
    ['obsolete', 'unreachable', undefined].includes(notices.get(keyOf(reservation))?.state)
  const held = (reservation: NoticeReservation) => {
    const notice = notices.get(keyOf(reservation))
    return notice?.attempt === reservation.attempt && notice.state === 'reserved' ? notice : undefined
  }
  const freeDay = (reservation: NoticeReservation) => {
    if (days.get(dayOf(reservation)) === keyOf(reservation)) days.delete(dayOf(reservation))
  }
  return {
    all: () => [...notices.values()],
    ofMember: async (kpj) =>
      [...notices.values()].filter((notice) => notice.kpj === kpj).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    reserve: async (reservation) => {
      if (held(reservation)) return 'reserved'
      if (!isFree(reservation)) return 'taken'
      if ((days.get(dayOf(reservation)) ?? keyOf(reservation)) !== keyOf(reservation)) return 'notified-today'
      notices.set(keyOf(reservation), {
        ...reservation,
        ...nothing,
        state: 'reserved',
        changedAt: reservation.reservedAt,
      })
      days.set(dayOf(reservation), keyOf(reservation))
      return 'reserved'
    },
    finish: async (reservation, ending, at) => {
      const notice = held(reservation)
      if (notice) notices.set(keyOf(reservation), { ...notice, ...ending, changedAt: at })
    },
    giveUp: async (reservation, at) => {
      const notice = held(reservation)
      if (!notice) return
      notices.set(keyOf(reservation), { ...notice, state: 'obsolete', changedAt: at })
      freeDay(reservation)
    },
    release: async (reservation) => {
      if (!held(reservation)) return
      notices.delete(keyOf(reservation))
      freeDay(reservation)
    },
    noteUnreachable: async (reservation, code) => {
      if (!isFree(reservation)) return
      notices.set(keyOf(reservation), {
        ...reservation,
        ...nothing,
        code,
        state: 'unreachable',
        changedAt: reservation.reservedAt,
      })
    },
  }
}
