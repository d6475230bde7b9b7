/** The mark of the hub. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" className="mark-ground" />
      <path d="M9 8v16M23 8v16M9 16h14" className="mark-lines" />
      <circle cx="16" cy="16" r="3.4" className="mark-point" />
    </svg>
  )
}
