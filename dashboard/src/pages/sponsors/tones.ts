/** Which colour a program or a list has, by how far it is. */
import type { Schemas } from '../../api/client.ts'
import type { Tone } from '../../ui/tones.ts'

export const PROGRAM_TONES: Readonly<Record<Schemas['Program']['state'], Tone>> = {
  draft: 'plain',
  enrolling: 'wait',
  billed: 'warn',
  paid: 'good',
  running: 'good',
  ending: 'warn',
  ended: 'plain',
}

export const LIST_TONES: Readonly<Record<Schemas['Cohort']['state'], Tone>> = {
  received: 'wait',
  judged: 'wait',
  enrolled: 'wait',
  billed: 'warn',
  paid: 'good',
  withdrawn: 'plain',
}
