/**
 * `GET /api/openapi.json`: the description of the API, made when it is asked for the first time. It holds no data of anybody,
 * so no token is needed.
 */
import * as z from 'zod/mini'
import { openApiOf } from './openapi.ts'
import { json } from './reply.ts'
import { type Route, route, type Subject } from './route.ts'
import { described } from './schema.ts'

/** `subjects` are asked for late: this route is one of theirs. */
export function openApiRoute(subjects: () => readonly Subject[]): Route {
  let made: ReturnType<typeof openApiOf> | undefined
  return route({
    method: 'GET',
    path: '/api/openapi.json',
    operationId: 'readOpenApi',
    permission: 'public',
    summary: 'This document; no token needed',
    responses: { 200: () => described('The document', z.record(z.string(), z.unknown())) },
    handle: async () => {
      made ??= openApiOf(subjects())
      return json(200, made)
    },
  })
}
