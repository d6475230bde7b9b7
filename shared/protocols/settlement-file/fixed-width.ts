/** Lines whose columns have fixed widths, counted in characters. A line of another length is no line of the layout. */
export function cutter(widths: readonly number[]): (text: string) => readonly string[] | undefined {
  const length = widths.reduce((sum, width) => sum + width, 0)
  return (text) => {
    if (text.length !== length) return undefined
    const columns: string[] = []
    let at = 0
    for (const width of widths) {
      columns.push(text.slice(at, at + width))
      at += width
    }
    return columns
  }
}
