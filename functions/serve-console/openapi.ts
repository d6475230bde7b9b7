/**
 * The console API in OpenAPI 3.1, as data: what `GET /api/openapi.json` serves and the dashboard's types are made from.
 * Held to routes.ts by a test, path by path. Only what is served stands here.
 */
import { DIMENSIONS } from './coverage-figures.ts'
import { TARGET_COLUMNS } from './coverage-targets.ts'
import { IMPORT_COLUMNS } from './import-layout.ts'
import { filePaths } from './openapi-files.ts'
import { noticePaths } from './openapi-notices.ts'
import { ref, SCHEMAS, type Schema } from './openapi-schemas.ts'
import { settlementPaths } from './openapi-settlement.ts'
import { PROBLEMS, type ProblemCode } from './reply.ts'

type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required: boolean
  readonly description: string
  readonly schema: Schema
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>
type Answer = { readonly description: string; readonly content: Content }
export type Operation = {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly security?: readonly never[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required: boolean; readonly content: Content }
  readonly responses: Readonly<Record<string, Answer>>
}

const ALWAYS: readonly ProblemCode[] = ['NO_ROLE', 'NOT_ALLOWED', 'TOO_LARGE', 'DEFECT', 'TRY_AGAIN']
const JSON_BODY: readonly ProblemCode[] = ['NOT_JSON', 'INVALID_INPUT']

const KPJ = inPath('kpj', 'Number of the membership, 11 digits')

