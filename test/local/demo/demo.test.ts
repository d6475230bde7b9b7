/** The demo: the plan is what it says, the endpoints make it true, and making it true twice changes nothing. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { readImportRow } from '../../../functions/serve-console/memberships/import-row.ts'
import { chosenExamples, describeExamples } from '../../../local/demo/examples.ts'
import { type DemoHub, loadDemo } from '../../../local/demo/index.ts'
import { type Loaded, loadMembers } from '../../../local/demo/load.ts'
import { readMarker, writeMarker } from '../../../local/demo/loaded-marker.ts'
import { DEMO_SIZE, type DemoMember, demoMembers } from '../../../local/demo/members.ts'
import { withoutPresent } from '../../../local/demo/past-payments.ts'
import { seededRandom } from '../../../local/demo/random.ts'
import type { CollectedLine } from '../../../local/partner-simulator/collections.ts'
import { MEMBERSHIP_STATUSES } from '../../../shared/domain/coverage.ts'
import { businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import { monthOf } from '../../../shared/domain/month.ts'
import { zoneOf } from '../../../shared/domain/region.ts'
import { FUNDINGS, PROGRAMS, SECTORS } from '../../../shared/domain/tariff.ts'
import { at } from '../../support/facts.ts'
import { consoleInMemory, digestKeys, freshTerminals } from './demo-hub.ts'

const NOW = at('2026-11-20T10:00')
const distinct = (values: Iterable<unknown>) => new Set(values).size

describe('the plan', () => {
  const members = demoMembers(NOW)

  test('is the same on every machine and at every start with the same clock', () => {
    expect(demoMembers(NOW)).toEqual(members)
  })

  test('has 1,000 memberships in five provinces, all time zones, sectors, fundings, programs and statuses', () => {
    expect(members).toHaveLength(DEMO_SIZE)
    expect(distinct(members.map(({ kpj }) => kpj))).toBe(DEMO_SIZE)
    expect(distinct(members.map(({ regionCode }) => regionCode.slice(0, 2)))).toBe(5)
    expect(distinct(members.map(({ regionCode }) => zoneOf(regionCode)))).toBe(3)
    expect(distinct(members.map(({ sector }) => sector))).toBe(SECTORS.length)
    expect(distinct(members.map(({ funding }) => funding))).toBe(FUNDINGS.length)
    expect(distinct(members.map(({ programs }) => programs))).toBe(PROGRAMS.length)
    expect(distinct(members.map(({ status }) => status))).toBe(MEMBERSHIP_STATUSES.length)
    expect(distinct(members.map(({ income }) => income))).toBeGreaterThan(5)
  })

  test('mostly pays for itself, and nobody pays for two memberships himself', () => {
    const own = members.filter(({ funding }) => funding === 'self')
    expect(own.length).toBeGreaterThan(DEMO_SIZE * 0.75)
    expect(distinct(own.map(({ nik }) => nik))).toBe(own.length)
    expect(distinct(members.map(({ nik }) => nik))).toBeLessThan(DEMO_SIZE)
  })

  test('gives every channel something to have taken', () => {
    expect(distinct(members.flatMap(({ payments }) => payments.map(({ channel }) => channel)))).toBe(5)
  })

  test('holds at any instant: rows that the import accepts, payments in the past, in options, after registration', () => {
    const instants = fc.integer({ min: at('2018-01-01T00:00'), max: at('2090-12-31T23:59') })
    fc.assert(
      fc.property(instants, (millis) => {
        const now = millis as Instant
        for (const member of demoMembers(now).filter(({ index }) => index % 5 === 0)) {
          const { kpj, nik, name, regionCode, sector, funding, programs, income, phone, registeredOn } = member
          const fields = [kpj, nik, name, regionCode, sector, funding, programs, String(income), phone, registeredOn]
          const { outcome } = readImportRow(fields, businessDateOf(now))
          const times = member.payments.map((payment) => payment.at)
          const isOrdered = times.every((time, i) => time <= now && (i === 0 || (times[i - 1] ?? 0) < time))
          const first = times[0] === undefined || businessDateOf(times[0] as Instant) >= registeredOn
          const closed = member.closing === null || member.closing.on >= registeredOn
          if (outcome !== 'registration' || !isOrdered || !first || !closed) return false
        }
        return true
      }),
      { numRuns: 12 },
    )
  })
})

describe('the loaded demo', () => {
  // A part of the plan is enough to see each kind of past; the whole is loaded at every first start of the hub.
  const members = demoMembers(NOW).slice(0, 400)
  const keys = digestKeys()
  const hub = consoleInMemory(keys, '2026-11-20T10:00')
  const { console, store } = hub
  const terminals = freshTerminals(withoutPresent(store), keys, hub.now)
  const booked: (CollectedLine & { readonly channel: string })[] = []
  const collections = { record: (channel: string, line: CollectedLine) => void booked.push({ ...line, channel }) }
  let loaded: Loaded
  const load = async (list: readonly DemoMember[]) =>
    loadMembers(
      { console, terminals: await terminals, decisions: store.decisions, collections, now: () => NOW },
      list,
      NOW,
    )
  beforeAll(async () => {
    loaded = await load(members)
    await hub.fold()
  })

  test('stands as planned: the fold of its facts says each status', () => {
    const views = new Map(hub.store.everything().views.map((view) => [view.kpj, view.status]))
    expect(members.filter(({ kpj, status }) => views.get(kpj) !== status)).toEqual([])
  })

  test('was paid in the past: each fact is of the payment’s own instant, and so are its decision and its evidence', () => {
    const { facts, decisions, evidence } = hub.store.everything()
    const paid = facts.filter((fact) => fact.kind === 'payment' && fact.businessDate < businessDateOf(NOW))
    expect(paid.length).toBeGreaterThan(300)
    expect(paid.every((fact) => fact.recordedAt === fact.decidedAt)).toBe(true)
    expect(distinct(paid.map((fact) => monthOf(fact.decidedAt)))).toBeGreaterThan(6)
    expect(decisions).toHaveLength(loaded.payments + loaded.bills)
    const reversals = facts.filter((fact) => fact.kind === 'reversal')
    expect(reversals.length).toBeGreaterThan(0)
    const requests = evidence.map(({ channel, rawQuery, body, receivedAt }) =>
      [channel, rawQuery, Buffer.from(body).toString('hex'), receivedAt].join(' '),
    )
    expect(distinct(requests)).toBe(decisions.length + reversals.length)
  })

  test('is in the partners’ collections of the last days, line by line, as the hub took it', () => {
    const from = NOW - 4 * 86_400_000
    const rowOf = (source: string, id: string, amount: number) => `${source} ${id} ${amount}`
    const { facts } = hub.store.everything()
    const taken = facts.flatMap((fact) =>
      fact.kind === 'payment' && fact.decidedAt >= from ? [rowOf(fact.source, fact.id[0] ?? '', fact.amount)] : [],
    )
    expect(taken.length).toBeGreaterThan(20)
    const lines = booked.filter(({ at, status }) => at >= from && status === 'S')
    expect([...new Set(lines.map(({ channel, id, amount }) => rowOf(channel, id, amount)))].sort()).toEqual(
      taken.sort(),
    )
  })

  test('names examples of every status, with what the next month costs', async () => {
    const examples = await describeExamples(members, hub.store.facts, NOW)
    for (const status of MEMBERSHIP_STATUSES) {
      expect(examples[status].map((example) => example.status)).toEqual(Array(5).fill(status))
    }
    expect(examples.unpaid[0]?.payable?.month).toBe('2026-11')
    expect(examples.unpaid[0]?.payable?.amountRupiah).toBeGreaterThan(0)
    expect(examples.closed[0]?.payable).toBeNull()
    expect(examples.sponsored.every(({ funding }) => funding !== 'self')).toBe(true)
    expect([...chosenExamples(members).values()].flat()).toHaveLength(30)
  })

  test('loaded again puts nothing: no fact, no decision, no bill', async () => {
    const count = () => {
      const { facts, decisions, bills } = hub.store.everything()
      return [facts.length, decisions.length, bills.length]
    }
    const before = count()
    const some = members.filter(({ index, closing }) => index % 10 === 0 || closing)
    const again = await load(
      some.concat(members.filter(({ payments }) => payments.some(({ isReversed }) => isReversed))),
    )
    expect(again.payments).toBeGreaterThan(0)
    expect(count()).toEqual(before)
  })
})

test('seeded numbers repeat with their seed and stay within their bounds', () => {
  const draw = (seed: string) => Array.from({ length: 50 }, seededRandom(seed).fraction)
  expect(draw('a')).toEqual(draw('a'))
  expect(draw('a')).not.toEqual(draw('b'))
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: -50, max: 50 }), fc.nat({ max: 50 }), (seed, first, width) => {
      const random = seededRandom(seed)
      const drawn = Array.from({ length: 20 }, () => random.whole(first, first + width))
      return drawn.every((number) => number >= first && number <= first + width)
    }),
    { numRuns: 50 },
  )
})

describe('a start', () => {
  const hubIn = (dataDir: string, now: number, reply: string[]): DemoHub => ({
    url: 'http://127.0.0.1:1',
    dataDir,
    now: () => now,
    dynamoEndpoint: 'http://127.0.0.1:1',
    tables: {
      'payment-decisions': 'c',
      facts: 'f',
      memberships: 'm',
      contacts: 'o',
      bills: 'b',
      'evidence-data-keys': 'e',
    },
    secret: () => Promise.reject(new Error('expected the secret, there is none')),
    say: (line) => void reply.push(line),
  })
  const inFolder = async (work: (folder: string) => Promise<void>) => {
    const folder = mkdtempSync(join(tmpdir(), 'hub-test-'))
    await work(folder)
    rmSync(folder, { recursive: true })
  }

  test('that finds the demo loaded does nothing and says nothing', () =>
    inFolder(async (folder) => {
      await writeMarker(folder, { asOf: NOW, state: 'loaded' })
      const reply: string[] = []
      await loadDemo(hubIn(folder, NOW + 1, reply))
      expect(reply).toEqual([])
    }))

  test('on which the demo fails is a start all the same, and the next one goes on with the same plan', () =>
    inFolder(async (folder) => {
      const reply: string[] = []
      await loadDemo(hubIn(folder, NOW, reply))
      await loadDemo(hubIn(folder, NOW + 86_400_000, reply))
      expect(reply).toHaveLength(2)
      expect(reply[0]).toMatch(/^Demo: not complete, the next start goes on with it/)
      expect(await readMarker(folder)).toEqual({ asOf: NOW, state: 'loading' })
    }))

  test('with a clock before the tariff leaves the demo out', () =>
    inFolder(async (folder) => {
      const reply: string[] = []
      await loadDemo(hubIn(folder, at('1999-01-01T00:00'), reply))
      expect(reply[0]).toMatch(/^Demo: left out/)
      expect(await readMarker(folder)).toBeUndefined()
    }))
})
