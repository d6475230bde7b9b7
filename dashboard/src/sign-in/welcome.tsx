/** What somebody sees who is not signed in: why, and the way in. */
import { Button } from 'react-aria-components'
import { useLanguage } from '../i18n/language.tsx'
import { LanguageSwitch } from '../ui/language-switch.tsx'
import { Mark } from '../ui/mark.tsx'
import { type Session, signIn } from './session.ts'

export function Welcome({ session }: { readonly session: Exclude<Session, { state: 'signed-in' }> }) {
  const { t } = useLanguage()
  if (session.state === 'starting') {
    return (
      <main className="welcome" aria-busy="true">
        <p className="welcome-going">{t.signIn.going}</p>
      </main>
    )
  }
  const notice = { new: undefined, ended: t.signIn.ended, left: t.signIn.left, failed: t.signIn.failed }[session.why]
  const wanted = location.pathname + location.search
  return (
    <main className="welcome">
      <div className="welcome-card">
        <div className="welcome-brand">
          <Mark />
          <span>{t.app}</span>
        </div>
        <h1>{t.signIn.title}</h1>
        <p className="lead">{t.signIn.lead}</p>
        {notice !== undefined && (
          <p role="status" className="notice">
            {notice}
          </p>
        )}
        <div className="welcome-actions">
          <Button className="button primary" onPress={() => void signIn(wanted)}>
            {t.signIn.action}
          </Button>
          <LanguageSwitch />
        </div>
      </div>
    </main>
  )
}
