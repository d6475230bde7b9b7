/** The scheduler that every simulated history rests on: order, rest between steps, and an end that is reported. */
import { expect, test } from 'vitest'
import { randomFrom } from './random.ts'
import { startTimeline } from './timeline.ts'

test('steps run in the order of their time, whatever the order in which they were asked for', async () => {
  const timeline = startTimeline(0, randomFrom(1))
  const seen: number[] = []
  for (const at of [30, 5, 90, 5, 60, 1]) timeline.at(at, () => seen.push(timeline.now()))
  await timeline.runOut()
  expect(seen).toEqual([1, 5, 5, 30, 60, 90])
})

test('between two steps every promise has come to rest', async () => {
  const timeline = startTimeline(0, randomFrom(1))
  const seen: string[] = []
  timeline.at(1, () => {
    const long = async () => {
      for (let i = 0; i < 50; i++) await null
      seen.push('all of the first')
    }
    void long()
  })
  timeline.at(2, () => seen.push('the second'))
  await timeline.runOut()
  expect(seen).toEqual(['all of the first', 'the second'])
})

test('the past is now: nothing runs before what has run', async () => {
  const timeline = startTimeline(100, randomFrom(1))
  const seen: number[] = []
  timeline.at(150, () => timeline.at(120, () => seen.push(timeline.now())))
  await timeline.runOut()
  expect(seen).toEqual([150])
})

test('the first failure ends the history and is thrown', async () => {
  const timeline = startTimeline(0, randomFrom(1))
  timeline.at(1, () => timeline.fail(new Error('a promise broke')))
  timeline.at(1, () => timeline.fail(new Error('another one')))
  timeline.at(2, () => expect.unreachable())
  await expect(timeline.runOut()).rejects.toThrow(/broke|another/)
})

test('ties are decided by the seed alone', async () => {
  const orderUnder = async (seed: number) => {
    const timeline = startTimeline(0, randomFrom(seed))
    const seen: number[] = []
    for (let i = 0; i < 8; i++) timeline.at(1, () => seen.push(i))
    await timeline.runOut()
    return seen.join('')
  }
  expect(await orderUnder(3)).toBe(await orderUnder(3))
  expect(new Set([await orderUnder(1), await orderUnder(2), await orderUnder(3)]).size).toBeGreaterThan(1)
})
