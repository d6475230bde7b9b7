/** What stands around every page: language, answers of the API, and the session, without which there is the welcome only. */
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import { answers } from './api/answers.ts'
import { LanguageProvider } from './i18n/language.tsx'
import { router } from './router.tsx'
import { useSession } from './sign-in/use-session.ts'
import { Welcome } from './sign-in/welcome.tsx'

export function App() {
  return (
    <LanguageProvider>
      <QueryClientProvider client={answers}>
        <Inside />
      </QueryClientProvider>
    </LanguageProvider>
  )
}

function Inside() {
  const session = useSession()
  // What one person was shown is not kept for the next.
  useEffect(() => {
    if (session.state === 'signed-out') answers.clear()
  }, [session.state])
  if (session.state !== 'signed-in') return <Welcome session={session} />
  return <RouterProvider router={router} />
}
