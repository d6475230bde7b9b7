/** Who gets a channel's statements: read as a stage writes it, and refused where somebody could not be written to. */
import { describe, expect, test } from 'vitest'
import { RECIPIENTS_PATTERN, readRecipients, recipientsText } from '../../../shared/notices/recipients.ts'
import { date } from '../../support/facts.ts'

const CHANNELS = ['pos', 'bni', 'alfamart']
const read = (text: string, on = '2026-11-20') => {
  const recipientsOf = readRecipients(text, CHANNELS)
  return CHANNELS.map((channel) => recipientsOf(channel, date(on)).join(' '))
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

  test.each([
    ['before the first day', '2026-11-30', ['p@pos.id', 'a@x.id', 'a@x.id']],
    ['from a day on', '2026-12-01', ['q@pos.id r@pos.id', 'b@bni.id', 'b@x.id']],
    ['of nobody from a day on', '2027-01-01', ['', 'b@bni.id', 'b@x.id']],
    ['as for all again', '2027-07-01', ['b@x.id', 'b@bni.id', 'b@x.id']],
  ])('are dated: %s', (_, on, expected) => {
    const pos = 'p@pos.id|2026-12-01 q@pos.id, r@pos.id|2027-01-01 nobody|2027-07-01'
    const text = `*=a@x.id|2026-12-01 b@x.id;pos=${pos};bni=2026-12-01 b@bni.id;alfamart=`
    expect(read(text, on)).toEqual(expected)
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
    ['days out of order', '*=a@x.id;pos=p@x.id|2027-01-01 q@x.id|2026-12-01 r@x.id;bni=;alfamart='],
    ['one day twice', '*=a@x.id;pos=p@x.id|2027-01-01 q@x.id|2027-01-01 r@x.id;bni=;alfamart='],
    ['no day where one must be', '*=a@x.id;pos=p@x.id|q@x.id;bni=;alfamart='],
    ['a day that is none', '*=a@x.id|2026-02-30 b@x.id;pos=;bni=;alfamart='],
    ['a day without a blank after it', '*=a@x.id|2026-12-01b@x.id;pos=;bni=;alfamart='],
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
  ['2026-12-01 a@x.id', true],
  ['a@x.id|2026-12-01 b@x.id,c@x.id|2027-01-01 nobody|2027-07-01', true],
  ['a@x.id|b@x.id', false],
  ['a@x.id|2026-12 b@x.id', false],
])('CloudFormation takes %j: %s', (text, isTaken) => {
  expect(new RegExp(RECIPIENTS_PATTERN).test(text)).toBe(isTaken)
  if (isTaken) expect(() => readRecipients(recipientsText(text, []), [])).not.toThrow()
})
