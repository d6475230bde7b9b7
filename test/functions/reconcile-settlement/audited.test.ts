/** No money without its audit entry: what somebody put into the table past the console is not carried out. */
import { describe, expect, test } from 'vitest'
import { demandAuditedExit, demandAuditedResolution } from '../../../functions/reconcile-settlement/audited.ts'
import { kpjOf } from '../../../shared/domain/kpj.ts'
import { rupiah } from '../../../shared/domain/money.ts'
import { exitSubject, type SuspenseExit } from '../../../shared/domain/suspense-exit.ts'
import type { AuditEntry } from '../../../shared/store/audit/audit.ts'
import { chained } from '../../../shared/store/audit/chain.ts'
import type { Resolution } from '../../../shared/store/settlements/records.ts'
import { approvedInChain, chainOf } from '../../support/approved-in-chain.ts'
import { at, date } from '../../support/facts.ts'

const DRAFT: Omit<Resolution, 'audit'> = {
  differenceId: 'pos-20261120-1',
  channel: 'pos',
  date: date('2026-11-20'),
  differenceVersion: 3,
  finding: { class: 'missing-in-hub', paymentId: 'X1', lines: [1], stake: rupiah(8_400) } as never,
  action: 'post',
  reason: 'agreed with the channel',
  paymentId: null,
  amount: null,
  proposedBy: 'operator-1',
  approvedBy: 'approver-1',
  approvedAt: at('2026-11-21T09:00'),
}
const NOT_AUDITED = { name: 'Defect', code: 'RESOLUTION_NOT_AUDITED' }
const approved = approvedInChain(DRAFT)

describe('a resolution', () => {
  test('that two people decided is carried out', async () => {
    await expect(demandAuditedResolution(approved.audit, approved.resolution)).resolves.toBeUndefined()
  })

  const forgeries: readonly (readonly [string, Partial<Resolution>])[] = [
    ['without any entry', { audit: { sequence: 9, hash: 'f'.repeat(64) } }],
    ['that points at the entry of its proposal', { audit: approved.entries[0] as AuditEntry }],
    ['with the right place and another hash', { audit: { sequence: 2, hash: 'f'.repeat(64) } }],
    ['about another difference', { differenceId: 'pos-20261120-2' }],
    ['with another action', { action: 'write-off' }],
    ['for another payment', { paymentId: 'X2' }],
    ['over another amount', { amount: rupiah(5_000) }],
    ['on other figures', { finding: { ...DRAFT.finding, stake: rupiah(84_000) } as never }],
    ['for another reason', { reason: 'never mind' }],
    ['at another instant', { approvedAt: at('2026-11-21T09:01') }],
    ['by another approver', { approvedBy: 'approver-2' }],
    ['by another proposer', { proposedBy: 'operator-2' }],
  ]
  test.each(forgeries)('%s moves nothing', async (_, change) => {
    const resolution = { ...approved.resolution, ...change }
    await expect(demandAuditedResolution(approved.audit, resolution)).rejects.toMatchObject(NOT_AUDITED)
  })

  test('whose entry was changed where it lies moves nothing', async () => {
    const [proposal, approval] = approved.entries as readonly [AuditEntry, AuditEntry]
    const detail = { ...(approval.detail as object), action: 'write-off' }
    const changed = chainOf([proposal, { ...approval, detail }])
    const resolution = { ...approved.resolution, action: 'write-off' } as const
    await expect(demandAuditedResolution(changed, resolution)).rejects.toMatchObject(NOT_AUDITED)
  })

  test('that one person proposed and approved moves nothing', async () => {
    const { audit, resolution } = approvedInChain({ ...DRAFT, proposedBy: 'approver-1' })
    await expect(demandAuditedResolution(audit, resolution)).rejects.toMatchObject(NOT_AUDITED)
  })

  test('that one person proposed, left, was invited anew and approved moves nothing', async () => {
    const named = (subject: string, name: string) => ({ issuer: 'https://issuer.example', subject, name })
    const both = (name: string) =>
      approvedInChain(DRAFT, {
        proposer: named('operator-1', 'Sari Wulandari'),
        approver: named('approver-1', name),
      })
    const same = both(' sari  WULANDARI ')
    await expect(demandAuditedResolution(same.audit, same.resolution)).rejects.toMatchObject(NOT_AUDITED)
    const others = both('Budi Santoso')
    await expect(demandAuditedResolution(others.audit, others.resolution)).resolves.toBeUndefined()
  })

  test('whose proposal is not in the chain moves nothing', async () => {
    const alone = chained(undefined, approved.entries[1] as AuditEntry)
    const { sequence, hash } = alone
    const resolution = { ...approved.resolution, audit: { sequence, hash } }
    await expect(demandAuditedResolution(chainOf([alone]), resolution)).rejects.toMatchObject(NOT_AUDITED)
  })
})

describe('an exit from suspense', () => {
  const exit: SuspenseExit = {
    channel: 'indomaret',
    paymentId: 'X1',
    action: 'release',
    account: kpjOf('11111111111'),
    fact: 'payment#indomaret#X1',
    businessDate: date('2026-11-20'),
    amount: rupiah(8_400),
    to: kpjOf('22222222222'),
    approvedAt: at('2026-11-21T09:00'),
  } as SuspenseExit
  const proposedAt = at('2026-11-21T08:00')
  const request = { action: exit.action, to: exit.to, amountRupiah: exit.amount }
  const subject = exitSubject(exit)
  const proposal = chained(undefined, {
    at: proposedAt,
    actor: 'operator-1',
    action: 'proposed',
    subject,
    detail: null,
  })
  const approval = (by: string) =>
    chained(proposal, {
      at: exit.approvedAt,
      actor: by,
      action: 'approved',
      subject,
      detail: { request, account: exit.account, fact: exit.fact, proposedBy: 'operator-1', proposedAt },
    })
  const chain = chainOf([proposal, approval('approver-1')])

  test('that two people decided is carried out', async () => {
    await expect(demandAuditedExit(chain, exit)).resolves.toBeUndefined()
  })

  test.each([
    ['to another membership', { to: kpjOf('33333333333') }],
    ['over another amount', { amount: rupiah(84_000) }],
    ['back to its channel', { action: 'refund', to: null }],
    ['of other money', { fact: 'payment#indomaret#X2' }],
    ['of another account', { account: kpjOf('33333333333') }],
    ['at another instant', { approvedAt: at('2026-11-21T10:00') }],
  ] as const)('%s moves nothing', async (_, change) => {
    await expect(demandAuditedExit(chain, { ...exit, ...change } as SuspenseExit)).rejects.toMatchObject(NOT_AUDITED)
  })

  test('that one person proposed and approved, or nobody proposed, moves nothing', async () => {
    for (const entries of [[proposal, approval('operator-1')], [approval('approver-1')]]) {
      await expect(demandAuditedExit(chainOf(entries), exit)).rejects.toMatchObject(NOT_AUDITED)
    }
  })
})
