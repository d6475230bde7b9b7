/** Who gets a channel's statements: read as a stage writes it, and refused where somebody could not be written to. */
import { describe, expect, test } from 'vitest'
import { RECIPIENTS_PATTERN, readRecipients, recipientsText } from '../../../shared/notices/recipients.ts'

const CHANNELS = ['pos', 'bni', 'alfamart']
const read = (text: string) => {
  const recipientsOf = readRecipients(text, CHANNELS)
  return CHANNELS.map((channel) => recipientsOf(channel).join(' '))
}

describe('recipients', () => {
  test.each([
    ['of all channels', '*=a@x.id, b@x.id;pos=;bni=;alfamart=', ['a@x.id b@x.id', 'a@x.id b@x.id', 'a@x.id b@x.id']],
    ['of one channel', '*=a@x.id;pos=p@pos.id;bni=;alfamart=', ['p@pos.id', 'a@x.id', 'a@x.id']],
    ['nobody of one channel', '*=a@x.id;pos=nobody;bni=;alfamart=', ['', 'a@x.id', 'a@x.id']],
    ['nobody but of one channel', '*=;pos=p@pos.id;bni=;alfamart=', ['p@pos.id', '', '']],
    ['once each', '*=a@x.id,a@x.id;pos=;bni=;alfamart=', ['a@x.id', 'a@x.id', 'a@x.id']],
  ])('%s', (_, text, expected) => {
    expect(read(text)).toEqual(expected)
  })

  test('are written as they are read', () => {
    const lists = [
      ['pos', 'p@pos.id'],
      ['bni', ''],
      ['alfamart', 'nobody'],
    ] as const
    expect(read(recipientsText('a@x.id', lists))).toEqual(['p@pos.id', 'a@x.id', ''])
  })

  test.each([
    ['what is no address', '*=a;pos=;bni=;alfamart='],
    ['what is no address of one channel', '*=a@x.id;pos=p;bni=;alfamart='],
    ['a channel that is missing', '*=a@x.id;pos=;bni='],
    ['a channel that is not there', '*=a@x.id;pos=;bni=;alfamart=;post=p@pos.id'],
    ['nothing for all channels', 'pos=;bni=;alfamart='],
    ['nothing at all', ''],
  ])('with %s stop the start', (_, text) => {
    expect(() => read(text)).toThrow(RangeError)
  })
})

test.each([
  ['', true],
  ['nobody', true],
  ['a@x.id', true],
  ['a@x.id,b@x.id, c@x.id', true],
  ['a', false],
  ['a@x.id;pos=b@x.id', false],
  ['a@x.id,', false],
  ['nobody,a@x.id', false],
])('CloudFormation takes %j: %s', (text, isTaken) => {
  expect(new RegExp(RECIPIENTS_PATTERN).test(text)).toBe(isTaken)
  if (isTaken) expect(() => readRecipients(recipientsText(text, []), [])).not.toThrow()
})
