/** Why a payment that could be read is refused, in order of precedence: the first that applies is the answer. */
export const REFUSAL_CODES = ['unknown-customer', 'expired', 'already-paid', 'wrong-amount'] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]
