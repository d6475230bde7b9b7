/** The texts of locks in the reader's language. */
import { useLanguage } from './language.tsx'
import { type LockTexts, locksEn } from './locks-en.ts'
import { locksId } from './locks-id.ts'

export function useLockTexts(): LockTexts {
  const { language } = useLanguage()
  return language === 'id' ? locksId : locksEn
}
