/** Why somebody did something, in their words; where nobody said why, the API keeps a word of its own. */
import type { FinanceTexts } from '../../i18n/finance-en.ts'

/** As functions/serve-console/http/two-person-step.ts writes it. */
const NOT_STATED = 'not stated'

export function statedReason(
  reason: string,
  { two }: { readonly two: Pick<FinanceTexts['two'], 'notStated'> },
): string {
  return reason === NOT_STATED ? two.notStated : reason
}
