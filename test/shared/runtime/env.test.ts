/** The environment is read once, and everything wrong with it is said at once. */
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { systemClock } from '../../../shared/runtime/clock.ts'
import { readEnv } from '../../../shared/runtime/env.ts'
import { Defect } from '../../../shared/runtime/faults.ts'

const SCHEMA = z.object({
  PAYMENT_DECISIONS_TABLE: z.string(),
  PORT: z.coerce.number().check(z.int()),
  CHANNEL: z.enum(['bni', 'pos']),
})
const WHOLE = { PAYMENT_DECISIONS_TABLE: 'payment-decisions', PORT: '2773', CHANNEL: 'bni', PATH: '/bin' }

describe('reading the environment', () => {
  test('a whole one is read, what nobody asked for is left out', () => {
    expect(readEnv(SCHEMA, WHOLE)).toEqual({ PAYMENT_DECISIONS_TABLE: 'payment-decisions', PORT: 2773, CHANNEL: 'bni' })
  })

  test.each<[string, Record<string, string | undefined>, string]>([
    ['one missing', { ...WHOLE, PAYMENT_DECISIONS_TABLE: undefined }, 'PAYMENT_DECISIONS_TABLE (missing)'],
    ['one invalid', { ...WHOLE, CHANNEL: 'topsecret' }, 'CHANNEL (invalid)'],
    ['all wrong', { PORT: 'topsecret' }, 'CHANNEL (missing), PAYMENT_DECISIONS_TABLE (missing), PORT (invalid)'],
  ])('%s is a defect that names it and no value', (_, environment, message) => {
    const attempt = () => readEnv(SCHEMA, environment)
    expect(attempt).toThrow(Defect)
    expect(attempt).toThrow(message)
    expect(attempt).not.toThrow(/topsecret/)
  })
})

test('the clock follows the process, whoever sets it', () => {
  const earliest = Date.now()
  const read = systemClock()()
  expect(read).toBeGreaterThanOrEqual(earliest)
  expect(read).toBeLessThanOrEqual(Date.now())
})
