/** The frame around every page: navigation, who is signed in, language and theme, and whether there is a network. */
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Button, Dialog, DialogTrigger, Modal, ModalOverlay } from 'react-aria-components'
import { useLanguage } from '../i18n/language.tsx'
import { useMay } from '../sign-in/use-session.ts'
import { Mark } from '../ui/mark.tsx'
import { Said } from '../ui/said.tsx'
import { NotAllowed } from '../ui/state.tsx'
import { useOnline } from '../ui/use-online.ts'
import { AccountMenu } from './account-menu.tsx'
import { Navigation } from './navigation.tsx'

/** What is a sponsor's own, besides which its people see nothing. */
const OF_SPONSORS = /^\/sponsors(?:\/|$)/

export function Shell() {
  const { t } = useLanguage()
  const mayRead = useMay('read')
  const path = useRouterState({ select: (state) => state.location.pathname })
  // Of the page that stands: while the next one is on its way, the one before it does.
  const shown = useRouterState({ select: (state) => state.resolvedLocation?.publicHref })
  const isOnTheWay = useRouterState({ select: (state) => state.isLoading })
  const isOnline = useOnline()
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t.skip}
      </a>
      <header className="top">
        <NavigationDrawer />
        <Link to="/" className="brand">
          <Mark />
          <span>{t.app}</span>
        </Link>
        <AccountMenu />
      </header>
      <aside className="side">
        <Link to="/" className="brand">
          <Mark />
          <span>{t.app}</span>
        </Link>
        <Navigation />
        <AccountMenu />
      </aside>
      {isOnTheWay && <div className="on-the-way" aria-hidden="true" />}
      <main id="content" className="content" tabIndex={-1} aria-busy={isOnTheWay} data-address={shown}>
        {!isOnline && (
          <p className="notice warning" role="status">
            {t.state.offline}
          </p>
        )}
        {mayRead || OF_SPONSORS.test(path) ? <Outlet /> : <NotAllowed />}
      </main>
      <Said page={path} />
      <PageName of={shown?.split('?')[0]} />
    </div>
  )
}

/** Says which page has come to those who do not see it: nothing is loaded anew that would. */
function PageName({ of }: { readonly of: string | undefined }) {
  const [name, setName] = useState('')
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another title
  useEffect(() => setName(document.title), [of])
  return (
    <p className="only-read" role="status">
      {name}
    </p>
  )
}

/** On a narrow screen the navigation is a drawer; it closes when one has chosen. */
function NavigationDrawer() {
  const { t } = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address is what closes it
  useEffect(() => setOpen(false), [path])
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button className="icon-button menu-button" aria-label={t.nav.open}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M3 5h14M3 10h14M3 15h14" />
        </svg>
      </Button>
      <ModalOverlay className="overlay" isDismissable>
        <Modal className="drawer">
          <Dialog className="drawer-inside" aria-label={t.nav.label}>
            {({ close }) => (
              <>
                <div className="drawer-head">
                  <span className="brand">
                    <Mark />
                    <span>{t.app}</span>
                  </span>
                  <Button className="icon-button" aria-label={t.nav.close} onPress={close}>
                    <svg viewBox="0 0 20 20" aria-hidden="true">
                      <path d="M5 5l10 10M15 5L5 15" />
                    </svg>
                  </Button>
                </div>
                <Navigation />
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
