/** The functions of settlement, wired as their handlers wire them: import-file, reconcile-settlement. */
import { importFile } from '../../../functions/import-file/import-file.ts'
import { journalTask } from '../../../functions/reconcile-settlement/journal.ts'
import { reconcileSettlement } from '../../../functions/reconcile-settlement/reconcile-settlement.ts'
import type { SettlementChannel } from '../../../shared/channel-port/channel.ts'
import { settlementChannels } from '../../../shared/channels/settlement-registry.ts'
import type { Instant } from '../../../shared/domain/instant.ts'
import { settlementDigests } from '../../../shared/ledger/payment-digests.ts'
import { readImport } from '../../../shared/messages/import.ts'
import { type JournalTask, SETTLEMENT, type SettlementTask } from '../../../shared/messages/settlement.ts'
import { retryTransient } from '../../../shared/runtime/retry.ts'
import { OTHER_SOURCES } from '../../../shared/store/facts/day-index.ts'
import { statementsOf } from '../../../shared/store/journal/journal-day.ts'
import { DIGEST_SECRET } from '../../support/settlement-hub.ts'
import { consumerOf, type Queues, silent, uncounted } from '../consumers.ts'
import { type FunctionEnvironment, type Invocation, portsOf } from '../ports.ts'
import type { Consumer, Queue } from '../queues.ts'
import { clientsOf, type SettlementStores } from './settlement-stores.ts'

type Side = { readonly around: FunctionEnvironment; readonly stores: SettlementStores; readonly queues: Queues }
type Task = SettlementTask | JournalTask

const DIGESTS = settlementDigests(DIGEST_SECRET)

/** The channels of this history: those that take no payments send no files either. */
export function channelsOf({ plan }: FunctionEnvironment): readonly SettlementChannel[] {
  return settlementChannels.filter(({ profile }) => plan.channels.includes(profile.name))
}

export function importConsumer({ around, stores }: Side): Consumer {
  const channels = channelsOf(around)
  return consumerOf({ read: readImport, groupBy: (files) => JSON.stringify(files) }, async ([files], invocation) => {
    const { files: bucket, settlements } = clientsOf(around, invocation, stores)
    const now = () => invocation.clock() as Instant
    const say = (message: string, fields?: object) =>
      around.trace(() => `#${invocation.id} ${message} ${JSON.stringify(fields)}`)
    const log = { info: say, error: say }
    const fileKeys = async (channel: string): Promise<never> => {
      throw new Error(`expected no sealed file from ${channel}: these channels sign by their folder alone`)
    }
    const ports = { files: bucket, settlements, channels, fileKeys, now, log, metrics: uncounted }
    for (const file of files ?? []) await importFile(ports, file)
  })
}

export function settlementConsumer(side: Side): Consumer {
  const { around } = side
  const wait = (millis: number) => around.timeline.sleep(millis)
  const groupBy = (task: Task) => JSON.stringify(task)
  return consumerOf<Task>({ read: SETTLEMENT.read, groupBy }, async ([task], invocation) => {
    if (!task) return
    const work = isOfJournal(task)
      ? () => journalTask(journalPorts(side, invocation), task)
      : () => reconcileSettlement(settlementPorts(side, invocation), task)
    const done = await retryTransient<object>(work, wait)
    around.trace(() => `#${invocation.id} ${JSON.stringify(done)}`)
  })
}

function isOfJournal(task: Task): task is JournalTask {
  return 'task' in task && (task.task === 'journal' || task.task === 'journal-part')
}

function settlementPorts({ around, stores, queues }: Side, invocation: Invocation) {
  const { settlements, audit, journal, lines, files } = clientsOf(around, invocation, stores)
  const { facts, bills, contacts, decisions } = portsOf(around, invocation)
  const send = sending(queues, invocation)
  return {
    ...{ settlements, audit, journal, lines, files, facts, bills, contacts, decisions },
    channels: channelsOf(around),
    digests: DIGESTS,
    sendDays: send,
    sendFees: send,
    // A workbook is packed on threads of the real clock, which no seed can order: mails have tests of their own.
    sendMails: async () => {},
    mailer: { send: async () => ({ outcome: 'sent', messageId: 'simulated' }) as const },
    recipientsOf: () => ['keuangan@example.id'],
    sendJournal: (date: string) => send([{ task: 'journal', date }]),
    wait: (millis: number) => around.timeline.sleep(millis),
    rules: around.rules,
    now: () => invocation.clock() as Instant,
    log: silent,
    metrics: uncounted,
  }
}

function journalPorts({ around, stores, queues }: Side, invocation: Invocation) {
  const { settlements, journal } = clientsOf(around, invocation, stores)
  const { facts, bills } = portsOf(around, invocation)
  return {
    ...statementsOf(settlements),
    ...{ facts, bills, journal },
    memberships: around.store.memberships,
    sources: [...new Set(around.plan.channels), ...OTHER_SOURCES],
    sendTasks: sending(queues, invocation),
    parts: 2,
    rules: around.rules,
    now: () => invocation.clock() as Instant,
  }
}

function sending(queues: Queues, invocation: Invocation) {
  return (tasks: readonly object[]) =>
    (queues.settlement as Queue).sendFrom(
      invocation,
      tasks.map((task) => JSON.stringify(task)),
    )
}
