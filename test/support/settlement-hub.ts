/**
 * The settlement side of a hub in memory: endpoints, files taken in, the queue worked off, people at the console. One clock, one
 * store; what a partner settles is written by the partners' own writers (settlement-files.ts).
 */

import { randomUUID } from 'node:crypto'
import { journalTask } from '../../functions/reconcile-settlement/journal.ts'
import type { SettlementPorts } from '../../functions/reconcile-settlement/ports.ts'
import { reconcileSettlement, type TaskOutcome } from '../../functions/reconcile-settlement/reconcile-settlement.ts'
import type { ConsolePorts } from '../../functions/serve-console/ports.ts'
import type { ChannelProfile } from '../../shared/channel-port/profile.ts'
import { settlementChannelNamed, settlementChannels } from '../../shared/channels/settlement-registry.ts'
import { GL_ACCOUNTS } from '../../shared/domain/gl-accounts.ts'
import type { BusinessDate, Instant } from '../../shared/domain/instant.ts'
import type { BankCredit } from '../../shared/domain/settlement/bank.ts'
import type { FileVersion } from '../../shared/domain/settlement/file-version.ts'
import { type IntakeOutcome, takeIn } from '../../shared/intake/take-in-settlement-file.ts'
import { ledgerMacs, settlementDigests } from '../../shared/ledger/payment-digests.ts'
import type { DayTask, EntryMessage, JournalTask, SettlementTask } from '../../shared/messages/settlement.ts'
import type { Mail } from '../../shared/notices/email.ts'
import type { Delivery } from '../../shared/notices/notifier.ts'
import { prepareDigestKeys } from '../../shared/runtime/digests.ts'
import { readAuditEntry } from '../../shared/store/audit/item.ts'
import { OTHER_SOURCES } from '../../shared/store/facts/day-index.ts'
import { statementsOf } from '../../shared/store/journal/journal-day.ts'
import { serveChecked } from './checked-console.ts'
import { hubOn, register } from './endpoint.ts'
import { at, terms } from './facts.ts'
import { memoryAttachments, memoryFiles } from './memory-files.ts'
import { memoryJournal } from './memory-journal.ts'
import { memoryReadTraces } from './memory-read-traces.ts'
import { type EntryOperation, memorySettledLines, memorySettlements } from './memory-settlements.ts'
import { type PartnerRow, settlementFileNames, settlementFiles } from './settlement-files.ts'

export const DIGEST_SECRET = JSON.stringify({ current: 1, keys: { 1: Buffer.alloc(32, 7).toString('base64') } })

export type Role = 'viewer' | 'operator' | 'approver' | 'admin'
// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was answered
export type Answer = { readonly status: number; readonly body: any }

export type SettlementHub = Awaited<ReturnType<typeof settlementHub>>

