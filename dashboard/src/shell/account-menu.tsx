/** Who is signed in, with which roles; language, theme, and the way out. */

import { useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover, ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { useLanguage, worded } from '../i18n/language.tsx'
import { keepTheme, readTheme, type Theme } from '../i18n/preferences.ts'
import { signOut } from '../sign-in/session.ts'
import { usePerson } from '../sign-in/use-session.ts'
import { LanguageSwitch } from '../ui/language-switch.tsx'

const THEMES: readonly Theme[] = ['system', 'light', 'dark']

export function AccountMenu() {
  const { t } = useLanguage()
  const person = usePerson()
  if (person === undefined) return null
  const roles = person.roles.map((role) => worded(t.words.roles, role)).join(', ')
  return (
    <DialogTrigger>
      <Button className="account">
        <span className="avatar" aria-hidden="true">
          {initialsOf(person.name)}
        </span>
        <span className="account-text">
          <b>{person.name}</b>
          <small>{roles}</small>
        </span>
        <span className="only-read">{t.user.menu}</span>
      </Button>
      <Popover className="popover" placement="top start">
        <Dialog className="account-dialog" aria-label={t.user.menu}>
          <div>
            <b>{person.name}</b>
            <p className="muted">
              {t.user.roles}: {roles}
            </p>
          </div>
          <div className="setting">
            <span>{t.user.language}</span>
            <LanguageSwitch />
          </div>
          <div className="setting">
            <span>{t.user.theme}</span>
            <ThemeSwitch />
          </div>
          <Button className="button" onPress={() => void signOut()}>
            {t.user.signOut}
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function ThemeSwitch() {
  const { t } = useLanguage()
  const [theme, setTheme] = useState(readTheme)
  const choose = (next: Theme) => {
    keepTheme(next)
    setTheme(next)
  }
  return (
    <ToggleButtonGroup
      className="segmented"
      aria-label={t.user.theme}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[theme]}
      onSelectionChange={(keys) => {
        for (const key of keys) choose(key as Theme)
      }}
    >
      {THEMES.map((each) => (
        <ToggleButton key={each} id={each}>
          {t.theme[each]}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

function initialsOf(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean)
  return words
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? '')
    .join('')
}
