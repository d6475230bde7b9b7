/**
 * `GET /api/differences` and one of them: the cases of finance, oldest day first, each with its history, its evidence and
 * what may be decided about it. What people decide: resolve-difference.ts, approve-resolution.ts.
 */

import { addDays, businessDateOf, formatUtc, type Instant } from '../../../shared/domain/instant.ts'
import { joinKey, splitKey } from '../../../shared/domain/key-text.ts'
import { type Rupiah, ZERO } from '../../../shared/domain/money.ts'
import { actionsForRest, openAmountOf } from '../../../shared/domain/settlement/parts.ts'
import { daysOpen, isPartAction, shownState, stakeOf } from '../../../shared/domain/settlement/resolution.ts'
import { type Awaited, awaitedFor } from '../../../shared/domain/two-people.ts'
import { isDifferencePointer } from '../../../shared/store/settlements/item.ts'
import type { DifferenceCase, Proposal } from '../../../shared/store/settlements/records.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import type { ConsolePorts } from '../ports.ts'
import {
  type Difference,
  type DifferenceEvidence,
  type DifferencesQuery,
  type ListedDifference,
  MYSELF,
  NOBODY,
  UNKNOWN_DIFFERENCE,
} from './difference-schemas.ts'

const DEFAULT_LIMIT = 50
/** Cases read for one page: a filter that finds little must not read the whole table. */
const READ_AT_MOST = 1_000

export async function listDifferences(ports: ConsolePorts, { query, now, actor }: Call<{ query: DifferencesQuery }>) {
  const { state, channel, class: of, olderThanDays, limit = DEFAULT_LIMIT, after } = query
  const owner = query.owner === MYSELF ? (actor ?? undefined) : query.owner
  if (channel !== undefined && !ports.channels.includes(channel)) {
    return problem('INVALID_INPUT', `query parameter channel: expected one of ${ports.channels.join(', ')}`)
  }
  const start = cursorOf(after, channel === undefined ? ports.channels : [channel])
  if (!start) return problem('INVALID_INPUT', 'query parameter after: expected a `next` of this list')
  const list = state === 'resolved' ? 'closed' : 'open'
  const oldest = olderThanDays === undefined ? null : addDays(businessDateOf(now), -olderThanDays)
  const isWanted = (each: DifferenceCase) =>
    (state === undefined || shownState(each.state, each.firstSeenAt, now) === state) &&
    (of === undefined || each.finding.class === of) &&
    (owner === undefined || (each.owner ?? NOBODY) === owner) &&
    (oldest === null || businessDateOf(each.firstSeenAt) < oldest)

  const items: DifferenceCase[] = []
  let { channels, pointer } = start
  for (let read = 0; channels[0] !== undefined && items.length < limit && read < READ_AT_MOST; ) {
    const page = await ports.settlements.pointers(list, channels[0], pointer, limit)
    const cases = await Promise.all(page.map(({ id }) => ports.settlements.difference(id)))
    for (const [i, each] of cases.entries()) {
      if (items.length === limit) break
      pointer = page[i]?.pointer ?? pointer
      if (each && isWanted(each)) items.push(each)
    }
    read += page.length
    if (page.length < limit && pointer === (page.at(-1)?.pointer ?? pointer)) {
      channels = channels.slice(1)
      pointer = null
    }
  }
  const next = channels[0] === undefined ? null : textOf(channels[0], pointer)
  return json(200, { items: items.map((each) => describeCase(each, now)), next })
}

export async function showDifference(ports: ConsolePorts, { path, now }: Call<{ path: { id: string } }>) {
  const found = await ports.settlements.difference(path.id)
  return found ? json(200, describeFully(found, now)) : unknownDifference()
}

export function unknownDifference() {
  return problem('UNKNOWN_DIFFERENCE', UNKNOWN_DIFFERENCE)
}

/** As a list shows it. */
export function describeCase(each: DifferenceCase, now: Instant): ListedDifference {
  const { id, channel, date, finding, state, firstSeenAt, version, owner = null } = each
  const { paymentId, hubAmountRupiah, fileAmountRupiah, lines, breakDate, evidence } = finding
  return {
    id,
    channel,
    date,
    class: finding.class,
    state: shownState(state, firstSeenAt, now),
    waitsFor: waitsFor(each),
    reason: evidence.reason,
    paymentId,
    account: evidence.account ?? null,
    hubAmountRupiah,
    fileAmountRupiah,
    stakeRupiah: stakeOf(finding),
    openRupiah: openOf(each),
    owner,
    lines,
    breakDate,
    firstSeenAt: formatUtc(firstSeenAt),
    daysOpen: state === 'resolved' ? 0 : daysOpen(firstSeenAt, now),
    version,
  }
}

/** null: nothing is proposed. */
export function waitsFor({ state, proposal }: Pick<DifferenceCase, 'state' | 'proposal'>): Awaited | null {
  if (state !== 'proposed' || !proposal) return null
  return awaitedFor({ state, ...(proposal.referral ? { referral: proposal.referral } : {}) })
}

export function describeFully(each: DifferenceCase, now: Instant): Difference {
  const { proposal, resolution, history, finding, state, parts = [] } = each
  return {
    ...describeCase(each, now),
    evidence: evidenceOf(finding),
    actions: state === 'open' ? actionsForRest(finding, parts) : [],
    proposal: proposal && describeProposal(proposal),
    parts: parts.map(({ action, amount, proposedBy, approvedBy, at }) => ({
      action,
      amountRupiah: amount,
      proposedBy,
      approvedBy,
      at: formatUtc(at),
    })),
    resolution: resolution && { ...resolution, at: formatUtc(resolution.at) },
    history: history.map(({ at, what, by, note }) => ({ at: formatUtc(at), what, by, note })),
  }
}

function describeProposal({ action, reason, paymentId, amount = null, by, at }: Proposal) {
  return { action, reason, paymentId, amountRupiah: amount, by, at: formatUtc(at) }
}

/** A case that is gone moves nothing; the action that ends one may take the rest of it. */
function openOf({ finding, parts = [], proposal, resolution }: DifferenceCase): Rupiah {
  if (resolution?.how === 'itself') return ZERO
  if (resolution && proposal && isPartAction(proposal.action)) return ZERO
  return openAmountOf(finding, parts)
}

function evidenceOf({ evidence, sha256 }: DifferenceCase['finding']): DifferenceEvidence {
  const { decidedAt, fileAt, ...named } = evidence
  return {
    ...named,
    ...(decidedAt === undefined ? {} : { decidedAt: formatUtc(decidedAt) }),
    ...(fileAt === undefined ? {} : { fileAt: formatUtc(fileAt) }),
    fileSha256: sha256,
  }
}

type Cursor = { readonly channels: readonly string[]; readonly pointer: string | null }

/** Channel and pointer: where the next page begins, and which channels are left. */
function cursorOf(after: string | undefined, channels: readonly string[]): Cursor | undefined {
  if (after === undefined) return { channels, pointer: null }
  const [channel = '', pointer = ''] = splitKey(Buffer.from(after, 'base64url').toString('utf8')) ?? []
  const at = channels.indexOf(channel)
  if (at < 0 || !(pointer === '' || isDifferencePointer(pointer))) return undefined
  return { channels: channels.slice(at), pointer: pointer || null }
}

function textOf(channel: string, pointer: string | null): string {
  return Buffer.from(joinKey([channel, pointer ?? ''])).toString('base64url')
}
