/**
 * Names that survive a rerun and a corrected file: of a line, by what it says and not where it stands; of a difference, by
 * its class and what it is about. Holds no customer: these names are stored and shown.
 */
import type { LineColumns } from './columns.ts'
import type { DaySetting, DifferenceClass } from './day.ts'

/**
 * Identities of lines that have one payment id (or none). Lines that say the same differ by their number in order of
 * line, so all lines of an id must come at once.
 */
export function lineIdentities(lines: LineColumns, rows: readonly number[]): ReadonlyMap<number, string> {
  const seen = new Map<string, number>()
  const inOrder = rows.toSorted((a, b) => lines.lineNumber(a) - lines.lineNumber(b))
  return new Map(
    inOrder.map((row) => {
      const { paymentId, at, amount, fee, status, outlet } = lines.line(row)
      const text = [paymentId, outlet].map(encodeURIComponent).concat([at, amount, fee].map(String), status).join('|')
      const number = (seen.get(text) ?? 0) + 1
      seen.set(text, number)
      return [row, `${text}|${number}`]
    }),
  )
}

/** Of lines with any ids. */
export function identitiesOf(lines: LineColumns, rows: readonly number[]): ReadonlyMap<number, string> {
  const byId = Map.groupBy(rows, (row) => lines.ids.at(row))
  return new Map([...byId.values()].flatMap((same) => [...lineIdentities(lines, same)]))
}

/** `<channel>-<yyyymmdd>-<12 hex>`: the day's part of the id and the id alone address its item. */
export function differenceId(
  setting: Pick<DaySetting, 'channel' | 'date' | 'sha256'>,
  differenceClass: DifferenceClass,
  about: string,
): string {
  const digest = setting.sha256(`${differenceClass}\n${about}`).slice(0, 12)
  return `${setting.channel}-${setting.date.replaceAll('-', '')}-${digest}`
}
