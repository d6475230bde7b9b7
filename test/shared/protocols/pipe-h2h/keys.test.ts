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

describe('a secret of another shape is refused, naming the field', () => {
  test.each([
    ['it has no generations', {}, '"current"'],
    ['the next generation is missing', { current: KEYS }, '"next"'],
    ['the agent is missing', { ...GOOD, current: { ...KEYS, agentId: undefined } }, '"current.agentId"'],
    ['the PIN has a blank', { ...GOOD, current: { ...KEYS, agentPin: '24 68' } }, '"current.agentPin"'],
    ['the key is short', { ...GOOD, next: { ...KEYS, secretKey: 'sesame' } }, '"next.secretKey"'],
    ['there are no stores', { ...GOOD, current: { ...KEYS, storeIds: [] } }, '"current.storeIds"'],
    ['stores differ in length', { ...GOOD, current: { ...KEYS, storeIds: ['T001', 'T0002'] } }, '"current.storeIds"'],
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
