/**
 * The key of a payment decision, `<channel>#<payment id>`: the same text names the payment that paid a bill. Promises that
 * whatever payment id a partner sends, no two payments have one key. Refuses to know whether there is a decision.
 */
import { joinKey, splitKey } from './key-text.ts'

declare const paymentKeyBrand: unique symbol

export type PaymentKey = string & { readonly [paymentKeyBrand]: true }

export type PaymentKeyParts = { readonly channel: string; readonly paymentId: string }

export function paymentKey(channel: string, paymentId: string): PaymentKey {
  return joinKey([channel, paymentId]) as PaymentKey
}

export function parsePaymentKey(text: string): PaymentKey | undefined {
  return splitKey(text)?.length === 2 ? (text as PaymentKey) : undefined
}

export function paymentKeyParts(key: PaymentKey): PaymentKeyParts {
  const [channel = '', paymentId = ''] = splitKey(key) ?? []
  return { channel, paymentId }
}
