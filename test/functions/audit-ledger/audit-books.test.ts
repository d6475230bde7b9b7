/** Days signed off, months closed, places given and invoices entered: each has its entry, or is found. On the real console. */
import { describe, expect, test } from 'vitest'
import { auditBooks } from '../../../functions/audit-ledger/audit-books.ts'
import { memoryLedgerAudits } from '../../support/memory-ledger-audits.ts'
import { partnerRow, type SettlementHub, settlementHub } from '../../support/settlement-hub.ts'

const DAY = '2026-11-18'
const SIGN_OFF = `/api/settlements/indomaret/${DAY}/sign-off`
const INVOICE = {
  ...{ channel: 'pos', number: 'INV/2026/11', month: '2026-11', date: '2026-11-30' },
  ...{ feeRupiah: 100_000, keptRupiah: 100_000, vatRupiah: 11_000, withholdingRupiah: 2_000 },
}

async function audited(hub: SettlementHub) {
  const audits = memoryLedgerAudits()
  const done = await auditBooks({
    books: hub.settlements,
    channels: ['pos', 'indomaret'],
    chainAt: async (at) => {
      const entries = await hub.settlements.audit.from(1, 1_000)
      return entries.filter((entry) => entry.at === at)
    },
    audits,
    now: () => hub.clock.now,
  })
  if (!('found' in done)) throw new Error('expected the audit to be through')
  return { looks: done.found.looks, found: done.found.samples.map(({ difference, fact }) => `${difference} ${fact}`) }
}

/** A day that two people signed off, on 20 November. */
async function signed(): Promise<SettlementHub> {
  const hub = await settlementHub()
  hub.setClock('2026-11-20T10:00')
  await hub.settle('indomaret', DAY, [partnerRow('T1', `${DAY}T10:00`)])
  const { digest } = (await hub.call('viewer', 'GET', SIGN_OFF)).body
  await hub.call('operator', 'POST', SIGN_OFF, { digest, reason: 'looked through' })
  const { status } = await hub.call('approver', 'POST', `${SIGN_OFF}/approval`, { decision: 'approve' })
  expect(status).toBe(200)
  return hub
}

/** Puts an item past every function; `change` gets what lies there. */
function forge(hub: SettlementHub, part: string, entry: string, change: (value: object) => object): void {
  const entries = hub.settlements.everything().get(part) as Map<string, { readonly value: string }>
  const [, stored] = [...entries][0] as [string, { readonly value: string }]
  entries.set(entry, { ...stored, value: JSON.stringify(change(JSON.parse(stored.value))) })
}

describe('a day that was signed off', () => {
  test('has its entry', async () => {
    expect(await audited(await signed())).toEqual({ looks: 1, found: [] })
  })

  test.each<[string, (signature: object) => object]>([
    ['of another content', (signature) => ({ ...signature, digest: 'f'.repeat(64) })],
    ['of another version', (signature) => ({ ...signature, version: 9 })],
    ['at another instant', (signature) => ({ ...signature, signedAt: 1 })],
  ])('%s has none', async (_, change) => {
    const hub = await signed()
    forge(hub, 'sign-offs#indomaret', `${DAY}#0002`, change)
    expect(await audited(hub)).toEqual({ looks: 1, found: [`record-without-entry sign-off#indomaret#${DAY}`] })
  })

  test('is looked at for more than a year, whenever it says that it was signed', async () => {
    const hub = await signed()
    forge(hub, 'sign-offs#indomaret', `${DAY}#0002`, (signature) => ({ ...signature, version: 9 }))
    hub.setClock('2027-12-23T10:00')
    expect((await audited(hub)).found).toHaveLength(1)
    hub.setClock('2027-12-24T10:00')
    expect(await audited(hub)).toEqual({ looks: 0, found: [] })
  })
})

describe('an invoice that was entered', () => {
  async function entered(): Promise<SettlementHub> {
    const hub = await settlementHub()
    hub.setClock('2026-12-02T10:00')
    expect(await hub.call('operator', 'POST', '/api/fee-invoices', INVOICE)).toMatchObject({ status: 200 })
    return hub
  }

  test('has its entry', async () => {
    expect(await audited(await entered())).toEqual({ looks: 1, found: [] })
  })

  test('with another amount, or by somebody else, has none', async () => {
    for (const changed of [{ feeRupiah: 1 }, { fee: 1 }, { enteredBy: 'nobody' }]) {
      const hub = await entered()
      const [entry] = [...(hub.settlements.everything().get('fee-invoices#pos')?.keys() ?? [])]
      forge(hub, 'fee-invoices#pos', entry ?? '', (invoice) => ({ ...invoice, ...changed }))
      expect((await audited(hub)).found).toEqual(['record-without-entry fee-invoice#pos#INV%2F2026%2F11'])
    }
  })
})
