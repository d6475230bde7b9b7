/** EventBridge Scheduler on a laptop: looks once a second, and when the clock is moved, which schedules fell due, by the hub's clock. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs'
import type { SchedulePlan } from '../cloud-assembly/cloud-assembly.ts'
import type { HostedFunction } from '../lambda-runtime/functions.ts'
import { scheduleOf } from './cron.ts'

export type SchedulesOptions = {
  readonly plans: readonly SchedulePlan[]
  readonly now: () => number
  readonly sqs: SQSClient
  readonly urlOf: (queueArn: string) => string
  readonly functionOf: (arn: string) => HostedFunction
}

export type Schedules = {
  /**
   * Runs each schedule that fell due since the last look, once, for its latest due time, in the order of those times.
   * `between` is awaited after each: a morning's check must not overtake the night's run that it checks.
   */
  readonly runDue: (between?: () => Promise<void>) => Promise<readonly string[]>
  /** Nothing falls due by itself while `work` goes on. */
  readonly held: (work: () => Promise<void>) => Promise<void>
  /** The clock was moved back: what lies between is not due again by that. */
  readonly forget: () => void
  readonly stop: () => void
}

const LOOK_MILLIS = 1_000

export function startSchedules(options: SchedulesOptions): Schedules {
  const schedules = options.plans.map((plan) => ({ plan, schedule: scheduleOf(plan.expression, plan.timeZone) }))
  let lookedAt = options.now()

  async function runDue(between = async () => {}): Promise<readonly string[]> {
    const after = lookedAt
    const until = options.now()
    lookedAt = until
    const due = schedules
      .map(({ plan, schedule }) => ({ plan, at: schedule.latestDue(after, until) }))
      .filter((each) => each.at !== undefined)
      .sort((a, b) => Number(a.at) - Number(b.at))
    for (const { plan } of due) {
      await fire(plan)
      await between()
    }
    return due.map(({ plan }) => plan.name)
  }

  async function fire(plan: SchedulePlan): Promise<void> {
    if (plan.targetArn.startsWith('arn:aws:sqs:')) {
      const QueueUrl = options.urlOf(plan.targetArn)
      await options.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: plan.input }))
      return
    }
    await options.functionOf(plan.targetArn).invoke(JSON.parse(plan.input))
  }

  let holds = 0
  const timer = setInterval(() => {
    if (holds > 0) return
    runDue().catch((error: Error) => console.error(`A schedule could not run: ${error.message}`))
  }, LOOK_MILLIS)
  timer.unref()
  return {
    runDue,
    held: async (work) => {
      holds++
      await work().finally(() => holds--)
    },
    forget: () => {
      lookedAt = options.now()
    },
    stop: () => clearInterval(timer),
  }
}
