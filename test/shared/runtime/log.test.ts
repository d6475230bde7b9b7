/** The log: what may leave the process, and that events that interleave never mix. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { suspenseAccount } from '../../../shared/domain/account.ts'
import { Defect, Transient } from '../../../shared/runtime/faults.ts'
import { allowed, createLog, LOG_FIELDS, type LogFields } from '../../../shared/runtime/log.ts'
import { describeError, scrub } from '../../../shared/runtime/log-error.ts'

const NIK = '3174010101900001'
const KPJ = '12345678901'
const PHONE = '+6281234567890'
const REFERENCE = 'CH0123456789ABCDEF'

function recorder() {
  const lines: string[] = []
  const log = createLog({ service: 'answer-channel', level: 'DEBUG', write: (line) => lines.push(line) })
  return { log, lines, read: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

/** What a careless caller could pass past the type check. */
const careless = (fields: Record<string, unknown>) => fields as LogFields

describe('a line', () => {
  test('says level, message, time, service, reference and fields, in one line of JSON', () => {
    const { log, lines, read } = recorder()
    log.withCorrelation(REFERENCE).info('A payment was accepted', { account: KPJ, channel: 'bni', latencyMillis: 12.5 })
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toContain('\n')
    expect(read()[0]).toEqual({
      level: 'INFO',
      message: 'A payment was accepted',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      service: 'answer-channel',
      sampling_rate: 0,
      correlationId: REFERENCE,
      account: KPJ,
      channel: 'bni',
      latencyMillis: 12.5,
    })
  })

  test('has its own level', () => {
    const { log, read } = recorder()
    log.debug('a')
    log.info('b')
    log.warn('c')
    log.error('d')
    expect(read().map(({ level }) => level)).toEqual(['DEBUG', 'INFO', 'WARN', 'ERROR'])
  })

  test('below the level is not written', () => {
    const lines: string[] = []
    const log = createLog({ service: 'sweep-memberships', level: 'WARN', write: (line) => lines.push(line) })
    log.info('quiet')
    log.warn('loud')
    expect(lines).toHaveLength(1)
  })

  test('leaves out what is not there', () => {
    const { log, read } = recorder()
    log.info('A view was written', { account: null, channel: undefined, facts: 0 })
    expect(read()[0]).not.toHaveProperty('account')
    expect(read()[0]).not.toHaveProperty('droppedFields')
    expect(read()[0]).toMatchObject({ facts: 0 })
  })
})

describe('what never leaves', () => {
  test.each<[string, Record<string, unknown>, string]>([
    ['a field that nobody declared', { nik: NIK }, NIK],
    ['a field named like a person', { [NIK]: 1 }, NIK],
    ['a NIK as an account', { account: NIK }, NIK],
    ['a NIK in a word', { outcome: `x${NIK}` }, NIK],
    ['a NIK as a number', { count: Number(NIK) }, NIK],
    ['a KPJ anywhere but in account', { code: `K${KPJ}` }, KPJ],
    ['a phone number', { actor: PHONE.slice(1) }, PHONE.slice(1)],
    ['a name', { outcome: 'BUDI SANTOSO' }, 'BUDI'],
    ['an e-mail address', { actor: 'budi@example.org' }, 'budi'],
    ['a key', { code: 'whsec_c2VjcmV0+/==' }, 'c2VjcmV0'],
    ['a second line', { outcome: 'a\n{"level":"INFO"}' }, '{\\"level'],
    ['an object', { outcome: { nik: NIK } }, NIK],
    ['a list', { outcome: [NIK] }, NIK],
    ['a path with an account in it', { route: `GET /api/participants/${NIK}` }, NIK],
    ['a NIK as a request id', { requestId: NIK }, NIK],
  ])('%s', (_, fields, secret) => {
    const { log, lines, read } = recorder()
    log.info('Something happened', careless(fields))
    expect(lines[0]).not.toContain(secret)
    expect(read()[0]).toHaveProperty('droppedFields')
  })

  test('a NIK as the correlation id', () => {
    const { log, lines } = recorder()
    log.withCorrelation(NIK).info('Something happened')
    expect(lines[0]).not.toContain(NIK)
    expect(lines[0]).not.toContain('correlationId')
  })

  test('no NIK, whatever field it is put into and however it is dressed', () => {
    const digits = fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: 13, maxLength: 13 })
      .map((list) => list.join(''))
    // Provinces run from 11 to 96: no NIK begins with 99.
    const nik = fc.tuple(fc.integer({ min: 110, max: 969 }), digits).map(([head, tail]) => `${head}${tail}`)
    const dressed = fc
      .tuple(nik, fc.constantFrom('', 'a', '-', 'k:', ' '))
      .map(([id, dress]) => [id, `${dress}${id}`] as const)
    const field = fc.constantFrom(...Object.keys(LOG_FIELDS), 'nik', 'message', 'correlationId', 'level')
    fc.assert(
      fc.property(dressed, field, ([id, value], name) => {
        const { log, lines } = recorder()
        log.withCorrelation(value).info(`It was ${value}`, careless({ [name]: value }))
        log.error('It failed', { error: new Defect('A', `expected ${value}`) })
        log.error('It failed', { error: new Error(value, { cause: new Transient('B', value) }) })
        expect(lines.join('\n')).not.toContain(id)
      }),
    )
  })
})

