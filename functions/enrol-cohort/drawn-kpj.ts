/**
 * The number of a new membership, drawn from program and person: whoever draws again gets the same, so nothing has to be written
 * down before the membership itself. The participant's hash is keyed, so nobody outside can work a number out.
 */
import { createHash } from 'node:crypto'
import { type Kpj, kpjOf } from '../../shared/domain/kpj.ts'
import type { ParticipantHash } from '../../shared/domain/participant.ts'
import type { ProgramId } from '../../shared/domain/sponsors/sponsor.ts'

/** Eleven digits, the first of them no zero. */
const LOWEST = 10_000_000_000n
const COUNT = 90_000_000_000n

/** `draw` counts from 0: the next one where a number turned out to be another person's. */
export function drawnKpj(program: ProgramId, participant: ParticipantHash, draw: number): Kpj {
  const digest = createHash('sha256').update(`${program} ${participant} ${draw}`).digest('hex')
  return kpjOf(String(LOWEST + (BigInt(`0x${digest}`) % COUNT)))
}
