/** The texts of the sponsors' pages in the reader's language. They come with those pages. */
import { useLanguage } from './language.tsx'
import { type SponsorTexts, sponsorsEn } from './sponsors-en.ts'
import { sponsorsId } from './sponsors-id.ts'

const TEXTS = { en: sponsorsEn, id: sponsorsId } as const

export function useSponsorTexts(): SponsorTexts {
  return TEXTS[useLanguage().language]
}
