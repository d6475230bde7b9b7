/**
 * Loads a module with a mutant in it: the module and everything of ours that it imports, once more and apart, as
 * `…?mutant=<name>`. What others have loaded stays as it is; packages are shared.
 */
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Mutant, mutated } from './mutant.ts'

const ROOT = new URL('../../../', import.meta.url).href
const MARK = '?mutant='
const loading = new Map<string, Mutant>()
let isHooked = false

/** `module` is a path from the root of the repository. */
export async function loadMutated<T>(mutant: Mutant, module: string): Promise<T> {
  hook()
  loading.set(mutant.name, mutant)
  return (await import(`${ROOT}${module}${MARK}${mutant.name}`)) as T
}

function hook(): void {
  if (isHooked) return
  isHooked = true
  registerHooks({
    resolve: (specifier, context, next) => {
      const resolved = next(specifier, context)
      const mark = context.parentURL?.split(MARK)[1]
      const isOurs = resolved.url.startsWith(ROOT) && !resolved.url.includes('/node_modules/')
      return mark && isOurs && !resolved.url.includes(MARK)
        ? { ...resolved, url: `${resolved.url}${MARK}${mark}` }
        : resolved
    },
    load: (url, context, next) => {
      const [file = '', mark] = url.split(MARK)
      const mutant = mark === undefined ? undefined : loading.get(mark)
      const loaded = next(url, context)
      if (!mutant || loaded.source === undefined || loaded.source === null) return loaded
      const source =
        typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString()
      return { ...loaded, source: mutated(mutant, fileURLToPath(file).slice(fileURLToPath(ROOT).length), source) }
    },
  })
}
