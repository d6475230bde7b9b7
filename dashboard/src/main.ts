/**
 * The dashboard's start: theme, session, then the page. A tab that was signed in leaves for the sign-in at once, before anything
 * large is loaded; on the way back the application, its first page and the token come at the same time.
 */
import '@fontsource-variable/inter/wght.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/shell.css'
import './styles/parts.css'
import './styles/people.css'
import './styles/watch.css'
import { readTheme, showTheme } from './i18n/preferences.ts'
import { current, isLeaving, landingPath, start } from './sign-in/session.ts'

showTheme(readTheme())
const leaving = isLeaving()
if (!leaving) {
  void showApplication()
  if (landingPath() === '/') void import('./pages/overview.tsx')
}
void start().then(() => {
  // Still here with an answer: the sign-in could not be reached, and the page says so.
  if (leaving && current().state !== 'starting') void showApplication()
})

async function showApplication(): Promise<void> {
  const { show } = await import('./show.tsx')
  show()
}
