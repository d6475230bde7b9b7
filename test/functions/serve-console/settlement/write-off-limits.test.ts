/** What people may give up: of one difference, and in a day, whoever proposes and whoever approves. */
import { beforeEach, expect, test } from 'vitest'
import { WRITE_OFF_DAY_LIMIT, WRITE_OFF_LIMIT } from '../../../../shared/domain/settlement/resolution.ts'
import { auditBooks } from '../../../support/audit-books.ts'
import { type Answer, partnerRow, type SettlementHub, settlementHub } from '../../../support/settlement-hub.ts'

const DAY = '2026-11-20'
const EACH = WRITE_OFF_LIMIT[0]?.value ?? 0
const A_DAY = WRITE_OFF_DAY_LIMIT[0]?.value ?? 0
/** So many write-offs at their limit fill a person's day. */
const FULL = A_DAY / EACH

let hub: SettlementHub
let ids: readonly string[]

/** Lines that stand twice, each worth as much as one resolution may give up. */
beforeEach(async () => {
  hub = await settlementHub()
  hub.setClock('2026-11-21T06:30')
  const rows = Array.from({ length: FULL + 3 }, (_, i) =>
    partnerRow(`X${i}`, `${DAY}T11:00`, { customer: '10987654321', amount: EACH }),
  )
  await hub.settle('indomaret', DAY, [...rows, ...rows])
  const cases = (await hub.cases('indomaret', DAY)).filter(({ finding }) => finding.class === 'duplicate-in-file')
  ids = cases.map(({ id }) => id)
})

async function writeOff(id: string, proposer: string, approver: string): Promise<string> {
  const asked = { action: 'write-off', reason: 'too small to argue about' }
  const proposed = await hub.call('operator', 'POST', `/api/differences/${id}/proposal`, asked, proposer)
  if (proposed.status !== 200 && proposed.body.code !== 'ALREADY_PROPOSED') return codeOf(proposed)
  const approval = { decision: 'approve', reason: 'agreed' }
  return codeOf(await hub.call('approver', 'POST', `/api/differences/${id}/approval`, approval, approver))
}

const codeOf = ({ status, body }: Answer) => (status === 200 ? 'approved' : String(body.code))

test('one person gives up so much in a day and no more, proposing or approving; tomorrow is another day', async () => {
  expect(ids).toHaveLength(FULL + 3)
  for (const id of ids.slice(0, FULL)) expect(await writeOff(id, 'sari', 'budi')).toBe('approved')
  const [next = '', after = '', last = ''] = ids.slice(FULL)
  // The one who approves, the one who proposed, and neither.
  expect(await writeOff(next, 'dewi', 'budi')).toBe('WRITE_OFF_LIMIT')
  expect(await writeOff(after, 'sari', 'agus')).toBe('WRITE_OFF_LIMIT')
  expect(await writeOff(next, 'dewi', 'agus')).toBe('approved')
  hub.setClock('2026-11-22T06:30')
  expect(await writeOff(after, 'sari', 'budi')).toBe('approved')
  expect(await writeOff(last, 'sari', 'budi')).toBe('approved')
  await hub.drain()
  expect((await auditBooks(hub)).problems).toEqual([])
})

test('what was rejected, or sent again, counts once or not at all', async () => {
  const [first = '', second = ''] = ids
  expect(await writeOff(first, 'sari', 'budi')).toBe('approved')
  expect(await writeOff(first, 'sari', 'budi')).not.toBe('WRITE_OFF_LIMIT')
  const asked = { action: 'write-off', reason: 'too small to argue about' }
  await hub.call('operator', 'POST', `/api/differences/${second}/proposal`, asked, 'sari')
  await hub.call('approver', 'POST', `/api/differences/${second}/approval`, { decision: 'reject' }, 'budi')
  for (const person of ['local-sari', 'local-budi']) {
    expect(await hub.settlements.writtenOffBy(person, '2026-11-21' as never)).toBe(EACH)
  }
})
