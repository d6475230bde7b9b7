/** The session as React sees it. */
import { useSyncExternalStore } from 'react'
import type { Permission } from './permissions.ts'
import { current, type Person, type Session, subscribe } from './session.ts'

export function useSession(): Session {
  return useSyncExternalStore(subscribe, current)
}

/** For pages, which are shown to people who are signed in only. */
export function usePerson(): Person | undefined {
  const session = useSession()
  return session.state === 'signed-in' ? session.person : undefined
}

export function useMay(permission: Permission): boolean {
  return usePerson()?.permissions.has(permission) ?? false
}
