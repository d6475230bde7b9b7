/**
 * Whether a view alone says that its member may have a notice to get. Millions of views share a few hundred standings, so what
 * was decided for one is remembered for the others, for one page of views at one instant.
 */
import type { Instant } from '../../shared/domain/instant.ts'
import { type NoticeRules, type NoticeStanding, noticesDue } from '../../shared/domain/notice.ts'

export function noticeHint(now: Instant, rules: NoticeRules): (view: NoticeStanding) => boolean {
  const decided = new Map<string, boolean>()
  return (view) => {
    const { status, paidThrough, nextTransition, terms, termsByMonth, closesOn, noticeDue } = view
    // News depends on when the view was folded. Few have any, or terms that change, or a closing ahead: each is looked at by itself.
    if (noticeDue !== null || termsByMonth || closesOn) return noticesDue(view, now, rules).length > 0
    const standing = `${status} ${paidThrough} ${nextTransition?.on} ${nextTransition?.to} ${terms.funding}`
    const known = decided.get(standing)
    if (known !== undefined) return known
    const isDue = noticesDue(view, now, rules).length > 0
    decided.set(standing, isDue)
    return isDue
  }
}