export const OPENAPI = {
  openapi: '3.1.0',
  info: {
    title: 'Contribution Hub console',
    version: '1',
    description: 'Memberships, bills, coverage answers and operations. Errors are problem+json with a stable `code`.',
  },
  components: {
    securitySchemes: { operator: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    schemas: SCHEMAS,
  },
  security: [{ operator: [] }],
  paths: {
    '/api/openapi.json': {
      get: {
        operationId: 'readOpenApi',
        summary: 'This document; no token needed',
        security: [],
        responses: answers(200, 'The document', { type: 'object' }, []),
      },
    },
    '/api/coverage': {
      get: {
        operationId: 'readCoverageFigures',
        summary: 'How many memberships stood where on a day, against workers and target',
        parameters: [
          inQuery('date', false, 'As its night counted it; as of now if absent', { type: 'string', format: 'date' }),
          inQuery('by', false, 'province if absent', { enum: DIMENSIONS }),
        ],
        responses: answers(200, 'The figures of the night’s run', ref('CoverageFigures'), [
          'INVALID_INPUT',
          'NO_STATISTICS',
        ]),
      },
    },
    '/api/coverage/targets': {
      post: {
        operationId: 'importTargets',
        summary: 'Workers and targets by region and year; the last one said stands',
        requestBody: {
          required: true,
          content: { 'text/csv': { schema: { type: 'string', description: `Header: ${TARGET_COLUMNS.join(',')}` } } },
        },
        responses: answers(200, 'What became of the rows', ref('TargetsResult'), [
          'LAYOUT_CHANGED',
          'WRONG_CONTENT_TYPE',
        ]),
      },
    },
    '/api/lapses': {
      get: {
        operationId: 'listLapses',
        summary: 'Who lapses soon if nothing more is paid, and what would keep them',
        description:
          'The months that keep a member are the fewest, oldest first, after which she does not lapse within the time. CSV: the same rows, the next page in the header `x-next`.',
        parameters: [
          inQuery('days', false, '30 if absent', { type: 'integer', minimum: 1, maximum: 180 }),
          inQuery('limit', false, 'Items per page: 100 if absent, 2,000 for CSV', {
            type: 'integer',
            minimum: 1,
            maximum: 2_000,
          }),
          inQuery('after', false, 'The `next` of the page before', { type: 'string' }),
          inQuery('by', false, 'channel: totals by the channel used last, too', { enum: ['channel'] }),
          inQuery('format', false, 'json if absent', { enum: ['json', 'csv'] }),
        ],
        responses: answers(200, 'One page, with totals on the first', ref('Lapses'), ['INVALID_INPUT']),
      },
    },
    '/api/rules/try': {
      post: {
        operationId: 'tryRules',
        summary: 'What other rules would change, on the facts as they are; nothing is written',
        requestBody: jsonBody(ref('RuleTrialRequest')),
        responses: answers(200, 'What would change among these memberships', ref('RuleTrial'), [...JSON_BODY]),
      },
    },
    '/api/overview': {
      get: {
        operationId: 'readOverview',
        summary: 'How many memberships stand where, and what came in today',
        responses: answers(200, 'Counts; `countedAt` says of when', ref('Overview'), []),
      },
    },
    '/api/memberships/import': {
      post: {
        operationId: 'importMemberships',
        summary: 'Registers memberships, or changes their terms and contacts',
        description:
          'The same file again changes nothing. Changed terms hold from the first month that is not yet paid.',
        requestBody: {
          required: true,
          content: { 'text/csv': { schema: { type: 'string', description: `Header: ${IMPORT_COLUMNS.join(',')}` } } },
        },
        responses: answers(200, 'What became of each row', ref('ImportResult'), [
          'LAYOUT_CHANGED',
          'WRONG_CONTENT_TYPE',
        ]),
      },
    },
    '/api/memberships/{kpj}': {
      get: {
        operationId: 'readMembership',
        summary: 'Where a membership stands now',
        parameters: [KPJ],
        responses: answers(200, 'The membership', ref('Membership'), ['UNKNOWN_MEMBERSHIP']),
      },
    },
    '/api/memberships/{kpj}/coverage': {
      get: {
        operationId: 'readCoverage',
        summary: 'Was it covered then, and on what evidence',
        parameters: [
          KPJ,
          inQuery('on', true, 'A date (Asia/Jakarta) or an instant with offset', { type: 'string' }),
          inQuery('knownAt', false, 'Answer with what had been recorded by then, at least 5 minutes ago', {
            type: 'string',
            format: 'date-time',
          }),
        ],
        responses: answers(200, 'The answer', ref('Coverage'), [
          'INVALID_INPUT',
          'KNOWN_AT_TOO_RECENT',
          'UNKNOWN_MEMBERSHIP',
        ]),
      },
    },
    '/api/memberships/{kpj}/coverage/answers': {
      get: {
        operationId: 'listCoverageAnswers',
        summary: 'Answers that were given for a benefit, newest first, at most 100',
        parameters: [KPJ],
        responses: answers(200, 'The answers', ref('KeptAnswers'), ['UNKNOWN_MEMBERSHIP']),
      },
      post: {
        operationId: 'keepCoverageAnswer',
        summary: 'Answers for a benefit and keeps the answer in the audit chain',
        parameters: [KPJ],
        requestBody: jsonBody(ref('CoverageQuestion')),
        responses: answers(201, 'The answer, and where it is kept', ref('CoverageKept'), [
          ...JSON_BODY,
          'KNOWN_AT_TOO_RECENT',
          'UNKNOWN_MEMBERSHIP',
        ]),
      },
    },
    '/api/memberships/{kpj}/payments': {
      get: {
        operationId: 'listPayments',
        summary: 'Payments and reversals, newest first',
        parameters: [
          KPJ,
          inQuery('limit', false, 'Items per page, 50 if absent', { type: 'integer', minimum: 1, maximum: 100 }),
          inQuery('after', false, 'The `next` of the page before', { type: 'string' }),
        ],
        responses: answers(200, 'One page', ref('Payments'), ['INVALID_INPUT', 'UNKNOWN_MEMBERSHIP']),
      },
    },
    '/api/memberships/{kpj}/closure': {
      post: {
        operationId: 'closeMembership',
        summary: 'Ends a membership; cover ends after the day `on`',
        parameters: [KPJ],
        requestBody: jsonBody(ref('ClosureRequest')),
        responses: answers(200, 'The membership', ref('Membership'), [
          ...JSON_BODY,
          'UNKNOWN_MEMBERSHIP',
          'ALREADY_CLOSED',
          'CHANGED_MEANWHILE',
        ]),
      },
    },
    '/api/memberships/{kpj}/reopening': {
      post: {
        operationId: 'reopenMembership',
        summary: 'Takes a closure back, from now on',
        parameters: [KPJ],
        requestBody: { ...jsonBody(ref('ReopeningRequest')), required: false },
        responses: answers(200, 'The membership', ref('Membership'), [
          ...JSON_BODY,
          'UNKNOWN_MEMBERSHIP',
          'NOT_CLOSED',
          'NIK_ALREADY_SELF_PAID',
          'CHANGED_MEANWHILE',
        ]),
      },
    },
    '/api/participants/{nik}': {
      get: {
        operationId: 'readParticipant',
        summary: 'All memberships of a person; none: an empty list',
        parameters: [inPath('nik', 'The person’s number, 16 digits')],
        responses: answers(200, 'The memberships', ref('Participant'), ['BAD_NIK']),
      },
    },
    '/api/bills': {
      post: {
        operationId: 'issueBill',
        summary: 'A code by which anybody may pay the next months of an open membership',
        requestBody: jsonBody(ref('BillRequest')),
        responses: answers(201, 'The bill, prices frozen', ref('Bill'), [
          ...JSON_BODY,
          'UNKNOWN_MEMBERSHIP',
          'MEMBERSHIP_CLOSED',
          'NOTHING_DUE',
          'TOO_FAR_AHEAD',
          'FUNDING_CHANGES',
        ]),
      },
    },
    '/api/bills/{billCode}': {
      get: {
        operationId: 'readBill',
        summary: 'A bill and its status now',
        parameters: [inPath('billCode', '16 digits from 99')],
        responses: answers(200, 'The bill', ref('Bill'), ['UNKNOWN_BILL']),
      },
    },
    '/api/journal/{date}': {
      get: {
        operationId: 'readJournal',
        summary: 'The balanced entries of a day; a day that is still open as far as it has come',
        parameters: [
          inPath('date', 'Calendar date in Asia/Jakarta, such as 2026-11-20'),
          inQuery('format', false, 'csv: for the general ledger, closed days only', { enum: ['json', 'csv'] }),
        ],
        responses: answers(200, 'The journal of the day', ref('Journal'), ['INVALID_INPUT', 'UNKNOWN_DAY', 'DAY_OPEN']),
      },
    },
    ...settlementPaths({ inPath, inQuery, jsonBody, answers }),
    ...filePaths({ inPath, answers }),
    ...noticePaths({ inPath, inQuery, jsonBody, answers }),
    '/api/queues': {
      get: {
        operationId: 'listQueues',
        summary: 'What waits in each queue; approximate',
        responses: answers(200, 'The queues', ref('Queues'), []),
      },
    },
    '/api/queues/{name}/redrive': {
      post: {
        operationId: 'redriveQueue',
        summary: 'Puts dead letters back into their queue, at most 500 per call',
        parameters: [inPath('name', 'As `GET /api/queues` names it')],
        responses: answers(200, 'How many', ref('Redriven'), ['UNKNOWN_QUEUE']),
      },
    },
    '/api/repair': {
      post: {
        operationId: 'requestRepair',
        summary: 'Folds again every account that had facts on the days named',
        parameters: [
          inQuery('channel', false, 'One channel, or finance or settlement; all of them if absent', { type: 'string' }),
          inQuery('day', false, 'One day (Asia/Jakarta); today and the two before if absent', {
            type: 'string',
            format: 'date',
          }),
        ],
        responses: answers(202, 'Asked for', ref('Repair'), ['INVALID_INPUT']),
      },
    },
    '/healthz': {
      get: {
        operationId: 'readHealth',
        summary: 'Whether the hub can serve; no token needed',
        security: [],
        responses: {
          '200': { description: 'It can', content: { 'application/json': { schema: ref('Health') } } },
          '503': problemAnswer(['TRY_AGAIN']),
        },
      },
    },
  } as const satisfies Readonly<Record<string, Readonly<Record<string, Operation>>>>,
} as const

function inPath(name: string, description: string): Parameter {
  return { name, in: 'path', required: true, description, schema: { type: 'string' } }
}

// A flag of JSON Schema's own, not a way of choosing a behaviour.
function inQuery(name: string, required: boolean, description: string, schema: Schema): Parameter {
  return { name, in: 'query', required, description, schema }
}

function jsonBody(schema: Schema): NonNullable<Operation['requestBody']> {
  return { required: true, content: { 'application/json': { schema } } }
}

/** The success and the problems of a call, grouped by status. */
function answers(
  status: number,
  description: string,
  schema: Schema,
  codes: readonly ProblemCode[],
): Operation['responses'] {
  const byStatus = Map.groupBy([...codes, ...ALWAYS], (code) => PROBLEMS[code][0])
  const problems = [...byStatus].map(([refused, those]) => [String(refused), problemAnswer(those)] as const)
  return { [status]: { description, content: { 'application/json': { schema } } }, ...Object.fromEntries(problems) }
}

function problemAnswer(codes: readonly ProblemCode[]): Answer {
  return {
    description: codes.map((code) => `${code}: ${PROBLEMS[code][1]}`).join('. '),
    content: { 'application/problem+json': { schema: ref('Problem') } },
  }
}
