/** Traffic: every story ends as told on a hub that works, and is noticed on one that does not. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { seededRandom } from '../../../local/demo/random.ts'
import { meaningOf } from '../../../local/partner-simulator/answers.ts'
import { customersFrom, demoCustomers, registerNewcomers } from '../../../local/partner-simulator/customers.ts'
import { type PlayOptions, play, playOne } from '../../../local/partner-simulator/play.ts'
import { type EarlierPayment, SCENARIOS, type ScenarioName } from '../../../local/partner-simulator/scenarios.ts'
import { type Terminal, terminalOf, withSpoiledSignature } from '../../../local/partner-simulator/terminal.ts'
import { startTraffic, trafficPace } from '../../../local/partner-simulator/traffic.ts'
import { trafficLog, type Unexpected } from '../../../local/partner-simulator/traffic-log.ts'
import { allocate } from '../../../shared/domain/allocation.ts'
import { RULES } from '../../../shared/domain/rules.ts'
import { at } from '../../support/facts.ts'
import { consoleInMemory, digestKeys, freshTerminals } from '../demo/demo-hub.ts'

const NOW = at('2026-11-20T10:00')
const NAMES = Object.keys(SCENARIOS) as ScenarioName[]

function countingLog() {
  const unexpected: Unexpected[] = []
  const notes: string[] = []
  const counts = { scenarios: 0, answers: 0, unexpected: 0 }
  const log = {
    countScenario: () => void counts.scenarios++,
    countAnswer: () => void counts.answers++,
    unexpected: (what: Unexpected) => void unexpected.push(what),
    note: (name: string) => void notes.push(name),
    sum: () => {},
    counts: () => counts,
  }
  return { log, unexpected, notes, counts }
}

async function hubWithTerminals() {
  const keys = digestKeys()
  const hub = consoleInMemory(keys, '2026-11-20T10:00')
  const terminals = [...(await freshTerminals(hub.store, keys, hub.now)).values()].map(({ profile, past, today }) =>
    terminalOf(profile.name, profile.protocol, today, past.sendAt(NOW)),
  )
  const newcomers = await registerNewcomers(hub.console, seededRandom('newcomers'), NOW, 40)
  return { hub, terminals, newcomers }
}

let stages = 0
type Hub = Awaited<ReturnType<typeof hubWithTerminals>>

function stageOn({ terminals, newcomers }: Hub, changed: Partial<PlayOptions> = {}) {
  const random = seededRandom(`options ${stages++}`)
  const kept = countingLog()
  const options: PlayOptions = {
    paymentsPerSecond: 200,
    random,
    customers: customersFrom(random, newcomers),
    terminals: () => terminals,
    epoch: () => 0,
    replenish: () => {},
    log: kept.log,
    ...changed,
  }
  return { options, ...kept }
}

describe('on a hub that works', () => {
  let hub: Hub
  beforeAll(async () => {
    hub = await hubWithTerminals()
  })

  test.each(NAMES)('the story "%s" ends as told, at every channel', async (name) => {
    const { options, unexpected, notes, counts } = stageOn(hub, { scenarios: [name] })
    const memory: EarlierPayment[] = []
    for (let i = 0; i < 12; i++) await playOne(options, memory)
    expect([unexpected, notes]).toEqual([[], []])
    expect(counts.answers).toBeGreaterThanOrEqual(12)
  })

  test('stories side by side leave every rupiah in one place', async () => {
    const { options, unexpected, notes } = stageOn(hub)
    const memory: EarlierPayment[] = []
    for (let round = 0; round < 4; round++) {
      await Promise.all(Array.from({ length: 25 }, () => playOne(options, memory)))
    }
    expect([unexpected, notes]).toEqual([[], []])
    const facts = hub.hub.store.everything().facts
    for (const [, own] of Map.groupBy(facts, ({ account }) => account)) {
      const paid = own.reduce((sum, fact) => sum + (fact.kind === 'payment' ? fact.amount : 0), 0)
      const places = allocate(own, RULES).byFact
      expect(places.reduce((sum, p) => sum + p.allocated + p.credit + p.billReturn + p.suspense + p.reversed, 0)).toBe(
        paid,
      )
    }
    expect(facts.filter(({ kind }) => kind === 'payment').length).toBeGreaterThan(100)
  })

  test('a customer who has paid as far ahead as one may does not come back', async () => {
    const { options } = stageOn(hub, { customers: customersFrom(seededRandom('one'), hub.newcomers.slice(0, 1)) })
    const memory: EarlierPayment[] = []
    for (let i = 0; i < 60 && options.customers.waiting() > 0; i++) await playOne(options, memory)
    expect(options.customers.waiting()).toBe(0)
  })

  test('the pace is kept, and nothing begins after the stop', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    try {
      const { options, counts } = stageOn(hub, { paymentsPerSecond: 20 })
      const stop = play(options)
      vi.advanceTimersByTime(1_000)
      expect(counts.scenarios).toBe(20)
      stop()
      vi.advanceTimersByTime(1_000)
      expect(counts.scenarios).toBe(20)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('on a hub that is wrong', () => {
  const heardBy = (terminal: Terminal, answer: Partial<Awaited<ReturnType<Terminal['pay']>>>): Terminal => {
    const wrong = async (ask: ReturnType<Terminal['pay']>) => ({ ...(await ask), ...answer })
    const { reverse } = terminal
    return {
      ...terminal,
      pay: (call) => wrong(terminal.pay(call)),
      forge: (call) => wrong(terminal.forge(call)),
      reverse: reverse && ((call) => wrong(reverse(call))),
    }
  }

  test.each(['forged', 'wrong-amount', 'unknown-customer', 'conflict'] as const)(
    'accepting what is %s is written down',
    async (name) => {
      const hub = await hubWithTerminals()
      const terminals = hub.terminals.map((terminal) => heardBy(terminal, { meaning: 'accepted' }))
      const { options, unexpected } = stageOn({ ...hub, terminals }, { scenarios: [name] })
      await playOne(options, [])
      expect(unexpected[0]).toMatchObject({ scenario: name, outcome: 'accepted' })
    },
  )

  test('another reference on a repeat is written down', async () => {
    const hub = await hubWithTerminals()
    let calls = 0
    const terminals = hub.terminals.map((terminal) => ({
      ...terminal,
      pay: async (call: Parameters<Terminal['pay']>[0]) => {
        const answered = await terminal.pay(call)
        return calls++ === 0 ? answered : { ...answered, answer: { ...answered.answer, hubReference: 'another' } }
      },
    }))
    const { options, unexpected } = stageOn({ ...hub, terminals }, { scenarios: ['advice'] })
    await playOne(options, [])
    expect(unexpected[0]).toMatchObject({ step: 'repeat', outcome: 'odd' })
  })

  test('nothing is judged across a move of the clock', async () => {
    const hub = await hubWithTerminals()
    let epoch = 0
    const terminals = hub.terminals.map((terminal) => heardBy(terminal, { meaning: 'unauthorised' }))
    const { options, unexpected, counts } = stageOn(
      { ...hub, terminals },
      { scenarios: ['good'], epoch: () => epoch++ },
    )
    await playOne(options, [])
    expect(unexpected).toEqual([])
    expect(counts.answers).toBeGreaterThan(0)
  })

  test('an error in a story ends the story only, and its customer comes back', async () => {
    const hub = await hubWithTerminals()
    const terminals = hub.terminals.map((terminal) => ({
      ...terminal,
      inquire: () => Promise.reject(new TypeError('secret 3578')),
    }))
    const { options, notes } = stageOn({ ...hub, terminals }, { scenarios: ['good'] })
    await playOne(options, [])
    expect(notes).toEqual(['TypeError'])
    expect(options.customers.waiting()).toBe(hub.newcomers.length)
  })

  test('a thread that cannot start says so and throws nothing', async () => {
    const options = { url: 'http://127.0.0.1:1', dataDir: '/nonexistent', clock: new SharedArrayBuffer(8) }
    const reply: string[] = []
    const traffic = startTraffic({ ...options, paymentsPerSecond: 1 }, (line) => reply.push(line))
    await expect.poll(() => reply.length, { timeout: 20_000 }).toBe(1)
    await traffic.stop()
    expect(reply[0]).toContain('the hub goes on')
  })
})

test('half of the demo’s own payers come to the terminals, and none of the examples', () => {
  const customers = demoCustomers(NOW)
  expect(customers.length).toBeGreaterThan(300)
  expect(new Set(customers.map(({ id }) => id.length))).toEqual(new Set([11, 16]))
})

test.each([
  [undefined, 2],
  ['', 2],
  ['on', 2],
  ['off', null],
  ['25', 25],
  ['0.5', 0.5],
])('HUB_TRAFFIC=%s plays %s payments a second', (setting, pace) => {
  expect(trafficPace(setting)).toBe(pace)
})

test.each(['0', '-1', 'fast', '100000'])('HUB_TRAFFIC=%s is refused in plain words', (setting) => {
  expect(() => trafficPace(setting)).toThrow('expected HUB_TRAFFIC to be "off" or payments per second')
})

test('a spoiled signature differs in one character, wherever the protocol carries it', () => {
  const header = { method: 'POST', url: 'http://h/x', headers: { 'X-SIGNATURE': 'aaaa', other: 'aaaa' }, body: 'b' }
  expect(withSpoiledSignature(header)).toEqual({ ...header, headers: { 'X-SIGNATURE': 'aaba', other: 'aaaa' } })
  const query = { method: 'GET', url: 'http://h/x?A=1&Signature=ffff', headers: {}, body: null }
  expect(withSpoiledSignature(query)).toEqual({ ...query, url: 'http://h/x?A=1&Signature=ffaf' })
})

test('a body that is not the protocol’s is a timeout, whatever its status says', () => {
  const nothing = {
    accepted: false,
    amountRupiah: null,
    adminFeeRupiah: null,
    months: [],
    hubReference: null,
    body: '',
  }
  for (const status of [0, 200, 429, 503, 504]) {
    expect(meaningOf('hub-h2h', { ...nothing, status, code: '' })).toBe('no-answer')
  }
  expect(meaningOf('snap', { ...nothing, status: 504, code: '5042500' })).toBe('no-answer')
  expect(meaningOf('snap', { ...nothing, status: 404, code: '4042499' })).toBe('odd')
})

test('the traffic log holds words and codes only', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hub-test-'))
  const path = join(folder, 'logs', 'traffic.jsonl')
  const log = trafficLog(path, 'seed', () => NOW)
  log.unexpected({ channel: 'pos', scenario: 'good', step: 'payment', outcome: 'odd', code: 'BUDI 0812', status: 200 })
  log.sum()
  await expect.poll(() => readFileSync(path, 'utf8').trim().split('\n').length, { timeout: 5_000 }).toBe(3)
  const [start, odd, sum] = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  rmSync(folder, { recursive: true })
  expect(start).toMatchObject({ kind: 'start', seed: 'seed' })
  expect(odd).toEqual({
    at: '2026-11-20T03:00:00.000Z',
    kind: 'good',
    channel: 'pos',
    step: 'payment',
    outcome: 'odd',
    code: '?',
    status: 200,
  })
  expect(sum).toMatchObject({ kind: 'sum', unexpected: 1 })
})
