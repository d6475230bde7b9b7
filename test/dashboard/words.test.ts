/**
 * Every word of the API has its words for people: each enumeration of the OpenAPI document names the list in which its values stand
 * in both languages, or says why nobody sees it. A new enumeration fails here until somebody has decided.
 */
import { describe, expect, test } from 'vitest'
import { type AgentTexts, agentsEn } from '../../dashboard/src/i18n/agents-en.ts'
import { agentsId } from '../../dashboard/src/i18n/agents-id.ts'
import { en, type Texts } from '../../dashboard/src/i18n/en.ts'
import { type FinanceTexts, financeEn } from '../../dashboard/src/i18n/finance-en.ts'
import { financeId } from '../../dashboard/src/i18n/finance-id.ts'
import { id } from '../../dashboard/src/i18n/id.ts'
import { type LockTexts, locksEn } from '../../dashboard/src/i18n/locks-en.ts'
import { locksId } from '../../dashboard/src/i18n/locks-id.ts'
import { type OperationsTexts, operationsEn } from '../../dashboard/src/i18n/operations-en.ts'
import { operationsId } from '../../dashboard/src/i18n/operations-id.ts'
import { type SponsorTexts, sponsorsEn } from '../../dashboard/src/i18n/sponsors-en.ts'
import { sponsorsId } from '../../dashboard/src/i18n/sponsors-id.ts'
import { type WatchTexts, watchEn } from '../../dashboard/src/i18n/watch-en.ts'
import { watchId } from '../../dashboard/src/i18n/watch-id.ts'
import { openApiOf } from '../../functions/serve-console/http/openapi.ts'
import { SUBJECTS } from '../../functions/serve-console/routes.ts'
import { ENDPOINT_LIMITS } from '../../shared/domain/endpoint-limits.ts'
import { LIST_REFUSALS } from '../../shared/domain/sponsors/member-list.ts'

type Words = Readonly<Record<string, string>>

const listsIn = (
  texts: Texts,
  finance: FinanceTexts,
  watch: WatchTexts,
  sponsors: SponsorTexts,
  operations: OperationsTexts,
  agents: AgentTexts,
  locks: LockTexts,
) => ({
  ...texts.words,
  ...finance.words,
  sponsorKinds: sponsors.words.kinds,
  programStates: sponsors.words.programStates,
  programSteps: sponsors.words.steps,
  cohortStates: sponsors.words.cohortStates,
  working: sponsors.words.working,
  priorities: sponsors.words.priorities,
  budgetOptions: sponsors.words.options,
  budgetsPer: sponsors.words.budgetsPer,
  billsPer: sponsors.words.billsPer,
  protections: sponsors.words.programs,
  unusable: sponsors.words.unusable,
  problems: texts.problems,
  ages: texts.suspense.age,
  dimensions: texts.coverage.dimensions,
  resolvedBy: texts.difference.resolvedBy,
  taken: texts.settlement.taken,
  covers: texts.people.months.cover,
  settlements: texts.people.months.settlement,
  searchOutcomes: texts.people.search.outcomes,
  shown: texts.people.reads.shownWords,
  recorded: watch.partner.kinds as Words,
  decided: watch.partner.outcomes as Words,
  refusals: watch.partner.refusals as Words,
  agentKinds: agents.kinds,
  lockKinds: locks.kinds,
  chainVerdicts: operations.chain.verdicts,
  chainFaults: operations.chain.faults,
  turnedAway: operations.partners.reasons,
  keyKinds: operations.keys.kinds,
  keyStates: operations.keys.states,
  rotationSteps: operations.keys.steps,
  rotationStates: operations.keys.stepStates,
  schedules: watch.operations.scheduleNames as Words,
  verdictsOfAudits: { sound: texts.audits.sound, differs: texts.audits.differs } as Words,
})
const LISTS = {
  en: listsIn(en, financeEn, watchEn, sponsorsEn, operationsEn, agentsEn, locksEn),
  id: listsIn(id, financeId, watchId, sponsorsId, operationsId, agentsId, locksId),
}
type List = keyof typeof LISTS.en

