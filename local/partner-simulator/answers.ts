/**
 * What a partner understands of the hub's answers: one word per code, written down here a second time on purpose, from the
 * contract and not from the hub's own tables, so that a changed code is noticed. Knows nothing of what was asked.
 */
import type { ProtocolName } from '../../shared/channel-port/channel.ts'
import type { HttpReply, PartnerAnswer } from '../../shared/channel-port/partner.ts'

/**
 * `no-answer`: the outcome is unknown, repeat or reverse; also any reply that is not of the protocol. `odd`: a code that means nothing here.
 */
export type Meaning =
  | 'accepted'
  | 'wrong-amount'
  | 'unknown-customer'
  | 'expired'
  | 'already-paid'
  | 'unknown-original'
  | 'was-reversed'
  | 'conflict'
  | 'too-late'
  | 'unauthorised'
  | 'no-answer'
  | 'odd'

/** SNAP codes are HTTP status, service and case: the service is left out here. */
const SNAP: Readonly<Record<string, Meaning>> = {
  '20000': 'accepted',
  '40413': 'wrong-amount',
  '40412': 'unknown-customer',
  '40419': 'expired',
  '40414': 'already-paid',
  '40900': 'conflict',
  '40100': 'unauthorised',
  '40101': 'unauthorised',
  '42900': 'no-answer',
  '50000': 'no-answer',
  '50400': 'no-answer',
}

const TWO_DIGITS: Readonly<Record<string, Meaning>> = {
  '00': 'accepted',
  '13': 'wrong-amount',
  '14': 'unknown-customer',
  '54': 'expired',
  '88': 'already-paid',
  '92': 'unknown-original',
  '93': 'was-reversed',
  '94': 'conflict',
  '95': 'too-late',
}

const CODES: Readonly<Record<ProtocolName, Readonly<Record<string, Meaning>>>> = {
  snap: SNAP,
  'pipe-h2h': { ...TWO_DIGITS, '05': 'no-answer', '97': 'unauthorised' },
  'hub-h2h': { ...TWO_DIGITS, '96': 'no-answer' },
}

export function meaningOf(protocol: ProtocolName, { status, code }: Pick<PartnerAnswer, 'status' | 'code'>): Meaning {
  if (code === '') return status === 401 ? 'unauthorised' : status === 400 ? 'odd' : 'no-answer'
  const known = protocol === 'snap' ? code.slice(0, 3) + code.slice(5) : code
  return CODES[protocol][known] ?? 'odd'
}

/** Whether the hub refused the call's signature, which must be all that a forged call is answered. */
export function isTurnedAway(protocol: ProtocolName, { status, body }: HttpReply): boolean {
  if (protocol === 'pipe-h2h') return status === 200 && body.split('|')[CODE_OF_PAYMENT] === '97'
  return status === 401
}

/** Place of the response code in the pipe protocol's payment reply. */
const CODE_OF_PAYMENT = 11
