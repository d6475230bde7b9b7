/**
 * A message that comes twice, and the second one late: every step of three lists that correct each other is begun a second time and held
 * before each of its calls, the story goes on to its end, and only then the held step goes on. It must change nothing of what there is.
 */
import { describe, expect, test } from 'vitest'
import { Transient } from '../../../shared/runtime/faults.ts'
import { type Ports, portsOf, type Step, standing, story } from './three-lists.ts'

/** Ports of which the call of number `at` waits until it is let go. */
function heldAt(ports: Ports, at: number) {
  const gate = Promise.withResolvers<void>()
  const reached = Promise.withResolvers<void>()
  let calls = 0
  const held = (store: object) =>
    Object.fromEntries(
      Object.entries(store).map(([name, method]) => [
        name,
        async (...given: readonly unknown[]) => {
          if (++calls === at) {
            reached.resolve()
            await gate.promise
          }
          return method(...given)
        },
      ]),
    )
  const { sponsors, files, segments, facts, contacts, memberships, bills } = ports
  const stores = { sponsors, files, segments, facts, contacts, memberships, bills }
  const entries = Object.entries(stores).map(([name, store]) => [name, held(store)])
  return { ports: { ...ports, ...Object.fromEntries(entries) } as Ports, reached: reached.promise, letGo: gate.resolve }
}

/** As the queue does with a message that was not done: once more. */
async function untilDone(step: Step, ports: Ports): Promise<void> {
  try {
    await step(ports)
  } catch (error) {
    if (!(error instanceof Transient)) throw error
    await step(ports)
  }
}

/** The story in which the step of this number has a duplicate that is held before its call of this number. `isOver`: it makes fewer calls. */
async function withLateStep(number: number, call: number) {
  let at = 0
  let late: Promise<void> | undefined
  let letGo = () => {}
  let isOver = false
  const hub = await story(async (step, world) => {
    if (++at !== number) return
    const held = heldAt(portsOf(world), call)
    late = untilDone(step, held.ports)
    letGo = held.letGo
    isOver = await Promise.race([held.reached.then(() => false), late.then(() => true)])
  })
  letGo()
  await late
  return { hub, isOver, isPast: at < number }
}

describe('a step that is done twice, the second time after everything else', () => {
  test('changes nothing of what later steps have written, wherever it was held', async () => {
    const expected = await standing(await story(async () => {}))
    let steps = 0
    let held = 0
    for (let number = 1; ; number++) {
      const { isPast } = await withLateStep(number, 1)
      if (isPast) break
      steps++
      for (let call = 1; ; call++) {
        const { hub, isOver } = await withLateStep(number, call)
        expect(await standing(hub), `step ${number}, held before its call ${call}`).toEqual(expected)
        if (isOver) break
        held++
      }
    }
    console.info(`late steps held ${held} times, of ${steps} steps`)
    expect(steps).toBeGreaterThan(20)
    expect(held).toBeGreaterThan(200)
  }, 170_000)
})
