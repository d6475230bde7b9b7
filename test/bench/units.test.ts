/**
 * The write units of every call, exactly: who adds an index entry or a second write to a payment hears it here.
 * Counted by bench/unit-count.ts from the real protocols, use cases and adapters against a real table.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ACCOUNT_SIZES, countUnits, type Step, type UnitCount } from '../../bench/unit-count.ts'
import { createTables, startDatabase, type TestDatabase } from '../support/dynoxide.ts'

let database: TestDatabase
let counted: readonly UnitCount[]

beforeAll(async () => {
  database = await startDatabase()
  counted = await countUnits(database.endpoint, await createTables(database.endpoint))
})
afterAll(() => database.stop())

type Units = Readonly<Partial<Record<Step, number>>>
const FACT = { fact: 1, index: 1, view: 1 }
/** Only where an inquiry signs what a reversal signs, and only under an id that is decided. */
const MARK = { 'inquiry-mark': 1 }
const EXTERNAL = { 'external-id': 1 }
/** The decision and the bill in one transaction, the bill's fact and its index, the member's share and its view. */
const BILL = { decision: 2, bill: 2, fact: 2, index: 1, view: 1 }

const EXPECTED: readonly [protocol: string, call: string, units: Units][] = [
  ['snap', 'inquiry', EXTERNAL],
  ['snap', 'inquiry after the payment', EXTERNAL],
  ['snap', 'payment', { ...EXTERNAL, decision: 1, ...FACT }],
  ['snap', 'payment by KPJ', { ...EXTERNAL, decision: 1, ...FACT }],
  ['snap', 'payment of 12 months, 3 programs', { ...EXTERNAL, decision: 1, ...FACT }],
  ['snap', 'payment of a bill', { ...EXTERNAL, ...BILL }],
  ['snap', 'duplicate', EXTERNAL],
  ['snap', 'duplicate, external id kept', EXTERNAL],
  ['snap', 'refusal', { ...EXTERNAL, decision: 1 }],
  ...['pipe-h2h', 'hub-h2h'].flatMap((protocol): [string, string, Units][] => [
    [protocol, 'inquiry', {}],
    [protocol, 'inquiry after the payment', protocol === 'pipe-h2h' ? MARK : {}],
    [protocol, 'payment', { decision: 1, ...FACT }],
    [protocol, 'payment by KPJ', { decision: 1, ...FACT }],
    [protocol, 'duplicate by KPJ', {}],
    [protocol, 'payment of 12 months, 3 programs', { decision: 1, ...FACT }],
    [protocol, 'payment of a bill', BILL],
    [protocol, 'duplicate', {}],
    [protocol, 'refusal', { decision: 1 }],
    [protocol, 'reversal', FACT],
    [protocol, 'duplicate of the reversal', {}],
  ]),
  ['hub-h2h', 'status', {}],
]

describe('write units by the rules of DynamoDB', () => {
  test.each(EXPECTED)(
    '%s: a %s costs what it must and nothing more, however many facts there are',
    (protocol, call, units) => {
      const rows = counted.filter((row) => row.protocol === protocol && row.call === call)
      const total = Object.values(units).reduce((sum, each) => sum + each, 0)
      expect(rows.length).toBeGreaterThan(0)
      expect(rows.map(({ writes, written }) => ({ writes, written }))).toEqual(
        rows.map(() => ({ writes: units, written: total })),
      )
    },
  )

  test('no call is counted that this table does not name', () => {
    const named = EXPECTED.map(([protocol, call]) => `${protocol}: ${call}`)
    expect([...new Set(counted.map(({ protocol, call }) => `${protocol}: ${call}`))].sort()).toEqual(named.sort())
  })

  test('the table itself reports the same, but for the failed condition of an external id used twice', () => {
    const others = counted.filter(({ written, writtenReported }) => written !== writtenReported)
    expect(others.map(({ call }) => call)).toEqual(ACCOUNT_SIZES.map(() => 'duplicate, external id kept'))
    expect(others.map(({ writtenReported }) => writtenReported)).toEqual(ACCOUNT_SIZES.map(() => 0))
  })
})

describe('read units by the rules of DynamoDB', () => {
  test('are the same for every protocol, and grow only with what an account holds', () => {
    const reads = counted
      .filter(({ call }) => call === 'payment')
      .map(({ facts, readAtEndpoint, readByFold }) => [facts, readAtEndpoint, readByFold])
    const once = [
      [1, 5, 2],
      [12, 5, 2],
      [120, 9, 6],
    ]
    expect(reads).toEqual([...once, ...once, ...once])
  })
})

