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
  const calls: readonly SettledCall[] = [
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
  const told = await settledAnswers(hub, calls)
  await expect(`${[...told, ...leftInBooks(hub)].join('\n')}\n`).toMatchFileSnapshot('whole-work-settlement.txt')
})

test('of two people in finance, to the end of each act', async () => {
  const hub = await settledWorld()
  const read = async (path: string) => (await hub.call('viewer', 'GET', path)).body
  const cases = (await hub.cases('indomaret', DAY)).filter(({ state }) => state !== 'resolved')
  const ofClass = (name: string) => cases.find(({ finding }) => finding.class === name)?.id ?? ''
  const ids = cases.map(({ id }) => id)
  const [suspended] = (await read('/api/suspense')).items
  const exit = `/api/suspense/${suspended.id}`
  const movement = (key: string) => `/api/bank-movements/2026-11-23/${key}`
  const statement = (id: string) => ({
    account: '0018877665501',
    statementId: id,
    date: '2026-11-26',
    opening: 0,
    rows: [{ reference: `R${id}`, bookedOn: '2026-11-26', valueOn: '2026-11-26', amount: 500, remittance: 'CASH' }],
  })
  const toDay = { to: 'channel-day', channel: 'indomaret', date: DAY, amountRupiah: 777 }
  const both = (path: string, body: object, end = 'approval', decision: object = { decision: 'approve' }) =>
    [
      ['operator', 'POST', `${path}/proposal`, body],
      ['operator', 'POST', `${path}/proposal`, body],
      ['viewer', 'GET', '/api/approvals'],
      ['operator', 'POST', `${path}/${end}`, decision],
      ['approver', 'POST', `${path}/${end}`, decision],
      ['approver', 'POST', `${path}/${end}`, decision],
      ['viewer', 'GET', path],
    ] as const
  const charge = { action: 'charge-channel', reason: 'as agreed' }
  const told = await settledAnswers(hub, [
    ...both(movement('C2'), { action: 'place', onVersion: 1, parts: [toDay], reason: 'by their letter' }),
    ...both(movement('C2'), { action: 'move', onVersion: 1, parts: [toDay], reason: 'by their letter' }),
    ...both(
      movement('C2'),
      { action: 'return', onVersion: 2, parts: [{ to: 'returned', amountRupiah: 777 }], reason: 'sent back' },
      'approval',
      { decision: 'reject', reason: 'ask the bank first' },
    ),
    ...both(movement('C3'), {
      action: 'move',
      onVersion: 1,
      parts: [
        { to: 'bank-charges', amountRupiah: -600 },
        { to: 'interest', amountRupiah: -400 },
      ],
      reason: 'fees of the account',
    }),
    ...both(movement('C1'), { action: 'place', onVersion: 9, parts: [toDay], reason: 'by their letter' }),
    ...both(exit, { action: 'release', kpj: '12345678901', reason: 'the payer was found' }),
    ...both(`/api/differences/${ofClass('bank-difference')}`, { ...charge, amountRupiah: 1_000 }),
    ...both(`/api/differences/${ofClass('corrected-file')}`, { action: 'accept', reason: 'they sent it' }),
    [
      'operator',
      'POST',
      '/api/difference-proposals',
      { key: 'november-1', ids: [...ids, 'unknown'], action: 'accept', reason: 'seen' },
    ],
    ['approver', 'POST', '/api/difference-approvals', { key: 'november-1', ids, decision: 'approve' }],
    ['operator', 'PUT', '/api/bank-statements/d.xml', Buffer.from(camt053([statement('S8')]))],
    ['viewer', 'GET', '/api/bank-statements'],
    ['viewer', 'GET', '/api/approvals'],
  ])
  const [file] = (await read('/api/bank-statements')).files
  const sha = `/api/bank-statements/${file.sha256}`
  const digestOf = async (path: string) => (await read(path)).digest
  const ofChannel = `/api/settlements/indomaret/${DAY}/sign-off`
  const ofBank = '/api/settlements/bank/2026-11-23/sign-off'
  const version = (await read(`/api/settlements/indomaret/${DAY}`)).file?.version
  told.push(
    ...(await settledAnswers(hub, [
      ['operator', 'POST', `${sha}/confirmation`, { decision: 'approve' }],
      ['approver', 'POST', `${sha}/confirmation`, { decision: 'approve' }],
      ['approver', 'POST', `${sha}/confirmation`, { decision: 'approve' }],
      ['operator', 'POST', `${sha}/withdrawal`, { reason: 'of another account' }],
      ['viewer', 'GET', `${sha}/withdrawal`],
      ['approver', 'POST', `${sha}/withdrawal/approval`, { decision: 'approve' }],
      ...(await Promise.all(
        [ofChannel, ofBank].map(async (path) => {
          const body = { digest: await digestOf(path), reason: 'looked through' }
          return [
            ['operator', 'POST', path, body],
            ['viewer', 'GET', path],
            ['operator', 'POST', `${path}/approval`, { decision: 'approve' }],
            ['approver', 'POST', `${path}/approval`, { decision: 'approve' }],
            ['approver', 'POST', path, body],
            ['viewer', 'GET', path],
          ] as const
        }),
      ).then((calls) => calls.flat())),
      [
        'operator',
        'POST',
        `/api/settlements/indomaret/${DAY}/withdrawal`,
        { version, reason: 'another file was meant' },
      ],
      ['approver', 'POST', `/api/settlements/indomaret/${DAY}/withdrawal/approval`, { decision: 'approve' }],
      ['viewer', 'GET', `/api/settlements/indomaret/${DAY}/withdrawal`],
      ['viewer', 'GET', ofChannel],
      ['viewer', 'GET', '/api/approvals'],
    ])),
  )
  await expect(`${[...told, ...leftInBooks(hub)].join('\n')}\n`).toMatchFileSnapshot('whole-work-two-people.txt')
})

type SettledHub = Awaited<ReturnType<typeof settledWorld>>
type SettledCall = readonly [
  role: 'operator' | 'approver' | 'viewer',
  method: string,
  path: string,
  body?: object | Uint8Array,
]

/** Each call and its answer, the queue worked off after it. */
async function settledAnswers(hub: SettledHub, calls: readonly SettledCall[]): Promise<string[]> {
  const told: string[] = []
  for (const [role, method, path, body] of calls) {
    const answer = await hub.call(role, method, path, body)
    await hub.drain()
    const sent = body instanceof Uint8Array ? `${body.length} bytes` : JSON.stringify(body ?? '')
    told.push(`${role}: ${method} ${path} ${sent}\n${answer.status} ${JSON.stringify(answer.body)}\n`)
  }
  return told
}

function leftInBooks(hub: SettledHub): readonly string[] {
  const parts = {
    'audit chain': hub.settlements.chain.map((item) => readAuditEntry(item)),
    log: hub.logged,
    metrics: hub.counted,
  }
  return Object.entries(parts).flatMap(([name, all]) => [`# ${name}`, ...all.map((each) => JSON.stringify(each)), ''])
}
