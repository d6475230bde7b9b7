/** A reason that nobody gave is said in the page's language, not in the word that the API keeps. */
import { expect, test } from 'vitest'
import { financeEn } from '../../dashboard/src/i18n/finance-en.ts'
import { financeId } from '../../dashboard/src/i18n/finance-id.ts'
import { statedReason } from '../../dashboard/src/pages/books/stated-reason.ts'
import { NOT_STATED } from '../../functions/serve-console/http/two-person-step.ts'
import { HANDED_OVER } from '../../functions/serve-console/settlement/confirm-statement.ts'

test.each([
  ['en', financeEn, 'no reason given', 'handed over by one person'],
  ['id', financeId, 'alasan tidak disebutkan', 'diunggah oleh satu orang'],
] as const)('in %s', (_, texts, nobodySaid, handedOver) => {
  expect(statedReason(NOT_STATED, texts)).toBe(nobodySaid)
  expect(statedReason(HANDED_OVER, texts)).toBe(handedOver)
  expect(statedReason('as agreed', texts)).toBe('as agreed')
})
