import { describe, expect, test } from 'vitest'
import { Defect, Throttled, Transient, UnknownOutcome } from '../../../shared/runtime/faults.ts'
import { retryTransient, retryUnknownOutcome } from '../../../shared/runtime/retry.ts'

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
  return { waited, work, run: () => retryTransient(work, async (millis) => void waited.push(millis)) }
}

describe('work that met a passing fault', () => {
  test('is not tried again where nothing fails', async () => {
    const { run, waited } = workAfter()
    expect(await run()).toBe('done')
    expect(waited).toEqual([])
  })

  test('is tried again, after a longer pause each time', async () => {
    const { run, waited } = workAfter(away(), new Throttled('too often'), away())
    expect(await run()).toBe('done')
    expect(waited).toEqual([500, 3_000, 15_000])
  })

  test('is given up: the fourth failure goes back to the queue', async () => {
    const { run } = workAfter(away(), away(), away(), away())
    await expect(run()).rejects.toBeInstanceOf(Transient)
  })

  test('is not tried again after a defect', async () => {
    const { run, waited } = workAfter(new Defect('BROKEN', 'expected it to work'))
    await expect(run()).rejects.toBeInstanceOf(Defect)
    expect(waited).toEqual([])
  })
})

describe('a write of unknown outcome', () => {
  const unknown = () => new UnknownOutcome('expected an answer, none came')
  test('is asked once more', async () => {
    expect(await retryUnknownOutcome(workAfter(unknown()).work)).toBe('done')
  })
  test('twice unknown is thrown', async () => {
    await expect(retryUnknownOutcome(workAfter(unknown(), unknown()).work)).rejects.toBeInstanceOf(UnknownOutcome)
  })
  test.each([new Throttled('too often'), new Defect('BROKEN', 'expected it to work')])(
    'any other fault is thrown at once: %s',
    async (error) => {
      await expect(retryUnknownOutcome(workAfter(error).work)).rejects.toBe(error)
    },
  )
})
