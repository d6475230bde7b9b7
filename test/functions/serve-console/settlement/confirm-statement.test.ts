/**
 * A bank statement that one person hands over counts at once and waits for a second one: what is not built on it until then, what
 * confirms it, and what a rejection takes back.
 */
import { describe, expect, test } from 'vitest'
import { takeInStatement } from '../../../../shared/intake/take-in-statement.ts'
import { Transient } from '../../../../shared/runtime/faults.ts'
import { readAuditEntry } from '../../../../shared/store/audit/item.ts'
import { counterOf } from '../../../support/endpoint.ts'
import { camt053 } from '../../../support/settlement-files.ts'
import { type Answer, partnerRow, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const BOOKED = '2026-11-23'
const NET = 6_900
const CONTENT = camt053([
  {
    account: '0018877665501',
    statementId: 'S1',
    date: BOOKED,
    opening: 0,
    rows: [{ reference: 'R1', bookedOn: BOOKED, valueOn: BOOKED, amount: NET, remittance: 'INDOMARET 20261120' }],
  },
])
/** A link of the chain is put: from here on its movements count. */
const isChaining = (method: string, subject: string) => method.startsWith('put') && subject.startsWith('bank-chain#')
const codeOf = ({ status, body }: Answer) => `${status} ${body.code}`

/** One payment, settled; the bank’s credit for it is about to come. */
async function settledDay(): Promise<SettlementHub> {
  const hub = await settlementHub()
  expect((await counterOf(hub, 'indomaret').pay({ paymentId: 'P1' })).outcome).toBe('accepted')
  hub.setClock('2026-11-21T06:30')
  await hub.settle('indomaret', DAY, [partnerRow('P1', `${DAY}T10:00`)])
  hub.setClock('2026-11-24T09:00')
  return hub
}

async function handOver(hub: SettlementHub, who = 'sari'): Promise<string> {
  const put = await hub.call('operator', 'PUT', '/api/bank-statements/b.xml', Buffer.from(CONTENT), who)
  expect(put.status).toBe(200)
  await hub.drain()
  return put.body.sha256
}

/** As the bank drops it into its own folder; `version` is S3’s. */
async function drop(hub: SettlementHub, version: string) {
  hub.files.drop('bank/b.xml', CONTENT)
  const from = { kind: 'dropped', file: { name: 'bank/b.xml', version } } as const
  const { settlements, now } = hub.ports
  const taken = await takeInStatement({ files: hub.files, settlements, now }, { from, name: 'b.xml', by: null })
  await hub.drain()
  return taken
}

async function decide(hub: SettlementHub, sha256: string, decision = 'approve', who = 'agus') {
  const answer = await hub.call('approver', 'POST', `/api/bank-statements/${sha256}/confirmation`, { decision }, who)
  await hub.drain()
  return answer
}

const get = async (hub: SettlementHub, path: string) => (await hub.call('viewer', 'GET', path)).body
const waiting = async (hub: SettlementHub) => (await get(hub, '/api/approvals')).items
const fileOf = async (hub: SettlementHub) =>
  (await get(hub, `/api/bank-statements?from=${BOOKED}&to=2026-11-30`)).files[0]

async function sign(hub: SettlementHub, channel: string, date: string): Promise<Answer> {
  const path = `/api/settlements/${channel}/${date}/sign-off`
  const { digest } = await get(hub, path)
  return hub.call('operator', 'POST', path, { digest, reason: 'looked through' })
}

async function withdraw(hub: SettlementHub, sha256: string): Promise<void> {
  const path = `/api/bank-statements/${sha256}/withdrawal`
  await hub.call('operator', 'POST', path, { reason: 'of another account' }, 'sari')
  expect((await hub.call('approver', 'POST', `${path}/approval`, { decision: 'approve' })).status).toBe(200)
  await hub.drain()
}

describe('a statement that one person handed over', () => {
  test('counts at once, and waits for a second person by name', async () => {
    const hub = await settledDay()
    const sha256 = await handOver(hub)
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ verdict: 'reconciled', bankRupiah: NET })
    const since = '2026-11-24T02:00:00.000Z'
    expect(await fileOf(hub)).toMatchObject({
      state: 'chained',
      receivedBy: 'local-sari',
      unconfirmed: { by: 'local-sari', since, isOverdue: false },
    })
    expect(await waiting(hub)).toEqual([
      {
        ...{ kind: 'statement-confirmation', item: sha256, channel: null, date: null, month: null },
        ...{ amountRupiah: NET, reason: 'handed over', proposedBy: 'local-sari', proposedAt: since, isOverdue: false },
        waitsFor: 'approver',
      },
    ])
    hub.setClock('2026-11-24T13:00')
    expect((await fileOf(hub)).unconfirmed.isOverdue).toBe(true)
    expect((await waiting(hub))[0].isOverdue).toBe(true)
  })

  test('lets nobody sign the days that rest on it, until another person confirms it', async () => {
    const hub = await settledDay()
    const sha256 = await handOver(hub)
    for (const [channel, date] of [
      ['indomaret', DAY],
      ['bank', BOOKED],
    ] as const) {
      expect(await get(hub, `/api/settlements/${channel}/${date}/sign-off`)).toMatchObject({ isUnconfirmed: true })
      expect(codeOf(await sign(hub, channel, date))).toBe('409 STATEMENT_UNCONFIRMED')
    }
    expect(codeOf(await decide(hub, sha256, 'approve', 'sari'))).toBe('403 OWN_PROPOSAL')
    expect(await decide(hub, sha256)).toMatchObject({
      status: 200,
      body: { sha256, state: 'approved', proposedBy: 'local-sari', decidedBy: 'local-agus' },
    })
    expect(await waiting(hub)).toEqual([])
    expect((await fileOf(hub)).unconfirmed).toBeNull()
    expect((await sign(hub, 'indomaret', DAY)).status).toBe(200)
    expect((await sign(hub, 'bank', BOOKED)).status).toBe(200)
    expect(await decide(hub, sha256)).toMatchObject({ status: 200, body: { state: 'approved' } })
    expect(codeOf(await decide(hub, sha256, 'reject'))).toBe('409 ALREADY_DECIDED')
  })

  test('is looked at again where a signature is approved: one that waited before it came is not given', async () => {
    const hub = await settledDay()
    await handOver(hub)
    const path = `/api/settlements/bank/${BOOKED}/sign-off`
    const sha256 = (await fileOf(hub)).sha256
    await decide(hub, sha256)
    expect((await sign(hub, 'bank', BOOKED)).status).toBe(200)
    await withdraw(hub, sha256)
    await handOver(hub)
    expect(codeOf(await hub.call('approver', 'POST', `${path}/approval`, { decision: 'approve' }))).toBe(
      '409 STATEMENT_UNCONFIRMED',
    )
    expect((await hub.call('approver', 'POST', `${path}/approval`, { decision: 'reject' })).status).toBe(200)
  })

  test('has both people in the audit chain, the first before anything of it counts', async () => {
    const hub = await settledDay()
    const seen: number[] = []
    hub.entryHook.current = async ({ method, subject }) => {
      if (isChaining(method, subject)) seen.push(hub.settlements.chain.length)
    }
    const sha256 = await handOver(hub)
    hub.entryHook.current = async () => {}
    expect(Math.min(...seen)).toBe(1)
    await decide(hub, sha256)
    const entries = hub.settlements.chain.map((item) => readAuditEntry(item))
    expect(entries.map(({ action, actor, subject }) => [action, actor, subject])).toEqual([
      ['proposed', 'local-sari', `bank-upload#${sha256}`],
      ['approved', 'local-agus', `bank-upload#${sha256}`],
    ])
    expect(entries[0]?.detail).toMatchObject({ request: { name: 'b.xml', movements: 1, amountRupiah: NET } })
  })

  test('is mailed to nobody before it is confirmed, and then at once', async () => {
    const hub = await settledDay()
    const sha256 = await handOver(hub)
    expect(hub.mails).toEqual([])
    await decide(hub, sha256)
    expect(hub.mails).toHaveLength(1)
  })

  test('that is rejected is withdrawn as if it had never come, and may come again', async () => {
    const hub = await settledDay()
    const before = await hub.statement('indomaret', DAY)
    const sha256 = await handOver(hub)
    expect(await decide(hub, sha256, 'reject')).toMatchObject({ status: 200, body: { state: 'rejected' } })
    expect((await fileOf(hub)).state).toBe('withdrawn')
    expect(await hub.settlements.movementsBooked(BOOKED as never)).toEqual([])
    expect(await hub.statement('indomaret', DAY)).toMatchObject({ verdict: before?.verdict, bankRupiah: 0 })
    expect(await waiting(hub)).toEqual([])
    await handOver(hub, 'wati')
    expect((await fileOf(hub)).unconfirmed).toMatchObject({ by: 'local-wati' })
    expect(await waiting(hub)).toMatchObject([{ proposedBy: 'local-wati' }])
  })

  test('that two people withdrew waits for nobody, and is not brought back by one', async () => {
    const hub = await settledDay()
    const sha256 = await handOver(hub)
    await withdraw(hub, sha256)
    expect(await waiting(hub)).toEqual([])
    expect(codeOf(await decide(hub, sha256))).toBe('409 ACTION_DOES_NOT_FIT')
    await handOver(hub, 'wati')
    expect(codeOf(await sign(hub, 'bank', BOOKED))).toBe('409 STATEMENT_UNCONFIRMED')
    expect((await decide(hub, sha256)).status).toBe(200)
    expect((await sign(hub, 'bank', BOOKED)).status).toBe(200)
  })

  test('may be handed over once more, by whomever, and is asked about once', async () => {
    const hub = await settledDay()
    const sha256 = await handOver(hub)
    await handOver(hub, 'wati')
    expect(hub.settlements.chain).toHaveLength(1)
    expect((await fileOf(hub)).unconfirmed).toMatchObject({ by: 'local-sari' })
    await decide(hub, sha256)
    await handOver(hub, 'wati')
    expect((await fileOf(hub)).unconfirmed).toBeNull()
  })

  test('and was cut short is finished by the same bytes again', async () => {
    const hub = await settledDay()
    hub.entryHook.current = async ({ method, subject }) => {
      if (isChaining(method, subject)) throw new Transient('CRASH', 'expected no crash')
    }
    await expect(handOver(hub)).rejects.toThrow()
    hub.entryHook.current = async () => {}
    const sha256 = await handOver(hub)
    expect(hub.settlements.chain).toHaveLength(1)
    expect((await decide(hub, sha256)).status).toBe(200)
  })
})

