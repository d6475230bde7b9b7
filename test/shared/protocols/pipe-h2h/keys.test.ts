/** The retailer's secret: two generations, refused at start when a field is wrong, and never echoed. */
import { describe, expect, test } from 'vitest'
import { preparePipeKeys } from '../../../../shared/protocols/pipe-h2h/keys.ts'
import { KEYS, NEXT_KEYS } from './call.ts'

const GOOD = { current: KEYS, next: null }

test('one generation or two are prepared, the current one first', () => {
  expect(preparePipeKeys('shop', JSON.stringify(GOOD)).map((keys) => keys.secretKey)).toEqual([KEYS.secretKey])
  const both = preparePipeKeys('shop', JSON.stringify({ current: KEYS, next: NEXT_KEYS }))
  expect(both.map((keys) => keys.secretKey)).toEqual([KEYS.secretKey, NEXT_KEYS.secretKey])
})

test.each([
  ['192.0.2.200', true],
  ['192.0.3.1', false],
  ['2001:db8::1', true],
  ['2001:db9::1', false],
  ['', false],
  ['not an address', false],
])('a call from %j is from a registered address: %s', (address, expected) => {
  const [keys] = preparePipeKeys(
    'shop',
    JSON.stringify({ ...GOOD, current: { ...KEYS, sourceAddresses: ['192.0.2.0/24', '2001:db8::/32'] } }),
  )
  expect(keys?.mayCallFrom(address)).toBe(expected)
})

test('one store is enough, and only its own', () => {
  const [keys] = preparePipeKeys('shop', JSON.stringify({ ...GOOD, current: { ...KEYS, storeIds: ['T001'] } }))
  expect([...(keys?.storeIds ?? [])]).toEqual(['T001'])
})

describe('a secret of another shape is refused, naming the field', () => {
  test.each([
    ['it has no generations', {}, '"current"'],
    ['the next generation is missing', { current: KEYS }, '"next"'],
    ['the agent is missing', { ...GOOD, current: { ...KEYS, agentId: undefined } }, '"current.agentId"'],
    ['the PIN has a blank', { ...GOOD, current: { ...KEYS, agentPin: '24 68' } }, '"current.agentPin"'],
    ['the key is short', { ...GOOD, next: { ...KEYS, secretKey: 'sesame' } }, '"next.secretKey"'],
    ['there are no stores', { ...GOOD, current: { ...KEYS, storeIds: [] } }, '"current.storeIds"'],
    ['stores differ in length', { ...GOOD, current: { ...KEYS, storeIds: ['T001', 'T0002'] } }, '"current.storeIds"'],
    [
      'no source address is registered',
      { ...GOOD, current: { ...KEYS, sourceAddresses: [] } },
      '"current.sourceAddresses"',
    ],
    [
      'a source address is none',
      { ...GOOD, current: { ...KEYS, sourceAddresses: ['192.0.2.0/33'] } },
      '"current.sourceAddresses',
    ],
  ])('when %s', (_, secret, field) => {
    expect(() => preparePipeKeys('shop', JSON.stringify(secret))).toThrow(TypeError)
    expect(() => preparePipeKeys('shop', JSON.stringify(secret))).toThrow(field)
  })

  test('without echoing what it holds', () => {
    const text = JSON.stringify({ ...GOOD, current: { ...KEYS, storeIds: [] } })
    for (const secret of [text, `${text}!`]) {
      expect(() => preparePipeKeys('shop', secret)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining(KEYS.secretKey) }),
      )
    }
  })
})
