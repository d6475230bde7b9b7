/**
 * A warning about a NIK whose regency the present list does not know. A warning only: people keep the number they were
 * given when their regency was still called otherwise. Apart from nik.ts, so that the endpoints do not carry the list.
 */
import type { Nik } from './nik.ts'
import { type RegencyWarning, regencyWarning } from './regencies.ts'

export function nikRegencyWarning(nik: Nik): RegencyWarning | undefined {
  return regencyWarning(`${nik.slice(0, 2)}.${nik.slice(2, 4)}`)
}
