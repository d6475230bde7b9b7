/**
 * What became of an act, said once: in sight for some seconds and read out, also when the form that sent it has gone meanwhile.
 * The page shows the same for good; nothing is said here alone.
 */
import { useEffect, useSyncExternalStore } from 'react'
import { Button } from 'react-aria-components'
import { useLanguage } from '../i18n/language.tsx'

const SHOWN_MILLIS = 10_000

type Saying = { readonly text: string; readonly count: number }
let saying: Saying | null = null
let count = 0
const listeners = new Set<() => void>()

function tell(next: Saying | null): void {
  saying = next
  for (const listener of listeners) listener()
}

/** After the dialog that asked has closed: what lies behind one is not read out. */
export function say(text: string): void {
  count += 1
  const next = { text, count }
  setTimeout(() => tell(next))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Of the page that stands: what was said on one page is gone on the next. */
export function Said({ page }: { readonly page: string }) {
  const { t } = useLanguage()
  const now = useSyncExternalStore(subscribe, () => saying)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is what ends it
  useEffect(() => () => tell(null), [page])
  useEffect(() => {
    if (now === null) return
    const timer = setTimeout(() => tell(null), SHOWN_MILLIS)
    return () => clearTimeout(timer)
  }, [now])
  return (
    <div className="said" role="status">
      {now !== null && (
        <div key={now.count} className="said-text">
          <span>{now.text}</span>
          <Button className="icon-button" aria-label={t.form.close} onPress={() => tell(null)}>
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M5 5l10 10M15 5L5 15" />
            </svg>
          </Button>
        </div>
      )}
    </div>
  )
}
