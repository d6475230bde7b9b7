/** What is wider or longer than its place: it scrolls, the keyboard reaches it, and it has a name. */
import type { ReactNode, Ref } from 'react'

export function ScrollRegion({
  label,
  className,
  children,
  ref,
}: {
  readonly label: string
  readonly className: string
  readonly children: ReactNode
  readonly ref?: Ref<HTMLDivElement>
}) {
  return (
    // A group, not a landmark: what it holds has its heading around it already.
    // biome-ignore lint/a11y/useSemanticElements: it is no part of a form, which is what fieldset is for
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div role="group" className={className} aria-label={label} tabIndex={0} ref={ref}>
      {children}
    </div>
  )
}
