/** The dashboard's start: theme, session, then the page. */
import '@fontsource-variable/inter/wght.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/shell.css'
import './styles/parts.css'
import './styles/people.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { readTheme, showTheme } from './i18n/preferences.ts'
import { start } from './sign-in/session.ts'

showTheme(readTheme())
void start()
const root = document.getElementById('root')
if (root === null) throw new Error('expected the page to have a root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
