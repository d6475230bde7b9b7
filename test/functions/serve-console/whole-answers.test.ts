/**
 * What the console answers, field by field, against a written reference (whole-answers-*.txt): one small hub in which something of
 * everything has happened, and every call that only reads. A figure, an order or a field that changes shows in a review.
 * `vitest run test/functions/serve-console/whole-answers.test.ts --update` writes the reference anew.
 */
import { expect, test } from 'vitest'
import { reverse } from '../../support/facts.ts'
import { consoleOn, KPJ, NIK, row } from './console.ts'
import { DAY, NEXT, settledWorld } from './settled-world.ts'

type Reply = { readonly status: number; readonly body: unknown }

async function answersTo(paths: readonly string[], call: (path: string) => Promise<Reply>): Promise<string> {
  const answers: string[] = []
  for (const path of paths) {
    const { status, body } = await call(path)
    const text = typeof body === 'string' ? body : JSON.stringify(body, null, 1)
    answers.push(`GET ${path}\n${status} ${text}\n`)
  }
  return answers.join('\n')
}

test('about settlement and the books', async () => {
  const hub = await settledWorld()
  const ids = (await hub.cases('indomaret', DAY)).map(({ id }) => id)
  const day = `/api/settlements/indomaret/${DAY}`
  const labels = [
    'hub-payments',
    'hub-reversed',
    'missing-in-file',
    'missing-in-hub',
    'ambiguous',
    'pending',
    'file-total',
  ]
  const paths = [
    `/api/settlements?from=2026-11-18&to=${NEXT}`,
    day,
    `${day}?version=1`,
    ...labels.map((label) => `${day}/lines?label=${label}`),
    '/api/differences',
    '/api/differences?channel=indomaret&state=resolved',
    ...ids.map((id) => `/api/differences/${id}`),
    ...ids.slice(0, 1).flatMap((id) => [`/api/differences/${id}/comments`, `/api/differences/${id}/attachments`]),
    '/api/bank-movements?from=2026-11-20&to=2026-11-25',
    '/api/bank-movements',
    '/api/bank-movements?to=2026-11-24',
    '/api/bank-movements?from=2026-10-24&to=2026-11-23',
    '/api/bank-movements?from=2026-10-23&to=2026-11-23',
    '/api/bank-movements?from=2026-11-25&to=2026-11-24',
    '/api/bank-movements?from=2026-11-23&to=2027-11-23',
    '/api/bank-movements?channel=indomaret',
    '/api/bank-movements?channel=pos',
    '/api/bank-movements?channel=nobody',
    '/api/bank-movements?state=unidentified',
    '/api/bank-movements/unidentified',
    '/api/bank-movements/unidentified?limit=1',
    '/api/bank-movements/unidentified?after=Zm9v',
    '/api/bank-movements/unidentified?channel=indomaret',
    '/api/bank-movements/unidentified?olderThanDays=30',
    '/api/bank-movements/2026-11-23/C9',
    '/api/bank-statements?from=2026-08-26&to=2026-11-25',
    '/api/bank-statements?from=2026-08-25&to=2026-11-25',
    '/api/differences?state=open&limit=2',
    '/api/differences?olderThanDays=5',
    '/api/differences?class=fee-difference',
    '/api/differences?channel=nobody',
    '/api/differences/indomaret-20261120-000000000000',
    '/api/suspense?limit=1',
    '/api/suspense?channel=pos',
    '/api/receivables?asOf=2026-11-21',
    '/api/trial-balance?asOf=2026-12-24',
    '/api/journal/2026-11-30',
    '/api/periods/2026-12',
    `/api/settlements?from=${NEXT}&to=2026-11-18`,
    '/api/settlements/pos/2026-11-19',
    '/api/settlements/nobody/2026-11-19',
    '/api/bank-movements/2026-11-23/C1',
    '/api/bank-movements/2026-11-23/C2',
    '/api/bank-statements',
    '/api/suspense',
    '/api/ageing/receivables',
    '/api/ageing/channel-charges',
    '/api/ageing/suspense',
    '/api/ageing/unidentified',
    '/api/channel-charges',
    '/api/channel-charges?channel=indomaret',
    '/api/fee-invoices',
    '/api/fee-invoices?channel=indomaret',
    '/api/fee-invoices/indomaret/2026-11',
    '/api/file-arrivals?from=2026-11-19&to=2026-11-22',
    '/api/receivables?asOf=2026-11-24',
    '/api/receivables/indomaret?asOf=2026-11-24',
    '/api/trial-balance?asOf=2026-11-24',
    ...['2026-11-20', '2026-11-23', '2026-11-24'].map((date) => `/api/journal/${date}`),
    '/api/periods',
    '/api/periods/2026-11',
    `${day}/sign-off`,
    `${day}/withdrawal`,
  ]
  const text = await answersTo(paths, (path) => hub.call('viewer', 'GET', path))
  await expect(text).toMatchFileSnapshot('whole-answers-settlement.txt')
})