/** Where an enumeration stands, and the list with its values. The first that fits counts. */
const WORDED: readonly (readonly [RegExp, List])[] = [
  [/^Partners\..*\.reason$/, 'turnedAway'],
  [/^(?:Locks\.items|LockRequest|UnlockRequest)\.by$/, 'lockKinds'],
  [/^PartnerKey\.kind$|^POST \/api\/partners\/\{channel\}\/keys\/.*\?kind$/, 'keyKinds'],
  [/^PartnerKey\.state$/, 'keyStates'],
  [/^PartnerKey\.rotation\.steps\.step$/, 'rotationSteps'],
  [/^PartnerKey\.rotation\.steps\.state$/, 'rotationStates'],
  [/^AuditChain\.verdict$/, 'chainVerdicts'],
  [/^AuditChain\.broken\.code$/, 'chainFaults'],
  [/^SweepRun\.schedule$/, 'schedules'],
  [/^CoverageTrend\.by$|^GET \/api\/coverage\/trend\?by$/, 'dimensions'],
  [/^Agent\.kind$/, 'agentKinds'],
  [/^Sponsor(?:Item|Request)?\.kind$/, 'sponsorKinds'],
  [/^Program(?:Report|Bills)?\.state$|^ProgramHistory\.items\.(?:from|to)$/, 'programStates'],
  [/^Program\.steps$|^ProgramHistory\.items\.step$/, 'programSteps'],
  [/^Cohort\.state$/, 'cohortStates'],
  [/^ProgramBills\.items\.status$/, 'bills'],
  [/^Cohort\.working$/, 'working'],
  [/\.priority$/, 'priorities'],
  [/^ProgramBudget\.options\.kind$/, 'budgetOptions'],
  [/^(?:Program|Budget).*\.budget\.per$/, 'budgetsPer'],
  [/^CohortBillRequest\.per$/, 'billsPer'],
  [/^(?:Program|Budget)\w*\.programs$/, 'protections'],
  [/^Ageing\..*\.label$|^Overview\.unreconciled\.ages\.label$|\?age$/, 'ages'],
  [/^CoverMonth\.cover$/, 'covers'],
  [/^CoverMonth\.paidBy\.settlement$/, 'settlements'],
  [/^FoundPayment\.outcome$/, 'searchOutcomes'],
  [/^ReadTrace\.shown$/, 'shown'],
  [/^PartnerPayments\.items\.kind$/, 'recorded'],
  [/^PartnerPayment\.decision\.outcome$/, 'decided'],
  [/^PartnerPayment\.decision\.refusal$/, 'refusals'],
  [/\.decision$/, 'decide'],
  [/^AuditLine\.verdict$/, 'verdictsOfAudits'],
  [/^AuditLine\..*\.difference$/, 'ledgerDifferences'],
  [/Step\.step$/, 'steps'],
  [/\.placedBy$/, 'placedBy'],
  [/^BankStatementFile\.state$/, 'bankStates'],
  [/\.format$/, 'formats'],
  [/^Bill\.status$/, 'bills'],
  [/^BulkAnswer\.items\.outcome$/, 'bulk'],
  [/^(?:FileTaken|StatementTaken)\.outcome$/, 'taken'],
  [/^(?:FileTaken|SettlementFile)\.state$/, 'fileStates'],
  [
    /^(?:FileWithdrawal|StatementWithdrawal|StatementConfirmation|PlacementStep|SuspenseStep)\.state$|\.proposal\.state$/,
    'proposals',
  ],
  [/^CaseAttachment\.type$/, 'attachments'],
  [/^(?:CoverageFigures\.by|GET \/api\/coverage\?by)$/, 'dimensions'],
  [/^(?:ExitProposal|SuspenseStep)\.action$|^SuspenseItem\.actions$/, 'exits'],
  [/^OwnerRequest\.action$/, 'owners'],
  [/^(?:PlacementProposal|BankMovementCase\.proposal)\.action$/, 'placements'],
  [/^(?:Difference|BulkProposal|ProposalRequest)\b.*\.actions?$/, 'actions'],
  [/^Difference\.resolution\.how$/, 'resolvedBy'],
  [/\.how$/, 'how'],
  [/(?:otherLines|StatementLine)\.status$/, 'lineStatus'],
  [/\.certainty$/, 'certainties'],
  [/^FileArrivals\./, 'arrivals'],
  [/^FactStep\.kind$/, 'facts'],
  [/^PaymentItem\.kind$/, 'kinds'],
  [/\.sector$/, 'sectors'],
  [/\.funding$|discountedFunding\.value$/, 'fundings'],
  [/\.programs?$/, 'programs'],
  [/^(?:Journal|ReceivableStatement)\..*\.kind$/, 'entries'],
  [/\.account$/, 'accounts'],
  [/^MovementPlace\.kind$|^PlacementPart\.to$|\.parts\.to$|^GET \/api\/bank-movements\?state$/, 'places'],
  [/\.stage$/, 'stages'],
  [/^Notices\.items\.state$|^CoverMonth\.notices\.state$|\.lastNotice\.state$/, 'noticeStates'],
  [/^Notices\.items\.channel$|\.preferredChannel$/, 'noticeChannels'],
  [/^Periods?\.(?:items\.)?state$/, 'periods'],
  [/^Period\.open\.code$|\.accept$/, 'checks'],
  [/\.code$/, 'problems'],
  [/^RuleTrial\.rows\.changed$/, 'trialChanges'],
  [/^SettlementDay\.file$/, 'files'],
  [/\.verdict$/, 'verdicts'],
  [/^SignOff\.state$/, 'signOffs'],
  [/^Statement\.notes\.kind$/, 'notes'],
  [/^Statement\.mails\.state$/, 'mails'],
  [/\.class$|\?class$|\.label$|\?label$|^Statement\.differenceCounts$|^StatementLine\.row$/, 'bridge'],
  [/^SuspenseItem\.why$/, 'suspense'],
  [/^WaitingApproval\.kind$/, 'approvals'],
  [/\.waitsFor$/, 'awaited'],
  [/\.state$|^GET \/api\/differences\?state$/, 'states'],
  [/\.status$|^RuleTrial\.statuses\.(?:from|to)$|\.nextTransition\.to$/, 'membership'],
]

