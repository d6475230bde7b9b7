/** What pipes and clocks put into the queues is what the consumers read: the synthesized templates against shared/messages. */
import { beforeAll, describe, expect, test } from 'vitest'
import { rendered } from '../../local/event-sources/input-template.ts'
import { AUDIT } from '../../shared/messages/audit.ts'
import { ENROLMENT } from '../../shared/messages/enrolment.ts'
import { NOTICE } from '../../shared/messages/notice.ts'
import type { QueueSchema } from '../../shared/messages/queue-schema.ts'
import { RECONCILE } from '../../shared/messages/reconcile.ts'
import { SETTLEMENT } from '../../shared/messages/settlement.ts'
import { SWEEP } from '../../shared/messages/sweep.ts'
import { type CloudAssembly, cloudAssembly, ofType, type Resource } from './cloud-assembly.ts'

let assembly: CloudAssembly
let pipes: readonly Resource[]
let clocks: readonly Resource[]

beforeAll(async () => {
  assembly = await cloudAssembly()
  pipes = ofType(assembly.ledger, 'AWS::Pipes::Pipe')
  clocks = ofType(assembly.hub, 'AWS::Scheduler::Schedule')
})

/** Name, queue, the keys of a record, and the message that they become where it is not just the keys. */
const PIPES = [
  ['hub-facts', RECONCILE, { account: '12345678901', fact: 'payment#bni#T1' }],
  ['hub-memberships', NOTICE, { kpj: '12345678901' }],
  ['hub-payment-decisions', AUDIT, { decision: 'bni#T1' }, { task: 'decision', decision: 'bni#T1' }],
  ['hub-settlements', SETTLEMENT, { part: 'files#bni#2026-11-20', entry: 'file#0001' }],
  ['hub-sponsors', ENROLMENT, { part: 'cohorts#jambi', entry: 'cohort#2026#abc' }, { cohort: 'jambi.2026.abc' }],
] as const satisfies readonly (readonly [string, QueueSchema<unknown, never>, object, object?])[]

describe('a pipe', () => {
  test.each(PIPES)('%s renders what the consumer of its queue reads', (name, queue, keys, message: object = keys) => {
    const pipe = pipes.find(({ properties }) => properties.Name === name)
    const Keys = Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, { S: value }]))
    const body = rendered(pipe?.properties.TargetParameters.InputTemplate, { eventName: 'INSERT', dynamodb: { Keys } })
    expect(queue.read(body)).toEqual({ kind: 'message', message })
  })

  test('there is one for each of these, and no other', () => {
    expect(pipes.map(({ properties }) => properties.Name).sort()).toEqual(PIPES.map(([name]) => name).sort())
  })
})

/** By what the names of their schedules begin with; all others ask the sweep. */
const CONSUMERS = [
  ['hub-settlement', SETTLEMENT],
  ['hub-audit', AUDIT],
] as const

test('a clock asks for a task that the consumer of its queue knows', () => {
  const declared = clocks.map(({ properties }) => {
    const queue = CONSUMERS.find(([prefix]) => String(properties.Name).startsWith(prefix))?.[1] ?? SWEEP
    return { name: properties.Name, read: queue.read(properties.Target.Input).kind }
  })
  expect(declared.length).toBeGreaterThan(5)
  expect(declared.filter(({ read }) => read !== 'message')).toEqual([])
})
