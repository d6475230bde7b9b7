/** Puts the application on the page. A module of its own, so that a page that only leaves for the sign-in need not load it. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'

export function show(): void {
  const root = document.getElementById('root')
  if (root === null) throw new Error('expected the page to have a root')
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
