/**
 * The bank side at the API: reads what a call asks for, gives it to the use cases of this folder (bank-statements.ts,
 * bank-movements.ts, place-movement.ts), and writes their replies. Decides nothing.
 */
import { addDays, type BusinessDate, businessDateOf, type Instant } from '../../../shared/domain/instant.ts'
import { paidItemOf } from '../../../shared/domain/settlement/payoff.ts'
import type { Place } from '../../../shared/domain/settlement/placement.ts'
import { type Approval, awaitedFor } from '../../../shared/domain/two-people.ts'
import { isUnidentifiedPointer } from '../../../shared/store/settlements/item.ts'
import type { ApprovalRequest } from '../http/approval-schemas.ts'
import { DAY_RANGE, isInDayRange } from '../http/fields.ts'
import { json, problem } from '../http/reply.ts'
import type { Call } from '../http/route.ts'
import { actorOf, judgementOf, noActor, proposalOf } from '../http/two-person-step.ts'
import type { ConsolePorts } from '../ports.ts'
import { type Bucket, isInBucket } from './ageing-schemas.ts'
import {
  ageUnidentified,
  findMovement,
  listMovements,
  listUnidentified,
  type ShownMovement,
  shownMovement,
} from './bank-movements.ts'
import type {
  BankMovement,
  BankMovementCase,
  BankStatementsQuery,
  BankStatementsView,
  MovementPlace,
  MovementsQuery,
  PlacementProposal,
  PlacementStep,
  UnidentifiedQuery,
} from './bank-schemas.ts'
import { describeBankFile, listBankStatements } from './bank-statements.ts'
import {
  decidePlacement,
  type MovementStep,
  type PlaceRequest,
  placementApproval,
  proposePlacement,
  UNKNOWN_MOVEMENT,
} from './place-movement.ts'

const DAYS = 7
/** Each booking day is a read of its own. */
const MOST_BOOKING_DAYS = 31
const MOST_DAYS = 92
const DEFAULT_LIMIT = 50

type Target = { path: { bookedOn: BusinessDate; id: string } }

export async function showBankStatements(ports: ConsolePorts, { query, now }: Call<{ query: BankStatementsQuery }>) {
  const span = spanOf(query, now, MOST_DAYS)
  if ('kind' in span) return span
  const { files, unconfirmed, accounts } = await listBankStatements(ports, span, now)
  const waiting = new Map(unconfirmed.map((one) => [one.sha256, one]))
  return json(200, {
    files: files.map((file) => describeBankFile(file, waiting.get(file.sha256), now)),
    accounts: accounts.map(({ account, last }) => ({ account, last: last && withoutFiles(last) })),
  } satisfies BankStatementsView)
}

export async function showMovements(ports: ConsolePorts, { query, now }: Call<{ query: MovementsQuery }>) {
  const { state, channel } = query
  const span = spanOf(query, now, MOST_BOOKING_DAYS)
  if ('kind' in span) return span
  if (channel !== undefined && !ports.channels.includes(channel)) {
    return problem('INVALID_INPUT', `query parameter channel: expected one of ${ports.channels.join(', ')}`)
  }
  const found = await listMovements(ports, { ...span, state, channel }, now)
  return json(200, { items: found.map(describeMovement) })
}

export async function showUnidentified(ports: ConsolePorts, { query, now }: Call<{ query: UnidentifiedQuery }>) {
  const { limit = DEFAULT_LIMIT, after, ...bucket } = query
  const pointer = after === undefined ? null : Buffer.from(after, 'base64url').toString('utf8')
  if (pointer !== null && !isUnidentifiedPointer(pointer)) {
    return problem('INVALID_INPUT', 'query parameter after: expected a `next` of this list')
  }
  const { items, next } = await listUnidentified(ports, { after: pointer, limit }, now)
  return json(200, {
    items: items.filter((each) => isUnidentifiedIn(each, bucket, businessDateOf(now))).map(describeMovement),
    next: next === null ? null : Buffer.from(next).toString('base64url'),
  })
}

export async function showUnidentifiedAgeing(ports: ConsolePorts, { now }: Call) {
  return json(200, { asOf: businessDateOf(now), channels: await ageUnidentified(ports, now) })
}

