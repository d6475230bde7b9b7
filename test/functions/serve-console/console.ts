/**
 * The console on the in-memory store, with the rest of the hub's derivation at hand: `fold` writes views and shares as the
 * queues would, `pay` puts what a channel endpoint would. For the tests of this folder.
 * Every reply is held to its route's schemas.
 */
import { Buffer } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { DynamoDBRecord } from 'aws-lambda'
import { applyBillPayment } from '../../../functions/apply-bill-payment/apply-bill-payment.ts'
import { countActivity } from '../../../functions/count-activity/count-activity.ts'
import { readRecord } from '../../../functions/count-activity/read-record.ts'
import { reconcileMembership } from '../../../functions/reconcile-membership/reconcile-membership.ts'
import type { QueueAdmin } from '../../../functions/serve-console/operations/queue-admin.ts'
import type { ConsolePorts } from '../../../functions/serve-console/ports.ts'
import { settlementChannels } from '../../../shared/channels/settlement-registry.ts'
import { isBillCode } from '../../../shared/domain/bill-code.ts'
import { keyOf, type PaymentFact } from '../../../shared/domain/fact.ts'
import { GL_ACCOUNTS } from '../../../shared/domain/gl-accounts.ts'
import { businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import type { ParticipantHash } from '../../../shared/domain/participant.ts'
import { RULES, type Rules } from '../../../shared/domain/rules.ts'
import { countIn, newTally, statusesOn } from '../../../shared/domain/statistics.ts'
import type { CohortMessage } from '../../../shared/messages/cohort.ts'
import type { LogFields } from '../../../shared/runtime/log.ts'
import { factItem } from '../../../shared/store/facts/item.ts'
import { newestFirst } from '../../../shared/store/facts/latest.ts'
import { statementsOf } from '../../../shared/store/journal/journal-day.ts'
import type { NewMembership, RegistrationStore } from '../../../shared/store/memberships/registrations.ts'
import { serveChecked } from '../../support/checked-console.ts'
import { at, pay as paymentOf } from '../../support/facts.ts'
import { participantOf as hashFrom } from '../../support/ids.ts'
import { memoryEndpointLimits } from '../../support/memory-endpoint-limits.ts'
import { memoryAttachments, memoryFiles, memoryListSegments } from '../../support/memory-files.ts'
import { memoryJournal } from '../../support/memory-journal.ts'
import { memoryLedgerAudits } from '../../support/memory-ledger-audits.ts'
import { memoryNotices } from '../../support/memory-notices.ts'
import { memoryReadTraces } from '../../support/memory-read-traces.ts'
import { memoryRollingCounts } from '../../support/memory-rolling-counts.ts'
import { memoryPartnerKeys, memorySettledLines, memorySettlements } from '../../support/memory-settlements.ts'
import { memoryAgents, memorySponsorContacts, memorySponsors } from '../../support/memory-sponsors.ts'
import { memoryStatistics } from '../../support/memory-statistics.ts'
import { type MemoryStore, memoryStore, type StoreOperation } from '../../support/memory-store.ts'

export const HEADER = 'kpj,nik,name,region_code,sector,funding,programs,income,phone,registered_on'
export const KPJ = kpjOf('12345678901')
export const NIK = '3578011203850001'

/** The sponsor in whose name the role `sponsor` calls. */
export const OWN_SPONSOR = 'jambi'

/** A row of the file; a test says what matters. */
export function row(changed: Partial<Record<string, string>> = {}): string {
  const fields: Record<string, string> = {
    kpj: KPJ,
    nik: NIK,
    name: 'BUDI SANTOSO',
    region_code: '35.78.01.1001',
    sector: 'farming',
    funding: 'self',
    programs: 'JKK+JKM',
    income: '1000000',
    phone: '081234567890',
    registered_on: '2026-01-05',
    ...(changed as Record<string, string>),
  }
  return HEADER.split(',')
    .map((column) => fields[column] ?? '')
    .join(',')
}

export type Answered = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was answered
  readonly body: any
}

type Asked = readonly [
  method: string,
  path: string,
  body?: string | object | Uint8Array,
  headers?: Readonly<Record<string, string>>,
]

type Options = {
  readonly now?: string
  readonly before?: (operation: StoreOperation) => Promise<void>
  readonly queues?: readonly QueueAdmin[]
  readonly serials?: readonly number[]
  readonly notices?: ConsolePorts['notices']
  readonly rules?: Rules
  readonly figures?: ConsolePorts['figures']
  readonly secretWrittenAt?: ConsolePorts['secretWrittenAt']
}

