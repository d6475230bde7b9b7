/** A day's findings as the statement that is stored: every figure, what people's resolutions moved, and what is new since the last version. */
import { describe, expect, test } from 'vitest'
import { type DayFindings, draftOf, rowOf } from '../../../functions/reconcile-settlement/statement-draft.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import type { FileVersion } from '../../../shared/domain/settlement/file-version.ts'
import type { DifferenceCase, ResolvedPart, Statement } from '../../../shared/store/settlements/records.ts'
import { at } from '../../support/facts.ts'
import { DAY, FEE, LATER, lineOf, payment, setting, settle, type World } from '../../support/settlement-world.ts'

const P1 = payment('TRX-00000001')
const P2 = payment('TRX-00000002', { decidedAt: at(`${DAY}T11:00`) })
/** The file has the first payment only, with a fee of 100 too much. */
const WORLD: World = { payments: [P1, P2], files: { [DAY]: [lineOf(P1, 2, { fee: FEE + 100 })] } }
const ACCEPTED = { version: 3, name: 'IDM.csv', sha256: 'f'.repeat(64), state: 'accepted' } as FileVersion
const PLACE = { place: 'p', buckets: 1, pages: {} }
const NEVER: ReadonlyMap<string, DifferenceCase> = new Map()

function found(changed: Partial<DayFindings> = {}): DayFindings {
  const { result, file } = settle(WORLD)
  return {
    setting: setting(),
    result,
    accepted: ACCEPTED,
    file,
    versions: [ACCEPTED],
    hubDay: { lateReversals: [] },
    placed: {
      credits: [{ id: 'C1', bookedOn: DAY, amount: rupiah(6_800), how: 'named' }],
      inQuestion: [],
    } as unknown as DayFindings['placed'],
    lines: PLACE,
    latest: undefined,
    ...changed,
  }
}

/** The cases of the two differences as people left them. */
function cases(
  missing: Partial<DifferenceCase>,
  fee: Partial<DifferenceCase> = {},
): ReadonlyMap<string, DifferenceCase> {
  const { differences } = draftOf(found(), NEVER)
  return new Map(
    differences.map((finding) => {
      const changed = finding.class === 'missing-in-file' ? missing : fee
      return [
        finding.id,
        { id: finding.id, state: 'open', proposal: null, resolution: null, ...changed } as DifferenceCase,
      ]
    }),
  )
}

const RESOLVED_AT = at('2026-11-22T01:00')
const resolvedBy = (action: string, how: 'itself' | 'resolution' = 'resolution'): Partial<DifferenceCase> =>
  ({ state: 'resolved', proposal: { action }, resolution: { how, at: RESOLVED_AT, note: action } }) as never
const part = (action: ResolvedPart['action'], amount: number, when = '2026-11-21T10:00'): ResolvedPart => ({
  action,
  amount: rupiah(amount),
  proposedBy: 'one',
  approvedBy: 'two',
  at: at(when),
})
const { differences: FOUND } = draftOf(found(), NEVER)
const idOf = (name: string) => FOUND.find((each) => each.class === name)?.id
const MISSING = idOf('missing-in-file')

test('the first statement has every figure of the day', () => {
  const { statement, draft, differences } = draftOf(found(), NEVER)
  expect(differences).toBe(draft.differences)
  expect(statement).toEqual({
    channel: 'indomaret',
    date: DAY,
    version: 1,
    recordedAt: LATER,
    digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    changes: [],
    verdict: 'differences',
    file: { version: 3, name: 'IDM.csv', sha256: 'f'.repeat(64) },
    bridge: draft.bridge,
    unexplainedRupiah: 0,
    hubRupiah: 16_800,
    fileRupiah: 8_400,
    channelFeesRupiah: 1_600,
    bankRupiah: 6_800,
    writtenOffRupiah: 0,
    chargedRupiah: 0,
    feesMoved: { writtenOffRupiah: 0, chargedRupiah: 0 },
    openItems: [{ label: 'missing-in-file', amountRupiah: 8_400, count: 1 }],
    credits: [{ id: 'C1', bookedOn: DAY, amountRupiah: 6_800 }],
    differenceCounts: { 'missing-in-file': 1, 'fee-difference': 1 },
    openDifferences: 2,
    pendingCount: 0,
    lines: PLACE,
  })
})

