import { describe, expect, test } from 'vitest'
import { addDays, type BusinessDate, type Instant } from '../../../shared/domain/instant.ts'
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

function hub(before?: (operation: EntryOperation) => Promise<void>, now = NOW) {
  const files = memoryFiles()
  const settlements = memorySettlements(before ? { before } : {})
  const take = (content: string, name = 'bank.xml') => {
    files.drop(`bank/${name}`, content)
    const from = { kind: 'dropped', file: { name: `bank/${name}`, version: null } } as const
    return takeInStatement({ files, settlements, now: () => now }, { from, name, by: null })
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

  test.each(
    (['2019-12-31', '2026-11-24', '2099-01-01'] as const).flatMap((day) =>
      ([camt053, mt940] as const).map((write) => [day, write] as const),
    ),
  )('of %s is of no day that can be: nothing of it counts, in either format', async (day, write) => {
    const { take, settlements, files } = hub()
    const on = day as BusinessDate
    const booked = { ...three, rows: three.rows.map((row) => ({ ...row, bookedOn: on, valueOn: on })) }
    const closed = { ...bankDay([]), date: on }
    const refused = { outcome: 'refused', refusal: { code: 'DAY_OUT_OF_RANGE' } }
    expect(await take(write([booked]))).toMatchObject({ ...refused, refusal: { entry: 1 } })
    expect(await take(write([closed]))).toMatchObject({ ...refused, refusal: { entry: null } })
    expect(settlements.everything().size).toBe(0)
    expect(files.everKept()).toHaveLength(2)
  })

  test.each(['2020-01-01', '2026-11-23'])('of %s is taken: the first day there is, and today', async (day) => {
    const { take } = hub()
    const on = day as BusinessDate
    const row = { ...bankRow('BNK0000000000001'), bookedOn: on, valueOn: on }
    expect(await take(camt053([{ ...three, date: on, rows: [row] }]))).toMatchObject({ outcome: 'accepted', added: 1 })
  })

  test('too large to be one is refused without being held in memory', async () => {
    const { take } = hub()
    const padded = `${camt053([three])}${' '.repeat(17 * 1024 * 1024)}`
    expect(await take(padded)).toMatchObject({ outcome: 'refused', refusal: { code: 'TOO_LARGE' } })
  })

  test('that broke off between any two writes is finished by the repeat', async () => {
    for (let crashAt = 1; crashAt <= 16; crashAt++) {
      let writes = 0
      const { take, booked } = hub(async (operation) => {
        const isWrite = operation.method === 'put' || operation.method === 'putOnce'
        if (isWrite && ++writes === crashAt) throw new UnknownOutcome('expected an answer, none came')
      })
      const ended = await take(camt053([three])).catch((error) => error)
      const crashed = ended instanceof UnknownOutcome
      expect([crashAt, crashed]).toEqual([crashAt, crashAt <= 12])
      if (crashed) await take(camt053([three]))
      expect(await booked()).toHaveLength(3)
      expect(await take(camt053([three]))).toMatchObject({ outcome: 'unchanged' })
    }
  })
})

describe('the chain of statements', () => {
  const day = (opening: number, rows: readonly BankRow[], statementId: string, date = BOOKED): BankDay => ({
    account: '0018877665501',
    statementId,
    date,
    opening,
    rows: rows.map((row) => ({ ...row, bookedOn: date, valueOn: date })),
  })
  const NEXT = '2026-11-24' as BusinessDate
  const THIRD = '2026-11-25' as BusinessDate
  const first = day(0, [bankRow('A', 100)], 'S1')
  const second = day(100, [bankRow('B', 50)], 'S2', NEXT)
  const third = day(150, [bankRow('C', -30)], 'S3', THIRD)
  const onThird = () => hub(undefined, (NOW + 2 * 86_400_000) as Instant)
  const allBooked = async (settlements: ReturnType<typeof hub>['settlements']) =>
    (await Promise.all([addDays(BOOKED, -1), BOOKED, NEXT, THIRD].map((on) => settlements.creditsBooked(on)))).flat()
  const sumOf = (credits: readonly { readonly amount: number }[]) =>
    credits.reduce((sum, { amount }) => sum + amount, 0)

  test('a statement that does not follow the last one waits, says why, and counts once what lies between has come', async () => {
    const { take, settlements } = onThird()
    await take(camt053([first]))
    expect(await take(mt940([third]), 'c.sta')).toMatchObject({
      outcome: 'incomplete',
      added: 0,
      file: { state: 'incomplete', gap: expect.stringContaining('opens with 100.00') },
    })
    expect(await allBooked(settlements)).toHaveLength(1)
    expect(await take(camt053([second]))).toMatchObject({ outcome: 'accepted', added: 1 })
    expect(sumOf(await allBooked(settlements))).toBe(120)
    expect((await settlements.bankChain('0018877665501', 9)).map(({ closingSen }) => closingSen)).toEqual([
      10_000, 15_000, 12_000,
    ])
    expect((await settlements.bankFiles()).map(({ state }) => state)).toEqual(['chained', 'chained', 'chained'])
    expect(await take(mt940([third]), 'c.sta')).toMatchObject({ outcome: 'unchanged' })
  })

  test.each([
    ['in another wording and without references', [{ ...bankRow('', 100), remittance: 'INDO\nMARET 20261120' }]],
    ['in another format', [bankRow('OTHER-REFERENCE', 100)]],
  ])('a statement that comes again %s counts once', async (_, rows) => {
    const { take, settlements } = onThird()
    await take(camt053([first]))
    expect(await take(mt940([day(0, rows, 'S1-again')]), 'again')).toMatchObject({
      outcome: 'accepted',
      added: 0,
      file: { state: 'repeated' },
    })
    expect(await allBooked(settlements)).toHaveLength(1)
    expect(await take(camt053([second]))).toMatchObject({ added: 1 })
  })

  test('two equal credits count twice: in one statement, and in the next one under the same reference', async () => {
    const { take, settlements } = onThird()
    const twice = day(
      0,
      [
        { ...bankRow(''), amount: 100 },
        { ...bankRow(''), amount: 100 },
      ],
      'S1',
    )
    expect(await take(camt053([twice]))).toMatchObject({ added: 2 })
    expect(await take(camt053([day(200, [bankRow('R', 100)], 'S2')]), 'b')).toMatchObject({ added: 1 })
    expect(await take(camt053([day(300, [bankRow('R', 100)], 'S3')]), 'c')).toMatchObject({ added: 1 })
    expect(sumOf(await allBooked(settlements))).toBe(400)
    expect(new Set((await allBooked(settlements)).map(({ id }) => id)).size).toBe(4)
  })

  test('what the account held before its first statement opens the books', async () => {
    const { take, settlements } = onThird()
    await take(camt053([day(7_000, [bankRow('A', 100)], 'S1')]))
    const booked = await allBooked(settlements)
    expect(booked.map(({ id, amount }) => [id, amount])).toEqual([
      ['opening-0018877665501', 7_000],
      ['A', 100],
    ])
  })
})
