/**
 * What people do on the console, told whole against a written reference (whole-work-*.txt): each call with its answer, and what it
 * left behind: audit entries, log lines, metrics, messages, read traces. A field, a code or a word that changes shows in a review.
 * `vitest run test/functions/serve-console/whole-work.test.ts --update` writes the reference anew.
 */
import { expect, test } from 'vitest'
import { readAuditEntry } from '../../../shared/store/audit/item.ts'
import { at } from '../../support/facts.ts'
import { camt053, settlementFiles } from '../../support/settlement-files.ts'
import { standing, story } from '../enrol-cohort/three-lists.ts'
import { consoleOn, HEADER, KPJ, NIK, row } from './console.ts'
import { DAY, NEXT, settledWorld } from './settled-world.ts'

type Hub = ReturnType<typeof consoleOn>
type Call = readonly [role: string, method: string, path: string, body?: string | object]

/** Each call and its answer; an instant at which the clock is set stands between them. */
async function toldOf(hub: Hub, calls: readonly (Call | string)[]): Promise<readonly string[]> {
  const told: string[] = []
  for (const call of calls) {
    if (typeof call === 'string') {
      hub.setClock(call)
      continue
    }
    const [role, method, path, body] = call
    const answer = await hub.call(role, method, path, body)
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body)
    told.push(
      `${role}: ${method} ${path} ${body === undefined ? '' : JSON.stringify(body)}\n${answer.status} ${text}\n`,
    )
  }
  return told
}

function leftBehind(hub: Hub): readonly string[] {
  const parts = {
    'audit chain': hub.settlements.chain.map((item) => readAuditEntry(item)),
    log: hub.logged,
    metrics: hub.counted,
    'queue sweep': hub.swept,
    'queue audit': hub.audited,
    'read traces': hub.readTraces.all(),
    facts: hub.store.everything().facts,
    bills: hub.store.everything().bills,
  }
  return Object.entries(parts).flatMap(([name, all]) => [`# ${name}`, ...all.map((each) => JSON.stringify(each)), ''])
}

const MEMBER = `/api/memberships/${KPJ}`
const BILLED = '22222222222'

test('about members, their data and their cover', async () => {
  const hub = consoleOn({ now: '2026-11-20T09:00' })
  const rows = [
    row(),
    row({ kpj: BILLED, nik: '3578011203850002', name: 'SITI', funding: 'village' }),
    row({ nik: '1' }),
  ]
  await hub.call('operator', 'POST', '/api/memberships/import', [HEADER, ...rows].join('\n'))
  await hub.pay('P1', '2026-11-20T09:10', ['2026-11'])
  await hub.fold()
  const told = await toldOf(hub, [
    '2026-11-20T09:20',
    ['operator', 'POST', '/api/memberships/import', [HEADER, ...rows].join('\n')],
    ['viewer', 'POST', '/api/memberships/import', HEADER],
    ['operator', 'POST', '/api/bills', { kpj: BILLED, months: 2, validUntil: '2026-11-30' }],
    ['operator', 'POST', '/api/bills', { kpj: BILLED, months: 0, validUntil: '2026-11-30' }],
    ['operator', 'POST', '/api/bills', { kpj: '99999999999', months: 1, validUntil: '2026-11-30' }],
    ['viewer', 'POST', '/api/participants/search', { nik: NIK }],
    ['viewer', 'POST', '/api/participants/search', { nik: '1' }],
    ['viewer', 'POST', '/api/searches', { text: KPJ }],
    ['viewer', 'POST', '/api/searches', { text: NIK }],
    ['viewer', 'POST', '/api/searches', { text: 'P1' }],
    ['viewer', 'POST', '/api/searches', { text: 'budi' }],
    ['support', 'POST', '/api/disclosures', { kpj: KPJ, reason: 'the member asks for a correction' }],
    ['viewer', 'POST', '/api/disclosures', { kpj: KPJ, reason: 'the member asks for a correction' }],
    ['support', 'POST', '/api/disclosures', { kpj: KPJ, reason: 'x' }],
    ['viewer', 'POST', '/api/exports', { table: `payments-${KPJ}`, format: 'xlsx', rows: 12 }],
    ['viewer', 'POST', '/api/exports', { table: 'lapses', format: 'pdf', rows: 12 }],
    ['operator', 'POST', `${MEMBER}/coverage/answers`, { on: '2026-11-20', reference: 'JKM/2026/118' }],
    ['viewer', 'GET', `${MEMBER}/coverage/answers`],
    ['support', 'PUT', `${MEMBER}/contact-preferences`, { optedOut: true, language: 'en' }],
    ['support', 'PUT', `${MEMBER}/contact-preferences`, { optedOut: 'yes' }],
    ['operator', 'POST', `/api/memberships/${BILLED}/self-payment`],
    ['operator', 'POST', `${MEMBER}/self-payment`],
    ['admin', 'POST', `${MEMBER}/closure`, { reason: 'moved', on: '2026-11-20' }],
    ['admin', 'POST', `${MEMBER}/closure`, { reason: 'moved', on: '2026-11-20' }],
    '2026-11-20T10:00',
    ['admin', 'POST', `${MEMBER}/reopening`, { reason: 'came back', on: '2026-11-20' }],
    ['viewer', 'GET', MEMBER],
    ['operator', 'POST', `${MEMBER}/erasure`, { reason: 'the member asked for it in writing' }],
    ['approver', 'POST', `${MEMBER}/erasure/approval`, { decision: 'approve' }],
    ['viewer', 'GET', `${MEMBER}/erasure`],
    ['admin', 'GET', `/api/read-traces?kpj=${KPJ}`],
    ['viewer', 'GET', '/api/approvals'],
    [
      'operator',
      'POST',
      '/api/coverage/targets',
      'region_code,workers_formal,workers_informal,target_percent,year\n35,10,3,55,2026\n99,1,1,1,2026',
    ],
    ['viewer', 'GET', '/api/coverage/trend'],
    ['operator', 'POST', '/api/rules/try', { rules: {} }],
    ['viewer', 'GET', '/api/nothing'],
    ['viewer', 'DELETE', MEMBER],
  ])
  await expect(`${[...told, ...leftBehind(hub)].join('\n')}\n`).toMatchFileSnapshot('whole-work-members.txt')
})

