/** The notices of a simulated hub: their table, their queue with its function (wired as its handler wires it), the providers. */
import { sendNotice } from '../../../functions/send-notice/send-notice.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { NOTICE_RULES } from '../../../shared/domain/notice.ts'
import type { NoticeChannel } from '../../../shared/domain/notice-preferences.ts'
import { NOTICE } from '../../../shared/messages/notice.ts'
import { type MemoryNotices, memoryNotices } from '../../support/memory-notices.ts'
import { consumerOf } from '../consumers.ts'
import { faultyStore } from '../faulty-store.ts'
import { type FunctionEnvironment, portsOf } from '../ports.ts'
import type { Consumer } from '../queues.ts'
import { openProviders, type Providers } from './providers.ts'

export type NoticeSide = { readonly notices: MemoryNotices; readonly providers: Providers }

const WRITES = ['reserve', 'finish', 'giveUp', 'release', 'noteUnreachable'] as const

export function openNoticeSide(
  around: FunctionEnvironment,
  open: (name: 'notice', consumer: Consumer) => void,
): NoticeSide {
  const kept = memoryNotices()
  const { all: _all, ...store } = kept
  const providers = openProviders(around)
  let attempts = 0
  const consume = consumerOf({ read: NOTICE.read, groupBy: ({ kpj }) => kpj ?? '' }, async (messages, invocation) => {
    const { kpj } = messages[0] as (typeof messages)[number]
    if (kpj === undefined) throw new Error('expected notices of members only: no history here has a sponsor')
    const { memberships, contacts, facts } = portsOf(around, invocation)
    const notices = faultyStore(around, invocation, 'notices', store, WRITES)
    const done = await sendNotice(
      {
        ...{ memberships, contacts, facts, notices },
        notifiers: providers.notifiersFor(invocation),
        rules: around.rules,
        noticeRules: NOTICE_RULES,
        now: () => invocation.clock() as Instant,
        newAttempt: () => `A${++attempts}`,
        cooling: new Map<NoticeChannel, Instant>(),
      },
      kpj,
    )
    around.trace(() => `#${invocation.id} notice ${JSON.stringify(done)}`)
  })
  open('notice', consume)
  return { notices: kept, providers }
}
