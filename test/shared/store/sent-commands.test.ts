/**
 * Every command that a store sends, whole, against a written reference (sent-commands.txt): table, key, expression, condition, limit;
 * and what a call says that is refused for good.
 * A change of one of them is a change of what lies in a table or of who may write over it, and shows as such in a review.
 * `vitest run test/shared/store/sent-commands.test.ts --update` writes the reference anew.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { billCodeOf } from '../../../shared/domain/bill-code.ts'
import { factKey, keyOf } from '../../../shared/domain/fact.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah, ZERO } from '../../../shared/domain/money.ts'
import { month } from '../../../shared/domain/month.ts'
import { paymentKey } from '../../../shared/domain/payment-key.ts'
import { dynamoAudit } from '../../../shared/store/audit/dynamodb.ts'
import { dynamoBillReader } from '../../../shared/store/bills/bill-reader.ts'
import type { Bill } from '../../../shared/store/bills/bills.ts'
import { dynamoBills } from '../../../shared/store/bills/dynamodb.ts'
import { dynamoContactChanges } from '../../../shared/store/contacts/contact-changes.ts'
import { dynamoContactReader } from '../../../shared/store/contacts/contact-reader.ts'
import { dynamoContacts } from '../../../shared/store/contacts/dynamodb.ts'
import { dynamoSponsorContacts } from '../../../shared/store/contacts/sponsor-contacts.ts'
import { dynamoDataKeys } from '../../../shared/store/data-keys/dynamodb.ts'
import type { DynamoClient } from '../../../shared/store/dynamo/client.ts'
import { tableSize } from '../../../shared/store/dynamo/table-size.ts'
import { dynamoEndpointLimits } from '../../../shared/store/endpoint-limits/dynamodb.ts'
import { dynamoEndpointLocks } from '../../../shared/store/endpoint-limits/locks.ts'
import { dynamoFacts } from '../../../shared/store/facts/dynamodb.ts'
import { dynamoLatestFacts } from '../../../shared/store/facts/latest.ts'
import { dynamoFactPages } from '../../../shared/store/facts/pages.ts'
import { dynamoJournal } from '../../../shared/store/journal/dynamodb.ts'
import { dynamoMemberships } from '../../../shared/store/memberships/dynamodb.ts'
import { dynamoFoldTimes } from '../../../shared/store/memberships/fold-times.ts'
import { dynamoRegistrations } from '../../../shared/store/memberships/registrations.ts'
import { dynamoNotices } from '../../../shared/store/notices/dynamodb.ts'
import { dynamoPaymentDecisions } from '../../../shared/store/payment-decisions/dynamodb.ts'
import { dynamoDecisionPages } from '../../../shared/store/payment-decisions/pages.ts'
import { dynamoReadTraces } from '../../../shared/store/read-traces/dynamodb.ts'
import type { ReadTrace } from '../../../shared/store/read-traces/read-traces.ts'
import { dynamoRollingCounts } from '../../../shared/store/rolling-counts/dynamodb.ts'
import { effectOfClosing, effectOfSignOff } from '../../../shared/store/settlements/closings.ts'
import { dynamoSettlements } from '../../../shared/store/settlements/dynamodb.ts'
import { dynamoPartnerKeys } from '../../../shared/store/settlements/partner-keys.ts'
import { effectOfTurn } from '../../../shared/store/settlements/payoffs.ts'
import { dynamoResolutions } from '../../../shared/store/settlements/resolutions.ts'
import { effectsOfExit } from '../../../shared/store/settlements/suspense.ts'
import { dynamoAgents } from '../../../shared/store/sponsors/agents.ts'
import { dynamoSponsors } from '../../../shared/store/sponsors/dynamodb.ts'
import { dynamoStatistics } from '../../../shared/store/statistics/dynamodb.ts'
import { dynamoLedgerAudits } from '../../../shared/store/statistics/ledger-audits.ts'
import { at, date, KPJ, pay, reverse, terms } from '../../support/facts.ts'
import { participantOf } from '../../support/ids.ts'
import { contactOf, DECIDED, decisionOf, viewOf } from '../../support/stored.ts'

type Call = (client: DynamoClient) => unknown

const TABLES = {
  facts: 'facts',
  bills: 'bills',
  memberships: 'memberships',
  'payment-decisions': 'payment-decisions',
  settlements: 'settlements',
  sponsors: 'sponsors',
  contacts: 'contacts',
  notices: 'notices',
  statistics: 'statistics',
  audit: 'audit',
  'read-traces': 'read-traces',
  'endpoint-limits': 'endpoint-limits',
}
const DAY = date('2026-11-20')
const NEXT = date('2026-11-21')
const BILL_CODE = billCodeOf(17)
const NEW_CODE = billCodeOf(18)
const HOUR = 3_600_000
const LATER = (DECIDED + HOUR) as Instant
const PAYMENT = pay('T1', '2026-11-20T10:00', ['2026-11'])
const PERSON = participantOf('person-1')

const BILL: Bill = {
  billCode: BILL_CODE,
  months: [month('2026-11')],
  amount: rupiah(8_400),
  memberCount: 1,
  kpj: KPJ,
  issuedAt: DECIDED,
  validUntil: '2026-12-01T00:00:00+07:00',
  validUntilInstant: at('2026-12-01T00:00'),
  paidBy: null,
}
const MEMBER = {
  kpj: KPJ,
  months: [{ first: month('2026-11'), count: 1, price: { jkk: rupiah(5_000), jkm: rupiah(3_400), jht: ZERO } }],
  amount: rupiah(8_400),
}
const many = Array.from({ length: 2_001 }, () => MEMBER)

const facts: Record<string, Call> = {
  put: (client) => dynamoFacts(client, TABLES).put(PAYMENT),
  get: (client) => dynamoFacts(client, TABLES).get(KPJ, keyOf(PAYMENT)),
  getMany: (client) => dynamoFacts(client, TABLES).getMany(KPJ, [keyOf(PAYMENT), keyOf(PAYMENT)]),
  ofAccount: (client) => dynamoFacts(client, TABLES).ofAccount(KPJ),
  putReversingBill: (client) =>
    dynamoFacts(client, TABLES).putReversingBill(
      reverse(PAYMENT, '2026-11-20T11:00'),
      BILL_CODE,
      paymentKey('bni', 'T1'),
    ),
  putTogether: (client) =>
    dynamoFacts(client, TABLES).putTogether(
      [reverse(PAYMENT, '2026-11-20T11:00', 'finance'), PAYMENT],
      [factKey('reversal', 'bni', ['T1'])],
    ),
  byDay: (client) => drained(dynamoFacts(client, TABLES).byDay('finance', DAY)),
  latest: (client) => dynamoLatestFacts(client, TABLES).ofDay('finance', DAY, 20),
  dayPage: (client) => dynamoFactPages(client, TABLES).dayPage('finance', DAY, null),
  accountsPage: (client) => dynamoFactPages(client, TABLES).accountsPage(1, 4, null),
  size: (client) => tableSize(client, 'facts'),
}

const bills: Record<string, Call> = {
  'get for an endpoint': (client) => dynamoBillReader(client, TABLES).get(BILL_CODE),
  'members for an endpoint': (client) => dynamoBillReader(client, TABLES).members(BILL_CODE, 2),
  get: (client) => dynamoBills(client, TABLES).get(BILL_CODE),
  members: (client) => dynamoBills(client, TABLES).members(BILL_CODE, 2),
  put: (client) => dynamoBills(client, TABLES).put(BILL, [MEMBER]),
  putMembers: (client) => dynamoBills(client, TABLES).putMembers(BILL_CODE, 2, [MEMBER], LATER),
  keepMembers: (client) => dynamoBills(client, TABLES).keepMembers(BILL_CODE, 2),
  putBill: (client) => dynamoBills(client, TABLES).putBill(BILL),
  replace: (client) => dynamoBills(client, TABLES).replace(BILL_CODE, { ...BILL, billCode: NEW_CODE }, [MEMBER]),
  markChanged: (client) => dynamoBills(client, TABLES).markChanged(BILL_CODE, LATER),
  putApplied: (client) => dynamoBills(client, TABLES).putApplied(BILL_CODE, { chunk: 2, shares: 7, facts: 3 }),
  applied: (client) => dynamoBills(client, TABLES).applied(BILL_CODE, 2),
  appliedShares: (client) => dynamoBills(client, TABLES).appliedShares(BILL_CODE),
}

const decisions: Record<string, Call> = {
  get: (client) => dynamoPaymentDecisions(client, TABLES).get('bni', 'T1'),
  getMany: (client) => dynamoPaymentDecisions(client, TABLES).getMany('bni', ['T1', 'T1', 'T2']),
  put: (client) => dynamoPaymentDecisions(client, TABLES).put(decisionOf('T1')),
  'put signed': (client) => dynamoPaymentDecisions(client, TABLES).put(decisionOf('T1'), LATER),
  putPayingBill: (client) => dynamoPaymentDecisions(client, TABLES).putPayingBill(decisionOf('T1'), BILL_CODE),
  'putPayingBill signed': (client) =>
    dynamoPaymentDecisions(client, TABLES).putPayingBill(decisionOf('T1'), BILL_CODE, LATER),
  putExternalId: (client) => dynamoPaymentDecisions(client, TABLES).putExternalId(external(), DECIDED),
  'putExternalId that another gives way to': (client) =>
    dynamoPaymentDecisions(client, TABLES).putExternalId(external(), DECIDED, { givesWay: '24' }),
  putInquiryMark: (client) =>
    dynamoPaymentDecisions(client, TABLES).putInquiryMark({
      channel: 'pos',
      paymentId: 'T1',
      signature: 'hash',
      expiresAt: LATER,
    }),
  hasInquiryMark: (client) => dynamoPaymentDecisions(client, TABLES).hasInquiryMark('pos', 'T1', 'hash'),
  selfPaidMembership: (client) => dynamoPaymentDecisions(client, TABLES).selfPaidMembership(PERSON),
  selfPaidMemberships: (client) => dynamoPaymentDecisions(client, TABLES).selfPaidMemberships([PERSON]),
  takeSelfPaid: (client) => dynamoPaymentDecisions(client, TABLES).takeSelfPaid(PERSON, KPJ),
  freeSelfPaid: (client) => dynamoPaymentDecisions(client, TABLES).freeSelfPaid(PERSON, KPJ),
  acceptedPage: (client) => dynamoDecisionPages(client, TABLES).acceptedPage(0, 2, null),
  'acceptedPage after another': (client) => dynamoDecisionPages(client, TABLES).acceptedPage(1, 2, 'bni#T1'),
}

function external() {
  return {
    channel: 'bni',
    day: '2026-11-20',
    id: 'E1',
    service: '25',
    requestId: 'R1',
    factsDigest: new Uint8Array(33).fill(7),
    signedAt: DECIDED,
    expiresAt: LATER,
  }
}

const memberships: Record<string, Call> = {
  'get for an endpoint': (client) => dynamoFoldTimes(client, TABLES).get(KPJ),
  get: (client) => dynamoMemberships(client, TABLES).get(KPJ),
  'put the first': (client) => dynamoMemberships(client, TABLES).put(viewOf(KPJ, { version: 1 })),
  'put the second': (client) => dynamoMemberships(client, TABLES).put(viewOf(KPJ, { version: 2 })),
  ofParticipant: (client) => dynamoMemberships(client, TABLES).ofParticipant(PERSON),
  scan: (client) => drained(dynamoMemberships(client, TABLES).scan(1, 4)),
  scanPage: (client) => dynamoMemberships(client, TABLES).scanPage(1, 4, null),
  'register self-paid': (client) =>
    dynamoRegistrations(client, TABLES).putAll([{ fact: terms('2026-01'), contact: contactOf(KPJ) }]),
  'register sponsored': (client) =>
    dynamoRegistrations(client, TABLES).putAll([
      { fact: terms('2026-01', { funding: 'village' }), contact: contactOf(KPJ) },
    ]),
}

const TILL = { by: 'till', subject: 'T0001/01' } as const
const limits: Record<string, Call> = {
  locksOf: (client) => dynamoEndpointLimits(client, TABLES).locksOf('pos'),
  add: (client) => dynamoEndpointLimits(client, TABLES).add('pos', '7#till-unknown-customers#T0001/01', 5, LATER),
  lock: (client) =>
    dynamoEndpointLimits(client, TABLES).lock({
      ...TILL,
      channel: 'pos',
      limit: 'till-unknown-customers',
      at: DECIDED,
      until: LATER,
    }),
  ofChannel: (client) => dynamoEndpointLocks(client, TABLES).ofChannel('pos', 10, null),
  'ofChannel after another': (client) => dynamoEndpointLocks(client, TABLES).ofChannel('pos', 10, 'held#key#ab'),
  hold: (client) => dynamoEndpointLocks(client, TABLES).hold('pos', { ...TILL, at: DECIDED, reason: 'stolen' }),
  'hold a customer': (client) =>
    dynamoEndpointLocks(client, TABLES).hold('pos', {
      by: 'customer',
      subject: 'digest',
      at: DECIDED,
      until: LATER,
      reason: 'asked after',
      lockedWith: 'another',
    }),
  ofCustomers: (client) => dynamoEndpointLocks(client, TABLES).ofCustomers(['pos', 'bni'], ['digest']),
  unlock: (client) => dynamoEndpointLocks(client, TABLES).unlock('pos', 'till', 'T0001/01'),
}

const RESERVATION = {
  kpj: KPJ,
  month: month('2026-12'),
  stage: 'due',
  attempt: 'A1',
  reservedAt: DECIDED,
} as never
const notices: Record<string, Call> = {
  ofMember: (client) => dynamoNotices(client, TABLES).ofMember(KPJ),
  reserve: (client) => dynamoNotices(client, TABLES).reserve(RESERVATION),
  'finish sent': (client) =>
    dynamoNotices(client, TABLES).finish(
      RESERVATION,
      { state: 'sent', channel: 'sms', messageId: 'M1', code: null },
      LATER,
    ),
  'finish failed': (client) =>
    dynamoNotices(client, TABLES).finish(
      RESERVATION,
      { state: 'failed', channel: null, messageId: null, code: 'NO' },
      LATER,
    ),
  giveUp: (client) => dynamoNotices(client, TABLES).giveUp(RESERVATION, LATER),
  release: (client) => dynamoNotices(client, TABLES).release(RESERVATION),
  noteUnreachable: (client) => dynamoNotices(client, TABLES).noteUnreachable(RESERVATION, 'NO_ADDRESS'),
}

const RUN = { purpose: 'notices', zone: 'WIB', startedAt: DECIDED, segments: 2 } as const
const COUNTS = { rows: 9, unreadable: 1, transitions: 2, accounts: 3, notices: 4 }
const PART = { ...COUNTS, segment: 1, part: 2, next: KPJ, census: null }
const statistics: Record<string, Call> = {
  part: (client) => dynamoStatistics(client, TABLES).part(RUN, 1, 2),
  putPart: (client) => dynamoStatistics(client, TABLES).putPart(RUN, PART),
  partsOf: (client) => dynamoStatistics(client, TABLES).partsOf({ ...RUN, zone: null }),
  putResult: (client) => dynamoStatistics(client, TABLES).putResult({ ...RUN, ...COUNTS, parts: 5, finishedAt: LATER }),
  resultsOf: (client) => dynamoStatistics(client, TABLES).resultsOf(DAY),
  census: (client) => dynamoStatistics(client, TABLES).census(DAY),
  targets: (client) => dynamoStatistics(client, TABLES).targets(2026),
  targetsOf: (client) => dynamoStatistics(client, TABLES).targetsOf(2026, ['15', '16']),
  'put an audit': (client) =>
    dynamoLedgerAudits(client, TABLES).put({
      day: DAY,
      subject: 'bni',
      startedAt: DECIDED,
      finishedAt: LATER,
      looks: 1,
      facts: 2,
      sums: { collected: 1, allocated: 2, credit: 3, suspense: 4, reversed: 5, billed: 6 },
      differences: { 'sums-differ': 1 },
      samples: [],
    }),
  'audits of a day': (client) => dynamoLedgerAudits(client, TABLES).ofDay(DAY),
}

const BATCH = { table: 'facts', first: '100', last: '109', countedAt: DECIDED } as const
const INTAKE = { count: 2, amountRupiah: 16_800, adminFeeRupiah: 5_000, reversedCount: 0, reversedRupiah: 0 }
const counts: Record<string, Call> = {
  lastOf: (client) => dynamoRollingCounts(client, TABLES).lastOf('memberships', '100'),
  add: (client) =>
    dynamoRollingCounts(client, TABLES).add(BATCH, {
      intake: [{ day: DAY, quarter: DECIDED, source: 'bni', intake: INTAKE }],
      standing: new Map([['15 self active', 1]]) as never,
      changes: 1,
      activations: [{ day: DAY, hour: DECIDED, durations: new Map([[3, 2]]) }],
    }),
  standing: (client) => dynamoRollingCounts(client, TABLES).standing(),
  intake: (client) => dynamoRollingCounts(client, TABLES).intake(DAY),
  'intake from': (client) => dynamoRollingCounts(client, TABLES).intake(DAY, { from: DECIDED }),
  'intake before': (client) => dynamoRollingCounts(client, TABLES).intake(DAY, { before: DECIDED }),
  activations: (client) => dynamoRollingCounts(client, TABLES).activations(DAY),
  noteRun: (client) => dynamoRollingCounts(client, TABLES).noteRun(DECIDED, 7),
  changesAt: (client) => dynamoRollingCounts(client, TABLES).changesAt(DECIDED),
  correctStanding: (client) =>
    dynamoRollingCounts(client, TABLES).correctStanding(new Map([['15 self active', -1]]) as never, 7, {
      checkedAt: DECIDED,
      difference: 1,
    }),
  'correctStanding of nothing': (client) =>
    dynamoRollingCounts(client, TABLES).correctStanding(new Map(), undefined, { checkedAt: DECIDED, difference: 0 }),
  correctIntake: (client) =>
    dynamoRollingCounts(client, TABLES).correctIntake({ day: DAY, quarter: DECIDED, source: 'bni' }, INTAKE, INTAKE),
  'correctIntake of nothing': (client) =>
    dynamoRollingCounts(client, TABLES).correctIntake({ day: DAY, quarter: DECIDED, source: 'bni' }, undefined, INTAKE),
  noteIntakeCheck: (client) =>
    dynamoRollingCounts(client, TABLES).noteIntakeCheck(DAY, 'bni', { checkedAt: DECIDED, difference: 2 }),
}

const CLOSED = {
  day: DAY,
  entries: [],
  receivables: [],
  opening: null,
  balances: [],
  accounts: 3,
  closedAt: LATER,
} as never
const journal: Record<string, Call> = {
  get: (client) => dynamoJournal(client, TABLES).get(DAY),
  range: (client) => dynamoJournal(client, TABLES).range(DAY, NEXT),
  'a range of nothing': (client) => dynamoJournal(client, TABLES).range(NEXT, DAY),
  lastClosed: (client) => dynamoJournal(client, TABLES).lastClosed(),
  'lastClosed by a day': (client) => dynamoJournal(client, TABLES).lastClosed(DAY),
  close: (client) => dynamoJournal(client, TABLES).close(CLOSED),
  putPart: (client) =>
    dynamoJournal(client, TABLES).putPart(DAY, 1, 4, { entries: [], receivables: [], accounts: 3 } as never),
  parts: (client) => dynamoJournal(client, TABLES).parts(DAY, 2),
}

const contacts: Record<string, Call> = {
  'get for an endpoint': (client) => dynamoContactReader(client, TABLES).get(KPJ),
  'putOver nothing': (client) => dynamoContactChanges(client, TABLES).putOver(contactOf(KPJ), undefined),
  'putOver what was read': (client) =>
    dynamoContactChanges(client, TABLES).putOver({ ...contactOf(KPJ), name: 'ANOTHER' }, contactOf(KPJ)),
  get: (client) => dynamoContacts(client, TABLES).get(KPJ),
  getMany: (client) => dynamoContacts(client, TABLES).getMany([KPJ, KPJ, kpjOf('22222222222')]),
  put: (client) => dynamoContacts(client, TABLES).put(contactOf(KPJ)),
  'prefer much': (client) =>
    dynamoContacts(client, TABLES).prefer(
      KPJ,
      { language: 'id', preferredChannel: 'sms', optedOut: true, wrongNumber: true } as never,
      'a@b.example',
    ),
  'prefer little': (client) =>
    dynamoContacts(client, TABLES).prefer(
      KPJ,
      { language: 'en', preferredChannel: null, optedOut: false, wrongNumber: false } as never,
      '',
    ),
  'of a sponsor': (client) => dynamoSponsorContacts(client, TABLES).of('s1' as never),
  'put those of a sponsor': (client) =>
    dynamoSponsorContacts(client, TABLES).put(
      's1' as never,
      [{ name: 'Ani', email: 'ani@b.example', language: 'id' }] as never,
    ),
}

const TRACE: ReadTrace = {
  actor: 'subject',
  actorName: 'Ani',
  issuer: 'pool',
  at: DECIDED,
  request: 'R1',
  number: 1,
  call: 'GET /api/memberships/{kpj}',
  account: KPJ,
  shown: 'in-full',
  reason: 'asked by the member',
  sourceIp: '192.0.2.7',
  forwardedFor: '198.51.100.1',
  file: null,
}
const STRETCH = { from: DECIDED, to: LATER }
const traces: Record<string, Call> = {
  put: (client) =>
    dynamoReadTraces(client, TABLES).put([
      TRACE,
      { ...TRACE, shown: 'masked', reason: null, account: null, actorName: null, issuer: null, forwardedFor: null },
      { ...TRACE, shown: 'file', file: { name: 'f.csv', rows: 7 } },
      { ...TRACE, shown: 'account', reason: null, file: { name: 'f.csv', rows: null } },
    ]),
  ofActor: (client) => dynamoReadTraces(client, TABLES).ofActor('subject', STRETCH, 20, null),
  ofAccount: (client) => dynamoReadTraces(client, TABLES).ofAccount(KPJ, STRETCH, 20, 'key'),
}

const audit: Record<string, Call> = {
  last: (client) => dynamoAudit(client, TABLES).last(),
  from: (client) => dynamoAudit(client, TABLES).from(7, 20),
  items: (client) => drained(dynamoAudit(client, TABLES).items()),
}

const LINE = {
  channel: 'pos',
  paymentId: 'T 1',
  fileDate: NEXT,
  line: 3,
  sha256: 'a',
  amount: 8_400,
  fee: 1_500,
  at: DECIDED,
  status: 'settled',
} as never
const FILE = { channel: 'pos', date: DAY, version: 1, state: 'accepted', sha256: 'a', receivedAt: DECIDED } as never
const BANK_FILE = { sha256: 'b'.repeat(64), state: 'chained', gap: 'x', receivedAt: DECIDED } as never
const LINK = { sequence: 2, files: ['b'], closingSen: 5 } as never
const PLACEMENT = {
  id: 'M 1',
  bookedOn: DAY,
  version: 2,
  recordedAt: DECIDED,
  by: 'rules',
  places: [
    { kind: 'channel-day', channel: 'pos', date: DAY, amount: 7, how: 'named' },
    { kind: 'channel-charge', channel: 'pos', differenceId: 'D1', amount: 5 },
    { kind: 'fee-invoice', channel: 'pos', number: 'I 1', amount: -2 },
  ],
} as never
const BEFORE = {
  id: 'M 1',
  bookedOn: DAY,
  version: 1,
  recordedAt: DECIDED,
  by: 'rules',
  places: [
    { kind: 'unidentified', channel: 'pos', amount: 3, reason: 'x', ways: [], askedOn: NEXT },
    { kind: 'channel-charge', channel: 'pos', differenceId: 'D0', amount: 5 },
  ],
} as never
const STATEMENT = {
  channel: 'pos',
  date: DAY,
  version: 2,
  recordedAt: DECIDED,
  verdict: 'differences',
  openItems: [{ label: 'missing-in-file', amountRupiah: 1, count: 1 }],
}
const CASE = { id: 'pos-20261120-0123456789ab', channel: 'pos', date: DAY, version: 2, state: 'open' }
const MAIL = { channel: 'pos', date: DAY, version: 2, state: 'reserved' }
const LATE = { channel: 'pos', date: DAY, dueAt: DECIDED, alarmedAt: LATER, arrivedAt: null }
const EXIT = {
  channel: 'pos',
  paymentId: 'T1',
  step: 'posting-1',
  businessDate: DAY,
  account: KPJ,
  fact: 'posting#x',
  action: 'release',
} as never
const FEES = { channel: 'pos', month: month('2026-11'), version: 2, recordedAt: DECIDED, position: {} } as never
const MONEY = { account: KPJ, fact: keyOf(PAYMENT), since: DAY }

const DEWI = { issuer: 'https://pool', subject: 'sub-1', name: 'Dewi' }
const settlements: Record<string, Call> = {
  fileVersions: (client) => dynamoSettlements(client, TABLES).fileVersions('pos', DAY),
  putFileVersion: (client) => dynamoSettlements(client, TABLES).putFileVersion(FILE),
  replaceFile: (client) =>
    dynamoSettlements(client, TABLES).replaceFile(FILE, {
      ...(FILE as object),
      version: 2,
      state: 'proposed',
    } as never),
  bankFile: (client) => dynamoSettlements(client, TABLES).bankFile('b'),
  putBankFile: (client) => dynamoSettlements(client, TABLES).putBankFile(BANK_FILE),
  bankFiles: (client) => dynamoSettlements(client, TABLES).bankFiles(),
  bankWithdrawals: (client) => dynamoSettlements(client, TABLES).bankWithdrawals(),
  askForChaining: (client) => dynamoSettlements(client, TABLES).askForChaining(BANK_FILE),
  drops: (client) => dynamoSettlements(client, TABLES).drops('a'),
  noteDrop: (client) => dynamoSettlements(client, TABLES).noteDrop('a', 'v 1'),
  inputsOn: (client) => dynamoSettlements(client, TABLES).inputsOn(DAY),
  bankChain: (client) => dynamoSettlements(client, TABLES).bankChain('001', 14),
  'putLink first': (client) => dynamoSettlements(client, TABLES).putLink('001', LINK),
  putLink: (client) =>
    dynamoSettlements(client, TABLES).putLink('001', LINK, { ...(LINK as object), sequence: 1 } as never),
  removeLink: (client) => dynamoSettlements(client, TABLES).removeLink('001', LINK),
  withdrawMovement: (client) => dynamoSettlements(client, TABLES).withdrawMovement('001', LINK, PLACEMENT, BEFORE),
  credit: (client) => dynamoSettlements(client, TABLES).credit(DAY, 'M 1'),
  putCredit: (client) => dynamoSettlements(client, TABLES).putCredit({ id: 'M 1', bookedOn: DAY } as never),
  creditsBooked: (client) => dynamoSettlements(client, TABLES).creditsBooked(DAY),
  movementsBooked: (client) => dynamoSettlements(client, TABLES).movementsBooked(DAY),
  placements: (client) => dynamoSettlements(client, TABLES).placements(DAY, 'M 1'),
  putPlacement: (client) => dynamoSettlements(client, TABLES).putPlacement(PLACEMENT, BEFORE),
  'putPlacement of what nobody knows': (client) => dynamoSettlements(client, TABLES).putPlacement(BEFORE, PLACEMENT),
  placedOn: (client) => dynamoSettlements(client, TABLES).placedOn('pos', DAY),
  unidentified: (client) => dynamoSettlements(client, TABLES).unidentified('2026-11-20#M', 20),
  statement: (client) => dynamoSettlements(client, TABLES).statement('pos', DAY),
  'statement of a version': (client) => dynamoSettlements(client, TABLES).statement('pos', DAY, 2),
  statements: (client) => dynamoSettlements(client, TABLES).statements('pos', DAY),
  putStatement: (client) =>
    dynamoSettlements(client, TABLES).putStatement(STATEMENT as never, { channel: 'pos' } as never),
  'putStatement reconciled': (client) =>
    dynamoSettlements(client, TABLES).putStatement(
      { ...STATEMENT, verdict: 'reconciled', openItems: [] } as never,
      { channel: 'pos' } as never,
    ),
  answers: (client) => dynamoSettlements(client, TABLES).answers('pos', DAY),
  putAnswer: (client) =>
    dynamoSettlements(client, TABLES).putAnswer({ channel: 'pos', date: DAY, version: 2 } as never),
  mail: (client) => dynamoSettlements(client, TABLES).mail('pos', DAY, 2),
  mails: (client) => dynamoSettlements(client, TABLES).mails('pos', DAY),
  'putMail first': (client) => dynamoSettlements(client, TABLES).putMail(MAIL as never, undefined),
  putMail: (client) => dynamoSettlements(client, TABLES).putMail({ ...MAIL, state: 'sent' } as never, MAIL as never),
  rows: (client) => dynamoSettlements(client, TABLES).rows('pos', DAY, NEXT),
  watched: (client) => dynamoSettlements(client, TABLES).watched('pos'),
  difference: (client) => dynamoSettlements(client, TABLES).difference(CASE.id),
  'difference under no id': (client) => dynamoSettlements(client, TABLES).difference('no id'),
  differencesOf: (client) => dynamoSettlements(client, TABLES).differencesOf('pos', DAY),
  'putDifference open': (client) => dynamoSettlements(client, TABLES).putDifference(CASE as never),
  'putDifference resolved': (client) =>
    dynamoSettlements(client, TABLES).putDifference({ ...CASE, version: 1, state: 'resolved' } as never),
  pointers: (client) => dynamoSettlements(client, TABLES).pointers('open', 'pos', null, 20),
  resolution: (client) => dynamoSettlements(client, TABLES).resolution('part', 'entry'),
  putElsewhere: (client) => dynamoSettlements(client, TABLES).putElsewhere(DAY, LINE),
  elsewhereOf: (client) => dynamoSettlements(client, TABLES).elsewhereOf('pos', DAY),
  neighbours: (client) => dynamoSettlements(client, TABLES).neighbours('pos', DAY),
  putNeighbour: (client) => dynamoSettlements(client, TABLES).putNeighbour('pos', DAY, NEXT),
  putUnknown: (client) => dynamoSettlements(client, TABLES).putUnknown(LINE),
  unknownOf: (client) => dynamoSettlements(client, TABLES).unknownOf('pos', 'T 1'),
  allUnknown: (client) => drained(dynamoSettlements(client, TABLES).allUnknown('pos')),
  putKeptFile: (client) =>
    dynamoSettlements(client, TABLES).putKeptFile({
      channel: 'pos',
      group: 'unknown',
      fileDate: DAY,
      sha256: 'a',
      buckets: 2,
    }),
  keptFiles: (client) => dynamoSettlements(client, TABLES).keptFiles('pos', 'unknown'),
  noteAccount: (client) => dynamoSettlements(client, TABLES).noteAccount(DAY, KPJ),
  recordedOn: (client) => drained(dynamoSettlements(client, TABLES).recordedOn(DAY)),
  bulkAnswer: (client) => dynamoSettlements(client, TABLES).bulkAnswer('a b', 'key'),
  putBulkAnswer: (client) => dynamoSettlements(client, TABLES).putBulkAnswer('a b', 'key', { request: 'r', items: [] }),
  comments: (client) => dynamoSettlements(client, TABLES).comments('D1'),
  attachments: (client) => dynamoSettlements(client, TABLES).attachments('D1'),
  feeInvoice: (client) => dynamoSettlements(client, TABLES).feeInvoice('pos', 'I 1'),
  feeInvoices: (client) => dynamoSettlements(client, TABLES).feeInvoices('pos', month('2026-11')),
  feeMonths: (client) => dynamoSettlements(client, TABLES).feeMonths('pos', month('2026-11')),
  putFeeMonth: (client) => dynamoSettlements(client, TABLES).putFeeMonth(FEES, null),
  'putFeeMonth with a charge': (client) =>
    dynamoSettlements(client, TABLES).putFeeMonth(FEES, {
      differenceId: 'D1',
      amountRupiah: rupiah(5),
      chargedOn: DAY,
    }),
  lateFiles: (client) => dynamoSettlements(client, TABLES).lateFiles('pos', DAY, NEXT),
  noteLateFile: (client) => dynamoSettlements(client, TABLES).noteLateFile(LATE),
  noteArrival: (client) => dynamoSettlements(client, TABLES).noteArrival(LATE, LATER),
  owedDays: (client) => dynamoSettlements(client, TABLES).owedDays('pos'),
  payoffs: (client) => dynamoSettlements(client, TABLES).payoffs('pos'),
  payoffTurn: (client) => dynamoSettlements(client, TABLES).payoffTurn('pos'),
  noteSuspense: (client) => dynamoSettlements(client, TABLES).noteSuspense(MONEY),
  suspense: (client) => dynamoSettlements(client, TABLES).suspense(null, 20),
  suspended: (client) => dynamoSettlements(client, TABLES).suspended('pointer'),
  exit: (client) => dynamoSettlements(client, TABLES).exit(EXIT, DAY),
  exitAt: (client) => dynamoSettlements(client, TABLES).exitAt('part', 'entry'),
  waitingExits: (client) => dynamoSettlements(client, TABLES).waitingExits(),
  endWait: (client) => dynamoSettlements(client, TABLES).endWait(EXIT),
  signOffs: (client) => dynamoSettlements(client, TABLES).signOffs('pos', DAY, NEXT),
  decidedByAll: (client) => dynamoSettlements(client, TABLES).decidedByAll(DAY),
  decidedByPeople: (client) => dynamoSettlements(client, TABLES).decidedByPeople(DAY, [DEWI]),
  unconfirmed: (client) => dynamoSettlements(client, TABLES).unconfirmed('s'),
  allUnconfirmed: (client) => dynamoSettlements(client, TABLES).allUnconfirmed(),
  confirmByBank: (client) => dynamoSettlements(client, TABLES).confirmByBank(UNCONFIRMED_STATEMENT, DECIDED),
  closedMonths: (client) => dynamoSettlements(client, TABLES).closedMonths(),
}

const UNCONFIRMED_STATEMENT = { sha256: 's', by: 'ani', since: DECIDED, proposal: 1 }
const RECORD = { at: DECIDED, actor: 'a', role: 'approver', what: 'approved', subject: KPJ, detail: {} } as never
const SUMS = { date: DAY, of: 'everybody', version: 1, sums: { refund: rupiah(9) } }
const APPROVAL = { subject: 'month', state: 'approved', version: 2 }
const resolutions: Record<string, Call> = {
  head: (client) => dynamoResolutions(client, TABLES).head(),
  approval: (client) => dynamoResolutions(client, TABLES).approval('subject'),
  waitingApprovals: (client) => dynamoResolutions(client, TABLES).waitingApprovals(null, 20),
  'waitingApprovals after one': (client) => dynamoResolutions(client, TABLES).waitingApprovals('subject', 20),
  'takeApproval proposed': (client) =>
    dynamoResolutions(client, TABLES).takeApproval({
      approval: { ...APPROVAL, state: 'proposed', version: 1 } as never,
      record: RECORD,
      effects: [],
    }),
  'takeApproval approved': (client) =>
    dynamoResolutions(client, TABLES).takeApproval({
      approval: APPROVAL as never,
      record: RECORD,
      effects: [
        { kind: 'placement', placement: PLACEMENT, before: undefined },
        { kind: 'file-withdrawn', file: FILE },
        { kind: 'statement-withdrawn', file: BANK_FILE, by: 'withdrawal' },
        { kind: 'statement-confirmed', statement: UNCONFIRMED_STATEMENT },
        { kind: 'counted', day: SUMS },
        effectOfTurn({ channel: 'pos', number: 6 }),
        effectOfSignOff({ channel: 'pos', date: DAY, sequence: 3 } as never),
        effectOfClosing({ month: month('2026-11') } as never),
        ...effectsOfExit(EXIT),
      ],
    }),
  take: (client) =>
    dynamoResolutions(client, TABLES).take({
      case: CASE as never,
      record: RECORD,
      resolution: { channel: 'pos', date: DAY, differenceId: CASE.id, differenceVersion: 2 } as never,
      sums: [SUMS],
    }),
  keepAnswer: (client) => dynamoResolutions(client, TABLES).keepAnswer(RECORD),
  'keepNote comment': (client) =>
    dynamoResolutions(client, TABLES).keepNote({ kind: 'comment', differenceId: 'D1', digest: 'd' } as never, RECORD),
  'keepNote attachment': (client) =>
    dynamoResolutions(client, TABLES).keepNote(
      { kind: 'attachment', differenceId: 'D1', sha256: 's' } as never,
      RECORD,
    ),
  enterFeeInvoice: (client) =>
    dynamoResolutions(client, TABLES).enterFeeInvoice({ channel: 'pos', number: 'I 1' } as never, RECORD),
  answersFor: (client) => dynamoResolutions(client, TABLES).answersFor(KPJ),
}

const PARTNER_KEY = { channel: 'bni', kind: 'message-key', version: 1 }
const partnerKeys: Record<string, Call> = {
  all: (client) => dynamoPartnerKeys(client, TABLES).all(),
  get: (client) => dynamoPartnerKeys(client, TABLES).get('bni', 'message-key' as never),
  'put the first': (client) => dynamoPartnerKeys(client, TABLES).put(PARTNER_KEY as never),
  'put the second': (client) => dynamoPartnerKeys(client, TABLES).put({ ...PARTNER_KEY, version: 2 } as never),
}

const AGENT = 'PRS-JBI-001' as never
const agents: Record<string, Call> = {
  agent: (client) => dynamoAgents(client, TABLES).agent(AGENT),
  putAgent: (client) => dynamoAgents(client, TABLES).putAgent({ code: AGENT, name: 'Kantor' } as never),
  agents: (client) => dynamoAgents(client, TABLES).agents(null, 20),
  'agents after one': (client) => dynamoAgents(client, TABLES).agents(AGENT, 20),
  noteMember: (client) => dynamoAgents(client, TABLES).noteMember(AGENT, KPJ),
  noteList: (client) => dynamoAgents(client, TABLES).noteList(AGENT, 's1.p1.c1' as never),
  members: (client) => dynamoAgents(client, TABLES).members(AGENT, 20),
  lists: (client) => dynamoAgents(client, TABLES).lists(AGENT, 20),
}

const KEY_NAME = { purpose: 'evidence', day: DAY } as never
const keysIn = (client: DynamoClient) => dynamoDataKeys(client, 'evidence-data-keys')
const dataKeys: Record<string, Call> = {
  find: (client) => keysIn(client).find(KEY_NAME),
  latest: (client) => keysIn(client).latest('evidence' as never, DAY),
  make: (client) => keysIn(client).make({ ...(KEY_NAME as object), key: new Uint8Array(32).fill(7) } as never, DECIDED),
  extend: (client) => keysIn(client).extend(KEY_NAME, NEXT),
  living: (client) => keysIn(client).living('evidence' as never, DAY),
  destroy: (client) => keysIn(client).destroy(KEY_NAME, LATER),
}

const PROGRAM = 's1.p1' as never
const COHORT = 's1.p1.c1' as never
const sponsors: Record<string, Call> = {
  sponsor: (client) => dynamoSponsors(client, TABLES).sponsor('s1' as never),
  putSponsor: (client) => dynamoSponsors(client, TABLES).putSponsor({ id: 's1' } as never),
  sponsors: (client) => dynamoSponsors(client, TABLES).sponsors(null, 20),
  'sponsors after one': (client) => dynamoSponsors(client, TABLES).sponsors('s1' as never, 20),
  program: (client) => dynamoSponsors(client, TABLES).program(PROGRAM),
  programsOf: (client) => dynamoSponsors(client, TABLES).programsOf('s1' as never),
  history: (client) => dynamoSponsors(client, TABLES).history(PROGRAM),
  programsEnding: (client) => dynamoSponsors(client, TABLES).programsEnding(month('2026-12')),
  programNotice: (client) => dynamoSponsors(client, TABLES).programNotice(PROGRAM, 'ending' as never, 'id'),
  putProgramNotice: (client) =>
    dynamoSponsors(client, TABLES).putProgramNotice({
      program: PROGRAM,
      stage: 'ending',
      language: 'id',
      state: 'reserved',
      version: 1,
    } as never),
  putProgram: (client) =>
    dynamoSponsors(client, TABLES).putProgram({
      program: { id: PROGRAM, version: 2 },
      event: { number: 2, step: 'plan' },
    } as never),
  cohort: (client) => dynamoSponsors(client, TABLES).cohort(COHORT),
  cohortsOf: (client) => dynamoSponsors(client, TABLES).cohortsOf(PROGRAM),
  putCohort: (client) => dynamoSponsors(client, TABLES).putCohort({ id: COHORT, version: 1 } as never),
  'putCohort with a step of its program': (client) =>
    dynamoSponsors(client, TABLES).putCohort(
      { id: COHORT, version: 2 } as never,
      { program: { id: PROGRAM, version: 2 }, event: { number: 2, step: 'bill' } } as never,
    ),
  putConfirmed: (client) =>
    dynamoSponsors(client, TABLES).putConfirmed(
      { id: COHORT, version: 2 } as never,
      { id: 's1.p1.c0', version: 3 } as never,
    ),
  commitments: (client) => dynamoSponsors(client, TABLES).commitments(PROGRAM),
  putBilling: (client) =>
    dynamoSponsors(client, TABLES).putBilling({ id: COHORT, version: 2 } as never, { amount: 1 } as never, 0),
}

const STORES = {
  facts,
  bills,
  decisions,
  memberships,
  notices,
  statistics,
  counts,
  journal,
  contacts,
  traces,
  audit,
  settlements,
  resolutions,
  sponsors,
  'endpoint limits': limits,
  'partner keys': partnerKeys,
  agents,
  'data keys': dataKeys,
}

/** What a call sends where every answer is empty, one command to a line. */
async function commandsOf(call: Call): Promise<readonly string[]> {
  const sent: string[] = []
  const client = {
    send: async (command: { readonly constructor: { readonly name: string }; readonly input: object }) => {
      sent.push(`  ${command.constructor.name} ${JSON.stringify(command.input, readable)}`)
      return {}
    },
  } as unknown as DynamoClient
  await call(client)
  return sent
}

