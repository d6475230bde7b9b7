/** The calls that report: overview, coverage figures, targets, lapses, the journal, and simulations of other rules. */
import { textField } from '../http/fields.ts'
import { csvBody, jsonBody } from '../http/input.ts'
import { route, type Subject } from '../http/route.ts'
import { showCoverageFigures } from './coverage-figures.ts'
import { importTargets } from './coverage-targets.ts'
import { showCoverageTrend } from './coverage-trend.ts'
import { DAY_EXPECTED, JOURNAL_COLUMNS, showJournal } from './journal.ts'
import { LAPSE_COLUMNS, listLapses } from './lapses.ts'
import { showOverview } from './overview.ts'
import { overviewSchema } from './overview-schemas.ts'
import { simulateRules } from './rule-simulation.ts'
import { ruleTrialRequest, ruleTrialSchema } from './rule-simulation-schemas.ts'
import {
  coverageFiguresQuery,
  coverageFiguresSchema,
  coverageTrendQuery,
  coverageTrendSchema,
  journalQuery,
  journalSchema,
  lapsesQuery,
  lapsesSchema,
  targetsResult,
} from './schemas.ts'
import { TARGET_COLUMNS } from './target-row.ts'

export const REPORTS: Subject = {
  name: 'reports',
  description:
    'Overview, coverage figures against workers and targets, lapses, the journal, simulations of other rules',
  routes: [
    route({
      method: 'GET',
      path: '/api/overview',
      operationId: 'readOverview',
      permission: 'read',
      summary: 'Where memberships stand, what came in, what is open, and whether the hub keeps up',
      responses: { 200: overviewSchema },
      handle: showOverview,
    }),
    route({
      method: 'GET',
      path: '/api/coverage',
      operationId: 'readCoverageFigures',
      permission: 'read',
      summary: 'How many memberships stood where on a day, against workers and target',
      query: coverageFiguresQuery,
      responses: { 200: coverageFiguresSchema },
      problems: ['NO_STATISTICS'],
      handle: showCoverageFigures,
    }),
    route({
      method: 'GET',
      path: '/api/coverage/trend',
      operationId: 'readCoverageTrend',
      permission: 'read',
      summary: 'Who was covered at the end of each of the last twelve months, and now',
      query: coverageTrendQuery,
      responses: { 200: coverageTrendSchema },
      handle: showCoverageTrend,
    }),
    route({
      method: 'POST',
      path: '/api/coverage/targets',
      operationId: 'importTargets',
      permission: 'operate',
      summary: 'Workers and targets by region and year; a later row replaces an earlier one',
      body: csvBody(TARGET_COLUMNS),
      responses: { 200: targetsResult },
      problems: ['LAYOUT_CHANGED'],
      handle: importTargets,
    }),
    route({
      method: 'GET',
      path: '/api/lapses',
      operationId: 'listLapses',
      permission: 'read',
      summary: 'Who lapses soon if nothing more is paid, and what would keep them',
      description:
        'The months that keep a member are the fewest, oldest first, after which they do not lapse within the time. CSV: the same rows, the next page in the header `x-next`.',
      query: lapsesQuery,
      files: 'people',
      responses: { 200: { json: lapsesSchema, csv: `With format=csv. Header: ${LAPSE_COLUMNS.join(',')}` } },
      handle: listLapses,
    }),
    route({
      method: 'GET',
      path: '/api/journal/{date}',
      operationId: 'readJournal',
      permission: 'read',
      summary: 'The balanced entries of a day; a day that is still open as far as it has come',
      params: {
        date: {
          schema: textField('Calendar date in Asia/Jakarta, such as 2026-11-20'),
          otherwise: { code: 'UNKNOWN_DAY', detail: DAY_EXPECTED },
        },
      },
      query: journalQuery,
      files: 'nobody',
      responses: {
        200: { json: journalSchema, csv: `With format=csv, closed days only. Header: ${JOURNAL_COLUMNS.join(',')}` },
      },
      problems: ['UNKNOWN_DAY', 'DAY_OPEN'],
      handle: showJournal,
    }),
    route({
      method: 'POST',
      path: '/api/rules/try',
      operationId: 'tryRules',
      permission: 'operate',
      summary: 'What other rules would change, on the facts as they are; nothing is written',
      body: jsonBody(ruleTrialRequest),
      responses: { 200: ruleTrialSchema },
      problems: ['INVALID_INPUT'],
      handle: simulateRules,
    }),
  ],
}
