/** Every deliberate fault there is, by name. What catches each is found out by trying: try-mutants.ts. */
import { ENDPOINT_MUTANTS } from './endpoint-mutants.ts'
import { FLOW_MUTANTS } from './flow-mutants.ts'
import { FOLD_MUTANTS } from './fold-mutants.ts'
import { LIST_MUTANTS } from './list-mutants.ts'
import type { Mutant } from './mutant.ts'
import { NOTICE_MUTANTS } from './notice-mutants.ts'
import { PAYER_MUTANTS } from './payer-mutants.ts'
import { SETTLEMENT_MUTANTS } from './settlement-mutants.ts'
import { SUITE_MUTANTS } from './suite-mutants.ts'

export const MUTANTS: readonly Mutant[] = [
  ...ENDPOINT_MUTANTS,
  ...FOLD_MUTANTS,
  ...PAYER_MUTANTS,
  ...FLOW_MUTANTS,
  ...SETTLEMENT_MUTANTS,
  ...NOTICE_MUTANTS,
  ...LIST_MUTANTS,
  ...SUITE_MUTANTS,
]

/** Throws a RangeError for a name that no mutant has. */
export function mutantNamed(name: string): Mutant {
  const mutant = MUTANTS.find((each) => each.name === name)
  if (!mutant) throw new RangeError(`expected the name of a mutant, got ${name}`)
  return mutant
}