test('several of one class are counted together, and so are the credits', () => {
  const { result, file } = settle({ payments: [P1, P2], files: { [DAY]: [] } })
  const credits = [
    { id: 'C1', bookedOn: DAY, amount: rupiah(300), how: 'named' },
    { id: 'C2', bookedOn: DAY, amount: rupiah(-100), how: 'named' },
  ]
  const placed = { credits, inQuestion: [{ id: 'Q1', amount: rupiah(5) }] } as unknown as DayFindings['placed']
  const { statement } = draftOf(found({ result, file, placed }), NEVER)
  expect(statement).toMatchObject({
    bankRupiah: 200,
    fileRupiah: 0,
    channelFeesRupiah: 0,
    openDifferences: 4,
    differenceCounts: { 'missing-in-file': 2, 'bank-difference': 2 },
  })
})

test('a day without a file has no figures of one', () => {
  const { result } = settle({ payments: [P1], files: {} })
  const { statement } = draftOf(found({ result, file: null, accepted: null, versions: [] }), NEVER)
  expect(statement).toMatchObject({
    verdict: 'incomplete',
    file: null,
    fileRupiah: null,
    channelFeesRupiah: 0,
    hubRupiah: 8_400,
  })
  const nothing = draftOf(found({ result: settle({ files: {} }).result, file: null, accepted: null }), NEVER)
  expect(nothing.statement.hubRupiah).toBe(0)
})

test('what is pending is counted and is no difference', () => {
  const late = payment('TRX-00000009', { decidedAt: at(`${DAY}T23:59`) })
  const world = { payments: [late], files: { [DAY]: [] }, now: at('2026-11-19T08:00'), credits: [] }
  const { result, file } = settle(world)
  const placed = { credits: [], inQuestion: [] } as unknown as DayFindings['placed']
  const { statement } = draftOf(found({ result, file, placed, setting: setting(DAY, world.now) }), NEVER)
  expect(statement).toMatchObject({ verdict: 'reconciled-with-pending', pendingCount: 1, openDifferences: 0 })
})

test('notes are counted by kind, and absent where there are none', () => {
  const { result, file } = settle({ payments: [P1], files: { [DAY]: [lineOf(P1, 2, { outlet: 'ELSEWHERE' })] } })
  expect(draftOf(found({ result, file }), NEVER).statement.notes).toEqual([{ kind: 'outlet', count: 1 }])
  expect(draftOf(found(), NEVER).statement).not.toHaveProperty('notes')
})

test('a good file that waits is a case with its own total; one of no use is none', () => {
  const versions = [
    ACCEPTED,
    { version: 4, state: 'proposed', totals: { amount: rupiah(9_000) } },
    { version: 5, state: 'proposed', totals: null },
    { version: 6, state: 'held', totals: { amount: rupiah(1) } },
  ] as FileVersion[]
  const { differences } = draftOf(found({ versions }), NEVER)
  const corrected = differences.filter((each) => each.class === 'corrected-file')
  expect(
    new Set(corrected.map(({ evidence, fileAmountRupiah }) => `${evidence.fileVersion} ${fileAmountRupiah}`)),
  ).toEqual(new Set(['4 9000', '5 0']))
})

test('a late reversal is a case of the day', () => {
  const lateReversals = [{ paymentId: 'TRX-00000001', account: P1.account, amount: rupiah(8_400), decidedAt: LATER }]
  const { statement } = draftOf(found({ hubDay: { lateReversals } as never }), NEVER)
  expect(statement.differenceCounts['late-reversal']).toBe(1)
})