test('about partners, queues and the nightly work', async () => {
  const deadLetter = { messageId: 'm1', code: 'UNREADABLE', reason: 'expected a body', sentAt: at('2026-11-20T08:00') }
  const queue = {
    name: 'reconcile',
    depth: async () => ({ visible: 2, inFlight: 1, delayed: 0, deadLetters: 1 }),
    deadLetters: async () => [deadLetter],
    redrive: async () => 1,
  }
  const hub = consoleOn({ queues: [queue], secretWrittenAt: async () => at('2026-10-01T09:00') })
  await hub.pay('P1', '2026-11-20T09:10', ['2026-11'])
  const key = '/api/partners/bni/keys/message-keys'
  const digest = 'ab'.repeat(32)
  const told = await toldOf(hub, [
    ['viewer', 'GET', '/api/partners'],
    ['operator', 'POST', '/api/partners/bni/locks', { by: 'till', subject: 'T0001/01', reason: 'a stolen terminal' }],
    ['viewer', 'POST', '/api/partners/bni/locks', { by: 'till', subject: 'T0001/01', reason: 'a stolen terminal' }],
    ['operator', 'POST', '/api/partners/bni/locks', { by: 'nobody', subject: 'T0001/01', reason: 'a stolen terminal' }],
    ['viewer', 'GET', '/api/partners/bni/locks'],
    ['operator', 'POST', '/api/partners/bni/unlocks', { by: 'till', subject: 'T0001/01', reason: 'it was found' }],
    [
      'operator',
      'POST',
      '/api/partners/bni/revoked-certificates',
      { publicKeySha256: digest, reason: 'the key got out' },
    ],
    ['viewer', 'GET', '/api/partners/bni/locks'],
    ['operator', 'POST', `${key}/dates`, { since: '2026-01-04', endsOn: '2027-01-04' }],
    ['operator', 'POST', `${key}/rotation`, { step: 'begin', since: '2026-11-20', endsOn: '2027-11-20' }],
    ['operator', 'POST', `${key}/rotation`, { step: 'switched' }],
    ['viewer', 'GET', '/api/partner-keys'],
    ['viewer', 'GET', '/api/partners/bni/payments'],
    ['viewer', 'GET', '/api/partners/bni/payments/P1'],
    ['viewer', 'GET', '/api/partners/bni/payments/P2'],
    ['viewer', 'GET', '/api/queues'],
    ['viewer', 'GET', '/api/queues/reconcile/dead-letters'],
    ['operator', 'POST', '/api/queues/reconcile/redrive'],
    ['operator', 'POST', '/api/queues/other/redrive'],
    ['operator', 'POST', '/api/repair'],
    ['operator', 'POST', '/api/repair?channel=bni&day=2026-11-19'],
    ['operator', 'POST', '/api/repair?channel=nobody&day=2026-11-19'],
    ['operator', 'POST', '/api/audits?day=2026-11-19'],
    ['operator', 'POST', '/api/audits?subject=chain'],
    ['viewer', 'GET', '/api/audits?from=2026-11-19&to=2026-11-20'],
    ['viewer', 'GET', '/api/audit-chain'],
    ['viewer', 'GET', '/api/functions'],
    ['viewer', 'GET', '/api/schedules'],
    ['viewer', 'GET', '/api/file-arrivals?from=2026-11-19&to=2026-11-20'],
  ])
  await expect(`${[...told, ...leftBehind(hub)].join('\n')}\n`).toMatchFileSnapshot('whole-work-operations.txt')
})

