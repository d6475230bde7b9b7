/** The calls that answer whether a membership was covered, and keep such an answer. */
import { jsonBody } from '../http/input.ts'
import { route, type Subject } from '../http/route.ts'
import { KPJ_PARAMETER, ofThisMembership } from '../memberships/kpj-parameter.ts'
import { listCoverMonths } from './cover-months.ts'
import { coverMonthsQuery, coverMonthsSchema } from './cover-months-schemas.ts'
import { answerCoverage } from './coverage-answer.ts'
import { keepCoverageAnswer, listCoverageAnswers } from './keep-coverage-answer.ts'
import { coverageKept, coverageQuery, coverageQuestion, coverageSchema, keptAnswers } from './schemas.ts'

export const COVERAGE: Subject = {
  name: 'coverage',
  description: 'Whether a membership was covered then, and on what evidence; answers given for a benefit',
  routes: [
    route({
      method: 'GET',
      path: '/api/memberships/{kpj}/coverage',
      operationId: 'readCoverage',
      permission: 'read',
      summary: 'Was it covered then, and on what evidence',
      trace: { shows: 'account', accounts: ofThisMembership },
      params: { kpj: KPJ_PARAMETER },
      query: coverageQuery,
      responses: { 200: coverageSchema },
      problems: ['KNOWN_AT_TOO_RECENT', 'UNKNOWN_MEMBERSHIP'],
      handle: answerCoverage,
    }),
    route({
      method: 'GET',
      path: '/api/memberships/{kpj}/months',
      operationId: 'listCoverMonths',
      permission: 'read',
      summary: 'Month by month: what pays it, its cover, its settlement, its notices',
      description: 'Up to 36 months; without bounds, from 18 months back to the last month that is paid.',
      trace: { shows: 'account', accounts: ofThisMembership },
      params: { kpj: KPJ_PARAMETER },
      query: coverMonthsQuery,
      responses: { 200: coverMonthsSchema },
      problems: ['INVALID_INPUT', 'UNKNOWN_MEMBERSHIP'],
      handle: listCoverMonths,
    }),
    route({
      method: 'GET',
      path: '/api/memberships/{kpj}/coverage/answers',
      operationId: 'listCoverageAnswers',
      permission: 'read',
      summary: 'Answers that were given for a benefit, newest first, at most 100',
      trace: { shows: 'account', accounts: ofThisMembership },
      params: { kpj: KPJ_PARAMETER },
      responses: { 200: keptAnswers },
      problems: ['UNKNOWN_MEMBERSHIP'],
      handle: listCoverageAnswers,
    }),
    route({
      method: 'POST',
      path: '/api/memberships/{kpj}/coverage/answers',
      operationId: 'keepCoverageAnswer',
      permission: 'operate',
      summary: 'Answers for a benefit and keeps the answer in the audit chain',
      trace: { shows: 'account', accounts: ofThisMembership },
      params: { kpj: KPJ_PARAMETER },
      body: jsonBody(coverageQuestion),
      responses: { 201: coverageKept },
      problems: ['NOT_ALLOWED', 'KNOWN_AT_TOO_RECENT', 'UNKNOWN_MEMBERSHIP'],
      handle: keepCoverageAnswer,
    }),
  ],
}
