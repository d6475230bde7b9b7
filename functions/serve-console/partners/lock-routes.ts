/** The calls by which operators lock, unlock and revoke at a channel's endpoint. */
import { jsonBody } from '../http/input.ts'
import { type Route, route } from '../http/route.ts'
import { channel } from './channel-parameter.ts'
import {
  lockDoneSchema,
  lockRequest,
  locksQuery,
  locksSchema,
  revocationRequest,
  unlockRequest,
} from './lock-schemas.ts'
import { listLocks, lockOutlet, revokeCertificate, unlock } from './locks.ts'

export const LOCK_ROUTES: readonly Route[] = [
  route({
    method: 'GET',
    path: '/api/partners/{channel}/locks',
    operationId: 'listLocks',
    permission: 'read',
    summary: 'Who is locked out of the channel’s endpoint, by whom or by which limit, and which keys are revoked',
    params: { channel },
    query: locksQuery,
    responses: { 200: locksSchema },
    problems: ['UNKNOWN_CHANNEL'],
    handle: listLocks,
  }),
  route({
    method: 'POST',
    path: '/api/partners/{channel}/locks',
    operationId: 'lockOutlet',
    permission: 'operate',
    summary: 'Locks a till or a store out of inquiries and new payments, until it is unlocked',
    params: { channel },
    body: jsonBody(lockRequest),
    responses: { 200: lockDoneSchema },
    problems: ['UNKNOWN_CHANNEL'],
    handle: lockOutlet,
  }),
  route({
    method: 'POST',
    path: '/api/partners/{channel}/unlocks',
    operationId: 'unlock',
    permission: 'operate',
    summary: 'Takes a lock away, whether a person or a limit put it',
    params: { channel },
    body: jsonBody(unlockRequest),
    responses: { 200: lockDoneSchema },
    problems: ['UNKNOWN_CHANNEL'],
    handle: unlock,
  }),
  route({
    method: 'POST',
    path: '/api/partners/{channel}/revoked-certificates',
    operationId: 'revokeCertificate',
    permission: 'operate',
    summary: 'Refuses a client certificate’s key from now on, for ever',
    params: { channel },
    body: jsonBody(revocationRequest),
    responses: { 200: lockDoneSchema },
    problems: ['UNKNOWN_CHANNEL'],
    handle: revokeCertificate,
  }),
]
