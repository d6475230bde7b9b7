/** What is wider or longer than its place: it scrolls, the keyboard reaches it, it has a name, and its edge shows where more is. */
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef } from 'react'

export function ScrollRegion({
  label,
  className,
  children,
  ref,
  begins = 'start',
}: {
  readonly label: string
  readonly className: string
  readonly children: ReactNode
  readonly ref?: Ref<HTMLDivElement>
  /** Which end is in sight first: of days, the newest. */
  readonly begins?: 'start' | 'end'
}) {
  const own = useRef<HTMLDivElement>(null)
  useImperativeHandle(ref, () => own.current as HTMLDivElement, [])
  useEffect(() => {
    if (begins === 'end' && own.current !== null) own.current.scrollLeft = own.current.scrollWidth
    return watchEdges(own.current)
  }, [begins])
  return (
    // A group, not a landmark: what it holds has its heading around it already.
    // biome-ignore lint/a11y/useSemanticElements: it is no part of a form, which is what fieldset is for
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div role="group" className={`${className} scrolls`} aria-label={label} tabIndex={0} ref={own}>
      {children}
    </div>
  )
}

/** Says on the element on which sides it goes on; the style sheet shows it. */
function watchEdges(region: HTMLDivElement | null): (() => void) | undefined {
  if (region === null) return undefined
  const look = () => {
    const { scrollLeft, clientWidth, scrollWidth, dataset } = region
    const sides = [scrollLeft > 1 && 'left', scrollLeft + clientWidth < scrollWidth - 1 && 'right'].filter(Boolean)
    dataset.more = sides.join(' ')
  }
  const sizes = new ResizeObserver(look)
  sizes.observe(region)
  for (const child of region.children) sizes.observe(child)
  region.addEventListener('scroll', look, { passive: true })
  return () => {
    sizes.disconnect()
    region.removeEventListener('scroll', look)
  }
}
