/**
 * The mornings on which notices go out: around due days and ends of months, and, where no night's run must heal what was lost, for
 * some months after the last payment, so that memberships lapse. Once all is calm one more morning must send whatever is due.
 */
import { dayAt, dayEnd, dayStart } from '../auditor/calendar.ts'
import { deliveriesAgree, dueAreSent } from '../auditor/notices.ts'
import type { Plan } from '../plan.ts'
import type { Timeline } from '../timeline.ts'
import type { Person } from '../workload.ts'
import type { World } from '../world.ts'
import type { NoticeSide } from './notice-side.ts'

export type NoticeDays = {
  readonly schedule: () => void
  /** When all is calm: another morning, after which everything that is due was sent. */
  readonly close: () => Promise<void>
}

type Setting = {
  readonly plan: Plan
  readonly world: World
  readonly side: NoticeSide
  readonly timeline: Timeline
  readonly people: readonly Pick<Person, 'kpj' | 'phone'>[]
}

const TEN_PAST_EIGHT = (8 * 60 + 10) * 60_000
/** A stage begins on one of these days of a month, or one that begins earlier has not ended. */
const MORNINGS = ['01', '02', '08', '16', '20', '25']
/** From the last paid month to the end of a lapse. */
const DAYS_TO_LAPSE = 130

export function openNoticeDays({ plan, world, side, timeline, people }: Setting): NoticeDays {
  const morning = (day: string) =>
    timeline.at(dayStart(day) + TEN_PAST_EIGHT, () => world.queues.sweep.send('{"task":"notices","zone":"WIB"}'))
  return {
    schedule: () => {
      const days = plan.settling || plan.nightly ? plan.days : plan.days + DAYS_TO_LAPSE
      for (let day = dayAt(plan.start), i = 0; i <= days; i++, day = dayAt(dayEnd(day))) {
        if (plan.settling || MORNINGS.includes(day.slice(8))) morning(day)
      }
    },
    close: async () => {
      morning(dayAt(dayEnd(dayAt(timeline.now()))))
      await timeline.runOut()
      const notices = side.notices.all()
      const memberAt = (address: string) => people.find(({ phone }) => address.endsWith(phone.slice(1)))?.kpj
      deliveriesAgree(world.ledger, side.providers.delivered, notices, memberAt)
      dueAreSent(world.ledger, notices, timeline.now())
    },
  }
}