test('about sponsors, their lists and agents', async () => {
  const hub = await story(async () => {})
  const { cohorts } = await standing(hub)
  const office = { code: 'PRS-JBI-001', kind: 'office', name: 'Kantor Perisai', regionCode: '15.71' }
  const draft = {
    name: 'Pekerja rentan 2027',
    funding: 'village',
    budget: { per: 'village', amountRupiah: 10_000_000 },
    firstMonth: '2027-01',
    months: 12,
    sector: 'farming',
    programs: 'JKK+JKM',
    incomeRupiah: 1_000_000,
    priority: 'stop',
  }
  const program = '/api/programs/jambi.2026'
  const told = await toldOf(hub, [
    ['viewer', 'GET', '/api/sponsors'],
    ['sponsor', 'GET', '/api/sponsors'],
    ['operator', 'POST', '/api/sponsors', { id: 'batang', kind: 'regency', name: 'Batang', regionCode: '33.25' }],
    ['operator', 'POST', '/api/sponsors', { id: 'batang', kind: 'regency', name: 'Another', regionCode: '33.25' }],
    ['sponsor', 'GET', '/api/sponsors/batang'],
    [
      'operator',
      'PUT',
      '/api/sponsors/jambi/contacts',
      { contacts: [{ name: 'Siti', email: 'siti@example.id', language: 'id' }] },
    ],
    ['viewer', 'GET', '/api/sponsors/jambi'],
    ['operator', 'POST', '/api/sponsors/jambi/programs', { ...draft, code: '2027' }],
    ['operator', 'PUT', '/api/programs/jambi.2027', { ...draft, months: 3, version: 1 }],
    ['operator', 'POST', '/api/programs/jambi.2027/opening'],
    ['operator', 'POST', '/api/programs/jambi.2027/abandonment', { reason: 'no budget' }],
    ['viewer', 'GET', '/api/programs/jambi.2027/history'],
    ['viewer', 'GET', '/api/sponsors/jambi/programs'],
    ...['', '/history', '/budget', '/bills', '/report', '/members', '/cohorts'].map(
      (part): Call => ['viewer', 'GET', `${program}${part}`],
    ),
    ['viewer', 'GET', `${program}/report/print?language=id`],
    ['operator', 'POST', `${program}/budget`, { villages: [{ regionCode: '15.71.01.1001', persons: 40 }] }],
    ...cohorts.flatMap(({ id }): readonly Call[] => [
      ['viewer', 'GET', `/api/cohorts/${id}`],
      ['viewer', 'GET', `/api/cohorts/${id}/bills`],
      ['operator', 'GET', `/api/cohorts/${id}/refused?language=en`],
      ['operator', 'POST', `/api/cohorts/${id}/confirmation`],
    ]),
    ['operator', 'POST', `${program}/ending`, { reason: 'the budget ends' }],
    ['operator', 'POST', '/api/agents', office],
    ['operator', 'POST', '/api/agents', { ...office, code: 'x' }],
    ['viewer', 'GET', '/api/agents'],
    ['viewer', 'GET', '/api/agents/PRS-JBI-001'],
    ['viewer', 'GET', '/api/agents/PRS-JBI-001/report'],
  ])
  await expect(`${[...told, ...leftBehind(hub)].join('\n')}\n`).toMatchFileSnapshot('whole-work-sponsors.txt')
})

