import { describe, expect, test } from 'vitest'
import { patiently } from '../../../functions/reconcile-settlement/patiently.ts'
import { Defect, Throttled, Transient } from '../../../shared/runtime/faults.ts'

const away = () => new Transient('AWAY', 'expected the store to answer')

/** Fails with each of these in turn, then succeeds. */
function workAfter(...errors: readonly Error[]) {
  const left = [...errors]
  const waited: number[] = []
  const work = async () => {
    const error = left.shift()
    if (error) throw error
    return 'done'
  }
  return { waited, run: () => patiently(work, async (millis) => void waited.push(millis)) }
}

describe('patience', () => {
  test('is not needed where nothing fails', async () => {
    const { run, waited } = workAfter()
    expect(await run()).toBe('done')
    expect(waited).toEqual([])
  })

  test('outlasts what passes, waiting longer each time', async () => {
    const { run, waited } = workAfter(away(), new Throttled('too often'), away())
    expect(await run()).toBe('done')
    expect(waited).toEqual([500, 3_000, 15_000])
  })

  test('ends: the fourth failure goes back to the queue', async () => {
    const { run } = workAfter(away(), away(), away(), away())
    await expect(run()).rejects.toBeInstanceOf(Transient)
  })

  test('has none for a defect', async () => {
    const { run, waited } = workAfter(new Defect('BROKEN', 'expected it to work'))
    await expect(run()).rejects.toBeInstanceOf(Defect)
    expect(waited).toEqual([])
  })
})