export function participantOf(nik: string): ParticipantHash {
  return hashFrom(createHash('sha256').update(nik).digest('base64url'))
}

/** As the hub names customers in locks: the same text, the same digest. */
export function subjectFor(customerId: string): string {
  return createHash('sha256').update(`customer ${customerId}`).digest('base64url').slice(0, 24)
}

/** As the hub makes references: the same two texts, the same reference. */
export function referenceFor(channel: string, paymentId: string): string {
  const digest = createHash('sha256').update(`${channel} ${paymentId}`).digest('hex').toUpperCase()
  return `CH${digest.slice(0, 16)}`
}

export function consoleOn(options: Options = {}) {
  const store = memoryStore(options.before ? { before: options.before } : {})
  const { rules = RULES } = options
  const clock = { now: at(options.now ?? '2026-11-20T10:00') }
  const logged: { readonly message: string; readonly fields: LogFields | undefined }[] = []
  const counted: string[] = []
  const swept: unknown[] = []
  const serials = [...(options.serials ?? [])]
  let serial = 1_000
  const journal = memoryJournal()
  const settlements = memorySettlements()
  const files = memoryFiles()
  const segments = memoryListSegments()
  const lines = memorySettledLines()
  const statistics = memoryStatistics()
  const audits = memoryLedgerAudits()
  const counts = memoryRollingCounts()
  const audited: unknown[] = []
  const readTraces = memoryReadTraces()
  const locks = memoryEndpointLimits()
  let requests = 0
  const countedFacts = new Set<string>()
  const ports: ConsolePorts & Pick<MemoryStore, 'contacts'> = {
    ...store,
    settlements,
    lines,
    resolutions: settlements.resolutions,
    books: { ...statementsOf(settlements), journal, sources: ['bni', 'indomaret', 'finance', 'settlement', 'import'] },
    registrations: registrationsOn(store),
    sponsors: memorySponsors(),
    sponsorContacts: memorySponsorContacts(),
    agents: memoryAgents(),
    files,
    segments,
    attachments: memoryAttachments(),
    settling: settlementChannels,
    statistics,
    audits,
    counts,
    latestFacts: {
      ofDay: async (source, day, limit) => {
        const entries = []
        for await (const entry of store.facts.byDay(source, day)) entries.push(entry)
        return newestFirst(entries, limit)
      },
    },
    notices: options.notices ?? memoryNotices(),
    readTraces,
    locks,
    rules,
    glAccounts: GL_ACCOUNTS,
    now: () => clock.now,
    participantOf,
    customerSubjectOf: subjectFor,
    referenceOf: (channel, paymentId) => referenceFor(channel, paymentId),
    randomSerial: () => serials.shift() ?? serial++,
    channels: ['bni', 'indomaret'],
    queues: options.queues ?? [],
    figures: options.figures ?? (async () => null),
    partnerKeys: memoryPartnerKeys(),
    secretWrittenAt: options.secretWrittenAt ?? (async () => null),
    requestSweep: async (bodies) => void swept.push(...bodies.map((body) => JSON.parse(body))),
    requestAudit: async (bodies) => void audited.push(...bodies.map((body) => JSON.parse(body))),
    log: { info: (message, fields) => void logged.push({ message, fields }) },
    metrics: { count: (name, dimensions, value = 1) => void counted.push(`${name} ${dimensions?.outcome} ${value}`) },
  }

  const call = (role: string, ...asked: Asked) => callAs('operator-1', role, ...asked)

  /** An administrator asks that a membership is closed or opened again, and an approver approves it. */
  async function decided(path: string, body?: object): Promise<Answered> {
    const proposed = await call('admin', 'POST', path, body)
    if (proposed.status !== 200) return proposed
    return callAs('approver-1', 'approver', 'POST', `${path}/approval`, { decision: 'approve' })
  }

  async function callAs(subject: string, role: string, ...asked: Asked): Promise<Answered> {
    const [method, path, body, headers = {}] = asked
    await countFacts()
    const [rawPath = '', rawQuery = ''] = path.split('?')
    const isText = typeof body === 'string'
    const bytes =
      body instanceof Uint8Array ? body : Buffer.from(isText ? body : body === undefined ? '' : JSON.stringify(body))
    const reply = await serveChecked(ports, {
      method,
      rawPath,
      rawQuery,
      headers: { 'content-type': isText || body instanceof Uint8Array ? 'text/csv' : 'application/json', ...headers },
      body: bytes,
      claims: { sub: subject, 'cognito:groups': `[${role}]`, 'custom:sponsor': OWN_SPONSOR },
      sourceIp: '203.0.113.7',
      requestId: `request-${++requests}`,
    })
    const isJson = /json/.test(reply.headers['content-type'] ?? '')
    return { status: reply.status, headers: reply.headers, body: isJson ? JSON.parse(reply.body) : reply.body }
  }

  /** What the stream of the facts brings to the rolling counts. Views are counted where a test says so. */
  async function countFacts(): Promise<void> {
    const all = store.everything().facts
    const news = all.filter((fact) => !countedFacts.has(`${fact.account} ${keyOf(fact)}`))
    const records = news.map((fact) => {
      countedFacts.add(`${fact.account} ${keyOf(fact)}`)
      const dynamodb = { SequenceNumber: String(countedFacts.size), NewImage: factItem(fact) }
      return readRecord('facts', { dynamodb } as DynamoDBRecord)
    })
    await countActivity({ counts, now: () => clock.now }, 'facts', records)
  }

  const importRows = (...rows: readonly string[]) =>
    call('operator', 'POST', '/api/memberships/import', [HEADER, ...rows].join('\n'))

  /** What the pipe and the queues do: every account of a fact is looked at, bills share themselves out. */
  async function fold(): Promise<void> {
    const ports = {
      ...store,
      rules,
      now: () => clock.now,
      sendChunks: async (chunks: readonly CohortMessage[]) => {
        for (const chunk of chunks)
          await applyBillPayment({ ...store, now: () => clock.now, sendAccounts: async () => {} }, chunk)
      },
    }
    for (let round = 0; round < 2; round++) {
      const accounts = new Set(store.everything().facts.map(({ account }) => account))
      for (const account of accounts) await reconcileMembership(ports, { account })
    }
  }

  /** What a nightly run leaves behind: the census of the views as they stand, for the day. */
  async function count(day: string): Promise<void> {
    const countedAt = at(`${day}T00:10`)
    const views = store.everything().views
    const census = newTally()
    const statusOf = statusesOn(businessDateOf(countedAt), RULES)
    for (const view of views) countIn(census, view, statusOf(view))
    await statistics.putCensus({ day: businessDateOf(countedAt), countedAt, rows: views.length, ...census })
  }

  /** A payment as an endpoint leaves it: decision, then fact. */
  async function pay(
    id: string,
    when: string,
    months: readonly string[],
    changed: Partial<PaymentFact> = {},
  ): Promise<PaymentFact> {
    const fact = { ...paymentOf(id, when, months), ...changed }
    const { kind: _kind, account, source, id: _id, decidedAt, recordedAt: _recordedAt, ...terms } = fact
    const decision = {
      channel: source,
      paymentId: id,
      customerDigest: new Uint8Array(17),
      factsDigest: new Uint8Array(17),
      settledAmount: null,
      account,
      decidedAt,
      hubReference: fact.hubReference,
      evidenceDigest: Uint8Array.of(1, 0xab, 0xcd),
      outcome: { kind: 'accepted' as const, terms, nameFrom: null },
    }
    // A bill's decision is one transaction with the bill's paid-by.
    await (isBillCode(account) ? store.decisions.putPayingBill(decision, account) : store.decisions.put(decision))
    await store.facts.put(fact)
    return fact
  }

  return {
    store,
    files,
    segments,
    journal,
    settlements,
    lines,
    ports,
    statistics,
    logged,
    counted,
    swept,
    audits,
    counts,
    audited,
    readTraces,
    locks,
    call,
    callAs,
    decided,
    importRows,
    fold,
    count,
    pay,
    setClock: (text: string) => {
      clock.now = at(text) as Instant
    },
  }
}

/** The transaction, less atomic than the real one: a crash or a rival may come between any two of its writes. */
function registrationsOn({ decisions, contacts, facts }: MemoryStore): RegistrationStore {
  const isKnown = async ({ fact, contact }: NewMembership) => {
    if (await facts.get(fact.account, keyOf(fact))) return true
    if (await contacts.get(contact.kpj)) return true
    return fact.terms.funding === 'self' && (await decisions.selfPaidMembership(fact.participant)) !== undefined
  }
  return {
    putAll: async (newcomers) => {
      for (const newcomer of newcomers) if (await isKnown(newcomer)) return 'not-put'
      for (const { fact, contact } of newcomers) {
        if (fact.terms.funding === 'self') {
          const taken = await decisions.takeSelfPaid(fact.participant, contact.kpj)
          if (taken.outcome === 'exists') return 'not-put'
        }
        if ((await facts.put(fact)) === 'exists') return 'not-put'
        await contacts.put(contact)
      }
      return 'put'
    },
  }
}