test('about settlement, as finance works on it', async () => {
  const hub = await settledWorld()
  const day = `/api/settlements/indomaret/${DAY}`
  const cases = await hub.cases('indomaret', DAY)
  const [first, second] = cases.filter(({ state }) => state === 'open').map(({ id }) => `/api/differences/${id}`)
  const movement = '/api/bank-movements/2026-11-23/C2'
  const empty = { account: '0018877665501', statementId: 'S9', date: NEXT, opening: 0, rows: [] }
  type Asked = readonly [
    role: 'operator' | 'approver' | 'viewer',
    method: string,
    path: string,
    body?: object | Uint8Array,
  ]
  const calls: readonly Asked[] = [
    ['operator', 'PUT', `/api/settlements/pos/${NEXT}/file`, Buffer.from(settlementFiles.pos?.(NEXT, []) ?? '')],
    ['operator', 'PUT', `/api/settlements/pos/${NEXT}/file`, Buffer.from('no layout')],
    ['operator', 'PUT', '/api/settlements/nobody/2026-11-21/file', Buffer.from('x')],
    ['operator', 'PUT', '/api/bank-statements/b.xml', Buffer.from(camt053([empty]))],
    ['operator', 'PUT', '/api/bank-statements/c.xml', Buffer.from('no statement')],
    ['operator', 'POST', `${first}/owner`, { action: 'take' }],
    ['operator', 'POST', `${first}/owner`, { action: 'release' }],
    ['operator', 'POST', `${first}/comments`, { text: 'asked the channel' }],
    ['operator', 'PUT', `${first}/attachments?name=mail.txt`, Buffer.from('a mail')],
    ['viewer', 'GET', `${first}/comments`],
    ['viewer', 'GET', `${first}/attachments`],
    ['operator', 'POST', `${first}/proposal`, { action: 'charge-channel', reason: 'as agreed' }],
    ['operator', 'POST', `${first}/proposal`, { action: 'nothing', reason: 'as agreed' }],
    ['approver', 'POST', `${first}/approval`, { decision: 'reject', reason: 'look again' }],
    ['operator', 'POST', `${second}/proposal`, { action: 'accept', reason: 'as agreed' }],
    ['approver', 'POST', `${second}/approval`, { decision: 'approve' }],
    [
      'operator',
      'POST',
      `${movement}/proposal`,
      { places: [{ kind: 'returned', amountRupiah: 777 }], reason: 'sent back' },
    ],
    ['approver', 'POST', `${movement}/approval`, { decision: 'approve' }],
    ['viewer', 'GET', movement],
    ['operator', 'POST', `${day}/sign-off`, { digest: 'x', reason: 'looked through' }],
    ['operator', 'POST', `${day}/withdrawal`, { version: 1, reason: 'another file was meant' }],
    ['approver', 'POST', `${day}/withdrawal/approval`, { decision: 'approve' }],
    ['operator', 'POST', '/api/periods/2026-10/close', { accept: [], reason: 'all looked through' }],
    ['operator', 'POST', '/api/periods/2026-11/close', { accept: [], reason: 'all looked through' }],
    ['viewer', 'GET', '/api/approvals'],
  ]
  const told: string[] = []
  for (const [role, method, path, body] of calls) {
    const answer = await hub.call(role, method, path, body)
    await hub.drain()
    const sent = body instanceof Uint8Array ? `${body.length} bytes` : JSON.stringify(body ?? '')
    told.push(`${role}: ${method} ${path} ${sent}\n${answer.status} ${JSON.stringify(answer.body)}\n`)
  }
  const parts = {
    'audit chain': hub.settlements.chain.map((item) => readAuditEntry(item)),
    log: hub.logged,
    metrics: hub.counted,
  }
  const left = Object.entries(parts).flatMap(([name, all]) => [
    `# ${name}`,
    ...all.map((each) => JSON.stringify(each)),
    '',
  ])
  await expect(`${[...told, ...left].join('\n')}\n`).toMatchFileSnapshot('whole-work-settlement.txt')
})
