/** The calls about cases as a piece of work: decisions about many, the owner of one, its comments and attachments. */
import * as z from 'zod/mini'
import { fileBody, jsonBody } from '../http/input.ts'
import { type Route, route } from '../http/route.ts'
import { described } from '../http/schema.ts'
import { decideOnMany, proposeOnMany } from './bulk-resolutions.ts'
import { BULK_LIMIT, bulkAnswer, bulkApproval, bulkProposal } from './bulk-schemas.ts'
import {
  addAttachment,
  addComment,
  fetchAttachment,
  listAttachments,
  listComments,
  UNKNOWN_ATTACHMENT,
} from './case-notes.ts'
import { assignOwner, changeOwner } from './case-owner.ts'
import {
  assignmentRequest,
  attachmentQuery,
  attachmentSchema,
  attachmentsSchema,
  commentRequest,
  commentSchema,
  commentsSchema,
  ownerRequest,
} from './case-schemas.ts'
import { differenceSchema, ONE_DIFFERENCE } from './difference-schemas.ts'

const ONE_ATTACHMENT = {
  ...ONE_DIFFERENCE,
  sha256: {
    schema: described(
      'Digest of the bytes, as the list of the case names it',
      z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    ),
    otherwise: { code: 'UNKNOWN_ATTACHMENT', detail: UNKNOWN_ATTACHMENT },
  },
} as const

export const CASE_ROUTES: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/difference-proposals',
    operationId: 'proposeManyResolutions',
    permission: 'operate',
    summary: `Proposes the same action on up to ${BULK_LIMIT} differences`,
    description: 'Each has its own outcome: what is refused for one changes nothing for the others.',
    body: jsonBody(bulkProposal),
    responses: { 200: bulkAnswer },
    problems: ['NOT_ALLOWED', 'KEY_REUSED'],
    handle: proposeOnMany,
  }),
  route({
    method: 'POST',
    path: '/api/difference-approvals',
    operationId: 'approveManyResolutions',
    permission: 'approve',
    summary: `Approves or rejects what others proposed on up to ${BULK_LIMIT} differences`,
    description: 'Each has its own outcome: what is refused for one changes nothing for the others.',
    body: jsonBody(bulkApproval),
    responses: { 200: bulkAnswer },
    problems: ['NOT_ALLOWED', 'KEY_REUSED'],
    handle: decideOnMany,
  }),
  route({
    method: 'POST',
    path: '/api/differences/{id}/owner',
    operationId: 'changeCaseOwner',
    permission: 'operate',
    summary: 'Takes a case that nobody has, or gives an own one back',
    params: ONE_DIFFERENCE,
    body: jsonBody(ownerRequest),
    responses: { 200: differenceSchema },
    problems: [
      'NOT_ALLOWED',
      'UNKNOWN_DIFFERENCE',
      'ALREADY_DECIDED',
      'ALREADY_OWNED',
      'NOT_OWNER',
      'CHANGED_MEANWHILE',
    ],
    handle: changeOwner,
  }),
  route({
    method: 'POST',
    path: '/api/differences/{id}/assignment',
    operationId: 'assignCase',
    permission: 'approve',
    summary: 'Gives a case to a person, whoever has it',
    params: ONE_DIFFERENCE,
    body: jsonBody(assignmentRequest),
    responses: { 200: differenceSchema },
    problems: [
      'NOT_ALLOWED',
      'UNKNOWN_DIFFERENCE',
      'ALREADY_DECIDED',
      'ALREADY_OWNED',
      'NOT_OWNER',
      'CHANGED_MEANWHILE',
    ],
    handle: assignOwner,
  }),
  route({
    method: 'GET',
    path: '/api/differences/{id}/comments',
    operationId: 'listCaseComments',
    permission: 'read',
    summary: 'What people wrote about a case',
    params: ONE_DIFFERENCE,
    responses: { 200: commentsSchema },
    problems: ['UNKNOWN_DIFFERENCE'],
    handle: listComments,
  }),
  route({
    method: 'POST',
    path: '/api/differences/{id}/comments',
    operationId: 'addCaseComment',
    permission: 'operate',
    summary: 'Adds a comment; it is never changed',
    description: 'The same text by the same person is the comment that stands.',
    params: ONE_DIFFERENCE,
    body: jsonBody(commentRequest),
    responses: { 200: commentSchema },
    problems: ['NOT_ALLOWED', 'UNKNOWN_DIFFERENCE', 'TOO_MANY'],
    handle: addComment,
  }),
  route({
    method: 'GET',
    path: '/api/differences/{id}/attachments',
    operationId: 'listCaseAttachments',
    permission: 'read',
    summary: 'The files that people attached to a case',
    params: ONE_DIFFERENCE,
    responses: { 200: attachmentsSchema },
    problems: ['UNKNOWN_DIFFERENCE'],
    handle: listAttachments,
  }),
  route({
    method: 'PUT',
    path: '/api/differences/{id}/attachments',
    operationId: 'addCaseAttachment',
    permission: 'operate',
    summary: 'Attaches a file of up to 4 MB; it is never changed',
    params: ONE_DIFFERENCE,
    query: attachmentQuery,
    body: fileBody(['application/octet-stream'], 'The file as it is, byte for byte'),
    responses: { 200: attachmentSchema },
    problems: ['NOT_ALLOWED', 'INVALID_INPUT', 'UNKNOWN_DIFFERENCE', 'TOO_MANY', 'TOO_LARGE'],
    handle: addAttachment,
  }),
  route({
    method: 'GET',
    path: '/api/differences/{id}/attachments/{sha256}',
    operationId: 'fetchCaseAttachment',
    permission: 'operate',
    summary: 'The bytes of an attachment, to be saved',
    params: ONE_ATTACHMENT,
    files: 'people',
    responses: { 200: { download: 'The bytes as they were attached' } },
    problems: ['UNKNOWN_DIFFERENCE', 'UNKNOWN_ATTACHMENT'],
    handle: fetchAttachment,
  }),
]
