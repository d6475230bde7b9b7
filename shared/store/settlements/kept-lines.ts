/**
 * Lines of a file that other days ask for: of payments of another day, and of payments that nobody has. A few are entries of the
 * table, found by id; more of one file are objects in the bucket beside one entry that says where, because a table takes a
 * thousand writes a second and a file has a million lines.
 *
 * Promise: whichever way they were kept, they are found by payment id; a repeat keeps the same. A kept line counts only while its
 * file is the accepted one: that is for the reader. Producer: functions/reconcile-settlement. Consumers: the same, the evidence of
 * a payment in functions/serve-console.
 */
import type { BusinessDate } from '../../domain/instant.ts'
import { inParallel } from '../../runtime/in-parallel.ts'
import type { SettledLineStore } from '../files/settled-lines.ts'
import type { KeptFile, KeptLine } from './records.ts'
import type { SettlementStore } from './settlements.ts'

export type KeptLinePorts = {
  readonly settlements: Pick<
    SettlementStore,
    'putElsewhere' | 'elsewhereOf' | 'putUnknown' | 'unknownOf' | 'allUnknown' | 'putKeptFile' | 'keptFiles'
  >
  readonly lines: Pick<SettledLineStore, 'putKept' | 'keptOf'>
}
type ReadPorts<Method extends keyof SettlementStore> = {
  readonly settlements: Pick<SettlementStore, Method | 'keptFiles'>
  readonly lines: Pick<SettledLineStore, 'keptOf'>
}
export type KeptById = ReadonlyMap<string, readonly KeptLine[]>

/** More lines of one file than these are kept as objects. */
const ENTRIES_AT_MOST = 5_000
/** More ids than these are looked for in one reading of all entries. */
const ASKED_ONE_BY_ONE = 1_000
const BUCKET_LINES = 2_000
const AT_ONCE = 16
const UNKNOWN = 'unknown'

/** `lines`: all of one file. */
export async function keepElsewhere(
  ports: KeptLinePorts,
  hubDate: BusinessDate,
  lines: readonly KeptLine[],
): Promise<void> {
  const [first] = lines
  if (!first) return
  if (lines.length > ENTRIES_AT_MOST) return keepAsObjects(ports, hubDate, lines)
  const there = new Set((await ports.settlements.elsewhereOf(first.channel, hubDate)).map(identityOf))
  const fresh = lines.filter((line) => !there.has(identityOf(line)))
  await inParallel(
    fresh.map((line) => () => ports.settlements.putElsewhere(hubDate, line)),
    AT_ONCE,
  )
}

/** `lines`: all of one file. */
export async function keepUnknown(ports: KeptLinePorts, lines: readonly KeptLine[]): Promise<void> {
  if (lines.length > ENTRIES_AT_MOST) return keepAsObjects(ports, UNKNOWN, lines)
  await inParallel(
    lines.map((line) => () => ports.settlements.putUnknown(line)),
    AT_ONCE,
  )
}

/** Lines of other days' files for payments of this day. */
export async function elsewhereFor(
  ports: ReadPorts<'elsewhereOf'>,
  channel: string,
  hubDate: BusinessDate,
  paymentIds: ReadonlySet<string>,
): Promise<KeptById> {
  const entries = (await ports.settlements.elsewhereOf(channel, hubDate)).filter(({ paymentId }) =>
    paymentIds.has(paymentId),
  )
  return byId([...entries, ...(await inObjects(ports, channel, hubDate, paymentIds))])
}

/** Lines of files for payments that the hub did not have. */
export async function unknownFor(
  ports: ReadPorts<'unknownOf' | 'allUnknown'>,
  channel: string,
  paymentIds: ReadonlySet<string>,
): Promise<KeptById> {
  const found: KeptLine[] = []
  if (paymentIds.size > ASKED_ONE_BY_ONE) {
    for await (const line of ports.settlements.allUnknown(channel)) if (paymentIds.has(line.paymentId)) found.push(line)
  } else {
    await inParallel(
      [...paymentIds].map((paymentId) => async () => {
        found.push(...(await ports.settlements.unknownOf(channel, paymentId)))
      }),
      AT_ONCE,
    )
  }
  return byId([...found, ...(await inObjects(ports, channel, UNKNOWN, paymentIds))])
}

async function keepAsObjects(
  { settlements, lines: objects }: KeptLinePorts,
  group: string,
  lines: readonly KeptLine[],
) {
  const { channel, fileDate, sha256 } = lines[0] as KeptLine
  const buckets = Math.ceil(lines.length / BUCKET_LINES)
  const file: KeptFile = { channel, group, fileDate, sha256, buckets }
  await objects.putKept(file, lines)
  // Last: who finds the entry finds all of them.
  await settlements.putKeptFile(file)
}

async function inObjects(
  { settlements, lines }: ReadPorts<never>,
  channel: string,
  group: string,
  paymentIds: ReadonlySet<string>,
): Promise<readonly KeptLine[]> {
  if (paymentIds.size === 0) return []
  const files = await settlements.keptFiles(channel, group)
  const found: KeptLine[] = []
  for (const file of files) for (const line of await lines.keptOf(file, paymentIds)) found.push(line)
  return found
}

function byId(lines: readonly KeptLine[]): KeptById {
  return Map.groupBy(lines, ({ paymentId }) => paymentId)
}

function identityOf(line: KeptLine): string {
  return JSON.stringify([line.paymentId, line.fileDate, line.line, line.sha256])
}
