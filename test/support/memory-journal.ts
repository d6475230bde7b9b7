/** The journal in memory, as shared/store/journal/journal.ts keeps it. */
import type { ClosedDay, JournalPart, JournalStore } from '../../shared/store/journal/journal.ts'

export function memoryJournal(): JournalStore & { readonly days: Map<string, ClosedDay> } {
  const days = new Map<string, ClosedDay>()
  const parts = new Map<string, JournalPart>()
  return {
    days,
    get: async (day) => days.get(day),
    lastClosed: async (day) => {
      const last = [...days.keys()].filter((each) => day === undefined || each <= day).sort()
      return days.get(last.at(-1) ?? '')
    },
    range: async (from, to) =>
      [...days.values()].filter(({ day }) => day >= from && day <= to).sort((a, b) => (a.day < b.day ? -1 : 1)),
    close: async (closed) => {
      if (days.has(closed.day)) return 'exists'
      days.set(closed.day, closed)
      return 'put'
    },
    putPart: async (day, part, count, sums) => void parts.set(`${day}#${part}#${count}`, sums),
    parts: async (day, count) =>
      Array.from({ length: count }, (_, part) => parts.get(`${day}#${part}#${count}`)).filter(
        (part) => part !== undefined,
      ),
  }
}
