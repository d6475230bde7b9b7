/** A case from run to run: what opens it, what changes it, what leaves it as people left it, and what resolves it. */
import { describe, expect, test } from 'vitest'
import { casesAfter, changedCases } from '../../../functions/reconcile-settlement/cases.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import type {
  DifferenceCase,
  Finding,
  HistoryStep,
  Proposal,
  ResolvedPart,
} from '../../../shared/store/settlements/records.ts'
import { at, date } from '../../support/facts.ts'

const DAY = { channel: 'pos', date: date('2026-11-20') }
const SEEN = at('2026-11-21T07:00')
const NOW = at('2026-11-22T07:00')

const FOUND: Finding = {
  id: 'D1',
  class: 'missing-in-file',
  paymentId: 'T1',
  hubAmountRupiah: rupiah(8_400),
  fileAmountRupiah: null,
  effectRupiah: rupiah(-8_400),
  lines: [],
  breakDate: null,
  evidence: { reason: 'not-in-any-file' },
  sha256: 'a',
}
const PROPOSAL: Proposal = { action: 'accept', reason: 'agreed', paymentId: null, by: 'one', at: SEEN }
const MATCH: Proposal = { ...PROPOSAL, action: 'match', paymentId: 'T1' }
const PART: ResolvedPart = { action: 'write-off', amount: rupiah(400), proposedBy: 'one', approvedBy: 'two', at: SEEN }
const FIRST: HistoryStep = { at: SEEN, what: 'found', by: null, note: 'not-in-any-file' }
const BY_PEOPLE = { how: 'resolution', at: SEEN, note: 'accept' } as const
const BY_ITSELF = { how: 'itself', at: SEEN, note: 'gone' } as const

const OPEN: DifferenceCase = {
  id: 'D1',
  ...DAY,
  state: 'open',
  version: 1,
  firstSeenAt: SEEN,
  finding: FOUND,
  proposal: null,
  resolution: null,
  history: [FIRST],
}
const standing = (changed: Partial<DifferenceCase>): DifferenceCase => ({ ...OPEN, version: 4, ...changed })
const withParts = (changed: Partial<DifferenceCase>) => standing({ parts: [PART], ...changed })
const dearer: Finding = { ...FOUND, hubAmountRupiah: rupiah(16_800) }
/** The same figures in another file. */
const elsewhere: Finding = { ...FOUND, sha256: 'b' }

const run = (stored: readonly DifferenceCase[], finding: Finding | null) =>
  changedCases(DAY, stored, finding ? [{ id: 'D1', finding }] : [], NOW)
const added = (what: HistoryStep['what'], note: string) => [FIRST, { at: NOW, what, by: null, note }]

test('what is found for the first time opens a case', () => {
  expect(changedCases(DAY, [], [{ id: 'D1', finding: FOUND }], SEEN)).toEqual([OPEN])
})

describe('what is found again with the same figures', () => {
  test.each([
    ['an open case', OPEN],
    ['a proposed one', standing({ state: 'proposed', proposal: PROPOSAL })],
    ['an approved one, whatever is found', standing({ state: 'approved', proposal: PROPOSAL })],
    ['one that people resolved', standing({ state: 'resolved', proposal: PROPOSAL, resolution: BY_PEOPLE })],
  ])('leaves %s alone', (_, known) => {
    expect(run([known], FOUND)).toEqual([])
  })

  test('in another file brings an open case up to date, its parts and all', () => {
    expect(run([withParts({})], elsewhere)).toEqual([
      { ...withParts({}), version: 5, finding: elsewhere, history: added('changed', 'not-in-any-file') },
    ])
  })

  test('in another file leaves a proposal standing', () => {
    expect(run([standing({ state: 'proposed', proposal: PROPOSAL })], elsewhere)).toEqual([])
  })

  test.each([
    ['went away by itself', { proposal: PROPOSAL, resolution: BY_ITSELF }],
    ['was said to be a payment', { proposal: MATCH, resolution: BY_PEOPLE }],
  ])('is open again where it %s; its parts still count', (_, changed) => {
    const known = withParts({ state: 'resolved', ...changed })
    expect(run([known], FOUND)).toEqual([
      {
        ...known,
        state: 'open',
        version: 5,
        firstSeenAt: NOW,
        proposal: null,
        resolution: null,
        history: added('found-again', 'not-in-any-file'),
      },
    ])
  })
})

