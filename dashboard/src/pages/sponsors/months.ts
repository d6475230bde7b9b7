/** Contribution months as text: 2026-11. */

/** Of a day or a month: the month after its own. */
export function monthAfter(date: string): string {
  const [year = 0, month = 0] = date.split('-').map(Number)
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`
}
