/** How a rehearsal is deployed otherwise than production, beyond names: one row for each setting that differs, with all that it is set of. */
import type { Template } from '../../infra/synth.ts'
import { row } from './deployed-names.ts'

type Templates = Readonly<Record<string, Template>>

/** Ids that the framework makes of the stack's name. */
const MADE_UP = /\.(TargetOriginId|Origins\.\d+\.Id|OriginAccessControlConfig\.Name)$/

/** `named`: the names of resources by their logical ids. */
export function stageDifferences(
  production: Templates,
  rehearsal: Templates,
  named: (ids: readonly string[]) => readonly string[],
): readonly string[] {
  const found = Object.entries(production).flatMap(([stack, { Resources }]) => {
    const others = rehearsal[`${stack}-rehearsal`]?.Resources ?? {}
    const ids = [...new Set([...Object.keys(Resources), ...Object.keys(others)])]
    return ids.flatMap((id) => {
      const [here, there] = [settingsIn(Resources[id]), settingsIn(others[id])]
      return [...new Set([...here.keys(), ...there.keys()])]
        .filter((name) => here.get(name) !== there.get(name) && !MADE_UP.test(name))
        .map((name) => ({ id, setting: [name, here.get(name) ?? '', there.get(name) ?? ''] }))
    })
  })
  const bySetting = Map.groupBy(found, ({ setting }) => JSON.stringify(setting))
  return [...bySetting.values()].map((all) =>
    row([...(all[0]?.setting ?? []), named(all.map(({ id }) => id)).join(', ')]),
  )
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
