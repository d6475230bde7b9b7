/** What a mutant is: one small change of one source file, and how a person reads it. */

/** `start` and `end` are offsets in the file's text; `operator` says which kind of change it is. */
export type Mutant = {
  readonly file: string
  readonly operator: string
  readonly start: number
  readonly end: number
  readonly replacement: string
}

export type Edit = Omit<Mutant, 'file'>

export function mutatedText(text: string, { start, end, replacement }: Edit): string {
  return text.slice(0, start) + replacement + text.slice(end)
}

/** From 1, as editors count. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

/** The lines that the change touches, before and after, each trimmed and joined by one space. */
export function beforeAndAfter(text: string, edit: Edit): { readonly before: string; readonly after: string } {
  const from = text.lastIndexOf('\n', edit.start - 1) + 1
  const next = text.indexOf('\n', edit.end)
  const to = next === -1 ? text.length : next
  const inOneLine = (lines: string) =>
    lines
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .join(' ')
  const after = text.slice(from, edit.start) + edit.replacement + text.slice(edit.end, to)
  return { before: inOneLine(text.slice(from, to)), after: inOneLine(after) }
}
