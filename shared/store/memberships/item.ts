/** A membership's view as an item. Promise: what is read is what was written, or a Defect that names the attribute. */
import { MEMBERSHIP_STATUSES, type MembershipStatus, type Transition } from '../../domain/coverage.ts'
import { instant, parseBusinessDate } from '../../domain/instant.ts'
import { parseKpj } from '../../domain/kpj.ts'
import { rupiah } from '../../domain/money.ts'
import { parseMonth } from '../../domain/month.ts'
import { parseParticipantHash } from '../../domain/participant.ts'
import { type Item, type ItemReader, oneOf, orAbsent, readerOf, text, whole } from '../attributes/item.ts'
import { packNoticeDue, unpackNoticeDue } from '../attributes/notice-due.ts'
import {
  packDatedTerms,
  parseFunding,
  parsePrograms,
  parseSector,
  unpackDatedTerms,
} from '../attributes/packed-terms.ts'
import type { MembershipView } from './memberships.ts'

/** Names in full: a view is far below the 1,024 bytes of one write unit, and the index needs `participant` and `funding`. */
export function viewItem(view: MembershipView): Item {
  return {
    kpj: text(view.kpj),
    participant: text(view.participant),
    sector: text(view.terms.sector),
    funding: text(view.terms.funding),
    programs: text(view.terms.programs),
    income: whole(view.terms.income),
    regionCode: text(view.regionCode),
    registeredOn: text(view.registeredOn),
    ...orAbsent('paidThrough', view.paidThrough, text),
    credit: whole(view.credit),
    status: text(view.status),
    ...orAbsent('nextOn', view.nextTransition?.on ?? null, text),
    ...orAbsent('nextTo', view.nextTransition?.to ?? null, text),
    ...orAbsent('closesOn', view.closesOn ?? null, text),
    ...orAbsent('termsByMonth', view.termsByMonth ?? null, (list) => text(packDatedTerms(list))),
    ...orAbsent('noticeDue', view.noticeDue, (due) => text(packNoticeDue(due))),
    ...orAbsent('activatedAfterMillis', view.activatedAfterMillis ?? null, whole),
    factCount: whole(view.factCount),
    asOf: whole(view.asOf),
    version: whole(view.version),
  }
}

export function readView(item: Item): MembershipView {
  const read = readerOf('memberships', item)
  return {
    kpj: read.parsed('kpj', parseKpj),
    participant: read.parsed('participant', parseParticipantHash),
    terms: {
      sector: read.parsed('sector', parseSector),
      funding: read.parsed('funding', parseFunding),
      programs: read.parsed('programs', parsePrograms),
      income: read.counted('income', rupiah),
    },
    regionCode: read.text('regionCode'),
    registeredOn: read.parsed('registeredOn', parseBusinessDate),
    paidThrough: read.optional('paidThrough', (name) => read.parsed(name, parseMonth)),
    credit: read.counted('credit', rupiah),
    status: read.parsed('status', parseStatus),
    nextTransition: readTransition(read),
    ...(read.has('closesOn') ? { closesOn: read.parsed('closesOn', parseBusinessDate) } : {}),
    ...(read.has('termsByMonth') ? { termsByMonth: read.parsed('termsByMonth', unpackDatedTerms) } : {}),
    noticeDue: read.optional('noticeDue', (name) => read.parsed(name, unpackNoticeDue)),
    ...(read.has('activatedAfterMillis') ? { activatedAfterMillis: read.whole('activatedAfterMillis') } : {}),
    factCount: read.whole('factCount'),
    asOf: read.counted('asOf', instant),
    version: read.whole('version'),
  }
}

const parseStatus: (word: string) => MembershipStatus | undefined = oneOf(MEMBERSHIP_STATUSES)

function readTransition(read: ItemReader): Transition | null {
  if (!read.has('nextOn') && !read.has('nextTo')) return null
  return { on: read.parsed('nextOn', parseBusinessDate), to: read.parsed('nextTo', parseStatus) }
}
