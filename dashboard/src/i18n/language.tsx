/** The language of the page: its texts, its formats, and the switch. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { I18nProvider } from 'react-aria-components'
import { en, type Texts } from './en.ts'
import { type Format, formatOf } from './format.ts'
import { id } from './id.ts'
import { keepLanguage, type Language, readLanguage } from './preferences.ts'

type Spoken = {
  readonly language: Language
  readonly t: Texts
  readonly f: Format
  readonly speak: (language: Language) => void
}

const TEXTS: Readonly<Record<Language, Texts>> = { en, id }
const Context = createContext<Spoken | undefined>(undefined)

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(readLanguage)
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  const spoken = useMemo<Spoken>(() => {
    const speak = (next: Language) => {
      keepLanguage(next)
      setLanguage(next)
    }
    return { language, t: TEXTS[language], f: formatOf(language), speak }
  }, [language])
  return (
    <Context.Provider value={spoken}>
      <I18nProvider locale={language === 'id' ? 'id-ID' : 'en-GB'}>{children}</I18nProvider>
    </Context.Provider>
  )
}

export function useLanguage(): Spoken {
  const spoken = useContext(Context)
  if (spoken === undefined) throw new Error('expected a LanguageProvider around this')
  return spoken
}

/** What the API names in its own words, in the reader's; a word that is new is shown as it came. */
export function worded(words: Readonly<Record<string, string>>, word: string): string {
  return words[word] ?? word
}
