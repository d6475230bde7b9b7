/** A read trace as an item. Promise: what is read is what was written, or a Defect that names the attribute. */
import { instant } from '../../domain/instant.ts'
import { type Item, oneOf, orAbsent, readerOf, text, whole } from '../attributes/item.ts'
import { type ReadTrace, SHOWN, TRACE_KEPT_MILLIS, traceKeyOf } from './read-traces.ts'

export function traceItem(trace: ReadTrace): Item {
  return {
    actor: text(trace.actor),
    read: text(traceKeyOf(trace)),
    at: whole(trace.at),
    request: text(trace.request),
    number: whole(trace.number),
    call: text(trace.call),
    shown: text(trace.shown),
    sourceIp: text(trace.sourceIp),
    ...orAbsent('account', trace.account, text),
    ...orAbsent('actorName', trace.actorName, text),
    ...orAbsent('issuer', trace.issuer, text),
    ...orAbsent('reason', trace.reason, text),
    ...orAbsent('forwardedFor', trace.forwardedFor, text),
    ...(trace.file === null ? {} : { file: text(trace.file.name), ...orAbsent('rows', trace.file.rows, whole) }),
    expires: whole(Math.ceil((trace.at + TRACE_KEPT_MILLIS) / 1_000)),
  }
}

export function readTrace(item: Item): ReadTrace {
  const read = readerOf('read-traces', item)
  return {
    actor: read.text('actor'),
    actorName: read.optional('actorName', read.text),
    issuer: read.optional('issuer', read.text),
    at: read.counted('at', instant),
    request: read.text('request'),
    number: read.whole('number'),
    call: read.text('call'),
    account: read.optional('account', read.text),
    shown: read.parsed('shown', oneOf(SHOWN)),
    reason: read.optional('reason', read.text),
    sourceIp: read.text('sourceIp'),
    forwardedFor: read.optional('forwardedFor', read.text),
    file: read.has('file') ? { name: read.text('file'), rows: read.optional('rows', read.whole) } : null,
  }
}
