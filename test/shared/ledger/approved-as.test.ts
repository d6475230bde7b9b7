import { describe, expect, test } from 'vitest'
import { rupiah } from '../../../shared/domain/money.ts'
import { isApprovedAs } from '../../../shared/ledger/approved-as.ts'
import { chained } from '../../../shared/store/audit/chain.ts'
import { at } from '../../support/facts.ts'

const ID = 'bni-20261120-0123456789ab'
const entry = (detail: object, { action = 'approved', subject = ID } = {}) => [
  chained(undefined, {
    at: at('2026-11-21T09:00'),
    actor: 'approver-1',
    action: action as never,
    subject,
    detail: detail as never,
  }),
]
const evidence = { class: 'missing-in-hub', paymentId: 'X', lines: [7], fileAmountRupiah: 8_400 }
const posted = { channel: 'bni', paymentId: 'X', action: 'post', amount: rupiah(8_400) } as const

describe('what two people approved of a payment', () => {
  test('is this action, on this payment of this channel, with this amount', () => {
    expect(isApprovedAs(entry({ action: 'post', evidence }), posted)).toBe(true)
    expect(isApprovedAs([], posted)).toBe(false)
    expect(isApprovedAs(entry({ action: 'post', evidence }, { action: 'proposed' }), posted)).toBe(false)
    expect(isApprovedAs(entry({ action: 'write-off', evidence }), posted)).toBe(false)
    expect(isApprovedAs(entry({ action: 'post', evidence }), { ...posted, channel: 'pos' })).toBe(false)
    expect(isApprovedAs(entry({ action: 'post', evidence }), { ...posted, channel: 'bn' })).toBe(false)
    expect(isApprovedAs(entry({ action: 'post', evidence }), { ...posted, paymentId: 'Y' })).toBe(false)
    expect(isApprovedAs(entry({ action: 'post', evidence }), { ...posted, amount: rupiah(8_399) })).toBe(false)
    expect(isApprovedAs(entry({ action: 'post' }), posted)).toBe(false)
    expect(isApprovedAs(entry(null as never), posted)).toBe(false)
  })

  test('of several lines is no more than they came to', () => {
    const several = entry({ action: 'post', evidence: { ...evidence, lines: [7, 8], fileAmountRupiah: 16_800 } })
    expect(isApprovedAs(several, posted)).toBe(true)
    expect(isApprovedAs(several, { ...posted, amount: rupiah(16_801) })).toBe(false)
  })

  test('of a line whose id says nothing is the line’s own place', () => {
    const nameless = entry({ action: 'post', evidence: { ...evidence, class: 'ambiguous', paymentId: '' } })
    expect(isApprovedAs(nameless, { ...posted, paymentId: '2026-11-20/line/7' })).toBe(true)
    expect(isApprovedAs(nameless, { ...posted, paymentId: '2026-11-20/line/8' })).toBe(false)
    expect(isApprovedAs(nameless, { ...posted, paymentId: '2026-11-21/line/7' })).toBe(false)
  })

  test('may leave the amount to the money that moves', () => {
    const reversed = { channel: 'bni', paymentId: 'X', action: 'reverse', amount: null } as const
    expect(isApprovedAs(entry({ action: 'reverse', evidence }), reversed)).toBe(true)
  })
})

test('of a difference, its id and the action count', () => {
  expect(isApprovedAs(entry({ action: 'suspend' }), { differenceId: ID, action: 'suspend' })).toBe(true)
  expect(isApprovedAs(entry({ action: 'suspend' }), { differenceId: `${ID}c`, action: 'suspend' })).toBe(false)
  expect(isApprovedAs(entry({ action: 'accept' }), { differenceId: ID, action: 'suspend' })).toBe(false)
})
