/** Renders a pipe's input template: `<$.path>` becomes the value at that path of the record, text as it is, the rest as JSON. */
import { type Json, record } from '../cloud-assembly/template.ts'

export function rendered(template: string | null, event: Json): string {
  if (template === null) return JSON.stringify(event)
  return template.replace(/<\$\.([\w.]+)>/g, (_, path: string) => {
    const value = path.split('.').reduce<Json | undefined>((inner, name) => record(inner)[name], event)
    if (value === undefined) return ''
    return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value)
  })
}
