/** What the table of keys and the guide through a rotation share: where their answer is kept, and what a key is called. */
import type { Schemas } from '../api/client.ts'
import { useLanguage, worded } from '../i18n/language.tsx'
import { useOperationsTexts } from '../i18n/use-operations-texts.ts'

export type PartnerKey = Schemas['PartnerKey']

export const PARTNER_KEYS = ['partner-keys'] as const

export function useKeyName() {
  const { t } = useLanguage()
  const { keys } = useOperationsTexts()
  return ({ channel, kind }: Pick<PartnerKey, 'channel' | 'kind'>) =>
    `${worded(t.words.channels, channel)}, ${worded(keys.kinds, kind).toLowerCase()}`
}
