/**
 * Plays a month of five channels and the bank (month-story.ts) on a settlement hub in memory: what comes, who pays, what people
 * decide about differences, and each day's night. What else people do is in month-people.ts. Knows nothing of the books.
 */
import { keysOf, prepareFileKeys } from '../../functions/import-file/file-keys.ts'
import { importFile } from '../../functions/import-file/import-file.ts'
import { reconcileSettlement } from '../../functions/reconcile-settlement/reconcile-settlement.ts'
import { assertNever } from '../../shared/domain/assert-never.ts'
import { addDays, type BusinessDate } from '../../shared/domain/instant.ts'
import { kpjOf } from '../../shared/domain/kpj.ts'
import { takeInStatement } from '../../shared/intake/take-in-statement.ts'
import { counterOf, MASKED } from './endpoint.ts'
import { at, terms } from './facts.ts'
import { ACCOUNTS } from './month-rows.ts'
import type { Came, Decided, Paid, Story } from './month-story.ts'
import { type SettlementHub, settlementHub } from './settlement-hub.ts'

/** An empty hub whose members are registered. */
export async function emptyHub(): Promise<SettlementHub> {
  const hub = await settlementHub()
  for (const text of ACCOUNTS) {
    const kpj = kpjOf(text)
    await hub.store.facts.put({ ...terms('2026-01'), account: kpj })
    const maskedNames = [{ from: at('2026-01-01T08:00'), name: MASKED }]
    const contact = { kpj, nik: '3578011203850001', name: 'BUDI SANTOSO', phone: '', email: '', maskedNames }
    await hub.store.contacts.put(contact)
  }
  return hub
}

export type Look = (day: BusinessDate) => Promise<void>

/**
 * Plays the days up to and including one, each with its morning and its night; `from` is the first. Answers what became of each thing that came
 * and was not simply accepted. `look`: after each night that closed a day of the journal.
 */
export async function play(
  hub: SettlementHub,
  told: Story,
  from: BusinessDate,
  to: BusinessDate,
  look: Look = async () => {},
): Promise<readonly string[]> {
  const outcomes: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    for (const came of told.came.filter((one) => one.at.startsWith(day))) {
      const outcome = await receive(hub, came, told)
      if (outcome !== 'accepted') outcomes.push(`${came.at} ${outcome}`)
    }
    hub.setClock(`${day}T09:05`)
    await reconcileSettlement(hub.ports, { task: 'morning', due: 'statements' })
    for (const paid of told.paid.filter((one) => one.at.startsWith(day))) await pay(hub, paid)
    for (const decided of told.decided.filter((one) => one.at.startsWith(day))) await decide(hub, decided)
    hub.setClock(`${addDays(day, 1)}T00:40`)
    await reconcileSettlement(hub.ports, { task: 'nightly' })
    await hub.drain()
    if (day < '2026-11-07') continue
    await hub.closeJournal(day)
    await look(day)
  }
  return outcomes
}

/** What became of it, with the code of a refusal. */
export async function receive(hub: SettlementHub, came: Came, told: Story): Promise<string> {
  hub.setClock(came.at)
  const outcome = await takeIn(hub, came, told)
  await hub.drain()
  return outcome
}

async function takeIn(hub: SettlementHub, came: Came, told: Story): Promise<string> {
  switch (came.kind) {
    case 'file': {
      const taken = await hub.take(came.channel, came.date, came.bytes)
      return 'refusal' in taken ? `${taken.outcome} ${taken.refusal.code}` : taken.outcome
    }
    case 'sealed':
      return takeInSealed(hub, came, told)
    case 'statement': {
      const { files, settlements } = hub
      const incoming = { from: { kind: 'handed-over', bytes: came.bytes }, name: came.name, by: null } as const
      const taken = await takeInStatement({ files, settlements, now: () => hub.clock.now }, incoming)
      if (taken.outcome === 'refused') return `refused ${taken.refusal.code}`
      return taken.outcome === 'accepted' && taken.file.state === 'repeated' ? 'repeated' : taken.outcome
    }
    default:
      return assertNever(came)
  }
}

/** Dropped into the folder of its channel, whose files come encrypted and signed from this day on. */
async function takeInSealed(hub: SettlementHub, came: Extract<Came, { kind: 'sealed' }>, told: Story): Promise<string> {
  const outcomes: string[] = []
  const note = (_: string, fields: object = {}) => {
    const { outcome, code } = fields as { readonly outcome?: string; readonly code?: string }
    outcomes.push(code === undefined ? `${outcome}` : `${outcome} ${code}`)
  }
  const fileProtection = [{ from: '2026-01-01', value: 'pgp' as const, source: 'a test' }]
  hub.files.drop(came.name, came.bytes)
  const ports = {
    files: hub.files,
    settlements: hub.settlements,
    channels: hub.ports.channels.map(({ profile, settlement }) => ({
      settlement,
      profile: profile.name === came.channel ? { ...profile, fileProtection } : profile,
    })),
    now: () => hub.clock.now,
    fileKeys: async (channel: string) => keysOf(prepareFileKeys(told.keys), channel),
    log: { info: note, error: note },
    metrics: { count: () => {} },
  }
  await importFile(ports, { name: came.name, version: null })
  return outcomes.at(-1) ?? 'nothing'
}

async function pay(hub: SettlementHub, { channel, id, at: when, kpj, reversed }: Paid): Promise<void> {
  hub.setClock(when)
  const { outcome } = await counterOf(hub, channel).pay({ paymentId: id, customerId: kpj })
  if (outcome !== 'accepted') throw new Error(`expected ${id} to be accepted, got ${outcome}`)
  if (reversed) await counterOf(hub, channel).reverse({ paymentId: id, customerId: kpj })
}

async function decide(hub: SettlementHub, decided: Decided): Promise<void> {
  const { at: when, channel, date, class: of, action, more = {} } = decided
  hub.setClock(when)
  const first = await openCase(hub, decided)
  if (!first) throw new Error(`expected an open ${of} of ${channel} ${date}`)
  const { status, body } = await hub.decide(first.id, action, more)
  if (status !== 200) throw new Error(`expected ${action} of ${of} on ${date}, got ${body.code}: ${body.detail}`)
}

/** The first of its class; to be said to be a payment, one with a line. */
async function openCase(hub: SettlementHub, { channel, date, class: of, action }: Decided) {
  const cases = await hub.cases(channel, date)
  const open = cases.filter(({ state, finding }) => state === 'open' && finding.class === of)
  return action === 'match' ? open.find(({ finding }) => finding.lines.length > 0) : open[0]
}
