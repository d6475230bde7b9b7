/** The calls about lists of people. */
import { fileBody, jsonBody } from '../http/input.ts'
import { route } from '../http/route.ts'
import { billCohort } from './bill-cohort.ts'
import { listCohortBills, listCohorts } from './cohort-bills.ts'
import {
  cohortBillRequest,
  cohortBillsQuery,
  cohortBillsSchema,
  cohortSchema,
  cohortsSchema,
  listQuery,
  plannedBillsSchema,
  REFUSED_COLUMNS,
  refusedQuery,
} from './cohort-schemas.ts'
import { confirmCohort, listRefusedRows, receiveList, showCohort } from './cohorts.ts'
import { COHORT_PARAMETER, PROGRAM_PARAMETER, SPONSOR_PARAMETER } from './parameters.ts'

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const COHORT_ROUTES = [
  route({
    method: 'POST',
    path: '/api/sponsors/{sponsor}/cohorts',
    operationId: 'receiveCohort',
    permission: 'sponsor',
    summary: 'A list of people, CSV or workbook; read, judged and enrolled afterwards',
    description: 'The same list again changes nothing. One that corrects an earlier list waits for its confirmation.',
    params: { sponsor: SPONSOR_PARAMETER },
    query: listQuery,
    body: fileBody(
      ['text/csv', 'application/octet-stream', WORKBOOK],
      'CSV in UTF-8 or .xlsx. Columns: nik,name,region_code,sector,income,phone',
    ),
    responses: { 200: cohortSchema, 202: cohortSchema },
    problems: ['UNKNOWN_PROGRAM', 'STEP_DOES_NOT_FIT'],
    handle: receiveList,
  }),
  route({
    method: 'GET',
    path: '/api/programs/{program}/cohorts',
    operationId: 'listCohorts',
    permission: 'follow',
    summary: 'The lists of a program and how far each is, the latest first',
    params: { program: PROGRAM_PARAMETER },
    responses: { 200: cohortsSchema },
    problems: ['UNKNOWN_PROGRAM'],
    handle: listCohorts,
  }),
  route({
    method: 'GET',
    path: '/api/cohorts/{cohort}',
    operationId: 'readCohort',
    permission: 'follow',
    summary: 'A list and how far it is',
    params: { cohort: COHORT_PARAMETER },
    responses: { 200: cohortSchema },
    problems: ['UNKNOWN_COHORT'],
    handle: showCohort,
  }),
  route({
    method: 'GET',
    path: '/api/cohorts/{cohort}/refused',
    operationId: 'readRefusedRows',
    permission: 'sponsor',
    summary: 'The refused rows with the reason of each; as they were sent for whoever sent them',
    params: { cohort: COHORT_PARAMETER },
    query: refusedQuery,
    responses: { 200: { csvFile: `Header: ${REFUSED_COLUMNS.join(',')}` } },
    problems: ['UNKNOWN_COHORT'],
    handle: listRefusedRows,
  }),
  route({
    method: 'POST',
    path: '/api/cohorts/{cohort}/confirmation',
    operationId: 'confirmCohort',
    permission: 'sponsor',
    summary: 'Applies a corrected list whose change somebody has seen',
    params: { cohort: COHORT_PARAMETER },
    responses: { 200: cohortSchema },
    problems: ['UNKNOWN_COHORT', 'STEP_DOES_NOT_FIT', 'CHANGED_MEANWHILE'],
    handle: confirmCohort,
  }),
  route({
    method: 'GET',
    path: '/api/cohorts/{cohort}/bills',
    operationId: 'listCohortBills',
    permission: 'follow',
    summary: 'The bills of a list, whether they are paid, and how far each payment is shared out',
    params: { cohort: COHORT_PARAMETER },
    query: cohortBillsQuery,
    responses: { 200: cohortBillsSchema },
    problems: ['UNKNOWN_COHORT', 'INVALID_INPUT'],
    handle: listCohortBills,
  }),
  route({
    method: 'POST',
    path: '/api/cohorts/{cohort}/bill',
    operationId: 'billCohort',
    permission: 'sponsor',
    summary: 'Bills a list: one code for all of it, or one for each village',
    params: { cohort: COHORT_PARAMETER },
    body: jsonBody(cohortBillRequest),
    responses: { 202: plannedBillsSchema },
    problems: [
      'INVALID_INPUT',
      'UNKNOWN_COHORT',
      'STEP_DOES_NOT_FIT',
      'BILL_PAID',
      'BUDGET_SHORT',
      'NOTHING_DUE',
      'NO_CHANNEL',
      'TOO_FAR_AHEAD',
      'CHANGED_MEANWHILE',
    ],
    handle: billCohort,
  }),
]
