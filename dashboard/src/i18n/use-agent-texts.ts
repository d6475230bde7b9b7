/** The texts of the agents' pages in the reader's language. They come with those pages. */
import { type AgentTexts, agentsEn } from './agents-en.ts'
import { agentsId } from './agents-id.ts'
import { useLanguage } from './language.tsx'

export function useAgentTexts(): AgentTexts {
  const { language } = useLanguage()
  return language === 'id' ? agentsId : agentsEn
}