describe('what is found again with other figures', () => {
  const { parts: _parts, ...without } = withParts({})

  test('voids a proposal and the parts that were resolved', () => {
    expect(run([withParts({ state: 'proposed', proposal: PROPOSAL })], dearer)).toEqual([
      {
        ...without,
        state: 'open',
        version: 5,
        proposal: null,
        finding: dearer,
        history: added('changed', 'the proposal is void'),
      },
    ])
  })

  test('voids the parts of an open case, and says so', () => {
    expect(run([withParts({})], dearer)).toEqual([
      { ...without, version: 5, finding: dearer, history: added('changed', 'the resolved parts are void') },
    ])
  })

  test('changes an open case that has none', () => {
    expect(run([standing({})], dearer)).toEqual([
      { ...standing({}), version: 5, finding: dearer, history: added('changed', 'not-in-any-file') },
    ])
  })

  test('opens again what people resolved, without its parts', () => {
    const known = withParts({ state: 'resolved', proposal: PROPOSAL, resolution: BY_PEOPLE })
    expect(run([known], dearer)).toEqual([
      {
        ...without,
        state: 'open',
        version: 5,
        firstSeenAt: NOW,
        finding: dearer,
        proposal: null,
        resolution: null,
        history: added('found-again', 'not-in-any-file'),
      },
    ])
  })

  test('leaves what is approved as it was approved', () => {
    expect(run([standing({ state: 'approved', proposal: PROPOSAL })], dearer)).toEqual([])
  })

  test.each<[string, Partial<Finding>]>([
    ['its class', { class: 'missing-in-hub' }],
    ['its payment', { paymentId: 'T2' }],
    ['the amount of the hub', { hubAmountRupiah: rupiah(1) }],
    ['the amount of the file', { fileAmountRupiah: rupiah(1) }],
    ['the fee by contract', { evidence: { reason: 'not-in-any-file', expectedFeeRupiah: rupiah(1) } }],
    ['the fee of the file', { evidence: { reason: 'not-in-any-file', fileFeeRupiah: rupiah(1) } }],
    ['the version of the file', { evidence: { reason: 'not-in-any-file', fileVersion: 2 } }],
    [
      'the fees of the month',
      { evidence: { reason: 'not-in-any-file', fees: { month: '2026-11', fee: 1 } } as unknown as Finding['evidence'] },
    ],
  ])('is decided anew: %s is a figure', (_, changed) => {
    const known = standing({ state: 'proposed', proposal: PROPOSAL })
    expect(run([known], { ...FOUND, ...changed })).toMatchObject([{ state: 'open', proposal: null }])
  })
})

describe('what is not found any more', () => {
  test.each(['open', 'proposed'] as const)('is resolved by itself where it was %s', (state) => {
    const known = standing({ state, proposal: state === 'proposed' ? PROPOSAL : null })
    const note = 'a later run does not find it'
    expect(run([known], null)).toEqual([
      {
        ...known,
        state: 'resolved',
        version: 5,
        resolution: { how: 'itself', at: NOW, note },
        history: added('gone', note),
      },
    ])
  })

  test.each(['approved', 'resolved'] as const)('stays as it is where it was %s', (state) => {
    expect(run([standing({ state, proposal: PROPOSAL })], null)).toEqual([])
  })
})

test('new ones come first, then those that are gone; a case keeps the last fifty steps', () => {
  const steps = Array.from({ length: 50 }, (_, i): HistoryStep => ({ ...FIRST, note: String(i) }))
  const gone = standing({ id: 'D2', history: steps })
  const changed = changedCases(DAY, [gone], [{ id: 'D1', finding: FOUND }], NOW)
  expect(changed.map(({ id, state }) => [id, state])).toEqual([
    ['D1', 'open'],
    ['D2', 'resolved'],
  ])
  expect(changed[1]?.history.map(({ note }) => note)).toEqual([
    ...steps.slice(1).map(({ note }) => note),
    'a later run does not find it',
  ])
  const other = standing({ id: 'D3' })
  expect([...casesAfter([gone, other], changed).values()].map(({ id, version }) => [id, version])).toEqual([
    ['D2', 5],
    ['D3', 4],
    ['D1', 1],
  ])
})
