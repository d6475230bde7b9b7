/**
 * The audit of what two people decided: carried out, once each, and nothing beside it. Resolutions of differences, ways out of
 * suspense, placements of the bank's movements. Types only.
 */
import type { PostingFact } from '../../../shared/domain/fact.ts'
import { demand, factsOf, type Ledger } from './ledger.ts'
import { movementsThatCount } from './outside.ts'
import type { SettledBooks } from './settled-books.ts'

/** By two people, and as often as they approved: a case may be found again after it was resolved, or be resolved part by part. */
export function decisionsAreDone(ledger: Ledger, { cases }: SettledBooks): void {
  const approvals = Map.groupBy(ledger.outside.approved, ({ id }) => id)
  for (const [id, own] of approvals) {
    const state = cases.find((each) => each.id === id)?.state
    const isOfTwo = own.every(({ proposedBy, by }) => proposedBy !== by)
    demand(
      ledger,
      'what two people approved is carried out',
      state === 'resolved' && isOfTwo,
      () => `${id} is ${state}`,
    )
  }
  for (const { id, history } of cases) {
    const applied = history.filter(({ what }) => what === 'applied').length
    const approved = approvals.get(id)?.length ?? 0
    demand(
      ledger,
      'a resolution is carried out once',
      applied === approved,
      () => `${id}: ${applied} times, approved ${approved} times`,
    )
  }
}

/** What people placed stays where they placed it, part by part, as long as the bank's statement counts. */
export function placementsStand(ledger: Ledger, { movements }: SettledBooks): void {
  const counts = movementsThatCount(ledger.outside)
  for (const [key, approved] of ledger.outside.placed) {
    const [bookedOn, id = ''] = key.split(' ')
    if (!counts.has(id.replace(/~.*/, ''))) continue
    const found = movements.find(({ movement }) => movement.bookedOn === bookedOn && movement.id === id)
    const places = (found?.placement?.places ?? []).map((place) => [nameOf(place), place.amount] as const)
    const stands = places.length === approved.size && places.every(([name, amount]) => approved.get(name) === amount)
    demand(
      ledger,
      'what two people placed stays there',
      stands && found?.placement?.by === 'resolution',
      () => `${key}: ${JSON.stringify(places)}, expected ${JSON.stringify([...approved])}`,
    )
  }
}

type Place = NonNullable<SettledBooks['movements'][number]['placement']>['places'][number]

function nameOf(place: Place): string {
  if (place.kind === 'channel-day') return `${place.kind} ${place.channel} ${place.date}`
  if (place.kind === 'channel-charge') return `${place.kind} ${place.channel} ${place.differenceId}`
  return place.kind === 'fee-invoice' ? `${place.kind} ${place.channel} ${place.number}` : place.kind
}

/** Money leaves suspense once, to whom two people said, or to its channel; what its channel took back meanwhile goes nowhere else. */
export function exitsAreDone(ledger: Ledger): void {
  const promise = 'money leaves suspense once, as two people said'
  const { exits } = ledger.outside
  for (const { account, fact, action, paymentId } of exits) {
    const gone = factsOf(ledger, account).filter(({ fact: each }) => each.kind === 'reversal' && each.reverses === fact)
    demand(ledger, promise, gone.length > 0, () => `${action} of ${paymentId}: it is still on ${account}`)
  }
  const postings = releasedPostings(ledger)
  const steps = new Set<string>()
  for (const posting of postings) {
    const step = posting.id.join('#')
    const [channel, paymentId] = posting.id
    const isAsSaid = exits.some(
      (exit) =>
        exit.action === 'release' &&
        exit.channel === channel &&
        exit.paymentId === paymentId &&
        exit.to === posting.account &&
        exit.amount === posting.amount,
    )
    demand(ledger, promise, isAsSaid && !steps.has(step), () => `${step} on ${posting.account}`)
    steps.add(step)
  }
  const left = [...ledger.keys.values()].flatMap(({ fact }) =>
    fact.kind === 'reversal' && fact.id[2] === 'released' && fact.source === 'settlement' ? [fact.id.join('#')] : [],
  )
  const isWhole = left.length === steps.size && left.every((step) => steps.has(step))
  demand(ledger, promise, isWhole, () => `left by ${left}, arrived by ${[...steps]}`)
}

function releasedPostings(ledger: Ledger): readonly PostingFact[] {
  return [...ledger.keys.values()].flatMap(({ fact }) =>
    fact.kind === 'posting' && fact.id[2] === 'released' ? [fact] : [],
  )
}