/** As its producers write it, one for each field whose shape is its own. */
const EXAMPLES: { readonly [N in keyof typeof LOG_FIELDS]?: readonly string[] } = {
  account: [KPJ, '9900000000000178', suspenseAccount('bni', '2026-11-20.1')],
  sponsor: ['desa-sukamaju.2026', 'pt-1'],
  secretName: ['hub/channels/bni'],
  certificateSubject: ["C=ID, O=Bank (Persero), CN=h2h.bank.example/+:'&"],
  route: ['GET /api/participants/{kpj}', '$default', 'POST'],
  requestId: ['JKJaXmPLvHcESHA='],
  messageId: ['0b6d1c1e-8a4e-4f0a-9d7e-2f6c0a1b3c4d', '0b6d1c1e-8a4e-4f0a-9d7e-123456789012'],
  actor: ['operator:7', '0b6d1c1e-8a4e-4f0a-9d7e-123456789012'],
  day: ['2026-11-20'],
  month: ['2026-11'],
  hash: ['ab01'.repeat(16)],
}
const FIELDS = Object.keys(LOG_FIELDS) as (keyof typeof LOG_FIELDS)[]

describe('every field', () => {
  test.each(FIELDS)('%s keeps what it is for, whole, and nothing before or behind it', (name) => {
    if (LOG_FIELDS[name] === 'number') {
      expect(allowed({ [name]: -12.5 })).toEqual({ [name]: -12.5 })
      for (const other of ['12', 10_000_000_000, -10_000_000_000, Number.NaN, true])
        expect(allowed({ [name]: other })).toEqual({ droppedFields: [name] })
      expect(allowed({ [name]: 9_999_999_999 })).toEqual({ [name]: 9_999_999_999 })
      return
    }
    for (const value of EXAMPLES[name] ?? ['bad-signature', 'a'.repeat(64)]) {
      expect(allowed({ [name]: value })).toEqual({ [name]: value })
      for (const more of [`${value}\nBUDI`, `BUDI\n${value}`, `\n${value}`, `${value}\n`])
        expect(allowed({ [name]: more })).toEqual({ droppedFields: [name] })
    }
    expect(allowed({ [name]: '' })).toEqual({ droppedFields: [name] })
  })

  test('of another name is dropped without that name', () => {
    expect(allowed({ nik: 1, [NIK]: 1 })).toEqual({ droppedFields: ['(unknown)', '(unknown)'] })
  })

  test.each(['\nJKJaXmPLvHcESHA=', 'JKJaXmPLvHcESHA=\n', `${REFERENCE}\n`, `\n${REFERENCE}`])(
    'no event is called %j',
    (id) => {
      const { log, read } = recorder()
      log.withCorrelation(id).info('Something happened')
      expect(read()[0]).not.toHaveProperty('correlationId')
    },
  )
})

