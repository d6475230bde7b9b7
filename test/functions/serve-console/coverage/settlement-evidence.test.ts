/** The end of the evidence: which line of which file, and which credit of the bank, as far as they were known. */
import { expect, test } from 'vitest'
import { settlementSteps } from '../../../../functions/serve-console/coverage/settlement-evidence.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import type { MatchedLine } from '../../../../shared/domain/settlement/day.ts'
import { packLines, settledLinesIn } from '../../../../shared/store/files/settled-lines.ts'
import { at, date, pay } from '../../../support/facts.ts'
import { memorySettlements } from '../../../support/memory-settlements.ts'
import { rowOf, statementOf } from '../../../support/settled.ts'

const PAID = pay('T1', '2026-11-20T10:00', ['2026-11'], { channel: 'indomaret' })
const LINE: MatchedLine = {
  paymentId: 'T1',
  line: 7,
  amount: rupiah(8_400),
  fee: rupiah(1_500),
  at: at('2026-11-20T10:00'),
  status: 'settled',
  how: 'id',
}
const CREDIT = { id: 'BCA-1', bookedOn: date('2026-11-23'), amountRupiah: rupiah(6_900) }

async function settled(lines: readonly MatchedLine[] = [LINE]) {
  const objects = new Map<string, string>()
  const store = settledLinesIn({
    put: async (key, body) => void objects.set(key, body),
    get: async (key) => objects.get(key) ?? '',
  })
  const settlements = memorySettlements()
  const result = { items: [], listed: [], notes: [], matched: () => lines, counts: { matched: lines.length } }
  const packed = packLines(result as never)
  await store.put('indomaret', date('2026-11-20'), packed)
  const statement = statementOf({ lines: packed.place })
  await settlements.putStatement(statement, rowOf())
  const steps = (knownAt: string | null = null) =>
    settlementSteps({ settlements, lines: store }, 'indomaret', PAID, knownAt === null ? null : at(knownAt))
  return { settlements, statement, steps }
}

test('a payment that no file has named has no such evidence', async () => {
  const { steps } = await settled([{ ...LINE, paymentId: 'T2' }])
  expect(await steps()).toEqual([])
})

test('a matched line is named with its file, its digest and the version of the statement', async () => {
  const { steps } = await settled()
  expect(await steps()).toMatchObject([
    {
      step: 'settlement-line',
      fileName: 'IDM_20261120.csv',
      sha256: 'a'.repeat(64),
      line: 7,
      amountRupiah: 8_400,
      feeRupiah: 1_500,
    },
  ])
})

test('the credit joins the chain when a later version of the statement has it, and not before', async () => {
  const { settlements, statement, steps } = await settled()
  const later = { ...statement, version: 2, digest: 'd2', recordedAt: at('2026-11-23T09:10'), credits: [CREDIT] }
  await settlements.putStatement(later, rowOf({ version: 2 }))
  expect((await steps()).map(({ step }) => step)).toEqual(['settlement-line', 'bank-credit'])
  expect((await steps('2026-11-23T09:00')).map(({ step }) => step)).toEqual(['settlement-line'])
  expect(await steps('2026-11-21T07:00')).toEqual([])
})

test('a payment near midnight is found in the file of the next day, unless that file took it back', async () => {
  const { settlements, steps } = await settled([])
  const next = date('2026-11-21')
  const file = { version: 1, name: 'IDM_20261121.csv', sha256: 'b'.repeat(64) }
  await settlements.putStatement(
    statementOf({ date: next, file, recordedAt: at('2026-11-22T07:10') }),
    rowOf({ date: next }),
  )
  const kept = { channel: 'indomaret', paymentId: 'T1', fileDate: next, line: 3, sha256: file.sha256 }
  const money = { amount: rupiah(8_400), fee: rupiah(1_500), at: at('2026-11-21T00:01') }
  await settlements.putElsewhere(date('2026-11-20'), { ...kept, ...money, status: 'settled' })
  expect(await steps()).toMatchObject([{ step: 'settlement-line', fileName: 'IDM_20261121.csv', line: 3 }])
  await settlements.putElsewhere(date('2026-11-20'), { ...kept, ...money, line: 4, status: 'reversed' })
  expect(await steps()).toEqual([])
})

test('a line of a file that is no longer the accepted one confirms nothing', async () => {
  const { settlements, steps } = await settled([])
  const next = date('2026-11-21')
  await settlements.putStatement(statementOf({ date: next, recordedAt: at('2026-11-22T07:10') }), rowOf({ date: next }))
  const kept = { channel: 'indomaret', paymentId: 'T1', fileDate: next, line: 3, sha256: 'c'.repeat(64) }
  const money = { amount: rupiah(8_400), fee: rupiah(1_500), at: at('2026-11-21T00:01') }
  await settlements.putElsewhere(date('2026-11-20'), { ...kept, ...money, status: 'settled' })
  expect(await steps()).toEqual([])
})
