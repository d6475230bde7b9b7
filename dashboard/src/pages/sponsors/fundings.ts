/** Whose money a sponsor of a kind may give. The API decides; test/dashboard/sponsors.test.ts holds this table to its own. */
import type { components } from '../../api/schema.d.ts'

type Schemas = components['schemas']
export type Kind = Schemas['Sponsor']['kind']
export type Funding = Schemas['Program']['funding']

export const FUNDINGS_OF: Readonly<Record<Kind, readonly Funding[]>> = {
  province: ['apbn', 'apbd', 'village'],
  regency: ['apbn', 'apbd', 'village'],
  village: ['village', 'apbd'],
  company: ['csr', 'private'],
  person: ['private'],
}
export const KINDS = Object.keys(FUNDINGS_OF) as readonly Kind[]
export const ALL_FUNDINGS: readonly Funding[] = [...new Set(Object.values(FUNDINGS_OF).flat())]
