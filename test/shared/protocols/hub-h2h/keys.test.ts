/** The partner's secret: two generations, refused at start when it is not of its form, and never echoed. */
import { describe, expect, test } from 'vitest'
import { prepareHubKeys } from '../../../../shared/protocols/hub-h2h/keys.ts'
import { NEXT_SECRET, SECRET } from './call.ts'

test('one generation or two are prepared, the current one first', () => {
  expect(prepareHubKeys('shop', JSON.stringify({ current: { secret: SECRET }, next: null }))).toHaveLength(1)
  const both = prepareHubKeys('shop', JSON.stringify({ current: { secret: SECRET }, next: { secret: NEXT_SECRET } }))
  expect(both.map((key) => key.export()[0])).toEqual([1, 2])
})

describe('a secret of another shape is refused, naming the field', () => {
  test.each([
    ['it has no generations', {}, '"current"'],
    ['the next generation is missing', { current: { secret: SECRET } }, '"next"'],
    ['the prefix is missing', { current: { secret: SECRET.slice(6) }, next: null }, '"current.secret"'],
    ['it is short', { current: { secret: SECRET }, next: { secret: 'whsec_c2VzYW1l' } }, '"next.secret"'],
    ['it is no base64', { current: { secret: `${SECRET}!` }, next: null }, '"current.secret"'],
  ])('when %s', (_, secret, field) => {
    const prepare = () => prepareHubKeys('shop', JSON.stringify(secret))
    expect(prepare).toThrow(TypeError)
    expect(prepare).toThrow(field)
    expect(prepare).toThrow(expect.objectContaining({ message: expect.not.stringContaining(SECRET.slice(6, 30)) }))
  })

  test('when it is not JSON, without quoting it', () => {
    expect(() => prepareHubKeys('shop', SECRET)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(SECRET.slice(6, 12)) }),
    )
  })
})
