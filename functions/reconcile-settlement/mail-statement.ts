/**
 * Sends a final statement to finance: once per version, as a workbook by e-mail. What became of it is recorded with the day.
 *
 * ```
 * (none) -> reserved -> sent | refused | unknown           refused and unknown are counted, and an alarm tells operations
 *              ^  '---> waiting ---> reserved -> ...        waiting: certainly not sent; the message comes again, and so does the night
 * ```
 * A reservation that is left behind by a kill is unknown after a while: it may have gone out, and a person looks.
 * A statement is final when it is reconciled, and no credit of it came by a bank statement that nobody has confirmed. Asked for by the day that wrote it, and again by each night. It goes to those who
 * are named on the day on which it is sent, whatever day it is of: who has left gets nothing more.
 */
import { assertNever } from '../../shared/domain/assert-never.ts'
import { businessDateOf } from '../../shared/domain/instant.ts'
import { formatRupiah } from '../../shared/domain/money.ts'
import { broughtAny } from '../../shared/domain/settlement/unconfirmed-statement.ts'
import type { MailTask } from '../../shared/messages/settlement.ts'
import type { Delivery } from '../../shared/notices/notifier.ts'
import { Transient } from '../../shared/runtime/faults.ts'
import type { Statement, StatementMail } from '../../shared/store/settlements/records.ts'
import { unconfirmedLinks } from '../../shared/store/settlements/unconfirmed-links.ts'
import type { SettlementPorts } from './ports.ts'
import { statementWorkbook, WORKBOOK_TYPE } from './statement-workbook.ts'

export type MailOutcome = { readonly outcome: 'nobody-asked' | 'not-final' | 'before' | StatementMail['state'] }

/** Longer than any call to the service takes. */
const RESERVED_MILLIS = 15 * 60_000

export async function mailStatement(ports: SettlementPorts, task: Omit<MailTask, 'task'>): Promise<MailOutcome> {
  const { settlements } = ports
  const to = ports.recipientsOf(task.channel, businessDateOf(ports.now()))
  if (to.length === 0) return { outcome: 'nobody-asked' }
  const statement = await settlements.statement(task.channel, task.date, task.version)
  if (!statement || !isFinal(statement)) return { outcome: 'not-final' }
  const unconfirmed = await unconfirmedLinks(settlements, ports.now())
  if (broughtAny(unconfirmed, statement.credits)) return { outcome: 'not-final' }
  const known = await settlements.mail(task.channel, task.date, task.version)
  if (known?.state === 'reserved') return leftBehind(ports, known)
  if (known && known.state !== 'waiting') return { outcome: 'before' }
  const reserved = recordOf(ports, { ...task, recipients: to.length }, 'reserved', null)
  if ((await settlements.putMail(reserved, known)) === 'conflict') return { outcome: 'before' }
  return record(ports, reserved, await sendTo(ports, statement, reserved, to))
}

export function isFinal({ verdict, file }: Pick<Statement, 'verdict' | 'file'>): boolean {
  return verdict === 'reconciled' && file !== null
}

async function sendTo(
  ports: SettlementPorts,
  statement: Statement,
  reserved: StatementMail,
  to: readonly string[],
): Promise<Delivery> {
  const { channel, date, version } = statement
  try {
    const cases = await ports.settlements.differencesOf(channel, date)
    const bytes = await statementWorkbook(statement, cases)
    const name = `statement-${channel}-${date}-${String(version).padStart(4, '0')}.xlsx`
    const attachment = { name, type: WORKBOOK_TYPE, bytes }
    const subject = `${channel} ${date}: ${statement.verdict}, version ${version}`
    return await ports.mailer.send({ to, subject, text: textOf(statement), attachment })
  } catch (error) {
    // Thrown before anything was handed over (notifier.ts): the same may be tried again once somebody has mended it.
    await ports.settlements.putMail(recordOf(ports, reserved, 'waiting', 'NOT_SENT'), reserved)
    ports.metrics.count('StatementMailsFailed')
    throw error
  }
}

async function record(ports: SettlementPorts, reserved: StatementMail, delivery: Delivery): Promise<MailOutcome> {
  const put = (state: StatementMail['state'], code: string | null) =>
    ports.settlements.putMail(recordOf(ports, reserved, state, code), reserved)
  switch (delivery.outcome) {
    case 'sent':
      await put('sent', null)
      return { outcome: 'sent' }
    case 'refused':
    case 'unknown':
      await put(delivery.outcome, delivery.code)
      ports.metrics.count('StatementMailsFailed')
      ports.log.warn('A statement did not go out by e-mail', {
        channel: reserved.channel,
        day: reserved.date,
        state: delivery.outcome,
        code: delivery.code,
      })
      return { outcome: delivery.outcome }
    case 'later':
      await put('waiting', delivery.code)
      throw new Transient('MAIL_LATER', 'expected the e-mail service to take a statement now; the message comes again')
    default:
      return assertNever(delivery)
  }
}

async function leftBehind(ports: SettlementPorts, reserved: StatementMail): Promise<MailOutcome> {
  if (ports.now() - reserved.at < RESERVED_MILLIS) return { outcome: 'before' }
  return record(ports, reserved, { outcome: 'unknown', code: 'LEFT_BEHIND' })
}

function recordOf(
  { now }: Pick<SettlementPorts, 'now'>,
  { channel, date, version, recipients }: Pick<StatementMail, 'channel' | 'date' | 'version' | 'recipients'>,
  state: StatementMail['state'],
  code: string | null,
): StatementMail {
  return { channel, date, version, state, code, recipients, at: now() }
}

function textOf({ channel, date, version, verdict, file, hubRupiah, fileRupiah, bankRupiah }: Statement): string {
  return [
    `Channel ${channel}, business day ${date}, version ${version}: ${verdict}.`,
    '',
    `Payments of the hub: ${formatRupiah(hubRupiah)}`,
    `Settlement file: ${fileRupiah === null ? 'none' : formatRupiah(fileRupiah)} (${file?.name ?? 'none'})`,
    `Credited by the bank: ${formatRupiah(bankRupiah)}`,
    '',
    'The workbook holds every figure, open items, credits and differences. Lines are in the console.',
    '',
  ].join('\n')
}