/** Members of two provinces, one sponsored, one closed, payments with a reversal, a bill, a night's count. */
async function memberWorld() {
  const hub = consoleOn({ now: '2026-11-20T10:00' })
  await hub.importRows(
    row(),
    row({ kpj: '22222222222', nik: '3578011203850002', name: 'SITI AMINAH', funding: 'village', region_code: '15.71' }),
    row({ kpj: '33333333333', nik: '3578011203850003', name: 'ANI', region_code: '64.71', income: '2500000' }),
  )
  await hub.pay('T1', '2026-11-20T10:05', ['2026-11', '2026-12'])
  const wrong = await hub.pay('T2', '2026-11-20T10:10', ['2027-01'])
  await hub.store.facts.put(reverse(wrong, '2026-11-20T10:20'))
  await hub.pay('T3', '2026-11-20T10:30', ['2026-11'], { account: '33333333333' as never, kpj: '33333333333' as never })
  const bill = { kpj: '22222222222', months: 2, validUntil: '2026-12-01T00:00:00+07:00' }
  const issued = await hub.call('operator', 'POST', '/api/bills', bill)
  await hub.fold()
  await hub.decided('/api/memberships/33333333333/closure', {
    on: '2026-11-20',
    reason: 'became a wage earner',
  })
  await hub.fold()
  await hub.count('2026-11-20')
  hub.setClock('2026-11-20T12:00')
  return { hub, billCode: String(issued.body.billCode) }
}

test('about members, cover and what came in', async () => {
  const { hub, billCode } = await memberWorld()
  const member = `/api/memberships/${KPJ}`
  const paths = [
    ...[KPJ, '22222222222', '33333333333', '44444444444'].flatMap((kpj) => [
      `/api/memberships/${kpj}`,
      `/api/memberships/${kpj}/payments`,
      `/api/memberships/${kpj}/coverage?on=2026-11-25`,
      `/api/memberships/${kpj}/months?from=2026-10&to=2027-02`,
      `/api/memberships/${kpj}/self-payment`,
    ]),
    `${member}/payments?limit=1`,
    `${member}/coverage?on=2026-11-25&knownAt=2026-11-19T00:00:00%2B07:00`,
    `${member}/coverage/answers`,
    `/api/participants/${NIK}`,
    `/api/bills/${billCode}`,
    '/api/overview',
    '/api/coverage?date=2026-11-20',
    '/api/coverage?date=2026-11-20&by=regency',
    '/api/lapses?days=30',
    '/api/lapses?days=180&by=channel',
    `/api/notices?kpj=${KPJ}`,
    '/api/audits?day=2026-11-20',
    '/api/partners/bni/payments',
    '/api/partners/bni/payments/T1',
    '/api/queues',
    '/api/sponsors',
    '/healthz',
  ]
  const text = await answersTo(paths, (path) => hub.call('admin', 'GET', path))
  await expect(text).toMatchFileSnapshot('whole-answers-members.txt')
})
