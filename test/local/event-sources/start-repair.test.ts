/** The repair that a start asks for: once, and never on top of what is left of the last one. */
import type { SQSClient } from '@aws-sdk/client-sqs'
import { expect, test, vi } from 'vitest'
import type { QueuePlan } from '../../../local/cloud-assembly/cloud-assembly.ts'
import { startRepair } from '../../../local/event-sources/start-repair.ts'

const queues = ['hub-sweep', 'hub-reconcile', 'hub-notice'].map((name) => ({ name, arn: name }) as unknown as QueuePlan)

/** Queues that hold what `counts` says at each look, and a list of what was sent to which. */
function theQueues(counts: Record<string, [visible: number, inFlight: number][]>) {
  const sent: string[] = []
  const send = async ({ input }: { input: { QueueUrl: string; MessageBody?: string } }) => {
    if (input.MessageBody !== undefined) {
      sent.push(`${input.QueueUrl} ${input.MessageBody}`)
      return {}
    }
    const looks = counts[input.QueueUrl] ?? []
    const [visible, inFlight] = (looks.length > 1 ? looks.splice(0, 1) : looks)[0] ?? [0, 0]
    const Attributes = {
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
    }
    return { Attributes }
  }
  return { sent, options: { queues, sqs: { send } as unknown as SQSClient, urlOf: (arn: string) => arn } }
}

const REPAIR = 'hub-sweep {"task":"recent"}'

test('where nothing is left it is asked for before the hub is ready', async () => {
  const { sent, options } = theQueues({ 'hub-notice': [[9, 9]] })
  await startRepair(options)
  expect(sent).toEqual([REPAIR])
})

test.each<readonly [string, Record<string, [number, number][]>]>([
  [
    'a task of the last repair waits',
    {
      'hub-sweep': [
        [1, 0],
        [0, 0],
      ],
    },
  ],
  [
    'accounts are still to be looked at',
    {
      'hub-reconcile': [
        [44_000, 0],
        [3, 0],
        [0, 0],
      ],
    },
  ],
  [
    'an account is being looked at',
    {
      'hub-reconcile': [
        [0, 1],
        [0, 0],
      ],
    },
  ],
])('while %s it waits, and is asked for once', async (_, counts) => {
  const { sent, options } = theQueues(counts)
  const repair = await startRepair(options)
  expect(sent).toEqual([])
  await vi.waitFor(() => expect(sent).toEqual([REPAIR]), { timeout: 5_000 })
  await repair.stop()
  expect(sent).toEqual([REPAIR])
})

test('a hub that stops before that asks for nothing', async () => {
  const { sent, options } = theQueues({ 'hub-reconcile': [[1, 0]] })
  const repair = await startRepair(options)
  await repair.stop()
  expect(sent).toEqual([])
})