/** Nobody reads these. */
const UNSEEN: readonly (readonly [RegExp, string])[] = [
  [/^RotationRequest\.step$/, 'what a button asks for'],
  [/^POST \/api\/audits\?subject$/, 'what the button asks for'],
  [/^AgentRequest\.kind$/, 'agents are created by the API alone'],
  [/\.pendingProposal\.action$/, 'the page says it in a sentence'],
  [/\?format$|^ExportRequest\.format$/, 'the kind of file that a button asks for'],
  [/\?x-personal-data$/, 'every call of a page asks for masked data'],
  [/^GET \/api\/lapses\?by$/, 'how the page groups what it asks for'],
  [/[.?]language$/, 'languages are named in themselves'],
  [/^Health\.status$/, 'the page says it in a sentence'],
]

const found = new Map<string, readonly string[]>()
const document: { readonly components: { readonly schemas: object }; readonly paths: object } = openApiOf(
  SUBJECTS,
) as never
for (const [name, schema] of Object.entries(document.components.schemas)) collect(schema, name)
for (const [path, methods] of Object.entries(document.paths)) {
  for (const [method, { parameters = [] }] of Object.entries(methods as Record<string, { parameters?: Parameter[] }>)) {
    for (const { name, schema } of parameters) collect(schema, `${method.toUpperCase()} ${path}?${name}`)
  }
}

type Parameter = { readonly name: string; readonly schema: unknown }

function collect(node: unknown, at: string): void {
  if (Array.isArray(node)) {
    for (const each of node) collect(each, at)
    return
  }
  if (typeof node !== 'object' || node === null) return
  const { enum: values, const: value, properties, ...rest } = node as Record<string, unknown>
  const words = [...(Array.isArray(values) ? values : []), value].filter((each) => typeof each === 'string')
  if (words.length > 0) found.set(at, [...new Set([...(found.get(at) ?? []), ...words])])
  for (const [name, schema] of Object.entries((properties ?? {}) as object)) collect(schema, `${at}.${name}`)
  for (const each of Object.values(rest)) collect(each, at)
}

describe('the words of the API', () => {
  test('are found in its document', () => {
    expect(found.size).toBeGreaterThan(80)
    expect(found.get('SignOff.state')).toEqual(['unsigned', 'signed', 'changed'])
  })

  test.each([...found])('%s', (at, values) => {
    if (UNSEEN.some(([where]) => where.test(at))) return
    const list = WORDED.find(([where]) => where.test(at))?.[1]
    expect(list, `expected ${at} in WORDED, or in UNSEEN with a reason`).toBeDefined()
    for (const language of ['en', 'id'] as const) {
      const words: Words = LISTS[language][list as List]
      const without = values.filter((value) => (words[value] ?? '') === '')
      expect(without, `words of “${list}” in ${language}`).toEqual([])
    }
  })
})

test('both languages have the same words', () => {
  for (const [list, words] of Object.entries(LISTS.en)) {
    expect([list, Object.keys(LISTS.id[list as List]).sort()]).toEqual([list, Object.keys(words).sort()])
  }
})

test('each limit that locks is named in both languages', () => {
  const locking = ENDPOINT_LIMITS.flatMap(({ value }) =>
    Object.entries(value).flatMap(([name, { lockMinutes }]) => (lockMinutes === null ? [] : name)),
  )
  for (const { limits } of [locksEn, locksId]) expect(Object.keys(limits).sort()).toEqual([...new Set(locking)].sort())
})

test('why a sponsor’s list cannot be used is said in both languages', () => {
  for (const language of ['en', 'id'] as const) {
    expect(Object.keys(LISTS[language].unusable).sort()).toEqual(Object.keys(LIST_REFUSALS).sort())
  }
})
