/**
 * Every call of the console API: method, path, what the caller must be allowed, who answers. The one list that
 * serve-console.ts routes by; a test holds openapi.ts to it.
 */
import type { Permission } from './access.ts'
import { issueBill, showBill } from './bills.ts'
import { closeMembership, reopenMembership } from './closure.ts'
import { answerCoverage } from './coverage-answer.ts'
import { showCoverage } from './coverage-figures.ts'
import { importTargets } from './coverage-targets.ts'
import { approveResolution, proposeResolution } from './decide-difference.ts'
import { listDifferences, showDifference } from './differences.ts'
import { showJournal } from './journal.ts'
import { keepCoverageAnswer, listCoverageAnswers } from './keep-coverage-answer.ts'
import { listLapses } from './lapses.ts'
import { showMembership, showParticipant } from './membership.ts'
import { importMemberships } from './memberships-import.ts'
import { listNotices, putContactPreferences } from './notices.ts'
import { OPENAPI } from './openapi.ts'
import { showOverview } from './overview.ts'
import type { UseCase } from './parts.ts'
import { listPayments } from './payments-list.ts'
import { putBankStatement, putSettlementFile } from './put-files.ts'
import { listQueues, redriveQueue } from './queues.ts'
import { requestRepair } from './repair.ts'
import { json } from './reply.ts'
import { listSettlements, showLines, showStatement } from './settlements.ts'
import { tryRules } from './try-rules.ts'

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  /** `public`: no token is asked for, as the API's own description is. */
  readonly permission: Permission | 'public'
  readonly answer: UseCase
}

export const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/api/openapi.json', permission: 'public', answer: async () => json(200, OPENAPI) },
  { method: 'GET', path: '/api/coverage', permission: 'read', answer: showCoverage },
  { method: 'POST', path: '/api/coverage/targets', permission: 'operate', answer: importTargets },
  { method: 'GET', path: '/api/lapses', permission: 'read', answer: listLapses },
  { method: 'POST', path: '/api/rules/try', permission: 'operate', answer: tryRules },
  { method: 'GET', path: '/api/overview', permission: 'read', answer: showOverview },
  { method: 'POST', path: '/api/memberships/import', permission: 'operate', answer: importMemberships },
  { method: 'GET', path: '/api/memberships/{kpj}', permission: 'read', answer: showMembership },
  { method: 'GET', path: '/api/memberships/{kpj}/coverage', permission: 'read', answer: answerCoverage },
  { method: 'GET', path: '/api/memberships/{kpj}/coverage/answers', permission: 'read', answer: listCoverageAnswers },
  {
    method: 'POST',
    path: '/api/memberships/{kpj}/coverage/answers',
    permission: 'operate',
    answer: keepCoverageAnswer,
  },
  { method: 'GET', path: '/api/memberships/{kpj}/payments', permission: 'read', answer: listPayments },
  { method: 'POST', path: '/api/memberships/{kpj}/closure', permission: 'administer', answer: closeMembership },
  { method: 'POST', path: '/api/memberships/{kpj}/reopening', permission: 'administer', answer: reopenMembership },
  {
    method: 'PUT',
    path: '/api/memberships/{kpj}/contact-preferences',
    permission: 'contact',
    answer: putContactPreferences,
  },
  { method: 'GET', path: '/api/notices', permission: 'read', answer: listNotices },
  { method: 'GET', path: '/api/participants/{nik}', permission: 'read', answer: showParticipant },
  { method: 'POST', path: '/api/bills', permission: 'operate', answer: issueBill },
  { method: 'GET', path: '/api/bills/{billCode}', permission: 'read', answer: showBill },
  { method: 'GET', path: '/api/journal/{date}', permission: 'read', answer: showJournal },
  { method: 'GET', path: '/api/settlements', permission: 'read', answer: listSettlements },
  { method: 'GET', path: '/api/settlements/{channel}/{date}', permission: 'read', answer: showStatement },
  { method: 'GET', path: '/api/settlements/{channel}/{date}/lines', permission: 'read', answer: showLines },
  { method: 'PUT', path: '/api/settlements/{channel}/{date}/file', permission: 'operate', answer: putSettlementFile },
  { method: 'PUT', path: '/api/bank-statements/{name}', permission: 'operate', answer: putBankStatement },
  { method: 'GET', path: '/api/differences', permission: 'read', answer: listDifferences },
  { method: 'GET', path: '/api/differences/{id}', permission: 'read', answer: showDifference },
  { method: 'POST', path: '/api/differences/{id}/proposal', permission: 'operate', answer: proposeResolution },
  { method: 'POST', path: '/api/differences/{id}/approval', permission: 'approve', answer: approveResolution },
  { method: 'GET', path: '/api/queues', permission: 'read', answer: listQueues },
  { method: 'POST', path: '/api/queues/{name}/redrive', permission: 'operate', answer: redriveQueue },
  { method: 'POST', path: '/api/repair', permission: 'operate', answer: requestRepair },
]
