/** The texts of overview, operations and partners in the reader's language. */
import { useLanguage } from './language.tsx'
import { type WatchTexts, watchEn } from './watch-en.ts'
import { watchId } from './watch-id.ts'

export function useWatchTexts(): WatchTexts {
  const { language } = useLanguage()
  return language === 'id' ? watchId : watchEn
}
