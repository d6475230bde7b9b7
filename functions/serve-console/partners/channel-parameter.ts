/** The channel in the path of the calls about a partner. */
import { textField } from '../http/fields.ts'

export const channel = {
  schema: textField('Payment channel', 64),
  otherwise: { code: 'UNKNOWN_CHANNEL', detail: 'expected the name of a payment channel' },
} as const