describe('errors', () => {
  test('ours say all: code, message, place and cause', () => {
    const cause = new Transient('QUEUE_SEND', 'expected the queue to answer')
    expect(describeError(new Defect('TERMS_GAP', 'expected terms at 2026-11', { cause }))).toEqual({
      name: 'Defect',
      code: 'TERMS_GAP',
      message: 'expected terms at 2026-11',
      stack: expect.arrayContaining([expect.stringContaining('log.test.ts')]),
      cause: expect.objectContaining({
        name: 'Transient',
        code: 'QUEUE_SEND',
        message: 'expected the queue to answer',
      }),
    })
  })

  test("a library's say name, code, status and place, never their message", () => {
    const error = Object.assign(new Error(`item {"name":"BUDI","nik":"${NIK}"}\n    at BUDI`), {
      name: 'ConditionalCheckFailedException',
      code: 'ECONNRESET',
      $metadata: { httpStatusCode: 400 },
    })
    const described = describeError(error)
    expect(described).toMatchObject({ name: 'ConditionalCheckFailedException', code: 'ECONNRESET', httpStatus: 400 })
    expect(described).not.toHaveProperty('message')
    expect(JSON.stringify(described)).not.toMatch(/BUDI|3174/)
    expect(described.stack.length).toBeGreaterThan(0)
  })

  test.each([undefined, null, 'BUDI', 7, { name: 'BUDI' }])('thrown %j is described without its value', (thrown) => {
    expect(JSON.stringify(describeError(thrown))).not.toMatch(/BUDI|7/)
  })

  test.each(['Some\nname', 'BUDI SANTOSO', `E${NIK}`, '', 'a'.repeat(65)])(
    'an error that calls itself %j has no name, and its code is left out',
    (name) => {
      const described = describeError(Object.assign(new Error('x'), { name, code: name }))
      expect(described).toEqual({ name: 'Error', stack: expect.any(Array) })
    },
  )

  test('a code may stand in capitals, and a status that is no number is none', () => {
    const error = Object.assign(new Error('x'), { Code: 'NoSuchKey', $metadata: { httpStatusCode: '404' } })
    expect(describeError(error)).toEqual({ name: 'Error', code: 'NoSuchKey', stack: expect.any(Array) })
    expect(describeError(Object.assign(new Error('x'), { code: 7 }))).not.toHaveProperty('code')
  })

  test('causes are followed to the third', () => {
    const deep = new Defect('A', 'a', {
      cause: new Defect('B', 'b', { cause: new Defect('C', 'c', { cause: new Defect('D', 'd') }) }),
    })
    const third = describeError(deep).cause?.cause
    expect(third).toMatchObject({ code: 'C' })
    expect(third).not.toHaveProperty('cause')
  })

  test('places are the first twelve, as the engine names them; a message that looks like none is no place', () => {
    const error = new Error('x')
    const places = Array.from({ length: 20 }, (_, i) => `    at work (file:///var/task/index.mjs:${i + 1}:7)`)
    const none = ['    at BUDI SANTOSO', 'at x.js:1:1', 'BUDI    at x (a.js:1:1)', '    at (<anonymous>) BUDI']
    error.stack = ['Error: x', ...none, ...places].join('\n')
    expect(describeError(error).stack).toEqual(places.slice(0, 12).map((line) => line.trim()))
    error.stack = ['Error: x', '    at new Promise (<anonymous>)', '    at node:internal/timers:581:17'].join('\n')
    expect(describeError(error).stack).toEqual(['at new Promise (<anonymous>)', 'at node:internal/timers:581:17'])
    Object.assign(error, { stack: 7 })
    expect(describeError(error).stack).toEqual([])
  })

  test('a chain of causes that bites its own tail ends', () => {
    const error = new Error('a')
    error.cause = error
    expect(JSON.stringify(describeError(error)).length).toBeLessThan(20_000)
  })

  test.each<[string, string]>([
    ['a NIK in groups', 'it was 3174-0101-0190-0001'],
    ['a phone number', `it was ${PHONE}`],
    ['a bearer token', 'it was Bearer abc.def.ghi'],
    ['a JSON web token', 'it was eyJhbGciOiJI.eyJzdWIi.c2ln'],
    ['a webhook secret', 'it was whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    ['a private key', 'it was -----BEGIN PRIVATE KEY-----\nMIIE\nabc\n-----END PRIVATE KEY-----'],
    ['a private key cut short', 'it was -----BEGIN PRIVATE KEY-----\nMIIE\nabc'],
    ['a long signature', `it was ${'ab0'.repeat(20)}`],
  ])('%s is scrubbed from text', (_, text) => {
    expect(scrub(text)).toMatch(/^it was \+?\[(removed|number)\]$/)
  })

  test('plain sentences stay as they are', () => {
    const text = 'expected 1, 2, 3, 6 or 12 months from 2026-11, got 4'
    expect(scrub(text)).toBe(text)
  })
})

describe('events that interleave', () => {
  test('never carry the reference of another', async () => {
    const { log, read } = recorder()
    const events = Array.from({ length: 16 }, (_, i) => ({ id: `CH${String(i).padStart(16, '0')}`, line: i }))
    await Promise.all(
      events.map(async ({ id, line }) => {
        const mine = log.withCorrelation(id)
        for (let step = 0; step < 5; step++) {
          mine.info('A step was taken', { line })
          await new Promise(setImmediate)
        }
      }),
    )
    log.info('All is quiet')
    const lines = read()
    expect(lines).toHaveLength(81)
    for (const { id, line } of events) {
      expect(lines.filter((one) => one.correlationId === id).map((one) => one.line)).toEqual(Array(5).fill(line))
    }
    expect(lines.at(-1)).not.toHaveProperty('correlationId')
  })
})
