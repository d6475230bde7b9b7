/** Why somebody did something, in their words; where nobody wrote why, the API keeps a word of its own. */
import type { FinanceTexts } from '../../i18n/finance-en.ts'

type Texts = { readonly two: Pick<FinanceTexts['two'], 'notStated' | 'handedOver'> }

/** As functions/serve-console/http/two-person-step.ts and settlement/confirm-statement.ts write them. */
const NOT_STATED = 'not stated'
export const HANDED_OVER = 'handed over'

export function statedReason(reason: string, { two }: Texts): string {
  if (reason === NOT_STATED) return two.notStated
  return reason === HANDED_OVER ? two.handedOver : reason
}
