/** What moves by itself: when schedules fall due, what filters let pass, what a pipe sends, when all is quiet. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hubClock, readInstant } from '../../../local/clock.ts'
import type { Json } from '../../../local/cloud-assembly/template.ts'
import { scheduleOf } from '../../../local/event-sources/cron.ts'
import { passes } from '../../../local/event-sources/filter.ts'
import { rendered } from '../../../local/event-sources/input-template.ts'
import { untilQuiet } from '../../../local/event-sources/quiet.ts'
import { startSchedules } from '../../../local/event-sources/schedules.ts'

const at = (text: string) => Date.parse(text)
const reply = (millis: number | undefined) => (millis === undefined ? null : new Date(millis).toISOString())

describe('when a schedule falls due', () => {
  const NIGHTLY = 'cron(10 0 * * ? *)'
  test.each([
    [
      'ten past midnight in Jakarta',
      NIGHTLY,
      '2026-11-20T16:00:00Z',
      '2026-11-20T18:00:00Z',
      '2026-11-20T17:10:00.000Z',
    ],
    ['not before', NIGHTLY, '2026-11-20T16:00:00Z', '2026-11-20T17:09:59Z', null],
    ['at the very minute', NIGHTLY, '2026-11-20T16:00:00Z', '2026-11-20T17:10:00Z', '2026-11-20T17:10:00.000Z'],
    ['once it ran, not again', NIGHTLY, '2026-11-20T17:10:00Z', '2026-11-21T17:09:00Z', null],
    [
      'after a month away the latest',
      NIGHTLY,
      '2026-11-20T16:00:00Z',
      '2026-12-20T16:00:00Z',
      '2026-12-19T17:10:00.000Z',
    ],
    ['never backwards', NIGHTLY, '2026-11-20T18:00:00Z', '2026-11-19T18:00:00Z', null],
    [
      'on the first of a month',
      'cron(0 3 1 * ? *)',
      '2026-11-20T00:00:00Z',
      '2026-12-15T00:00:00Z',
      '2026-11-30T20:00:00.000Z',
    ],
    ['on Mondays (2)', 'cron(0 8 ? * 2 *)', '2026-11-20T00:00:00Z', '2026-11-26T00:00:00Z', '2026-11-23T01:00:00.000Z'],
    [
      'each quarter of an hour',
      'cron(0/15 * * * ? *)',
      '2026-11-20T00:00:00Z',
      '2026-11-20T00:50:00Z',
      '2026-11-20T00:45:00.000Z',
    ],
    [
      'every five minutes',
      'rate(5 minutes)',
      '2026-11-20T00:01:00Z',
      '2026-11-20T00:12:00Z',
      '2026-11-20T00:10:00.000Z',
    ],
  ])('%s', (_, expression, after, until, expected) => {
    expect(reply(scheduleOf(expression, 'Asia/Jakarta').latestDue(at(after), at(until)))).toBe(expected)
  })

  test('what it does not know is refused', () => {
    expect(() => scheduleOf('at(2026-11-20T00:00:00)', 'UTC')).toThrow('expected rate(…) or cron(…)')
    expect(() => scheduleOf('cron(0 0 L * ? *)', 'UTC')).toThrow('got "L"')
  })

  test('looking twice finds what looking once finds', () => {
    const schedule = scheduleOf(NIGHTLY, 'Asia/Jakarta')
    const start = at('2026-11-20T00:00:00Z')
    fc.assert(
      fc.property(fc.nat(10 * 86_400_000), fc.nat(10 * 86_400_000), (first, second) => {
        const middle = start + first
        const end = middle + second
        const whole = schedule.latestDue(start, end)
        expect(whole).toBe(schedule.latestDue(middle, end) ?? schedule.latestDue(start, middle))
      }),
    )
  })

  test('a clock that jumps a week ahead runs a nightly schedule once, and a jump back none', async () => {
    const sent: string[] = []
    const clock = hubClock()
    clock.set(at('2026-11-20T00:00:00Z'))
    const sqs = {
      send: async (command: { input: { MessageBody: string } }) => void sent.push(command.input.MessageBody),
    }
    const plan = {
      name: 'nightly',
      expression: NIGHTLY,
      timeZone: 'Asia/Jakarta',
      targetArn: 'arn:aws:sqs:r:0:sweep',
      input: '{"task":"nightly"}',
      role: null,
    }
    const urlOf = () => 'http://queue'
    const functionOf = () => {
      throw new Error('no function is meant')
    }
    const schedules = startSchedules({ plans: [plan], now: clock.now, sqs: sqs as never, urlOf, functionOf })
    try {
      clock.set(at('2026-11-27T00:00:00Z'))
      expect(await schedules.runDue()).toEqual(['nightly'])
      clock.set(at('2026-11-22T00:00:00Z'))
      schedules.forget()
      expect(await schedules.runDue()).toEqual([])
      expect(sent).toEqual(['{"task":"nightly"}'])
      await schedules.held(async () => {
        clock.set(at('2026-11-29T00:00:00Z'))
        await new Promise((resolve) => setTimeout(resolve, 1_200))
        expect(sent).toHaveLength(1)
      })
      expect(await schedules.runDue()).toEqual(['nightly'])
    } finally {
      schedules.stop()
    }
  })
})

describe('what passes a filter', () => {
  const event = { eventName: 'INSERT', dynamodb: { Keys: { fact: { S: 'payment#bni#1' } } } }
  test.each<[string, Json, boolean]>([
    ['an equal value', { eventName: ['INSERT'] }, true],
    ['one of several', { eventName: ['MODIFY', 'INSERT'] }, true],
    ['another value', { eventName: ['REMOVE'] }, false],
    ['nested, by prefix', { dynamodb: { Keys: { fact: { S: [{ prefix: 'payment#' }] } } } }, true],
    [
      'anything but a prefix',
      { dynamodb: { Keys: { fact: { S: [{ 'anything-but': { prefix: 'payment#' } }] } } } },
      false,
    ],
    ['anything but another value', { eventName: [{ 'anything-but': ['REMOVE'] }] }, true],
    ['something absent', { dynamodb: { NewImage: [{ exists: false }] } }, true],
    ['both must pass', { eventName: ['INSERT'], dynamodb: { NewImage: [{ exists: true }] } }, false],
    ['no pattern', {}, true],
  ])('%s', (_, pattern, expected) => {
    expect(passes(pattern, event)).toBe(expected)
  })

  test('an operator that is unknown here is refused, not passed over', () => {
    expect(() => passes({ eventName: [{ numeric: ['>', 1] }] }, event)).toThrow('numeric')
  })
})

test('a template takes keys only and any text stays one JSON text', () => {
  const template = '{"account":"<$.dynamodb.Keys.account.S>","size":<$.dynamodb.SizeBytes>}'
  fc.assert(
    fc.property(fc.string(), (account) => {
      const text = rendered(template, { dynamodb: { Keys: { account: { S: account } }, SizeBytes: 30 } })
      expect(JSON.parse(text)).toEqual({ account, size: 30 })
    }),
  )
})

describe('when all is quiet', () => {
  const queue = { name: 'hub-reconcile', arn: 'q', isDeadLetter: false }
  const counting = (counts: readonly number[]) => {
    let look = 0
    return async () => ({ [queue.name]: { waiting: 0, inFlight: counts[Math.min(look++, counts.length - 1)] } })
  }
  const options = (given: object) =>
    ({
      pipes: [],
      queues: [queue],
      counts: counting([0]),
      functions: [],
      pendingNotifications: async () => 0,
      ...given,
    }) as never

  test('a message in flight is waited for', async () => {
    expect(await untilQuiet(options({ counts: counting([1, 1, 0]) }))).toEqual([])
  })

  test('a new file that its queue has not heard of is waited for', async () => {
    const pendingNotifications = [1, 0, 0]
    expect(await untilQuiet(options({ pendingNotifications: async () => pendingNotifications.shift() ?? 0 }))).toEqual(
      [],
    )
    expect(pendingNotifications).toEqual([])
  })

  test('a queue that nobody counted is no empty one', async () => {
    await expect(untilQuiet(options({ counts: async () => ({}) }))).rejects.toThrow('hub-reconcile to be counted')
  })

  test('a dead-letter queue may hold what it likes', async () => {
    expect(await untilQuiet(options({ queues: [{ ...queue, isDeadLetter: true }], counts: counting([9]) }))).toEqual([])
  })
})

describe('the clock', () => {
  test('starts where it is set, runs on, and is the same for all who share its memory', () => {
    const clock = hubClock()
    clock.set(at('2030-01-01T00:00:00Z'))
    expect(Math.abs(hubClock(clock.memory).now() - at('2030-01-01T00:00:00Z'))).toBeLessThan(5_000)
  })

  test.each([
    ['2026-11-20T08:00:00+07:00', '2026-11-20T01:00:00.000Z'],
    ['2026-11-20T01:00:00.5Z', '2026-11-20T01:00:00.500Z'],
    ['2026-11-20T08:00+09:00', '2026-11-19T23:00:00.000Z'],
  ])('%s is read with its offset', (text, expected) => {
    expect(reply(readInstant(text))).toBe(expected)
  })

  test.each(['2026-11-20', '2026-11-20T08:00:00', 'tomorrow', '2026-13-01T00:00:00Z', ''])(
    '"%s" is refused',
    (text) => {
      expect(() => readInstant(text)).toThrow(RangeError)
    },
  )
})
