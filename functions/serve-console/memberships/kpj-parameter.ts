/** The number of a membership in a path, and the answer where there is no such membership. */
import { kpjField } from '../http/fields.ts'
import { type Problem, problem } from '../http/reply.ts'

const EXPECTED = 'expected the KPJ of a registered membership, 11 digits'

export const KPJ_PARAMETER = {
  schema: kpjField(),
  otherwise: { code: 'UNKNOWN_MEMBERSHIP', detail: EXPECTED },
} as const

export function unknownMembership(): Problem<'UNKNOWN_MEMBERSHIP'> {
  return problem('UNKNOWN_MEMBERSHIP', EXPECTED)
}

/** For the read trace of a call whose path names the membership. */
export function ofThisMembership({ path }: { readonly path: { readonly kpj: string } }): readonly string[] {
  return [path.kpj]
}
