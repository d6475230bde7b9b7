/** One definition per route: what the compiler refuses, what a call is read to, and what a reply is held to in every test. */
import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { numberField, textField } from '../../../../functions/serve-console/http/fields.ts'
import { jsonBody } from '../../../../functions/serve-console/http/input.ts'
import { json, problem, rendered } from '../../../../functions/serve-console/http/reply.ts'
import { route } from '../../../../functions/serve-console/http/route.ts'
import { count, shape } from '../../../../functions/serve-console/http/schema.ts'
import type { ConsolePorts } from '../../../../functions/serve-console/ports.ts'
import { callerOf } from '../../../support/caller.ts'
import { checkReply } from '../../../support/checked-console.ts'
import { at } from '../../../support/facts.ts'

const total = shape('TestTotal', 'A total', () => z.strictObject({ total: count() }))
const QUEUE = {
  schema: textField('Queue', 8),
  otherwise: { code: 'UNKNOWN_QUEUE', detail: 'expected a queue' },
} as const
const KNOWN = { operationId: 'test', permission: 'read', summary: 'A test' } as const
const CALLER = callerOf(null, at('2026-11-20T10:00'))
const PORTS = {} as ConsolePorts

/** Answers the sum of what it was asked with. */
const adding = route({
  ...KNOWN,
  method: 'POST',
  path: '/api/test/{name}',
  params: { name: QUEUE },
  query: z.strictObject({ times: z.optional(numberField('How often', 1, 20)) }),
  body: jsonBody(z.strictObject({ by: z.int() })),
  responses: { 200: total },
  problems: ['TOO_FAR_AHEAD'],
  handle: async (_, { path, query: { times = 1 }, body }) =>
    path.name === 'far' ? problem('TOO_FAR_AHEAD', 'expected less') : json(200, { total: times * body.by }),
})

const ask = (name: string, rawQuery: string, body: string) =>
  adding.answer(PORTS, {
    segments: { name },
    rawQuery,
    contentType: 'application/json',
    isBodyExact: true,
    body: Buffer.from(body),
    caller: CALLER,
  })

describe('a call', () => {
  test('reaches its use case as the schemas say: numbers of a query are numbers', async () => {
    expect(await ask('near', 'times=3', '{"by":4}')).toEqual({ kind: 'json', status: 200, body: { total: 12 } })
    expect(await ask('far', '', '{"by":4}')).toMatchObject({ code: 'TOO_FAR_AHEAD' })
  })

  test.each([
    ['a parameter of the path that cannot be one', 'much too long', '', '{"by":4}', 'UNKNOWN_QUEUE'],
    ['the same before anything else', 'much too long', 'x=1', '{', 'UNKNOWN_QUEUE'],
    ['a query parameter that it does not have', 'near', 'time=3', '{"by":4}', 'INVALID_INPUT'],
    ['a query parameter twice', 'near', 'times=3&times=3', '{"by":4}', 'INVALID_INPUT'],
    ['a number out of range', 'near', 'times=21', '{"by":4}', 'INVALID_INPUT'],
    ['a number that is not written plainly', 'near', 'times=3.0', '{"by":4}', 'INVALID_INPUT'],
    ['no JSON', 'near', '', '{"by":', 'NOT_JSON'],
    ['a field that it does not have', 'near', '', '{"by":4,"to":5}', 'INVALID_INPUT'],
    ['a fraction where a whole number belongs', 'near', '', '{"by":4.5}', 'INVALID_INPUT'],
  ])('with %s never reaches it', async (_, name, rawQuery, body, code) => {
    expect(await ask(name, rawQuery, body)).toMatchObject({ kind: 'problem', code })
  })

  test('may be answered with what its definition names and what its input adds, once each', () => {
    expect([...adding.problems].sort()).toEqual(
      [
        'ANSWER_TOO_LARGE',
        'DEFECT',
        'INVALID_INPUT',
        'NOT_ALLOWED',
        'NOT_JSON',
        'NO_ROLE',
        'TOO_FAR_AHEAD',
        'TOO_LARGE',
        'TRY_AGAIN',
        'UNKNOWN_QUEUE',
      ].sort(),
    )
  })
})

describe('a reply is held to its route', () => {
  test.each([
    ['a field too many', json(200, { total: 1, more: 2 }), /unrecognized_keys/],
    ['a field too few', json(200, {}), /total/],
    ['a field of another type', json(200, { total: '1' }), /total/],
    ['another status', json(201, { total: 1 }), /201/],
    ['a code that is not declared', problem('UNKNOWN_BILL', 'expected a bill'), /UNKNOWN_BILL/],
    [
      'CSV where none is declared',
      { kind: 'csv', fileName: 'a', text: '', rows: 0, headers: {} } as const,
      /text\/csv/,
    ],
  ])('%s is found', (_, reply, message) => {
    expect(() => checkReply(adding, rendered(reply))).toThrow(message)
  })

  test('what is declared passes', () => {
    for (const reply of [json(200, { total: 1 }), problem('TOO_FAR_AHEAD', 'expected less')]) {
      expect(() => checkReply(adding, rendered(reply))).not.toThrow()
    }
  })
})

describe('the compiler refuses a definition', () => {
  test('whose use case answers what is not declared, or reads what is not sent', () => {
    const GET = { ...KNOWN, method: 'GET', responses: { 200: total } } as const
    const definitions = [
      // @ts-expect-error: the problem is not declared
      route({ ...GET, path: '/api/test', handle: async () => problem('NO_STATISTICS', 'expected some') }),
      // @ts-expect-error: the body is not the schema's
      route({ ...GET, path: '/api/test', handle: async () => json(200, { sum: 1 }) }),
      // @ts-expect-error: the status is not declared
      route({ ...GET, path: '/api/test', handle: async () => json(202, { total: 1 }) }),
      // @ts-expect-error: the path has a parameter without a schema
      route({ ...GET, path: '/api/test/{name}', handle: async () => json(200, { total: 1 }) }),
      // @ts-expect-error: there is no body
      route({ ...GET, path: '/api/test', handle: async (_, { body }) => json(200, { total: body.by }) }),
    ]
    expect(definitions).toHaveLength(5)
  })
})
