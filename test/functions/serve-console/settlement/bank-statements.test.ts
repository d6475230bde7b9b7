import { expect, test } from 'vitest'
import { listBankStatements } from '../../../../functions/serve-console/settlement/bank-statements.ts'
import type { BusinessDate, Instant } from '../../../../shared/domain/instant.ts'
import { takeInStatement } from '../../../../shared/intake/take-in-statement.ts'
import { memoryFiles } from '../../../support/memory-files.ts'
import { memorySettlements } from '../../../support/memory-settlements.ts'
import { camt053 } from '../../../support/settlement-files.ts'
import { consoleOn } from '../console.ts'

const NOW = Date.UTC(2026, 10, 23, 2) as Instant
const DAY = '2026-11-23' as BusinessDate

test('statements are listed with what waits, and with where the chain ends', async () => {
  const ports = { files: memoryFiles(), settlements: memorySettlements(), now: () => NOW }
  const list = (from: string) =>
    listBankStatements(ports, { from: from as BusinessDate, to: '2026-12-31' as BusinessDate }, NOW)
  expect((await list(DAY)).accounts).toEqual([{ account: '0018877665501', last: null }])
  for (const [statementId, opening] of [
    ['S1', 0],
    ['S3', 900],
  ] as const) {
    const row = { reference: statementId, bookedOn: DAY, valueOn: DAY, amount: 100, remittance: 'X' }
    const text = camt053([{ account: '0018877665501', statementId, date: DAY, opening, rows: [row] }])
    await takeInStatement(ports, { from: { kind: 'handed-over', bytes: Buffer.from(text) }, name: 'b.xml', by: null })
  }
  const { files, accounts } = await list(DAY)
  expect(files.map(({ state }) => state).sort()).toEqual(['chained', 'incomplete'])
  expect(accounts).toMatchObject([{ last: { id: 'S1', closingSen: 10_000 } }])
  expect((await list('2026-12-01')).files.map(({ state }) => state)).toEqual(['incomplete'])
})

test('the API lists a statement that was handed over, with where the chain ends', async () => {
  const hub = consoleOn({ now: '2026-11-23T09:00' })
  const row = { reference: 'R1', bookedOn: DAY, valueOn: DAY, amount: 100, remittance: 'X' }
  const text = camt053([{ account: '0018877665501', statementId: 'S1', date: DAY, opening: 0, rows: [row] }])
  await hub.call('operator', 'PUT', '/api/bank-statements/b.xml', text)
  const listed = await hub.call('viewer', 'GET', `/api/bank-statements?from=${DAY}&to=${DAY}`)
  expect(listed).toMatchObject({
    status: 200,
    body: {
      files: [{ name: 'b.xml', state: 'chained', movements: 1, amountRupiah: 100, receivedBy: 'operator-1' }],
      accounts: [{ account: '0018877665501', last: { id: 'S1', openingSen: 0, closingSen: 10_000 } }],
    },
  })
})
