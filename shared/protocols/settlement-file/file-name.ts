/** File names that hold their business day: `IDM_20261120.csv`. Exact in every letter: what is nearly a name is none. */
import { type BusinessDate, parseBusinessDate } from '../../domain/instant.ts'

export type FileNames = {
  readonly fileName: (date: BusinessDate) => string
  /** Undefined when it is no name of this channel's files. */
  readonly dateOf: (name: string) => BusinessDate | undefined
}

export function fileNames(prefix: string, ending: string): FileNames {
  return {
    fileName: (date) => `${prefix}_${date.replaceAll('-', '')}.${ending}`,
    dateOf: (name) => {
      if (!name.startsWith(`${prefix}_`) || !name.endsWith(`.${ending}`)) return undefined
      const digits = name.slice(prefix.length + 1, -(ending.length + 1))
      const match = /^(\d{4})(\d{2})(\d{2})$/.exec(digits)
      return match ? parseBusinessDate(`${match[1]}-${match[2]}-${match[3]}`) : undefined
    },
  }
}