describe('what two people resolved', () => {
  const moved = (known: ReadonlyMap<string, DifferenceCase>) => {
    const { writtenOffRupiah, chargedRupiah, feesMoved, charges, openDifferences, openItems } = draftOf(
      found(),
      known,
    ).statement
    return { writtenOffRupiah, chargedRupiah, feesMoved, charges, openDifferences, openItems }
  }
  const NOTHING = { writtenOffRupiah: 0, chargedRupiah: 0, feesMoved: { writtenOffRupiah: 0, chargedRupiah: 0 } }
  const OPEN = [{ label: 'missing-in-file', amountRupiah: 8_400, count: 1 }]
  const charge = (amountRupiah: number, chargedOn: string, differenceId = MISSING) => ({
    differenceId,
    amountRupiah,
    chargedOn,
  })

  test.each([
    ['nothing', {}, {}, { ...NOTHING, openDifferences: 2, openItems: OPEN }],
    ['accepted', resolvedBy('accept'), {}, { ...NOTHING, openDifferences: 1, openItems: OPEN }],
    ['gone by itself, proposal and all', resolvedBy('write-off', 'itself'), {}, { ...NOTHING, openDifferences: 1 }],
    [
      'only proposed',
      { state: 'proposed', proposal: { action: 'write-off' } } as never,
      {},
      { ...NOTHING, openDifferences: 2 },
    ],
    [
      'written off',
      resolvedBy('write-off'),
      {},
      { ...NOTHING, writtenOffRupiah: 8_400, openDifferences: 1, openItems: [] },
    ],
    [
      'charged: from the day on which it was carried out',
      resolvedBy('charge-channel'),
      {},
      { ...NOTHING, chargedRupiah: 8_400, openDifferences: 1, openItems: [], charges: [charge(8_400, '2026-11-22')] },
    ],
    [
      'a fee written off: of the fee, not of the receivable',
      {},
      resolvedBy('write-off'),
      { ...NOTHING, writtenOffRupiah: 100, feesMoved: { writtenOffRupiah: 100, chargedRupiah: 0 }, openItems: OPEN },
    ],
    [
      'a fee charged',
      {},
      resolvedBy('charge-channel'),
      {
        ...NOTHING,
        chargedRupiah: 100,
        feesMoved: { writtenOffRupiah: 0, chargedRupiah: 100 },
        charges: [charge(100, '2026-11-22', idOf('fee-difference'))],
      },
    ],
    [
      'in parts, the rest still open',
      { parts: [part('charge-channel', 3_000), part('write-off', 400)] },
      {},
      {
        ...NOTHING,
        writtenOffRupiah: 400,
        chargedRupiah: 3_000,
        openDifferences: 2,
        charges: [charge(3_000, '2026-11-21')],
      },
    ],
    [
      'in parts, and the rest with the resolution',
      { ...resolvedBy('charge-channel'), parts: [part('charge-channel', 3_000), part('write-off', 400)] },
      {},
      {
        ...NOTHING,
        writtenOffRupiah: 400,
        chargedRupiah: 8_000,
        openDifferences: 1,
        openItems: [],
        charges: [charge(3_000, '2026-11-21'), charge(5_000, '2026-11-22')],
      },
    ],
    [
      'in parts, and the rest accepted',
      { ...resolvedBy('accept'), parts: [part('write-off', 400)] },
      {},
      { ...NOTHING, writtenOffRupiah: 400, openDifferences: 1 },
    ],
    [
      'wholly in parts, of which nothing is left to charge',
      { ...resolvedBy('charge-channel'), parts: [part('write-off', 8_400)] },
      {},
      { ...NOTHING, writtenOffRupiah: 8_400, openDifferences: 1, openItems: [] },
    ],
  ])('%s', (_, missing, fee, expected) => {
    expect(moved(cases(missing, fee))).toMatchObject(expected)
    const { charges } = draftOf(found(), cases(missing, fee)).statement
    expect(charges).toEqual('charges' in expected ? expected.charges : undefined)
  })

  test('a charge counts from the day in Jakarta', () => {
    const late = { ...resolvedBy('charge-channel'), parts: [part('charge-channel', 1, '2026-11-21T23:59')] }
    expect(draftOf(found(), cases(late)).statement.charges?.map(({ chargedOn }) => chargedOn)).toEqual([
      '2026-11-21',
      '2026-11-22',
    ])
  })
})

