import { describe, expect, test } from 'vitest'
import { addressFor } from '../../../shared/notices/address.ts'

const phone = (text: string) => addressFor('sms', { phone: text, email: '' })
const email = (text: string) => addressFor('email', { phone: '', email: text })

describe('where a member can be written to', () => {
  test.each([
    ['081234567890', '+6281234567890'],
    ['+62 812-3456-7890', '+6281234567890'],
    ['6281234567890', '+6281234567890'],
    ['0857 1234 5678', '+6285712345678'],
    ['+60123456789', '+60123456789'],
  ])('%s is a mobile number', (text, number) => {
    expect(phone(text)).toBe(number)
    expect(addressFor('whatsapp', { phone: text, email: '' })).toBe(number)
  })

  test.each([
    '',
    '0',
    '12345',
    '0812',
    '08123456789012345',
    '021-5201797',
    'tidak ada',
    '+999123456789',
    '0811234567890 ext 5',
  ])('"%s" is none, and no error', (text) => {
    expect(phone(text)).toBeNull()
  })

  test.each(['siti@example.id', 'siti.aminah+bpjs@mail.example.co.id'])('%s is an e-mail address', (text) => {
    expect(email(text)).toBe(text)
  })

  test.each([
    '',
    'siti',
    'siti@',
    '@example.id',
    'siti@example',
    'a b@example.id',
    'a@b@example.id',
    'a@example.id\nBcc: x@y.id',
  ])('"%s" is no e-mail address', (text) => {
    expect(email(text)).toBeNull()
  })
})