describe('calls to DynamoDB', () => {
  const callsOf = (protocol: string, call: string) => {
    const rows = counted.filter((row) => row.protocol === protocol && row.call === call)
    return [
      ...new Set(rows.map((row) => `${row.callsAtEndpoint} (${row.tripsAtEndpoint} in a row), ${row.callsOfFold}`)),
    ]
  }

  test.each([
    ['snap', 'inquiry', '4 (2 in a row), 0'],
    ['snap', 'payment', '6 (4 in a row), 3'],
    ['snap', 'payment by KPJ', '5 (3 in a row), 3'],
    ['snap', 'payment of a bill', '6 (4 in a row), 7'],
    ['pipe-h2h', 'inquiry', '3 (2 in a row), 0'],
    ['pipe-h2h', 'payment', '5 (4 in a row), 3'],
    ['pipe-h2h', 'payment by KPJ', '4 (3 in a row), 3'],
    ['hub-h2h', 'inquiry', '3 (2 in a row), 0'],
    ['hub-h2h', 'payment', '5 (4 in a row), 3'],
    ['hub-h2h', 'payment by KPJ', '4 (3 in a row), 3'],
    ['hub-h2h', 'payment of a bill', '5 (4 in a row), 7'],
    ['hub-h2h', 'status', '3 (3 in a row), 0'],
  ])('%s: %s makes %s by the fold', (protocol, call, calls) => {
    expect(callsOf(protocol, call)).toEqual([calls])
  })
})

/** How long a call takes in AWS, as a round figure that anybody can replace: milliseconds, half of them are faster. */
const CALL_MILLIS = 5

test('the reference of the calls says what was counted', async () => {
  const shown = [
    ...['inquiry', 'payment', 'payment by KPJ', 'duplicate', 'duplicate by KPJ', 'refusal', 'status', 'reversal'],
    'payment of a bill',
  ]
  const rows = counted.filter(({ call, facts }) => shown.includes(call) && facts > 1)
  const lines = new Set(
    rows.map(
      ({ protocol, call, callsAtEndpoint, tripsAtEndpoint, callsOfFold, tripsOfFold }) =>
        `| ${protocol} | ${call} | ${callsAtEndpoint} | ${tripsAtEndpoint} | ${tripsAtEndpoint * CALL_MILLIS} | ${callsOfFold} | ${tripsOfFold} |`,
    ),
  )
  await expect(reference([...lines])).toMatchFileSnapshot('../../docs/reference/calls.md')
})

function reference(lines: readonly string[]): string {
  return `# Calls to tables

What an inquiry, a payment and a fold ask of DynamoDB: counted by \`npm run bench:units\` from the real protocols, use cases and adapters, the customer known by NIK where nothing else is said. This page is written by a test from the same count.

\`\`\`
inquiry   1  self-paid membership by NIK         | SNAP: external id | pipe: decision under the id, in the same call
          2  facts | membership and contact
payment   1  decision and self-paid membership   | SNAP: external id
          2  facts | membership and contact      | evidence, to Firehose
          3  decision, if none stands
          4  fact
by KPJ    1  decision, membership and contact | facts   | SNAP: external id
             evidence, to Firehose
          2  decision, if none stands
          3  fact
fold      1  membership
          2  facts
          3  membership, if nobody wrote it meanwhile
\`\`\`

Numbers are steps: each waits for the one before it. What \`|\` parts is asked at once; \`and\` is one call for both ([joined reads](../../shared/store/dynamo/joined-gets.ts)). The account is known only when the NIK is looked up, nothing is decided before the facts are read, and the fact is put only when its decision stands. The fold reads the membership before the facts, so that a fact which comes between makes its write fail and not its answer old.

| protocol | call | calls at the endpoint | in a row | ms in AWS at ${CALL_MILLIS} ms a call | calls of the fold | in a row |
|---|---|---|---|---|---|---|
${lines.join('\n')}

Before reads were joined a payment by NIK made 7 calls (SNAP 8) and an inquiry 4, in as many steps. Before the NIK was looked up beside the decision a payment took 5 steps (SNAP 6): 25 ms where it takes 20 now. A KPJ or a bill code says the account itself: what is payable is read beside the decision, and a payment by KPJ takes 3 steps besides evidence where it took 4 (20 ms, 15 now), in 4 calls (SNAP 5) where it took 5 (SNAP 6); a bill takes 4 where it took 5 (25 ms, 20 now). Its evidence is kept only when no decision stands, so it no longer has the reads beside it: a counter sees the 5 ms only as far as the evidence stream is faster than a table. By a NIK it stays 4 steps: the account is not known before the NIK is looked up, and to ask for it beside the decision is what step 1 does. What a repeat by KPJ reads in vain is the facts, the membership and the contact.

A repeat by NIK reads none of that. Repeats are a partner's timeouts, some in a thousand payments; nothing is written for them.
`
}
