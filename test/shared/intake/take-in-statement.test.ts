import { describe, expect, test } from 'vitest'
import type { BusinessDate, Instant } from '../../../shared/domain/instant.ts'
import { takeInStatement } from '../../../shared/intake/take-in-statement.ts'
import { UnknownOutcome } from '../../../shared/runtime/faults.ts'
import { memoryFiles } from '../../support/memory-files.ts'
import { type EntryOperation, memorySettlements } from '../../support/memory-settlements.ts'
import { type BankDay, type BankRow, camt053, mt940 } from '../../support/settlement-files.ts'

const NOW = Date.UTC(2026, 10, 23, 2) as Instant
const BOOKED = '2026-11-23' as BusinessDate

const bankRow = (reference: string, amount = 15_300): BankRow => ({
  reference,
  bookedOn: BOOKED,
  valueOn: BOOKED,
  amount,
  remittance: 'INDOMARET 20261120',
})

function bankDay(rows: readonly BankRow[], statementId = 'STMT-1'): BankDay {
  return { account: '0018877665501', statementId, date: BOOKED, opening: 1_000_000, rows }
}

const three = bankDay([bankRow('BNK0000000000001'), bankRow('BNK0000000000002'), bankRow('BNK0000000000003')])

function hub(before?: (operation: EntryOperation) => Promise<void>) {
  const files = memoryFiles()
  const settlements = memorySettlements(before ? { before } : {})
  const take = (content: string, name = 'bank.xml') => {
    files.drop(`bank/${name}`, content)
    const from = { kind: 'dropped', file: { name: `bank/${name}`, version: null } } as const
    return takeInStatement({ files, settlements, now: () => NOW }, { from, name, by: null })
  }
  const booked = async () => (await settlements.creditsBooked(BOOKED)).map(({ id, amount }) => [id, amount])
  return { files, settlements, take, booked }
}

describe('a bank statement', () => {
  test('has each of its movements written down once, and itself last', async () => {
    const { take, booked, settlements } = hub()
    const taken = await take(camt053([three]))
    expect(taken).toMatchObject({
      outcome: 'accepted',
      added: 3,
      file: {
        name: 'bank.xml',
        format: 'camt.053',
        credits: 3,
        amountRupiah: 45_900,
        receivedAt: NOW,
        receivedBy: null,
      },
    })
    expect(await booked()).toEqual([
      ['BNK0000000000001', 15_300],
      ['BNK0000000000002', 15_300],
      ['BNK0000000000003', 15_300],
    ])
    if (taken.outcome !== 'refused') expect(await settlements.bankFile(taken.file.sha256)).toEqual(taken.file)
  })

  test('that comes again, in the other format or with a day more adds only what is new', async () => {
    const { take, booked } = hub()
    await take(camt053([three]))
    expect(await take(camt053([three]), 'other-name.xml')).toMatchObject({ outcome: 'unchanged', added: 0 })
    expect(await take(mt940([three]))).toMatchObject({ outcome: 'accepted', added: 0 })
    const more = bankDay([...three.rows, bankRow('BNK0000000000004', 1)], 'STMT-2')
    expect(await take(camt053([more]))).toMatchObject({ outcome: 'accepted', added: 1 })
    expect(await booked()).toHaveLength(4)
  })

  test('that names another amount under a known reference is refused, and nothing of it is written', async () => {
    const { take, booked } = hub()
    await take(camt053([three]))
    const other = bankDay([bankRow('BNK0000000000009', 5), bankRow('BNK0000000000002', 15_301)], 'STMT-2')
    expect(await take(camt053([other]))).toMatchObject({ outcome: 'refused', refusal: { code: 'CREDIT_CHANGED' } })
    expect(await booked()).toHaveLength(3)
  })

  test('that cannot be read is refused and kept', async () => {
    const { take, files, settlements } = hub()
    const taken = await take(camt053([three]).replace('0018877665501', '9999'))
    expect(taken).toMatchObject({ outcome: 'refused', refusal: { code: 'WRONG_ACCOUNT' } })
    expect(files.everKept()).toHaveLength(1)
    expect(settlements.everything().size).toBe(0)
  })

  test('too large to be one is refused without being held in memory', async () => {
    const { take } = hub()
    const padded = `${camt053([three])}${' '.repeat(17 * 1024 * 1024)}`
    expect(await take(padded)).toMatchObject({ outcome: 'refused', refusal: { code: 'TOO_LARGE' } })
  })

  test('that broke off between any two writes is finished by the repeat', async () => {
    for (let crashAt = 1; crashAt <= 12; crashAt++) {
      let writes = 0
      const { take, booked } = hub(async (operation) => {
        const isWrite = operation.method === 'put' || operation.method === 'putOnce'
        if (isWrite && ++writes === crashAt) throw new UnknownOutcome('expected an answer, none came')
      })
      const ended = await take(camt053([three])).catch((error) => error)
      const crashed = ended instanceof UnknownOutcome
      expect([crashAt, crashed]).toEqual([crashAt, crashAt <= 8])
      if (crashed) await take(camt053([three]))
      expect(await booked()).toHaveLength(3)
      expect(await take(camt053([three]))).toMatchObject({ outcome: 'unchanged' })
    }
  })
})
