/** The parts that every page is put together from: its head, its sections, figures, and lists of names and values. */
import { type ReactNode, useEffect, useId } from 'react'
import { useLanguage } from '../i18n/language.tsx'
import type { Tone } from './tones.ts'

export function Page({
  title,
  lead,
  actions,
  children,
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  const { t } = useLanguage()
  useEffect(() => {
    document.title = `${title} · ${t.app}`
  }, [title, t])
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{title}</h1>
          {lead !== undefined && <p className="lead">{lead}</p>}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </>
  )
}

export function Section({
  title,
  lead,
  actions,
  children,
  className = '',
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}) {
  const id = useId()
  return (
    <section className={`card ${className}`} aria-labelledby={id}>
      <div className="card-head">
        <div>
          <h2 id={id}>{title}</h2>
          {lead !== undefined && <p className="muted">{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}

export function Figures({ children }: { readonly children: ReactNode }) {
  return <div className="figures">{children}</div>
}

export function Figure({
  label,
  value,
  note,
  tone = 'plain',
}: {
  readonly label: string
  readonly value: ReactNode
  readonly note?: ReactNode
  readonly tone?: Tone
}) {
  return (
    <div className={figureClass(value, tone)}>
      <span className="figure-label">{label}</span>
      <span className="figure-value">{value}</span>
      {note !== undefined && <span className="figure-note">{note}</span>}
    </div>
  )
}

const LONG_FIGURE = 11

/** Two figures stand side by side on a phone: billions of rupiah are set smaller, so that they stay whole. */
export function figureClass(value: ReactNode, tone: Tone): string {
  const isLong = typeof value === 'string' && value.length > LONG_FIGURE
  return `figure tone-${tone}${isLong ? ' long' : ''}`
}

/** A word with a colour and a sign, so that the colour is not needed to read it. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={`badge tone-${tone}`}>
      <span aria-hidden="true" className="badge-sign" />
      {children}
    </span>
  )
}

export function Facts({ items }: { readonly items: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {items.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