describe('the next version', () => {
  const first = draftOf(found(), NEVER).statement

  test('has the same digest where nothing is new, also at another time', () => {
    const again = draftOf(found({ latest: first, setting: setting(DAY, (LATER + 1) as Instant) }), NEVER).statement
    expect([again.version, again.digest, again.changes, again.recordedAt]).toEqual([2, first.digest, [], LATER + 1])
  })

  test.each<[string, Partial<DayFindings>, ReadonlyMap<string, DifferenceCase>]>([
    ['its lines lie elsewhere', { lines: { ...PLACE, place: 'q' } }, NEVER],
    ['another file says the same', { accepted: { ...ACCEPTED, version: 4 } }, NEVER],
    ['a case was resolved', {}, cases(resolvedBy('accept'))],
  ])('has another digest where %s', (_, changed, known) => {
    expect(draftOf(found({ latest: first, ...changed }), known).statement.digest).not.toBe(first.digest)
  })

  test('has another digest for each case that was resolved, although as many are open', () => {
    const [one, other] = [cases(resolvedBy('accept')), cases({}, resolvedBy('accept'))]
    const digestOf = (known: ReadonlyMap<string, DifferenceCase>) => draftOf(found(), known).statement.digest
    expect(digestOf(one)).not.toBe(digestOf(other))
  })

  test('says which rows changed, came and went, in the order of the bridge', () => {
    const { result, file } = settle({ payments: [P1, P2], files: { [DAY]: [lineOf(P1, 2), lineOf(P2, 3)] } })
    const { statement } = draftOf(found({ latest: first, result, file }), NEVER)
    expect(statement.changes).toEqual([
      { label: 'missing-in-file', before: -8_400, after: null },
      { label: 'file-total', before: 8_400, after: 16_800 },
      { label: 'channel-fees', before: -1_600, after: -3_000 },
      { label: 'file-net', before: 6_800, after: 13_800 },
      { label: 'bank-difference', before: null, after: -7_000 },
    ])
  })

  test('is never older than the last, whatever the clock says', () => {
    const latest: Statement = { ...first, version: 7, recordedAt: (LATER + 5) as Instant }
    expect(draftOf(found({ latest }), NEVER).statement).toMatchObject({ version: 8, recordedAt: LATER + 5 })
  })
})

describe('the row of the matrix', () => {
  const { statement } = draftOf(found(), NEVER)
  const { file } = found()

  test('has the figures of the statement, and what the bank must credit', () => {
    expect(rowOf(statement, { file, versions: [ACCEPTED] })).toEqual({
      channel: 'indomaret',
      date: DAY,
      version: 1,
      verdict: 'differences',
      file: 'received',
      unexplainedRupiah: 0,
      openDifferences: 2,
      hubRupiah: 16_800,
      fileRupiah: 8_400,
      fileNetRupiah: 6_800,
      bankRupiah: 6_800,
    })
  })

  test.each([
    ['received', true, ['held', 'accepted'], 6_800],
    ['held', false, ['withdrawn', 'held'], null],
    ['none', false, ['withdrawn'], null],
    ['none', false, [], null],
  ])('says of the file: %s', (state, isThere, states, fileNetRupiah) => {
    const versions = states.map((each) => ({ state: each }) as FileVersion)
    expect(rowOf(statement, { file: isThere ? file : null, versions })).toMatchObject({ file: state, fileNetRupiah })
  })
})