/** What a call says that fails for good: expected and got, and what it was about; never a value. */
async function refusalOf(call: Call): Promise<readonly string[]> {
  const refused = { name: 'ValidationException', $fault: 'client', $metadata: { httpStatusCode: 400 } }
  const send = async () => {
    throw Object.assign(new Error('a value that nobody may see'), refused)
  }
  try {
    await call({ send } as unknown as DynamoClient)
    return []
  } catch (error) {
    const { name, message } = error as Error
    return [`  ${name}: ${message}`]
  }
}

/** Bytes as text; a mark that a put draws for itself, which is a Buffer, by its length alone. */
function readable(_: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes:${Buffer.from(value).toString('base64')}`
  const { type, data } = (value ?? {}) as { readonly type?: unknown; readonly data?: readonly number[] }
  return type === 'Buffer' ? `${data?.length} bytes drawn anew` : value
}

async function drained(found: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of found);
}

test('each call of a store sends exactly the commands of the reference', async () => {
  const lines: string[] = []
  for (const [store, calls] of Object.entries(STORES)) {
    for (const [name, call] of Object.entries(calls)) {
      lines.push(`${store}: ${name}`, ...(await commandsOf(call)), ...(await refusalOf(call)))
    }
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('sent-commands.txt')
})

test('the reference asks every store that there is', () => {
  const folder = path.join(import.meta.dirname, '../../../shared/store')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const stores = files.flatMap((file) =>
    [...readFileSync(path.join(folder, file), 'utf8').matchAll(/export function (dynamo\w+)\(/g)].map(
      ([, name]) => name,
    ),
  )
  const calls =
    Object.values(STORES)
      .flatMap((calls) => Object.values(calls).map(String))
      .join('\n') + keysIn
  expect(stores.filter((name) => !calls.includes(`${name}(`) && !calls.includes(`.${name}`))).toEqual([])
  expect(stores.length).toBeGreaterThan(25)
})

test('a bill of more members than one transaction takes is put part by part, its members first and the bill last', async () => {
  const sent = await commandsOf((client) => dynamoBills(client, TABLES).put({ ...BILL, kpj: null }, many.slice(0, 2)))
  expect(sent).toHaveLength(1)
  const chunks = Array.from({ length: 99_001 }, () => MEMBER)
  const inTurn = await commandsOf((client) => dynamoBills(client, TABLES).put({ ...BILL, kpj: null }, chunks))
  const parts = inTurn.map((line) => `${line.trim().split(' ')[0]} ${/"part":\{"S":"([^"]*)"/.exec(line)?.[1]}`)
  expect([parts.length, parts[0], parts[99], parts[100], parts.at(-1)]).toEqual([
    201,
    'PutItemCommand members#0001',
    'PutItemCommand members#0100',
    'UpdateItemCommand members#0001',
    'PutItemCommand bill',
  ])
})
