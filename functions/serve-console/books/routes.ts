/** The calls by which finance signs off its days, closes its months, and reads its books. */
import type { Subject } from '../http/route.ts'
import { LEDGER_ROUTES } from './ledger-routes.ts'
import { PERIOD_ROUTES } from './period-routes.ts'
import { SIGN_OFF_ROUTES } from './sign-off-routes.ts'

export const BOOKS: Subject = {
  name: 'books',
  description: 'Days signed off, months closed, the journal for the general ledger, trial balance, receivables',
  routes: [...SIGN_OFF_ROUTES, ...PERIOD_ROUTES, ...LEDGER_ROUTES],
}
