/**
 * Every route of the console API, by subject. The order is that of the document; where two paths fit a request, the first
 * with its method answers.
 */
import { AGENTS } from './agents/routes.ts'
import { BILLS } from './bills/routes.ts'
import { BOOKS } from './books/routes.ts'
import { COVERAGE } from './coverage/routes.ts'
import { openApiRoute } from './http/openapi-route.ts'
import type { Route, Subject } from './http/route.ts'
import { MEMBERSHIPS } from './memberships/routes.ts'
import { NOTICES } from './notices/routes.ts'
import { OPERATIONS } from './operations/routes.ts'
import { PARTNERS } from './partners/routes.ts'
import { PERSONAL_DATA } from './personal-data/routes.ts'
import { REPORTS } from './reports/routes.ts'
import { SEARCH } from './search/routes.ts'
import { SETTLEMENT } from './settlement/routes.ts'
import { SPONSORS } from './sponsors/routes.ts'

const DESCRIPTION: Subject = {
  name: 'description',
  description: 'The API itself',
  routes: [openApiRoute(() => SUBJECTS)],
}

export const SUBJECTS: readonly Subject[] = [
  MEMBERSHIPS,
  SEARCH,
  PERSONAL_DATA,
  COVERAGE,
  BILLS,
  SPONSORS,
  AGENTS,
  NOTICES,
  BOOKS,
  REPORTS,
  SETTLEMENT,
  PARTNERS,
  OPERATIONS,
  DESCRIPTION,
]

export const ROUTES: readonly Route[] = SUBJECTS.flatMap(({ routes }) => routes)
