/** Language and theme of this browser: kept in local storage, because they are nobody's data. */
export type Language = 'id' | 'en'
export type Theme = 'system' | 'light' | 'dark'

export function readLanguage(): Language {
  const kept = localStorage.getItem('language')
  if (kept === 'id' || kept === 'en') return kept
  return navigator.language.startsWith('en') ? 'en' : 'id'
}

export function keepLanguage(language: Language): void {
  localStorage.setItem('language', language)
}

export function readTheme(): Theme {
  const kept = localStorage.getItem('theme')
  return kept === 'light' || kept === 'dark' ? kept : 'system'
}

export function keepTheme(theme: Theme): void {
  localStorage.setItem('theme', theme)
  showTheme(theme)
}

export function showTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme
}
