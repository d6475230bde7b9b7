/** Table `notices` in memory: the twin of shared/store/notices.ts, held to it by test/conformance/notices.test.ts. */
import { businessDateOf } from '../../shared/domain/instant.ts'
import type { Notice, NoticeClaim, NoticeStore } from '../../shared/store/notices.ts'

export type MemoryNotices = NoticeStore & { readonly all: () => readonly Notice[] }

export function memoryNotices(): MemoryNotices {
  const notices = new Map<string, Notice>()
  const days = new Map<string, string>()
  const keyOf = ({ kpj, month, stage }: Pick<Notice, 'kpj' | 'month' | 'stage'>) => `${kpj}#${month}#${stage}`
  const dayOf = (claim: NoticeClaim) => `${claim.kpj}#${businessDateOf(claim.claimedAt)}`
  const nothing = { channel: null, messageId: null, code: null }
  const isFree = (claim: NoticeClaim) =>
    ['obsolete', 'unreachable', undefined].includes(notices.get(keyOf(claim))?.state)
  const held = (claim: NoticeClaim) => {
    const notice = notices.get(keyOf(claim))
    return notice?.attempt === claim.attempt && notice.state === 'claimed' ? notice : undefined
  }
  const freeDay = (claim: NoticeClaim) => {
    if (days.get(dayOf(claim)) === keyOf(claim)) days.delete(dayOf(claim))
  }
  return {
    all: () => [...notices.values()],
    ofMember: async (kpj) =>
      [...notices.values()].filter((notice) => notice.kpj === kpj).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    claim: async (claim) => {
      if (held(claim)) return 'claimed'
      if (!isFree(claim)) return 'taken'
      if ((days.get(dayOf(claim)) ?? keyOf(claim)) !== keyOf(claim)) return 'told-today'
      notices.set(keyOf(claim), { ...claim, ...nothing, state: 'claimed', changedAt: claim.claimedAt })
      days.set(dayOf(claim), keyOf(claim))
      return 'claimed'
    },
    finish: async (claim, ending, at) => {
      const notice = held(claim)
      if (notice) notices.set(keyOf(claim), { ...notice, ...ending, changedAt: at })
    },
    giveUp: async (claim, at) => {
      const notice = held(claim)
      if (!notice) return
      notices.set(keyOf(claim), { ...notice, state: 'obsolete', changedAt: at })
      freeDay(claim)
    },
    release: async (claim) => {
      if (!held(claim)) return
      notices.delete(keyOf(claim))
      freeDay(claim)
    },
    noteUnreachable: async (claim, code) => {
      if (!isFree(claim)) return
      notices.set(keyOf(claim), { ...claim, ...nothing, code, state: 'unreachable', changedAt: claim.claimedAt })
    },
  }
}