/** `profiles`: what every channel does otherwise than the real ones. With the farmer registered, on 20 November 2026 at 10:00 WIB. */
export async function settlementHub(profiles: Partial<ChannelProfile> = {}) {
  const hub = hubOn()
  await register(hub, [terms('2026-01')])
  const channels = settlementChannels.map(({ profile, settlement }) => ({
    settlement,
    profile: { ...profile, ...profiles },
  }))
  const hook: { current: (operation: EntryOperation) => Promise<void> } = { current: async () => {} }
  const settlements = memorySettlements({ before: (operation) => hook.current(operation) })
  const lines = memorySettledLines()
  const files = memoryFiles()
  const attachments = memoryAttachments()
  const sent: SettlementTask[] = []
  const counted: string[] = []
  const journals: BusinessDate[] = []
  const journal = memoryJournal()
  const mails: Mail[] = []
  const delivery: { current: () => Delivery } = { current: () => ({ outcome: 'sent', messageId: 'M1' }) }
  const logged: unknown[] = []
  const now = () => hub.clock.now
  const log = { info: (message: string, fields?: object) => void logged.push({ message, ...fields }) }
  const metrics = {
    count: (name: string, dimensions?: { readonly channel?: string; readonly outcome?: string }, value = 1) =>
      void counted.push(`${name} ${dimensions?.channel ?? dimensions?.outcome ?? ''} ${value}`),
  }
  const ports: SettlementPorts = {
    settlements,
    audit: settlements.audit,
    journal,
    lines,
    files,
    decisions: hub.store.decisions,
    facts: hub.store.facts,
    bills: hub.store.bills,
    contacts: hub.store.contacts,
    channels,
    digests: settlementDigests(DIGEST_SECRET),
    sendDays: async (tasks: readonly (DayTask | EntryMessage)[]) => void sent.push(...tasks),
    sendFees: async (tasks) => void sent.push(...tasks),
    sendMails: async (tasks) => void sent.push(...tasks),
    mailer: {
      send: async (mail) => {
        mails.push(mail)
        return delivery.current()
      },
    },
    recipientsOf: () => ['keuangan@example.id'],
    sendJournal: async (date) => void journals.push(date),
    wait: async () => {},
    rules: hub.rules,
    now,
    metrics,
    log: { ...log, warn: log.info },
  }

  /** Everything that the stream and the queue hold, until nothing is left. */
  async function drain(): Promise<readonly TaskOutcome[]> {
    const done: TaskOutcome[] = []
    for (let round = 0; round < 100; round++) {
      const entries = settlements
        .inserted()
        .filter(({ entry }) =>
          /^(file|withdrawal|confirmation|chain|credit|placement|resolution|exit|invoice)#/.test(entry),
        )
      const tasks: readonly SettlementTask[] = [...entries, ...sent.splice(0)]
      if (tasks.length === 0) return done
      for (const task of tasks) done.push(await reconcileSettlement(ports, task))
    }
    throw new Error('expected the queue to come to rest, days ask each other for ever')
  }

  async function take(channel: string, date: string, content: string | Buffer): Promise<IntakeOutcome> {
    const named = channels.find(({ profile }) => profile.name === channel) ?? settlementChannelNamed(channel)
    const day = { channel: named, date: date as BusinessDate }
    const name = settlementFileNames[channel]?.(date) ?? ''
    const incoming = { name, by: null, from: { kind: 'handed-over', bytes: Buffer.from(content) } } as const
    return takeIn({ files, settlements, channels, now }, incoming, day)
  }

  /** A partner's file, taken in and worked off. */
  async function settle(channel: string, date: string, rows: readonly PartnerRow[]): Promise<FileVersion> {
    const taken = await take(channel, date, settlementFiles[channel]?.(date, rows) ?? '')
    await drain()
    if (taken.outcome === 'refused') throw new Error(`expected the file to be taken, got ${taken.refusal.code}`)
    return taken.version
  }

  async function credit(id: string, bookedOn: string, amount: number, remittance: string): Promise<void> {
    const on = bookedOn as BusinessDate
    const one = { id, bookedOn: on, valueOn: on, amount, remittance, statement: 'S1', entry: 1 } as BankCredit
    await settlements.putCredit(one)
    await drain()
  }

  const sources = [...channels.map(({ profile }) => profile.name), ...OTHER_SOURCES]
  const books = { ...statementsOf(settlements), journal, sources }

  /** Every day of the journal up to this one, as the night would. */
  async function closeJournal(date: string): Promise<void> {
    const tasks: JournalTask[] = [{ task: 'journal', date: date as BusinessDate }]
    const sendTasks = async (more: readonly JournalTask[]) => void tasks.push(...more)
    const { facts, bills, memberships } = hub.store
    const journalPorts = { ...books, facts, bills, memberships, sendTasks, parts: 2, rules: hub.rules, now }
    for (let task = tasks.shift(); task; task = tasks.shift()) await journalTask(journalPorts, task)
  }

  const parts = {
    settlements,
    books,
    files,
    bills: hub.store.bills,
    attachments,
    lines,
    decisions: ports.decisions,
    readTraces: memoryReadTraces(),
    resolutions: settlements.resolutions,
    chainAt: async (instant: Instant) => settlements.chain.map(readAuditEntry).filter((entry) => entry.at === instant),
    macs: ledgerMacs(prepareDigestKeys(DIGEST_SECRET)),
    facts: hub.store.facts,
    rules: hub.rules,
    glAccounts: GL_ACCOUNTS,
    channels: settlementChannels.map(({ profile }) => profile.name),
    settling: channels,
    now,
    metrics,
    log,
  } as unknown as ConsolePorts

  async function served(role: Role, method: string, path: string, body: string | Uint8Array, who: string) {
    const [rawPath = '', rawQuery = ''] = path.split('?')
    const isFile = body instanceof Uint8Array
    return serveChecked(parts, {
      method,
      rawPath,
      rawQuery,
      headers: { 'content-type': isFile ? 'application/octet-stream' : 'application/json' },
      body: isFile ? body : Buffer.from(body),
      claims: { sub: `local-${who}`, 'cognito:groups': `[${role}]`, ...nameOf(who) },
      sourceIp: '203.0.113.7',
      requestId: randomUUID(),
    })
  }

  /** `who` is the person; two people of one role are two subjects. `sari/1` and `sari/2` are two accounts of one. A text is sent as it is. */
  async function call(
    role: Role,
    method: string,
    path: string,
    body?: object | string | Uint8Array,
    who: string = role,
  ): Promise<Answer> {
    const isSent = body === undefined || typeof body === 'string' || body instanceof Uint8Array
    const reply = await served(role, method, path, isSent ? (body ?? '') : JSON.stringify(body), who)
    if (reply.isBase64) return { status: reply.status, body: reply }
    return { status: reply.status, body: JSON.parse(reply.body) }
  }

  /** A reply that is no JSON. */
  async function fetchText(role: Role, path: string): Promise<string> {
    return (await served(role, 'GET', path, '', role)).body
  }

  /** Proposed by one, approved by another, carried out. */
  async function decide(id: string, action: string, more: object = {}): Promise<Answer> {
    const proposed = await call('operator', 'POST', `/api/differences/${id}/proposal`, {
      action,
      reason: 'as agreed with the partner',
      ...more,
    })
    if (proposed.status !== 200) return proposed
    const approved = await call('approver', 'POST', `/api/differences/${id}/approval`, { decision: 'approve' })
    await drain()
    return approved
  }

  return {
    ...hub,
    ports,
    entryHook: hook,
    settlements,
    lines,
    files,
    attachments,
    sent,
    counted,
    journals,
    mails,
    delivery,
    logged,
    drain,
    run: (task: SettlementTask) => reconcileSettlement(ports, task),
    take,
    settle,
    credit,
    call,
    served,
    fetchText,
    decide,
    journal,
    closeJournal,
    consolePorts: parts,
    statement: (channel: string, date: string) => settlements.statement(channel, date as BusinessDate),
    cases: (channel: string, date: string) => settlements.differencesOf(channel, date as BusinessDate),
    setClock: (text: string) => {
      hub.clock.now = at(text)
    },
  }
}

/** A line of a partner's file for a farmer's month. */
export function partnerRow(id: string, when: string, changed: Partial<PartnerRow> = {}): PartnerRow {
  return {
    id,
    customer: '12345678901',
    outlet: 'SHOP1',
    at: at(when),
    amount: 8_400,
    adminFee: 2_500,
    fee: 1_500,
    status: 'S',
    ...changed,
  }
}

function nameOf(who: string): { readonly name?: string } {
  return who.includes('/') ? { name: who.slice(0, who.indexOf('/')) } : {}
}
