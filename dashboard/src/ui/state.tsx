/** What a page shows while it has nothing to show: loading, empty, a problem, no permission, no such page. */

import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { ApiProblem } from '../api/client.ts'
import { useLanguage } from '../i18n/language.tsx'

/** The answer once it is there; figures that could not be renewed stay, and say that they are older. */
export function Answered<T>({
  query,
  children,
  rows = 4,
}: {
  readonly query: UseQueryResult<T>
  readonly children: (answer: T) => ReactNode
  readonly rows?: number
}) {
  const { t } = useLanguage()
  if (query.data === undefined) {
    if (query.error === null) return <Loading rows={rows} />
    if (isTooEarly(query.error)) return <Empty>{problemText(t.problems, query.error)}</Empty>
    return <ProblemState problem={query.error} onRetry={() => void query.refetch()} />
  }
  return (
    <>
      {query.isRefetchError && (
        <div className="notice warning" role="status">
          <span>
            {problemText(t.problems, query.error)} {t.state.stale}
          </span>
          <Button className="button small" onPress={() => void query.refetch()}>
            {t.state.retry}
          </Button>
        </div>
      )}
      {children(query.data)}
    </>
  )
}

/** Nothing is wrong: there is no answer yet, and to ask again at once would change nothing. */
function isTooEarly(problem: Error): boolean {
  return problem instanceof ApiProblem && problem.code === 'DAY_OPEN'
}

export function Loading({ rows }: { readonly rows: number }) {
  const { t } = useLanguage()
  return (
    <div className="skeleton" role="status" aria-label={t.state.loading}>
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <span key={key} />
      ))}
    </div>
  )
}

export function Empty({ children }: { readonly children?: ReactNode }) {
  const { t } = useLanguage()
  return <p className="empty">{children ?? t.state.empty}</p>
}

export function ProblemState({ problem, onRetry }: { readonly problem: Error; readonly onRetry?: () => void }) {
  const { t } = useLanguage()
  return (
    <div className="problem" role="alert">
      <h2>{t.state.problemTitle}</h2>
      <p>{problemText(t.problems, problem)}</p>
      {onRetry !== undefined && (
        <Button className="button" onPress={onRetry}>
          {t.state.retry}
        </Button>
      )}
    </div>
  )
}

/** In the reader's words, where there are any; otherwise what the API expected. */
export function problemText(texts: Readonly<Record<string, string>>, problem: unknown): string {
  if (!(problem instanceof ApiProblem)) return texts.NO_ANSWER ?? ''
  const known = texts[problem.code]
  if (problem.code === 'INVALID_INPUT' && problem.detail !== '') return `${known ?? ''} (${problem.detail})`
  return known ?? `${problem.code}: ${problem.detail}`
}

/** Beside a form: what became of sending it. */
export function FormProblem({ problem }: { readonly problem: unknown }) {
  const { t } = useLanguage()
  if (problem === null || problem === undefined) return null
  return (
    <p className="form-problem" role="alert">
      {problemText(t.problems, problem)}
    </p>
  )
}

export function NotAllowed() {
  const { t } = useLanguage()
  return (
    <div className="problem">
      <h1>{t.state.notAllowed}</h1>
      <p>{t.state.notAllowedLead}</p>
      <HomeLink />
    </div>
  )
}

export function MissingPage() {
  const { t } = useLanguage()
  return (
    <div className="problem">
      <h1>{t.state.notFound}</h1>
      <p>{t.state.notFoundLead}</p>
      <HomeLink />
    </div>
  )
}

/** Also when a page's code could not be loaded: then the network is to blame, or a new version is out. */
export function BrokenPage() {
  const { t } = useLanguage()
  return (
    <div className="problem" role="alert">
      <h1>{t.state.broken}</h1>
      <Button className="button" onPress={() => location.reload()}>
        {t.state.retry}
      </Button>
    </div>
  )
}

function HomeLink() {
  const { t } = useLanguage()
  return (
    <Link to="/" className="button">
      {t.state.home}
    </Link>
  )
}