export async function showMovement(ports: ConsolePorts, { path, now }: Call<Target>) {
  const found = await findMovement(ports, path.bookedOn, path.id)
  if (!found) return problem('UNKNOWN_MOVEMENT', UNKNOWN_MOVEMENT)
  const approval = await placementApproval(ports, path.bookedOn, path.id)
  return json(200, {
    movement: describeMovement(shownMovement(found, now)),
    proposal: approval ? describeProposal(approval) : null,
  } satisfies BankMovementCase)
}

export async function proposeMovementPlacement(ports: ConsolePorts, call: Call<Target & { body: PlacementProposal }>) {
  const by = actorOf(call)
  if (!by) return noActor()
  const { reason, ...request } = call.body
  return describeStep(ports, await proposePlacement(ports, { ...call.path, ...by, request, reason }))
}

export async function approveMovementPlacement(ports: ConsolePorts, call: Call<Target & { body: ApprovalRequest }>) {
  const by = actorOf(call)
  if (!by) return noActor()
  return describeStep(
    ports,
    await decidePlacement(ports, {
      ...call.path,
      ...by,
      ...judgementOf(call.body),
      mayAdminister: call.mayAdminister,
    }),
  )
}

function describeStep(ports: ConsolePorts, step: MovementStep) {
  if (step.outcome === 'refused') return problem(step.code, step.detail)
  const { approval, movement, entry } = step
  if (entry) {
    // The log names the end of the chain too: who cuts the chain off must cut off the log as well.
    const { actor, action, sequence, hash } = entry
    ports.log.info('A step about a movement of the bank was recorded', { action, actor, sequence, hash })
  }
  return json(200, {
    ...proposalOf(approval),
    waitsFor: awaitedFor(approval),
    movement: describeMovement(movement),
  } satisfies PlacementStep)
}

/** A page is shorter where movements are of another channel or age than asked for. */
function isUnidentifiedIn({ places, bookedOn: since }: ShownMovement, bucket: Bucket, today: BusinessDate): boolean {
  return places.some(
    (place) => place.kind === 'unidentified' && isInBucket({ channel: place.channel, since }, bucket, today),
  )
}

function spanOf({ from, to }: BankStatementsQuery, now: Instant, most: number) {
  const last = to ?? businessDateOf(now)
  const first = from ?? addDays(last, 1 - DAYS)
  if (!isInDayRange(first, now) || !isInDayRange(last, now)) {
    return problem('INVALID_INPUT', `query parameters from and to: expected ${DAY_RANGE}`)
  }
  if (first > last || addDays(first, most) <= last) {
    return problem('INVALID_INPUT', `query parameters from and to: expected 1 to ${most} days in order`)
  }
  return { from: first, to: last }
}

function describeMovement({ places, ...movement }: ShownMovement): BankMovement {
  return { ...movement, key: encodeURIComponent(movement.id), places: places.map(describePlace) }
}

function describeProposal(approval: Approval<PlaceRequest>): BankMovementCase['proposal'] {
  const { action, onVersion, parts } = approval.request
  return {
    action,
    onVersion,
    parts: parts.map((part) => ({
      to: part.to,
      channel: 'channel' in part ? part.channel : null,
      date: 'date' in part ? part.date : null,
      item: 'differenceId' in part ? part.differenceId : 'number' in part ? part.number : null,
      amountRupiah: part.amountRupiah,
    })),
    ...proposalOf(approval),
    waitsFor: awaitedFor(approval),
  }
}

function describePlace(place: Place): MovementPlace {
  const { kind, amount: amountRupiah } = place
  const nothing = { channel: null, date: null, item: null, why: null, ways: [] }
  if (kind === 'channel-day') {
    return { ...nothing, kind, channel: place.channel, date: place.date, amountRupiah, why: place.how }
  }
  if (kind === 'unidentified') {
    return { ...nothing, kind, channel: place.channel, amountRupiah, why: place.reason, ways: place.ways }
  }
  const paid = paidItemOf(place)
  if (paid) return { ...nothing, kind, channel: paid.channel, item: paid.item, amountRupiah }
  return { ...nothing, kind, channel: kind === 'returned' ? place.channel : null, amountRupiah }
}

function withoutFiles<T extends { readonly files: unknown }>({ files: _files, ...last }: T): Omit<T, 'files'> {
  return last
}
