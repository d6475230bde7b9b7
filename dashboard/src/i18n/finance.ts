/** The texts of finance's pages in the reader's language. They come with those pages, not with the first one. */
import { type FinanceTexts, financeEn } from './finance-en.ts'
import { financeId } from './finance-id.ts'
import { useLanguage } from './language.tsx'

const TEXTS = { en: financeEn, id: financeId } as const

export function useFinance(): FinanceTexts {
  return TEXTS[useLanguage().language]
}
