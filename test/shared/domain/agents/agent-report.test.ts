/** An agent's report: who still pays, what was earned, and that what goes back takes back exactly what it brought. */
import { describe, expect, test } from 'vitest'
import { type Agent, type AgentCode, parseAgentCode } from '../../../../shared/domain/agents/agent.ts'
import { type AgentMember, countAgent } from '../../../../shared/domain/agents/agent-report.ts'
import { COMMISSION, commissionOn, ratesIn } from '../../../../shared/domain/agents/commission.ts'
import { allocate } from '../../../../shared/domain/allocation.ts'
import { type Fact, keyOf, type PaymentFact, type RefundFact } from '../../../../shared/domain/fact.ts'
import { businessDateOf } from '../../../../shared/domain/instant.ts'
import { type Kpj, kpjOf } from '../../../../shared/domain/kpj.ts'
import { rupiah } from '../../../../shared/domain/money.ts'
import { month } from '../../../../shared/domain/month.ts'
import { RULES } from '../../../../shared/domain/rules.ts'
import { at, date, pay, reverse, suspend, terms } from '../../../support/facts.ts'

const CODE = parseAgentCode('PRS-001') as AgentCode
const AGENT: Agent = {
  code: CODE,
  kind: 'office',
  name: 'Kantor Perisai',
  regionCode: null,
  outlets: [{ channel: 'indomaret', outlet: 'SHOP9' }],
  createdBy: 'operator-1',
  createdAt: at('2026-01-01T08:00'),
}
const NOW = at('2026-11-20T10:00')
const ALL = { from: month('1970-01'), to: month('2026-11') }

let serial = 0
function memberWith(registered: string, facts: readonly Fact[], agent: AgentCode | null = CODE): AgentMember {
  const kpj = kpjOf(String(20_000_000_000 + serial++))
  const first = {
    ...terms(registered),
    registeredOn: date(`${registered}-05`),
    account: kpj,
    ...(agent !== null && { agent }),
  }
  return member(kpj, [first, ...facts.map((fact) => ({ ...fact, account: kpj }) as Fact)])
}
const member = (kpj: Kpj, facts: readonly Fact[]): AgentMember => ({ kpj, facts, allocation: allocate(facts, RULES) })
const paid = (id: string, when: string, amount: number, changed: Partial<PaymentFact> = {}): PaymentFact => ({
  ...pay(id, when, [when.slice(0, 7)]),
  amount: rupiah(amount),
  ...changed,
})
function reportOn(members: readonly AgentMember[], period = ALL) {
  const counted = countAgent(AGENT, period, NOW)
  for (const each of members) counted.add(each)
  return counted.report()
}

describe('who is counted', () => {
  test('is whoever the agent registered, and nobody else’s', () => {
    const other = parseAgentCode('PRS-002') as AgentCode
    const members = [memberWith('2026-01', []), memberWith('2026-01', [], other), memberWith('2026-01', [], null)]
    expect(reportOn(members).registered).toBe(1)
  })

  test('does not change with later terms, and the period is that of the registration', () => {
    const kept = memberWith('2026-03', [])
    const later = { ...terms('2026-05', {}, '2026-05-02T08:00', '0002'), account: kept.kpj }
    const changed = member(kept.kpj, [...kept.facts, later])
    expect(reportOn([changed]).registered).toBe(1)
    expect(reportOn([changed], { from: month('2026-04'), to: month('2026-11') }).registered).toBe(0)
  })

  test('still pays after 3, 6 and 12 months if that very month is paid', () => {
    const early = memberWith('2025-11', [paid('A', '2026-02-10T09:00', 16_800), paid('B', '2026-11-10T09:00', 8_400)])
    const late = memberWith('2026-07', [paid('C', '2026-10-10T09:00', 8_400)])
    expect(reportOn([early, late]).stillActive).toEqual([
      { months: 3, reached: 2, active: 2 },
      { months: 6, reached: 1, active: 0 },
      { months: 12, reached: 1, active: 1 },
    ])
  })
})