describe('the bank’s own', () => {
  test('needs no second person', async () => {
    const hub = await settledDay()
    await drop(hub, 'V1')
    expect(await waiting(hub)).toEqual([])
    expect((await fileOf(hub)).unconfirmed).toBeNull()
    expect((await sign(hub, 'bank', BOOKED)).status).toBe(200)
    await handOver(hub)
    expect((await fileOf(hub)).unconfirmed).toBeNull()
  })

  test('bytes confirm what one person handed over', async () => {
    const hub = await settledDay()
    const sha256 = await handOver(hub)
    expect((await drop(hub, 'V1')).outcome).toBe('unchanged')
    expect(await waiting(hub)).toEqual([])
    expect((await fileOf(hub)).unconfirmed).toBeNull()
    expect(hub.mails).toHaveLength(1)
    expect((await sign(hub, 'indomaret', DAY)).status).toBe(200)
    expect(codeOf(await decide(hub, sha256))).toBe('409 ACTION_DOES_NOT_FIT')
  })

  test('old drop, delivered once more, confirms nothing that was withdrawn and handed over since', async () => {
    const hub = await settledDay()
    await drop(hub, 'V1')
    const { sha256 } = await fileOf(hub)
    await withdraw(hub, sha256)
    await handOver(hub)
    await drop(hub, 'V1')
    expect((await fileOf(hub)).unconfirmed).toMatchObject({ by: 'local-sari' })
    await drop(hub, 'V2')
    expect((await fileOf(hub)).unconfirmed).toBeNull()
  })
})
