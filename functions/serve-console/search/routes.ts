/** The search: one field for everything that people hold in their hands. */
import { isBillCode } from '../../../shared/domain/bill-code.ts'
import { jsonBody } from '../http/input.ts'
import { route, type Subject } from '../http/route.ts'
import { searchRequest, searchSchema } from './schemas.ts'
import { search } from './search.ts'

export const SEARCH: Subject = {
  name: 'search',
  description: 'Memberships, bills and payments by whatever number somebody names, never in an address',
  routes: [
    route({
      method: 'POST',
      path: '/api/searches',
      operationId: 'search',
      permission: 'read',
      summary: 'By KPJ, NIK, bill code, payment id or hub reference; names are not searched',
      body: jsonBody(searchRequest),
      trace: { shows: 'identity', accounts: (_, found) => accountsIn(found) },
      responses: { 200: searchSchema },
      handle: search,
    }),
  ],
}

type Found = {
  readonly memberships: readonly { readonly kpj: string }[]
  readonly bills: readonly { readonly kpj: string | null }[]
  readonly payments: readonly { readonly account: string | null }[]
}

/** Each once; a search that found nobody leaves its trace, too. */
function accountsIn({ memberships, bills, payments }: Found): readonly (string | null)[] {
  const paidFor = payments.flatMap(({ account }) => (account === null || isBillCode(account) ? [] : [account]))
  const all = new Set([...memberships, ...bills].map(({ kpj }) => kpj).concat(paidFor))
  all.delete(null)
  return all.size === 0 ? [null] : [...all]
}
