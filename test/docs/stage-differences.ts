/** How a rehearsal is deployed otherwise than production, beyond names: one row for each setting that differs. */
import type { Template } from '../../infra/synth.ts'
import { row, unhashed } from './deployed-names.ts'

type Templates = Readonly<Record<string, Template>>

export function stageDifferences(production: Templates, rehearsal: Templates): readonly string[] {
  const rows = Object.entries(production).flatMap(([stack, { Resources }]) => {
    const others = rehearsal[`${stack}-rehearsal`]?.Resources ?? {}
    const ids = [...new Set([...Object.keys(Resources), ...Object.keys(others)])]
    return ids.flatMap((id) => {
      const [here, there] = [settingsIn(Resources[id]), settingsIn(others[id])]
      const names = [...new Set([...here.keys(), ...there.keys()])]
      return names
        .filter((name) => here.get(name) !== there.get(name))
        .map((name) => row([unhashed(id), name, here.get(name) ?? '', there.get(name) ?? '']))
    })
  })
  return [...new Set(rows)].sort()
}

/** Each value by its path, with the stage's own name taken out. */
function settingsIn(value: unknown, path = ''): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, unnamed(String(value))]])
  return new Map(
    Object.entries(value).flatMap(([name, each]) => [...settingsIn(each, path === '' ? name : `${path}.${name}`)]),
  )
}

function unnamed(text: string): string {
  return text
    .replaceAll('hub-rehearsal', 'hub')
    .replaceAll('-rehearsal', '')
    .replace(/^rehearsal /, '')
}
