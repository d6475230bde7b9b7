/** Which colour a state has. */
export type Tone = 'plain' | 'good' | 'wait' | 'warn' | 'bad'

const TONES: Readonly<Record<string, Tone>> = {
  reconciled: 'good',
  'reconciled-with-pending': 'wait',
  differences: 'warn',
  incomplete: 'bad',
  active: 'good',
  grace: 'warn',
  lapsed: 'bad',
  new: 'warn',
  persisting: 'bad',
  proposed: 'wait',
  approved: 'wait',
  resolved: 'good',
  accepted: 'good',
  held: 'bad',
  rejected: 'bad',
  chained: 'good',
  whole: 'good',
  'in-force': 'good',
  'ends-soon': 'warn',
  ended: 'bad',
  broken: 'bad',
  unverified: 'warn',
  sound: 'good',
  differs: 'bad',
  paid: 'good',
  open: 'wait',
  expired: 'bad',
  sent: 'good',
  failed: 'bad',
  unknown: 'warn',
  unreachable: 'bad',
  unidentified: 'warn',
  unsigned: 'wait',
  signed: 'good',
  changed: 'warn',
  withdrawn: 'bad',
}

export function toneOf(state: string): Tone {
  return TONES[state] ?? 'plain'
}
