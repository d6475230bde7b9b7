/** Bodies of queue messages: read by their schema, or parked with the field's name and never its value. */
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { jsonMessages } from '../../../shared/runtime/queue-message.ts'

const read = jsonMessages(z.object({ account: z.string(), chunk: z.optional(z.int()) }))

describe('a body', () => {
  test('of the queue’s shape is a message; what the queue does not know is left out', () => {
    expect(read('{"account":"12345678901","chunk":2,"extra":true}')).toEqual({
      kind: 'message',
      message: { account: '12345678901', chunk: 2 },
    })
  })

  test.each<[string, string, string]>([
    ['that is not JSON', 'topsecret', 'JSON'],
    ['that is empty', '', 'JSON'],
    ['that is no object', '"topsecret"', 'the body'],
    ['without its account', '{"chunk":1}', 'account'],
    ['with a field of another type', '{"account":"a","chunk":"topsecret"}', 'chunk'],
  ])('%s is refused by name, without a value', (_, body, named) => {
    const reading = read(body)
    expect(reading).toEqual({ kind: 'refused', reason: expect.stringContaining(named) })
    expect(JSON.stringify(reading)).not.toContain('topsecret')
  })
})
