/** The texts of operations in the reader's language. */
import { useLanguage } from './language.tsx'
import { type OperationsTexts, operationsEn } from './operations-en.ts'
import { operationsId } from './operations-id.ts'

export function useOperationsTexts(): OperationsTexts {
  const { language } = useLanguage()
  return language === 'id' ? operationsId : operationsEn
}
