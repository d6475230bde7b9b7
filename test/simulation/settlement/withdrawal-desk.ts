/**
 * What finance takes back by two people: a settlement file, or a bank statement. Most of it comes once more later, byte by byte.
 * Also enters the invoices of channels, which one person does.
 */
import { enterFeeInvoice } from '../../../functions/serve-console/settlement/fee-invoices.ts'
import { approveWithdrawal, proposeWithdrawal } from '../../../functions/serve-console/settlement/withdraw-file.ts'
import {
  approveStatementWithdrawal,
  proposeStatementWithdrawal,
} from '../../../functions/serve-console/settlement/withdraw-statement.ts'
import type { BusinessDate } from '../../../shared/domain/instant.ts'
import { month } from '../../../shared/domain/month.ts'
import { monthAt, monthText } from '../auditor/calendar.ts'
import type { BackOffices } from './back-offices.ts'
import type { Bank } from './bank.ts'
import { byTwoPeople, callerAt, type Desk, OPERATOR } from './desk.ts'

const HOUR = 3_600_000
const REASON = 'the partner asked for it'

type Senders = { readonly offices: BackOffices; readonly bank: Bank }

export async function takeBack(desk: Desk, senders: Senders, days: readonly BusinessDate[]): Promise<void> {
  const { random, world } = desk
  for (const channel of world.around.plan.channels) {
    for (const date of days) if (random.chance(0.08)) await withdrawFile(desk, senders, channel, date)
  }
  if (random.chance(0.12)) await withdrawStatement(desk, senders)
}

async function withdrawFile(desk: Desk, { offices }: Senders, channel: string, date: BusinessDate): Promise<void> {
  const { side, random, timeline, world } = desk
  const versions = await side.stores.settlements.fileVersions(channel, date)
  const accepted = versions.find(({ state }) => state === 'accepted')
  if (!accepted) return
  const { version, sha256 } = accepted
  const isApproved = await byTwoPeople(desk, {
    what: `withdraw-file of ${channel} ${date} v${version}`,
    propose: (ports, by) =>
      proposeWithdrawal(ports, { ...by, path: { channel, date }, body: { version, reason: REASON } }),
    decide: (ports, call) => approveWithdrawal(ports, { ...call, path: { channel, date } }),
  })
  if (!isApproved) return
  world.ledger.outside.fileSteps.push({ channel, date, sha256, what: 'withdrawn' })
  if (random.chance(0.6))
    timeline.after(random.pick([HOUR, 26 * HOUR]), () => offices.returnFile(channel, date, sha256))
}

async function withdrawStatement(desk: Desk, { bank }: Senders): Promise<void> {
  const { side, random, timeline } = desk
  const files = (await side.stores.settlements.bankFiles()).filter(
    ({ state, name }) => state === 'chained' && name !== 'FIRST.xml',
  )
  if (files.length === 0) return
  const { sha256, name } = random.pick(files)
  const isApproved = await byTwoPeople(desk, {
    what: `withdraw-statement ${name}`,
    propose: (ports, by) => proposeStatementWithdrawal(ports, { ...by, path: { sha256 }, body: { reason: REASON } }),
    decide: (ports, call) => approveStatementWithdrawal(ports, { ...call, path: { sha256 } }),
  })
  const statement = bank.statementOf(name)
  if (!isApproved || !statement) return
  statement.isWithdrawn = true
  if (random.chance(0.6)) timeline.after(random.pick([HOUR, 26 * HOUR]), () => bank.returnStatement(name))
}

/** For a month of which nothing was collected: all of it differs from the contract. */
export async function enterInvoice(desk: Desk): Promise<void> {
  const { world, random, timeline } = desk
  const channel = random.pick(world.around.plan.channels)
  const text = monthText(monthAt(timeline.now()) - 2)
  const number = `INV/${channel}/${text}`
  const feeRupiah = random.pick([500, 5_000, 40_000])
  const fields = { channel, number, month: month(text), date: `${text}-28` as BusinessDate, feeRupiah }
  const taxes = { keptRupiah: 0, vatRupiah: random.pick([0, Math.trunc(feeRupiah * 0.11)]), withholdingRupiah: 0 }
  const entered = await world.act(`enters invoice ${number}`, (ports) =>
    enterFeeInvoice(ports, { ...callerAt(desk, OPERATOR), body: { ...fields, ...taxes } }),
  )
  if (entered.kind !== 'json') return
  world.ledger.outside.invoices.push({ channel, number, payable: feeRupiah + taxes.vatRupiah })
}
