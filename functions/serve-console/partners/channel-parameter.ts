/** The channel in the path of the calls about a partner. */
import { textField } from '../http/fields.ts'
import { problem } from '../http/reply.ts'
import type { ConsolePorts } from '../ports.ts'

export const channel = {
  schema: textField('Payment channel', 64),
  otherwise: { code: 'UNKNOWN_CHANNEL', detail: 'expected the name of a payment channel' },
} as const

export function unknownChannel({ channels }: Pick<ConsolePorts, 'channels'>) {
  return problem('UNKNOWN_CHANNEL', `expected one of ${channels.join(', ')}`)
}
