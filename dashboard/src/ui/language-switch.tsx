/** Indonesian or English, at once and for the next time. */
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useLanguage } from '../i18n/language.tsx'
import type { Language } from '../i18n/preferences.ts'

const NAMES: readonly (readonly [Language, string])[] = [
  ['id', 'Bahasa Indonesia'],
  ['en', 'English'],
]

export function LanguageSwitch() {
  const { language, speak, t } = useLanguage()
  return (
    <ToggleButtonGroup
      className="segmented"
      aria-label={t.user.language}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[language]}
      onSelectionChange={(keys) => {
        for (const key of keys) speak(key as Language)
      }}
    >
      {NAMES.map(([key, name]) => (
        <ToggleButton key={key} id={key} aria-label={name}>
          {key.toUpperCase()}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}