describe('commission', () => {
  test('is paid on each contribution by the rate of its month, rounded down', () => {
    const report = reportOn([memberWith('2026-01', [paid('A', '2026-10-10T09:00', 16_801)])])
    expect(report).toMatchObject({ contributions: 16_801, commission: 1_260, clawback: 0, due: 1_260 })
    expect(commissionOn(16_801, ratesIn(month('2017-12')))).toBe(0)
    expect(COMMISSION.map(({ from }) => from)).toEqual(['2015-07', '2018-02'])
  })

  test('goes back with a reversal, in the month of the reversal, to the rupiah', () => {
    const payment = paid('A', '2026-09-30T09:00', 16_801)
    const back = reverse(payment, '2026-10-01T00:05')
    const { months, due, takenBack } = reportOn([memberWith('2026-01', [payment, back])])
    expect(months).toMatchObject([
      { month: '2026-01', registered: 1 },
      { month: '2026-09', commission: 1_260, clawback: 0, newcomers: 0 },
      { month: '2026-10', commission: 0, clawback: 1_260, takenBack: 16_801 },
    ])
    expect([due, takenBack]).toEqual([0, 16_801])
  })

  test('goes back once where finance suspended and somebody reversed besides', () => {
    const payment = paid('A', '2026-09-10T09:00', 16_800)
    const facts = [payment, suspend(payment, '2026-09-12T09:00'), reverse(payment, '2026-09-13T09:00')]
    expect(reportOn([memberWith('2026-01', facts)])).toMatchObject({ commission: 1_260, clawback: 1_260, due: 0 })
  })

  test('goes back in part with a refund, and with the rest to the whole', () => {
    const payment = paid('A', '2026-09-10T09:00', 16_801)
    const refunds = [5_001, 11_800].map((amount, i): RefundFact => {
      const decidedAt = at(`2026-09-1${i + 1}T09:00`)
      return {
        kind: 'refund',
        account: payment.account,
        source: 'finance',
        id: [String(i)],
        decidedAt,
        recordedAt: decidedAt,
        refunds: keyOf(payment),
        businessDate: businessDateOf(decidedAt),
        amount: rupiah(amount),
      }
    })
    const report = reportOn([memberWith('2026-01', [payment, ...refunds])])
    expect(report).toMatchObject({ takenBack: 16_801, commission: 1_260, clawback: 1_260 })
  })

  test('tells what came at the agent’s own outlets', () => {
    const own = paid('A', '2026-09-10T09:00', 16_800, { source: 'indomaret', outlet: 'SHOP9' })
    const elsewhere = paid('B', '2026-09-11T09:00', 8_400, { source: 'bni', outlet: 'SHOP9' })
    const [, september] = reportOn([memberWith('2026-01', [own, elsewhere])]).months
    expect(september).toMatchObject({ contributions: 25_200, collected: 16_800 })
  })
})

describe('acquisition', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) => memberWith('2026-09', [paid(`N${i}`, '2026-09-10T09:00', 8_400)]))

  test('is earned by the fiftieth newcomer of a month, once', () => {
    expect(reportOn(many(49)).acquisition).toBe(0)
    expect(reportOn(many(50)).acquisition).toBe(500_000)
    expect(reportOn(many(130)).acquisition).toBe(500_000)
  })

  test('goes back when a reversal leaves the month with 49, and not before', () => {
    const payment = paid('X', '2026-09-20T09:00', 8_400)
    const gone = memberWith('2026-09', [payment, reverse(payment, '2026-10-02T09:00')])
    const lost = reportOn([...many(49), gone])
    expect(lost).toMatchObject({ acquisition: 500_000, clawback: 500_000 + 630 })
    expect(lost.months.find(({ month: each }) => each === '2026-10')).toMatchObject({ clawback: 500_630 })
    expect(reportOn([...many(50), gone])).toMatchObject({ acquisition: 500_000, clawback: 630 })
  })

  test('counts somebody who pays again after everything was reversed as new in that later month', () => {
    const payment = paid('X', '2026-09-20T09:00', 8_400)
    const again = paid('Y', '2026-11-05T09:00', 8_400)
    const { months } = reportOn([memberWith('2026-09', [payment, reverse(payment, '2026-10-02T09:00'), again])])
    expect(months.map(({ month: each, newcomers }) => [each, newcomers])).toEqual([
      ['2026-09', 0],
      ['2026-10', 0],
      ['2026-11', 1],
    ])
  })
})

test('a code is no number of a person', () => {
  expect(['PRS-JBI-0001', 'A1B'].map(parseAgentCode)).toEqual(['PRS-JBI-0001', 'A1B'])
  expect(['prs-1', '1AB', 'AB', 'A-', 'P1571011203850001', `A${'B'.repeat(20)}`].map(parseAgentCode)).toEqual(
    Array.from({ length: 6 }, () => undefined),
  )
})
