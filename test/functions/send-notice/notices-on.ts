/** A hub that tells its members, in memory: views folded by the real fold, notices sent to a notifier that a test listens to. */
import { reconcileMembership } from '../../../functions/reconcile-membership/reconcile-membership.ts'
import type { NoticePorts } from '../../../functions/send-notice/ports.ts'
import { sendNotice } from '../../../functions/send-notice/send-notice.ts'
import type { Fact } from '../../../shared/domain/fact.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { NOTICE_RULES } from '../../../shared/domain/notice.ts'
import { NO_PREFERENCES, NOTICE_CHANNELS, type NoticeChannel } from '../../../shared/domain/notice-preferences.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import type { Delivery, Notifier } from '../../../shared/notices/notifier.ts'
import type { Contact } from '../../../shared/store/contacts/contacts.ts'
import type { NoticeStore } from '../../../shared/store/notices/notices.ts'
import { at, KPJ } from '../../support/facts.ts'
import { memoryNotices } from '../../support/memory-notices.ts'
import { memoryStore } from '../../support/memory-store.ts'

export const NIK = '1571010101900001'

export type Sent = {
  readonly channel: NoticeChannel
  readonly address: string
  readonly text: string
  readonly at: Instant
}

export type NoticesOn = Awaited<ReturnType<typeof noticesOn>>

type Options = {
  readonly now: string
  readonly facts: readonly Fact[]
  readonly contact?: Partial<Contact>
  /** What a channel answers; taken, where it is not said. */
  readonly answer?: (channel: NoticeChannel, nth: number) => Delivery | Promise<Delivery>
  readonly changeNotices?: (store: NoticeStore) => NoticeStore
}

export async function noticesOn({ now, facts, contact, answer, changeNotices }: Options) {
  const store = memoryStore()
  const notices = memoryNotices()
  const clock = { now: at(now) }
  const sent: Sent[] = []
  let calls = 0
  let attempts = 0
  const notifierOf = (channel: NoticeChannel): Notifier => ({
    channel,
    send: async (address, { sms, email }) => {
      const delivery = (await answer?.(channel, calls++)) ?? { outcome: 'sent', messageId: `m-${calls}` }
      const text = channel === 'email' ? email.text : sms
      if (delivery.outcome === 'sent') sent.push({ channel, address, text, at: clock.now })
      return delivery
    },
  })
  const ports: NoticePorts = {
    ...store,
    notices: changeNotices ? changeNotices(notices) : notices,
    notifiers: NOTICE_CHANNELS.map(notifierOf),
    rules: RULES,
    noticeRules: NOTICE_RULES,
    now: () => clock.now,
    newAttempt: () => `a-${attempts++}`,
    cooling: new Map(),
  }
  await store.contacts.put({
    kpj: KPJ,
    nik: NIK,
    name: 'BUDI SANTOSO',
    phone: '+6281234567890',
    email: '',
    maskedNames: [],
    preferences: NO_PREFERENCES,
    ...contact,
  })
  const fold = () =>
    reconcileMembership({ ...store, sendChunks: async () => {}, rules: RULES, now: () => clock.now }, { account: KPJ })
  const put = async (...more: readonly Fact[]) => {
    for (const fact of more) await store.facts.put(fact)
  }
  await put(...facts)
  await fold()
  return {
    store,
    notices,
    sent,
    ports,
    put,
    fold,
    setClock: (text: string) => {
      clock.now = at(text)
    },
    moveTo: (instant: Instant) => {
      clock.now = instant
    },
    /** One message of the queue. */
    look: () => sendNotice(ports, KPJ),
    /** Month, stage and state of what is known of the member's notices. */
    known: () => notices.all().map(({ month, stage, state }) => `${month} ${stage} ${state}`),
  }
}
