/** The fields of an inquiry and of a payment: each row spoils one of them, and the answer names it. */
import { describe, expect, test } from 'vitest'
import { CUSTOMER, callOf, endpoint, GOOD_FIELDS, NOW, SERVICE_ID, saidOf } from './good-call.ts'

const payment = GOOD_FIELDS['25']
const money = (value: unknown, currency: unknown = 'IDR') => ({ paidAmount: { value, currency } })

describe('an inquiry refuses', () => {
  test.each<[string, Record<string, unknown>, string, string]>([
    ['no request id', { inquiryRequestId: undefined }, '4002402', 'inquiryRequestId'],
    ['a request id of 129', { inquiryRequestId: 'x'.repeat(129) }, '4002401', 'inquiryRequestId'],
    ['a request id with a space', { inquiryRequestId: 'a b' }, '4002401', 'inquiryRequestId'],
    ['a date that is none', { trxDateInit: 'yesterday' }, '4002401', 'trxDateInit'],
    ['a channel code with letters', { channelCode: 'ATM' }, '4002401', 'channelCode'],
    ['a language that is a list', { language: ['id'] }, '4002401', 'language'],
    ['an amount that is a text', { amount: '16800.00' }, '4002401', 'amount'],
    ['an amount with a fraction', { amount: { value: '16800.50', currency: 'IDR' } }, '4002401', 'amount.value'],
  ])('%s', (_, fields, code, field) => {
    const reply = saidOf(endpoint.read(callOf('24', { fields }), NOW))
    expect([reply.code, reply.message.match(/\[(.*)\]/)?.[1], reply.refusal]).toEqual([code, field, 'malformed'])
  })
})

describe('a payment refuses', () => {
  test.each<[string, Record<string, unknown>, string, string]>([
    ['no payment id', { paymentRequestId: undefined }, '4002502', 'paymentRequestId'],
    ['a payment id outside ASCII', { paymentRequestId: 'pembayaran-é' }, '4002501', 'paymentRequestId'],
    ['no amount', { paidAmount: undefined }, '4002502', 'paidAmount'],
    ['an amount that is a number', { paidAmount: 16800 }, '4002501', 'paidAmount'],
    ['an amount without value', money(undefined), '4002502', 'paidAmount.value'],
    ['a value that is a number', money(16800), '4002501', 'paidAmount.value'],
    ['a value without decimals', money('16800'), '4002501', 'paidAmount.value'],
    ['a value with a fraction', money('16800.01'), '4002501', 'paidAmount.value'],
    ['a value with three decimals', money('16800.000'), '4002501', 'paidAmount.value'],
    ['a value with a leading zero', money('016800.00'), '4002501', 'paidAmount.value'],
    ['a negative value', money('-16800.00'), '4002501', 'paidAmount.value'],
    ['a value with an exponent', money('1e4.00'), '4002501', 'paidAmount.value'],
    ['a value with white space', money(' 16800.00'), '4002501', 'paidAmount.value'],
    ['a value past 2^53', money('9007199254740992.00'), '4002501', 'paidAmount.value'],
    ['a value with a fraction and no currency', money('16800.01', null), '4002501', 'paidAmount.value'],
    ['no currency', money('16800.00', null), '4002502', 'paidAmount.currency'],
    ['another currency', money('16800.00', 'USD'), '4002501', 'paidAmount.currency'],
    ['a date without offset', { trxDateTime: '2026-11-20T14:03:21' }, '4002501', 'trxDateTime'],
    ['an advice flag of its own', { flagAdvise: 'MAYBE' }, '4002501', 'flagAdvise'],
    ['a reference that is a number', { referenceNo: 12 }, '4002501', 'referenceNo'],
  ])('%s', (_, fields, code, field) => {
    const reply = saidOf(endpoint.read(callOf('25', { fields }), NOW))
    expect([reply.code, reply.message.match(/\[(.*)\]/)?.[1], reply.refusal]).toEqual([code, field, 'malformed'])
  })

  test('the numbers that JSON would round', () => {
    const rawBody = JSON.stringify(payment).replace('"months":2', '"months":2.0')
    expect(saidOf(endpoint.read(callOf('25', { rawBody }), NOW)).message).toBe(
      'Invalid Field Format [additionalInfo.months]',
    )
  })

  test('a field, repeating what could be read', () => {
    const reply = saidOf(endpoint.read(callOf('25', { fields: { customerNo: 'x', paidAmount: undefined } }), NOW))
    expect(reply.data).toEqual({
      partnerServiceId: SERVICE_ID,
      virtualAccountNo: SERVICE_ID + CUSTOMER,
      paymentRequestId: '20261120-000001',
      paymentFlagStatus: '01',
      paymentFlagReason: { english: 'Invalid field format', indonesia: 'Format data tidak sesuai' },
    })
  })
})
